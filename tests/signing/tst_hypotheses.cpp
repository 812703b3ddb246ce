// Every explanation of a wrong signature, over values made without our own signer: QMessageAuthenticationCode over
// bytes written down by hand.
#include "core/signing/hypotheses.h"
#include "core/signing/tamper.h"

#include <QMessageAuthenticationCode>
#include <QtTest>

using namespace hookbench::signing;
using Hash = QCryptographicHash;

namespace {

const QByteArray kSecret("hb_demo_4f7c21d09be8");
const QByteArray kOld("c2VjcmV0LW9mLW9sZA==");

QByteArray mac(const QByteArray &bytes, const QByteArray &secret = kSecret, Hash::Algorithm algorithm = Hash::Sha1)
{
    return QMessageAuthenticationCode::hash(bytes, secret, algorithm);
}

Evidence evidenceOf(const QByteArray &body, const QByteArray &header)
{
    return { .body = { body.data(), static_cast<std::size_t>(body.size()) },
        .header = { header.data(), static_cast<std::size_t>(header.size()) },
        .secrets = { { "the present secret", kSecret.toStdString() }, { "an earlier secret", kOld.toStdString() } } };
}

} // namespace

class TestHypotheses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void explains_data();
    void explains();
    void knowsWhatItCannotExplain_data();
    void knowsWhatItCannotExplain();
    void saysThatTheMappingWroteIt();
    void likeliestFirst();
    void isQuick();
    void tampering_data();
    void tampering();
};

