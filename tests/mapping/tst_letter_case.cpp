// Letters whose case is more than one letter for another; expectations are JavaScript's.
#include "core/mapping/letter_case.h"

#include <QtTest>
#include <string>

using namespace hookbench;

class TestLetterCase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void upper_data();
    void upper();
    void lower_data();
    void lower();
    void folding_data();
    void folding();
};

namespace {

std::string utf8(const QString &text)
{
    return text.toStdString();
}

} // namespace

void TestLetterCase::upper_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("sharp s") << QStringLiteral("ß") << QStringLiteral("SS");
    QTest::newRow("ligature") << QStringLiteral("ﬁﬃ") << QStringLiteral("FIFFI");
    QTest::newRow("apostrophe n") << QStringLiteral("ŉ") << QStringLiteral("ʼN");
    QTest::newRow("iota subscript") << QStringLiteral("\u1FB3\u0390")
                                    << QStringLiteral("\u0391\u0399\u0399\u0308\u0301");
    QTest::newRow("title case") << QStringLiteral("ǆǅ") << QStringLiteral("ǄǄ");
    QTest::newRow("dotless and dotted i") << QStringLiteral("ıi") << QStringLiteral("II");
    QTest::newRow("beyond the basic plane") << QStringLiteral("𐐨") << QStringLiteral("𐐀");
    QTest::newRow("newer than Qt") << QString(QChar(0x19B)) << QString(QChar(0xA7DC));
    QTest::newRow("newer than Qt, beyond the basic plane")
        << QStringLiteral("\U00010D70") << QStringLiteral("\U00010D50");
}

void TestLetterCase::upper()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(mapping::toUpperCase(utf8(text)), utf8(expected));
}

void TestLetterCase::lower_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("dotted I") << QStringLiteral("İ") << QStringLiteral("i̇");
    QTest::newRow("final sigma") << QStringLiteral("ΑΣ") << QStringLiteral("ας");
    QTest::newRow("sigma inside") << QStringLiteral("ΣΑΣΑ") << QStringLiteral("σασα");
    QTest::newRow("sigma alone") << QStringLiteral("Σ") << QStringLiteral("σ");
    QTest::newRow("sigma before an apostrophe") << QStringLiteral("ΑΣ'") << QStringLiteral("ας'");
    QTest::newRow("sigma before an apostrophe and a letter") << QStringLiteral("ΑΣ'Α") << QStringLiteral("ασ'α");
    QTest::newRow("sigma behind an apostrophe") << QStringLiteral("Α'Σ") << QStringLiteral("α'ς");
    QTest::newRow("sigma behind a space") << QStringLiteral("Α Σ") << QStringLiteral("α σ");
    QTest::newRow("capital sharp s") << QStringLiteral("ẞ") << QStringLiteral("ß");
    QTest::newRow("circled") << QStringLiteral("Ⓐ") << QStringLiteral("ⓐ");
}

void TestLetterCase::lower()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(mapping::toLowerCase(utf8(text)), utf8(expected));
    const std::string half = "\xED\xA0\xBD";
    QCOMPARE(mapping::toLowerCase(half + "X"), half + "x");
    QCOMPARE(mapping::toUpperCase("x" + half), "X" + half);
}

void TestLetterCase::folding_data()
{
    QTest::addColumn<char16_t>("unit");
    QTest::addColumn<char16_t>("expected");
    QTest::newRow("a") << u'a' << u'A';
    QTest::newRow("sigmas are one") << u'\u03C2' << u'\u03A3';
    QTest::newRow("sharp s stays") << u'\u00DF' << u'\u00DF';
    QTest::newRow("long s stays") << u'\u017F' << u'\u017F';
    QTest::newRow("Kelvin stays") << u'\u212A' << u'\u212A';
    QTest::newRow("micro is mu") << u'\u00B5' << u'\u039C';
    QTest::newRow("two letters stay") << u'\u1F80' << u'\u1F80';
    QTest::newRow("half a pair") << char16_t(0xD801) << char16_t(0xD801);
}

void TestLetterCase::folding()
{
    QFETCH(char16_t, unit);
    QFETCH(char16_t, expected);
    QCOMPARE(mapping::foldedUnit(unit), expected);
}

QTEST_APPLESS_MAIN(TestLetterCase)
#include "tst_letter_case.moc"
