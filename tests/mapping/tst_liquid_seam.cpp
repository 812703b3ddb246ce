// The @liquid directive without a Liquid engine: what reaches the renderer, and where its counters show.
#include "core/mapping/liquid_variables.h"
#include "core/mapping/validate.h"
#include "tests/mapping/cases.h"

#include <QtTest>

using namespace hookbench;
using namespace std::string_literals;

namespace {

// "+name" counts up from the event's own number, "!" fails, everything else is echoed with the scope.
class FakeLiquid : public mapping::LiquidRenderer
{
public:
    Result<mapping::Rendered> render(std::string_view source, json::Value event) override
    {
        if (source == "!")
            return fail("liquid-render", "boom");
        mapping::Rendered rendered;
        if (source.starts_with('+')) {
            const std::string name(source.substr(1));
            const json::Value before = event.find(name);
            const double number = before.isNumber() ? before.asNumber() : 0;
            json::numberTo(rendered.text, number);
            rendered.counters.emplace_back(name, number + 1);
        } else {
            rendered.text = std::string(source) + json::stringify(event);
        }
        return rendered;
    }
};

} // namespace

class TestLiquidSeam : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void output_data();
    void output();
    void needsAnEngine();
    void lengthCountsUtf16Units();
    void eventStaysAsItIs();
    void variables_data();
    void variables();
};

void TestLiquidSeam::output_data()
{
    QTest::addColumn<std::string>("mapping");
    QTest::addColumn<std::string>("event");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char *name, const char *mapping, const char *event, const char *expected) {
        QTest::newRow(name) << std::string(mapping) << std::string(event) << std::string(expected);
    };
    add("scope is the event", R"({"a":{"@liquid":"x"}})", R"({"b":1})", R"({"a":"x{\"b\":1}"})");
    add("empty", R"({"a":{"@liquid":""}})", "{}", R"({"a":""})");
    add("failure", R"({"a":[{"@liquid":"!"}]})", "{}", "error mapping-liquid /a/0/@liquid");
    add("later fields see counters",
        R"({"a":{"@liquid":"+n"},"b":{"@path":"$.n"},"c":{"@liquid":"+n"},"d":{"@template":"{{n}}"}})", "{}",
        R"({"a":"0","b":1,"c":"1","d":"2"})");
    add("earlier ones that took the event do too", R"({"a":{"@path":"$."},"b":{"@liquid":"+n"},"c":{"@liquid":"+n"}})",
        R"({"x":1})", R"({"a":{"x":1,"n":2},"b":"0","c":"1"})");
    add("but not earlier numbers", R"({"a":{"@path":"$.n"},"b":{"@liquid":"+n"}})", R"({"n":5})", R"({"a":5,"b":"5"})");
    add("items keep theirs",
        R"({"a":{"@arrayPath":["$.l",{"k":{"@liquid":"+n"},"m":{"@path":"$.n"}}]},"b":{"@path":"$.l"},"c":{"@path":"$.n"}})",
        R"({"l":[{"a":1},{"a":2}]})", R"({"a":[{"k":"0","m":1},{"k":"0","m":1}],"b":[{"a":1,"n":1},{"a":2,"n":1}]})");
    add("empty items too", R"({"a":{"@arrayPath":["$.l",{"k":{"@liquid":"+n"},"m":{"@path":"$.n"}}]}})",
        R"({"l":[{},{}]})", R"({"a":[{"k":"0","m":1},{"k":"0","m":1}]})");
    add("transforms keep theirs",
        R"({"a":{"@transform":{"apply":{"@path":"$."},"mapping":{"k":{"@liquid":"+n"},"m":{"@path":"$.n"}}}},"b":{"@path":"$.n"}})",
        R"({"x":1})", R"({"a":{"k":"0","m":1}})");
    add("apply writes to the event",
        R"({"a":{"@transform":{"apply":{"k":{"@liquid":"+n"}},"mapping":{"m":{"@path":"$.k"}}}},"b":{"@path":"$.n"}})",
        "{}", R"({"a":{"m":"0"},"b":1})");
    add("directives that look inside",
        R"({"l":{"@liquid":"+n"},"f":{"@flatten":{"separator":".","value":{"@path":"$."}}},"m":{"@merge":{"direction":"left","objects":[{"@path":"$."}]}},"j":{"@json":{"mode":"encode","value":{"@path":"$."}}},"e":{"@excludeWhenNull":{"@path":"$."}}})",
        R"({"x":1})", R"({"l":"0","f":{"x":1,"n":1},"m":{"x":1,"n":1},"j":"{\"x\":1,\"n\":1}","e":{"x":1,"n":1}})");
    add("order of fields decides", R"({"b":{"@path":"$.n"},"1":{"@liquid":"+n"}})", "{}", R"({"1":"0","b":1})");
}