void TestHypotheses::explains_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<Bytes>("bytes");
    QTest::addColumn<QByteArray>("sentence");
    const QByteArray event(R"({"b":"/caf)"
                           "\xC3\xA9"
                           R"( <&>","a":[1,{"y":2,"x":"\n"}]})");
    const QByteArray batch = "[" + event + ",{\"n\":2}]";
    const auto hex = [](const QByteArray &digest) { return digest.toHex(); };
    const QByteArray present("made with the present secret.");
    QTest::newRow("as it should be") << event << hex(mac(event)) << Bytes::WholeBody
                                     << "It is HMAC-SHA1 of the whole body, " + present;
    QTest::newRow("first event") << batch << hex(mac(event)) << Bytes::FirstEvent
                                 << "It is HMAC-SHA1 of the first event, " + present;
    QTest::newRow("whole body of a batch")
        << batch << hex(mac(batch)) << Bytes::WholeBody << "It is HMAC-SHA1 of the whole body, " + present;
    QTest::newRow("another event") << batch << hex(mac("{\"n\":2}")) << Bytes::OtherEvent
                                   << "It is HMAC-SHA1 of event 2, which is not the first of this body, " + present;
    QTest::newRow("a line feed more")
        << event << hex(mac(event + '\n')) << Bytes::TrailingNewline
        << "It is HMAC-SHA1 of the signed bytes with a line break at their end that is not there, " + present;
    QTest::newRow("CR LF more, first event")
        << batch << hex(mac(event + "\r\n")) << Bytes::TrailingNewline
        << "It is HMAC-SHA1 of the signed bytes with a line break at their end that is not there, " + present;
    QTest::newRow("a line feed less") << event + '\n'
                                      << hex(mac(event)) << Bytes::NoTrailingNewline
                                      << "It is HMAC-SHA1 of the body without the line break it ends in, " + present;
    QTest::newRow("no body") << event << hex(mac("")) << Bytes::NoBody
                             << "It is HMAC-SHA1 of no bytes at all, " + present;
    const auto written = [](const char *writer) -> QByteArray {
        return "It is HMAC-SHA1 of the JSON as " + QByteArray(writer)
            + " writes it again, not the bytes of the body, made with the present secret.";
    };
    const auto sorted = [](const char *writer) -> QByteArray {
        return "It is HMAC-SHA1 of the JSON written again with its keys sorted (" + QByteArray(writer)
            + "), not the bytes of the body, made with the present secret.";
    };
    QTest::newRow("re-serialised") << QByteArray("{ \"n\" : 1.0 }") << hex(mac("{\"n\":1}")) << Bytes::Reserialised
                                   << written("JSON.stringify");
    QTest::newRow("indented") << QByteArray("{\"n\":[1]}") << hex(mac("{\n  \"n\": [\n    1\n  ]\n}"))
                              << Bytes::Reserialised << written("JSON.stringify with an indent of 2");
    QTest::newRow("Python") << event << hex(mac(R"({"b": "/caf\u00e9 <&>", "a": [1, {"y": 2, "x": "\n"}]})"))
                            << Bytes::Reserialised << written("Python's json.dumps");
    QTest::newRow("PHP, astral") << QByteArray("{\"e\":\"\xF0\x9F\x8C\x9E/\"}") << hex(mac(R"({"e":"\ud83c\udf1e\/"})"))
                                 << Bytes::Reserialised << written("PHP's json_encode");
    QTest::newRow("Go, of the first event")
        << batch << hex(mac("{\"a\":[1,{\"x\":\"\\n\",\"y\":2}],\"b\":\"/caf\xC3\xA9 \\u003c\\u0026\\u003e\"}"))
        << Bytes::KeyOrder << sorted("Go's json.Marshal");
    QTest::newRow("key order") << event << hex(mac("{\"a\":[1,{\"x\":\"\\n\",\"y\":2}],\"b\":\"/caf\xC3\xA9 <&>\"}"))
                               << Bytes::KeyOrder << sorted("compact");
    QTest::newRow("Python, sorted") << QByteArray(R"({"b":1,"a":"x"})") << hex(mac(R"({"a": "x", "b": 1})"))
                                    << Bytes::KeyOrder << sorted("Python's json.dumps with sort_keys");
    QTest::newRow("another secret") << event << hex(mac(event, kOld)) << Bytes::WholeBody
                                    << QByteArray("It is HMAC-SHA1 of the whole body, made with an earlier secret.");
    QTest::newRow("the secret read with its line feed")
        << event << hex(mac(event, kSecret + '\n')) << Bytes::WholeBody
        << QByteArray("It is HMAC-SHA1 of the whole body, made with the present secret with a line feed at its end.");
    QTest::newRow("the secret decoded")
        << event << hex(mac(event, "secret-of-old")) << Bytes::WholeBody
        << QByteArray("It is HMAC-SHA1 of the whole body, made with an earlier secret decoded from base64.");
    QTest::newRow("base64") << batch << mac(event).toBase64() << Bytes::FirstEvent
                            << "It is HMAC-SHA1 in base64 of the first event, " + present;
    QTest::newRow("upper case") << event << hex(mac(event)).toUpper() << Bytes::WholeBody
                                << "It is HMAC-SHA1 in upper-case hex of the whole body, " + present;
    QTest::newRow("prefixed") << event << "sha256=" + hex(mac(event, kSecret, Hash::Sha256)) << Bytes::WholeBody
                              << "It is HMAC-SHA256 behind a prefix of the whole body, " + present;
    QTest::newRow("SHA-256") << batch << hex(mac(batch, kSecret, Hash::Sha256)) << Bytes::WholeBody
                             << "It is HMAC-SHA256 of the whole body, " + present;
    QTest::newRow("SHA-512 in base64") << event << mac(event, kSecret, Hash::Sha512).toBase64() << Bytes::WholeBody
                                       << "It is HMAC-SHA512 in base64 of the whole body, " + present;
    QTest::newRow("MD5") << event << hex(mac(event, kSecret, Hash::Md5)) << Bytes::WholeBody
                         << "It is HMAC-MD5 of the whole body, " + present;
    QTest::newRow("no HMAC") << event << hex(Hash::hash(QByteArray(kSecret + event), Hash::Sha1)) << Bytes::WholeBody
                             << "It is plain SHA-1 of the secret followed by the bytes, no HMAC, of the whole body, "
            + present;
}

void TestHypotheses::explains()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    QFETCH(Bytes, bytes);
    QFETCH(QByteArray, sentence);
    const std::vector<Explanation> all = explain(evidenceOf(body, header));
    QVERIFY(!all.empty());
    QCOMPARE(QByteArray::fromStdString(all.front().sentence), sentence);
    QCOMPARE(all.front().bytes, bytes);
    QVERIFY(!all.front().overridden);
}

void TestHypotheses::knowsWhatItCannotExplain_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    const QByteArray body(R"({"a":1})");
    QTest::newRow("another body") << body << mac("{\"a\":2}").toHex();
    QTest::newRow("an unknown secret") << body << mac(body, "nobody knows").toHex();
    QTest::newRow("no digest") << body << QByteArray("hello");
    QTest::newRow("empty") << body << QByteArray();
    QTest::newRow("an odd length") << body << mac(body).toHex().chopped(1);
    QTest::newRow("cut") << body << mac(body).toHex().chopped(2);
    QTest::newRow("no JSON") << QByteArray("\xFF[{") << mac("{").toHex();
    QTest::newRow("no body at all") << QByteArray() << mac("{}").toHex();
}

