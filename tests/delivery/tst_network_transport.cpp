// QNetworkAccessManager held to what we want, seen from the other end of the wire.
#include "core/delivery/network_transport.h"
#include "core/delivery/queue.h"
#include "core/delivery/redirect_follower.h"
#include "tests/delivery/sending.h"
#include "tests/delivery/wire_rows.h"
#include "tests/support/compressed.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QtTest>
#include <cmath>
#include <map>
#include <thread>

using namespace hookbench;
using namespace hookbench::delivery;
using namespace std::chrono_literals;
using test::response;
using test::Script;
using test::ScriptedServer;
using test::WireRequest;

namespace {

/// The same for every request.
ScriptedServer::Answer always(Script script)
{
    return [script = std::move(script)](const WireRequest &) { return script; };
}

ScriptedServer::Answer answering(int status, std::string_view body = {}, std::string_view fields = {})
{
    return always(Script().send(response(status, body, fields)));
}

/// Time in which a request sent a second time would have come.
constexpr int kSettleMs = 60;

/// Of this process, in kB.
long memoryPeak()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toLong();
    return 0;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMostMemory = 400'000; ///< KiB; AddressSanitizer keeps 256 MiB of what was freed.
#else
constexpr long kMostMemory = 60'000; ///< KiB
#endif

TransportOptions within(std::chrono::milliseconds timeout)
{
    TransportOptions options;
    options.timeout = timeout;
    return options;
}

std::string wireText(const Request &request, const Outcome &outcome)
{
    std::string text = request.method + " " + request.wireTarget() + " HTTP/1.1\r\n";
    for (const Header &header : outcome.requestHeaders)
        text += header.name + ": " + header.value + "\r\n";
    return text + "\r\n" + request.body;
}

} // namespace

class TestNetworkTransport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsTheRequestOnTheWire_data();
    void putsTheRequestOnTheWire();
    void addsNothingOfQt();
    void sendsWhatSegmentSends_data();
    void sendsWhatSegmentSends();
    void targetsAreAsAnnounced_data();
    void targetsAreAsAnnounced();
    void sendsLargeBodiesWhole();
    void sendsOnceWhenTheServerGoes_data();
    void sendsOnceWhenTheServerGoes();
    void opensAConnectionEachTime_data();
    void opensAConnectionEachTime();
    void keepsConnectionsWhenAsked();
    void neverRepeatsOverAClosingConnection();
    void classifiesStatus_data();
    void classifiesStatus();
    void answersNoChallenge_data();
    void answersNoChallenge();
    void interimAnswersAreUnknown_data();
    void interimAnswersAreUnknown();
    void readsBodies_data();
    void readsBodies();
    void cutOffBodiesKeepTheirStatus_data();
    void cutOffBodiesKeepTheirStatus();
    void inflates();
    void inflatesUnderTheCap();
    void boundsTheTimeOfADrippedHead();
    void boundsTheTimeOfADrippedBody();
    void isNotHeldUpByAFlood_data();
    void isNotHeldUpByAFlood();
    void tellsWhereTheTimeWent_data();
    void tellsWhereTheTimeWent();
    void saysWhenTheHeadIsTooMuch_data();
    void saysWhenTheHeadIsTooMuch();
    void keepsNoCookies();
    void keepsSeveralCookieFieldsApart();
    void leaksNothingToAnotherHost();
    void followsWhenAsked();
    void ignoresTheEnvironmentsProxy();
    void usesAProxyWhenTold();
    void checksCertificates();
    void acceptsSelfSignedWhenTold();
    void acceptsNoWrongNameForSelfSigned();
    void tellsWhyThereIsNoAnswer_data();
    void tellsWhyThereIsNoAnswer();
    void cancelsFromAnyThread();
    void cancelledBeforeItStarts();
    void sendsManyAtOnce();
    void mayEndWhileSending();
};

void TestNetworkTransport::putsTheRequestOnTheWire_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("headers");
    for (const char *method : { "POST", "PUT", "PATCH" }) {
        QTest::addRow("%s", method) << QByteArray(method) << QByteArray(R"({"a":"é€🔑"})") << QByteArray("{}");
        QTest::addRow("%s without a body", method) << QByteArray(method) << QByteArray() << QByteArray("{}");
        QTest::addRow("%s with headers", method)
            << QByteArray(method) << QByteArray("{}")
            << QByteArray(
                   R"({"X-Latin":"ÿ é","Cookie":"a=b","Range":"bytes=0-1","If-Modified-Since":"junk","X-Empty":"","Accept":"text/x","Date":"now",
                "Accept-Encoding":"br","Accept-Language":"tlh","7":"seven","Host":"other.example","Expect":"x","Keep-Alive":"1"})");
        QTest::addRow("%s without a body, with headers", method)
            << QByteArray(method) << QByteArray()
            << QByteArray(
                   R"({"Content-Type":"","User-Agent":"","Accept-Language":"","Accept-Encoding":"","Authorization":""})");
    }
    QTest::newRow("GET") << QByteArray("GET") << QByteArray() << QByteArray("{}");
}

