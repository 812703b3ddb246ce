// Requests as bytes. Every row is read whole, cut in two at every position, byte by byte and in random pieces: the
// outcome must be the same.
#include "core/base/display.h"
#include "core/http/request_parser.h"

#include <QRandomGenerator>
#include <QtTest>
#include <fmt/format.h>

using namespace hookbench;
using namespace hookbench::http;
using namespace std::string_view_literals;

namespace {

const Limits kSmall{ .headBytes = 256, .headers = 5, .bodyBytes = 64 };

/// One line per event, so that outcomes can be compared and read.
class Reader
{
public:
    explicit Reader(const Limits &limits)
        : m_parser{ limits }
    {
    }

    void read(std::string_view bytes)
    {
        for (;;) {
            switch (m_parser.parse(bytes)) {
            case RequestParser::Step::NeedsMore:
                QVERIFY(bytes.empty());
                return;
            case RequestParser::Step::Head:
                m_log += m_parser.expectsContinue() ? "continue? " : "";
                break;
            case RequestParser::Step::Complete:
                write(m_parser.take());
                break;
            case RequestParser::Step::Failed:
                if (!m_failed)
                    m_log += fmt::format("{} {}\n", m_parser.refusal().status, m_parser.refusal().message);
                m_failed = true;
                return;
            }
        }
    }

    /// What was read, and whether a request was left unfinished.
    std::string outcome() const { return m_log + (m_parser.begun() && !m_failed ? "unfinished\n" : ""); }

private:
    void write(const Request &request)
    {
        m_log += fmt::format("{} {} 1.{}{}", request.method, request.target, request.minorVersion,
            request.keepAlive ? " keep" : " close");
        for (const Header &header : request.headers)
            m_log += fmt::format(" [{}={}]", header.name, header.value);
        m_log += " <" + request.body + ">";
        for (const Header &header : request.trailers)
            m_log += fmt::format(" [{}={}]", header.name, header.value);
        m_log += "\n";
    }

