// Grouping by batch keys, flushing, bounds.
#include "core/delivery/batcher.h"
#include "tests/delivery/sending.h"
#include "tests/delivery/wire_rows.h"

#include <QtTest>

using namespace hookbench;
using namespace hookbench::delivery;
using namespace std::chrono_literals;

namespace {

const Clock::SteadyTime kStart{};

std::vector<std::uint64_t> eventsOf(const std::vector<Batch> &batches)
{
    std::vector<std::uint64_t> events;
    for (const Batch &batch : batches)
        events.insert(events.end(), batch.events().begin(), batch.events().end());
    return events;
}

using Events = std::vector<std::uint64_t>;

} // namespace

class TestBatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void groupsByKeys_data();
    void groupsByKeys();
    void keepsOrderAndBody();
    void flushesWhenFull();
    void theFirstPayloadSaysTheSize();
    void flushesByAge();
    void isBoundedInBytes();
    void isBoundedInGroups();
    void needsNothingOfThePayloadsLater();
    void tellsItsKeysApart();
};

void TestBatcher::groupsByKeys_data()
{
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("together");
    const QStringList usual{ QStringLiteral("url"), QStringLiteral("method"), QStringLiteral("headers") };
    const QByteArray url("http://a.example/");
    const QByteArray data(R"({"a":1})");
    const QByteArray headers(R"({"X-A":"1","X-B":"2"})");
    QTest::newRow("same") << usual << url << data << headers << QByteArray("POST") << true;
    QTest::newRow("other data") << usual << url << QByteArray(R"({"a":2})") << headers << QByteArray("POST") << true;
    QTest::newRow("other url") << usual << QByteArray("http://b.example/") << data << headers << QByteArray("POST")
                               << false;
    QTest::newRow("other method") << usual << url << data << headers << QByteArray("PUT") << false;
    QTest::newRow("other headers") << usual << url << data << QByteArray(R"({"X-A":"1"})") << QByteArray("POST")
                                   << false;
    QTest::newRow("headers in another order")
        << usual << url << data << QByteArray(R"({"X-B":"2","X-A":"1"})") << QByteArray("POST") << false;
    QTest::newRow("url only") << QStringList{ QStringLiteral("url") } << url << data << QByteArray("{}")
                              << QByteArray("PUT") << true;
    QTest::newRow("data is a key") << QStringList{ QStringLiteral("data") } << url << QByteArray(R"({"a":2})")
                                   << headers << QByteArray("POST") << false;
    QTest::newRow("no keys") << QStringList() << QByteArray("http://b.example/") << data << QByteArray("{}")
                             << QByteArray("PUT") << true;
    QTest::newRow("unknown key") << QStringList{ QStringLiteral("nope") } << QByteArray("http://b.example/") << data
                                 << headers << QByteArray("POST") << true;
}

void TestBatcher::groupsByKeys()
{
    QFETCH(QStringList, keys);
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, method);
    QFETCH(bool, together);
    TestPayload first("http://a.example/", R"({"a":1})", R"({"X-A":"1","X-B":"2"})");
    TestPayload second(url.toStdString(), data.toStdString(), headers.toStdString(), method.toStdString());
    first.payload.batchKeys.clear();
    for (const QString &key : keys)
        first.payload.batchKeys.push_back(key.toStdString());
    second.payload.batchKeys = first.payload.batchKeys;
    Batcher batcher;
    QVERIFY(batcher.add(first.payload, 0, kStart).empty());
    QVERIFY(batcher.add(second.payload, 1, kStart).empty());
    QCOMPARE(batcher.pendingGroups(), std::size_t(together ? 1 : 2));
    QCOMPARE(batcher.pendingEvents(), std::size_t(2));
}

void TestBatcher::keepsOrderAndBody()
{
    Batcher batcher;
    const TestPayload a1("http://a.example/", R"({"n":1})");
    const TestPayload b1("http://b.example/", R"({"n":2})");
    const TestPayload a2("http://a.example/", "");
    const TestPayload a3("http://a.example/", R"({"n":4})");
    std::uint64_t event = 10;
    for (const TestPayload *payload : { &a1, &b1, &a2, &a3 })
        QVERIFY(batcher.add(payload->payload, event++, kStart).empty());
    std::vector<Batch> batches = batcher.flush();
    QCOMPARE(batches.size(), std::size_t(2));
    QCOMPARE(batches[0].events(), (Events{ 10, 12, 13 }));
    QCOMPARE(batches[1].events(), (Events{ 11 }));
    QCOMPARE(batcher.pendingEvents(), std::size_t(0));
    QCOMPARE(batcher.pendingBytes(), std::size_t(0));
    QVERIFY(!batcher.oldest());
    const auto request = buildRequest(std::move(batches[0]), {});
    QVERIFY(request.has_value());
    QCOMPARE(bytes(request->body), R"([{"n":1},null,{"n":4}])");
    QCOMPARE(bytes(request->url), "http://a.example/");
}