void TestNetworkTransport::putsTheRequestOnTheWire()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, headers);
    ScriptedServer server(answering(200, "ok"));
    NetworkTransport transport;
    const RequestPtr request
        = requestTo(server.url("/p/q?x=1&y"), data.toStdString(), headers.toStdString(), method.toStdString());
    const Outcome outcome = sendAndWait(transport, request);
    QVERIFY2(outcome.delivered(), outcome.message.c_str());
    QCOMPARE(server.requestCount(), 1);
    const WireRequest wire = server.requests().front();
    QCOMPARE(bytes(wire.bytes), bytes(wireText(*request, outcome)));
    QCOMPARE(bytes(wire.body()), bytes(request->body));
    QCOMPARE(wire.field("content-length"), std::optional(std::to_string(request->body.size())));
    QCOMPARE(wire.field("content-type").has_value(), findHeader(request->headers, "content-type") != nullptr);
    QCOMPARE(wire.field("connection"), std::optional<std::string>("close"));
    for (const Header &header : request->headers)
        QCOMPARE(trimmedValue(wire.field(header.name).value_or("missing")), trimmedValue(header.value));
}

void TestNetworkTransport::addsNothingOfQt()
{
    ScriptedServer server(answering(200, "ok"));
    NetworkTransport transport;
    auto request = std::make_shared<Request>(*requestTo(server.url("/"), "{}", "{}", "POST"));
    std::erase_if(request->headers, [](const Header &header) {
        return sameHeaderName(header.name, "user-agent") || sameHeaderName(header.name, "accept-encoding");
    });
    const Outcome outcome = sendAndWait(transport, request);
    QVERIFY2(outcome.delivered(), outcome.message.c_str());
    const WireRequest wire = server.requests().front();
    QCOMPARE(bytes(wire.bytes), bytes(wireText(*request, outcome)));
    QCOMPARE(trimmedValue(wire.field("user-agent").value_or("missing")), std::string());
    QCOMPARE(trimmedValue(wire.field("accept-encoding").value_or("missing")), std::string());
}

void TestNetworkTransport::sendsWhatSegmentSends_data()
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/delivery/requests.ndjson"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    for (int number = 1; !file.atEnd(); ++number)
        QTest::addRow("%d", number) << file.readLine().trimmed();
}

void TestNetworkTransport::sendsWhatSegmentSends()
{
    QFETCH(QByteArray, line);
    const auto row = json::parse({ line.constData(), static_cast<std::size_t>(line.size()) });
    QVERIFY(row.has_value());
    const json::Value expect = row->root().find("expect");
    if (expect.isNull())
        return;
    std::vector<destination::Payload> payloads;
    for (const json::Value payload : row->root().find("payloads").items())
        payloads.push_back(payloadOf(payload));
    const json::Value secret = row->root().find("secret");
    const signing::Signer signer(std::string(secret.isString() ? secret.asString() : ""));
    RequestOptions options;
    options.signer = secret.isString() && secret.size() > 0 ? &signer : nullptr;
    auto built = buildRequest(payloads, row->root().find("batch").asBoolean(), options);
    QVERIFY(built.has_value());
    // To the test's own server; the target, the headers and the body stay.
    ScriptedServer server(answering(200));
    Request request = *built;
    const auto address = destination::addressOf(server.url(request.target));
    QVERIFY(address.has_value());
    QVERIFY(pointAt(request, *address).has_value());
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, std::make_shared<const Request>(request));
    QVERIFY2(outcome.delivered(), outcome.message.c_str());
    QCOMPARE(server.requestCount(), 1);
    const WireRequest wire = server.requests().front();
    QCOMPARE(bytes(wire.bytes), bytes(wireText(request, outcome)));
    QCOMPARE(bytes(wire.body()), bytes(expect.find("body").asString()));
    Headers got;
    for (const auto &[name, value] : wire.fields())
        if (name != "Accept-Language")
            got.push_back({ name, value });
    QCOMPARE(headLines(got), headLines(headersOf(expect.find("headers"))));
}

