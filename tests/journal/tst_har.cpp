// HTTP archives: the schema's own validator takes them, another program makes the very request of them, and what is
// secret is not in them.
#include "core/journal/har.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/receiver/receiver.h"
#include "tests/journal/records.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::journal;

namespace {

const std::string kSecret = "hb_demo_4f7c21d09be8";

/// One delivery signed with kSecret and one attempt that was answered.
DeliveryRecord recordOf(const std::string &url, const std::string &body)
{
    DeliveryRecord record;
    record.delivery = deliveryOf("d1", body);
    record.delivery.url = url;
    record.delivery.signature = signing::Signer(kSecret).sign(body);
    record.delivery.headers = { { "content-type", "application/json" }, { "x-signature", record.delivery.signature } };
    record.attempts = { attemptOf("d1") };
    record.attempts[0].requestHeaders = record.delivery.headers;
    return record;
}

std::string at(const json::Document &archive, std::string_view pointer)
{
    const json::Value value = json::valueAt(archive, pointer);
    return value.isString() ? std::string(value.asString()) : std::string();
}

} // namespace

class TestHar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isValid_data();
    void isValid();
    void anotherReaderSendsTheRequest();
    void tellsWhatHappened();
    void timesAddUp();
    void redacts();
    void keepsExactValuesWhenAsked();

private:
    json::Document read(const std::string &archive);

    QTemporaryDir m_folder;
};

/// What the readers of others say about it.
json::Document TestHar::read(const std::string &archive)
{
    QFile file(m_folder.filePath(QStringLiteral("a.har")));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(archive.data(), static_cast<qint64>(archive.size()));
    file.close();
    QProcess node;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral(HAR_READERS "/node_modules"));
    node.setProcessEnvironment(environment);
    node.start(QStringLiteral("node"), { QStringLiteral(HAR_READ_JS), file.fileName() });
    if (!node.waitForFinished(60'000) || node.exitCode() != 0)
        qWarning("%s", node.readAllStandardError().constData());
    return json::parse(node.readAllStandardOutput().toStdString()).value_or(json::Document());
}

void TestHar::isValid_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<int>("status"); ///< 0: no answer; -1: never tried
    const QByteArray url("http://127.0.0.1/orders?a=1&b=%C3%A9+x&&c&=d");
    QTest::newRow("text") << QByteArray("{\"a\":\"\xF0\x9F\x8C\x9E\"}") << QByteArray("received") << url << 200;
    QTest::newRow("bytes") << QByteArray("\xFF\x00\x01", 3) << QByteArray("\xFF\x00", 2) << url << 500;
    QTest::newRow("no answer") << QByteArray("{}") << QByteArray() << QByteArray("http://127.0.0.1:1?") << 0;
    QTest::newRow("never tried") << QByteArray("{}") << QByteArray() << url << -1;
    QTest::newRow("no body") << QByteArray() << QByteArray("{}") << url << 204;
    QTest::newRow("a megabyte") << QByteArray(1'000'000, 'x') << QByteArray(1'000'000, 'y') << url << 200;
}

