// Rows and text say the same, both ways, and rows are never a trap.
#include "core/fql/lint.h"
#include "core/fql/trigger.h"
#include "core/fql/visual.h"
#include "core/json/parse.h"

#include <QtTest>
#include <random>

using namespace hookbench;
using fql::Combinator;
using fql::Field;
using fql::Operator;

namespace {

QByteArray described(const fql::VisualTrigger &visual)
{
    QByteArray text = visual.combinator == Combinator::Or ? "any" : "all";
    for (const fql::VisualRow &row : visual.rows)
        text += QByteArray::fromStdString("; " + std::string(fql::fieldWord(row.field)) + "|" + row.path + "|"
            + std::string(fql::operatorName(row.op)) + "|" + row.value);
    return text;
}

fql::VisualRow anyRow(std::mt19937 &random)
{
    static const std::vector<std::string> kTexts{ "track", "", "a b", "it's", "say \"hi\"", "*", "x*", "*\"", "\"",
        "a\\b", "(x).", "é", "😀", "😀\"", "null", "true", "5", "an", "n\"", "\n", "and", "a\"*", "😀*" };
    static const std::vector<std::string> kPaths{ "total", "a.b", "items[0].sku", "1", "and.or.null", "-x",
        "with space", "größe", "😀", "", "..", "a..b", "properties.x", "true", "an", "q\"q" };
    static const std::vector<std::string> kNumbers{ "0", "5", "-2.5", "1e21", "1.5e-7", "-0", "123456789012345680000",
        "x", "", "Infinity", " 7 ", "1e300", "-1e-300", "0x10" };
    fql::VisualRow row;
    row.field = static_cast<Field>(random() % 7);
    row.op = static_cast<Operator>(random() % static_cast<unsigned>(Operator::Unknown));
    if (fql::hasPath(row.field))
        row.path = kPaths[random() % kPaths.size()];
    if (fql::valueKind(row.op) == fql::ValueKind::Text)
        row.value = kTexts[random() % kTexts.size()];
    else if (fql::valueKind(row.op) == fql::ValueKind::Number)
        row.value = kNumbers[random() % kNumbers.size()];
    return row;
}

const std::vector<json::Document> &events()
{
    static const std::vector<json::Document> kEvents = [] {
        std::vector<json::Document> documents;
        for (QByteArray text : { "{}",
                 "{'type':'track','event':'say "
                 "\\u0022hi\\u0022','name':null,'userId':true,'properties':'x*','traits':{'total':'a b'}}",
                 "{'type':'page','event':'x*','name':'😀\\u0022','userId':'an','properties':{'total':5,'a':{'b':-2.5},'"
                 "1':'it\\u0027s'}}",
                 "{'properties':{'and':{'or':{'null':'(x).'}},'-x':'a\\\\b','with space':null,'größe':1e21,'an':true}}",
                 "{'properties':{'q\\u0022q':false,'items':[{'sku':'n\\u0022'}]},'traits':{'true':'*'},'event':'😀*'}",
                 "{'context':{'total':'😀','a':{'b':'and'},'properties':{'x':1.5e-7},'with space':'true','an':'5'}}" })
            documents.push_back(json::parse(text.replace('\'', '"').toStdString()).value());
        return documents;
    }();
    return kEvents;
}

} // namespace

class TestVisual : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void declines_data();
    void declines();
    void writes_data();
    void writes();
    void complains_data();
    void complains();
    void keepsTheMeaning();
};

void TestVisual::reads_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *trigger, const char *expected) {
        QTest::newRow(trigger) << QByteArray(trigger) << QByteArray(expected);
    };
    row("type = \"track\"", "all; type||=|track");
    row("type = \"track\" and event != \"x\"", "all; type||=|track; event||!=|x");
    row("(type = \"page\" or name = null)", "any; type||=|page; name||not_exists|");
    row("contains(properties.a, \"x\") or !match(userId, \"y*\")",
        "any; properties|a|contains|x; userId||not_starts_with|y");
    row("properties.list.\\0 >= 1", "all; properties|list.0|>=|1");
    row("properties.list\\[0\\] = 1", "all; properties|list.0|number_equals|1");
    row("traits.x > \"1e3\"", "all; traits|x|>|1000");
    row("context.x = true and context.y = false", "all; context|x|is_true|; context|y|is_false|");
    row("event contains \"x\"", "all; event||contains|x");
    row("match(event, \"abc\")", "all; event||ends_with|bc");
    row("anonymousId = \"x\" and type = \"track\"", "all; type||=|track");
}

