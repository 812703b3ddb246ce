// The webhook sink over real sockets: verdicts, exact bytes, answers, and life in a thread of its own.
#include "core/http/certificate.h"
#include "core/receiver/receiver.h"
#include "tests/http/raw_client.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QThread>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::receiver;
using namespace hookbench::tests;
using signing::Verdict;

namespace {

const std::string kSecret = "hb_demo_4f7c21d09be8";

QByteArray request(
    const QByteArray &headers, const QByteArray &body, const QByteArray &line = "POST /hook?x=1 HTTP/1.1")
{
    return line + "\r\nHost: localhost\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

QByteArray signatureOf(const QByteArray &bytes, const std::string &secret = kSecret)
{
    return QByteArray::fromStdString(signing::Signer(secret).sign(bytes.toStdString()));
}

/// A Receiver that listens and remembers what it got.
class Listening
{
public:
    explicit Listening(Options options = { .secret = kSecret })
    {
        QObject::connect(
            &receiver, &Receiver::received, &receiver, [this](const ReceivedRequest &got) { requests.push_back(got); });
        const auto address = receiver.start(options);
        if (!address)
            qFatal("%s", address.error().message.c_str());
    }

    Receiver receiver;
    std::vector<ReceivedRequest> requests;
};

} // namespace

class TestReceiver : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void keepsWhatWasSent();
    void chunkedBodiesAreVerifiedAsOne();
    void secretMayChangeWhileRunning();
    void answersWithThePlan();
    void refusesAPlanThatCannotBeSent();
    void startsAndStops();
    void tellsOfRefusedRequests();
    void allowsNamedHosts();
    void receivesOverTls();
    void countsAndNamesRequests();
    void livesInAThreadOfItsOwn();
    void stringConnectionsKnowTheType();
};

void TestReceiver::verdicts_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Verdict>("expected");
    const QByteArray secret = QByteArray::fromStdString(kSecret);
    const QByteArray single = R"({"order":1})";
    const QByteArray batch = R"([{"order":1},{"order":2}])";
    const QByteArray good = signatureOf(single);
    QTest::newRow("single event") << secret << "X-Signature: " + good + "\r\n" << single << Verdict::ValidWholeBody;
    QTest::newRow("lower-case header") << secret << "x-signature:" + good + "\r\n" << single << Verdict::ValidWholeBody;
    QTest::newRow("white space around") << secret << "X-Signature: \t " + good + " \r\n"
                                        << single << Verdict::ValidWholeBody;
    QTest::newRow("batch, first event") << secret << "X-Signature: " + good + "\r\n"
                                        << batch << Verdict::ValidFirstEvent;
    QTest::newRow("batch, whole body") << secret << "X-Signature: " + signatureOf(batch) + "\r\n"
                                       << batch << Verdict::ValidWholeBody;
    QTest::newRow("changed body") << secret << "X-Signature: " + good + "\r\n" << single + "\n" << Verdict::Invalid;
    QTest::newRow("other secret") << secret << "X-Signature: " + signatureOf(single, "x") + "\r\n"
                                  << single << Verdict::Invalid;
    QTest::newRow("upper-case value") << secret << "X-Signature: " + good.toUpper() + "\r\n"
                                      << single << Verdict::Invalid;
    QTest::newRow("empty header") << secret << QByteArray("X-Signature:\r\n") << single << Verdict::Invalid;
    QTest::newRow("twice the same") << secret << "X-Signature: " + good + "\r\nx-signature: " + good + "\r\n"
                                    << single << Verdict::Invalid;
    QTest::newRow("a good and a bad one") << secret << "X-Signature: " + good + "\r\nX-Signature: bad\r\n"
                                          << single << Verdict::Invalid;
    QTest::newRow("a good and an empty one") << secret << "X-Signature: " + good + "\r\nX-Signature:\r\n"
                                             << single << Verdict::Invalid;
    QTest::newRow("no header") << secret << QByteArray() << single << Verdict::Unsigned;
    QTest::newRow("other header") << secret << "X-Signature-2: " + good + "\r\n" << single << Verdict::Unsigned;
    QTest::newRow("empty body") << secret << "X-Signature: " + signatureOf("") + "\r\n"
                                << QByteArray() << Verdict::ValidWholeBody;
    QTest::newRow("no secret") << QByteArray() << "X-Signature: " + good + "\r\n" << single << Verdict::NoSecret;
    QTest::newRow("no secret, no header") << QByteArray() << QByteArray() << single << Verdict::NoSecret;
}

void TestReceiver::verdicts()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(Verdict, expected);
    Listening sink({ .secret = secret.toStdString() });
    RawClient client(sink.receiver.port());
    client.send(request(headers, body));
    const QByteArray answer = client.answers();
    QCOMPARE(statusOf(answer), 200); // whatever the verdict
    QCOMPARE(sink.requests.size(), std::size_t(1));
    QCOMPARE(signing::verdictName(sink.requests[0].verdict), signing::verdictName(expected));
}