void TestHar::isValid()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, response);
    QFETCH(QByteArray, url);
    QFETCH(int, status);
    DeliveryRecord record = recordOf(url.toStdString(), body.toStdString());
    record.delivery.hasBody = !body.isEmpty();
    Attempt &attempt = record.attempts[0];
    attempt.status = std::max(0, status);
    attempt.responseBody = response.toStdString();
    attempt.responseHeaders = { { "Set-Cookie", "id=7; Path=/" }, { "Content-Type", "text/plain" },
        { "X-Odd", "gr\xFC\xDF" }, { "Location", "/else" } };
    attempt.requestHeaders.push_back({ "Cookie", "a=b; c; =d" });
    if (status < 0)
        record.attempts.clear();
    const std::string archive = har({ &record, 1 }, { .redaction = std::nullopt });
    const json::Document answer = read(archive);
    QCOMPARE(json::valueAt(answer, "/errors").size(), std::size_t{ 0 });
    QCOMPARE(json::valueAt(answer, "/commands").size(), std::size_t{ 1 });

    const json::Document log = json::parse(archive).value();
    const bool text = !body.contains('\0');
    if (!body.isEmpty())
        QVERIFY(at(log, "/log/entries/0/request/postData/text") == (text ? body : body.toBase64()).toStdString());
    QCOMPARE(at(log, "/log/entries/0/request/postData/_encoding"), std::string(text ? "" : "base64"));
    QCOMPARE(json::valueAt(log, "/log/entries/0/request/postData").isUndefined(), body.isEmpty());
    if (status > 0)
        QVERIFY(
            at(log, "/log/entries/0/response/content/text") == (text ? response : response.toBase64()).toStdString());
    if (status >= 0)
        QCOMPARE(at(log, "/log/entries/0/response/headers/2/value"), std::string("gr\xC3\xBC\xC3\x9F"));
    if (url.contains("b="))
        QCOMPARE(at(log, "/log/entries/0/request/queryString/1/value"), std::string("\xC3\xA9 x"));
}

