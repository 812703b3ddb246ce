// The server over real sockets: framing, keep-alive, refusals, time-outs, limits, answers that come later or never.
#include "core/http/server.h"
#include "tests/http/raw_client.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QLocale>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QThread>
#include <QtTest>

#include <deque>

using namespace hookbench;
using namespace hookbench::http;
using namespace hookbench::tests;
using namespace std::chrono_literals;

namespace {

/// Answers every request with what it was: method, target and body.
void echo(Request request, const Responder &responder)
{
    responder.answer({ .status = 200, .body = request.method + " " + request.target + " " + request.body });
}

Options quickOptions()
{
    Options options;
    options.timeouts
        = { .head = 150ms, .body = 150ms, .idle = 150ms, .answer = 300ms, .drain = 150ms, .linger = 150ms };
    return options;
}

/// A server that listens; the test fails when it does not.
class Listening : public Server
{
public:
    explicit Listening(Handler handler = echo, const Options &options = {})
        : Server(std::move(handler))
    {
        const auto address = listen(options);
        if (!address)
            qFatal("%s", address.error().message.c_str());
    }
};

} // namespace

class TestServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listens();
    void refusesToListen();
    void listensAgainOnTheSamePort();
    void deliveriesOfBytes_data();
    void deliveriesOfBytes();
    void requestKnowsItsPeer();
    void answersAreDated();
    void keepAlive_data();
    void keepAlive();
    void pipelinedRequestsAreAnsweredInOrder();
    void oneRequestAtATime();
    void continues();
    void continuesOnlyWhenTheBodyIsNotThereYet();
    void refusals_data();
    void refusals();
    void refusalReachesAClientThatStillSends();
    void headAndEmptyAnswers();
    void slowClients_data();
    void slowClients();
    void silentClientsAreDropped();
    void aDrippingBodyIsSlowToo();
    void aClientThatDoesNotReadIsDropped();
    void answersLater();
    void answersFromAnotherCopy();
    void closesWithoutAnswer();
    void holdsUntilTheClientLeaves();
    void holdsNoLongerThanTheLimit();
    void aForgottenRequestGets500();
    void anAnswerThatCannotBeSentGets500();
    void answersAfterTheClientLeftAreIgnored();
    void answersAfterTheServerIsGoneAreIgnored();
    void connectionsAreLimited();
    void bytesBeingReceivedAreLimited();
    void largeBodies();
    void largeAnswers();
    void manyFreshConnections();
    void runsInAThreadOfItsOwn();
};

void TestServer::listens()
{
    Server server(echo);
    QVERIFY(!server.isListening());
    QCOMPARE(server.port(), std::uint16_t(0));
    const auto address = server.listen({});
    QVERIFY(address.has_value());
    QVERIFY(server.isListening());
    QCOMPARE(*address, "http://127.0.0.1:" + std::to_string(server.port()));
    QCOMPARE(server.listen({}).error().code, "http-listening");

    Server second(echo);
    const auto secondAddress = second.listen({ .address = "localhost" });
    QCOMPARE(secondAddress.value(), "http://127.0.0.1:" + std::to_string(second.port()));
    QVERIFY(second.port() != server.port());

    Server everywhere(echo);
    const auto everywhereAddress = everywhere.listen({ .address = "0.0.0.0" });
    QCOMPARE(everywhereAddress.value(), "http://127.0.0.1:" + std::to_string(everywhere.port()));
    RawClient client(everywhere.port());
    client.send("GET /a HTTP/1.1\r\nHost: x.localhost\r\n\r\n");
    QCOMPARE(bodyOf(client.answers()), "GET /a ");

    server.close();
    QVERIFY(!server.isListening());
    QTcpSocket late;
    late.connectToHost(QStringLiteral("127.0.0.1"),
        static_cast<quint16>(QByteArray::fromStdString(*address).split(':').last().toUInt()));
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
}

void TestServer::refusesToListen()
{
    Listening first;
    Server server(echo);
    const auto taken = server.listen({ .port = first.port() });
    QCOMPARE(taken.error().code, "http-port");
    QVERIFY(taken.error().message.find("another program") != std::string::npos);
    QVERIFY(!server.isListening());
    QCOMPARE(server.listen({ .address = "not an address" }).error().code, "http-address");
    QCOMPARE(server.listen({ .address = "203.0.113.1" }).error().code, "http-port"); // not of this machine
    QVERIFY(server.listen({}).has_value());
}

