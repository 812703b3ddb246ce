// Every mistake with its pointer; warnings for what passes and fails later.
#include "core/mapping/validate.h"
#include "tests/mapping/cases.h"

#include <QtTest>

using namespace hookbench;
using namespace std::string_literals;

class TestValidate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mistakes_data();
    void mistakes();
    void warnings_data();
    void warnings();
    void wholeMappingsAreMore_data();
    void wholeMappingsAreMore();
    void messagesSayWhatWasFound();
    void compileGivesTheFirst();
};

namespace {

std::string textOf(const Issues &issues)
{
    std::string text;
    for (const Issue &issue : issues)
        text += (text.empty() ? "" : ", ") + issue.code.substr(std::string_view("mapping-").size()) + " " + issue.path;
    return text;
}

void add(const char *mapping, const char *expected)
{
    QTest::newRow(mapping) << std::string(mapping) << std::string(expected);
}

} // namespace

void TestValidate::mistakes_data()
{
    QTest::addColumn<std::string>("mapping");
    QTest::addColumn<std::string>("expected");
    add(R"({"a":{"@path":1},"b/~":{"c":{"@template":null}}})", "type /p/a/@path, type /p/b~1~0/c/@template");
    add(R"({"@path":{"@path":true}})", "type /p/@path/@path");
    add(R"({"a":{"@path":"$.x","b":1,"@if":{},"_metadata":{"@bad":1}}})", "mixed /p/a/b, mixed /p/a/@if");
    add(R"({"a":{"@oops":1}})", "unknown-directive /p/a/@oops");
    add(R"([{"@oops":1}])", "");
    add(R"({"a":[{"@oops":1}]})", "");
    add(R"({"@literal":{"a":{"@oops":1}}})", "");
    add(R"({"@literal":{"@oops":1}})", "unknown-directive /p/@literal/@oops");
    add(R"({"@excludeWhenNull":{"@path":1}})", "type /p/@excludeWhenNull/@path");
    add(R"({"@if":[]})", "type /p/@if");
    add(R"({"@if":{"@path":"$.x"}})", "type /p/@if");
    add(R"({"@if":{"then":{"a":{"@bad":1}},"blank":{"@path":2},"other":{"@bad":1}}})",
        "unknown-directive /p/@if/then/a/@bad, type /p/@if/blank/@path, unknown-directive /p/@if/other/@bad");
    add(R"({"@case":{"operator":5,"value":{}}})", "type /p/@case/operator, type /p/@case/value");
    add(R"({"@case":{"operator":{"@path":"$.x"}}})", "type /p/@case/operator");
    add(R"({"@replace":{}})", "missing-option /p/@replace, missing-option /p/@replace");
    add(R"({"@replace":{"pattern":"","replacement":"12345678901","value":"x","global":null,"ignorecase":"y","pattern2":7}})",
        "length /p/@replace/pattern, length /p/@replace/replacement, type /p/@replace/global, type "
        "/p/@replace/ignorecase");
    add("{\"@replace\":{\"pattern\":"
        "\"\xF0\x9F\x91\x8D\xF0\x9F\x91\x8D\xF0\x9F\x91\x8D\xF0\x9F\x91\x8D\xF0\x9F\x91\x8D\",\"value\":\"\"}}",
        "");
    add(R"({"@arrayPath":"$.x"})", "type /p/@arrayPath");
    add(R"({"@arrayPath":[]})", "type /p/@arrayPath");
    add(R"({"@arrayPath":[{"a":1},{"b":{"@bad":1}}]})",
        "type /p/@arrayPath/0, unknown-directive /p/@arrayPath/1/b/@bad");
    add(R"({"@arrayPath":["$.x","shape",5]})", "");
    add(R"({"@flatten":{"separator":1}})", "type /p/@flatten/separator, missing-option /p/@flatten");
    add(R"({"@json":{"mode":"both","value":null}})", "choice /p/@json/mode");
    add(R"({"@json":{"mode":"ENCODE","value":1}})", "");
    add(R"({"@merge":{"direction":"up","objects":[{"@bad":1},5,{"a":{"@bad":1}}]}})",
        "choice /p/@merge/direction, unknown-directive /p/@merge/objects/0/@bad, type /p/@merge/objects/1, "
        "unknown-directive /p/@merge/objects/2/a/@bad");
    add(R"({"@merge":{"objects":{"a":1}}})", "type /p/@merge/objects");
    add(R"({"@transform":{"apply":"x"}})", "type /p/@transform/apply, missing-option /p/@transform");
    add(R"({"@liquid":{}})", "type /p/@liquid");
    add("5", "");
    add("null", "");
}

