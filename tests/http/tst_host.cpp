// Which Host values are served: addresses and localhost always, names only when they are known.
#include "core/http/host.h"

#include <QtTest>

using namespace hookbench::http;

class TestHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void allows_data();
    void allows();
};

void TestHost::names_data()
{
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<QByteArray>("expected"); // "malformed" for nothing
    const auto row = [](const char *authority, const char *expected) {
        QTest::newRow(*authority ? authority : "empty") << QByteArray(authority) << QByteArray(expected);
    };
    row("", "");
    row("localhost", "localhost");
    row("LocalHost:8765", "localhost");
    row("localhost.", "localhost");
    row("a.b-c_d.example:1", "a.b-c_d.example");
    row("name:", "name");
    row("127.0.0.1:80", "127.0.0.1");
    row("[::1]", "::1");
    row("[::1]:8765", "::1");
    row("[FE80::1]:1", "fe80::1");
    row("[]", "malformed");
    row("[", "malformed");
    row("[::1", "malformed");
    row("[::1]x", "malformed");
    row("[::1]x:1", "malformed");
    row("[1.2.3.4]", "malformed");
    row("[localhost]", "malformed");
    row("::1", "malformed");
    row("a:b", "malformed");
    row("a:1:2", "malformed");
    row("a b", "malformed");
    row("a/b", "malformed");
    row("user@localhost", "malformed");
    row("localhost, evil.example", "malformed");
    row("n\xc3\xa4me", "malformed");
}

void TestHost::names()
{
    QFETCH(QByteArray, authority);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(hostName(authority.toStdString()).value_or("malformed")), expected);
}

void TestHost::allows_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArrayList>("allowed");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *title, const char *name, const QByteArrayList &allowed, bool expected) {
        QTest::newRow(title) << QByteArray(name) << allowed << expected;
    };
    row("localhost", "localhost", {}, true);
    row("below localhost", "hooks.localhost", {}, true);
    row("only looks like localhost", "notlocalhost", {}, false);
    row("localhost as a label", "localhost.evil.example", {}, false);
    row("loopback", "127.0.0.1", {}, true);
    row("other loopback", "127.9.9.9", {}, true);
    row("address in the network", "192.168.1.20", {}, true);
    row("IPv6", "::1", {}, true);
    row("address as a label", "127.0.0.1.evil.example", {}, false);
    row("address with five parts", "127.0.0.1.1", {}, false);
    row("address with three parts", "127.0.1", {}, false);
    row("octal", "0177.0.0.1", {}, false);
    row("too large a part", "256.0.0.1", {}, false);
    row("decimal address", "2130706433", {}, false);
    row("empty part", "127..0.1", {}, false);
    row("unknown name", "evil.example", {}, false);
    row("empty", "", {}, false);
    row("known name", "tunnel.example", { "tunnel.example" }, true);
    row("known name, other spelling", "tunnel.example", { "Tunnel.EXAMPLE" }, true);
    row("below a known name", "a.tunnel.example", { "tunnel.example" }, false);
    row("another name", "evil.example", { "tunnel.example" }, false);
    row("all below", "a.b.tunnel.example", { ".tunnel.example" }, true);
    row("all below, not itself", "tunnel.example", { ".tunnel.example" }, false);
    row("all below, other label", "eviltunnel.example", { ".tunnel.example" }, false);
    row("lone dot", "evil.", { "." }, false);
    row("empty entry", "evil.example", { "" }, false);
    row("empty entry and name", "", { "" }, false);
    row("all", "evil.example", { "*" }, true);
    row("all, empty", "", { "*" }, true);
    row("star is no pattern", "a.tunnel.example", { "*.tunnel.example" }, false);
}

void TestHost::allows()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArrayList, allowed);
    QFETCH(bool, expected);
    std::vector<std::string> entries;
    for (const QByteArray &entry : allowed)
        entries.push_back(entry.toStdString());
    QCOMPARE(isHostAllowed(name.toStdString(), entries), expected);
}

QTEST_APPLESS_MAIN(TestHost)
#include "tst_host.moc"