    RequestParser m_parser;
    std::string m_log;
    bool m_failed = false;
};

std::string readWhole(std::string_view bytes, const Limits &limits)
{
    Reader reader(limits);
    reader.read(bytes);
    return reader.outcome();
}

std::string readCut(std::string_view bytes, std::size_t at, const Limits &limits)
{
    Reader reader(limits);
    reader.read(bytes.substr(0, at));
    reader.read(bytes.substr(at));
    return reader.outcome();
}

std::string readInPieces(std::string_view bytes, const Limits &limits, QRandomGenerator &random, int longest)
{
    Reader reader(limits);
    while (!bytes.empty()) {
        const auto size = std::min(bytes.size(), static_cast<std::size_t>(random.bounded(1, longest + 1)));
        reader.read(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    return reader.outcome();
}

} // namespace

class TestRequestParser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void limits_data();
    void limits();
    void randomRequestsReadTheSameHoweverTheyAreCut();
    void memoryFollowsWhatWasSent();
    void theHeadIsReportedBeforeTheBody();
    void tooLargeIsSaidBeforeTheBodyArrives();
};

void TestRequestParser::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, std::string_view bytes, std::string_view expected) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()))
                            << QByteArray(expected.data(), static_cast<qsizetype>(expected.size()));
    };
    row("nothing", ""sv, ""sv);
    row("GET", "GET /a?b=c#d HTTP/1.1\r\nHost: x\r\n\r\n"sv, "GET /a?b=c#d 1.1 keep [Host=x] <>\n"sv);
    row("POST", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"sv,
        "POST / 1.1 keep [Host=x] [Content-Length=5] <hello>\n"sv);
    row("binary body", "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n\0\r\n\r\n\xff"sv,
        "PUT / 1.1 keep [Host=x] [Content-Length=6] <\0\r\n\r\n\xff>\n"sv);
    row("order and spelling of headers", "GET / HTTP/1.1\r\nb: 1\r\nHOST: x\r\na: 2\r\nB: 3\r\n\r\n"sv,
        "GET / 1.1 keep [b=1] [HOST=x] [a=2] [B=3] <>\n"sv);
    row("white space around values", "GET / HTTP/1.1\r\nHost:x\r\na: \t b \t c\t \r\ne:\r\nf: \t\r\n\r\n"sv,
        "GET / 1.1 keep [Host=x] [a=b \t c] [e=] [f=] <>\n"sv);
    row("Latin-1 value", "GET / HTTP/1.1\r\nHost: x\r\na: \xe9\x80\xff\r\n\r\n"sv,
        "GET / 1.1 keep [Host=x] [a=\xe9\x80\xff] <>\n"sv);
    row("colons in a value", "GET / HTTP/1.1\r\nHost: [::1]:80\r\na::b:\r\n\r\n"sv,
        "GET / 1.1 keep [Host=[::1]:80] [a=:b:] <>\n"sv);
    row("any token as method", "A!#$%&'*+-.^_`|~9 / HTTP/1.1\r\nHost: x\r\n\r\n"sv,
        "A!#$%&'*+-.^_`|~9 / 1.1 keep [Host=x] <>\n"sv);
    row("absolute target", "GET http://u@x:1/p?q HTTP/1.1\r\nHost: x:1\r\n\r\n"sv,
        "GET http://u@x:1/p?q 1.1 keep [Host=x:1] <>\n"sv);
    row("asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"sv, "OPTIONS * 1.1 keep [Host=x] <>\n"sv);
    row("target as written", "GET //a/../%7e%zz|^ HTTP/1.1\r\nHost: x\r\n\r\n"sv,
        "GET //a/../%7e%zz|^ 1.1 keep [Host=x] <>\n"sv);
    row("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"sv, "GET / 1.1 keep [Host=] <>\n"sv);
    row("pipelined",
        "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\naGET /2 HTTP/1.1\r\nHost: x\r\n\r\nGET /3 HTTP/1.1\r\nHost: x\r\n\r\n"sv,
        "POST /1 1.1 keep [Host=x] [Content-Length=1] <a>\nGET /2 1.1 keep [Host=x] <>\nGET /3 1.1 keep [Host=x] <>\n"sv);
    row("empty lines before a request",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"sv,
        "GET / 1.1 keep [Host=x] <>\nGET / 1.1 keep [Host=x] <>\n"sv);
    row("cut short in the line", "GET / HT"sv, "unfinished\n"sv);
    row("cut short in the head", "GET / HTTP/1.1\r\nHo"sv, "unfinished\n"sv);
    row("cut short in the body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhell"sv, "unfinished\n"sv);
    row("Content-Length 0", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"sv,
        "POST / 1.1 keep [Host=x] [Content-Length=0] <>\n"sv);
    row("Content-Length with zeros", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0002\r\n\r\nab"sv,
        "POST / 1.1 keep [Host=x] [Content-Length=0002] <ab>\n"sv);

    row("Connection: close", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n"sv,
        "GET / 1.1 close [Host=x] [Connection=Close] <>\n"sv);
    row("Connection: a list", "GET / HTTP/1.1\r\nHost: x\r\nConnection: te ,, close\r\n\r\n"sv,
        "GET / 1.1 close [Host=x] [Connection=te ,, close] <>\n"sv);
    row("Connection: twice", "GET / HTTP/1.1\r\nHost: x\r\nConnection: te\r\nconnection: close\r\n\r\n"sv,
        "GET / 1.1 close [Host=x] [Connection=te] [connection=close] <>\n"sv);
    row("Connection: other words", "GET / HTTP/1.1\r\nHost: x\r\nConnection: closed\r\n\r\n"sv,
        "GET / 1.1 keep [Host=x] [Connection=closed] <>\n"sv);
    row("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"sv, "GET / 1.0 close <>\n"sv);
    row("HTTP/1.0 keep-alive", "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na"sv,
        "POST / 1.0 keep [Connection=keep-alive] [Content-Length=1] <a>\n"sv);
    row("HTTP/1.9 is read as 1.1", "GET / HTTP/1.9\r\nHost: x\r\n\r\n"sv, "GET / 1.1 keep [Host=x] <>\n"sv);

    constexpr auto chunked = [](std::string_view chunks) {
        return "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n" + std::string(chunks);
    };
    const auto chunkedRow = [&](const char *name, std::string_view chunks, std::string_view expected) {
        row(name, chunked(chunks),
            "POST / 1.1 keep [Host=x] [Transfer-Encoding=Chunked] " + std::string(expected) + "\n");
    };
    chunkedRow("chunked, empty", "0\r\n\r\n", "<>");
    chunkedRow("chunked", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "<hello world>");
    chunkedRow("chunked, hexadecimal", "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n", "<01234567890123456789a>");
    chunkedRow("chunked, zeros", "0005\r\nhello\r\n000\r\n\r\n", "<hello>");
    chunkedRow("chunked, line ends in data", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "<\r\n\r\n>");
    chunkedRow("chunked, extensions", "1;a=b;c=\"d;e\"\r\nx\r\n1 \t; f\r\ny\r\n0;last\r\n\r\n", "<xy>");
    chunkedRow("chunked, trailers", "1\r\nx\r\n0\r\nX-Sum: 1 \r\ny:\r\n\r\n", "<x> [X-Sum=1] [y=]");
    row("chunked, then another", chunked("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        "POST / 1.1 keep [Host=x] [Transfer-Encoding=Chunked] <x>\nGET / 1.1 keep [Host=x] <>\n"sv);
    row("chunked, cut short", chunked("5\r\nhello\r\n0\r\n"), "unfinished\n"sv);

    row("expects 100-continue", "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\na"sv,
        "continue? POST / 1.1 keep [Host=x] [Expect=100-Continue] [Content-Length=1] <a>\n"sv);
    row("expects 100-continue, chunked",
        "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv,
        "continue? POST / 1.1 keep [Host=x] [Expect=100-continue] [Transfer-Encoding=chunked] <>\n"sv);
    row("expects 100-continue without a body", "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n"sv,
        "POST / 1.1 keep [Host=x] [Expect=100-continue] <>\n"sv);
    row("expects 100-continue in HTTP/1.0", "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na"sv,
        "POST / 1.0 close [Expect=100-continue] [Content-Length=1] <a>\n"sv);
}

void TestRequestParser::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const std::string text = bytes.toStdString();
    const std::string wanted = expected.toStdString();
    const Limits limits;
    const auto check
        = [&](const std::string &outcome) { QVERIFY2(outcome == wanted, escapeForDisplay(outcome).c_str()); };
    check(readWhole(text, limits));
    for (std::size_t at = 0; at <= text.size(); ++at)
        check(readCut(text, at, limits));
    QRandomGenerator random(3);
    check(readInPieces(text, limits, random, 1));
    for (int i = 0; i < 20; ++i)
        check(readInPieces(text, limits, random, 9));
}

