// Bounds, order, cancelling, back-pressure: over a transport that answers when told.
#include "core/delivery/queue.h"
#include "tests/delivery/sending.h"
#include "tests/delivery/wire_rows.h"
#include "tests/support/scripted_transport.h"

#include <QSignalSpy>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::delivery;

namespace {

Outcome ok(const Request &, std::size_t)
{
    Response response;
    response.status = 200;
    return outcomeOf(std::move(response));
}

Delivery deliveryOf(const std::string &id, std::string_view url = "http://a.example/")
{
    Delivery delivery;
    delivery.id = id;
    delivery.request = requestTo(url, R"({"id":")" + id + "\"}");
    return delivery;
}

/// A queue with its transport and what it reported.
struct Bench
{
    explicit Bench(const QueueLimits &limits = {}, test::ScriptedTransport::Answer answer = ok)
        : transport(std::move(answer))
        , queue(transport, clock, limits)
    {
        QObject::connect(
            &queue, &Queue::attempted, &queue, [this](const AttemptPtr &attempt) { attempts.push_back(attempt); });
    }
    std::vector<std::string> ids() const
    {
        std::vector<std::string> ids;
        for (const AttemptPtr &attempt : attempts)
            ids.push_back(attempt->delivery);
        return ids;
    }

    SystemClock clock;
    test::ScriptedTransport transport;
    Queue queue;
    std::vector<AttemptPtr> attempts;
};

using Ids = std::vector<std::string>;

} // namespace

class TestQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reportsOneAttemptEach();
    void boundsWhatIsInFlightPerHost();
    void boundsWhatIsInFlightInAll();
    void hostsTakeTurns();
    void keepsOrderPerHost();
    void turnsAwayWhenFull();
    void takesOneLargeBody();
    void cancelsWaiting();
    void cancelsInFlight();
    void stopsAndLetsFinish();
    void stopsAndAborts();
    void nothingStartsWhileHeld();
    void saysWhatIsRetryable();
    void handsTheContextBack();
    void mayBeFedFromItsOwnSignals();
    void mayEndBeforeItsTransport();
};

void TestQueue::reportsOneAttemptEach()
{
    Bench bench;
    QSignalSpy idle(&bench.queue, &Queue::idle);
    QVERIFY(bench.queue.submit(deliveryOf("a")));
    QVERIFY(bench.attempts.empty());
    QVERIFY(idle.wait());
    QCOMPARE(bench.attempts.size(), std::size_t(1));
    const Attempt &attempt = *bench.attempts.front();
    QCOMPARE(attempt.delivery, std::string("a"));
    QCOMPARE(attempt.number, 1);
    QVERIFY(attempt.last);
    QVERIFY(attempt.outcome.delivered());
    QCOMPARE(attempt.request, bench.transport.requests().front());
    QVERIFY(bench.queue.isIdle());
    QCOMPARE(idle.size(), 1);
}

void TestQueue::boundsWhatIsInFlightPerHost()
{
    Bench bench;
    bench.transport.hold();
    for (int i = 0; i < 20; ++i)
        QVERIFY(bench.queue.submit(deliveryOf(std::to_string(i))));
    QCOMPARE(bench.queue.inFlight(), std::size_t(6));
    QCOMPARE(bench.queue.waiting(), std::size_t(14));
    for (std::size_t done = 1; done <= 20; ++done) {
        bench.transport.release(1);
        QTRY_COMPARE(bench.attempts.size(), done);
        QCOMPARE(bench.queue.inFlight(), std::min(std::size_t(6), 20 - done));
    }
}

void TestQueue::boundsWhatIsInFlightInAll()
{
    QueueLimits limits;
    limits.inFlight = 4;
    Bench bench(limits);
    bench.transport.hold();
    for (int i = 0; i < 10; ++i)
        QVERIFY(bench.queue.submit(deliveryOf(std::to_string(i), "http://h" + std::to_string(i) + ".example/")));
    QCOMPARE(bench.queue.inFlight(), std::size_t(4));
}

