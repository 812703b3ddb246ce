// What Segment's own engine answered, template by template.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/mapping/mapping.h"

#include <QtTest>
#include <algorithm>
#include <fstream>

using namespace hookbench;

class TestLiquidAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void templates();
    void mappings_data();
    void mappings();

private:
    mapping::LiquidEngine m_engine;
};

namespace {

std::string shown(std::string_view wtf8)
{
    std::string text;
    json::quoteTo(text, wtf8);
    return text;
}

std::string expectedOf(json::Value expect)
{
    if (!json::isTruthy(expect.find("ok")))
        return "error";
    return expect.find("json").isString() ? json::toText(expect.find("json")) : "undefined";
}

} // namespace

void TestLiquidAnswers::templates()
{
    std::ifstream lines(HOOKBENCH_TEST_DATA "/liquid/answers.ndjson");
    std::string line;
    QVERIFY(std::getline(lines, line));
    const auto first = json::parse(line);
    QVERIFY(first);
    const json::Value event = first->root().find("event");
    int compared = 0;
    while (std::getline(lines, line)) {
        const auto row = json::parse(line);
        QVERIFY(row);
        const std::string source = json::toText(row->root().find("t"));
        const json::Value text = row->root().find("x");
        const json::Value counters = row->root().find("c");
        const auto rendered = m_engine.render(source, event);
        const std::string got = rendered ? shown(rendered->text) : "error: " + rendered.error().message;
        if (text.isNull() ? rendered.has_value() : got != json::stringify(text))
            QFAIL(qPrintable(
                QString::fromStdString(source + "\n   got      " + got + "\n   expected " + json::stringify(text))));
        for (std::size_t i = 0; i < counters.size(); ++i) {
            const json::Member &counter = counters.members()[i];
            const bool counted = rendered
                && std::find(rendered->counters.begin(), rendered->counters.end(),
                       std::pair(std::string(counter.name()), counter.value.asNumber()))
                    != rendered->counters.end();
            QVERIFY2(counted, source.c_str());
        }
        ++compared;
    }
    QVERIFY(compared >= 1600);
}

void TestLiquidAnswers::mappings_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("atLeast");
    QTest::newRow("fuzz") << QStringLiteral("mapping_fuzz.ndjson") << 1400;
    QTest::newRow("upstream") << QStringLiteral("mapping_upstream.ndjson") << 38;
}

void TestLiquidAnswers::mappings()
{
    QFETCH(QString, file);
    QFETCH(int, atLeast);
    std::ifstream lines(HOOKBENCH_TEST_DATA "/vectors/" + file.toStdString());
    int compared = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.find("@liquid") == std::string::npos)
            continue;
        const auto vector = json::parse(line);
        QVERIFY(vector);
        const json::Value root = vector->root();
        if (json::toText(root.find("op")) != "transform")
            continue;
        const json::Value eventText = root.find("event_text");
        const json::Document event = eventText.isString() ? json::parse(eventText.asString()).value()
                                                          : json::Document::copyOf(root.find("event"));
        const auto compiled = mapping::Mapping::compile(root.find("mapping"));
        json::Arena out;
        std::string got = "error";
        if (compiled) {
            const auto output = compiled->resolve(event.root(), out, &m_engine);
            if (output)
                got = output->isUndefined() ? "undefined" : json::stringify(*output);
        }
        if (const std::string expected = expectedOf(root.find("expect")); got != expected)
            QFAIL(qPrintable(QString::fromStdString(
                json::toText(root.find("id")) + "\n   got      " + got + "\n   expected " + expected)));
        ++compared;
    }
    QVERIFY(compared >= atLeast);
}

QTEST_GUILESS_MAIN(TestLiquidAnswers)
#include "tst_answers.moc"
