#include "core/json/parse.h"
#include "core/mapping/liquid/event_reader.h"
#include "core/mapping/liquid/liquid_engine.h"

#include <QtTest>

using namespace hookbench;

class TestLiquidLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void time_data();
    void time();
    void goesOnAfterAnInterrupt();
    void memory_data();
    void memory();
    void textsOfTheEvent_data();
    void textsOfTheEvent();
    void unreadTextsDoNotMatter();
    void sumOfInputs();
    void endsAfterAnInterrupt();

private:
    std::string codeOf(std::string_view source, std::string_view event = "{}")
    {
        const auto document = json::parse(event).value();
        const auto rendered = m_engine.render(source, document.root());
        return rendered ? "rendered " + rendered->text.substr(0, 40) : rendered.error().code;
    }
    mapping::LiquidEngine m_engine;
};

namespace {

constexpr const char *kEndless = "{{ (1..90000000) | sum }}";

/// `begin`, then a doubled `times` times, then `end`.
QByteArray doubled(const char *begin, int times, const char *end)
{
    return QByteArray("{% assign a = '") + begin + "' %}" + QByteArray("{% assign a = a | append: a %}").repeated(times)
        + end;
}

} // namespace

void TestLiquidLimits::time_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::newRow("range") << QByteArray(kEndless);
    QTest::newRow("printed range") << QByteArray("{{ (1..90000000) }}");
    QTest::newRow("loop in a filter") << doubled("aa<aa>aaaa", 20, "{{ a | strip_html | size }}");
}

void TestLiquidLimits::time()
{
    QFETCH(QByteArray, source);
    QCOMPARE(codeOf("{{ 1 }}"), std::string("rendered 1"));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(codeOf(source.toStdString()), std::string("liquid-time"));
    QVERIFY2(timer.elapsed() >= 450, qPrintable(QString::number(timer.elapsed())));
}

void TestLiquidLimits::goesOnAfterAnInterrupt()
{
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(codeOf(kEndless), std::string("liquid-time"));
        QCOMPARE(codeOf("{{ a | upcase }}", R"({"a":"x"})"), std::string("rendered X"));
    }
}

void TestLiquidLimits::memory_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("range") << QByteArray("{{ (1..200000000) | size }}") << QByteArray("liquid-memory");
    QTest::newRow("doubling") << doubled("aaaaaaaaaa", 23, "") << QByteArray("liquid-memory");
    QTest::newRow("padding") << QByteArray("{{ 0 | date: '%0999999999d' }}") << QByteArray("liquid-memory");
    QTest::newRow("too many pieces") << doubled("aaaaaaaaaa", 17, "{{ a | split: '' | size }}")
                                     << QByteArray("liquid-memory");
    QTest::newRow("too many words") << doubled("a a a a a ", 18, "{{ a | truncatewords: 3 }}")
                                    << QByteArray("liquid-memory");
    QTest::newRow("many pieces") << doubled("aaaaaaaaaa", 12, "{{ a | split: '' | size }}")
                                 << QByteArray("rendered 40960");
    QTest::newRow("a large text") << doubled("aaaaaaaaaa", 20, "{{ a | size }}") << QByteArray("rendered 10485760");
    QTest::newRow("replaced without pieces")
        << doubled("aaaaaaaaaa", 17, "{{ a | replace: 'a', 'bc' | size }}") << QByteArray("rendered 2621440");
}

void TestLiquidLimits::memory()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, answer);
    QCOMPARE(QByteArray::fromStdString(codeOf(source.toStdString())), answer);
}

void TestLiquidLimits::textsOfTheEvent_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::newRow("scalar") << QByteArray("{{ a.b.big }}");
    QTest::newRow("inside") << QByteArray("{{ a | json }}");
    QTest::newRow("by a list") << QByteArray("{{ list[0].big | size }}");
    QTest::newRow("by a variable") << QByteArray("{% assign name = 'top' %}{{ [name] }}");
}

void TestLiquidLimits::textsOfTheEvent()
{
    QFETCH(QByteArray, source);
    for (const std::size_t size : { mapping::kLongestLiquidText, mapping::kLongestLiquidText + 1 }) {
        const std::string big = '"' + std::string(size, 'x') + '"';
        const auto event
            = json::parse(R"({"a":{"b":{"big":)" + big + R"(}},"list":[{"big":)" + big + R"(}],"top":)" + big + "}")
                  .value();
        const auto rendered = m_engine.render(source.toStdString(), event.root());
        QCOMPARE(rendered.has_value(), size <= mapping::kLongestLiquidText);
        if (!rendered) {
            QCOMPARE(rendered.error().code, std::string("liquid-input-too-large"));
            QVERIFY2(QByteArray::fromStdString(rendered.error().message).contains("has 1048577 bytes"),
                rendered.error().message.c_str());
        }
    }
}

void TestLiquidLimits::unreadTextsDoNotMatter()
{
    const std::string event
        = R"({"a":{"small":"s","big":")" + std::string(mapping::kLongestLiquidText + 1, 'x') + R"("},"b":2})";
    QCOMPARE(codeOf("{{ a.small }}{{ b }}", event), std::string("rendered s2"));
}

void TestLiquidLimits::sumOfInputs()
{
    const std::string text = '"' + std::string(mapping::kLongestLiquidText - 2, 'x') + '"';
    std::string list = text;
    for (int i = 0; i < 16; ++i)
        list += ',' + text;
    QCOMPARE(codeOf("{{ list | size }}", "{\"list\":[" + list + "]}"), std::string("liquid-input-too-large"));
}

void TestLiquidLimits::endsAfterAnInterrupt()
{
    const json::Document event = json::parse("{}").value();
    for (int i = 0; i < 2; ++i) {
        mapping::LiquidEngine engine;
        QCOMPARE(engine.render(kEndless, event.root()).error().code, std::string("liquid-time"));
    }
}

QTEST_GUILESS_MAIN(TestLiquidLimits)
#include "tst_limits.moc"