void TestRequestParser::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, std::string_view bytes, int status = 400) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())) << status;
    };
    row("TLS handshake", "\x16\x03\x01\x02\x00\x01"sv);
    row("NUL", "\0"sv);
    row("space before the method", " GET / HTTP/1.1\r\nHost: x\r\n\r\n"sv);
    row("HTTP/0.9", "GET /\r\n"sv);
    row("only a method", "GET\r\n"sv);
    row("no target", "GET  HTTP/1.1\r\n"sv);
    row("space in the target", "GET /a b HTTP/1.1\r\n"sv);
    row("space at the end", "GET / HTTP/1.1 \r\n"sv);
    row("two spaces", "GET  / HTTP/1.1\r\n"sv);
    row("tab for a space", "GET\t/ HTTP/1.1\r\n"sv);
    row("bad method", "G(T / HTTP/1.1\r\n"sv);
    row("relative target", "GET a/b HTTP/1.1\r\n"sv);
    row("UTF-8 in the target", "GET /\xc3\xa9 HTTP/1.1\r\n"sv);
    row("control in the target", "GET /\x01 HTTP/1.1\r\n"sv);
    row("NUL in the target", "GET /\0 HTTP/1.1\r\n"sv);
    row("CR in the request line", "GET /\r HTTP/1.1\r\n"sv);
    row("lower-case version", "GET / http/1.1\r\n"sv);
    row("no version number", "GET / HTTP/1\r\n"sv);
    row("long version number", "GET / HTTP/1.10\r\n"sv);
    row("HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"sv, 505);
    row("HTTP/0.9, spelt out", "GET / HTTP/0.9\r\n"sv, 505);
    row("CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"sv, 501);
    row("LF alone behind the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n"sv);
    row("LF alone behind a header", "GET / HTTP/1.1\r\nHost: x\n\r\n"sv);
    row("LF alone behind the head", "GET / HTTP/1.1\r\nHost: x\r\n\n"sv);
    row("LF alone before a request", "\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"sv);
    row("CR alone before a request", "\rGET / HTTP/1.1\r\nHost: x\r\n\r\n"sv);

    const auto head = [&](const char *name, std::string_view lines, int status = 400) {
        row(name, "POST / HTTP/1.1\r\nHost: x\r\n" + std::string(lines) + "\r\n", status);
    };
    head("header without colon", "abc\r\n");
    head("header without name", ": b\r\n");
    head("space before the colon", "a : b\r\n");
    head("tab before the colon", "a\t: b\r\n");
    head("space in the name", "a b: c\r\n");
    head("UTF-8 in the name", "\xc3\xa9: c\r\n");
    head("folded header", "a: b\r\n c\r\n");
    head("folded header, tab", "a: b\r\n\tc\r\n");
    head("header of white space", " \r\n");
    head("NUL in a value", "a: b\0c\r\n"sv);
    head("CR in a value", "a: b\rc\r\n");
    head("escape in a value", "a: \x1b[31m\r\n");
    head("DEL in a value", "a: \x7f\r\n");
    head("second Host", "host: x\r\n");
    row("no Host", "GET / HTTP/1.1\r\na: b\r\n\r\n"sv);
    row("second Host in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"sv);

    head("Content-Length twice", "Content-Length: 1\r\nContent-Length: 1\r\n");
    head("Content-Length, differing", "Content-Length: 1\r\ncontent-length: 2\r\n");
    head("Content-Length, list", "Content-Length: 1, 1\r\n");
    head("Content-Length, empty", "Content-Length:\r\n");
    head("Content-Length, plus", "Content-Length: +1\r\n");
    head("Content-Length, minus", "Content-Length: -1\r\n");
    head("Content-Length, hexadecimal", "Content-Length: 0x1\r\n");
    head("Content-Length, decimal point", "Content-Length: 1.0\r\n");
    head("Content-Length, inner space", "Content-Length: 1 0\r\n");
    head("Content-Length, enormous", "Content-Length: 99999999999999999999999999\r\n", 413);
    head("Content-Length, 2^64", "Content-Length: 18446744073709551616\r\n", 413);
    head("Content-Length above the limit", "Content-Length: 67108865\r\n", 413);
    head("both framings", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n");
    head("both framings, other order", "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n");
    head("both framings, unknown coding", "Transfer-Encoding: x\r\nContent-Length: 1\r\n");
    head("unknown coding", "Transfer-Encoding: gzip\r\n", 501);
    head("identity", "Transfer-Encoding: identity\r\n", 501);
    head("coding before chunked", "Transfer-Encoding: gzip, chunked\r\n", 501);
    head("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 501);
    head("chunked, parameter", "Transfer-Encoding: chunked;a=b\r\n", 501);
    head("chunked, vertical tab",
        "Transfer-Encoding: \x0b"
        "chunked\r\n");
    head("empty coding", "Transfer-Encoding:\r\n", 501);
    row("chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"sv);
    head("unknown expectation", "Expect: 200-ok\r\nContent-Length: 1\r\n", 417);

    const auto chunks = [&](const char *name, std::string_view body, int status = 400) {
        row(name, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body), status);
    };
    chunks("chunk size, empty", "\r\n");
    chunks("chunk size, text", "xyz\r\n");
    chunks("chunk size, minus", "-1\r\n");
    chunks("chunk size, plus", "+1\r\n");
    chunks("chunk size, 0x", "0x1\r\n");
    chunks("chunk size, space before", " 1\r\n");
    chunks("chunk size, space behind", "1 \r\n");
    chunks("chunk size, text behind", "1 a\r\n");
    chunks("chunk size, LF alone", "1\nx\r\n");
    chunks("chunk size, CR inside", "1\r;a\r\n");
    chunks("chunk extension, control", "1;\x01\r\nx\r\n");
    chunks("chunk size, enormous", "ffffffffffffffffffff\r\n", 413);
    chunks("chunk size, 2^64", "10000000000000000\r\n", 413);
    chunks("chunk size above the limit", "4000001\r\n", 413);
    chunks("chunk, longer than it says", "1\r\nxy\r\n");
    chunks("chunk, shorter than it says", "3\r\nx\r\n0\r\n\r\n");
    chunks("chunk, LF alone behind", "1\r\nx\n0\r\n\r\n");
    chunks("chunk size line, too long", "1;" + std::string(5000, 'a') + "\r\n");
    chunks("trailer, folded", "0\r\n a: b\r\n\r\n");
    chunks("trailer, bad name", "0\r\na b: c\r\n\r\n");
}

