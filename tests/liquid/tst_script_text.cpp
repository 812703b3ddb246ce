#include "core/mapping/liquid/script_text.h"

#include <QtTest>
#include <cmath>

using namespace hookbench;

class TestScriptText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void base64_data();
    void base64();
    void base64Encodes();
    void digests_data();
    void digests();
    void decodesUriComponents_data();
    void decodesUriComponents();
    void dashes_data();
    void dashes();
    void pieces_data();
    void pieces();
    void words();
    void powersOfTen_data();
    void powersOfTen();
};

namespace {

const QString kLone = QString(QChar(0xD83D));

} // namespace

void TestScriptText::base64_data()
{
    QTest::addColumn<QString>("base64");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QStringLiteral("SGVsbG8=") << QStringLiteral("Hello");
    QTest::newRow("no padding") << QStringLiteral("SGVsbG8") << QStringLiteral("Hello");
    QTest::newRow("ends at the padding") << QStringLiteral("YQ==YQ==") << QStringLiteral("a");
    QTest::newRow("skips what is none") << QStringLiteral("S!G V\nsbG8") << QStringLiteral("Hello");
    QTest::newRow("for URLs") << QStringLiteral("w7_Dvw-_")
                              << (QStringLiteral("\u00FF\u00FF") + QChar(0x0F) + QChar(0xFFFD));
    QTest::newRow("low bytes of units") << QStringLiteral("\u0161b") << QStringLiteral("i");
    QTest::newRow("a low byte that pads") << QStringLiteral("YW\u013DJj") << QStringLiteral("a");
    QTest::newRow("one sextet") << QStringLiteral("a") << QString();
    QTest::newRow("UTF-8") << QStringLiteral("8J+RjcOp") << QStringLiteral("\U0001F44D\u00E9");
    QTest::newRow("cut UTF-8: one sign for its parts") << QStringLiteral("8J+RQQ==") << QStringLiteral("\uFFFDA");
    QTest::newRow("surrogates in UTF-8") << QStringLiteral("7aCA") << QStringLiteral("\uFFFD\uFFFD\uFFFD");
}

void TestScriptText::base64()
{
    QFETCH(QString, base64);
    QFETCH(QString, text);
    QCOMPARE(mapping::base64Decode(base64), text);
}

void TestScriptText::base64Encodes()
{
    QCOMPARE(mapping::base64Encode(u"\u00E9\U0001F44D"), QStringLiteral("w6nwn5GN"));
    QCOMPARE(mapping::base64Encode(kLone), QStringLiteral("77+9"));
    QCOMPARE(mapping::base64Encode({}), QString());
}

