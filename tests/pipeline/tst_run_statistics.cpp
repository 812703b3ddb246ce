// A run over time: rates, percentiles, reasons, in slices that double when there are too many.
#include "core/pipeline/run_statistics.h"

#include <QtTest>

#include <numeric>

using namespace hookbench::pipeline;

class TestRunStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isEmptyBeforeAnythingEnded();
    void countsEventsPerSecond();
    void percentilesAreWithinTenPercent();
    void reasonsAreCounted();
    void longRunsKeepEverything();
    void oddTimesDoNoHarm();
};

void TestRunStatistics::isEmptyBeforeAnythingEnded()
{
    const RunChart chart = RunStatistics().chart(1);
    QCOMPARE(chart.points.size(), std::size_t{ 4 });
    for (const RunPoint &point : chart.points)
        QCOMPARE(point.eventsPerSecond, 0.0);
    QCOMPARE(chart.p50Ms, 0.0);
    QVERIFY(chart.failures.empty());
    QVERIFY(RunStatistics().chart(0).points.empty());
}

void TestRunStatistics::countsEventsPerSecond()
{
    RunStatistics statistics;
    for (int i = 0; i < 200; ++i) // 2 s of 100 deliveries of 10 events a second
        statistics.add({ i / 100.0, 5, 10, 300, {} });
    const RunChart chart = statistics.chart(2);
    QCOMPARE(chart.points.size(), std::size_t{ 8 });
    for (const RunPoint &point : chart.points)
        QCOMPARE(point.eventsPerSecond, 1000.0);
    QCOMPARE(chart.points.front().seconds, 0.125);
    QCOMPARE(chart.bodyBytes, std::uint64_t{ 60'000 });
}

void TestRunStatistics::percentilesAreWithinTenPercent()
{
    RunStatistics statistics;
    for (int i = 1; i <= 1000; ++i)
        statistics.add({ 0.1, static_cast<double>(i), 1, 1, {} });
    const RunChart chart = statistics.chart(0.25);
    QVERIFY2(std::abs(chart.p50Ms - 500) < 50, qPrintable(QString::number(chart.p50Ms)));
    QVERIFY2(std::abs(chart.p95Ms - 950) < 95, qPrintable(QString::number(chart.p95Ms)));
    QCOMPARE(chart.points.at(0).p50Ms, chart.p50Ms);
}

void TestRunStatistics::reasonsAreCounted()
{
    RunStatistics statistics;
    statistics.add({ 0, 1, 1, 1, {} });
    statistics.add({ 0, 1, 1, 1, "timeout" });
    for (int i = 0; i < 3; ++i)
        statistics.add({ 0.3, 1, 1, 1, "503 Service Unavailable" });
    const RunChart chart = statistics.chart(0.5);
    QCOMPARE(chart.failures.size(), std::size_t{ 2 });
    QCOMPARE(chart.failures.front().first, std::string("503 Service Unavailable"));
    QCOMPARE(chart.failures.front().second, std::uint64_t{ 3 });
    QCOMPARE(chart.points.at(0).failed, std::uint64_t{ 1 });
    QCOMPARE(chart.points.at(1).failed, std::uint64_t{ 3 });
    QCOMPARE(chart.points.at(1).eventsPerSecond, 0.0); // what failed was not delivered
}

void TestRunStatistics::longRunsKeepEverything()
{
    RunStatistics statistics;
    const double hour = 3600;
    for (int i = 0; i < 36'000; ++i)
        statistics.add({ i * 0.1, 20, 2, 10, i % 100 == 0 ? "timeout" : "" });
    const RunChart chart = statistics.chart(hour);
    QVERIFY(chart.points.size() <= RunStatistics::kMostSlices);
    QVERIFY(chart.points.size() > RunStatistics::kMostSlices / 4);
    QCOMPARE(chart.sliceSeconds, 16.0);
    const double events = std::accumulate(chart.points.begin(), chart.points.end(), 0.0,
        [&](double sum, const RunPoint &point) { return sum + point.eventsPerSecond * chart.sliceSeconds; });
    QCOMPARE(qRound64(events), qint64{ 2 * (36'000 - 360) });
    QCOMPARE(chart.failures.front().second, std::uint64_t{ 360 });
}

void TestRunStatistics::oddTimesDoNoHarm()
{
    RunStatistics statistics;
    statistics.add({ -3, -1, 1, 1, {} }); // a clock that was set back
    statistics.add({ 1e6, 1e9, 1, 1, {} });
    const RunChart chart = statistics.chart(1e6);
    QVERIFY(chart.points.size() <= RunStatistics::kMostSlices);
    QVERIFY(chart.p95Ms > 100'000);
    QCOMPARE(statistics.chart(1).points.size(), chart.points.size()); // asked too early: nothing is lost
}

QTEST_APPLESS_MAIN(TestRunStatistics)
#include "tst_run_statistics.moc"
