// Values of a mapping in Segment's words: what kind they are, what they take, how they read, what they become when
// another kind is chosen. All on plain JSON.
#include "ui/data/functions.h"
#include "ui/data/value_words.h"

#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/mapping/validate.h"

#include <QTest>

using namespace hookbench;
using namespace hookbench::data;

Q_DECLARE_METATYPE(hookbench::data::ValueKind)

class TestDataValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kinds_data();
    void kinds();
    void words_data();
    void words();
    void textParts_data();
    void textParts();
    void paths_data();
    void paths();
    void operandsKeepTheRest_data();
    void operandsKeepTheRest();
    void everyKindFromEveryKindIsValid();
    void conversions_data();
    void conversions();
    void coalesceWritesBothPlaces();
    void glances_data();
    void glances();
};

namespace {

json::Document parsed(const char *text)
{
    return json::parse(text).value();
}

QString text(json::Value value)
{
    return QString::fromStdString(json::stringify(value));
}

} // namespace

void TestDataValues::kinds_data()
{
    QTest::addColumn<ValueKind>("kind");
    const auto row = [](const char *json, ValueKind kind) { QTest::newRow(json) << kind; };
    row(R"("a")", ValueKind::Text);
    row("12", ValueKind::Number);
    row("true", ValueKind::Boolean);
    row("null", ValueKind::Null);
    row("[]", ValueKind::Array);
    row("{}", ValueKind::Object);
    row(R"({"a":{"@path":"$.x"}})", ValueKind::Object);
    row(R"({"_metadata":{}})", ValueKind::Object);
    row(R"({"__segment_internal_directive":{"@path":"$."}})", ValueKind::Object);
    row(R"({"@path":"$.x"})", ValueKind::Variable);
    row(R"({"@path":"$.x","_metadata":{"a":1}})", ValueKind::Variable);
    row(R"({"@path":"$.x","other":1})", ValueKind::Raw);
    row(R"({"@path":{"@template":"a"}})", ValueKind::Raw);
    row(R"({"@path":"$.x","@template":"b"})", ValueKind::Raw);
    row(R"({"@unheard":1})", ValueKind::Raw);
    row(R"({"@template":"a {{b}}"})", ValueKind::MixedText);
    row(R"({"@liquid":"{{ a }}"})", ValueKind::Liquid);
    row(R"({"@literal":{"@path":"x"}})", ValueKind::Literal);
    row(R"({"@if":{"exists":{"@path":"$.a"},"then":{"@path":"$.a"},"else":"b"}})", ValueKind::Coalesce);
    row(R"({"@if":{"exists":{"@path":"$.a"},"then":{"@path":"$.b"}}})", ValueKind::If);
    row(R"({"@if":{"blank":{"@path":"$.a"},"then":{"@path":"$.a"}}})", ValueKind::If);
    row(R"({"@if":{"then":1}})", ValueKind::Raw);
    row(R"({"@if":{"@path":"$.a"}})", ValueKind::Raw);
    row(R"({"@case":{"operator":"lower","value":"A"}})", ValueKind::Case);
    row(R"({"@case":{"operator":{"@path":"$.a"},"value":"A"}})", ValueKind::Raw);
    row(R"({"@replace":{"pattern":"a","value":"b"}})", ValueKind::Replace);
    row(R"({"@replace":{"pattern":"a","replacement":null,"value":"b"}})", ValueKind::Raw);
    row(R"({"@flatten":{"separator":".","value":{}}})", ValueKind::Flatten);
    row(R"({"@json":{"mode":"encode","value":{}}})", ValueKind::Json);
    row(R"({"@arrayPath":["$.a"]})", ValueKind::ArrayItems);
    row(R"({"@arrayPath":["$.a",{"b":1}]})", ValueKind::ArrayItems);
    row(R"({"@arrayPath":["$.a",{},"extra"]})", ValueKind::Raw);
    row(R"({"@arrayPath":[]})", ValueKind::Raw);
    row(R"({"@merge":{"direction":"left","objects":[]}})", ValueKind::Merge);
    row(R"({"@merge":{"direction":"left","objects":1}})", ValueKind::Raw);
    row(R"({"@transform":{"apply":{},"mapping":{}}})", ValueKind::Transform);
    row(R"({"@excludeWhenNull":{"@path":"$.a"}})", ValueKind::ExcludeWhenNull);
}