void TestNetworkTransport::targetsAreAsAnnounced_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target : { "/", "/a/b", "/%41%7e", "/a/../b", "//a//b", "/a/./b/", "/it's?it's", "/x?a=%20b+c&d",
             "/%E2%82%AC", "/x?/../y", "/?", "/x#fragment", "/;p=1", "/a:b@c", "/*", "/..", "/%2e%2e/x", "/%2F/%5C",
             "/~x!$&'()*+,;=:@" })
        QTest::newRow(target) << QByteArray(target);
}

void TestNetworkTransport::targetsAreAsAnnounced()
{
    QFETCH(QByteArray, target);
    ScriptedServer server(answering(200));
    NetworkTransport transport;
    const RequestPtr request = requestTo(server.url(target.toStdString()));
    QVERIFY(sendAndWait(transport, request).delivered());
    QCOMPARE(bytes(server.requests().front().target()), bytes(request->wireTarget()));
}

void TestNetworkTransport::sendsLargeBodiesWhole()
{
    ScriptedServer server(answering(200));
    NetworkTransport transport;
    const RequestPtr request = requestTo(server.url(), "{\"x\":\"" + std::string(5'000'000, 'x') + "\"}");
    const Outcome outcome = sendAndWait(transport, request);
    QVERIFY2(outcome.delivered(), outcome.message.c_str());
    QVERIFY(server.requests().front().body() == request->body);
}

void TestNetworkTransport::sendsOnceWhenTheServerGoes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("keepAlive");
    for (const char *method : { "POST", "PUT", "PATCH", "GET" })
        for (const char *data : { R"({"a":1})", "" })
            for (const bool reset : { false, true })
                for (const bool keepAlive : { false, true })
                    if (*data == '\0' || QByteArray(method) != "GET")
                        QTest::addRow(
                            "%s %s %s %s", method, data, reset ? "reset" : "close", keepAlive ? "keep-alive" : "fresh")
                            << QByteArray(method) << QByteArray(data) << reset << keepAlive;
}

void TestNetworkTransport::sendsOnceWhenTheServerGoes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, data);
    QFETCH(bool, reset);
    QFETCH(bool, keepAlive);
    ScriptedServer server(always(reset ? Script().reset() : Script().close()));
    NetworkTransport transport;
    TransportOptions options;
    options.keepAlive = keepAlive;
    const Outcome outcome
        = sendAndWait(transport, requestTo(server.url(), data.toStdString(), "{}", method.toStdString()), options);
    settle(kSettleMs);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(server.connectionCount(), 1);
    QCOMPARE(outcome.failure, Failure::ConnectionClosed);
    QVERIFY(outcome.outcomeUnknown);
    QVERIFY(!outcome.response);
}

void TestNetworkTransport::opensAConnectionEachTime_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("server says nothing") << QByteArray();
    QTest::newRow("server would keep it") << QByteArray("Connection: keep-alive\r\n");
    QTest::newRow("server says close and keeps it") << QByteArray("connection: Close\r\n");
    QTest::newRow("server says both") << QByteArray("Connection: keep-alive\r\nConnection: close\r\n");
}

void TestNetworkTransport::opensAConnectionEachTime()
{
    QFETCH(QByteArray, field);
    ScriptedServer server(answering(200, "{}", field.toStdString()));
    NetworkTransport transport;
    for (int i = 0; i < 5; ++i)
        QVERIFY(sendAndWait(transport, requestTo(server.url())).delivered());
    QCOMPARE(server.connectionCount(), 5);
}

void TestNetworkTransport::keepsConnectionsWhenAsked()
{
    ScriptedServer server(answering(200));
    NetworkTransport transport;
    TransportOptions options;
    options.keepAlive = true;
    for (int i = 0; i < 5; ++i)
        QVERIFY(sendAndWait(transport, requestTo(server.url()), options).delivered());
    QCOMPARE(server.connectionCount(), 1);
    QCOMPARE(server.requests().back().field("connection"), std::optional<std::string>("Keep-Alive"));
}

void TestNetworkTransport::neverRepeatsOverAClosingConnection()
{
    // The race of an idle connection that the server closes just as we use it again: it may fail, it must not repeat.
    ScriptedServer server([](const WireRequest &request) {
        Script script;
        script.send(response(200));
        if (request.number % 3 == 2)
            script.close();
        return script;
    });
    NetworkTransport transport;
    TransportOptions options;
    options.keepAlive = true;
    int delivered = 0;
    constexpr int kRounds = 300;
    for (int i = 0; i < kRounds; ++i) {
        const Outcome outcome
            = sendAndWait(transport, requestTo(server.url(), "{\"n\":" + std::to_string(i) + "}"), options);
        delivered += outcome.delivered() ? 1 : 0;
        QVERIFY(outcome.delivered() || outcome.failure == Failure::ConnectionClosed);
    }
    settle(kSettleMs);
    QVERIFY(delivered > 0);
    QCOMPARE(server.requestCount(), delivered);
    QSet<QByteArray> bodies;
    for (const WireRequest &request : server.requests())
        bodies.insert(bytes(request.body()));
    QCOMPARE(bodies.size(), server.requestCount());
}

