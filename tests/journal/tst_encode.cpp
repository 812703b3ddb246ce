// Lists as text, exact both ways.
#include "core/journal/encode.h"

#include <QTest>

using namespace hookbench;
using namespace hookbench::journal;

Q_DECLARE_METATYPE(hookbench::Headers)
Q_DECLARE_METATYPE(std::vector<hookbench::journal::Redirect>)
Q_DECLARE_METATYPE(std::vector<std::uint32_t>)

class TestEncode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headers_data()
    {
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("none") << Headers{} << QByteArray();
        QTest::addRow("two") << Headers{ { "content-type", "application/json" }, { "X-Tenant", "acme" } }
                             << QByteArray("content-type: application/json\nX-Tenant: acme\n");
        QTest::addRow("empty value") << Headers{ { "x", "" } } << QByteArray("x: \n");
        QTest::addRow("empty name") << Headers{ { "", "v" } } << QByteArray(": v\n");
        QTest::addRow("spaces kept") << Headers{ { "x", "  a  " } } << QByteArray("x:   a  \n");
        QTest::addRow("colons") << Headers{ { "x", "a: b:c" } } << QByteArray("x: a: b:c\n");
        QTest::addRow("colon in a name") << Headers{ { "a:b", "c" } } << QByteArray("a\\:b: c\n");
        QTest::addRow("line ends and backslashes")
            << Headers{ { "x", "a\r\nb\\n" } } << QByteArray("x: a\\r\\nb\\\\n\n");
        QTest::addRow("Latin-1") << Headers{ { "x", "gr\xFC\xDF" } } << QByteArray("x: gr\xFC\xDF\n");
        QTest::addRow("zero byte") << Headers{ { "x", std::string("a\0b", 3) } } << QByteArray("x: a\0b\n", 7);
        QTest::addRow("twice") << Headers{ { "set-cookie", "a" }, { "Set-Cookie", "b" } }
                               << QByteArray("set-cookie: a\nSet-Cookie: b\n");
    }
    void headers()
    {
        QFETCH(Headers, headers);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(encodeHeaders(headers)), text);
        QVERIFY(decodeHeaders(text.toStdString()) == headers);
    }

    void redirects_data()
    {
        QTest::addColumn<std::vector<Redirect>>("redirects");
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("none") << std::vector<Redirect>{} << QByteArray();
        QTest::addRow("one") << std::vector<Redirect>{ { 302, "GET", "https://example.com/a b" } }
                             << QByteArray("302 GET https://example.com/a b\n");
        QTest::addRow("two") << std::vector<Redirect>{ { 307, "POST", "/x\n\\" }, { 303, "GET", "" } }
                             << QByteArray("307 POST /x\\n\\\\\n303 GET \n");
    }
    void redirects()
    {
        QFETCH(std::vector<Redirect>, redirects);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(encodeRedirects(redirects)), text);
        QVERIFY(decodeRedirects(text.toStdString()) == redirects);
    }

    void events_data()
    {
        QTest::addColumn<std::vector<std::uint32_t>>("events");
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("none") << std::vector<std::uint32_t>{} << QByteArray();
        QTest::addRow("one") << std::vector<std::uint32_t>{ 7 } << QByteArray("7");
        QTest::addRow("a run") << std::vector<std::uint32_t>{ 0, 1, 2, 3 } << QByteArray("0-3");
        QTest::addRow("runs and singles") << std::vector<std::uint32_t>{ 5, 9, 10, 12 } << QByteArray("5,9-10,12");
        QTest::addRow("any order") << std::vector<std::uint32_t>{ 3, 2, 1, 1 } << QByteArray("3,2,1,1");
        QTest::addRow("the largest") << std::vector<std::uint32_t>{ 4294967294U, 4294967295U, 0 }
                                     << QByteArray("4294967294-4294967295,0");
    }
    void events()
    {
        QFETCH(std::vector<std::uint32_t>, events);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(encodeEvents(events)), text);
        QVERIFY(decodeEvents(text.toStdString()) == events);
    }
};

QTEST_GUILESS_MAIN(TestEncode)
#include "tst_encode.moc"