void TestDataValues::kinds()
{
    QFETCH(ValueKind, kind);
    QCOMPARE(kindOf(parsed(QTest::currentDataTag())), kind);
}

void TestDataValues::words_data()
{
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *json, const char *shown) { QTest::newRow(json) << QString::fromUtf8(shown); };
    row(R"({"@path":"$.properties.order_id"})", "properties.order_id");
    row(R"({"@path":"$."})", "Whole event");
    row(R"({"@template":"Order {{properties.order_id}} via {{{ a }}}"})", "Order properties.order_id via a");
    row(R"("a\nb")", R"("a\nb")");
    row("27.50", "27.5");
    row(R"({"@case":{"operator":"lower","value":{"@path":"$.context.traits.email"}}})",
        "Case lower ( context.traits.email )");
    row(R"({"@if":{"exists":{"@path":"$.a"},"then":{"@path":"$.a"},"else":"USD"}})", R"(Coalesce ( a, "USD" ))");
    row(R"({"@if":{"blank":{"@path":"$.a"},"then":1,"else":2}})", "If not blank ( a, then 1, else 2 )");
    row(R"({"@if":{"exists":{"@path":"$.a"},"then":null}})", "If exists ( a, then null )");
    row(R"({"@replace":{"pattern":"-","replacement":"","value":{"@path":"$.a"}}})", R"(Replace ( a, "-" → "" ))");
    row(R"({"@flatten":{"separator":".","value":{"@path":"$.a"}}})", R"(Flatten ( a, "." ))");
    row(R"({"@json":{"mode":"encode","value":{"@path":"$.context.page"}}})", "JSON encode ( context.page )");
    row(R"({"@arrayPath":["$.properties.products"]})", "Array items ( properties.products )");
    row(R"({"@liquid":"{{ properties.coupon | upcase }}"})", "Liquid ( {{ properties.coupon | upcase }} )");
    row(R"({"@literal":{"@path":"x"}})", R"(Literal ( {"@path":"x"} ))");
    row(R"({"@path":"$.x","_metadata":{"a":1}})", R"(x _metadata {"a":1})");
    row(R"({"@bad":[1]})", R"({"@bad":[1]})");
    row(R"({"@merge":{"direction":"right","objects":[{"@path":"$.a"},{"@path":"$.b"}]}})", "Merge right ( a, b )");
    row(R"({"@case":{"operator":"upper","value":{"@case":{"operator":"lower","value":"x"}}}})",
        R"(Case upper ( Case lower ( "x" ) ))");
}

void TestDataValues::words()
{
    QFETCH(QString, shown);
    QCOMPARE(plainText(wordsOf(parsed(QTest::currentDataTag()))), shown);
}

void TestDataValues::textParts_data()
{
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char *source, const QStringList &parts) { QTest::newRow(source) << parts; };
    row("a {{b}} c", { QStringLiteral("a "), QStringLiteral("<b>"), QStringLiteral(" c") });
    row("{{ b }}", { QStringLiteral("<b>") });
    row("{{{b}}}{{c}}", { QStringLiteral("<b>"), QStringLiteral("<c>") });
    row("{{}} x", { QStringLiteral("{{}} x") });
    row("{{open", { QStringLiteral("{{open") });
    row("", { QString() });
}

void TestDataValues::textParts()
{
    QFETCH(QStringList, parts);
    QStringList got;
    for (const TextPart &part : data::textParts(QTest::currentDataTag())) {
        const QString shown = QString::fromStdString(std::string(part.text));
        got << (part.isVariable ? QString(u'<' + shown + u'>') : shown);
    }
    QCOMPARE(got, parts);
}

