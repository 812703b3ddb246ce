// Requests against Segment's engine (rows of data/delivery/requests.ndjson: it answered them) and what we add to them.
#include "core/delivery/request.h"
#include "core/destination/uri.h"
#include "tests/delivery/sending.h"
#include "tests/delivery/wire_rows.h"

#include <QFile>
#include <QRandomGenerator>
#include <QtTest>
#include <algorithm>

using namespace hookbench;
using namespace hookbench::delivery;

namespace {

bool hasNote(const Request &request, std::string_view code)
{
    return std::any_of(
        request.notes.begin(), request.notes.end(), [&](const Issue &note) { return note.code == code; });
}

} // namespace

class TestRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isWhatSegmentSends_data();
    void isWhatSegmentSends();
    void refusesWhatSegmentRefuses_data();
    void refusesWhatSegmentRefuses();
    void signsTheFirstEventOfABatch();
    void signsTheWholeBodyWhenAsked();
    void signsNothingWithoutFirstData();
    void singleWithoutDataHasNoBody();
    void mappedSignatureReplacesOurs();
    void userinfoBecomesAuthorization();
    void saysWhenQtChangesTheTarget_data();
    void saysWhenQtChangesTheTarget();
    void plainTargetsAreLeftAloneByQt();
    void refusesCloudMetadata_data();
    void refusesCloudMetadata();
    void notesWhatIsNotSentAsWritten_data();
    void notesWhatIsNotSentAsWritten();
    void errorsNameTheHeader();
    void emptyBatchIsRefused();
};

void TestRequest::isWhatSegmentSends_data()
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/delivery/requests.ndjson"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    for (int number = 1; !file.atEnd(); ++number)
        QTest::addRow("%d", number) << file.readLine().trimmed();
}

void TestRequest::isWhatSegmentSends()
{
    QFETCH(QByteArray, line);
    const auto row = json::parse({ line.constData(), static_cast<std::size_t>(line.size()) });
    QVERIFY(row.has_value());
    const json::Value secret = row->root().find("secret");
    std::optional<signing::Signer> signer;
    if (secret.isString() && secret.size() > 0)
        signer.emplace(std::string(secret.asString()));
    RequestOptions options;
    options.signer = signer ? &*signer : nullptr;
    std::vector<destination::Payload> payloads;
    for (const json::Value payload : row->root().find("payloads").items())
        payloads.push_back(payloadOf(payload));
    const auto request = buildRequest(payloads, row->root().find("batch").asBoolean(), options);
    const json::Value expect = row->root().find("expect");
    if (expect.isNull()) {
        QVERIFY(!request || !destination::isUri(payloads.front().url));
        return;
    }
    QVERIFY2(request.has_value(), request ? "" : request.error().message.c_str());
    const Headers expected = headersOf(expect.find("headers"));
    QCOMPARE(headLines(request->headers), headLines(expected));
    QCOMPARE(bytes(request->method), bytes(expect.find("method").asString()));
    QCOMPARE(bytes(request->target), bytes(expect.find("target").asString()));
    QCOMPARE(bytes(request->body), bytes(expect.find("body").asString()));
    QCOMPARE(findHeader(request->headers, "Content-Length")->value, std::to_string(request->body.size()));
    QVERIFY2(expect.find("url").asString().starts_with(request->scheme + "://"), "scheme");
    if (!findHeader(expected, "host") || findHeader(expected, "host")->name == "Host")
        QCOMPARE(bytes(request->host), bytes(findHeader(expected, "host")->value));
}

