// Every mistake and every trap of the trigger language is told, where it is, and with what mends it.
#include "core/fql/lint.h"
#include "core/fql/trigger.h"

#include <QtTest>

using namespace hookbench;

class TestLint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void saysNothingAboutPlainTriggers_data();
    void saysNothingAboutPlainTriggers();
    void tellsThePlace();
    void tellsWhatTheScreenRefuses_data();
    void tellsWhatTheScreenRefuses();
};

void TestLint::finds_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("code"); // the first finding's, a space, and the text it points to
    QTest::addColumn<QByteArray>("mended"); // with its replacement; empty when it has none
    const auto row = [](const char *trigger, const char *code, const char *mended) {
        QTest::newRow(*trigger == '\0' ? "empty" : trigger)
            << QByteArray(trigger) << QByteArray(code) << QByteArray(mended);
    };
    row("type = 'track'", "warning fql-single-quotes 'track'", "type = \"track\"");
    row("event = 'say \"hi\"'", "warning fql-single-quotes 'say \"hi\"'", "");
    row("!contains(context.library.name, 'js')", "warning fql-single-quotes 'js'",
        "!contains(context.library.name, \"js\")");
    row("type = \"track\" and event = \"a\" or event = \"b\"", "warning fql-mixed-connectives and", "");
    row("type = \"page\" OR type = \"track\"", "warning fql-connective-case OR", "type = \"page\" or type = \"track\"");
    row("type = \"page\" || type = \"track\"", "error fql-character ||", "type = \"page\" or type = \"track\"");
    row("type = page&&type = \"track\"", "error fql-character &&", "type = page and type = \"track\"");
    row("type = \"page\" type = \"track\"", "warning fql-missing-connective type = \"track\"", "");
    row("type = \"track\" and", "warning fql-dangling-connective and", "");
    row("or type = \"track\"", "warning fql-dangling-connective or", "");
    row("type = \"track\" and or event = \"x\"", "warning fql-mixed-connectives and", "");
    row("type = \"track\" and and event = \"x\"", "warning fql-dangling-connective and", "");
    row("anonymousId = \"x\" and type = \"track\"", "warning fql-unknown-field anonymousId", "");
    row("type = \"track\" and user_id = \"x\"", "warning fql-unknown-field user_id",
        "type = \"track\" and userId = \"x\"");
    row("type = \"track\" \"x\" 5", "warning fql-skipped-text \"x\" 5", "");
    row("type is \"track\"", "warning fql-unknown-operator is", "type = \"track\"");
    row("type == \"track\"", "warning fql-unknown-operator ==", "type = \"track\"");
    row("type <> \"track\"", "warning fql-unknown-operator <>", "type != \"track\"");
    row("properties.x != true", "warning fql-not-boolean != true", "properties.x = false");
    row("userId != false", "warning fql-not-boolean != false", "userId = true");
    row("event != null", "warning fql-constant-as-text null", "");
    row("name = true", "warning fql-constant-as-text true", "");
    row("properties.x > \"abc\"", "warning fql-not-a-number \"abc\"", "");
    row("properties.x > true", "warning fql-not-a-number true", "");
    row("type =", "warning fql-missing-value type =", "");
    row("type = [\"track\"]", "warning fql-missing-value [", "");
    row("properties.a = properties.b", "warning fql-field-as-value properties.b", "");
    row("match(event, \"abc\")", "warning fql-match-pattern \"abc\"", "");
    row("!match(event, \"*abc*\")", "warning fql-match-pattern !match(event, \"*abc*\")", "!contains(event, \"abc\")");
    row("match(event, \"a*b*\")", "warning fql-match-pattern \"a*b*\"", "");
    row("type = \"track\" and contains(type, \"x\")", "warning fql-function-field contains(type, \"x\")", "");
    row("contains(propertiesX, \"x\")", "warning fql-unknown-field propertiesX", "");
    row("contains(event \"x\")", "warning fql-function-arguments contains(event \"x\")", "");
    row("Contains(event, \"x\")", "warning fql-unsupported-function Contains", "contains(event, \"x\")");
    row("lowercase(event) = \"x\"", "error fql-unsupported-function lowercase(event)", "");
    row("event = upper(name) and type = \"track\"", "error fql-unsupported-function upper(name)", "");
    row("properties.tags in \"x\"", "warning fql-unsupported-in in", "");
    row("\"x\" in properties.tags", "warning fql-unsupported-in in", "");
    row("!(type = \"track\")", "warning fql-negation !", "");
    row("!type = \"track\"", "warning fql-negation !", "");
    row("not contains(event, \"x\")", "warning fql-negation not ", "!contains(event, \"x\")");
    row("! contains(event, \"x\")", "error fql-character ! ", "!contains(event, \"x\")");
    row("(contains(event, \"O\") or type = \"x\") and userId = \"y\"",
        "warning fql-function-in-group contains(event, \"O\")", "");
    row("type = \"track\")", "warning fql-stray-parenthesis )", "type = \"track\"");
    row("(type = \"track\"", "error fql-parentheses (", "");
    row("((type = \"track\"))", "error fql-parentheses (", "");
    row("() and type = \"track\"", "error fql-missing-condition ()", "");
    row("(groupId = \"x\") or type = \"track\"", "error fql-missing-condition (groupId = \"x\")", "");
    row("type=\"track\"and event=\"x\"", "warning fql-space \"", "type=\"track\" and event=\"x\"");
    row("type = \"track\"and event = \"x", "error fql-space \"and event = \"x", "type = \"track\" and event = \"x");
    row("type = \"track\"and", "error fql-space \"and", "type = \"track\" and");
    row("type !=\"track\"", "error fql-space !=", "type != \"track\"");
    row("properties.x>=5", "error fql-space >=", "properties.x >= 5");
    row("properties.x >=5", "warning fql-space properties.x >=", "properties.x >= 5");
    row("type\"track\"", "error fql-space \"", "type \"track\"");
    row("properties.1 = \"x\"", "warning fql-path-step .1", "properties.\\1 = \"x\"");
    row("properties.a.0.b = \"x\"", "warning fql-path-step .0.", "properties.a.\\0.b = \"x\"");
    row("properties.a.0.5 = \"x\"", "warning fql-path-step .0.5", "properties.a.\\0.\\5 = \"x\"");
    row("properties.and = \"x\"", "warning fql-path-step .and", "properties.\\and = \"x\"");
    row("properties.null = \"x\"", "warning fql-path-step .null", "properties.\\null = \"x\"");
    row("properties.\"with space\" = \"x\"", "warning fql-path-step .\"with space\"",
        "properties.with\\ space = \"x\"");
    row("properties..a = 1", "warning fql-path-step ..", "properties.a = 1");
    row("properties.\"\" = 1", "warning fql-path-step properties.\"\"", "");
    row("properties. = 1", "warning fql-path-step properties. =", "");
    row("properties.\\[ = 1", "error fql-path properties.\\[", "");
    row("contains(traits.\\., \"x\")", "error fql-path traits.\\.", "");
    row("properties = null", "warning fql-path-root properties", "");
    row("event.x = \"y\"", "warning fql-path-root event.x", "event = \"y\"");
    row("properties.a\\.b = 1", "warning fql-dotted-key properties.a\\.b", "");
    row("properties.list[0].sku = 1", "error fql-array-path [0]", "properties.list.\\0.sku = 1");
    row("properties.list[\"sku\"] = 1", "error fql-array-path [\"sku\"]", "properties.list.sku = 1");
    row("properties.x = 1e5", "warning fql-number 1e5", "properties.x = 100000");
    row("properties.x = 1,000,000", "warning fql-number 1,000,000", "properties.x = 1000000");
    row("properties.x = 0x10", "warning fql-number 0x10", "properties.x = 16");
    row("properties.x > .5", "warning fql-number .5", "properties.x > 0.5");
    row("properties.x > -", "warning fql-number -", "");
    row("properties.x > 5.", "error fql-number 5.", "");
    row("type = an", "warning fql-cut-word an", "type = \"an\"");
    row("type = \"Track\"", "info fql-event-type \"Track\"", "");
    row("type = “track”", "error fql-quotes “", "type = \"track”");
    row("properties.größe = 1", "error fql-word ö", "properties.gr\\öße = 1");
    row("properties.\\😀 = 1", "error fql-word 😀", "");
    row("properties.x ≥ 1", "error fql-character ≥", "properties.x >=  1");
    row("type\u00a0= \"track\"", "error fql-character \u00a0", "type = \"track\"");
    row("type = \"track", "error fql-quotes \"track", "");
    row("type", "error fql-incomplete type", "");
    row("", "error fql-empty ", "");
}