void TestDataValues::paths_data()
{
    QTest::addColumn<QString>("paths");
    const auto row = [](const char *json, const char *paths) { QTest::newRow(json) << QString::fromLatin1(paths); };
    row(R"({"@path":"$.a.b"})", "a.b");
    row(R"({"@template":"{{a}} {{b}} {{a}}"})", "a b");
    row(R"({"@if":{"exists":{"@path":"$.a"},"then":{"@path":"$.b"},"else":{"@template":"{{c}}"}}})", "a b c");
    row(R"({"@arrayPath":["$.items",{"sku":{"@path":"$.sku"}}]})", "items");
    row(R"({"@liquid":"{{ properties.coupon | upcase }}"})", "properties.coupon");
    row(R"({"x":{"@path":"$.a"}})", ""); // its fields are rows of their own
    row(R"({"@literal":{"@path":"$.a"}})", "");
    row(R"({"@transform":{"apply":{"@path":"$.a"},"mapping":{"@path":"$.b"}}})", "a");
}

void TestDataValues::paths()
{
    QFETCH(QString, paths);
    QStringList got;
    for (const std::string &path : pathsIn(parsed(QTest::currentDataTag())))
        got << QString::fromStdString(path);
    QCOMPARE(got.join(u' '), paths);
}

void TestDataValues::operandsKeepTheRest_data()
{
    QTest::addColumn<int>("operand");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *json, int operand, const char *to, const char *after) {
        QTest::newRow(json) << operand << QString::fromUtf8(to) << QString::fromUtf8(after);
    };
    row(R"({"_metadata":{"z":[1]},"@path":"$.x"})", 0, R"("$.y")", R"({"_metadata":{"z":[1]},"@path":"$.y"})");
    row(R"({"@case":{"zzz":1,"value":"A","operator":"lower"}})", 0, R"("upper")",
        R"({"@case":{"zzz":1,"value":"A","operator":"upper"}})");
    row(R"({"@replace":{"pattern":"a","value":"b","pattern2":"c"}})", 3, "",
        R"({"@replace":{"pattern":"a","value":"b"}})");
    row(R"({"@if":{"exists":{"@path":"$.a"},"then":1,"note":2}})", 1, R"("blank")",
        R"({"@if":{"blank":{"@path":"$.a"},"then":1,"note":2}})");
    row(R"({"@merge":{"direction":"right","objects":[{"a":1},{"b":2}]}})", 1, "",
        R"({"@merge":{"direction":"right","objects":[{"b":2}]}})");
}

void TestDataValues::operandsKeepTheRest()
{
    QFETCH(int, operand);
    QFETCH(QString, to);
    QFETCH(QString, after);
    const json::Document value = parsed(QTest::currentDataTag());
    const json::Document set = to.isEmpty() ? json::Document() : parsed(qPrintable(to));
    QCOMPARE(text(withOperand(value, operandsOf(value).at(static_cast<std::size_t>(operand)), set)), after);
}

// Whatever a user turns a value into is a mapping that Segment accepts.
void TestDataValues::everyKindFromEveryKindIsValid()
{
    std::vector<json::Document> values;
    for (const char *json :
        { R"("a")", R"("")", "12", "false", "null", "[]", "[1,{\"@path\":\"$.a\"}]", "{}", R"({"a":{"@path":"$.x"}})",
            R"({"@path":"$.x"})", R"({"@template":"a {{b}}"})", R"({"@literal":{"a":1}})" })
        values.push_back(parsed(json));
    for (const ValueKind kind : offeredKinds())
        values.push_back(converted(parsed(R"({"@path":"$.x"})"), kind));
    for (const json::Document &value : values) {
        for (const ValueKind kind : offeredKinds()) {
            const json::Document made = converted(value, kind);
            const QByteArray about
                = text(value).toUtf8() + " as " + kindName(kind).toUtf8() + ": " + text(made).toUtf8();
            QVERIFY2(mapping::validate(made, "").empty(), about.constData());
            if (kind != ValueKind::Raw)
                QVERIFY2(kindOf(made) == kind, about.constData());
        }
    }
}