void TestRequestParser::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const std::string text = bytes.toStdString();
    const Limits limits;
    const std::string wanted = readWhole(text, limits);
    QVERIFY2(wanted.find(std::to_string(status) + " ") != std::string::npos, escapeForDisplay(wanted).c_str());
    // A refusal ends everything: what comes behind changes nothing.
    QCOMPARE(readWhole(text + "GET / HTTP/1.1\r\nHost: x\r\n\r\n", limits), wanted);
    for (std::size_t at = 0; at <= text.size(); ++at)
        QCOMPARE(readCut(text, at, limits), wanted);
    QRandomGenerator random(4);
    QCOMPARE(readInPieces(text, limits, random, 1), wanted);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(readInPieces(text, limits, random, 9), wanted);
}

void TestRequestParser::limits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status"); // 0: read
    const auto row = [](const char *name, const std::string &bytes, int status) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << status;
    };
    const std::string start = "POST / HTTP/1.1\r\nHost: x\r\n"; // 26 bytes
    const auto headOf
        = [&](std::size_t size) { return start + "a: " + std::string(size - start.size() - 7, 'b') + "\r\n\r\n"; };
    QCOMPARE(headOf(256).size(), std::size_t(256));
    row("largest head", headOf(256), 0);
    row("head one byte too large", headOf(257), 431);
    row("head without end", "GET /" + std::string(1000, 'a'), 431);
    row("carriage returns without end", std::string(300, '\r'), 431);
    std::string lines;
    for (int i = 0; i < 200; ++i)
        lines += "\r\n";
    row("too many empty lines", lines, 431);
    row("most headers", start + "a:\r\nb:\r\nc:\r\nd:\r\n\r\n", 0);
    row("one header too many", start + "a:\r\nb:\r\nc:\r\nd:\r\ne:\r\n\r\n", 431);
    row("largest body", start + "Content-Length: 64\r\n\r\n" + std::string(64, 'b'), 0);
    row("body one byte too large", start + "Content-Length: 65\r\n\r\n" + std::string(65, 'b'), 413);
    const std::string chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
    row("largest chunked body",
        chunked + "20\r\n" + std::string(32, 'b') + "\r\n20\r\n" + std::string(32, 'b') + "\r\n0\r\n\r\n", 0);
    row("chunks one byte too large",
        chunked + "20\r\n" + std::string(32, 'b') + "\r\n21\r\n" + std::string(33, 'b') + "\r\n0\r\n\r\n", 413);
    row("most trailers", chunked + "0\r\na:\r\nb:\r\nc:\r\n\r\n", 0);
    row("one trailer too many", chunked + "0\r\na:\r\nb:\r\nc:\r\nd:\r\n\r\n", 431);
    row("trailers too large", chunked + "0\r\na:" + std::string(300, 'b') + "\r\n\r\n", 431);
    std::string extensions;
    for (int i = 0; i < 3; ++i)
        extensions += "1;" + std::string(100, 'a') + "\r\nx\r\n";
    row("chunk extensions too large", chunked + extensions + "0\r\n\r\n", 400);
}