void TestServer::listensAgainOnTheSamePort()
{
    Listening server;
    const std::uint16_t port = server.port();
    for (int i = 0; i < 3; ++i) {
        RawClient client(port);
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(statusOf(client.answers()), 200);
        server.close();
        QCOMPARE(client.untilClosed(), QByteArray());
        QVERIFY(server.listen({ .port = port }).has_value());
    }
}

void TestServer::deliveriesOfBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("piece");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray plain = "POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n\r\nhello\r\nthere";
    const QByteArray chunked = "POST /c HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "1\r\nh\r\n3;x=y\r\nell\r\n00000d\r\no world\r\n\r\n!!\r\n0\r\nX: y\r\n\r\n";
    for (const int piece : { 1, 2, 3, 7, 64, 100'000 }) {
        QTest::addRow("length, pieces of %d", piece) << plain << piece << QByteArray("POST /p hello\r\nthere");
        QTest::addRow("chunked, pieces of %d", piece)
            << chunked << piece << QByteArray("POST /c hello world\r\n\r\n!!");
    }
}

void TestServer::deliveriesOfBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, piece);
    QFETCH(QByteArray, expected);
    Listening server;
    RawClient client(server.port());
    client.sendInPieces(bytes, piece);
    QCOMPARE(bodyOf(client.answers()), expected);
    client.sendInPieces(bytes, piece); // the connection is still good
    QCOMPARE(bodyOf(client.answers()), expected);
}

void TestServer::requestKnowsItsPeer()
{
    std::string peer;
    std::chrono::steady_clock::time_point begun;
    Listening server([&](Request request, const Responder &responder) {
        peer = request.peer;
        begun = request.begun;
        responder.answer({});
    });
    RawClient client(server.port());
    const auto before = std::chrono::steady_clock::now();
    client.send("GET / HTTP/1.1\r\n");
    QTest::qWait(30);
    const auto rest = std::chrono::steady_clock::now();
    client.send("Host: localhost\r\n\r\n");
    QCOMPARE(statusOf(client.answers()), 200);
    QCOMPARE(peer, "127.0.0.1:" + std::to_string(client.socket().localPort()));
    QVERIFY(begun >= before && begun <= rest);
}

void TestServer::answersAreDated()
{
    Listening server;
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const QRegularExpression field(
        QStringLiteral("\r\nDate: (\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d) GMT\r\n"));
    const QString date = field.match(QString::fromLatin1(client.answers())).captured(1);
    QDateTime said = QLocale::c().toDateTime(date, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss"));
    said.setTimeSpec(Qt::UTC);
    QVERIFY2(qAbs(said.secsTo(QDateTime::currentDateTimeUtc())) < 60, qPrintable(date));
}

void TestServer::keepAlive_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("kept");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("HTTP/1.1") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") << true << QByteArray();
    QTest::newRow("HTTP/1.1, close") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                     << false << QByteArray("Connection: close\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false << QByteArray("Connection: close\r\n");
    QTest::newRow("HTTP/1.0, keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true
                                          << QByteArray("Connection: keep-alive\r\n");
    QTest::newRow("the handler closes") << QByteArray("GET /close HTTP/1.1\r\nHost: localhost\r\n\r\n") << false
                                        << QByteArray("Connection: close\r\n");
}

void TestServer::keepAlive()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, kept);
    QFETCH(QByteArray, header);
    Listening server([](const Request &got, const Responder &responder) {
        Response response;
        response.close = got.target == "/close";
        responder.answer(response);
    });
    RawClient client(server.port());
    client.send(request);
    const QByteArray answer = client.answers();
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(answer.contains("Connection: "), !header.isEmpty());
    QVERIFY(answer.contains(header));
    if (kept) {
        client.send(request);
        QCOMPARE(statusOf(client.answers()), 200);
        QCOMPARE(server.connections(), std::size_t(1));
    } else {
        QCOMPARE(client.untilClosed(), QByteArray());
        QTRY_COMPARE(server.connections(), std::size_t(0));
    }
}

