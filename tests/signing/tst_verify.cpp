// Verdicts: Segment's own signatures, and every way a header can be almost right.
#include "core/json/parse.h"
#include "core/signing/verify.h"

#include <QFile>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::signing;

namespace {

const std::string kSecret = "abc123";
const std::string kBatch = R"([{"cool":false},{"cool":true}])";

} // namespace

class TestVerify : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void segmentsSignatures_data();
    void segmentsSignatures();
    void headers_data();
    void headers();
    void bodies_data();
    void bodies();
    void everyChangeOfTheSignedBytesIsSeen();
    void aVerifierServesManyRequests();
    void verdictsHaveNames();
};

void TestVerify::segmentsSignatures_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<QByteArray>("verdict");
    QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/signing/segment_signatures.ndjson"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const auto row = json::parse(file.readLine().toStdString());
        QVERIFY(row.has_value());
        const auto text = [&](const char *key) {
            const std::string_view value = row->root().find(key).asString();
            return QByteArray(value.data(), static_cast<qsizetype>(value.size()));
        };
        QTest::newRow(text("id").constData()) << text("secret") << text("body") << text("signature") << text("verdict");
    }
}

void TestVerify::segmentsSignatures()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, signature);
    QFETCH(QByteArray, verdict);
    const Verdict found = verify(body.toStdString(), signature.toStdString(), secret.toStdString());
    QCOMPARE(QByteArray(verdictName(found)), verdict);
}

void TestVerify::headers_data()
{
    QTest::addColumn<QByteArray>("header"); // null: the request has none
    QTest::addColumn<Verdict>("expected");
    const QByteArray whole = QByteArray::fromStdString(Signer(kSecret).sign(kBatch));
    const QByteArray first = QByteArray::fromStdString(Signer(kSecret).sign(R"({"cool":false})"));
    const QByteArray second = QByteArray::fromStdString(Signer(kSecret).sign(R"({"cool":true})"));
    QByteArray changed = first;
    changed[39] = changed[39] == '0' ? '1' : '0';

    QTest::newRow("no header") << QByteArray() << Verdict::Unsigned;
    QTest::newRow("whole body") << whole << Verdict::ValidWholeBody;
    QTest::newRow("first event") << first << Verdict::ValidFirstEvent;
    QTest::newRow("second event") << second << Verdict::Invalid;
    QTest::newRow("empty") << QByteArray("") << Verdict::Invalid;
    QTest::newRow("only white space") << QByteArray(" \t") << Verdict::Invalid;
    QTest::newRow("white space around") << " \t" + first + "\t " << Verdict::ValidFirstEvent;
    QTest::newRow("line feed behind") << first + "\n" << Verdict::Invalid;
    QTest::newRow("no-break space behind") << first + "\xC2\xA0" << Verdict::Invalid;
    QTest::newRow("NUL behind") << first + QByteArray(1, '\0') << Verdict::Invalid;
    QTest::newRow("upper case") << first.toUpper() << Verdict::Invalid;
    QTest::newRow("with algorithm") << "sha1=" + first << Verdict::Invalid;
    QTest::newRow("quoted") << "\"" + first + "\"" << Verdict::Invalid;
    QTest::newRow("raw digest") << QByteArray::fromHex(first) << Verdict::Invalid;
    QTest::newRow("base64") << QByteArray::fromHex(first).toBase64() << Verdict::Invalid;
    QTest::newRow("cut") << first.left(39) << Verdict::Invalid;
    QTest::newRow("one digit more") << first + "0" << Verdict::Invalid;
    QTest::newRow("last digit changed") << changed << Verdict::Invalid;
    QTest::newRow("twice, joined") << first + ", " + first << Verdict::Invalid;
    QTest::newRow("null in a mapping") << QByteArray("null") << Verdict::Invalid;
}

void TestVerify::headers()
{
    QFETCH(QByteArray, header);
    QFETCH(Verdict, expected);
    const std::string value = header.toStdString();
    const std::optional<std::string_view> field
        = header.isNull() ? std::nullopt : std::optional<std::string_view>(value);
    QCOMPARE(verify(kBatch, field, kSecret), expected);
    QCOMPARE(verify(kBatch, field, ""), Verdict::NoSecret);
    if (isValid(expected))
        QCOMPARE(verify(kBatch, field, kSecret + "\n"), Verdict::Invalid);
}