void TestHypotheses::knowsWhatItCannotExplain()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    QCOMPARE(explain(evidenceOf(body, header)).size(), std::size_t{ 0 });
}

void TestHypotheses::saysThatTheMappingWroteIt()
{
    const QByteArray body("{}");
    const QByteArray written("my own"); // evidence holds views
    Evidence evidence = evidenceOf(body, written);
    evidence.computed = mac(body).toHex().toStdString();
    std::vector<Explanation> all = explain(evidence);
    QCOMPARE(all.size(), std::size_t{ 1 });
    QVERIFY(all.front().overridden);
    QVERIFY(all.front().sentence.find(*evidence.computed) != std::string::npos);
    evidence.computed = "";
    QVERIFY(explain(evidence).front().sentence.find("nothing was signed") != std::string::npos);
    const std::string header = mac(body).toHex().toStdString();
    evidence.header = header;
    evidence.computed = header;
    all = explain(evidence);
    QVERIFY(all.size() == 1 && !all.front().overridden);
    evidence.secrets.clear();
    QVERIFY(explain(evidence).empty());
}

void TestHypotheses::likeliestFirst()
{
    // One secret under two names: the one to verify with comes first.
    const QByteArray body("{}"); // evidence holds views
    const QByteArray none;
    Evidence evidence = evidenceOf(body, none);
    const std::string header = mac("{}").toHex().toStdString();
    evidence.header = header;
    evidence.secrets[1].value = kSecret.toStdString();
    const std::vector<Explanation> all = explain(evidence);
    QCOMPARE(all.size(), std::size_t{ 2 });
    QCOMPARE(all[0].secret, std::size_t{ 0 });
    QCOMPARE(all[1].secret, std::size_t{ 1 });
}

void TestHypotheses::isQuick()
{
    const QByteArray event = "{\"n\":\"" + QByteArray(500, 'x') + "\"}";
    QByteArray body("[");
    while (body.size() < 1'000'000)
        body += event + ',';
    body.back() = ']';
    QElapsedTimer timer;
    timer.start();
    QVERIFY(explain(evidenceOf(body, QByteArray(40, '0'))).empty());
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

void TestHypotheses::tampering_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("signedText");
    QTest::addColumn<QByteArray>("expected"); ///< a line each: event, field, before > after, body, + detected - not
    const QByteArray a(R"({"n":{"m":1},"s":"x"})");
    const QByteArray b(R"({"s":"y"})");
    QTest::newRow("single") << a << a
                            << QByteArray("1 /n/m 1>0.01 {\"n\":{\"m\":0.01},\"s\":\"x\"}+\n1  > " + a + "\n+\n");
    const QByteArray batch = "[" + a + "," + b + "]";
    QTest::newRow("batch") << batch << a
                           << QByteArray("1 /n/m 1>0.01 [{\"n\":{\"m\":0.01},\"s\":\"x\"}," + b
                                  + "]+\n2 /s \"y\">\"eve@example.com\" [" + a
                                  + ",{\"s\":\"eve@example.com\"}]-\n2  > [" + a + "]-\n3  > [" + a + "," + b + "," + b
                                  + "]-\n");
    QTest::newRow("batch signed as a whole")
        << batch << batch
        << QByteArray("1 /n/m 1>0.01 [{\"n\":{\"m\":0.01},\"s\":\"x\"}," + b + "]+\n2 /s \"y\">\"eve@example.com\" ["
               + a + ",{\"s\":\"eve@example.com\"}]+\n2  > [" + a + "]+\n3  > [" + a + "," + b + "," + b + "]+\n");
    QTest::newRow("not valid as it is") << a << b << QByteArray();
    QTest::newRow("nothing to change") << QByteArray("{}") << QByteArray("{}") << QByteArray("1  > {}\n+\n");
}

void TestHypotheses::tampering()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, signedText);
    QFETCH(QByteArray, expected);
    const Verifier verifier(kSecret.toStdString());
    std::string got;
    for (const Tampering &t : tamper(body.toStdString(), mac(signedText).toHex().toStdString(), verifier))
        got += std::to_string(t.event) + ' ' + t.field + ' ' + t.before + '>' + t.after + ' ' + t.body
            + (isValid(t.verdict) ? "-" : "+") + '\n';
    QCOMPARE(QByteArray::fromStdString(got), expected);
}

QTEST_APPLESS_MAIN(TestHypotheses)
#include "tst_hypotheses.moc"
