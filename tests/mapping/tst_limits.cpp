// Depth, size and threads: nothing overflows the stack, nothing is exponential, mappings are shared.
#include "core/json/text.h"
#include "core/mapping/root.h"
#include "core/mapping/validate.h"
#include "core/mapping/value_keys.h"
#include "tests/mapping/cases.h"

#include <QtTest>
#include <atomic>
#include <thread>
#include <vector>

using namespace hookbench;
using namespace std::string_literals;

class TestLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deepMappings_data();
    void deepMappings();
    void deepEvents();
    void deepResults();
    void doublingEnds();
    void growingTextsEnd();
    void threadsShare();
};

namespace {

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string nested(std::string_view open, std::string_view middle, std::string_view close, std::size_t times)
{
    return repeated(open, times) + std::string(middle) + repeated(close, times);
}

json::Document deepDocument(const std::string &text)
{
    return json::parse(text, { .depth = 100000 }).value();
}

} // namespace

void TestLimits::deepMappings_data()
{
    QTest::addColumn<std::string>("open");
    QTest::addColumn<std::string>("middle");
    QTest::addColumn<std::string>("close");
    QTest::addColumn<int>("levels"); // of JSON, for one opening
    const auto add = [](const char *open, const char *middle, const char *close, int levels) {
        QTest::newRow(open) << std::string(open) << std::string(middle) << std::string(close) << levels;
    };
    add("{\"a\":", R"({"@path":"$.x"})", "}", 1);
    add("[", R"({"@path":"$.x"})", "]", 1);
    add(R"({"@literal":)", R"({"@path":"$.x"})", "}", 1);
    add(R"({"@path":)", R"("$.x")", "}", 1);
    add(R"({"@template":)", R"("$.x")", "}", 1);
    add(R"({"@excludeWhenNull":)", R"({"@path":"$.x"})", "}", 1);
    add(R"({"@if":{"exists":1,"then":)", R"({"@path":"$.x"})", "}}", 2);
    add(R"({"@case":{"operator":"upper","value":)", R"("x")", "}}", 2);
    add(R"({"@replace":{"pattern":"a","value":)", R"("x")", "}}", 2);
    add(R"({"@json":{"mode":"encode","value":)", "1", "}}", 2);
    add(R"({"@flatten":{"separator":".","value":)", "1", "}}", 2);
    add(R"({"@arrayPath":["$.",)", R"({"@path":"$.x"})", "]}", 2);
    add(R"({"@merge":{"direction":"left","objects":[)", R"({"a":{"@path":"$.x"}})", "]}}", 3);
    add(R"({"@transform":{"mapping":{"a":{"@path":"$.x"}},"apply":)", R"({"@path":"$."})", "}}", 2);
    add(R"({"@transform":{"apply":{"a":{"@path":"$.x"}},"mapping":)", R"({"@path":"$."})", "}}", 2);
}

void TestLimits::deepMappings()
{
    QFETCH(std::string, open);
    QFETCH(std::string, middle);
    QFETCH(std::string, close);
    QFETCH(int, levels);
    const std::size_t times = (mapping::kMaxDepth - 2) / static_cast<std::size_t>(levels);
    const json::Document event = json::parse(R"({"x":{"x":"x"}})").value();
    const json::Document deep = deepDocument(nested(open, middle, close, times));
    json::Arena out;
    // @json doubles its backslashes each time: it is compiled, not resolved.
    const auto compiled = mapping::Mapping::compile(deep);
    QVERIFY2(compiled, compiled ? "" : compiled.error().message.c_str());
    if (open.find("@json") == std::string::npos) {
        const auto output = compiled->resolve(event, out);
        if (output)
            QVERIFY(!json::stringify(*output).empty() || output->isUndefined());
    }
    compiled->provenance();
    QVERIFY(mapping::lint(deep, {}).size() < 2000);
    if (const auto keys = mapping::valueKeys(deep, out); !keys)
        QCOMPARE(keys.error().code, "mapping-value"s); // a computed template has no keys

    const json::Document tooDeep = deepDocument(nested(open, middle, close, times * 3));
    QCOMPARE(mapping::cases::outputOf(tooDeep.root(), event.root()), "error mapping-depth "s);
    QCOMPARE(mapping::validate(tooDeep, "/p").front().path, "/p"s);
    QVERIFY(!mapping::valueKeys(tooDeep, out));
}