void TestVerify::bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("covered");
    QTest::addColumn<Verdict>("expected");
    QTest::newRow("single event") << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1})") << Verdict::ValidWholeBody;
    QTest::newRow("single event, re-printed")
        << QByteArray(R"({"a": 1})") << QByteArray(R"({"a":1})") << Verdict::Invalid;
    QTest::newRow("single event, line feed added")
        << QByteArray("{\"a\":1}\n") << QByteArray(R"({"a":1})") << Verdict::Invalid;
    QTest::newRow("batch of one") << QByteArray(R"([{"a":1}])") << QByteArray(R"({"a":1})") << Verdict::ValidFirstEvent;
    QTest::newRow("batch, later events changed")
        << QByteArray(R"([{"a":1},"anything"])") << QByteArray(R"({"a":1})") << Verdict::ValidFirstEvent;
    QTest::newRow("batch, order changed")
        << QByteArray(R"([{"a":2},{"a":1}])") << QByteArray(R"({"a":1})") << Verdict::Invalid;
    QTest::newRow("batch, cut off") << QByteArray(R"([{"a":1},{"a")") << QByteArray(R"({"a":1})") << Verdict::Invalid;
    QTest::newRow("empty body") << QByteArray("") << QByteArray("") << Verdict::ValidWholeBody;
    QTest::newRow("not JSON") << QByteArray("\x00\xFF", 2) << QByteArray("\x00\xFF", 2) << Verdict::ValidWholeBody;
    QTest::newRow("unicode") << QByteArray("[{\"ключ\":\"🔑\"}]") << QByteArray("{\"ключ\":\"🔑\"}")
                             << Verdict::ValidFirstEvent;
}

void TestVerify::bodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, covered);
    QFETCH(Verdict, expected);
    const std::string secret = "ключ🔑";
    QCOMPARE(verify(body.toStdString(), Signer(secret).sign(covered.toStdString()), secret), expected);
}

void TestVerify::everyChangeOfTheSignedBytesIsSeen()
{
    const std::string signature = Signer(kSecret).sign(R"({"cool":false})");
    const std::size_t behindFirst = kBatch.find(",{");
    for (std::size_t i = 1; i < behindFirst; ++i) {
        std::string body = kBatch;
        body[i] = static_cast<char>(body[i] ^ 1);
        QCOMPARE(verify(body, signature, kSecret), Verdict::Invalid);
    }
}

void TestVerify::aVerifierServesManyRequests()
{
    const Verifier verifier(kSecret);
    const std::string signature = Signer(kSecret).sign("one");
    QCOMPARE(verifier.verify("one", signature), Verdict::ValidWholeBody);
    QCOMPARE(verifier.verify("two", signature), Verdict::Invalid);
    QCOMPARE(verifier.verify("two", std::nullopt), Verdict::Unsigned);
    QCOMPARE(verifier.verify("one", signature), Verdict::ValidWholeBody);
    const Verifier none("");
    QCOMPARE(none.verify("one", std::nullopt), Verdict::NoSecret);
}

void TestVerify::verdictsHaveNames()
{
    QCOMPARE(verdictName(Verdict::ValidWholeBody), "valid-whole-body");
    QCOMPARE(verdictName(Verdict::ValidFirstEvent), "valid-first-event");
    QCOMPARE(verdictName(Verdict::Invalid), "invalid");
    QCOMPARE(verdictName(Verdict::Unsigned), "unsigned");
    QCOMPARE(verdictName(Verdict::NoSecret), "no-secret");
    QVERIFY(isValid(Verdict::ValidWholeBody) && isValid(Verdict::ValidFirstEvent));
    QVERIFY(!isValid(Verdict::Invalid) && !isValid(Verdict::Unsigned) && !isValid(Verdict::NoSecret));
}

QTEST_APPLESS_MAIN(TestVerify)
#include "tst_verify.moc"