void TestVisual::reads()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, expected);
    std::string reason;
    const auto visual = fql::toVisual(fql::parse(trigger.toStdString())->ast(), &reason);
    QVERIFY2(visual, reason.c_str());
    QCOMPARE(described(*visual), expected);
}

void TestVisual::declines_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *trigger, const char *reason) {
        QTest::newRow(trigger) << QByteArray(trigger) << QByteArray(reason);
    };
    row("type = \"track\" and (event = \"a\" or event = \"b\")", "group");
    row("() or type = \"track\"", "parentheses without a condition");
    row("properties.x != true", "boolean");
    row("properties.x > \"abc\"", "no number");
    row("properties.x = -", "no number");
    row("type in \"x\"", "does not know the operator");
    row("userId > 5", "cannot say");
    row("match(properties.x, \"😀a\")", "UTF-8"); // ends with half an emoji and a
    row("properties.\\[ = 1", "missing");
}

void TestVisual::declines()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, reason);
    std::string given;
    QVERIFY(!fql::toVisual(fql::parse(trigger.toStdString())->ast(), &given));
    QVERIFY2(QByteArray::fromStdString(given).contains(reason), given.c_str());
    QVERIFY(!fql::toVisual(fql::parse(trigger.toStdString())->ast()));
}

void TestVisual::writes_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("op");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](Field field, const char *path, Operator op, const char *value, const char *expected) {
        QTest::newRow(expected) << static_cast<int>(field) << QByteArray(path) << static_cast<int>(op)
                                << QByteArray(value) << QByteArray(expected);
    };
    row(Field::Type, "", Operator::Equals, "track", "type = \"track\"");
    row(Field::Event, "", Operator::NotEquals, "it's", "event != \"it's\"");
    row(Field::Event, "", Operator::Equals, "say \"hi\"", "event = \\say\\ \\\"hi\\\"");
    row(Field::Name, "", Operator::Contains, "x", "contains(name, \"x\")");
    row(Field::UserId, "", Operator::NotStartsWith, "x", "!match(userId, \"x*\")");
    row(Field::Event, "", Operator::EndsWith, "x", "match(event, \"*x\")");
    row(Field::Event, "", Operator::EndsWith, "x*", "match(event, \\*x\\*)");
    row(Field::Property, "items[0].sku", Operator::Exists, "", "properties.items.\\0.sku != null");
    row(Field::Trait, "and.or", Operator::NotExists, "", "traits.\\and.\\or = null");
    row(Field::Context, "with space", Operator::IsTrue, "", "context.with\\ space = true");
    row(Field::Property, "größe", Operator::IsFalse, "", "properties.gr\\ö\\ße = false");
    row(Field::Property, "x", Operator::NumberEquals, "1e21", "properties.x = 1000000000000000000000");
    row(Field::Property, "x", Operator::NumberNotEquals, " 5.50 ", "properties.x != 5.5");
    row(Field::Property, "x", Operator::Less, "-1.5e-7", "properties.x < -0.00000015");
    row(Field::Property, "x", Operator::GreaterOrEqual, "0", "properties.x >= 0");
}

void TestVisual::writes()
{
    QFETCH(int, field);
    QFETCH(QByteArray, path);
    QFETCH(int, op);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, expected);
    const fql::VisualTrigger visual{ Combinator::And,
        { { static_cast<Field>(field), path.toStdString(), static_cast<Operator>(op), value.toStdString() } } };
    const Result<std::string> text = fql::toFql(visual);
    QVERIFY2(text, text ? "" : text.error().message.c_str());
    QCOMPARE(QByteArray::fromStdString(*text), expected);
}