void TestQueue::hostsTakeTurns()
{
    QueueLimits limits;
    limits.inFlight = 2;
    Bench bench(limits);
    bench.transport.hold();
    for (int i = 0; i < 4; ++i)
        QVERIFY(bench.queue.submit(deliveryOf("a" + std::to_string(i), "http://a.example/")));
    for (int i = 0; i < 3; ++i)
        QVERIFY(bench.queue.submit(deliveryOf("b" + std::to_string(i), "http://b.example/")));
    bench.transport.release(100);
    QTRY_VERIFY(bench.queue.isIdle());
    QCOMPARE(bench.ids(), (Ids{ "a0", "a1", "b0", "a2", "b1", "a3", "b2" }));
}

void TestQueue::keepsOrderPerHost()
{
    Bench bench;
    for (int i = 0; i < 100; ++i)
        QVERIFY(bench.queue.submit(deliveryOf(std::to_string(i))));
    QTRY_VERIFY(bench.queue.isIdle());
    for (int i = 0; i < 100; ++i)
        QCOMPARE(bytes(bench.transport.requests()[static_cast<std::size_t>(i)]->body),
            bytes("{\"id\":\"" + std::to_string(i) + "\"}"));
}

void TestQueue::turnsAwayWhenFull()
{
    QueueLimits limits;
    limits.inFlightPerHost = 1;
    limits.waiting = 2;
    Bench bench(limits);
    bench.transport.hold();
    QSignalSpy ready(&bench.queue, &Queue::ready);
    for (const char *id : { "a", "b", "c" })
        QVERIFY(bench.queue.submit(deliveryOf(id)));
    QVERIFY(!bench.queue.canAccept());
    QVERIFY(!bench.queue.submit(deliveryOf("d")));
    QCOMPARE(ready.size(), 0);
    bench.transport.release(1);
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(bench.queue.submit(deliveryOf("d")));
    bench.transport.release(10);
    QTRY_VERIFY(bench.queue.isIdle());
    QCOMPARE(bench.ids(), (Ids{ "a", "b", "c", "d" }));
    QCOMPARE(ready.size(), 1);
}

void TestQueue::takesOneLargeBody()
{
    QueueLimits limits;
    limits.inFlightPerHost = 1;
    limits.waitingBytes = 4;
    Bench bench(limits);
    bench.transport.hold();
    QVERIFY(bench.queue.submit(deliveryOf("in flight")));
    QVERIFY(bench.queue.submit(deliveryOf("larger than allowed")));
    QVERIFY(!bench.queue.submit(deliveryOf("too much")));
}

void TestQueue::cancelsWaiting()
{
    QueueLimits limits;
    limits.inFlightPerHost = 1;
    Bench bench(limits);
    bench.transport.hold();
    for (const char *id : { "a", "b", "c" })
        QVERIFY(bench.queue.submit(deliveryOf(id)));
    QVERIFY(bench.queue.cancel("b"));
    QVERIFY(!bench.queue.cancel("b"));
    QCOMPARE(bench.ids(), (Ids{ "b" }));
    QCOMPARE(bench.attempts[0]->outcome.failure, Failure::Cancelled);
    QVERIFY(!bench.attempts[0]->outcome.outcomeUnknown);
    bench.transport.release(10);
    QTRY_VERIFY(bench.queue.isIdle());
    QCOMPARE(bench.ids(), (Ids{ "b", "a", "c" }));
    QCOMPARE(bench.transport.requests().size(), std::size_t(2));
}

void TestQueue::cancelsInFlight()
{
    Bench bench;
    bench.transport.hold();
    QVERIFY(bench.queue.submit(deliveryOf("a")));
    QVERIFY(bench.queue.cancel("a"));
    bench.transport.release(1);
    QTRY_COMPARE(bench.attempts.size(), std::size_t(1));
    QCOMPARE(bench.attempts[0]->outcome.failure, Failure::Cancelled);
}

void TestQueue::stopsAndLetsFinish()
{
    QueueLimits limits;
    limits.inFlightPerHost = 2;
    Bench bench(limits);
    bench.transport.hold();
    for (const char *id : { "a", "b", "c", "d" })
        QVERIFY(bench.queue.submit(deliveryOf(id)));
    bench.queue.stop(Queue::Stop::FinishInFlight);
    QCOMPARE(bench.ids(), (Ids{ "c", "d" }));
    QVERIFY(!bench.queue.submit(deliveryOf("e")));
    bench.transport.release(10);
    QTRY_VERIFY(bench.queue.isIdle());
    QCOMPARE(bench.ids(), (Ids{ "c", "d", "a", "b" }));
    QVERIFY(bench.attempts[2]->outcome.delivered());
    QVERIFY(bench.attempts[3]->outcome.delivered());

    QSignalSpy ready(&bench.queue, &Queue::ready);
    bench.queue.resume();
    QCOMPARE(ready.size(), 1);
    QVERIFY(bench.queue.submit(deliveryOf("e")));
}

