#include "core/mapping/liquid/date_text.h"

#include <QtTest>
#include <cmath>

using namespace hookbench;

class TestDateText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void printsInZones_data();
    void printsInZones();
    void printsOddYears_data();
    void printsOddYears();
};

void TestDateText::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("time");
    const double none = std::nan("");
    const std::pair<const char *, double> kAnswersOfV8[] = {
        { "2024-01-15", 1705276800000 },
        { "2024", 1704067200000 },
        { "2024-01-15T10:00", 1705312800000 },
        { "2024-01-15T10:00:00.5+05:30", 1705293000500 },
        { "2024-01-15T24:00:00Z", 1705363200000 },
        { "2024-01-15T24:00:01Z", none },
        { "2024-01-15T1:00", none },
        { "2024-01-15T10:00:00 Z", none },
        { "-000001-01-01", -62198755200000 },
        { "-000000-01-01", 978307200000 },
        { "0099-01-01", -59042995200000 },
        { "2024-02-30", 1709251200000 },
        { "2024-13-01", none },
        { "2024-1-5", 1704412800000 },
        { "2024-01-15 10:00:00", 1705312800000 },
        { "Jan 15 2024", 1705276800000 },
        { "15 January 2024 10:30 PM", 1705357800000 },
        { "1/15/24", 1705276800000 },
        { "1/15/70", 1209600000 },
        { "Mon, 15 Jan 2024 10:00:00 GMT", 1705312800000 },
        { "Sat Mar 09 2024 01:02:03 GMT+0530 (IST)", 1709926323000 },
        { "Dec 25, 1995 13:30 EST", 819916200000 },
        { "12/25/1995 0:05 pm", 819893100000 },
        { "12/25/1995 13:05 pm", none },
        { "(a (comment)) 2024", 1704067200000 },
        { "foo 5 2024", none },
        { "5 foo 2024", none },
        { "24", none },
        { "12:30", none },
        { "Jan", none },
        { "", none },
    };
    for (const auto &[text, time] : kAnswersOfV8)
        QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text) << time;
    QTest::newRow("ends at U+0000") << (QStringLiteral("2024-01-15") + QChar(0) + u'x') << 1705276800000.0;
    QTest::newRow("an absurd offset") << QStringLiteral("10ut+12345") << none;
}

void TestDateText::parses()
{
    QFETCH(QString, text);
    QFETCH(double, time);
    const double got = mapping::parseDate(text);
    QVERIFY2(std::isnan(time) ? std::isnan(got) : got == time, qPrintable(QString::number(got, 'f', 0)));
}

void TestDateText::printsInZones_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<double>("time");
    QTest::addColumn<QString>("printed");
    const double winter = 1705312800123;
    const double summer = 1720000000000;
    const auto text = [](const char *latin1) { return QString::fromLatin1(latin1); };
    QTest::newRow("UTC") << text("UTC") << winter << text("1/15/2024, 10:00:00 AM");
    QTest::newRow("winter") << text("America/New_York") << winter << text("1/15/2024, 5:00:00 AM");
    QTest::newRow("summer") << text("America/New_York") << summer << text("7/3/2024, 5:46:40 AM");
    QTest::newRow("any letter case") << text("europe/BERLIN") << summer << text("7/3/2024, 11:46:40 AM");
    QTest::newRow("half an hour") << text("Asia/Kolkata") << winter << text("1/15/2024, 3:30:00 PM");
    QTest::newRow("a link") << text("US/Pacific") << winter << text("1/15/2024, 2:00:00 AM");
    QTest::newRow("an old name") << text("PST") << summer << text("7/3/2024, 2:46:40 AM");
    QTest::newRow("fixed") << text("Etc/GMT+5") << winter << text("1/15/2024, 5:00:00 AM");
    for (const char *none : { "", "Mars/Phobos", "UTC+01:00", "+05:30", "CET-1CEST", "toString", "posixrules",
             "../etc/localtime", "Europe" })
        QTest::newRow(*none ? none : "empty") << text(none) << winter << QString();
}

void TestDateText::printsInZones()
{
    QFETCH(QString, zone);
    QFETCH(double, time);
    QFETCH(QString, printed);
    const auto local = mapping::inZone(time, zone);
    QCOMPARE(local ? mapping::dateAndTime(*local) : QString(), printed);
}

void TestDateText::printsOddYears_data()
{
    QTest::addColumn<double>("time");
    QTest::addColumn<QString>("printed");
    QTest::newRow("epoch") << 0.0 << QStringLiteral("1/1/1970, 12:00:00 AM");
    QTest::newRow("just before") << -1.0 << QStringLiteral("12/31/1969, 11:59:59 PM");
    QTest::newRow("leap day") << 951782400000.0 << QStringLiteral("2/29/2000, 12:00:00 AM");
    QTest::newRow("year 1") << -62135596800000.0 << QStringLiteral("1/1/1, 12:00:00 AM");
    QTest::newRow("year -1") << -62198755200000.0 << QStringLiteral("1/1/2, 12:00:00 AM");
    QTest::newRow("year 10000") << 253402300800000.0 << QStringLiteral("1/1/10000, 12:00:00 AM");
    QTest::newRow("latest") << 8.64e15 << QStringLiteral("9/13/275760, 12:00:00 AM");
    QTest::newRow("earliest") << -8.64e15 << QStringLiteral("4/20/271822, 12:00:00 AM");
}

void TestDateText::printsOddYears()
{
    QFETCH(double, time);
    QFETCH(QString, printed);
    QCOMPARE(mapping::dateAndTime(time), printed);
}

QTEST_GUILESS_MAIN(TestDateText)
#include "tst_date_text.moc"
