// Rows of a trigger as they are filled in: what they mean, what they lack, what the event says to them.
#include "ui/trigger/conditions.h"
#include "ui/trigger/field_catalogue.h"
#include "ui/trigger/fql_completion.h"
#include "ui/trigger/row_editor.h"
#include "ui/trigger/trigger_words.h"

#include "core/fql/trigger.h"
#include "core/json/parse.h"

#include <QElapsedTimer>
#include <QTest>

using namespace hookbench;
using namespace hookbench::trigger;
using fql::Operator;

namespace {

json::Document sampleEvent()
{
    return json::parse(R"({"type":"track","event":"Order Completed","userId":"u1","properties":{"total":27.5,
        "gift":false,"coupon":"HASBROS","quote":"a~b","empty":"","products":[{"sku":"G-32"}],"with space":1,"a.b":1},
        "traits":{"email":"jane@example.com"},"context":{"page":{"path":"/"}}})")
        .value();
}

Operator operatorNamed(const QByteArray &name)
{
    return fql::operatorNamed(name.toStdString());
}

} // namespace

class TestConditions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void declines_data();
    void declines();
    void rowErrors_data();
    void rowErrors();
    void states_data();
    void states();
    void seen_data();
    void seen();
    void suits_data();
    void suits();
    void operatorFollowsTheField();
    void numbersTheWrongRow();
    void allCallsMatchEverything();
    void collectsFields();
    void collectsFast();
    void completes_data();
    void completes();
    void columnsFit_data();
    void columnsFit();
};

void TestConditions::reads_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("again");
    const auto row = [](const char *trigger, const char *again = "") {
        QTest::newRow(trigger) << QByteArray(trigger) << QByteArray(*again ? again : trigger);
    };
    row("type = \"track\"");
    row("type = \"track\" and event = \"Order Completed\"");
    row("type = \"page\" or type = \"screen\"");
    row("properties.total >= 27.5 and properties.gift = true");
    row("properties.items.\\0.sku = \"G-32\"");
    row("event = \"\"");
    row("type=\"track\"", "type = \"track\"");
    row("properties.x = 1.0", "properties.x = 1");
    row("!match(event, \"*s\") and contains(userId, \"7\") and traits.email != null");
}

// Text to rows to text: the same meaning, and where the text was ours, the same text.
void TestConditions::reads()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, again);
    QString reason;
    const auto conditions = readConditions(trigger.toStdString(), &reason);
    QVERIFY2(conditions, qPrintable(reason));
    const Result<std::string> text = toFql(*conditions);
    QVERIFY(text);
    QCOMPARE(QByteArray::fromStdString(*text), again);
    QVERIFY(readConditions(*text) == conditions);
}

void TestConditions::declines_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *trigger, const char *reason) {
        QTest::newRow(trigger) << QByteArray(trigger) << QString::fromLatin1(reason);
    };
    row("type = \"track\" and (event = \"a\" or event = \"b\")", "group in parentheses");
    row("type = ", "eos");
    row("type = \"track", "refuses");
    row("type = 'track'", "single quotes");
    row("anonymousId = \"x\" and type = \"track\"", "anonymousId");
    row("type = \"track\" and event = \"a\" or event = \"b\"", "last connective");
    row("properties.x != true", "boolean");
}

// A trigger that rows would not give back stays text, and the reason is told.
void TestConditions::declines()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QString, reason);
    QString why;
    const auto conditions = readConditions(trigger.toStdString(), &why);
    QVERIFY(!conditions);
    QVERIFY2(why.contains(reason) && !why.isEmpty(), qPrintable(why));
}