void TestRequest::refusesWhatSegmentRefuses_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("code");
    const QByteArray url("http://a.example/");
    QTest::newRow("line feed") << url << QByteArray(R"({"x":"a\nb"})") << QByteArray("header-value");
    QTest::newRow("carriage return") << url << QByteArray(R"({"x":"a\r"})") << QByteArray("header-value");
    QTest::newRow("injection") << url << QByteArray(R"({"x":"a\r\nX-Evil: 1"})") << QByteArray("header-value");
    QTest::newRow("injection in the name") << url << QByteArray(R"({"x\r\nX-Evil":"1"})") << QByteArray("header-name");
    QTest::newRow("null character") << url << QByteArray(R"({"x":"\u0000"})") << QByteArray("header-value");
    QTest::newRow("delete") << url << QByteArray(R"({"x":"\u007f"})") << QByteArray("header-value");
    QTest::newRow("above Latin-1") << url << QByteArray(R"({"x":"€"})") << QByteArray("header-value");
    QTest::newRow("lone surrogate") << url << QByteArray(R"({"x":"\ud83d"})") << QByteArray("header-value");
    QTest::newRow("in an array") << url << QByteArray(R"({"x":["a","b\n"]})") << QByteArray("header-value");
    QTest::newRow("in a framing header") << url << QByteArray(R"({"Connection":"a\n"})") << QByteArray("header-value");
    QTest::newRow("object without text") << url << QByteArray(R"({"x":{"toString":1}})") << QByteArray("header-value");
    QTest::newRow("space in a name") << url << QByteArray(R"({"x y":"1"})") << QByteArray("header-name");
    QTest::newRow("empty name") << url << QByteArray(R"({"":"1"})") << QByteArray("header-name");
    QTest::newRow("not ASCII in a name") << url << QByteArray(R"({"ü":"1"})") << QByteArray("header-name");
    QTest::newRow("nested set of headers")
        << url << QByteArray(R"({"headers":{"x y":1}})") << QByteArray("header-name");
    QTest::newRow("ftp") << QByteArray("ftp://a.example/") << QByteArray("{}") << QByteArray("url-not-http");
    QTest::newRow("no host") << QByteArray("http:///x") << QByteArray("{}") << QByteArray("url-not-absolute");
    QTest::newRow("port") << QByteArray("http://a.example:99999/") << QByteArray("{}") << QByteArray("url-port");
}

void TestRequest::refusesWhatSegmentRefuses()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, code);
    for (const bool batch : { false, true }) {
        const TestPayload payload(url.toStdString(), "{}", headers.toStdString());
        const auto request = buildRequest({ &payload.payload, 1 }, batch, {});
        QVERIFY(!request);
        QCOMPARE(bytes(request.error().code), code);
    }
}

void TestRequest::signsTheFirstEventOfABatch()
{
    const signing::Signer signer("s3cret");
    const TestPayload first("https://a.example/", R"({"n":1})");
    const TestPayload second("https://b.example/", R"({"n":2})", R"({"x":"y\n"})", "PUT");
    const TestPayload third("https://c.example/", "");
    const destination::Payload payloads[] = { first.payload, second.payload, third.payload };
    const auto request = buildRequest(payloads, true, { &signer });
    QVERIFY(request.has_value());
    QCOMPARE(bytes(request->body), R"([{"n":1},{"n":2},null])");
    QCOMPARE(bytes(request->url), "https://a.example/");
    QCOMPARE(bytes(request->signedBytes->of(request->body)), R"({"n":1})");
    QCOMPARE(request->signature, signer.sign(R"({"n":1})"));
    QCOMPARE(findHeader(request->headers, "x-signature")->value, request->signature);
}

void TestRequest::signsTheWholeBodyWhenAsked()
{
    const signing::Signer signer("s3cret");
    const TestPayload none("https://a.example/", "");
    const TestPayload some("https://a.example/", R"({"n":2})");
    const destination::Payload payloads[] = { none.payload, some.payload };
    const auto request = buildRequest(payloads, true, { &signer, signing::Mode::WholeBody });
    QVERIFY(request.has_value());
    QCOMPARE(request->signedBytes, (signing::Coverage{ 0, request->body.size() }));
    QCOMPARE(request->signature, signer.sign(R"([null,{"n":2}])"));
}