void TestNetworkTransport::classifiesStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("failure");
    for (const int status : { 200, 201, 202, 204, 205, 206, 207, 226, 299 })
        QTest::addRow("%d", status) << status << QByteArray("none");
    for (const int status : { 301, 302, 303, 307, 308 })
        QTest::addRow("%d", status) << status << QByteArray("redirect");
    for (const int status : { 300, 304, 305, 400, 401, 403, 404, 405, 407, 408, 409, 410, 413, 418, 421, 425, 429, 451,
             499, 500, 501, 502, 503, 511, 598, 599, 600, 999 })
        QTest::addRow("%d", status) << status << QByteArray("http-status");
}

void TestNetworkTransport::classifiesStatus()
{
    QFETCH(int, status);
    QFETCH(QByteArray, failure);
    const std::string body = status == 204 || status == 304 ? "" : "the body";
    ScriptedServer server(answering(status, body, "Location: http://127.0.0.1:1/\r\nX-Seen: yes\r\n"));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    settle(5);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(failureName(outcome.failure), failure);
    QCOMPARE(outcome.status(), status);
    QCOMPARE(outcome.response->reason, std::string("Status"));
    QCOMPARE(outcome.response->body, body);
    QVERIFY2(!outcome.response->truncated, outcome.response->note.c_str());
    QCOMPARE(findHeader(outcome.response->headers, "x-seen")->value, std::string("yes"));
    QVERIFY(!outcome.outcomeUnknown);
    QCOMPARE(outcome.message.empty(), outcome.delivered());
}

void TestNetworkTransport::answersNoChallenge_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("challenge");
    for (const char *challenge :
        { R"(Basic realm="x")", R"(Digest realm="x", nonce="abc", qop="auth")", "NTLM", "Negotiate", "Bearer" }) {
        QTest::addRow("401 %s", challenge) << 401 << QByteArray("WWW-Authenticate: ") + challenge + "\r\n";
        QTest::addRow("407 %s", challenge) << 407 << QByteArray("Proxy-Authenticate: ") + challenge + "\r\n";
    }
}

void TestNetworkTransport::answersNoChallenge()
{
    QFETCH(int, status);
    QFETCH(QByteArray, challenge);
    ScriptedServer server(answering(status, "who are you", challenge.toStdString()));
    NetworkTransport transport;
    std::string url = server.url();
    url.insert(url.find("127"), "user:password@");
    const Outcome outcome = sendAndWait(transport, requestTo(url, "{}", R"({"Authorization":"Bearer t"})"));
    settle(kSettleMs);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(server.requests().front().field("authorization"), std::optional<std::string>("Bearer t"));
    QCOMPARE(outcome.status(), status);
    QCOMPARE(outcome.response->body, std::string("who are you"));
    QVERIFY(outcome.message.find("password") == std::string::npos);
}

void TestNetworkTransport::interimAnswersAreUnknown_data()
{
    QTest::addColumn<QByteArray>("interim");
    QTest::addColumn<int>("status");
    QTest::newRow("102") << QByteArray("HTTP/1.1 102 Processing\r\n\r\n") << 102;
    QTest::newRow("103") << QByteArray("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n") << 103;
    QTest::newRow("101") << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n") << 101;
    QTest::newRow("100") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << 200; // the one that Qt reads over
}

void TestNetworkTransport::interimAnswersAreUnknown()
{
    QFETCH(QByteArray, interim);
    QFETCH(int, status);
    ScriptedServer server(always(Script().send(interim.toStdString()).send(response(200, "done"))));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    settle(kSettleMs);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(outcome.status(), status);
    QCOMPARE(outcome.delivered(), status == 200);
    QCOMPARE(outcome.outcomeUnknown, status != 200);
    if (status != 200)
        QCOMPARE(outcome.failure, Failure::NoFinalAnswer);
}

void TestNetworkTransport::readsBodies_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nabcdefgh");
    QTest::newRow("chunked") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\n\r\n");
    QTest::newRow("chunked, trailers") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nabcdefgh\r\n0\r\nX-T: 1\r\n\r\n");
    QTest::newRow("until the end") << QByteArray("HTTP/1.1 200 OK\r\n\r\nabcdefgh");
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\n\r\nabcdefgh");
    QTest::newRow("chunked 307") << QByteArray(
        "HTTP/1.1 307 X\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nabcdefgh\r\n0\r\n\r\n");
}

