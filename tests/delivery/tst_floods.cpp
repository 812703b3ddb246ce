// Answers without end: whatever the server frames them with, no more is read than is kept, also while the transport's
// thread has no time to listen.
#include "core/delivery/network_transport.h"
#include "tests/delivery/sending.h"
#include "tests/support/compressed.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QThread>

using namespace hookbench;
using namespace hookbench::delivery;
using namespace std::chrono_literals;
using test::Script;
using test::ScriptedServer;

namespace {

constexpr std::uint64_t kTwoGigabytes = 2'000'000'000;
constexpr std::size_t kKept = 4'000'000;
/// Beyond what is kept: the kernel's buffers at both ends, Qt's, and what is on its way between two threads.
constexpr std::uint64_t kOnTheWay = 40'000'000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMostMemory = 400'000; ///< KiB; AddressSanitizer keeps 256 MiB of what was freed
#else
constexpr long kMostMemory = 40'000; ///< KiB
#endif

long memoryNow(const char *line)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &each : status.readAll().split('\n'))
        if (each.startsWith(line))
            return each.simplified().split(' ').value(1).toLong();
    return 0;
}

/// From here on the peak is counted anew.
long forgetPeak()
{
    QFile clear(QStringLiteral("/proc/self/clear_refs"));
    if (clear.open(QIODevice::WriteOnly))
        clear.write("5");
    return memoryNow("VmRSS:");
}

std::string chunk(const std::string &bytes)
{
    return QByteArray::number(static_cast<qulonglong>(bytes.size()), 16).toStdString() + "\r\n" + bytes + "\r\n";
}

std::string noise(std::size_t size)
{
    std::string out;
    std::uint32_t seed = 1;
    while (out.size() < size)
        out += static_cast<char>((seed = seed * 1664525 + 1013904223) >> 24);
    return out;
}

} // namespace

class TestFloods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isBounded_data();
    void isBounded();
    void isBrokenOffWhereNothingIsTold_data();
    void isBrokenOffWhereNothingIsTold();
    void comesWhole_data();
    void comesWhole();
};