void TestRequestParser::limits()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const std::string text = bytes.toStdString();
    const std::string wanted = readWhole(text, kSmall);
    QVERIFY2(
        wanted.starts_with(status == 0 ? "POST / " : std::to_string(status) + " "), escapeForDisplay(wanted).c_str());
    for (std::size_t at = 0; at <= text.size(); ++at)
        QCOMPARE(readCut(text, at, kSmall), wanted);
}

// Pieces of good and bad requests in random order, so that most are wrong somewhere and some are right.
void TestRequestParser::randomRequestsReadTheSameHoweverTheyAreCut()
{
    const std::vector<std::string> starts{ "POST /p HTTP/1.1\r\nHost: x\r\n", "GET / HTTP/1.1\r\nhost:y\r\n",
        "PUT * HTTP/1.0\r\n", "\r\nPATCH /a HTTP/1.1\r\nHost: x\r\n", "POST / HTTP/3.0\r\n" };
    const std::vector<std::string> lines{ "a: b\r\n", "Connection: close\r\n", "Expect: 100-continue\r\n", " fold\r\n",
        "a : b\r\n", "X-Signature: abc\r\n", "a:\tb\t\r\n", "\n" };
    const std::vector<std::string> ends{ "\r\n", "Content-Length: 3\r\n\r\nabc", "Content-Length: 3\r\n\r\n\r\n\r",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1;x\r\na\r\n2\r\nbc\r\n0\r\nt: 1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n", "Content-Length: 100\r\n\r\n",
        "Content-Length: x\r\n\r\n" };
    QRandomGenerator random(11);
    const auto pick = [&](const std::vector<std::string> &from) {
        return from[static_cast<std::size_t>(random.bounded(static_cast<int>(from.size())))];
    };
    int good = 0;
    for (int i = 0; i < 1500; ++i) {
        std::string text;
        for (int requests = random.bounded(1, 4); requests > 0; --requests) {
            text += pick(starts);
            for (int count = random.bounded(0, 3); count > 0; --count)
                text += pick(lines);
            text += pick(ends);
        }
        if (random.bounded(4) == 0)
            text[static_cast<std::size_t>(random.bounded(static_cast<int>(text.size())))]
                = static_cast<char>(random.bounded(256));
        const std::string wanted = readWhole(text, kSmall);
        good += wanted.starts_with("4") || wanted.starts_with("5") ? 0 : 1;
        QCOMPARE(readInPieces(text, kSmall, random, 1), wanted);
        for (int times = 0; times < 6; ++times)
            QCOMPARE(readInPieces(text, kSmall, random, 30), wanted);
        QCOMPARE(
            readCut(text, static_cast<std::size_t>(random.bounded(static_cast<int>(text.size()))), kSmall), wanted);
    }
    QVERIFY(good > 300 && good < 1300);
}