void TestNetworkTransport::readsBodies()
{
    QFETCH(QByteArray, answer);
    for (const std::size_t piece : { std::size_t(1), std::size_t(10'000) }) {
        ScriptedServer server(always(Script().drip(answer.toStdString(), piece, 0ms).close()));
        NetworkTransport transport;
        const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
        QVERIFY2(outcome.response.has_value(), outcome.message.c_str());
        QCOMPARE(bytes(outcome.response->body), "abcdefgh");
        QVERIFY2(!outcome.response->truncated, outcome.response->note.c_str());
    }
}

void TestNetworkTransport::cutOffBodiesKeepTheirStatus_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("failure");
    QTest::newRow("200") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc") << QByteArray("none");
    QTest::newRow("500") << QByteArray("HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nabc")
                         << QByteArray("http-status");
    QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc")
                             << QByteArray("none");
    QTest::newRow("not gzip") << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip at all")
                              << QByteArray("none");
}

void TestNetworkTransport::cutOffBodiesKeepTheirStatus()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, failure);
    ScriptedServer server(always(Script().send(answer.toStdString()).pause(20ms).close()));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    settle(kSettleMs);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(failureName(outcome.failure), failure);
    QVERIFY(outcome.response->truncated);
    QVERIFY(!outcome.response->note.empty());
}

void TestNetworkTransport::inflates()
{
    const std::string text(100'000, 'x');
    ScriptedServer server(answering(200, gzipped(text), "Content-Encoding: gzip\r\n"));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    QVERIFY(outcome.response->body == text);
    QVERIFY(!outcome.response->truncated);
    QCOMPARE(server.requests().front().field("accept-encoding"), std::optional<std::string>("gzip,deflate"));
    QCOMPARE(findHeader(outcome.response->headers, "content-encoding")->value, std::string("gzip"));
}

void TestNetworkTransport::inflatesUnderTheCap()
{
    const std::string bomb = gzipped(std::string(64 << 20, '\0'));
    const long before = memoryPeak();
    ScriptedServer server(answering(200, bomb, "Content-Encoding: gzip\r\n"));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    QVERIFY(outcome.delivered());
    QCOMPARE(outcome.response->body.size(), TransportOptions().maxResponseBytes);
    QVERIFY(outcome.response->truncated);
    QVERIFY2(memoryPeak() - before < kMostMemory, qPrintable(QString::number(memoryPeak() - before)));
}

void TestNetworkTransport::boundsTheTimeOfADrippedHead()
{
    ScriptedServer server(always(Script().drip("HTTP/1.1 200 OK\r\nX-Long: " + std::string(500, 'x'), 1, 20ms)));
    NetworkTransport transport;
    QElapsedTimer timer;
    timer.start();
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()), within(300ms));
    QVERIFY2(timer.elapsed() < 900, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(outcome.failure, Failure::Timeout);
    QVERIFY(outcome.outcomeUnknown);
    QVERIFY(outcome.message.find("0.3 s") != std::string::npos);
}

void TestNetworkTransport::boundsTheTimeOfADrippedBody()
{
    ScriptedServer server(
        always(Script().send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n").drip(std::string(500, 'x'), 1, 20ms)));
    NetworkTransport transport;
    QElapsedTimer timer;
    timer.start();
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()), within(300ms));
    QVERIFY2(timer.elapsed() < 900, qPrintable(QString::number(timer.elapsed())));
    // The server said 200: sending again would do it twice.
    QVERIFY(outcome.delivered());
    QVERIFY(outcome.response->truncated);
    QVERIFY(outcome.response->body.size() > 1 && outcome.response->body.size() < 400);
}

void TestNetworkTransport::isNotHeldUpByAFlood_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("flood");
    QTest::newRow("header line") << QByteArray("HTTP/1.1 200 OK\r\nX: ") << QByteArray(65536, 'x');
    QTest::newRow("chunk extension") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;")
                                     << QByteArray(65536, 'x');
}