void TestScriptText::digests_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("digest");
    QTest::addColumn<QString>("hmac");
    QTest::newRow("FIPS 180-4 abc, RFC 4231 case 2")
        << QStringLiteral("abc") << QString()
        << QStringLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        << QStringLiteral("fd7adb152c05ef80dccf50a1fa4c05d5a3ec6da95575fc312ae7c5d091836351");
    QTest::newRow("RFC 4231 case 2") << QStringLiteral("what do ya want for nothing?") << QStringLiteral("Jefe")
                                     << QStringLiteral(
                                            "b381e7fec653fc3ab9b178272366b8ac87fed8d31cb25ed1d0e1f3318644c89c")
                                     << QStringLiteral(
                                            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QTest::newRow("empty") << QString() << QString()
                           << QStringLiteral("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                           << QStringLiteral("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

void TestScriptText::digests()
{
    QFETCH(QString, text);
    QFETCH(QString, key);
    QFETCH(QString, digest);
    QFETCH(QString, hmac);
    QCOMPARE(mapping::sha256(text), digest);
    QCOMPARE(mapping::hmacSha256(text, key), hmac);
}

void TestScriptText::decodesUriComponents_data()
{
    QTest::addColumn<QString>("encoded");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QString>("text");
    QTest::newRow("mixed") << QStringLiteral("a%20b+%C3%A9%f0%9f%91%8D!") << true
                           << QStringLiteral("a b+\u00E9\U0001F44D!");
    QTest::newRow("plain") << QStringLiteral("\u00E9") << true << QStringLiteral("\u00E9");
    for (const char *bad :
        { "%", "a%", "%4", "%zz", "%4z", "%C3", "%C3x", "%C3%A9%", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%ff" })
        QTest::newRow(bad) << QString::fromLatin1(bad) << false << QString();
}

void TestScriptText::decodesUriComponents()
{
    QFETCH(QString, encoded);
    QFETCH(bool, valid);
    QFETCH(QString, text);
    const auto decoded = mapping::decodeUriComponent(encoded);
    QCOMPARE(decoded.has_value(), valid);
    QCOMPARE(decoded.value_or(QString()), text);
}

void TestScriptText::dashes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QString>("dashed");
    QTest::newRow("words") << QStringLiteral("Hello, World!  42") << QString() << QStringLiteral("Hello-World-42");
    QTest::newRow("letters of the world")
        << QStringLiteral("\u00C9COLE \u4F60\u597D_x") << QString() << QStringLiteral("\u00C9COLE-\u4F60\u597D-x");
    QTest::newRow("marks stay") << QStringLiteral("e\u0301x") << QString() << QStringLiteral("e\u0301x");
    QTest::newRow("kept signs") << QStringLiteral("a_b?c.d") << QStringLiteral("._") << QStringLiteral("a_b-c.d");
    QTest::newRow("emoji and halves") << QStringLiteral("a\U0001F44Db") + kLone + QStringLiteral("c") << QString()
                                      << QStringLiteral("a-b-c");
    QTest::newRow("letters beyond 16 bits")
        << QStringLiteral("\U00010428!") << QString() << QStringLiteral("\U00010428-");
}

void TestScriptText::dashes()
{
    QFETCH(QString, text);
    QFETCH(QString, kept);
    QFETCH(QString, dashed);
    QCOMPARE(mapping::dashed(text, kept), dashed);
}

void TestScriptText::pieces_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<int>("pieces");
    QTest::addColumn<QString>("replaced");
    const auto text = [](const char *latin1) { return QString::fromLatin1(latin1); };
    QTest::newRow("commas") << text("a,b,,c") << text(",") << text("--") << 4 << text("a--b----c");
    QTest::newRow("none") << text("abc") << text("x") << text("y") << 1 << text("abc");
    QTest::newRow("places do not overlap") << text("aaaa") << text("aa") << text("b") << 3 << text("bb");
    QTest::newRow("nothing, between units") << text("abc") << text("") << text(".") << 3 << text("a.b.c");
    QTest::newRow("nothing in nothing") << text("") << text("") << text(".") << 0 << text("");
    QTest::newRow("something in nothing") << text("") << text("a") << text(".") << 1 << text("");
    QTest::newRow("to nothing") << text("abcabc") << text("b") << text("") << 3 << text("acac");
}

void TestScriptText::pieces()
{
    QFETCH(QString, text);
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(int, pieces);
    QFETCH(QString, replaced);
    QCOMPARE(static_cast<int>(mapping::countPieces(text, from)), pieces);
    QCOMPARE(mapping::replaceAll(text, from, to), replaced);
}

void TestScriptText::words()
{
    QCOMPARE(mapping::countWords(u"one"), 1);
    QCOMPARE(mapping::countWords(u" a \n b\u00A0c\u0085d "), 5);
    QCOMPARE(mapping::countWords(u""), 1);
}

void TestScriptText::powersOfTen_data()
{
    QTest::addColumn<double>("exponent");
    QTest::addColumn<double>("power");
    const std::pair<double, double> kAnswersOfV8[]
        = { { 0, 1 }, { 1, 10 }, { 2, 100 }, { 3, 1000 }, { 15, 1e15 }, { 22, 1e22 }, { -1, 0.1 }, { -2, 0.01 },
              { -4, 0.00009999999999999999 }, { -5, 0.000009999999999999999 }, { -20, 1.0000000000000001e-20 },
              { -17, 9.999999999999999e-18 }, { 308, 1e308 }, { 309, HUGE_VAL }, { -324, 0 }, { 1e9, HUGE_VAL },
              { -1e9, 0 }, { HUGE_VAL, HUGE_VAL }, { 0.5, 3.1622776601683795 }, { 1.5, 31.622776601683793 } };
    for (const auto &[exponent, power] : kAnswersOfV8)
        QTest::newRow(qPrintable(QString::number(exponent))) << exponent << power;
}

void TestScriptText::powersOfTen()
{
    QFETCH(double, exponent);
    QFETCH(double, power);
    const double got = mapping::powerOfTen(exponent);
    QVERIFY2(got == power, qPrintable(QString::number(got, 'g', 17)));
}

QTEST_GUILESS_MAIN(TestScriptText)
#include "tst_script_text.moc"
