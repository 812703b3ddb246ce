// Redirects over a scripted transport: rows of data/delivery/redirects.ndjson, which Segment's engine answered, and our
// rules.
#include "core/delivery/redirect_follower.h"
#include "tests/delivery/sending.h"
#include "tests/delivery/wire_rows.h"
#include "tests/support/scripted_transport.h"

#include <QFile>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::delivery;
using namespace std::chrono_literals;

namespace {

Outcome answer(int status, Headers headers = {})
{
    Response response;
    response.status = status;
    response.headers = std::move(headers);
    return outcomeOf(std::move(response));
}

/// A clock that a test moves.
class HandClock final : public Clock
{
public:
    WallTime wall() const override { return {}; }
    SteadyTime steady() const override { return now; }
    SteadyTime now;
};

TransportOptions following()
{
    TransportOptions options;
    options.followRedirects = true;
    return options;
}

} // namespace

class TestRedirects : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areFollowedAsSegmentDoes_data();
    void areFollowedAsSegmentDoes();
    void areNotFollowedUnlessAsked();
    void areRecorded();
    void leaveNoUserinfoBehind();
    void shareOneDeadline();
    void neverLeadToCloudMetadata();
    void areCancelledOnTheWay();
};

void TestRedirects::areFollowedAsSegmentDoes_data()
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/delivery/redirects.ndjson"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    for (int number = 1; !file.atEnd(); ++number)
        QTest::addRow("%d", number) << file.readLine().trimmed();
}

void TestRedirects::areFollowedAsSegmentDoes()
{
    QFETCH(QByteArray, line);
    const auto row = json::parse({ line.constData(), static_cast<std::size_t>(line.size()) });
    QVERIFY(row.has_value());
    const signing::Signer signer("s");
    const destination::Payload payload = payloadOf(row->root().find("payload"));
    auto request = buildRequest({ &payload, 1 }, false, { &signer });
    QVERIFY(request.has_value());
    const auto responses = row->root().find("responses").items();
    test::ScriptedTransport transport([&](const Request &, std::size_t number) {
        const json::Value planned = responses[std::min(number, responses.size() - 1)];
        Headers headers;
        if (const json::Value location = planned.find("headers").find("location"); location.isString())
            headers.push_back({ "location", latin1(location.asString()) });
        return answer(static_cast<int>(planned.find("status").asNumber()), std::move(headers));
    });
    const SystemClock clock;
    RedirectFollower follower(transport, clock);
    const Outcome outcome = sendAndWait(follower, std::make_shared<const Request>(std::move(*request)), following());

    const json::Value expect = row->root().find("expect");
    QCOMPARE(outcome.delivered(), expect.find("ok").asBoolean());
    const auto expected = expect.find("requests").items();
    QCOMPARE(transport.requests().size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const Request &sent = *transport.requests()[i];
        QCOMPARE(bytes(sent.method), bytes(expected[i].find("method").asString()));
        QCOMPARE(bytes(sent.target), bytes(expected[i].find("target").asString()));
        QCOMPARE(headLines(sent.headers), headLines(headersOf(expected[i].find("headers"))));
        QCOMPARE(bytes(sent.body), bytes(expected[i].find("body").asString()));
        QVERIFY(expected[i].find("url").asString().starts_with(sent.scheme + "://"));
    }
}

void TestRedirects::areNotFollowedUnlessAsked()
{
    test::ScriptedTransport transport([](const Request &, std::size_t) {
        return answer(307, { { "Location", "http://b.example/" } });
    });
    const SystemClock clock;
    RedirectFollower follower(transport, clock);
    const Outcome outcome = sendAndWait(follower, requestTo("http://a.example/"));
    QCOMPARE(transport.requests().size(), std::size_t(1));
    QCOMPARE(outcome.failure, Failure::Redirect);
    QVERIFY(outcome.redirects.empty());
}

void TestRedirects::areRecorded()
{
    HandClock clock;
    test::ScriptedTransport transport([&](const Request &, std::size_t number) {
        clock.now += 5ms;
        if (number == 0)
            return answer(303, { { "Location", "/next" } });
        return answer(200);
    });
    RedirectFollower follower(transport, clock);
    const Outcome outcome = sendAndWait(follower, requestTo("http://a.example/x"), following());
    QVERIFY(outcome.delivered());
    QCOMPARE(outcome.ms, 10.0);
    QCOMPARE(outcome.redirects.size(), std::size_t(1));
    const Hop &hop = outcome.redirects.front();
    QCOMPARE(hop.status, 303);
    QCOMPARE(bytes(hop.from), "http://a.example/x");
    QCOMPARE(bytes(hop.method), "GET");
    QCOMPARE(bytes(hop.url), "http://a.example/next");
    QCOMPARE(hop.ms, 5.0);
}

void TestRedirects::leaveNoUserinfoBehind()
{
    test::ScriptedTransport transport([](const Request &, std::size_t number) {
        if (number == 0)
            return answer(307, { { "Location", "http://user:p4ss@b.example/" } });
        return answer(302, { { "Location", "ftp://user:p4ss@b.example/" } });
    });
    const SystemClock clock;
    RedirectFollower follower(transport, clock);
    const Outcome outcome = sendAndWait(follower, requestTo("http://a.example/", "{}", "{}", "PUT"), following());
    QCOMPARE(outcome.failure, Failure::Address);
    QCOMPARE(findHeader(transport.requests()[1]->headers, "Authorization")->value,
        "Basic " + QByteArray("user:p4ss").toBase64().toStdString());
    QCOMPARE(bytes(outcome.redirects.front().url), "http://b.example/");
    QVERIFY2(outcome.message.find("p4ss") == std::string::npos, outcome.message.c_str());
}

void TestRedirects::shareOneDeadline()
{
    HandClock clock;
    test::ScriptedTransport transport([&](const Request &, std::size_t number) {
        clock.now += 4s;
        if (number < 2)
            return answer(307, { { "Location", "/" } });
        return answer(200);
    });
    RedirectFollower follower(transport, clock);
    sendAndWait(follower, requestTo("http://a.example/"), following());
    QCOMPARE(transport.options()[0].timeout, 10s);
    QCOMPARE(transport.options()[1].timeout, 6s);
    QCOMPARE(transport.options()[2].timeout, 2s);
}

void TestRedirects::neverLeadToCloudMetadata()
{
    test::ScriptedTransport transport([](const Request &, std::size_t) {
        return answer(307, { { "Location", "http://[::ffff:169.254.169.254]/latest/meta-data" } });
    });
    const SystemClock clock;
    RedirectFollower follower(transport, clock);
    const Outcome outcome = sendAndWait(follower, requestTo("http://a.example/"), following());
    QCOMPARE(transport.requests().size(), std::size_t(1));
    QCOMPARE(outcome.failure, Failure::Address);
}

void TestRedirects::areCancelledOnTheWay()
{
    std::stop_source cancel;
    test::ScriptedTransport transport([&](const Request &, std::size_t) {
        cancel.request_stop();
        return answer(307, { { "Location", "/" } });
    });
    const SystemClock clock;
    RedirectFollower follower(transport, clock);
    TransportOptions options = following();
    options.cancel = cancel.get_token();
    const Outcome outcome = sendAndWait(follower, requestTo("http://a.example/"), options);
    QCOMPARE(outcome.failure, Failure::Cancelled);
    QCOMPARE(transport.requests().size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestRedirects)
#include "tst_redirects.moc"