void TestRequest::signsNothingWithoutFirstData()
{
    const signing::Signer signer("s3cret");
    const TestPayload none("https://a.example/", "");
    const TestPayload some("https://a.example/", R"({"n":2})");
    const destination::Payload payloads[] = { none.payload, some.payload };
    const auto request = buildRequest(payloads, true, { &signer });
    QVERIFY(request.has_value());
    QVERIFY(request->signature.empty());
    QVERIFY(!request->signedBytes);
    QVERIFY(!findHeader(request->headers, "x-signature"));
    QCOMPARE(findHeader(request->headers, "content-type")->value, std::string("application/json"));
}

void TestRequest::singleWithoutDataHasNoBody()
{
    const signing::Signer signer("s3cret");
    const TestPayload payload("https://a.example/", "", R"({"Content-Type":"text/plain"})", "PATCH");
    const auto request = buildRequest({ &payload.payload, 1 }, false, { &signer, signing::Mode::WholeBody });
    QVERIFY(request.has_value());
    QVERIFY(!request->hasBody);
    QVERIFY(request->body.empty());
    QVERIFY(!findHeader(request->headers, "x-signature"));
    QCOMPARE(findHeader(request->headers, "content-type")->value, std::string("text/plain"));
    QCOMPARE(findHeader(request->headers, "Content-Length")->value, std::string("0"));
}

void TestRequest::mappedSignatureReplacesOurs()
{
    const signing::Signer signer("s3cret");
    const TestPayload payload("https://a.example/", "{}", R"({"X-SIGNATURE":""})");
    const auto request = buildRequest({ &payload.payload, 1 }, false, { &signer });
    QVERIFY(request.has_value());
    QCOMPARE(findHeader(request->headers, "x-signature")->value, std::string());
    QCOMPARE(request->signature, signer.sign("{}"));
    QVERIFY(hasNote(*request, "header-signature-mapped"));
}

void TestRequest::userinfoBecomesAuthorization()
{
    const TestPayload payload("https://user:p%40ss@a.example/x#f", "{}");
    const auto request = buildRequest({ &payload.payload, 1 }, false, {});
    QVERIFY(request.has_value());
    QCOMPARE(findHeader(request->headers, "authorization")->value,
        "Basic " + QByteArray("user:p@ss").toBase64().toStdString());
    QCOMPARE(bytes(request->url), "https://a.example/x");
    QVERIFY(hasNote(*request, "url-userinfo"));
    for (const Issue &note : request->notes)
        QVERIFY2(note.message.find("p@ss") == std::string::npos && note.message.find("p%40ss") == std::string::npos,
            note.message.c_str());

    const TestPayload mapped("https://user@a.example/", "{}", R"({"Authorization":""})");
    QCOMPARE(
        findHeader(buildRequest({ &mapped.payload, 1 }, false, {})->headers, "authorization")->value, std::string());
}

void TestRequest::saysWhenQtChangesTheTarget_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("plain") << QByteArray("http://a.example/x?y=z") << QByteArray("/x?y=z") << QByteArray("/x?y=z");
    QTest::newRow("escape") << QByteArray("http://a.example/%41") << QByteArray("/%41") << QByteArray("/A");
    QTest::newRow("dots") << QByteArray("http://a.example/a/../b") << QByteArray("/a/../b") << QByteArray("/b");
    QTest::newRow("slashes") << QByteArray("http://a.example//a//b") << QByteArray("//a//b") << QByteArray("/a//b");
    QTest::newRow("apostrophe") << QByteArray("http://a.example/it's") << QByteArray("/it%27s")
                                << QByteArray("/it%27s");
}

void TestRequest::saysWhenQtChangesTheTarget()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, sent);
    const RequestPtr request = requestTo(url.toStdString());
    QCOMPARE(bytes(request->target), target);
    QCOMPARE(bytes(request->wireTarget()), sent);
    QCOMPARE(request->normalisedTarget.has_value(), target != sent);
    QCOMPARE(hasNote(*request, "url-normalised"), target != sent);
}