void TestHar::anotherReaderSendsTheRequest()
{
    receiver::Receiver receiver;
    std::vector<receiver::ReceivedRequest> requests;
    connect(&receiver, &receiver::Receiver::received, this,
        [&](const receiver::ReceivedRequest &request) { requests.push_back(request); });
    const auto url = receiver.start({ .secret = kSecret });
    QVERIFY(url.has_value());
    const std::string body = "{\"a\":\"it's \xF0\x9F\x8C\x9E \\\"q\\\" $HOME\",\"7\":27.5}";
    const DeliveryRecord record = recordOf(*url + "/orders?x=1", body);
    const json::Document answer = read(har({ &record, 1 }));
    QProcess shell;
    shell.start(QStringLiteral("sh"), { QStringLiteral("-c"), QString::fromStdString(at(answer, "/commands/0")) });
    QVERIFY(QTest::qWaitFor([&] { return shell.state() == QProcess::NotRunning; }, 30'000));
    QCOMPARE(shell.exitCode(), 0);
    QCOMPARE(requests.size(), std::size_t{ 1 });
    QCOMPARE(requests[0].target, std::string("/orders?x=1"));
    QCOMPARE(requests[0].body, body);
    QVERIFY(signing::isValid(requests[0].verdict));
}

void TestHar::tellsWhatHappened()
{
    std::vector<DeliveryRecord> records{ recordOf("http://h/a", "{}"), recordOf("http://h/b", "[1]") };
    records[0].attempts = { attemptOf("d1", 1, 503), attemptOf("d1", 2, 200) };
    records[1].attempts[0].redirects = { { 302, "GET", "http://h/else" } };
    const json::Document log = json::parse(har(records)).value();
    QCOMPARE(json::valueAt(log, "/log/entries").size(), std::size_t{ 3 });
    QCOMPARE(at(log, "/log/version"), std::string("1.2"));
    QCOMPARE(at(log, "/log/entries/0/startedDateTime"), std::string("2026-05-20T14:03:22.501Z"));
    QCOMPARE(json::valueAt(log, "/log/entries/0/response/status").asNumber(), 503.0);
    QCOMPARE(at(log, "/log/entries/0/_failure"), std::string("http-status: 503, worth another try"));
    QCOMPARE(json::valueAt(log, "/log/entries/1/_attempt").asNumber(), 2.0);
    QCOMPARE(json::valueAt(log, "/log/entries/1/time").asNumber(), 76.5);
    QCOMPARE(at(log, "/log/entries/2/request/method"), std::string("GET")); // what was answered is the last request
    QCOMPARE(at(log, "/log/entries/2/request/url"), std::string("http://h/else"));
    QVERIFY(json::valueAt(log, "/log/entries/2/request/postData").isUndefined());
    QCOMPARE(json::valueAt(json::parse(har({})).value(), "/log/entries").size(), std::size_t{ 0 });
}

void TestHar::timesAddUp()
{
    DeliveryRecord record = recordOf("http://h/a", "{}");
    record.attempts = { attemptOf("d1", 1, 503), attemptOf("d1", 2, 200) };
    record.attempts[0].phases = { { "queued", 3 }, { "redirects", 0.5 }, { "blocked", 1 }, { "connect", 2 },
        { "send", 0.5 }, { "wait", 30 }, { "receive", 1 } };
    const std::string archive = har({ &record, 1 });
    QCOMPARE(json::valueAt(read(archive), "/commands").size(), std::size_t{ 2 }); // none when the schema refuses it
    const json::Document log = json::parse(archive).value();
    const auto part = [&](const char *entry, const char *name) {
        return json::valueAt(log, std::string("/log/entries/") + entry + "/timings/" + name).asNumber();
    };
    QCOMPARE(part("0", "blocked"), 1.5); // redirects are before what was answered
    QCOMPARE(part("0", "connect"), 2.0);
    QCOMPARE(part("0", "_queued"), 3.0);
    QCOMPARE(part("0", "wait"), 33.25); // and what is not known
    for (const char *entry : { "0", "1" }) {
        double sum = 0;
        for (const char *name : { "blocked", "dns", "connect", "ssl", "send", "wait", "receive" })
            sum += std::max(0.0, part(entry, name));
        QCOMPARE(sum, json::valueAt(log, std::string("/log/entries/") + entry + "/time").asNumber());
    }
    QCOMPARE(part("1", "connect"), -1.0); // nothing was told
}

void TestHar::redacts()
{
    DeliveryRecord record = recordOf("http://user:pass@h/?key=topsecret", R"({"k":"topsecret"})");
    Attempt &attempt = record.attempts[0];
    attempt.requestHeaders = { { "Authorization", "Basic dXNlcjpwYXNz" }, { "Cookie", "sid=5e55" },
        { "X-Api", "masked-value" }, { "X-Other", "a topsecret b" } };
    attempt.responseHeaders = { { "set-cookie", "sid=5e55; Path=/" } };
    attempt.responseBody = "echo topsecret";
    const std::string archive = har({ &record, 1 }, { .redaction = Redaction{ { "x-api" }, { "topsecret" } } });
    for (const char *secret : { "topsecret", "dXNlcjpwYXNz", "5e55", "masked-value", "user:pass" })
        QVERIFY2(archive.find(secret) == std::string::npos, secret);
    QVERIFY(archive.find("a REDACTED b") != std::string::npos);
    QCOMPARE(json::valueAt(read(archive), "/commands").size(), std::size_t{ 1 }); // none when the schema refuses it
}

void TestHar::keepsExactValuesWhenAsked()
{
    DeliveryRecord record = recordOf("http://h/", "{}");
    record.attempts[0].requestHeaders = { { "Cookie", "a=1; b=2" } };
    record.attempts[0].responseHeaders = { { "Set-Cookie", "sid=5e55; Path=/" } };
    const json::Document log = json::parse(har({ &record, 1 }, { .redaction = std::nullopt })).value();
    QCOMPARE(at(log, "/log/entries/0/request/headers/0/value"), std::string("a=1; b=2"));
    QCOMPARE(at(log, "/log/entries/0/request/cookies/1/name"), std::string("b"));
    QCOMPARE(at(log, "/log/entries/0/request/cookies/1/value"), std::string("2"));
    QCOMPARE(json::valueAt(log, "/log/entries/0/response/cookies").size(), std::size_t{ 1 });
    QCOMPARE(at(log, "/log/entries/0/response/cookies/0/value"), std::string("5e55"));
}

QTEST_GUILESS_MAIN(TestHar)
#include "tst_har.moc"