void TestNetworkTransport::isNotHeldUpByAFlood()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, flood);
    constexpr std::uint64_t kMuch = 400'000'000;
    ScriptedServer flooding(always(Script().send(start.toStdString()).flood(flood.toStdString(), kMuch)));
    ScriptedServer decent(answering(200));
    NetworkTransport transport;
    QElapsedTimer timer;
    timer.start();
    const Outcome outcome = sendAndWait(transport, requestTo(flooding.url()), within(300ms));
    QVERIFY(outcome.failure == Failure::Timeout || outcome.response->truncated);
    QVERIFY(sendAndWait(transport, requestTo(decent.url())).delivered());
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void TestNetworkTransport::tellsWhereTheTimeWent_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<QByteArray>("names");
    const QByteArray all("blocked connect send wait receive");
    QTest::newRow("small body") << QByteArray("{\"a\":1}") << false << all;
    QTest::newRow("large body") << QByteArray("\"" + QByteArray(3'000'000, 'x') + "\"") << false << all;
    QTest::newRow("TLS") << QByteArray("{\"a\":1}") << true << all;
    QTest::newRow("no body") << QByteArray() << false << QByteArray("blocked connect receive");
}

void TestNetworkTransport::tellsWhereTheTimeWent()
{
    QFETCH(QByteArray, data);
    QFETCH(bool, tls);
    QFETCH(QByteArray, names);
    constexpr double kPauseMs = 120;
    ScriptedServer::Options options;
    if (tls)
        options.certificateFor = "127.0.0.1";
    ScriptedServer server(
        always(Script().pause(120ms).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n").pause(120ms).send("{}")),
        std::move(options));
    NetworkTransport transport;
    TransportOptions how;
    how.allowSelfSigned = tls;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url(), data.toStdString()), how);
    QVERIFY2(outcome.delivered(), outcome.message.c_str());
    QByteArray found;
    std::map<std::string_view, double> parts;
    double sum = 0;
    for (const Phase &phase : outcome.phases) {
        found
            += (found.isEmpty() ? "" : " ") + QByteArray(phase.name.data(), static_cast<qsizetype>(phase.name.size()));
        parts[phase.name] = phase.ms;
        sum += phase.ms;
        QVERIFY(phase.ms >= 0);
    }
    QCOMPARE(found, names);
    QVERIFY(std::abs(sum - outcome.ms) < 0.01);
    QVERIFY(parts["receive"] > kPauseMs * 0.8);
    QVERIFY(parts[data.isEmpty() ? "connect" : "wait"] > kPauseMs * 0.8);
    // A request that ends before its answer ends in the part it had reached.
    const Outcome late = sendAndWait(transport, requestTo(server.url(), data.toStdString()), within(60ms));
    QVERIFY(late.failure == Failure::Timeout || tls);
    if (late.failure == Failure::Timeout && !data.isEmpty() && data.size() < 100 && !tls)
        QCOMPARE(late.phases.back().name, std::string_view("wait"));
}

void TestNetworkTransport::saysWhenTheHeadIsTooMuch_data()
{
    QTest::addColumn<int>("fields");
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("kept");
    QTest::newRow("99 fields") << 99 << 10 << true; // and Content-Length
    QTest::newRow("100 fields") << 100 << 10 << false;
    QTest::newRow("10,000 fields") << 10'000 << 10 << false;
    QTest::newRow("a long one") << 1 << 90'000 << true;
    QTest::newRow("too long a one") << 1 << 1'000'000 << false;
}

void TestNetworkTransport::saysWhenTheHeadIsTooMuch()
{
    QFETCH(int, fields);
    QFETCH(int, length);
    QFETCH(bool, kept);
    std::string extra;
    for (int i = 0; i < fields; ++i)
        extra += "X-" + std::to_string(i) + ": " + std::string(static_cast<std::size_t>(length), 'v') + "\r\n";
    ScriptedServer server(always(Script().send(response(200, "{}", extra)).close()));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    QVERIFY2(outcome.delivered(), outcome.message.c_str());
    QCOMPARE(outcome.response->headers.size(), static_cast<std::size_t>(kept ? fields + 1 : 0));
    QCOMPARE(outcome.response->note.empty(), kept);
    QCOMPARE(outcome.response->body, std::string("{}"));
}

void TestNetworkTransport::keepsNoCookies()
{
    ScriptedServer server(answering(200, "", "Set-Cookie: a=b\r\n"));
    NetworkTransport transport;
    for (int i = 0; i < 2; ++i)
        QVERIFY(sendAndWait(transport, requestTo(server.url())).delivered());
    QVERIFY(!server.requests().back().field("cookie"));
}

void TestNetworkTransport::keepsSeveralCookieFieldsApart()
{
    ScriptedServer server(answering(200, "", "Set-Cookie: a=b\r\nSet-Cookie: c=d\r\n"));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    std::vector<std::string> cookies;
    for (const Header &header : outcome.response->headers)
        if (sameHeaderName(header.name, "set-cookie"))
            cookies.push_back(header.value);
    QCOMPARE(cookies, (std::vector<std::string>{ "a=b", "c=d" }));
}