void TestDataValues::conversions_data()
{
    QTest::addColumn<ValueKind>("to");
    QTest::addColumn<QString>("made");
    const auto row = [](const char *json, ValueKind to, const char *made) {
        QTest::addRow("%s as %d", json, static_cast<int>(to)) << to << QString::fromUtf8(made);
    };
    row(R"({"@path":"$.a"})", ValueKind::MixedText, R"({"@template":"{{a}}"})");
    row(R"({"@path":"$.a"})", ValueKind::Liquid, R"({"@liquid":"{{ a }}"})");
    row(R"({"@path":"$.a"})", ValueKind::Case, R"({"@case":{"operator":"lower","value":{"@path":"$.a"}}})");
    row(R"({"@path":"$.a"})", ValueKind::Coalesce, R"({"@if":{"exists":{"@path":"$.a"},"then":{"@path":"$.a"}}})");
    row(R"({"@path":"$.a"})", ValueKind::ArrayItems, R"({"@arrayPath":["$.a"]})");
    row(R"({"@template":"{{ a }}"})", ValueKind::Variable, R"({"@path":"$.a"})");
    row(R"({"@case":{"operator":"lower","value":{"@path":"$.a"}}})", ValueKind::Variable, R"({"@path":"$.a"})");
    row(R"("12.5")", ValueKind::Number, "12.5");
    row("12.5", ValueKind::Text, R"("12.5")");
    row(R"("x")", ValueKind::Array, R"(["x"])");
    row(R"({"@path":"$.a","_metadata":{"m":1}})", ValueKind::MixedText, R"({"@template":"{{a}}","_metadata":{"m":1}})");
}

void TestDataValues::conversions()
{
    QFETCH(ValueKind, to);
    QFETCH(QString, made);
    const QByteArray tag(QTest::currentDataTag());
    const json::Document from = parsed(tag.left(tag.lastIndexOf(" as ")).constData());
    QCOMPARE(text(converted(from, to)), made);
}

void TestDataValues::coalesceWritesBothPlaces()
{
    const json::Document value = parsed(R"({"@if":{"exists":{"@path":"$.a"},"then":{"@path":"$.a"},"else":"b"}})");
    const json::Document after = withOperand(value, operandsOf(value).front(), parsed(R"({"@path":"$.c"})"));
    QCOMPARE(text(after), QStringLiteral(R"({"@if":{"exists":{"@path":"$.c"},"then":{"@path":"$.c"},"else":"b"}})"));
    QCOMPARE(kindOf(after), ValueKind::Coalesce);
}

void TestDataValues::glances_data()
{
    QTest::addColumn<QString>("mark");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *json, const char *mark, const char *shown) {
        QTest::newRow(json) << QString::fromUtf8(mark) << QString::fromUtf8(shown);
    };
    row(R"("a\u202eb")", "Abc", R"("a\u{202E}b")");
    row("27.5", "123", "27.5");
    row("null", "null", "null");
    row("true", "T/F", "true");
    row("[1,2]", "[]", "2 items");
    row(R"({"total":1,"currency":2})", "{}", "{ total, currency }");
    row("{}", "{}", "{ }");
}

void TestDataValues::glances()
{
    QFETCH(QString, mark);
    QFETCH(QString, shown);
    const ValueGlance glance = glanceAt(parsed(QTest::currentDataTag()));
    QCOMPARE(glance.mark, mark);
    QCOMPARE(glance.word.text.toUpper(), shown.toUpper());
}

QTEST_GUILESS_MAIN(TestDataValues)
#include "tst_data_values.moc"
