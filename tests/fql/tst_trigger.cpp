// Matching explained: every condition with the value it saw, what was reached, and where a trigger goes wrong.
#include "core/fql/trigger.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QtTest>

using namespace hookbench;
using namespace std::string_literals;

namespace {

constexpr const char *kOrder
    = R"({"type":"track","event":"Order Completed","properties":{"total":27.5,"coupon":"","items":[{"sku":"G-32"}],"note":null,)"
      R"("gift":false},"traits":"é😀","context":{"a":{"b":"deep"}}})";

json::Document parsed(const char *text)
{
    return json::parse(text).value();
}

/// field op expected = seen → y/n, with a ~ when it was not reached.
std::string summary(const fql::Trace &trace)
{
    std::string text = trace.combinator + (trace.matched ? ": yes" : ": no");
    for (const fql::ConditionTrace &c : trace.conditions) {
        const std::string seen = c.seen.isUndefined() ? "missing" : json::stringify(c.seen);
        text += "; " + c.field + " " + c.op + (c.expected.empty() ? "" : " " + c.expected) + " [" + seen + "] "
            + (c.error          ? "fails"
                    : c.matched ? "yes"
                                : "no")
            + (c.reached ? "" : " unreached") + (c.group == 0 ? "" : " in " + std::to_string(c.group));
    }
    return text;
}

} // namespace

class TestTrigger : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void explains_data();
    void explains();
    void pointsToTheSource();
    void tellsGroups();
    void failsWhereSegmentThrows_data();
    void failsWhereSegmentThrows();
    void refuses_data();
    void refuses();
    void comparesHalvesOfCharacters();
    void readsPaths_data();
    void readsPaths();
    void undefinedMatchesNothing();
};

void TestTrigger::explains_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *trigger, const char *expected) {
        QTest::newRow(trigger) << QByteArray(trigger) << QByteArray(expected);
    };
    row(R"(type = "track")", R"(and: yes; type = track ["track"] yes)");
    row(R"(type = "page" and properties.total > 20)",
        R"(and: no; type = page ["track"] no; properties.total > 20 [27.5] yes unreached)");
    row(R"(type = "track" or properties.total > 20)",
        R"(or: yes; type = track ["track"] yes; properties.total > 20 [27.5] yes unreached)");
    row(R"(properties.missing = null)", R"(and: yes; properties.missing not_exists [missing] yes)");
    row(R"(properties.note != null)", R"(and: no; properties.note exists [null] no)");
    row(R"(!contains(event, "Order"))", R"(and: no; event not_contains Order ["Order Completed"] no)");
    row(R"(match(event, "*ed"))", R"(and: yes; event ends_with ed ["Order Completed"] yes)");
    row(R"(properties.gift = false)", R"(and: yes; properties.gift is_false [false] yes)");
    row(R"(type = "page" and (event = "x" or userId = "y"))",
        R"(and: no; type = page ["track"] no; event = x ["Order Completed"] no unreached in 1; userId = y [missing] no unreached in 1)");
    row(R"(type = "track" and (event = "x" or properties.total = 27.5))",
        R"(and: yes; type = track ["track"] yes; event = x ["Order Completed"] no in 1; properties.total number_equals 27.5 [27.5] yes in 1)");
    row(R"(type in "track")", R"(and: no; type in track ["track"] no)");
    row(R"(() and type = "track")", R"(and: no;   [missing] fails; type = track ["track"] yes unreached)");
}

void TestTrigger::explains()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, expected);
    const json::Document event = parsed(kOrder);
    const auto parsedTrigger = fql::parse(trigger.toStdString());
    QVERIFY(parsedTrigger);
    const fql::Trace trace = parsedTrigger->explain(event);
    QCOMPARE(QByteArray::fromStdString(summary(trace)), expected);
    const Result<bool> matched = parsedTrigger->matches(event);
    QCOMPARE(matched.has_value(), !trace.error.has_value());
    QCOMPARE(matched.value_or(false), trace.matched);
}

void TestTrigger::pointsToTheSource()
{
    const std::string text
        = R"(  type="track" and !contains( properties . title , "x" ) and (match(event, "a*") ) or userId != null)";
    const fql::Trace trace = fql::parse(text)->explain(parsed(kOrder));
    QStringList pieces;
    for (const fql::ConditionTrace &condition : trace.conditions)
        pieces << QString::fromStdString(text.substr(condition.sourceOffset, condition.sourceLength));
    QCOMPARE(pieces,
        QStringList({ QStringLiteral("type=\"track\""), QStringLiteral("!contains( properties . title , \"x\" )"),
            QStringLiteral("match(event, \"a*\")"), QStringLiteral("userId != null") }));
}

void TestTrigger::tellsGroups()
{
    const std::string text = R"(type = "track" and (event = "x" or event = "Order Completed"))";
    const fql::Trace trace = fql::parse(text)->explain(parsed(kOrder));
    QCOMPARE(trace.groups.size(), std::size_t{ 2 });
    QCOMPARE(trace.groups[0].combinator, "and"s);
    QCOMPARE(trace.groups[1].combinator, "or"s);
    QVERIFY(trace.groups[0].matched && trace.groups[1].matched);
    QCOMPARE(trace.groups[1].parent, std::size_t{ 0 });
    QCOMPARE(text.substr(trace.groups[1].sourceOffset, trace.groups[1].sourceLength),
        R"((event = "x" or event = "Order Completed"))"s);
}

