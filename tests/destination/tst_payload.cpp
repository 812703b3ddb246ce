// From resolved fields to what can be sent: Segment's answers, then what is ours (sizes, keys, words).
#include "core/destination/address.h"
#include "core/destination/payload.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QFile>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::destination;
using namespace std::string_literals;

namespace {

std::string bodyOf(const Payload &payload, bool batch)
{
    if (!batch)
        return payload.data ? json::stringify(*payload.data) : std::string();
    return "[" + (payload.data ? json::stringify(*payload.data) : "null"s) + "]";
}

} // namespace

class TestPayload : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void segmentsAnswers_data();
    void segmentsAnswers();
    void batching_data();
    void batching();
    void mistakes_data();
    void mistakes();
    void valuesAreNotCopied();
    void passwordsStayOut();
    void secrets_data();
    void secrets();
};

void TestPayload::segmentsAnswers_data()
{
    QTest::addColumn<std::string>("line");
    QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/destination/payloads.ndjson"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (int row = 1; !file.atEnd(); ++row)
        QTest::addRow("%d", row) << file.readLine().toStdString();
}

void TestPayload::segmentsAnswers()
{
    QFETCH(std::string, line);
    const auto row = json::parse(line);
    QVERIFY(row.has_value());
    const bool batch = row->root().find("batch").asBoolean();
    const json::Value sent = row->root().find("sent");
    json::Arena arena;
    const auto payload = toPayload(row->root().find("resolved"), batch, arena);
    const auto address = payload ? addressOf(payload->url) : Result<Address>();
    QCOMPARE(payload.has_value() && address.has_value(), sent.isObject());
    if (sent.isNull())
        return;
    QCOMPARE(payload->method, std::string(sent.find("method").asString()));
    QCOMPARE(address->target, std::string(sent.find("target").asString()));
    QCOMPARE(bodyOf(*payload, batch), std::string(sent.find("body").asString()));
}

void TestPayload::batching_data()
{
    QTest::addColumn<std::string>("fields");
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<std::size_t>("size");
    QTest::addColumn<std::string>("keys");
    const auto row = [](const char *fields, bool enabled, std::size_t size, const char *keys) {
        QTest::newRow(fields) << std::string(fields) << enabled << size << std::string(keys);
    };
    const char *defaults = "url,method,headers";
    row(R"("other":1)", false, 1000, defaults);
    row(R"("enable_batching":true,"batch_size":5)", true, 5, defaults);
    row(R"("enable_batching":false)", false, 1000, defaults);
    row(R"("enable_batching":"true")", true, 1000, defaults);
    row(R"("enable_batching":"yes")", false, 1000, defaults);
    row(R"("enable_batching":1)", true, 1000, defaults);
    row(R"("batch_size":0)", false, 1000, defaults);
    row(R"("batch_size":null)", false, 1000, defaults);
    row(R"("batch_size":"")", false, 1000, defaults);
    row(R"("batch_size":-5)", false, 1000, defaults);
    row(R"("batch_size":1.9)", false, 1, defaults);
    row(R"("batch_size":"10")", false, 10, defaults);
    row(R"("batch_size":" 0x10 ")", false, 16, defaults);
    row(R"("batch_size":["7"])", false, 7, defaults);
    row(R"("batch_size":true)", false, 1, defaults);
    row(R"("batch_size":4001)", false, 4000, defaults);
    row(R"("batch_size":"Infinity")", false, 4000, defaults);
    row(R"("batch_keys":["url"])", false, 1000, "url");
    row(R"("batch_keys":"url")", false, 1000, "url");
    row(R"("batch_keys":[])", false, 1000, "");
    row(R"("batch_keys":[null,"url",5,["data"]])", false, 1000, "url,5,data");
    row(R"("batch_keys":null)", false, 1000, defaults);
    row(R"("batch_keys":"")", false, 1000, defaults);
}