void TestNetworkTransport::leaksNothingToAnotherHost()
{
    ScriptedServer other(answering(200));
    for (const int status : { 301, 302, 303, 307, 308 }) {
        ScriptedServer server(answering(status, "", "Location: " + other.url("/stolen") + "\r\n"));
        NetworkTransport transport;
        const SystemClock clock;
        RedirectFollower follower(transport, clock);
        const Outcome outcome
            = sendAndWait(follower, requestTo(server.url(), "{}", R"({"Authorization":"Bearer t","X-Signature":"s"})"));
        QCOMPARE(outcome.failure, Failure::Redirect);
        QCOMPARE(outcome.status(), status);
    }
    settle(kSettleMs);
    QCOMPARE(other.connectionCount(), 0);
}

void TestNetworkTransport::followsWhenAsked()
{
    ScriptedServer other(answering(200, "landed"));
    ScriptedServer server([&](const WireRequest &request) {
        return Script().send(
            response(request.target() == "/307" ? 307 : 302, "", "Location: " + other.url("/x") + "\r\n"));
    });
    NetworkTransport transport;
    const SystemClock clock;
    RedirectFollower follower(transport, clock);
    TransportOptions options;
    options.followRedirects = true;
    for (const char *path : { "/307", "/302" }) {
        const Outcome outcome = sendAndWait(
            follower, requestTo(server.url(path), R"({"a":1})", R"({"Authorization":"Bearer t"})"), options);
        QVERIFY2(outcome.delivered(), outcome.message.c_str());
        QCOMPARE(outcome.response->body, std::string("landed"));
        QCOMPARE(outcome.redirects.size(), std::size_t(1));
    }
    const std::vector<WireRequest> landed = other.requests();
    QCOMPARE(landed.size(), std::size_t(2));
    QCOMPARE(bytes(landed[0].requestLine()), "POST /x HTTP/1.1");
    QCOMPARE(bytes(landed[0].body()), R"({"a":1})");
    QCOMPARE(bytes(landed[1].requestLine()), "GET /x HTTP/1.1");
    QCOMPARE(bytes(landed[1].body()), "");
    for (const WireRequest &request : landed) {
        QCOMPARE(request.field("authorization"), std::optional<std::string>("Bearer t"));
        QCOMPARE(request.field("content-type"), std::optional<std::string>("application/json"));
        QCOMPARE(request.field("host"), std::optional(other.url("").substr(7)));
    }
}

void TestNetworkTransport::ignoresTheEnvironmentsProxy()
{
    ScriptedServer proxy(answering(200));
    ScriptedServer server(answering(200));
    qputenv("http_proxy", QByteArray::fromStdString(proxy.url()));
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    qunsetenv("http_proxy");
    QVERIFY(outcome.delivered());
    QCOMPARE(proxy.connectionCount(), 0);
    QCOMPARE(server.requestCount(), 1);
}

void TestNetworkTransport::usesAProxyWhenTold()
{
    ScriptedServer proxy(answering(200));
    NetworkTransport transport;
    TransportOptions options;
    options.proxy = proxy.url("");
    QVERIFY(sendAndWait(transport, requestTo("http://a.invalid/x?y"), options).delivered());
    QCOMPARE(bytes(proxy.requests().front().requestLine()), "POST http://a.invalid/x?y HTTP/1.1");
    QCOMPARE(proxy.requests().front().field("host"), std::optional<std::string>("a.invalid"));

    ScriptedServer server(answering(200));
    QVERIFY(sendAndWait(transport, requestTo(server.url())).delivered());
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(proxy.requestCount(), 1);
}

void TestNetworkTransport::checksCertificates()
{
    ScriptedServer::Options tls;
    tls.certificateFor = "127.0.0.1";
    ScriptedServer server(answering(200), tls);
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()));
    QCOMPARE(outcome.failure, Failure::Tls);
    QVERIFY(!outcome.outcomeUnknown);
    QVERIFY2(outcome.message.find("self-signed") != std::string::npos, outcome.message.c_str());
    QCOMPARE(server.requestCount(), 0);
}

void TestNetworkTransport::acceptsSelfSignedWhenTold()
{
    ScriptedServer::Options tls;
    tls.certificateFor = "127.0.0.1";
    ScriptedServer server(answering(200, "secret"), tls);
    NetworkTransport transport;
    TransportOptions options;
    options.allowSelfSigned = true;
    const RequestPtr request = requestTo(server.url("/tls"));
    const Outcome outcome = sendAndWait(transport, request, options);
    QVERIFY2(outcome.delivered(), outcome.message.c_str());
    QCOMPARE(bytes(server.requests().front().bytes), bytes(wireText(*request, outcome)));
    // For that one request only.
    QCOMPARE(sendAndWait(transport, request).failure, Failure::Tls);
}

