#include "core/json/parse.h"
#include "core/mapping/liquid/liquid_engine.h"

#include <QtTest>
#include <atomic>
#include <thread>
#include <vector>

using namespace hookbench;

class TestLiquidEngine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errors_data();
    void errors();
    void check();
    void counters_data();
    void counters();
    void assignmentsDoNotLeak();
    void zoneOfTheMachineDoesNotMatter_data();
    void zoneOfTheMachineDoesNotMatter();
    void severalCallers();
    void unusedEngineCostsNothing();
    void manyTemplates();

private:
    mapping::LiquidEngine m_engine;
};

void TestLiquidEngine::errors_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("disabled tag") << QByteArray("a{% for x in y %}{% endfor %}") << QByteArray("liquid-disabled")
                                  << QByteArray("tag \"for\"") << 1 << 2;
    QTest::newRow("disabled tag in a dead branch")
        << QByteArray("{% if false %}\n  {% case x %}{% endif %}") << QByteArray("liquid-disabled")
        << QByteArray("tag \"case\"") << 2 << 3;
    QTest::newRow("disabled filter") << QByteArray("{{ type | sort }}") << QByteArray("liquid-disabled")
                                     << QByteArray("filter \"sort\"") << 1 << 1;
    QTest::newRow("unknown tag") << QByteArray("x\ny {% foo %}") << QByteArray("liquid-syntax") << QByteArray("\"foo\"")
                                 << 2 << 3;
    QTest::newRow("not closed") << QByteArray("{% if x %}") << QByteArray("liquid-syntax") << QByteArray("not closed")
                                << 1 << 1;
    QTest::newRow("open output") << QByteArray("\xC3\xA9\xF0\x9F\x91\x8D {{ x") << QByteArray("liquid-syntax")
                                 << QByteArray("not closed") << 1 << 4;
    QTest::newRow("unknown zone") << QByteArray("{{ 0 | date: '%H', 'Mars/Phobos' }}") << QByteArray("liquid-render")
                                  << QByteArray("Mars/Phobos") << 1 << 1;
    QTest::newRow("malformed URI") << QByteArray("{{ '%zz' | url_decode }}") << QByteArray("liquid-render")
                                   << QByteArray("URI") << 1 << 1;
}

void TestLiquidEngine::errors()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, says);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto event = json::parse(R"({"type":"track"})").value();
    const auto rendered = m_engine.render(source.toStdString(), event.root());
    QVERIFY(!rendered);
    const Error &error = rendered.error();
    QCOMPARE(QByteArray::fromStdString(error.code), code);
    QVERIFY2(QByteArray::fromStdString(error.message).contains(says), error.message.c_str());
    QVERIFY(error.position.has_value());
    QCOMPARE(static_cast<int>(error.position->line), line);
    QCOMPARE(static_cast<int>(error.position->column), column);
    const QByteArray place = "(line " + QByteArray::number(line) + ", column " + QByteArray::number(column) + ")";
    QVERIFY2(QByteArray::fromStdString(error.message).endsWith(place), error.message.c_str());
}

void TestLiquidEngine::check()
{
    QVERIFY(m_engine.check("{{ type | upcase }}"));
    // Like Segment: filters are looked at when they run.
    QVERIFY(m_engine.check("{{ type | sort }}"));
    const auto refused = m_engine.check("{% tablerow x %}");
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("liquid-disabled"));
}

void TestLiquidEngine::counters_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("new") << QByteArray("{}") << QByteArray("{% increment n %}{% increment n %}") << QByteArray("01")
                         << QByteArray("n=2 ");
    QTest::newRow("goes on") << QByteArray(R"({"n":5})") << QByteArray("{% increment n %}{{ n }}") << QByteArray("56")
                             << QByteArray("n=6 ");
    QTest::newRow("down") << QByteArray("{}") << QByteArray("{% decrement n %}") << QByteArray("-1")
                          << QByteArray("n=-1 ");
    QTest::newRow("replaces what is no number")
        << QByteArray(R"({"a":{"b":3}})") << QByteArray("{% increment a.b %}{{ a.b }}") << QByteArray("0")
        << QByteArray("a=1 ");
    QTest::newRow("order of writing") << QByteArray(R"({"a":1})")
                                      << QByteArray("{% increment b %}{% increment a %}{% decrement b %}")
                                      << QByteArray("010") << QByteArray("b=0 a=2 ");
    QTest::newRow("hidden by a variable")
        << QByteArray("{}") << QByteArray("{% assign n = 9 %}{% increment n %}{{ n }}") << QByteArray("09")
        << QByteArray("n=1 ");
    QTest::newRow("none") << QByteArray(R"({"n":1})") << QByteArray("{{ n }}") << QByteArray("1") << QByteArray();
}