void TestServer::pipelinedRequestsAreAnsweredInOrder()
{
    Listening server;
    RawClient client(server.port());
    QByteArray requests;
    for (int i = 0; i < 500; ++i)
        requests += "POST /" + QByteArray::number(i) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc";
    client.send(requests);
    const QByteArray answers = client.answers(500);
    qsizetype at = 0;
    for (int i = 0; i < 500; ++i) {
        const qsizetype next = answers.indexOf(QByteArray("POST /" + QByteArray::number(i) + " abc"), at);
        QVERIFY(next >= at);
        at = next;
    }
    QCOMPARE(RawClient::countAnswers(answers), 500);
}

void TestServer::oneRequestAtATime()
{
    std::deque<Responder> waiting;
    Listening server([&](const Request &, const Responder &responder) { waiting.push_back(responder); });
    RawClient client(server.port());
    const QByteArray request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    client.send(request + request + request);
    for (int status : { 201, 202, 203 }) {
        QTRY_COMPARE(waiting.size(), std::size_t(1));
        QTest::qWait(20);
        QCOMPARE(waiting.size(), std::size_t(1));
        waiting.front().answer({ .status = status });
        waiting.pop_front();
        QCOMPARE(statusOf(client.answers()), status);
    }
}

void TestServer::continues()
{
    Listening server;
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.answers(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    QCOMPARE(bodyOf(client.answers()), "POST / abc");
}

void TestServer::continuesOnlyWhenTheBodyIsNotThereYet()
{
    Listening server;
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
    QCOMPARE(statusOf(client.answers()), 200);
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n"); // no body to continue with
    QCOMPARE(statusOf(client.answers()), 200);
}

void TestServer::refusals_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01garbage") << 400;
    QTest::newRow("both framings") << QByteArray(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                                   << 400;
    QTest::newRow("unknown coding") << QByteArray(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n")
                                    << 501;
    QTest::newRow("version") << QByteArray("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n") << 505;
    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("head too large") << "GET / HTTP/1.1\r\nHost: localhost\r\nA: " + QByteArray(70'000, 'a') << 431;
    QTest::newRow("too many headers") << "GET / HTTP/1.1\r\nHost: localhost\r\n" + QByteArray("a:\r\n").repeated(200)
            + "\r\n" << 431;
    QTest::newRow("body too large") << QByteArray(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 67108865\r\n\r\n")
                                    << 413;
    QTest::newRow("body too large, asking first")
        << QByteArray("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 67108865\r\n\r\n")
        << 413;
    QTest::newRow("chunk too large") << QByteArray(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4000001\r\n")
                                     << 413;
    QTest::newRow("foreign host") << QByteArray("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n") << 403;
    QTest::newRow("foreign host before the body")
        << QByteArray("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n")
        << 403;
    QTest::newRow("foreign host in the target")
        << QByteArray("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n") << 403;
    QTest::newRow("foreign host behind userinfo")
        << QByteArray("GET http://localhost@evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n") << 403;
    QTest::newRow("foreign host in HTTP/1.0") << QByteArray("GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n") << 403;
    QTest::newRow("malformed host") << QByteArray("GET / HTTP/1.1\r\nHost: local/host\r\n\r\n") << 400;
    QTest::newRow("empty host") << QByteArray("GET / HTTP/1.1\r\nHost:\r\n\r\n") << 403;
    QTest::newRow("allowed host") << QByteArray(
        "GET / HTTP/1.1\r\nHost: Tunnel.example:443\r\nConnection: close\r\n\r\n")
                                  << 200;
    QTest::newRow("allowed host in the target")
        << QByteArray("GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: tunnel.example\r\nConnection: close\r\n\r\n") << 200;
}

void TestServer::refusals()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    int handled = 0;
    Options options;
    options.allowedHosts = { "tunnel.example" };
    Listening server(
        [&](const Request &, const Responder &responder) {
            ++handled;
            responder.answer({});
        },
        options);
    QSignalSpy refused(&server, &Server::refused);
    RawClient client(server.port());
    client.send(bytes);
    const QByteArray answer = client.untilClosed();
    QCOMPARE(statusOf(answer), status);
    QCOMPARE(RawClient::countAnswers(answer), 1);
    QVERIFY(answer.contains("Connection: close\r\n"));
    QCOMPARE(handled, status == 200 ? 1 : 0);
    QCOMPARE(refused.size(), status == 200 ? 0 : 1);
    if (status != 200) {
        const auto refusal = refused.first().at(1).value<Refusal>();
        QCOMPARE(refusal.status, status);
        QCOMPARE(bodyOf(answer), QByteArray::fromStdString(refusal.message + "\n"));
    }
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

// Closing while the client still sends would reset the connection, and the client would never see why.
void TestServer::refusalReachesAClientThatStillSends()
{
    Listening server;
    for (int i = 0; i < 20; ++i) {
        RawClient client(server.port());
        client.send(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n" + QByteArray(3'000'000, 'x'));
        const QByteArray answer = client.untilClosed();
        QCOMPARE(statusOf(answer), 413);
    }
}

void TestServer::headAndEmptyAnswers()
{
    Listening server([](const Request &request, const Responder &responder) {
        responder.answer({ .status = request.target == "/empty" ? 204 : 200, .body = "hello" });
    });
    RawClient client(server.port());
    client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /empty HTTP/1.1\r\nHost: localhost\r\n\r\nGET / "
                "HTTP/1.1\r\nHost: "
                "localhost\r\nConnection: close\r\n\r\n");
    const QByteArray answers = client.untilClosed();
    QCOMPARE(answers.count("hello"), 1);
    QCOMPARE(answers.count("Content-Length: 5\r\n"), 2);
    QCOMPARE(answers.count("HTTP/1.1 204 No Content\r\n"), 1);
    QCOMPARE(answers.count("HTTP/1.1 200 OK\r\n"), 2);
}

void TestServer::slowClients_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status"); // 0: closed without a word
    QTest::newRow("nothing sent") << QByteArray() << 0;
    QTest::newRow("only empty lines") << QByteArray("\r\n\r\n") << 0;
    QTest::newRow("half a request line") << QByteArray("POST / HT") << 408;
    QTest::newRow("half a head") << QByteArray("POST / HTTP/1.1\r\nHost: localhost\r\n") << 408;
    QTest::newRow("half a body") << QByteArray("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel")
                                 << 408;
    QTest::newRow("half a chunk") << QByteArray(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")
                                  << 408;
    QTest::newRow("idle after a request") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") << 200;
    QTest::newRow("half a request after another")
        << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /") << 200;
}

void TestServer::slowClients()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    Listening server(echo, quickOptions());
    RawClient client(server.port());
    QElapsedTimer timer;
    timer.start();
    client.send(bytes);
    const QByteArray answer = client.untilClosed(3000);
    QCOMPARE(statusOf(answer), status);
    QVERIFY(timer.elapsed() >= 140);
    QCOMPARE(answer.count("HTTP/1.1 408 Request Timeout"), status == 408 || bytes.endsWith("GET /") ? 1 : 0);
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestServer::silentClientsAreDropped()
{
    Options options;
    options.timeouts.head = 1500ms;
    Listening server(echo, options);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 50; ++i)
        clients.push_back(std::make_unique<RawClient>(server.port()));
    QTRY_COMPARE(server.connections(), std::size_t(50));
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestServer::aDrippingBodyIsSlowToo()
{
    Listening server(echo, quickOptions());
    for (const char *head : { "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: localhost\r\nA: " }) {
        RawClient client(server.port());
        client.send(head);
        QByteArray got;
        QElapsedTimer timer;
        timer.start();
        while (got.isEmpty() && timer.elapsed() < 3000) {
            client.send("x");
            QTest::qWait(10);
            got += client.socket().readAll();
        }
        QCOMPARE(statusOf(got), 408);
    }
}

void TestServer::aClientThatDoesNotReadIsDropped()
{
    bool handled = false;
    Listening server(
        [&](const Request &, const Responder &responder) {
            handled = true;
            responder.answer({ .status = 200, .body = std::string(50'000'000, 'x') });
        },
        quickOptions());
    RawClient client(server.port());
    client.socket().setReadBufferSize(1000);
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(waitFor([&] { return handled; }));
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestServer::answersLater()
{
    std::optional<Responder> later;
    Listening server([&](const Request &request, const Responder &responder) {
        if (request.target == "/slow")
            later = responder;
        else
            responder.answer({ .status = 200, .body = "quick" });
    });
    RawClient slow(server.port());
    RawClient quick(server.port());
    slow.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    quick.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(bodyOf(quick.answers()), "quick");
    QVERIFY(waitFor([&] { return later.has_value(); }));
    QCOMPARE(slow.socket().bytesAvailable(), 0);
    QTimer::singleShot(20, &server, [&] { later->answer({ .status = 200, .body = "slow" }); });
    QCOMPARE(bodyOf(slow.answers()), "slow");
    slow.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(bodyOf(slow.answers()), "quick");
}

void TestServer::answersFromAnotherCopy()
{
    Listening server([](const Request &, const Responder &responder) {
        const Responder copy = responder;
        QVERIFY(responder.isOpen());
        copy.answer({ .status = 201 });
        QVERIFY(!responder.isOpen());
        responder.answer({ .status = 202 });
        responder.close();
        responder.hold();
    });
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const QByteArray answer = client.untilClosed();
    QCOMPARE(statusOf(answer), 201);
    QCOMPARE(RawClient::countAnswers(answer), 1);
}

void TestServer::closesWithoutAnswer()
{
    Listening server([](const Request &, const Responder &responder) { responder.close(); });
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
    QCOMPARE(client.untilClosed(), QByteArray());
    QCOMPARE(client.socket().error(), QAbstractSocket::RemoteHostClosedError);
}

void TestServer::holdsUntilTheClientLeaves()
{
    Listening server([](const Request &, const Responder &responder) { responder.hold(); });
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::qWait(100);
    QCOMPARE(client.socket().bytesAvailable(), 0);
    QCOMPARE(server.connections(), std::size_t(1));
    client.socket().close();
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestServer::holdsNoLongerThanTheLimit()
{
    Listening server([](const Request &, const Responder &responder) { responder.hold(); }, quickOptions());
    RawClient client(server.port());
    QElapsedTimer timer;
    timer.start();
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(client.untilClosed(), QByteArray());
    QVERIFY(timer.elapsed() >= 290);
}

void TestServer::aForgottenRequestGets500()
{
    Listening server([](const Request &, const Responder &) {});
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(statusOf(client.answers()), 500);
}

void TestServer::anAnswerThatCannotBeSentGets500()
{
    Listening server([](const Request &, const Responder &responder) {
        responder.answer({ .status = 200, .headers = { { "X-A", "b\r\nSet-Cookie: c" } } });
    });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("An answer cannot be sent")));
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const QByteArray answer = client.answers();
    QCOMPARE(statusOf(answer), 500);
    QVERIFY(!answer.contains("Set-Cookie"));
    QVERIFY(bodyOf(answer).contains("X-A"));
}

void TestServer::answersAfterTheClientLeftAreIgnored()
{
    std::vector<Responder> waiting;
    Listening server([&](const Request &, const Responder &responder) { waiting.push_back(responder); });
    {
        RawClient client(server.port());
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_COMPARE(waiting.size(), std::size_t(1));
        QVERIFY(waiting.front().isOpen());
    }
    QTRY_COMPARE(server.connections(), std::size_t(0));
    QVERIFY(!waiting.front().isOpen());
    waiting.front().answer({});
    waiting.clear();
    RawClient next(server.port());
    next.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(waiting.size(), std::size_t(1));
}

void TestServer::answersAfterTheServerIsGoneAreIgnored()
{
    std::vector<Responder> waiting;
    auto server = std::make_unique<Listening>(
        [&](const Request &, const Responder &responder) { waiting.push_back(responder); });
    RawClient client(server->port());
    RawClient other(server->port());
    for (RawClient *each : { &client, &other })
        each->send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(waiting.size(), std::size_t(2));
    server->close();
    QVERIFY(!waiting.front().isOpen());
    waiting.front().answer({});
    server.reset();
    waiting.back().answer({});
    waiting.clear();
    QCOMPARE(client.untilClosed(), QByteArray());
}

void TestServer::connectionsAreLimited()
{
    Options options;
    options.connections = 3;
    Listening server(echo, options);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send("GET /" + QByteArray::number(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bodyOf(clients[static_cast<std::size_t>(i)]->answers()), "GET /" + QByteArray::number(i) + " ");
    QTest::qWait(50);
    QCOMPARE(server.connections(), std::size_t(3));
    for (std::size_t i = 3; i < 10; ++i) {
        QCOMPARE(clients[i]->socket().bytesAvailable(), 0);
        clients[i - 3].reset(); // makes room for one
        QCOMPARE(statusOf(clients[i]->answers()), 200);
        QVERIFY(server.connections() <= 3);
    }
}

void TestServer::bytesBeingReceivedAreLimited()
{
    Options options;
    options.receivingBytes = 1'000'000;
    Listening server(echo, options);
    const QByteArray start = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 800000\r\n\r\n";
    RawClient first(server.port());
    first.send(start + QByteArray(600'000, 'a'));
    QTest::qWait(50);
    RawClient second(server.port());
    second.send(start + QByteArray(600'000, 'b'));
    QCOMPARE(statusOf(second.untilClosed()), 503);
    first.send(QByteArray(200'000, 'a'));
    QCOMPARE(statusOf(first.answers()), 200);
    RawClient third(server.port()); // what the others held has been given back
    third.send(start + QByteArray(800'000, 'c'));
    QCOMPARE(statusOf(third.answers()), 200);
}

void TestServer::largeBodies()
{
    std::string got;
    Listening server([&](Request request, const Responder &responder) {
        got = std::move(request.body);
        responder.answer({});
    });
    QByteArray body(10'000'000, '\0');
    for (qsizetype i = 0; i < body.size(); ++i)
        body[i] = static_cast<char>(i * 7919 >> 8);
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n" + body);
    QCOMPARE(statusOf(client.answers()), 200);
    QVERIFY(got == body.toStdString());

    QByteArray chunked;
    for (qsizetype at = 0, size = 1; at < body.size(); at += size, size = size * 3 % 99'991 + 1) {
        const QByteArray chunk = body.mid(at, size);
        chunked += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n";
    }
    got.clear();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked + "0\r\n\r\n");
    QCOMPARE(statusOf(client.answers()), 200);
    QVERIFY(got == body.toStdString());
}

void TestServer::largeAnswers()
{
    const std::string body(20'000'000, 'y');
    Listening server(
        [&](const Request &, const Responder &responder) { responder.answer({ .status = 200, .body = body }); });
    RawClient client(server.port());
    client.send(
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const QByteArray answers = client.untilClosed(20'000);
    QCOMPARE(RawClient::countAnswers(answers), 2);
    QCOMPARE(answers.count('y'), 40'000'000);
}

void TestServer::manyFreshConnections()
{
    Listening server;
    for (int i = 0; i < 1000; ++i) {
        RawClient client(server.port());
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        QCOMPARE(bodyOf(client.untilClosed()), "POST / abc");
    }
    QTRY_COMPARE(server.connections(), std::size_t(0));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(server.findChildren<QTcpSocket *>().isEmpty());
}

void TestServer::runsInAThreadOfItsOwn()
{
    QThread thread;
    thread.start();
    auto *server = new Server([&thread](const Request &, const Responder &responder) {
        QCOMPARE(QThread::currentThread(), &thread);
        responder.answer({});
    });
    server->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, server, &QObject::deleteLater);
    std::uint16_t port = 0;
    QMetaObject::invokeMethod(
        server,
        [&] {
            QVERIFY(server->listen({}).has_value());
            port = server->port();
        },
        Qt::BlockingQueuedConnection);
    QSignalSpy refused(server, &Server::refused);
    for (int i = 0; i < 20; ++i) {
        RawClient client(port);
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QCOMPARE(statusOf(client.untilClosed()), 200);
    }
    RawClient client(port);
    client.send("nonsense\r\n");
    QCOMPARE(statusOf(client.untilClosed()), 400);
    QTRY_COMPARE(refused.size(), 1);
    thread.quit();
    QVERIFY(thread.wait(5000));
}

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