void TestNetworkTransport::acceptsNoWrongNameForSelfSigned()
{
    ScriptedServer::Options tls;
    tls.certificateFor = "bank.example";
    ScriptedServer server(answering(200), tls);
    NetworkTransport transport;
    TransportOptions options;
    options.allowSelfSigned = true;
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()), options);
    QCOMPARE(outcome.failure, Failure::Tls);
    QVERIFY2(outcome.message.find("host name") != std::string::npos, outcome.message.c_str());
    QCOMPARE(server.requestCount(), 0);
}

void TestNetworkTransport::tellsWhyThereIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("failure");
    QTest::newRow("refused") << QByteArray("http://127.0.0.1:1/") << QByteArray("refused");
    QTest::newRow("refused, TLS") << QByteArray("https://user:pa55@127.0.0.1:1/") << QByteArray("refused");
    QTest::newRow("no such host") << QByteArray("http://user:pa55@nobody.invalid/") << QByteArray("host-not-found");
    QTest::newRow("what Qt takes for no address") << QByteArray("http://user:pa55@a..b/") << QByteArray("address");
}

void TestNetworkTransport::tellsWhyThereIsNoAnswer()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, failure);
    NetworkTransport transport;
    const Outcome outcome = sendAndWait(transport, requestTo(url.toStdString()));
    QCOMPARE(failureName(outcome.failure), failure);
    QVERIFY(!outcome.outcomeUnknown);
    QVERIFY2(outcome.message.size() > 20 && outcome.message.find("pa55") == std::string::npos
            && outcome.message.find("user") == std::string::npos
            && outcome.message.find("nknown error") == std::string::npos,
        outcome.message.c_str());
}

void TestNetworkTransport::cancelsFromAnyThread()
{
    ScriptedServer server(always(Script().stall()));
    NetworkTransport transport;
    std::stop_source cancel;
    TransportOptions options;
    options.cancel = cancel.get_token();
    std::thread other([&] {
        while (server.requestCount() == 0)
            std::this_thread::sleep_for(1ms);
        cancel.request_stop();
    });
    const Outcome outcome = sendAndWait(transport, requestTo(server.url()), options);
    other.join();
    QCOMPARE(outcome.failure, Failure::Cancelled);
    QVERIFY(outcome.outcomeUnknown);
    settle(kSettleMs);
    QCOMPARE(server.requestCount(), 1);
}

void TestNetworkTransport::cancelledBeforeItStarts()
{
    ScriptedServer server(answering(200));
    NetworkTransport transport;
    std::stop_source cancel;
    cancel.request_stop();
    TransportOptions options;
    options.cancel = cancel.get_token();
    QCOMPARE(sendAndWait(transport, requestTo(server.url()), options).failure, Failure::Cancelled);
    QVERIFY(sendAndWait(transport, requestTo(server.url())).delivered());
}

void TestNetworkTransport::sendsManyAtOnce()
{
    ScriptedServer server(answering(200));
    NetworkTransport transport;
    const SystemClock clock;
    Queue queue(transport, clock);
    constexpr int kMany = 400;
    int next = 0;
    int delivered = 0;
    const auto feed = [&] {
        while (next < kMany) {
            Delivery delivery;
            delivery.id = std::to_string(next);
            delivery.request = requestTo(server.url(), "{\"n\":" + delivery.id + "}");
            if (!queue.submit(std::move(delivery)))
                return;
            ++next;
        }
    };
    connect(&queue, &Queue::ready, this, feed);
    connect(&queue, &Queue::attempted, this,
        [&](const AttemptPtr &attempt) { delivered += attempt->outcome.delivered() ? 1 : 0; });
    feed();
    QTRY_VERIFY_WITH_TIMEOUT(queue.isIdle(), 30000);
    QCOMPARE(delivered, kMany);
    QCOMPARE(server.requestCount(), kMany);
    QCOMPARE(server.connectionCount(), kMany);
    QSet<QByteArray> bodies;
    for (const WireRequest &request : server.requests())
        bodies.insert(bytes(request.body()));
    QCOMPARE(bodies.size(), kMany);
}

void TestNetworkTransport::mayEndWhileSending()
{
    ScriptedServer server(always(Script().stall()));
    bool called = false;
    {
        NetworkTransport transport;
        for (int i = 0; i < 3; ++i)
            transport.send(requestTo(server.url()), {}, [&](Outcome) { called = true; });
        QTRY_COMPARE(server.requestCount(), 3);
    }
    settle(kSettleMs);
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestNetworkTransport)
#include "tst_network_transport.moc"