void TestConditions::rowErrors_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("op");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const char *field, const char *op, const char *value, const char *code) {
        QTest::newRow(name) << QString::fromUtf8(field) << QByteArray(op) << QString::fromUtf8(value)
                            << QByteArray(code);
    };
    row("complete", "event", "=", "Order", "");
    row("no field", "", "=", "x", "trigger-row-field");
    row("no value", "event", "=", "", "trigger-row-value");
    row("no number", "properties.total", ">", " ", "trigger-row-value");
    row("none needed", "properties.total", "exists", "", "");
    row("unknown field", "messageId", "=", "x", "trigger-row-unknown");
    row("half a field", "prop", "=", "x", "trigger-row-unknown");
    row("a root alone", "properties", "=", "x", "fql-row-path");
    row("a root and a dot", "properties.", "=", "x", "fql-row-path");
    row("below an event name", "event.x", "=", "x", "trigger-row-unknown");
    row("not a number", "properties.total", ">", "abc", "fql-row-number");
    row("a number with spaces", "properties.total", ">", " 7 ", "");
    row("an operator of others", "type", ">", "5", "fql-row-operator");
    row("spaces around", " properties.total ", ">", "5", "");
    row("as mappings write it", "$.properties.total", ">", "5", "");
    row("array", "properties.products[0].sku", "=", "x", "");
    row("what cannot be said", "event", "starts_with", "\"", "fql-row-text");
}

void TestConditions::rowErrors()
{
    QFETCH(QString, field);
    QFETCH(QByteArray, op);
    QFETCH(QString, value);
    QFETCH(QByteArray, code);
    const Result<fql::VisualRow> read = readRow({ field, operatorNamed(op), value, false });
    QCOMPARE(read ? QByteArray() : QByteArray::fromStdString(read.error().code), code);
    if (!read)
        QVERIFY(!read.error().message.empty());
    else
        QVERIFY(toFql({ fql::Combinator::And, { { field, operatorNamed(op), value, false } } }));
}

void TestConditions::states_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("op");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("holds"); // -1: not known
    QTest::addColumn<QString>("seen");
    QTest::addColumn<QString>("doubt");
    const auto row = [](const char *field, const char *op, const char *value, int holds, const char *seen,
                         const char *doubt = "") {
        QTest::addRow("%s %s %s", field, op, value)
            << QString::fromUtf8(field) << QByteArray(op) << QString::fromUtf8(value) << holds
            << QString::fromUtf8(seen) << QString::fromUtf8(doubt);
    };
    row("type", "=", "track", 1, "\"track\"");
    row("event", "=", "Order Refunded", 0, "\"Order Completed\"");
    row("properties.total", ">=", "27.5", 1, "27.5");
    row("properties.total", "=", "27.5", 0, "27.5", "number here");
    row("properties.total", "!=", "27.5", 1, "27.5", "number here");
    row("properties.gift", "=", "false", 0, "false", "boolean here");
    row("properties.gift", "is_false", "", 1, "false");
    row("properties.coupon", ">", "5", 0, "\"HASBROS\"", "text here");
    row("properties.none", "=", "x", 0, "missing");
    row("properties.none", "not_exists", "", 1, "missing");
    row("properties.total", ">", "", -1, "27.5");
    row("nowhere", "=", "x", -1, "");
    row("properties.products[0].sku", "=", "G-32", 1, "\"G-32\"", "array");
    row("properties.quote", "=", "a~b", 1, "\"a~b\"", "tilde");
    row("properties.quote", "=", "\"", 0, "\"a~b\"", "double quote");
    row("type", "=", "Track", 0, "\"track\"", "no calls of this type");
}

void TestConditions::states()
{
    QFETCH(QString, field);
    QFETCH(QByteArray, op);
    QFETCH(QString, value);
    QFETCH(int, holds);
    QFETCH(QString, seen);
    QFETCH(QString, doubt);
    const ConditionRow row{ field, operatorNamed(op), value, false };
    const json::Document sample = sampleEvent();
    const RowState state = stateOf(row, sample);
    QCOMPARE(state.holds ? int{ *state.holds } : -1, holds);
    QCOMPARE(state.seen.value_or(QString()), seen);
    QCOMPARE(state.doubt.isEmpty(), doubt.isEmpty());
    QVERIFY2(state.doubt.contains(doubt), qPrintable(state.doubt));
    // Without an event nothing is claimed.
    const RowState alone = stateOf(row, json::Value());
    QVERIFY(!alone.holds && !alone.seen);
}

