// The table: what Segment's platform tries again.
#include "core/delivery/retry_policy.h"

#include <QtTest>

using namespace hookbench::delivery;

class TestRetryPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void coversStatuses_data();
    void coversStatuses();
    void coversFailures_data();
    void coversFailures();
    void retriesNothingByDefault() { QCOMPARE(RetryPolicy().retries, 0); }
    void isATable();
};

void TestRetryPolicy::coversStatuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("covered");
    for (const int status : { 200, 201, 204, 301, 304, 400, 401, 404, 409, 410, 413, 422, 501 })
        QTest::addRow("%d", status) << status << false;
    for (const int status : { 102, 408, 423, 429, 500, 502, 503, 504, 511, 598, 599 })
        QTest::addRow("%d", status) << status << true;
}

void TestRetryPolicy::coversStatuses()
{
    QFETCH(int, status);
    QFETCH(bool, covered);
    Response response;
    response.status = status;
    QCOMPARE(RetryPolicy().covers(outcomeOf(std::move(response))), covered);
}

void TestRetryPolicy::coversFailures_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("covered");
    for (const char *name : { "timeout", "connection-closed", "refused", "host-not-found", "unreachable", "tls",
             "proxy", "protocol", "other" })
        QTest::newRow(name) << QByteArray(name) << true;
    for (const char *name : { "none", "redirect", "address", "cancelled", "program-ended" })
        QTest::newRow(name) << QByteArray(name) << false;
}

void TestRetryPolicy::coversFailures()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, covered);
    const auto failure = failureFromName(name.toStdString());
    QVERIFY(failure.has_value());
    QCOMPARE(failureName(*failure), name);
    Outcome outcome;
    outcome.failure = *failure;
    QCOMPARE(RetryPolicy().covers(outcome), covered);
}

void TestRetryPolicy::isATable()
{
    RetryPolicy policy;
    policy.statuses = { { 400, 499, true } };
    policy.failures = {};
    Response response;
    response.status = 404;
    QVERIFY(policy.covers(outcomeOf(response)));
    response.status = 503;
    QVERIFY(!policy.covers(outcomeOf(response)));
    Outcome timeout;
    timeout.failure = Failure::Timeout;
    QVERIFY(!policy.covers(timeout));
}

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retry_policy.moc"