void TestLint::finds()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, mended);
    std::string text = trigger.toStdString();
    const std::vector<fql::Finding> findings = fql::inspect(text);
    QVERIFY(!findings.empty());
    const fql::Finding &first = findings.front();
    QCOMPARE(QByteArray(severityName(first.severity)) + ' ' + QByteArray::fromStdString(first.code) + ' '
            + QByteArray::fromStdString(text.substr(first.range.offset, first.range.length)),
        code);
    QVERIFY(!first.message.empty());
    QCOMPARE(first.replacement.has_value() && !mended.isEmpty(), !mended.isEmpty());
    if (first.replacement && !mended.isEmpty()) {
        text.replace(first.range.offset, first.range.length, *first.replacement);
        QCOMPARE(QByteArray::fromStdString(text), mended);
    }
}

void TestLint::saysNothingAboutPlainTriggers_data()
{
    QTest::addColumn<QByteArray>("trigger");
    for (const char *trigger : { "type = \"track\"", "type=\"track\" and event = \"Order Completed\"", "type = track",
             "type = \"track\" and (event = \"a\" or event = \"b\")",
             "(type = \"page\" or type = \"screen\") and name != null",
             "type = \"track\" and (event = \"a\" or contains(event, \"b\"))",
             "(match(event, \"Order*\")) or userId = null", "properties.total >= 27.5 or properties.gift = true",
             "!contains(context.page.path, \"/a b\") and match(name, \"*x\")", "properties.items.\\0.sku = \"G-32\"",
             "properties.with\\ space = \"x\"", "properties.x = -5\nand traits.y != 0",
             "type = \"identify\" or type = \"group\" or type = \"alias\"", "match(event, \"*\")",
             "properties.x < 5 and properties.x > -5", "userId = true" })
        QTest::newRow(trigger) << QByteArray(trigger);
}