void TestRequest::plainTargetsAreLeftAloneByQt()
{
    // The short cut for ordinary targets must not hide a change.
    QRandomGenerator random(7);
    constexpr std::string_view kPieces = "abzAZ09-_./~?=&:@,;+$!*()%#'[]";
    for (int i = 0; i < 20000; ++i) {
        std::string target = "/";
        for (int length = random.bounded(12); length > 0; --length)
            target += kPieces[random.bounded(static_cast<quint32>(kPieces.size()))];
        const std::string url = "http://a.example" + target;
        if (!destination::isUri(url))
            continue;
        const RequestPtr request = requestTo(url);
        QCOMPARE(bytes(request->wireTarget()),
            bytes(destination::qtTargetOf(request->scheme + "://a.example" + request->target)));
    }
}

void TestRequest::refusesCloudMetadata_data()
{
    QTest::addColumn<QByteArray>("host");
    for (const char *host : { "169.254.169.254", "169.254.169.254.", "2852039166", "0xA9FEA9FE", "0251.0376.0251.0376",
             "0xa9.254.0251.254", "169.254.43518", "[fd00:ec2::254]", "[FD00:0EC2:0:0:0:0:0:0254]",
             "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "169.254.169.254:8080" })
        QTest::newRow(host) << QByteArray(host);
}

void TestRequest::refusesCloudMetadata()
{
    QFETCH(QByteArray, host);
    const TestPayload payload("http://" + host.toStdString() + "/latest/meta-data", "{}");
    const auto request = buildRequest({ &payload.payload, 1 }, false, {});
    QVERIFY(!request);
    QCOMPARE(bytes(request.error().code), "url-metadata");
}

void TestRequest::notesWhatIsNotSentAsWritten_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("path");
    const auto row = [](const char *headers, const char *code, const char *path) {
        QTest::newRow(headers) << QByteArray(headers) << QByteArray(code) << QByteArray(path);
    };
    row(R"({"Content-Length":"5"})", "header-framing", "/headers/Content-Length");
    row(R"({"transfer-encoding":"chunked"})", "header-framing", "/headers/transfer-encoding");
    row(R"({"Connection":"keep-alive"})", "header-framing", "/headers/Connection");
    row(R"({"TE":"trailers"})", "header-framing", "/headers/TE");
    row(R"({"Trailer":"x"})", "header-framing", "/headers/Trailer");
    row(R"({"Upgrade":"h2c"})", "header-framing", "/headers/Upgrade");
    row(R"({"X-A":"undefined"})", "header-deleted", "/headers/X-A");
    row(R"({"X-A":"ü"})", "header-non-ascii", "/headers/X-A");
    row(R"({"Content-Type":"text/plain"})", "header-content-type", "/headers/Content-Type");
    row(R"({"Host":"b.example"})", "header-host", "/headers/Host");
    row(R"({"User-Agent":""})", "header-user-agent-empty", "/headers/User-Agent");
}

void TestRequest::notesWhatIsNotSentAsWritten()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, path);
    const RequestPtr request = requestTo("https://a.example/", "{}", headers.toStdString());
    QCOMPARE(request->notes.size(), std::size_t(1));
    QCOMPARE(bytes(request->notes.front().code), code);
    QCOMPARE(bytes(request->notes.front().path), path);
    QVERIFY(requestTo("https://a.example/", "{}", R"({"X-A":"1","Content-Type":"application/json"})")->notes.empty());
}

void TestRequest::errorsNameTheHeader()
{
    const TestPayload payload("https://a.example/", "{}", R"({"X-Name":"a\nb"})");
    const auto request = buildRequest({ &payload.payload, 1 }, false, {});
    QVERIFY(!request);
    QCOMPARE(bytes(request.error().path), "/headers/X-Name");
    QVERIFY(request.error().message.find("X-Name") != std::string::npos);
    const TestPayload url("ftp://a.example/", "{}");
    QCOMPARE(bytes(buildRequest({ &url.payload, 1 }, false, {}).error().path), "/url");
}

void TestRequest::emptyBatchIsRefused()
{
    QCOMPARE(bytes(buildRequest({}, true, {}).error().code), "batch-empty");
}

QTEST_APPLESS_MAIN(TestRequest)
#include "tst_request.moc"
