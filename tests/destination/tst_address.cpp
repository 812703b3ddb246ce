// What is a URI, and where it leads: Segment's answers, row by row.
#include "core/destination/address.h"
#include "core/destination/uri.h"
#include "core/json/parse.h"

#include <QFile>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::destination;
using namespace std::string_literals;

class TestAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void segmentsAnswers_data();
    void segmentsAnswers();
    void refusals_data();
    void refusals();
    void nonUriByte_data();
    void nonUriByte();
    void textHidesUserinfo();
    void qtTarget_data();
    void qtTarget();
    void reach_data();
    void reach();
};

void TestAddress::segmentsAnswers_data()
{
    QTest::addColumn<std::string>("line");
    QFile file(QStringLiteral(HOOKBENCH_TEST_DATA "/destination/urls.ndjson"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (int row = 1; !file.atEnd(); ++row)
        QTest::addRow("%d", row) << file.readLine().toStdString();
}

void TestAddress::segmentsAnswers()
{
    QFETCH(std::string, line);
    const auto expected = json::parse(line);
    QVERIFY(expected.has_value());
    const auto text = [&](const char *key) {
        const json::Value value = expected->root().find(key);
        return value.isString() ? std::string(value.asString()) : std::string();
    };
    const std::string url = text("url");
    QCOMPARE(isUri(url), expected->root().find("uri").asBoolean());
    if (!isUri(url))
        return;
    const Result<Address> address = addressOf(url);
    QCOMPARE(!address.has_value(), expected->root().contains("refused"));
    if (!address)
        return;
    QCOMPARE(address->scheme, text("scheme"));
    QCOMPARE(address->hostname, text("hostname"));
    QCOMPARE(address->host, text("host"));
    QCOMPARE(address->target, text("target"));
    QCOMPARE(address->userinfo.value_or(std::string()), text("userinfo"));
}

void TestAddress::refusals_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("code");
    QTest::newRow("ftp") << "ftp://example.com/"s
                         << "url-not-http"s;
    QTest::newRow("mail") << "mailto:a@example.com"s
                          << "url-not-http"s;
    QTest::newRow("no host") << "http:///path"s
                             << "url-not-absolute"s;
    QTest::newRow("no slashes") << "http:example.com/"s
                                << "url-not-absolute"s;
    QTest::newRow("host too long") << "http://" + std::string(256, 'a') + "/"
                                   << "url-not-absolute"s;
    QTest::newRow("port") << "http://example.com:65536/"s
                          << "url-port"s;
    QTest::newRow("userinfo is no UTF-8") << "http://%ff@example.com/"s
                                          << "url-userinfo"s;
}

void TestAddress::refusals()
{
    QFETCH(std::string, url);
    QVERIFY(isUri(url));
    QTEST(addressOf(url).error().code, "code");
}

void TestAddress::nonUriByte_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::size_t>("offset");
    QTest::newRow("space") << "https://example.com/a b"s << std::size_t{ 21 };
    QTest::newRow("brace") << "https://example.com/{id}"s << std::size_t{ 20 };
    QTest::newRow("non-ASCII") << "https://m\u00fcnchen.de/"s << std::size_t{ 9 };
    QTest::newRow("bad escape") << "https://example.com/%zz"s << std::size_t{ 20 };
    QTest::newRow("cut escape") << "https://example.com/%4"s << std::size_t{ 20 };
    QTest::newRow("relative") << "/orders"s << std::string::npos;
}

void TestAddress::nonUriByte()
{
    QFETCH(std::string, url);
    QFETCH(std::size_t, offset);
    QVERIFY(!isUri(url));
    QCOMPARE(findNonUriByte(url), offset);
}

void TestAddress::textHidesUserinfo()
{
    const auto address = addressOf("https://user:secret@Example.com:8443/a?b#c");
    QVERIFY(address.has_value());
    QCOMPARE(address->text(), "https://example.com:8443/a?b"s);
}

void TestAddress::qtTarget_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("target");
    QTest::newRow("no path") << "https://example.com"s
                             << "/"s;
    QTest::newRow("plain") << "https://example.com/a/b?c=d&e"s
                           << "/a/b?c=d&e"s;
    QTest::newRow("query only") << "https://example.com?a=b"s
                                << "/?a=b"s;
    QTest::newRow("dot segments") << "https://example.com/a/../b"s
                                  << "/b"s;
    QTest::newRow("needless escape") << "https://example.com/%41%7e"s
                                     << "/A~"s;
    QTest::newRow("fragment and userinfo") << "https://u:p@example.com/a#b"s
                                           << "/a"s;
    QTest::newRow("no host for Qt") << "https://a!b/x"s
                                    << ""s;
}

void TestAddress::qtTarget()
{
    QFETCH(std::string, url);
    QFETCH(std::string, target);
    QCOMPARE(qtTargetOf(url), target);
}

void TestAddress::reach_data()
{
    QTest::addColumn<std::string>("host");
    QTest::addColumn<int>("reach");
    const auto row
        = [](const char *host, Reach reach) { QTest::newRow(host) << std::string(host) << static_cast<int>(reach); };
    for (const char *host : { "example.com", "93.184.216.34", "172.32.0.1", "100.128.0.1", "[2606:2800:220:1::1]",
             "1.2.3.4.5", "256.1.1.1", "localhost.example.com", "0x1.example" })
        row(host, Reach::Public);
    for (const char *host : { "localhost", "LOCALHOST.", "app.localhost", "printer.local", "db.internal", "receiver",
             "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1",
             "172.31.255.255", "192.168.1.1", "169.254.1.1", "100.64.0.1", "[::1]", "::", "[fe80::1]", "[fd12::1]",
             "[::ffff:10.0.0.1]", "[::ffff:a00:1]", "[64:ff9b::7f00:1]", "[2002:c0a8:101::]" })
        row(host, Reach::Private);
    for (const char *host : { "169.254.169.254", "169.254.169.254.", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376",
             "169.254.43518", "[::ffff:169.254.169.254]", "[::a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]", "[fd00:ec2::254]",
             "[fd00:0ec2:0:0:0:0:0:0254]", "169.254.170.2", "100.100.100.200", "metadata.google.internal",
             "Metadata.Google.Internal." })
        row(host, Reach::CloudMetadata);
}

void TestAddress::reach()
{
    QFETCH(std::string, host);
    QFETCH(int, reach);
    QCOMPARE(static_cast<int>(reachOf(host)), reach);
}

QTEST_APPLESS_MAIN(TestAddress)
#include "tst_address.moc"