void TestLint::saysNothingAboutPlainTriggers()
{
    QFETCH(QByteArray, trigger);
    const std::vector<fql::Finding> findings = fql::inspect(trigger.toStdString());
    QVERIFY2(findings.empty(), findings.empty() ? "" : findings.front().message.c_str());
}

void TestLint::tellsThePlace()
{
    const Issues oneLine = fql::lint("type = 'track'", "/mappings/0/trigger");
    QCOMPARE(oneLine.size(), std::size_t{ 1 });
    QCOMPARE(QByteArray::fromStdString(oneLine[0].path), QByteArray("/mappings/0/trigger"));
    QVERIFY(oneLine[0].message.starts_with("Column 8: "));
    const Issues twoLines = fql::lint("type = \"track\"\n  OR name = \"x\"", "");
    QCOMPARE(twoLines.size(), std::size_t{ 1 });
    QVERIFY(twoLines[0].message.starts_with("Line 2, column 3: "));
    QCOMPARE(twoLines[0].severity, Severity::Warning);
}

void TestLint::tellsWhatTheScreenRefuses_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *trigger, const char *code) {
        QTest::newRow(trigger) << QByteArray(trigger) << QByteArray(code);
    };
    row("event = \"a~b\"", "fql-screen-character");
    row("event = say\\ \\\"hi\\\"", "fql-screen-character");
    row("properties.a\\~b = 1", "fql-screen-character");
    row("properties.items.\\0.sku = \"G-32\"", "fql-screen-array");
    row("type = \"track\" and (event = \"a\" or event = \"~\")", "fql-screen-character");
    row("properties.items.first = \"G-32\"", "");
    row("event = \"0\"", "");
}

// Segment's engine evaluates these, its screen takes none of them.
void TestLint::tellsWhatTheScreenRefuses()
{
    QFETCH(QByteArray, trigger);
    QFETCH(QByteArray, code);
    const std::string text = trigger.toStdString();
    const auto parsed = fql::parse(text);
    QVERIFY(parsed);
    const std::vector<fql::Finding> limits = fql::screenLimits(parsed->ast());
    QCOMPARE(limits.size(), code.isEmpty() ? std::size_t{ 0 } : std::size_t{ 1 });
    const Issues issues = fql::lint(text, "");
    QCOMPARE(issues.size(), limits.size());
    if (code.isEmpty())
        return;
    QCOMPARE(QByteArray::fromStdString(limits[0].code), code);
    QCOMPARE(QByteArray::fromStdString(issues[0].code), code);
    QCOMPARE(issues[0].severity, Severity::Warning);
    QVERIFY(limits[0].range.length > 0 && limits[0].range.end() <= text.size());
}

QTEST_APPLESS_MAIN(TestLint)
#include "tst_lint.moc"
