// Compressed bodies: whole, in pieces, cut off, hostile.
#include "core/delivery/inflater.h"
#include "tests/support/compressed.h"

#include <QByteArray>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::delivery;

namespace {

constexpr int kRawBits = -MAX_WBITS;

std::string sample()
{
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += "line " + std::to_string(i * 7919 % 10007) + "\n";
    return text;
}

constexpr std::size_t kNoCap = 100'000'000;

} // namespace

class TestInflater : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsNames_data();
    void knowsNames();
    void inflates_data();
    void inflates();
    void readsSeveralMembers();
    void ignoresWhatFollows();
    void keepsWhatACutOffBodyGave();
    void stopsAtTheCap();
    void stopsAtTheCapExactly();
    void survivesABomb();
    void refusesJunk();
};

void TestInflater::knowsNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("coding");
    for (const char *name : { "gzip", "x-gzip", "GZIP" })
        QTest::newRow(name) << QByteArray(name) << static_cast<int>(Coding::Gzip);
    for (const char *name : { "deflate", "x-deflate" })
        QTest::newRow(name) << QByteArray(name) << static_cast<int>(Coding::Deflate);
    for (const char *name : { "", "identity", "br", "gzip, br" })
        QTest::newRow(name) << QByteArray(name) << static_cast<int>(Coding::Identity);
}

void TestInflater::knowsNames()
{
    QFETCH(QByteArray, name);
    QFETCH(int, coding);
    QCOMPARE(static_cast<int>(codingOf(name.toStdString())), coding);
}

void TestInflater::inflates_data()
{
    QTest::addColumn<int>("coding");
    QTest::addColumn<int>("windowBits");
    QTest::addColumn<int>("piece");
    for (const int piece : { 1, 7, 1000, 1000000 }) {
        QTest::addRow("gzip by %d", piece) << static_cast<int>(Coding::Gzip) << kGzipBits << piece;
        QTest::addRow("zlib by %d", piece) << static_cast<int>(Coding::Deflate) << MAX_WBITS << piece;
        QTest::addRow("raw by %d", piece) << static_cast<int>(Coding::Deflate) << kRawBits << piece;
    }
}

void TestInflater::inflates()
{
    QFETCH(int, coding);
    QFETCH(int, windowBits);
    QFETCH(int, piece);
    const std::string text = sample();
    const std::string packed = compressed(text, windowBits);
    Inflater inflater(static_cast<Coding>(coding));
    std::string out;
    Inflater::State state = Inflater::State::Open;
    for (std::size_t at = 0; at < packed.size(); at += static_cast<std::size_t>(piece)) {
        QCOMPARE(state, Inflater::State::Open);
        state = inflater.inflate(std::string_view(packed).substr(at, static_cast<std::size_t>(piece)), out, kNoCap);
    }
    QCOMPARE(state, Inflater::State::Ended);
    QVERIFY(out == text);
}

void TestInflater::readsSeveralMembers()
{
    Inflater inflater(Coding::Gzip);
    std::string out;
    QCOMPARE(inflater.inflate(compressed("one ", kGzipBits) + compressed("two", kGzipBits), out, kNoCap),
        Inflater::State::Ended);
    QCOMPARE(out, std::string("one two"));
    // The border may fall between two pieces; behind something else there are no members any more.
    Inflater inPieces(Coding::Gzip);
    out.clear();
    for (const char *text : { "one ", "two ", "three" })
        QCOMPARE(inPieces.inflate(compressed(text, kGzipBits), out, kNoCap), Inflater::State::Ended);
    QCOMPARE(inPieces.inflate("junk", out, kNoCap), Inflater::State::Ended);
    QCOMPARE(inPieces.inflate(compressed("four", kGzipBits), out, kNoCap), Inflater::State::Ended);
    QCOMPARE(out, std::string("one two three"));
}

void TestInflater::ignoresWhatFollows()
{
    Inflater inflater(Coding::Gzip);
    std::string out;
    QCOMPARE(inflater.inflate(compressed("one", kGzipBits) + "junk", out, kNoCap), Inflater::State::Ended);
    QCOMPARE(inflater.inflate("more junk", out, kNoCap), Inflater::State::Ended);
    QCOMPARE(out, std::string("one"));
}

void TestInflater::keepsWhatACutOffBodyGave()
{
    const std::string text = sample();
    const std::string packed = compressed(text, kGzipBits);
    Inflater inflater(Coding::Gzip);
    std::string out;
    QCOMPARE(
        inflater.inflate(std::string_view(packed).substr(0, packed.size() / 2), out, kNoCap), Inflater::State::Open);
    QVERIFY(out.size() > 1000);
    QVERIFY(text.starts_with(out));
}

void TestInflater::stopsAtTheCap()
{
    const std::string text = sample();
    Inflater inflater(Coding::Gzip);
    std::string out;
    QCOMPARE(inflater.inflate(compressed(text, kGzipBits), out, 12345), Inflater::State::Full);
    QVERIFY(out == text.substr(0, 12345));
}

void TestInflater::stopsAtTheCapExactly()
{
    const std::string text(32768, 'x'); // two of the inflater's own pieces
    Inflater inflater(Coding::Gzip);
    std::string out;
    QCOMPARE(inflater.inflate(compressed(text, kGzipBits), out, text.size()), Inflater::State::Ended);
    QVERIFY(out == text);
}

void TestInflater::survivesABomb()
{
    const std::string packed = compressed(std::string(64 << 20, '\0'), kGzipBits);
    QVERIFY(packed.size() < 100'000);
    Inflater inflater(Coding::Gzip);
    std::string out;
    QCOMPARE(inflater.inflate(packed, out, 1'000'000), Inflater::State::Full);
    QCOMPARE(out.size(), std::size_t(1'000'000));
    QVERIFY(out.capacity() < 3'000'000);
}

void TestInflater::refusesJunk()
{
    for (const Coding coding : { Coding::Gzip, Coding::Deflate }) {
        Inflater inflater(coding);
        std::string out;
        QCOMPARE(inflater.inflate("\xffthis is no compressed text", out, kNoCap), Inflater::State::Broken);
        QCOMPARE(inflater.inflate("nor this", out, kNoCap), Inflater::State::Broken);
    }
}

QTEST_APPLESS_MAIN(TestInflater)
#include "tst_inflater.moc"