void TestLimits::deepEvents()
{
    const json::Document event = deepDocument(nested("{\"a\":", "null", "}", mapping::kMaxDepth));
    const char *mapping = R"({"whole":{"@path":"$."},"flat":{"@flatten":{"separator":".","value":{"@path":"$.a"}}},
        "clean":{"@excludeWhenNull":{"@path":"$."}},"text":{"@json":{"mode":"encode","value":{"@path":"$."}}},
        "again":{"@transform":{"apply":{"b":{"@path":"$."}},"mapping":{"@path":"$."}}}})";
    const std::string output = mapping::cases::outputOf(json::parse(mapping).value().root(), event.root());
    QVERIFY2(output.starts_with('{'), output.c_str());
    QVERIFY(output.size() > 5 * mapping::kMaxDepth);

    const json::Document list = deepDocument("{\"a\":" + nested("[", "1", "]", mapping::kMaxDepth - 1) + "}");
    QCOMPARE(
        mapping::cases::outputOf(
            json::parse(R"({"t":{"@template":"{{a}}"},"e":{"@if":{"blank":{"@path":"$.a"},"then":1}}})").value().root(),
            list.root()),
        R"({"t":"1","e":1})"s);
    const std::string decode = R"({"d":{"@json":{"mode":"decode","value":{"@path":"$.t"}}}})";
    const std::string tooDeep = nested("[", "", "]", mapping::kMaxDepth + 1);
    QCOMPARE(mapping::cases::outputOf(decode, "{\"t\":\"" + tooDeep + "\"}"), "error mapping-depth /d/@json"s);
}

void TestLimits::deepResults()
{
    // Each round makes what came before 900 levels deeper.
    std::string mapping = R"({"@path":"$."})";
    for (int i = 0; i < 3; ++i)
        mapping = R"({"@transform":{"mapping":{"@path":"$."},"apply":{"@transform":{"apply":)" + mapping
            + R"(,"mapping":)" + nested("{\"a\":", R"({"@path":"$."})", "}", 900) + "}}}}";
    const std::string output = mapping::cases::outputOf(deepDocument(mapping).root(), json::parse("{}").value().root());
    QVERIFY2(output.starts_with("error mapping-depth /@transform"), output.substr(0, 200).c_str());
}

void TestLimits::doublingEnds()
{
    std::string mapping = R"({"@path":"$."})";
    for (int i = 0; i < 100; ++i)
        mapping = R"({"@transform":{"apply":{"a":{"@path":"$."},"b":{"@path":"$."}},"mapping":)" + mapping + "}}";
    const std::string output = mapping::cases::outputOf(mapping, "{}");
    QVERIFY2(output.starts_with("error mapping-depth "), output.substr(0, 200).c_str());
}

void TestLimits::growingTextsEnd()
{
    json::Arena arena;
    const std::string text(200'000, 'a');
    const json::Value event = json::ObjectBuilder(arena).add("t", json::makeString(arena, text)).build();
    const char *mapping = R"({"@replace":{"pattern":"a","replacement":"$`$`$`$`$`","value":{"@path":"$.t"}}})";
    QCOMPARE(mapping::cases::outputOf(json::parse(mapping).value().root(), event), "error mapping-value /@replace"s);
}

void TestLimits::threadsShare()
{
    const auto mapping = mapping::Mapping::compile(json::parse(R"({"a":{"@template":"{{x}} {{y.z}}"},
        "b":{"@case":{"operator":"upper","value":{"@path":"$.y.z"}}},"c":{"@flatten":{"separator":"_","value":{"@path":"$."}}},
        "d":{"@replace":{"pattern":"a","replacement":"b","value":{"@path":"$.x"},"ignorecase":true}}})")
                                                       .value());
    std::atomic<int> right{ 0 };
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, copy = *mapping, thread] {
            const std::string number = std::to_string(thread);
            const json::Document event = json::parse("{\"x\":\"Aa" + number + "\",\"y\":{\"z\":\"\xC3\x9F\"}}").value();
            const std::string expected = "{\"a\":\"Aa" + number + " \xC3\x9F\",\"b\":\"SS\",\"c\":{\"x\":\"Aa" + number
                + "\",\"y_z\":\"\xC3\x9F\"},\"d\":\"bb" + number + "\"}";
            for (int i = 0; i < 500; ++i) {
                json::Arena out;
                right += json::stringify(copy.resolve(event, out).value()) == expected ? 1 : 0;
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(right.load(), 2000);
}

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