void TestReceiver::keepsWhatWasSent()
{
    Listening sink;
    RawClient client(sink.receiver.port());
    const QByteArray body("\x00{ \"b\" : 1.0,\r\n\"a\":\"\xff\"}\n", 24);
    const auto before = SystemClock().wall();
    client.send(
        "PATCH //a/../b?c=%7E HTTP/1.1\r\nx-b: 2\r\nHOST: 127.0.0.1\r\nX-A: 1 \r\nx-B: 3\r\ncontent-length: 24\r\n\r\n"
        + body);
    QCOMPARE(statusOf(client.answers()), 200);
    QCOMPARE(sink.requests.size(), std::size_t(1));
    const ReceivedRequest &got = sink.requests[0];
    QCOMPARE(got.method, "PATCH");
    QCOMPARE(got.target, "//a/../b?c=%7E");
    const Headers headers{ { "x-b", "2" }, { "HOST", "127.0.0.1" }, { "X-A", "1" }, { "x-B", "3" },
        { "content-length", "24" } };
    QVERIFY(got.headers == headers);
    QCOMPARE(got.body, body.toStdString());
    QCOMPARE(got.peer, "127.0.0.1:" + std::to_string(client.socket().localPort()));
    QCOMPARE(got.answeredStatus, 200);
    QCOMPARE(got.number, std::uint64_t(1));
    QCOMPARE(got.id.size(), std::size_t(20));
    QVERIFY(got.at >= before && got.at <= SystemClock().wall());
    QVERIFY(got.ms > 0 && got.ms < 5000);
}

void TestReceiver::chunkedBodiesAreVerifiedAsOne()
{
    Listening sink;
    RawClient client(sink.receiver.port());
    const QByteArray body = R"([{"order":1},{"order":2}])";
    QByteArray chunks;
    for (qsizetype at = 0; at < body.size(); at += 7) {
        const QByteArray chunk = body.mid(at, 7);
        chunks += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n";
    }
    client.sendInPieces("POST / HTTP/1.1\r\nHost: localhost\r\nX-Signature: " + signatureOf(R"({"order":1})")
            + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\nX-Late: yes\r\n\r\n",
        5);
    QCOMPARE(statusOf(client.answers()), 200);
    QCOMPARE(sink.requests.size(), std::size_t(1));
    QCOMPARE(sink.requests[0].body, body.toStdString());
    QCOMPARE(sink.requests[0].verdict, Verdict::ValidFirstEvent);
    const Headers trailers{ { "X-Late", "yes" } };
    QVERIFY(sink.requests[0].trailers == trailers);
}

void TestReceiver::secretMayChangeWhileRunning()
{
    Listening sink;
    RawClient client(sink.receiver.port());
    const QByteArray message = request("X-Signature: " + signatureOf("{}") + "\r\n", "{}");
    const std::vector<std::pair<std::string, Verdict>> steps{ { kSecret, Verdict::ValidWholeBody },
        { "other", Verdict::Invalid }, { "", Verdict::NoSecret }, { kSecret, Verdict::ValidWholeBody } };
    for (const auto &[secret, expected] : steps) {
        sink.receiver.setSecret(secret);
        client.send(message);
        QCOMPARE(statusOf(client.answers()), 200);
        QCOMPARE(sink.requests.back().verdict, expected);
    }
}

