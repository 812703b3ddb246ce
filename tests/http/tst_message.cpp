// Answers: what may be sent, and how its head reads.
#include "core/http/message.h"

#include <QtTest>

using namespace hookbench;
using namespace hookbench::http;

class TestMessage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checks_data();
    void checks();
    void heads_data();
    void heads();
    void reasons();
};

void TestMessage::checks_data()
{
    QTest::addColumn<Response>("response");
    QTest::addColumn<QByteArray>("code"); // empty: it can be sent
    const auto row = [](const char *name, Response response, const char *code) {
        QTest::newRow(name) << std::move(response) << QByteArray(code);
    };
    const auto withHeader = [](std::string name, std::string value) {
        Response response;
        response.headers = { { "A", "b" }, { std::move(name), std::move(value) } };
        return response;
    };
    const auto withStatus = [](int status) {
        Response response;
        response.status = status;
        return response;
    };
    row("plain", {}, "");
    row("any final status", withStatus(599), "");
    row("highest status", withStatus(999), "");
    row("status below 200", withStatus(199), "http-status");
    row("status of four digits", withStatus(1000), "http-status");
    row("Latin-1 and tab", withHeader("X-A", "a\t\xe9"), "");
    row("empty value", withHeader("X-A", ""), "");
    row("line feed", withHeader("X-A", "a\r\nSet-Cookie: x"), "http-header-value");
    row("NUL", withHeader("X-A", std::string(1, '\0')), "http-header-value");
    row("empty name", withHeader("", "a"), "http-header-name");
    row("colon in a name", withHeader("A:", "a"), "http-header-name");
    row("space in a name", withHeader("A b", "a"), "http-header-name");
    row("Content-Length", withHeader("content-length", "1"), "http-header-framing");
    row("Transfer-Encoding", withHeader("Transfer-Encoding", "chunked"), "http-header-framing");
    row("Connection", withHeader("Connection", "keep-alive"), "http-header-framing");
    Response reason;
    reason.reason = "OK\r\nA: b";
    row("line feed in the reason", reason, "http-reason");
}

void TestMessage::checks()
{
    QFETCH(Response, response);
    QFETCH(QByteArray, code);
    const Result<void> result = check(response);
    QCOMPARE(QByteArray::fromStdString(result ? std::string() : result.error().code), code);
}

void TestMessage::heads_data()
{
    QTest::addColumn<Response>("response");
    QTest::addColumn<int>("minorVersion");
    QTest::addColumn<bool>("keepAlive");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("plain") << Response{ .status = 200, .body = "abc" } << 1 << true
                           << QByteArray("HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 3\r\n\r\n");
    QTest::newRow("closing") << Response{ .status = 429, .headers = { { "retry-after", "5" } } } << 1 << false
                             << QByteArray(
                                    "HTTP/1.1 429 Too Many Requests\r\nretry-after: 5\r\nDate: D\r\nContent-Length: "
                                    "0\r\nConnection: close\r\n\r\n");
    QTest::newRow("HTTP/1.0 kept")
        << Response{} << 0 << true
        << QByteArray("HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
    QTest::newRow("no content") << Response{ .status = 204, .body = "ignored" } << 1 << true
                                << QByteArray("HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n");
    QTest::newRow("own reason, own date")
        << Response{ .status = 200, .reason = "Fine", .headers = { { "date", "X" } } } << 1 << true
        << QByteArray("HTTP/1.1 200 Fine\r\ndate: X\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("unknown status") << Response{ .status = 599 } << 1 << true
                                    << QByteArray("HTTP/1.1 599 \r\nDate: D\r\nContent-Length: 0\r\n\r\n");
}

void TestMessage::heads()
{
    QFETCH(Response, response);
    QFETCH(int, minorVersion);
    QFETCH(bool, keepAlive);
    QFETCH(QByteArray, expected);
    std::string head;
    appendHead(head, response, minorVersion, "D", keepAlive);
    QCOMPARE(QByteArray::fromStdString(head), expected);
}

void TestMessage::reasons()
{
    QCOMPARE(reasonPhrase(100), "Continue");
    QCOMPARE(reasonPhrase(200), "OK");
    QCOMPARE(reasonPhrase(404), "Not Found");
    QCOMPARE(reasonPhrase(511), "Network Authentication Required");
    QCOMPARE(reasonPhrase(299), "");
    QCOMPARE(reasonPhrase(0), "");
    QCOMPARE(reasonPhrase(999), "");
}

QTEST_APPLESS_MAIN(TestMessage)
#include "tst_message.moc"
