// HMAC-SHA1 against published vectors, and the life of a Signer: copies, moves, many uses.
#include "core/signing/signer.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QtTest>

using namespace hookbench::signing;

class TestSigner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knownAnswers_data();
    void knownAnswers();
    void agreesWithQt();
    void eachCallStartsOver();
    void copiesAndMovesKeepTheKey();
};

void TestSigner::knownAnswers_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");

    const auto hex = [](const char *text) { return QByteArray::fromHex(text); };
    QTest::newRow("RFC 2202, 1") << QByteArray(20, '\x0b') << QByteArray("Hi There")
                                 << QByteArray("b617318655057264e28bc0b6fb378c8ef146be00");
    QTest::newRow("RFC 2202, 2") << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
                                 << QByteArray("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    QTest::newRow("RFC 2202, 3") << QByteArray(20, '\xaa') << QByteArray(50, '\xdd')
                                 << QByteArray("125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    QTest::newRow("RFC 2202, 4") << hex("0102030405060708090a0b0c0d0e0f10111213141516171819") << QByteArray(50, '\xcd')
                                 << QByteArray("4c9007f4026250c6bc8414f9bf50c86c2d7235da");
    QTest::newRow("RFC 2202, 6, key longer than a block")
        << QByteArray(80, '\xaa') << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
        << QByteArray("aa4ae5e15272d00e95705637ce8a3b55ed402112");
    QTest::newRow("RFC 2202, 7, key and data longer than a block")
        << QByteArray(80, '\xaa')
        << QByteArray("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data")
        << QByteArray("e8e99d0f45237d786d6bbaa7965c7808bbff1a91");
    QTest::newRow("empty secret, empty body")
        << QByteArray() << QByteArray() << QByteArray("fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
    QTest::newRow("empty body") << QByteArray("key") << QByteArray()
                                << QByteArray("f42bb0eeb018ebbd4597ae7213711ec60760843f");
    QTest::newRow("leading zeros are printed")
        << QByteArray("secret") << QByteArray("{\"n\":406}") << QByteArray("00daecb96cb2649b00f3a5bffa9502b3851817bf");
}

void TestSigner::knownAnswers()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const Signer signer(secret.toStdString());
    QCOMPARE(QByteArray::fromStdString(signer.sign(bytes.toStdString())), expected);
}

void TestSigner::agreesWithQt()
{
    QRandomGenerator random(1);
    for (int i = 0; i < 500; ++i) {
        QByteArray secret(random.bounded(0, 200), '\0');
        QByteArray bytes(random.bounded(0, 2000), '\0');
        for (QByteArray *text : { &secret, &bytes })
            for (char &c : *text)
                c = static_cast<char>(random.bounded(256));
        QCOMPARE(QByteArray::fromStdString(Signer(secret.toStdString()).sign(bytes.toStdString())),
            QMessageAuthenticationCode::hash(bytes, secret, QCryptographicHash::Sha1).toHex());
    }
}

void TestSigner::eachCallStartsOver()
{
    const Signer signer("Jefe");
    const std::string first = signer.sign("what do ya want for nothing?");
    signer.sign("something else");
    QCOMPARE(signer.sign("what do ya want for nothing?"), first);
}

void TestSigner::copiesAndMovesKeepTheKey()
{
    const std::string expected = Signer("a").sign("x");
    Signer a("a");
    a.sign("half way");
    Signer copy(a);
    Signer assigned("b");
    QVERIFY(assigned.sign("x") != expected);
    assigned = a;
    const Signer &same = assigned;
    assigned = same;
    a = Signer("c");
    QVERIFY(a.sign("x") != expected);
    QCOMPARE(copy.sign("x"), expected);
    QCOMPARE(assigned.sign("x"), expected);
    const Signer moved(std::move(copy));
    QCOMPARE(moved.sign("x"), expected);
}

QTEST_APPLESS_MAIN(TestSigner)
#include "tst_signer.moc"