void TestConditions::seen_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("words");
    const auto row
        = [](const char *name, const QByteArray &json, const QString &words) { QTest::newRow(name) << json << words; };
    row("number", "27.50", QStringLiteral("27.5"));
    row("small", "[1,\"a\",null]", QStringLiteral("[1,\"a\",null]"));
    row("nested", "{\"a\":{}}", QStringLiteral("an object of 1"));
    row("many", "[1,2,3,4,5,6,7,8,9]", QStringLiteral("an array of 9"));
    row("hidden characters", "\"a\xE2\x80\xAE\"", QStringLiteral("\"a\\u{202E}\""));
    row("long", "\"" + QByteArray(2'000'000, 'x') + "\"", u'"' + QString(399, u'x') + u'…');
    row("long, of two bytes each", "\"x" + QByteArray("\xC3\xA9").repeated(100'000) + "\"",
        QStringLiteral("\"x") + QString(398, u'\u00e9') + u'…');
}

void TestConditions::seen()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, words);
    const auto parsed = json::parse(value.toStdString());
    QVERIFY(parsed);
    QCOMPARE(seenWords(*parsed), words);
}

void TestConditions::suits_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("op");
    QTest::newRow("number") << QStringLiteral("properties.total") << QByteArray("number_equals");
    QTest::newRow("boolean") << QStringLiteral("properties.gift") << QByteArray("is_false");
    QTest::newRow("text") << QStringLiteral("properties.coupon") << QByteArray("=");
    QTest::newRow("missing") << QStringLiteral("properties.none") << QByteArray("=");
    QTest::newRow("no path") << QStringLiteral("type") << QByteArray("=");
}

void TestConditions::suits()
{
    QFETCH(QString, field);
    QFETCH(QByteArray, op);
    const json::Document sample = sampleEvent();
    ConditionRow row{ field, Operator::Equals, {}, false };
    QCOMPARE(QByteArray::fromStdString(std::string(fql::operatorName(suitedTo(row, sample).op))), op);
    row.value = QStringLiteral("typed"); // what a person chose stays
    QCOMPARE(suitedTo(row, sample).op, Operator::Equals);
    row = { field, Operator::Contains, {}, false };
    QCOMPARE(suitedTo(row, sample).op, Operator::Contains);
}

void TestConditions::operatorFollowsTheField()
{
    const ConditionRow row{ QStringLiteral("properties.total"), Operator::Greater, QStringLiteral("5"), false };
    QCOMPARE(withField(row, QStringLiteral("traits.age")).op, Operator::Greater);
    QCOMPARE(withField(row, QStringLiteral("type")).op, Operator::Equals);
    QCOMPARE(withField(row, QStringLiteral("typ")).op, Operator::Greater); // half typed: not yet known
}

void TestConditions::numbersTheWrongRow()
{
    Conditions conditions = allCalls();
    conditions.rows[2].value.clear();
    QCOMPARE(firstWrong(conditions), 2);
    const Result<std::string> text = toFql(conditions);
    QVERIFY(!text);
    QVERIFY2(text.error().message.starts_with("Condition 3: "), text.error().message.c_str());
    QVERIFY(!toFql({}));
}

void TestConditions::allCallsMatchEverything()
{
    const Result<std::string> text = toFql(allCalls());
    QVERIFY(text);
    const Result<fql::Trigger> trigger = fql::parse(*text);
    QVERIFY(trigger);
    for (const QString &type : callTypes()) {
        const json::Document call = json::parse(QStringLiteral("{\"type\":\"%1\"}").arg(type).toStdString()).value();
        QVERIFY(trigger->matches(call).value());
    }
}

void TestConditions::collectsFields()
{
    FieldCollector collector;
    const json::Document sample = sampleEvent();
    collector.add(sample);
    collector.add(json::parse(R"({"event":"Order Refunded","properties":{"total":3,"late":true}})").value());
    QStringList fields;
    for (const FieldEntry &entry : collector.entries())
        fields << entry.field;
    QCOMPARE(fields.mid(0, 4),
        QStringList(
            { QStringLiteral("type"), QStringLiteral("event"), QStringLiteral("name"), QStringLiteral("userId") }));
    for (const char *field : { "properties.total", "properties.products[0].sku", "traits.email", "context.page.path",
             "properties.late", "properties.with space" })
        QVERIFY2(fields.contains(QString::fromLatin1(field)), field);
    QVERIFY(!fields.contains(QStringLiteral("properties.a.b"))); // no trigger can reach it
    QCOMPARE(fields.size(), QSet<QString>(fields.begin(), fields.end()).size());
    for (const FieldEntry &entry : collector.entries()) {
        QVERIFY2(readField(entry.field), qPrintable(entry.field));
        if (entry.field == u"event")
            QCOMPARE(
                entry.values, QStringList({ QStringLiteral("Order Completed"), QStringLiteral("Order Refunded") }));
        if (entry.field == u"properties.products[0].sku") {
            QVERIFY(entry.inArray);
            QCOMPARE(entry.fql, QStringLiteral("properties.products.\\0.sku"));
        }
    }
}