void TestBatcher::flushesWhenFull()
{
    Batcher batcher;
    TestPayload payload("http://a.example/", R"({"n":1})");
    payload.payload.batchSize = 3;
    Events flushed;
    for (std::uint64_t event = 0; event < 8; ++event) {
        const Events ready = eventsOf(batcher.add(payload.payload, event, kStart));
        QCOMPARE(ready.size(), std::size_t(event % 3 == 2 ? 3 : 0));
        flushed.insert(flushed.end(), ready.begin(), ready.end());
    }
    QCOMPARE(flushed, (Events{ 0, 1, 2, 3, 4, 5 }));
    QCOMPARE(eventsOf(batcher.flush()), (Events{ 6, 7 }));
}

void TestBatcher::theFirstPayloadSaysTheSize()
{
    Batcher batcher;
    TestPayload two("http://a.example/", "{}");
    two.payload.batchSize = 2;
    TestPayload many("http://a.example/", "{}");
    QVERIFY(batcher.add(two.payload, 0, kStart).empty());
    QCOMPARE(eventsOf(batcher.add(many.payload, 1, kStart)), (Events{ 0, 1 }));
}

void TestBatcher::flushesByAge()
{
    Batcher batcher;
    const TestPayload a("http://a.example/", "{}");
    const TestPayload b("http://b.example/", "{}");
    QVERIFY(batcher.add(a.payload, 0, kStart + 1s).empty());
    QVERIFY(batcher.add(b.payload, 1, kStart + 2s).empty());
    QVERIFY(batcher.add(a.payload, 2, kStart + 3s).empty());
    QCOMPARE(batcher.oldest(), std::optional(kStart + 1s));
    QVERIFY(batcher.flushUntil(kStart).empty());
    QCOMPARE(eventsOf(batcher.flushUntil(kStart + 1s)), (Events{ 0, 2 }));
    QCOMPARE(batcher.oldest(), std::optional(kStart + 2s));
    QCOMPARE(eventsOf(batcher.flushUntil(kStart + 9s)), (Events{ 1 }));
}

void TestBatcher::isBoundedInBytes()
{
    BatcherLimits limits;
    limits.bytes = 1000;
    Batcher batcher(limits);
    const std::string data = R"({"x":")" + std::string(290, 'x') + "\"}";
    Events early;
    for (std::uint64_t event = 0; event < 10; ++event) {
        const TestPayload payload("http://a.example/" + std::to_string(event), data);
        const Events ready = eventsOf(batcher.add(payload.payload, event, kStart));
        early.insert(early.end(), ready.begin(), ready.end());
        QVERIFY(batcher.pendingBytes() <= limits.bytes);
    }
    QCOMPARE(early, (Events{ 0, 1, 2, 3, 4, 5, 6 }));
}

void TestBatcher::isBoundedInGroups()
{
    BatcherLimits limits;
    limits.groups = 2;
    Batcher batcher(limits);
    for (std::uint64_t event = 0; event < 4; ++event) {
        const TestPayload payload("http://a.example/" + std::to_string(event), "{}");
        const Events ready = eventsOf(batcher.add(payload.payload, event, kStart));
        QCOMPARE(ready, event < 2 ? Events{} : Events{ event - 2 });
    }
}

void TestBatcher::needsNothingOfThePayloadsLater()
{
    Batcher batcher;
    {
        const TestPayload payload("http://a.example/", R"({"n":1})", R"({"X-A":"kept"})");
        QVERIFY(batcher.add(payload.payload, 0, kStart).empty());
    }
    std::vector<Batch> batches = batcher.flush();
    const auto request = buildRequest(std::move(batches.front()), {});
    QVERIFY(request.has_value());
    QCOMPARE(findHeader(request->headers, "x-a")->value, std::string("kept"));
}

void TestBatcher::tellsItsKeysApart()
{
    TestPayload first("http://a.example/", "");
    TestPayload second("http://a.example/", "");
    first.payload.batchKeys = { "url" };
    second.payload.batchKeys = { "url", "method" };
    QVERIFY(batchKeyOf(first.payload) != batchKeyOf(second.payload));
}

QTEST_APPLESS_MAIN(TestBatcher)
#include "tst_batcher.moc"