void TestValidate::mistakes()
{
    QFETCH(std::string, mapping);
    QFETCH(std::string, expected);
    const json::Document document = json::parse(mapping).value();
    QCOMPARE(textOf(mapping::validate(document, "/p")), expected);
}

void TestValidate::warnings_data()
{
    QTest::addColumn<std::string>("mapping");
    QTest::addColumn<std::string>("expected");
    add(R"({"a":{"@path":"$.x"},"b":[1,"{{x}}"]})", "");
    add(R"({"a":[{"@oops":1},{"@path":5}]})", "unknown-directive /p/a/0/@oops, type /p/a/1/@path");
    add(R"({"a":[{"@path":"$.x","y":1}]})", "not-a-directive /p/a/0");
    add(R"({"a":{"@if":{"exists":false}}})", "missing-option /p/a/@if");
    add(R"({"a":{"@if":{"exists":{"@path":"$.x"},"then":1,"else":0}}})", "else-ignored /p/a/@if/else");
    add(R"({"a":{"@case":{"operator":"title","value":"x"}}})", "choice /p/a/@case/operator");
    add(R"({"a":{"@json":{"mode":"Encode","value":"x"}}})", "choice /p/a/@json/mode");
    add(R"({"a":{"@json":{"mode":"encode","value":0}}})", "missing-option /p/a/@json");
    add(R"({"a":{"@merge":{"direction":"LEFT","objects":[]}}})", "choice /p/a/@merge/direction");
    add(R"({"a":{"@merge":{"objects":[]}}})", "missing-option /p/a/@merge");
    add(R"({"a":{"@flatten":{"value":1}}})", "missing-option /p/a/@flatten");
    add(R"({"a":{"@arrayPath":["$.x",{}]}})", "shape-ignored /p/a/@arrayPath/1");
    add(R"({"a":{"@replace":{"pattern":"x","value":"x","pattern2":"12345678901"}}})", "length /p/a/@replace");
}

void TestValidate::warnings()
{
    QFETCH(std::string, mapping);
    QFETCH(std::string, expected);
    const Issues issues = mapping::lint(json::parse(mapping).value(), "/p");
    QCOMPARE(textOf(issues), expected);
    QVERIFY(!hasErrors(issues));
}

void TestValidate::wholeMappingsAreMore_data()
{
    QTest::addColumn<std::string>("mapping");
    QTest::addColumn<std::string>("expected");
    add("null", "root /p");
    add(R"([{"@oops":1}])", "unknown-directive /p/0/@oops");
    add(R"({"__segment_internal_directive":null})", "root /p/__segment_internal_directive");
    add(R"({"__segment_internal_directive":{"@transform":{},"_metadata":1}})", "root /p/__segment_internal_directive");
    add(R"({"__segment_internal_directive":{"@literal":1}})", "root /p/__segment_internal_directive");
    add(R"({"__segment_internal_directive":{"@transform":{}},"a":{"b":{"@bad":1}}})",
        "unknown-directive /p/a/b/@bad, missing-option /p/__segment_internal_directive/@transform");
}

void TestValidate::wholeMappingsAreMore()
{
    QFETCH(std::string, mapping);
    QFETCH(std::string, expected);
    const json::Document document = json::parse(mapping).value();
    const Issues issues = mapping::lint(document, "/p");
    QCOMPARE(textOf(issues), expected);
    QVERIFY(hasErrors(issues));
    QVERIFY(!mapping::Mapping::compile(document));
}

void TestValidate::messagesSayWhatWasFound()
{
    const auto messageOf
        = [](const char *mapping) { return mapping::lint(json::parse(mapping).value(), {}).front().message; };
    QCOMPARE(messageOf(R"({"a":{"@pahts":1}})"), "There is no directive @pahts. Did you mean @path?"s);
    QVERIFY(messageOf(R"({"a":{"@nonsense":1}})").find("@excludeWhenNull") != std::string::npos);
    QVERIFY(messageOf(R"({"a":{"@path":42}})").find("the number 42") != std::string::npos);
    QVERIFY(messageOf(R"({"a":{"@path":{"b":1}}})").find("an object") != std::string::npos);
    QVERIFY(messageOf(R"({"a":{"@json":{"mode":"both","value":1}}})").find("the text \"both\"") != std::string::npos);
}

void TestValidate::compileGivesTheFirst()
{
    const auto mapping = mapping::Mapping::compile(json::parse(R"({"ok":1,"a":{"@path":1},"b":{"@bad":1}})").value());
    QVERIFY(!mapping);
    QCOMPARE(mapping.error().code, "mapping-type"s);
    QCOMPARE(mapping.error().path, "/a/@path"s);
}

QTEST_APPLESS_MAIN(TestValidate)
#include "tst_validate.moc"