// An event of 5,000 fields and 300 conditions: no step of typing takes a frame.
void TestConditions::collectsFast()
{
    std::string text = R"({"type":"track","properties":{)";
    for (int i = 0; i < 5000; ++i)
        text += (i ? ",\"field_" : "\"field_") + std::to_string(i) + "\":\"value " + std::to_string(i) + "\"";
    text += "}}";
    const json::Document large = json::parse(text).value();
    Conditions conditions;
    for (int i = 0; i < 300; ++i)
        conditions.rows.push_back({ QStringLiteral("properties.field_%1").arg(i * 16), Operator::Equals,
            QStringLiteral("value %1").arg(i), false });
    QElapsedTimer timer;
    timer.start();
    QVERIFY(toFql(conditions));
    const qint64 written = timer.nsecsElapsed();
    timer.restart();
    const RowState state = stateOf(conditions.rows[0], large);
    const qint64 looked = timer.nsecsElapsed();
    QVERIFY(state.holds.value_or(false));
    qInfo("300 rows to FQL %lld us, one row next to the event %lld us", written / 1000, looked / 1000);
    FieldCollector collector;
    timer.restart();
    collector.add(large);
    qInfo("5,000 fields collected in %lld us", timer.nsecsElapsed() / 1000);
    QCOMPARE(collector.entries().size(), std::size_t{ 5004 });
    timer.restart();
    const auto found = completeFql(QStringLiteral("properties.field_499"), 20, collector.entries());
    qInfo("completed in %lld us", timer.nsecsElapsed() / 1000);
    QCOMPARE(found.choices.size(), std::size_t{ 10 }); // 4990 to 4999; 499 is there already
}

void TestConditions::completes_data()
{
    QTest::addColumn<QString>("text"); // | is the cursor
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("replaces");
    const auto row = [](const char *text, const char *first, int replaces) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(first) << replaces;
    };
    row("ty|", "type", 2);
    row("type = \"track\" and properties.to|", "properties.total", 13);
    row("type = \"track\" and con|", "context.", 3);
    row("type = \"track\" an|", "and ", 2);
    row("cont|", "context.", 4);
    row("conta|", "contains(", 5);
    row("event = \"Or|", "Order Completed\"", 2);
    row("event = \"Or|\"", "Order Completed", 2);
    row("contains(properties.coupon, \"|", "HASBROS\"", 0);
    row("type = \"t|", "track\"", 1);
    row("properties.products.\\0.s|", "properties.products.\\0.sku", 24);
    row("zzz|", "", 3);
}

void TestConditions::completes()
{
    QFETCH(QString, text);
    QFETCH(QString, first);
    QFETCH(int, replaces);
    FieldCollector collector;
    collector.add(sampleEvent());
    const int cursor = static_cast<int>(text.indexOf(u'|'));
    text.remove(cursor, 1);
    const auto found = completeFql(text, cursor, collector.entries());
    QCOMPARE(found.choices.empty() ? QString() : found.choices.front().text, first);
    QCOMPARE(found.replaces, replaces);
}

void TestConditions::columnsFit_data()
{
    QTest::addColumn<int>("width");
    for (const int width : { 454, 500, 554, 640, 714, 900, 1400 })
        QTest::addRow("%d", width) << width;
}

void TestConditions::columnsFit()
{
    QFETCH(int, width);
    const RowColumns c = rowColumns(width);
    int end = -1;
    for (const RowColumns::Column &column : { c.grip, c.field, c.op, c.value, c.live, c.remove }) {
        QVERIFY(column.left > end && column.width > 0);
        end = column.left + column.width;
    }
    QCOMPARE(end, width);
    QVERIFY(c.field.width >= 118 && c.value.width >= 72);
}

QTEST_MAIN(TestConditions)
#include "tst_conditions.moc"