void TestPayload::batching()
{
    QFETCH(std::string, fields);
    const auto resolved = json::parse(R"({"url":"https://example.com/","method":"POST",)" + fields + "}");
    QVERIFY(resolved.has_value());
    json::Arena arena;
    const auto payload = toPayload(*resolved, true, arena);
    QVERIFY(payload.has_value());
    QTEST(payload->enableBatching, "enabled");
    QTEST(payload->batchSize, "size");
    std::string keys;
    for (const std::string &key : payload->batchKeys)
        keys += (keys.empty() ? "" : ",") + key;
    QTEST(keys, "keys");
}

void TestPayload::mistakes_data()
{
    QTest::addColumn<std::string>("resolved");
    QTest::addColumn<bool>("batch");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("says");
    const auto row = [](const char *resolved, bool batch, const char *path, const char *says) {
        QTest::addRow("%s %s", resolved, batch ? "batch" : "single")
            << std::string(resolved) << batch << std::string(path) << std::string(says);
    };
    row(R"([1])", false, "", "it gave array");
    row(R"({"method":"POST"})", false, "/url", "URL is missing");
    row(R"({"url":"","method":"POST"})", false, "/url", "URL is missing");
    row(R"({"url":"","method":"POST"})", true, "/url", "absolute URL");
    row(R"({"url":"/orders","method":"POST"})", false, "/url", "absolute URL");
    row(R"({"url":"https://example.com/a b","method":"POST"})", false, "/url", "at byte 21");
    row(R"({"url":"https://example.com/100%","method":"POST"})", false, "/url", "%25");
    row(R"({"url":{},"method":"POST"})", false, "/url", "URL must be text, found object");
    row(R"({"url":"https://example.com/","method":"post"})", false, "/method", "capital letters");
    row(R"({"url":"https://example.com/","method":"POST","data":[1]})", false, "/data",
        "Data must be an object, found array");
    row(R"({"url":"https://example.com/","method":"POST","headers":"x"})", false, "/headers", "found string");
    row(R"({"url":"https://example.com/","method":"POST","batch_size":"many"})", false, "/batch_size",
        "must be a number");
    row(R"({"url":"https://example.com/","method":"POST","batch_keys":[null,"url",{}]})", false, "/batch_keys/1",
        "found object");
    row(R"({"data":7})", false, "/url", "Data must be an object");
}

void TestPayload::mistakes()
{
    QFETCH(std::string, resolved);
    QFETCH(bool, batch);
    QFETCH(std::string, says);
    const auto value = json::parse(resolved);
    QVERIFY(value.has_value());
    json::Arena arena;
    const auto payload = toPayload(*value, batch, arena);
    QVERIFY(!payload.has_value());
    QCOMPARE(payload.error().code, "payload-invalid"s);
    QTEST(payload.error().path, "path");
    QVERIFY2(payload.error().message.find(says) != std::string::npos, payload.error().message.c_str());
}

void TestPayload::valuesAreNotCopied()
{
    const auto resolved
        = json::parse(R"({"url":"https://example.com/","method":"POST","headers":{"a":"b"},"data":{"c":[1]}})");
    json::Arena arena;
    const auto payload = toPayload(*resolved, false, arena);
    QVERIFY(payload.has_value());
    QCOMPARE(payload->data->members().data(), resolved->root().find("data").members().data());
    QCOMPARE(payload->headers.members().data(), resolved->root().find("headers").members().data());
    QCOMPARE(arena.capacity(), std::size_t{ 0 });
}

void TestPayload::passwordsStayOut()
{
    const auto resolved = json::parse(R"({"url":"https://user:hunter2@example.com/a b","method":"POST"})");
    json::Arena arena;
    const auto payload = toPayload(*resolved, false, arena);
    QVERIFY(!payload.has_value());
    QVERIFY(payload.error().message.find("hunter2") == std::string::npos);
    QVERIFY(payload.error().message.find("example.com") != std::string::npos);
}

void TestPayload::secrets_data()
{
    QTest::addColumn<std::string>("settings");
    QTest::addColumn<bool>("ok");
    QTest::addColumn<std::string>("secret"); // "" is none
    const auto row = [](const char *settings, bool ok, const std::string &secret) {
        QTest::newRow(settings) << std::string(settings) << ok << secret;
    };
    row(R"({})", true, "");
    row(R"({"sharedSecret":"s"})", true, "s");
    row(R"({"sharedSecret":123})", true, "123");
    row(R"({"sharedSecret":0})", true, "0");
    row(R"({"sharedSecret":1e21})", true, "1e+21");
    row(R"({"sharedSecret":false})", true, "false");
    row(R"({"sharedSecret":null})", true, "");
    row(R"({"sharedSecret":""})", true, "");
    row(R"({"sharedSecret":[null]})", true, "");
    row(R"({"sharedSecret":["a"]})", true, "a");
    row(R"({"sharedSecret":["a","b"]})", false, "");
    row(R"({"sharedSecret":[]})", false, "");
    row(R"({"sharedSecret":{}})", false, "");
    row(R"({"sharedSecret":[["a"]]})", false, "");
    row(R"({"sharedSecret":"\ud800x\u00e4"})", true, "\uFFFDx\u00e4");
}

void TestPayload::secrets()
{
    QFETCH(std::string, settings);
    QFETCH(bool, ok);
    const auto value = json::parse(settings);
    QVERIFY(value.has_value());
    const auto secret = sharedSecretOf(*value);
    QCOMPARE(secret.has_value(), ok);
    if (!ok)
        return;
    QTEST(secret->value_or(std::string()), "secret");
    QVERIFY(!*secret || !(*secret)->empty());
}

QTEST_APPLESS_MAIN(TestPayload)
#include "tst_payload.moc"