void TestVisual::complains_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("op");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("code");
    const auto row
        = [](const char *name, Field field, const char *path, Operator op, const char *value, const char *code) {
              QTest::newRow(name) << static_cast<int>(field) << QByteArray(path) << static_cast<int>(op)
                                  << QByteArray(value) << QByteArray(code);
          };
    row("type contains", Field::Type, "", Operator::Contains, "x", "fql-row-operator");
    row("event exists", Field::Event, "", Operator::Exists, "", "fql-row-operator");
    row("name is true", Field::Name, "", Operator::IsTrue, "", "fql-row-operator");
    row("unknown", Field::Property, "x", Operator::Unknown, "x", "fql-row-operator");
    row("no path", Field::Property, "", Operator::Equals, "x", "fql-row-path");
    row("only dots", Field::Trait, "..", Operator::Equals, "x", "fql-row-path");
    row("emoji in path", Field::Context, "😀", Operator::Equals, "x", "fql-row-path");
    row("path below type", Field::Type, "x", Operator::Equals, "track", "fql-row-path");
    row("no number", Field::Property, "x", Operator::Less, "", "fql-row-number");
    row("a word", Field::Property, "x", Operator::NumberEquals, "five", "fql-row-number");
    row("infinite", Field::Property, "x", Operator::Greater, "Infinity", "fql-row-number");
    row("starts with a quote", Field::Event, "", Operator::StartsWith, "\"x", "fql-row-text");
    row("quote and emoji", Field::Event, "", Operator::Equals, "\"😀", "fql-row-text");
    row("ends with star and quote", Field::Event, "", Operator::EndsWith, "x*\"", "fql-row-text");
    row("ends with emoji and star", Field::Event, "", Operator::NotEndsWith, "😀*", "fql-row-text");
    row("no UTF-8", Field::Event, "", Operator::Equals, "\xff", "fql-row-text");
}

void TestVisual::complains()
{
    QFETCH(int, field);
    QFETCH(QByteArray, path);
    QFETCH(int, op);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, code);
    const fql::VisualRow row{ static_cast<Field>(field), path.toStdString(), static_cast<Operator>(op),
        value.toStdString() };
    const std::optional<Error> error = fql::problem(row);
    QVERIFY(error.has_value());
    QCOMPARE(QByteArray::fromStdString(error->code), code);
    QVERIFY(!fql::toFql({ Combinator::And, { row } }));
    // Never holds, instead of holding by mistake.
    const fql::Trigger trigger(fql::fromVisual({ Combinator::And, { row } }));
    for (const json::Document &event : events())
        QVERIFY(!trigger.matches(event).value());
}

void TestVisual::keepsTheMeaning()
{
    QVERIFY(!fql::toFql({}));
    std::mt19937 random(20240229);
    int written = 0;
    for (int i = 0; i < 20000; ++i) {
        fql::VisualTrigger visual{ random() % 2 == 0 ? Combinator::And : Combinator::Or, {} };
        for (std::size_t rows = 1 + random() % 3; rows > 0; --rows)
            visual.rows.push_back(anyRow(random));
        const Result<std::string> text = fql::toFql(visual);
        const bool sound = std::none_of(
            visual.rows.begin(), visual.rows.end(), [](const auto &row) { return fql::problem(row).has_value(); });
        QCOMPARE(text.has_value(), sound);
        if (!text)
            continue;
        ++written;
        const Result<fql::Trigger> read = fql::parse(*text);
        QVERIFY2(read, text->c_str());
        for (const fql::Finding &finding : fql::inspect(*text)) {
            // A text that begins with a star looks like a wildcard where it is none.
            const bool star = finding.code == "fql-match-pattern";
            QVERIFY2(finding.severity == Severity::Info || star, (*text + "\n" + finding.message).c_str());
        }
        const fql::Trigger built(fql::fromVisual(visual));
        for (const json::Document &event : events())
            QCOMPARE(read->matches(event).value(), built.matches(event).value());
        const auto again = fql::toVisual(read->ast());
        QVERIFY2(again, text->c_str());
        QVERIFY2(fql::toFql(*again) == text, text->c_str());
        QCOMPARE(described(*fql::toVisual(fql::fromVisual(visual))), described(*again));
        QCOMPARE(again->rows.size(), visual.rows.size());
        for (std::size_t row = 0; row < visual.rows.size(); ++row) {
            QCOMPARE(again->rows[row].op, visual.rows[row].op);
            if (fql::valueKind(visual.rows[row].op) == fql::ValueKind::Text)
                QCOMPARE(again->rows[row].value, visual.rows[row].value);
        }
    }
    QVERIFY(written > 3000);
}

QTEST_APPLESS_MAIN(TestVisual)
#include "tst_visual.moc"