void TestLiquidEngine::counters()
{
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const auto document = json::parse(event.toStdString()).value();
    const auto rendered = m_engine.render(source.toStdString(), document.root());
    QVERIFY(rendered);
    QCOMPARE(QByteArray::fromStdString(rendered->text), text);
    QByteArray counted;
    for (const auto &[name, value] : rendered->counters)
        counted += QByteArray::fromStdString(name) + '=' + QByteArray::number(value) + ' ';
    QCOMPARE(counted, written);
}

void TestLiquidEngine::assignmentsDoNotLeak()
{
    const auto event = json::parse(R"({"x":"event"})").value();
    QCOMPARE(
        m_engine.render("{% assign x = 'mine' %}{% assign y = 1 %}{{ x }}", event.root())->text, std::string("mine"));
    QCOMPARE(m_engine.render("{{ x }}{{ y }}", event.root())->text, std::string("event"));
}

void TestLiquidEngine::zoneOfTheMachineDoesNotMatter_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone : { "Europe/Berlin", "America/New_York", "Asia/Kolkata" })
        QTest::newRow(zone) << QByteArray(zone);
}

void TestLiquidEngine::zoneOfTheMachineDoesNotMatter()
{
    QFETCH(QByteArray, zone);
    const QByteArray before = qgetenv("TZ");
    qputenv("TZ", zone);
    tzset();
    {
        mapping::LiquidEngine engine;
        const auto event = json::parse(R"({"at":"2024-03-31T01:30:00","day":"2024-01-15","us":1700000000})").value();
        QCOMPARE(engine.render("{{ at | date: '%Y-%m-%d %H:%M %z %Z' }}", event.root())->text,
            std::string("2024-03-31 01:30 +0000 UTC"));
        QCOMPARE(engine.render("{{ day | date }}", event.root())->text,
            std::string("Monday, January 15, 2024 at 12:00 am +0000"));
        QCOMPARE(engine.render("{{ us | date: '%c' }}", event.root())->text, std::string("11/14/2023, 10:13:20 PM"));
        QCOMPARE(engine.render("{{ us | date: '%H:%M %z %Z', 'America/New_York' }}", event.root())->text,
            std::string("17:13 -0500 America/New_York"));
    }
    if (before.isNull())
        qunsetenv("TZ");
    else
        qputenv("TZ", before);
    tzset();
}

void TestLiquidEngine::severalCallers()
{
    std::atomic<int> right = 0;
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller)
        callers.emplace_back([&, caller] {
            const std::string number = std::to_string(caller);
            const auto event = json::parse("{\"n\":" + number + "}").value();
            for (int i = 0; i < 50; ++i) {
                const auto rendered = m_engine.render("{{ n }}{% assign n = 9 %}", event.root());
                right += rendered && rendered->text == number ? 1 : 0;
            }
        });
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(right.load(), 200);
}

void TestLiquidEngine::unusedEngineCostsNothing()
{
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 1000; ++i)
        const mapping::LiquidEngine unused;
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
}

void TestLiquidEngine::manyTemplates()
{
    const auto event = json::parse(R"({"n":1})").value();
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 600; ++i) {
            const std::string number = std::to_string(i);
            QCOMPARE(m_engine.render("{{ n | plus: " + number + " }}", event.root())->text, std::to_string(i + 1));
        }
    }
}

QTEST_GUILESS_MAIN(TestLiquidEngine)
#include "tst_engine.moc"