void TestRequestParser::memoryFollowsWhatWasSent()
{
    RequestParser parser;
    std::string_view bytes = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 67108864\r\n\r\nabc";
    QCOMPARE(parser.parse(bytes), RequestParser::Step::Head);
    QCOMPARE(parser.parse(bytes), RequestParser::Step::NeedsMore);
    QCOMPARE(parser.bodyBytes(), std::size_t(3));
    QVERIFY(parser.request().body.capacity() <= (std::size_t{ 1 } << 20) + 64);

    const std::string megabyte(std::size_t{ 1 } << 20, 'x');
    for (int i = 0; i < 63; ++i) {
        bytes = megabyte;
        QCOMPARE(parser.parse(bytes), RequestParser::Step::NeedsMore);
    }
    bytes = std::string_view(megabyte).substr(3);
    QCOMPARE(parser.parse(bytes), RequestParser::Step::Complete);
    const Request request = parser.take();
    QCOMPARE(request.body.size(), std::size_t(67108864));
    QVERIFY(request.body.capacity() < std::size_t(67108864) + 4096);
    QCOMPARE(parser.bodyBytes(), std::size_t(0));
    QVERIFY(!parser.begun());
}

void TestRequestParser::theHeadIsReportedBeforeTheBody()
{
    RequestParser parser;
    std::string_view bytes = "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    QCOMPARE(parser.parse(bytes), RequestParser::Step::Head);
    QCOMPARE(parser.request().target, "/p");
    QCOMPARE(bytes, "abc");
    QCOMPARE(parser.parse(bytes), RequestParser::Step::Complete);
    QCOMPARE(parser.parse(bytes), RequestParser::Step::Complete); // until it is taken
    QCOMPARE(parser.take().body, "abc");
    QCOMPARE(parser.parse(bytes), RequestParser::Step::NeedsMore);
}

void TestRequestParser::tooLargeIsSaidBeforeTheBodyArrives()
{
    RequestParser parser;
    std::string_view bytes = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n";
    QCOMPARE(parser.parse(bytes), RequestParser::Step::Failed);
    QCOMPARE(parser.refusal().status, 413);
    QVERIFY(!parser.expectsContinue());
}

QTEST_APPLESS_MAIN(TestRequestParser)
#include "tst_request_parser.moc"