void TestReceiver::answersWithThePlan()
{
    Listening sink;
    RawClient client(sink.receiver.port());
    client.send(request({}, "{}"));
    const QByteArray first = client.answers();
    QVERIFY(first.startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
    QCOMPARE(bodyOf(first), R"({"received":true})");

    QVERIFY(sink.receiver.setResponsePlan({ .status = 429, .headers = { { "Retry-After", "5" } }, .body = "slow down" })
                .has_value());
    client.send(request({}, "{}"));
    const QByteArray second = client.answers();
    QVERIFY(second.startsWith("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\n"));
    QCOMPARE(bodyOf(second), "slow down");
    QCOMPARE(sink.requests.back().answeredStatus, 429);
}

void TestReceiver::refusesAPlanThatCannotBeSent()
{
    Listening sink;
    QCOMPARE(sink.receiver.setResponsePlan({ .status = 99 }).error().code, "http-status");
    QCOMPARE(sink.receiver.setResponsePlan({ .headers = { { "A", "b\r\nC: d" } } }).error().code, "http-header-value");
    QCOMPARE(sink.receiver.setResponsePlan({ .headers = { { "Content-Length", "1" } } }).error().code,
        "http-header-framing");
    RawClient client(sink.receiver.port());
    client.send(request({}, "{}"));
    QCOMPARE(bodyOf(client.answers()), R"({"received":true})"); // the plan before
}

void TestReceiver::startsAndStops()
{
    Receiver receiver;
    QVERIFY(!receiver.isRunning());
    QCOMPARE(receiver.port(), std::uint16_t(0));
    receiver.stop();
    const auto address = receiver.start({});
    QVERIFY(address.has_value());
    QVERIFY(receiver.isRunning());
    QCOMPARE(*address, "http://127.0.0.1:" + std::to_string(receiver.port()));
    const std::uint16_t port = receiver.port();
    QCOMPARE(receiver.start({}).error().code, "http-listening");

    Receiver second;
    QCOMPARE(second.start({ .port = port }).error().code, "http-port");
    receiver.stop();
    QVERIFY(!receiver.isRunning());
    QVERIFY(second.start({ .port = port }).has_value());
}

void TestReceiver::tellsOfRefusedRequests()
{
    Listening sink;
    QSignalSpy refused(&sink.receiver, &Receiver::refused);
    RawClient client(sink.receiver.port());
    client.send("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(statusOf(client.untilClosed()), 403);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().at(1).value<http::Refusal>().status, 403);
    QVERIFY(sink.requests.empty());
}

void TestReceiver::allowsNamedHosts()
{
    Listening sink({ .allowedHosts = { "hooks.tunnel.example" } });
    RawClient client(sink.receiver.port());
    client.send("POST / HTTP/1.1\r\nHost: hooks.tunnel.example\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(statusOf(client.answers()), 200);
    QCOMPARE(sink.requests.size(), std::size_t(1));
}

void TestReceiver::receivesOverTls()
{
    const auto identity = http::makeSelfSignedForLocalhost();
    QVERIFY(identity.has_value());
    Options options;
    options.secret = kSecret;
    options.tls = *identity;
    Listening sink(options);
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates({ QSslCertificate(QByteArray::fromStdString(identity->certificate)) });
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), sink.receiver.port());
    socket.write(request("X-Signature: " + signatureOf("{}") + "\r\nConnection: close\r\n", "{}"));
    QVERIFY(waitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
    QCOMPARE(statusOf(socket.readAll()), 200);
    QCOMPARE(sink.requests.size(), std::size_t(1));
    QCOMPARE(sink.requests[0].verdict, Verdict::ValidWholeBody);
}

void TestReceiver::countsAndNamesRequests()
{
    Listening sink;
    RawClient client(sink.receiver.port());
    client.send(request({}, "1") + request({}, "2") + request({}, "3"));
    QCOMPARE(RawClient::countAnswers(client.answers(3)), 3);
    QCOMPARE(sink.requests.size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(sink.requests[i].number, std::uint64_t(i + 1));
        QCOMPARE(sink.requests[i].body, std::to_string(i + 1));
    }
    QVERIFY(sink.requests[0].id != sink.requests[1].id && sink.requests[1].id != sink.requests[2].id);
}

void TestReceiver::livesInAThreadOfItsOwn()
{
    QThread thread;
    auto *receiver = new Receiver;
    receiver->moveToThread(&thread);
    connect(&thread, &QThread::finished, receiver, &QObject::deleteLater);
    receiver->setSecret("before the thread runs");
    QVERIFY(!receiver->isRunning());
    thread.start();

    std::vector<ReceivedRequest> requests;
    connect(receiver, &Receiver::received, this, [&](const ReceivedRequest &got) {
        QCOMPARE(QThread::currentThread(), this->thread());
        requests.push_back(got);
    });
    QVERIFY(receiver->start({ .secret = "wrong" }).has_value());
    QVERIFY(receiver->isRunning());
    receiver->setSecret(kSecret);
    QVERIFY(receiver->setResponsePlan({ .status = 202 }).has_value());
    constexpr int kClients = 8;
    constexpr int kEach = 25;
    std::vector<std::unique_ptr<RawClient>> clients;
    const QByteArray message = request("X-Signature: " + signatureOf("{}") + "\r\n", "{}");
    for (int i = 0; i < kClients; ++i) {
        clients.push_back(std::make_unique<RawClient>(receiver->port()));
        clients.back()->send(message.repeated(kEach));
    }
    for (const auto &client : clients)
        QCOMPARE(client->answers(kEach).count("HTTP/1.1 202 Accepted\r\n"), kEach);
    QVERIFY(waitFor([&] { return requests.size() == kClients * kEach; }));
    for (const ReceivedRequest &got : requests)
        QCOMPARE(got.verdict, Verdict::ValidWholeBody);
    receiver->stop();
    QVERIFY(!receiver->isRunning());
    QVERIFY(receiver->start({}).has_value());
    thread.quit(); // while it runs
    QVERIFY(thread.wait(5000));
}

void TestReceiver::stringConnectionsKnowTheType()
{
    Listening sink;
    QSignalSpy spy(&sink.receiver, SIGNAL(received(hookbench::receiver::ReceivedRequest)));
    QVERIFY(spy.isValid());
    RawClient client(sink.receiver.port());
    client.send(request({}, "{}"));
    QCOMPARE(statusOf(client.answers()), 200);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.first().first().value<ReceivedRequest>().body, "{}");
}

QTEST_GUILESS_MAIN(TestReceiver)
#include "tst_receiver.moc"