void TestLiquidSeam::output()
{
    QFETCH(std::string, mapping);
    QFETCH(std::string, event);
    QFETCH(std::string, expected);
    FakeLiquid liquid;
    QCOMPARE(mapping::cases::outputOf(mapping, event, &liquid), expected);
}

void TestLiquidSeam::needsAnEngine()
{
    QCOMPARE(mapping::cases::outputOf(R"({"a":{"b":{"@liquid":"x"}}})", "{}"), "error mapping-no-liquid /a/b/@liquid"s);
    const auto with = mapping::Mapping::compile(json::parse(R"({"a":[{"@liquid":"x"}]})").value());
    const auto without = mapping::Mapping::compile(json::parse(R"({"a":[{"@liquid":""}]})").value());
    QVERIFY(with->usesLiquid());
    QVERIFY(!without->usesLiquid());
}

void TestLiquidSeam::lengthCountsUtf16Units()
{
    const auto mappingOf = [](std::size_t pairs, std::string_view rest) {
        std::string source;
        for (std::size_t i = 0; i < pairs; ++i)
            source += "\xF0\x9F\x98\x80";
        return "{\"@liquid\":\"" + source + std::string(rest) + "\"}";
    };
    FakeLiquid liquid;
    QVERIFY(mapping::cases::outputOf(mappingOf(500, ""), "{}", &liquid).starts_with('"'));
    QCOMPARE(mapping::cases::outputOf(mappingOf(500, "x"), "{}", &liquid), "error mapping-length /@liquid"s);
    const Issues issues = mapping::lint(json::parse(mappingOf(500, "x")).value(), {});
    QCOMPARE(issues.size(), std::size_t{ 1 });
    QCOMPARE(issues.front().severity, Severity::Warning);
}

void TestLiquidSeam::eventStaysAsItIs()
{
    FakeLiquid liquid;
    const auto mapping = mapping::Mapping::compile(json::parse(R"({"a":{"@liquid":"+n"}})").value());
    const json::Document event = json::parse(R"({"n":1,"z":2})").value();
    json::Arena out;
    for (int i = 0; i < 2; ++i)
        QCOMPARE(json::stringify(mapping->resolve(event, out, &liquid).value()), R"({"a":"1"})"s);
    QCOMPARE(json::stringify(event), R"({"n":1,"z":2})"s);
}

void TestLiquidSeam::variables_data()
{
    QTest::addColumn<std::string>("source");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char *source, const char *expected) {
        QTest::newRow(source) << std::string(source) << std::string(expected);
    };
    add("plain text", "");
    add("{{ a.b | upcase }} {{- c -}}", "a.b c");
    add("{{ a.b[0].c['x y'] | append: d.e, key: f }}", "a.b[0].c['x y'] d.e f");
    add("{{ a[b.c].d }}{{ a.b }}{{ a.b }}{{ b }}", "a[b.c].d a.b b.c b");
    add("{% if w.v contains 'x' and n > 5 or true %}{{ z }}{% elsif q == nil %}{% endif %}", "w.v n z q");
    add("{% assign z = q.r | plus: t %}{{ z }}{% capture k %}{{ m }}{% endcapture %}{% increment i %}", "q.r t z m");
    add("{% raw %}{{ a }}{% endraw %}{% comment %}{{ b }}{% endcomment %}{{ c }}", "c");
    add("{{ \"}}\" | append: x }}", "x");
    add("{{ (1..n) }}{{ true }}{{ 1.5 }}", "n");
    add("{{ a ", "error");
    add("{% if a", "error");
}

void TestLiquidSeam::variables()
{
    QFETCH(std::string, source);
    QFETCH(std::string, expected);
    const auto found = mapping::liquidVariables(source);
    std::string text;
    if (!found)
        text = "error";
    else
        for (const mapping::LiquidVariable &variable : *found)
            text += (text.empty() ? "" : " ") + variable.text;
    QCOMPARE(text, expected);
}

QTEST_APPLESS_MAIN(TestLiquidSeam)
#include "tst_liquid_seam.moc"