void TestTrigger::failsWhereSegmentThrows_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("code"); // empty: no failure
    QTest::newRow("nothing in parentheses")
        << QByteArray("() and type = \"track\"") << QByteArray(kOrder) << QByteArray("fql-missing-condition");
    QTest::newRow("not reached") << QByteArray("type = \"page\" and ()") << QByteArray(kOrder) << QByteArray();
    QTest::newRow("no steps") << QByteArray("properties.\\[ = 1") << QByteArray("{}") << QByteArray("fql-path");
    QTest::newRow("null") << QByteArray("type = \"track\"") << QByteArray("null") << QByteArray("fql-event");
    QTest::newRow("a number") << QByteArray("type = \"track\"") << QByteArray("5") << QByteArray();
}

void TestTrigger::failsWhereSegmentThrows()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, code);
    const json::Document document = parsed(event.constData());
    const Result<bool> matched = fql::parse(trigger.toStdString())->matches(document);
    const fql::Trace trace = fql::parse(trigger.toStdString())->explain(document);
    QCOMPARE(QByteArray::fromStdString(matched ? "" : matched.error().code), code);
    QCOMPARE(QByteArray::fromStdString(trace.error ? trace.error->code : ""), code);
    QVERIFY(!trace.matched);
}

void TestTrigger::refuses_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<qulonglong>("line");
    QTest::addColumn<qulonglong>("column");
    const auto row = [](const char *trigger, const char *code, qulonglong line, qulonglong column) {
        QTest::newRow(*trigger == '\0' ? "empty" : trigger)
            << QByteArray(trigger) << QByteArray(code) << line << column;
    };
    row("", "fql-empty", 1, 1);
    row("typo", "fql-no-condition", 1, 1);
    row("event = \"é\" and type", "fql-incomplete", 1, 17);
    row("type = \"a\"\nor event >\n= \"b\" & name = \"c\"", "fql-character", 3, 7);
    row("type = \"a", "fql-quotes", 1, 8);
    row("type !=\"a\"", "fql-space", 1, 6);
    row("properties.x>5", "fql-space", 1, 13);
    row("properties.list[0] = 1", "fql-array-path", 1, 16);
    row("(type = \"a\" or (event = \"b\"))", "fql-parentheses", 1, 16);
    row("(type = \"a\"", "fql-parentheses", 1, 1);
    row("type = 1.2.3", "fql-number", 1, 8);
    row("length(event) > 3", "fql-unsupported-function", 1, 1);
    row("contains(event", "fql-function", 1, 1);
    row("type = \"\xff\"", "fql-encoding", 1, 9);
    row("type\r\n= \"a\"", "fql-character", 1, 5);
    row("type = \\", "fql-word", 1, 8);
}

void TestTrigger::refuses()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, code);
    QFETCH(qulonglong, line);
    QFETCH(qulonglong, column);
    const auto parsedTrigger = fql::parse(trigger.toStdString());
    QVERIFY(!parsedTrigger);
    QCOMPARE(QByteArray::fromStdString(parsedTrigger.error().code), code);
    QVERIFY(parsedTrigger.error().position.has_value());
    QCOMPARE(static_cast<qulonglong>(parsedTrigger.error().position->line), line);
    QCOMPARE(static_cast<qulonglong>(parsedTrigger.error().position->column), column);
}

void TestTrigger::comparesHalvesOfCharacters()
{
    // match() drops the first UTF-16 unit: half of the emoji stays and is found in the middle of the event's.
    const auto trigger = fql::parse("match(event, \"😀!\")");
    QVERIFY(trigger->matches(parsed(R"({"event":"so 😀!"})")).value());
    QVERIFY(!trigger->matches(parsed(R"({"event":"so 😁!"})")).value());
    QVERIFY(!trigger->matches(parsed(R"({"event":"!"})")).value());
}

void TestTrigger::readsPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("seen");
    const auto row
        = [](const char *path, const char *seen) { QTest::newRow(path) << QByteArray(path) << QByteArray(seen); };
    row("properties.total", "27.5");
    row("properties.items.\\0.sku", "\"G-32\"");
    row("properties.items\\[0\\]\\.sku", "\"G-32\"");
    row("properties.items.length", "1");
    row("properties.coupon.anything.below", "\"\""); // a falsy value is the result
    row("properties.gift.below", "false");
    row("properties.note.below", "null");
    row("properties.total.below", "");
    row("traits.\\0", "\"é\"");
    row("traits.length", "3");
    row("traits.\\1", "\"\\ud83d\"");
    row("traits.\\2", "\"\\ude00\"");
    row("traits.\\3", "");
    row("context.a.b", "\"deep\"");
    row("context.a.b.c", "");
}

void TestTrigger::readsPaths()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, seen);
    const json::Document event = parsed(kOrder);
    const fql::Trace trace = fql::parse(path.toStdString() + " != null")->explain(event);
    QCOMPARE(QByteArray::fromStdString(json::stringify(trace.conditions.front().seen)), seen);
}

void TestTrigger::undefinedMatchesNothing()
{
    const auto trigger = fql::parse("type != \"track\"");
    QVERIFY(!trigger->matches(json::Value()).value());
    QVERIFY(!trigger->explain(json::Value()).matched);
    QVERIFY(trigger->matches(parsed("{}")).value());
}

QTEST_APPLESS_MAIN(TestTrigger)
#include "tst_trigger.moc"