void TestQueue::stopsAndAborts()
{
    QueueLimits limits;
    limits.inFlightPerHost = 1;
    Bench bench(limits);
    bench.transport.hold();
    for (const char *id : { "a", "b" })
        QVERIFY(bench.queue.submit(deliveryOf(id)));
    QSignalSpy idle(&bench.queue, &Queue::idle);
    bench.queue.stop(Queue::Stop::Abort);
    QCOMPARE(idle.size(), 0);
    bench.transport.release(10);
    QTRY_COMPARE(idle.size(), 1);
    QCOMPARE(bench.ids(), (Ids{ "b", "a" }));
    for (const AttemptPtr &attempt : bench.attempts)
        QCOMPARE(attempt->outcome.failure, Failure::Cancelled);
}

void TestQueue::nothingStartsWhileHeld()
{
    Bench bench;
    bench.transport.hold();
    QVERIFY(bench.queue.submit(deliveryOf("a")));
    bench.queue.hold(true);
    QVERIFY(bench.queue.submit(deliveryOf("b")));
    QCOMPARE(bench.queue.inFlight(), std::size_t(1));
    bench.transport.release(1); // what is on the wire may end
    QTRY_COMPARE(bench.attempts.size(), std::size_t(1));
    QCOMPARE(bench.queue.inFlight(), std::size_t(0));
    QCOMPARE(bench.queue.waiting(), std::size_t(1));
    bench.queue.hold(false);
    QCOMPARE(bench.queue.inFlight(), std::size_t(1));
    bench.transport.release(1);
    QTRY_COMPARE(bench.ids(), (Ids{ "a", "b" }));
}

void TestQueue::saysWhatIsRetryable()
{
    Bench bench({}, [](const Request &, std::size_t number) {
        Response response;
        response.status = number == 0 ? 503 : 404;
        return outcomeOf(std::move(response));
    });
    QVERIFY(bench.queue.submit(deliveryOf("a")));
    QVERIFY(bench.queue.submit(deliveryOf("b")));
    QTRY_VERIFY(bench.queue.isIdle());
    QVERIFY(bench.attempts[0]->retryable);
    QVERIFY(!bench.attempts[1]->retryable);
    QCOMPARE(bench.transport.requests().size(), std::size_t(2));
}

void TestQueue::handsTheContextBack()
{
    Bench bench;
    Delivery delivery = deliveryOf("a");
    const auto context = std::make_shared<const int>(42);
    delivery.context = context;
    QVERIFY(bench.queue.submit(std::move(delivery)));
    QTRY_COMPARE(bench.attempts.size(), std::size_t(1));
    QCOMPARE(bench.attempts[0]->context, std::shared_ptr<const void>(context));
}

void TestQueue::mayBeFedFromItsOwnSignals()
{
    QueueLimits limits;
    limits.inFlightPerHost = 2;
    limits.waiting = 3;
    Bench bench(limits);
    int next = 0;
    const auto feed = [&] {
        while (next < 200 && bench.queue.submit(deliveryOf(std::to_string(next))))
            ++next;
    };
    QObject::connect(&bench.queue, &Queue::ready, &bench.queue, feed);
    feed();
    QTRY_VERIFY(bench.queue.isIdle());
    QCOMPARE(bench.attempts.size(), std::size_t(200));
}

void TestQueue::mayEndBeforeItsTransport()
{
    SystemClock clock;
    test::ScriptedTransport transport(ok);
    transport.hold();
    {
        Queue queue(transport, clock);
        QVERIFY(queue.submit(deliveryOf("a")));
    }
    QVERIFY(transport.options().front().cancel.stop_requested());
    transport.release(1);
    QTRY_COMPARE(transport.waiting(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