void TestFloods::isBounded_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<bool>("busy");
    const std::string plain(65'536, 'x');
    const std::string squeezed = gzipped(noise(65'536), Z_BEST_SPEED);
    struct Flood
    {
        const char *name;
        const char *fields;
        std::string piece;
    };
    const std::string emptyBlock("\x00\x00\x00\xff\xff", 5); // of deflate: it becomes nothing
    const Flood floods[] = {
        { "with a length", "200 OK\r\nContent-Length: 2000000000\r\n\r\n", plain },
        { "until the connection ends", "200 OK\r\n\r\n", plain },
        { "large chunks", "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(plain) },
        { "small chunks", "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(std::string(100, 'x')) },
        { "gzip in chunks", "200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", chunk(squeezed) },
        { "gzip until the end", "200 OK\r\nContent-Encoding: gzip\r\n\r\n", squeezed },
        { "deflate of nothing", "200 OK\r\nContent-Encoding: deflate\r\n\r\n", emptyBlock },
        { "500 in chunks", "500 No\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(plain) },
    };
    for (const Flood &flood : floods)
        for (const bool busy : { false, true })
            QTest::addRow("%s%s", flood.name, busy ? ", busy" : "")
                << QByteArray("HTTP/1.1 ") + flood.fields << QByteArray::fromStdString(flood.piece) << busy;
}

void TestFloods::isBounded()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, piece);
    QFETCH(bool, busy);
    std::string much; // small chunks, one at a time, would only keep the server busy
    while (much.size() < 65'536)
        much += piece.toStdString();
    ScriptedServer server([&](const test::WireRequest &) {
        return Script().send(head.toStdString()).flood(much, kTwoGigabytes).close();
    });
    NetworkTransport transport;
    TransportOptions options;
    options.maxResponseBytes = kKept;
    QTimer otherWork;
    connect(&otherWork, &QTimer::timeout, &otherWork, [] { QThread::msleep(30); });
    if (busy)
        otherWork.start(0);
    const long before = forgetPeak();
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()), options);
    settle(100); // what was broken off ends
    const long more = memoryNow("VmHWM:") - before;
    qInfo("%ld KiB more, %llu bytes sent", more, static_cast<unsigned long long>(server.bytesSent()));
    QVERIFY(outcome.response);
    QCOMPARE(outcome.response->body.size(), head.contains("deflate") ? 0 : kKept);
    QVERIFY(outcome.response->truncated);
    QVERIFY2(more < kMostMemory, qPrintable(QString::number(more)));
    QVERIFY2(server.bytesSent() < kKept + kOnTheWay, qPrintable(QString::number(server.bytesSent())));
    QCOMPARE(server.requestCount(), 1);
}

void TestFloods::isBrokenOffWhereNothingIsTold_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("piece");
    const QByteArray chunked("Transfer-Encoding: chunked\r\n\r\n");
    const QByteArray piece = QByteArray::fromStdString(chunk(std::string(65'536, 'x')));
    QTest::newRow("401") << "HTTP/1.1 401 Who?\r\n" + chunked << piece;
    QTest::newRow("401 with a challenge")
        << "HTTP/1.1 401 Who?\r\nWWW-Authenticate: Basic realm=\"x\"\r\n" + chunked << piece;
    QTest::newRow("407") << "HTTP/1.1 407 Who?\r\n" + chunked << piece;
}

/// Qt keeps these answers to itself until their end: whether a status is known then depends on it.
void TestFloods::isBrokenOffWhereNothingIsTold()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, piece);
    ScriptedServer server([&](const test::WireRequest &) {
        return Script().send(head.toStdString()).flood(piece.toStdString(), kTwoGigabytes).stall();
    });
    NetworkTransport transport;
    TransportOptions options;
    options.maxResponseBytes = kKept;
    const long before = forgetPeak();
    QElapsedTimer timer;
    timer.start();
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()), options);
    settle(100);
    const long more = memoryNow("VmHWM:") - before;
    qInfo("%ld KiB more, %llu bytes sent, %s", more, static_cast<unsigned long long>(server.bytesSent()),
        outcome.message.c_str());
    QVERIFY(!outcome.delivered());
    QVERIFY(outcome.status() > 0 || outcome.outcomeUnknown);
    QVERIFY(!outcome.response || outcome.response->body.size() <= kKept);
    QVERIFY2(server.bytesSent() < kTwoGigabytes / 2, qPrintable(QString::number(server.bytesSent())));
    QVERIFY2(timer.elapsed() < 9'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(server.requestCount(), 1);
}

void TestFloods::comesWhole_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("chunk"); ///< 0: none
    QTest::addColumn<bool>("closes");
    QTest::newRow("with a length") << QByteArray("Content-Length: 0\r\n") << 0 << false;
    QTest::newRow("until the connection ends") << QByteArray() << 0 << true;
    for (const int chunk : { 1'000, 16'384, 262'144, 5'000'000 })
        for (const bool closes : { false, true })
            QTest::addRow("chunks of %d%s", chunk, closes ? ", then closed" : "")
                << QByteArray("Transfer-Encoding: chunked\r\n") << chunk << closes;
}

/// What is read ahead is limited: nothing may be lost or stand still because of it.
void TestFloods::comesWhole()
{
    QFETCH(QByteArray, fields);
    QFETCH(int, chunk);
    QFETCH(bool, closes);
    std::string body;
    ScriptedServer server([&](const test::WireRequest &) {
        std::string wire = "HTTP/1.1 200 OK\r\n";
        wire += fields.contains("Length") ? "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n"
                                          : fields.toStdString() + "\r\n";
        for (std::size_t at = 0; chunk > 0 && at < body.size(); at += static_cast<std::size_t>(chunk))
            wire += ::chunk(body.substr(at, static_cast<std::size_t>(chunk)));
        wire += chunk > 0 ? "0\r\n\r\n" : body;
        Script script;
        script.send(wire);
        if (closes)
            script.close();
        return script;
    });
    NetworkTransport transport;
    TransportOptions options;
    options.maxResponseBytes = kKept;
    QTimer otherWork;
    connect(&otherWork, &QTimer::timeout, &otherWork, [] { QThread::msleep(3); });
    for (const bool busy : { false, true })
        for (const std::size_t size : { 1U, 65'535U, 262'145U, 1'048'577U, 3'999'999U, 4'000'000U }) {
            busy ? otherWork.start(0) : otherWork.stop();
            body = noise(size);
            const Outcome outcome = sendAndWait(transport, requestTo(server.url()), options);
            QVERIFY2(outcome.delivered(), outcome.message.c_str());
            QVERIFY(!outcome.response->truncated);
            QCOMPARE(outcome.response->body.size(), size);
            QVERIFY(outcome.response->body == body);
        }
}

QTEST_GUILESS_MAIN(TestFloods)
#include "tst_floods.moc"
