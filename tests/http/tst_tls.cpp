// TLS: the certificate made for this machine, handshakes of clients that trust it and of those that do not.
#include "core/http/certificate.h"
#include "core/http/server.h"
#include "tests/http/raw_client.h"

#include <QDateTime>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::http;
using namespace hookbench::tests;
using namespace std::chrono_literals;

class TestTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void certificateNamesThisMachine();
    void certificatesDiffer();
    void certificateRefusesNames_data();
    void certificateRefusesNames();
    void trustingClientsAreServed_data();
    void trustingClientsAreServed();
    void distrustingClientsLeave();
    void largeBodies();
    void plainHttpGetsNoAnswer();
    void silentClientsAreDropped();
    void waitingConnectionsAreServedLater();
    void unusableIdentities_data();
    void unusableIdentities();

private:
    Options tlsOptions() const
    {
        Options options;
        options.tls = m_identity;
        return options;
    }
    QSslCertificate certificate() const { return QSslCertificate(QByteArray::fromStdString(m_identity.certificate)); }
    void connectEncrypted(
        QSslSocket &socket, std::uint16_t port, const QString &name = QStringLiteral("127.0.0.1")) const;

    TlsIdentity m_identity;
};

void TestTls::initTestCase()
{
    QVERIFY(QSslSocket::supportsSsl());
    const auto identity = makeSelfSignedForLocalhost();
    QVERIFY(identity.has_value());
    m_identity = *identity;
}

void TestTls::connectEncrypted(QSslSocket &socket, std::uint16_t port, const QString &name) const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates({ certificate() });
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port, name);
}

void TestTls::certificateNamesThisMachine()
{
    const QSslCertificate made = certificate();
    QVERIFY(!made.isNull());
    QVERIFY(made.isSelfSigned());
    const auto names = made.subjectAlternativeNames();
    QCOMPARE(names.values(QSsl::DnsEntry), QStringList{ QStringLiteral("localhost") });
    const QStringList addresses = names.values(QSsl::IpAddressEntry);
    QCOMPARE(addresses.size(), 2);
    QVERIFY(addresses.contains(QStringLiteral("127.0.0.1")));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(made.effectiveDate() < now && made.effectiveDate() > now.addDays(-2));
    QVERIFY(made.expiryDate() > now.addDays(89) && made.expiryDate() < now.addDays(91));
    const QSslKey key(QByteArray::fromStdString(m_identity.privateKey), QSsl::Ec);
    QVERIFY(!key.isNull());
    QCOMPARE(key.length(), 256);
}

void TestTls::certificatesDiffer()
{
    const auto other = makeSelfSignedForLocalhost();
    QVERIFY(other.has_value());
    QVERIFY(other->privateKey != m_identity.privateKey);
    const QSslCertificate second(QByteArray::fromStdString(other->certificate));
    QVERIFY(second.serialNumber() != certificate().serialNumber());
}

void TestTls::certificateRefusesNames_data()
{
    QTest::addColumn<QByteArrayList>("names");
    QTest::newRow("none") << QByteArrayList();
    QTest::newRow("empty") << QByteArrayList{ "" };
    QTest::newRow("comma") << QByteArrayList{ "localhost", "a,IP:1.2.3.4" };
    QTest::newRow("URL") << QByteArrayList{ "https://localhost" };
    QTest::newRow("line feed") << QByteArrayList{ "a\nb" };
}

void TestTls::certificateRefusesNames()
{
    QFETCH(QByteArrayList, names);
    std::vector<std::string> list;
    for (const QByteArray &name : names)
        list.push_back(name.toStdString());
    const auto made = makeSelfSigned(list);
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().code, "tls-name");
}

void TestTls::trustingClientsAreServed_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("address") << QStringLiteral("127.0.0.1");
    QTest::newRow("localhost") << QStringLiteral("localhost");
}

void TestTls::trustingClientsAreServed()
{
    QFETCH(QString, name);
    Server server([](const Request &request, const Responder &responder) {
        responder.answer({ .status = 200, .body = request.body });
    });
    const auto address = server.listen(tlsOptions());
    QCOMPARE(address.value(), "https://127.0.0.1:" + std::to_string(server.port()));
    QSslSocket socket;
    connectEncrypted(socket, server.port(), name);
    QVERIFY2(waitFor([&] { return socket.isEncrypted(); }), qPrintable(socket.errorString()));
    QVERIFY(socket.sessionProtocol() >= QSsl::TlsV1_2);
    for (int i = 0; i < 3; ++i) { // kept alive, byte by byte
        for (const char c : QByteArray("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello")) {
            socket.write(&c, 1);
            socket.flush();
        }
        QByteArray got;
        QVERIFY(waitFor([&] {
            got += socket.readAll();
            return RawClient::countAnswers(got) == 1;
        }));
        QCOMPARE(bodyOf(got), "hello");
    }
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QVERIFY(waitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
    QCOMPARE(statusOf(socket.readAll()), 200);
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestTls::distrustingClientsLeave()
{
    Server server([](const Request &, const Responder &) { QFAIL("a request came through"); });
    QVERIFY(server.listen(tlsOptions()).has_value());
    QSslSocket socket;
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
    QVERIFY(waitFor([&] { return socket.error() == QAbstractSocket::SslHandshakeFailedError; }));
    QCOMPARE(socket.sslHandshakeErrors().value(0).error(), QSslError::SelfSignedCertificate);
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestTls::largeBodies()
{
    Server server([](Request request, const Responder &responder) {
        responder.answer({ .status = 200, .body = std::move(request.body) });
    });
    QVERIFY(server.listen(tlsOptions()).has_value());
    QSslSocket socket;
    connectEncrypted(socket, server.port());
    QVERIFY(waitFor([&] { return socket.isEncrypted(); }));
    const QByteArray body(5'000'000, 'z');
    socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5000000\r\n\r\n" + body);
    QByteArray got;
    QVERIFY(waitFor(
        [&] {
            got += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        },
        20'000));
    QVERIFY(bodyOf(got + socket.readAll()) == body);
}

void TestTls::plainHttpGetsNoAnswer()
{
    Server server([](const Request &, const Responder &) { QFAIL("a request came through"); });
    QVERIFY(server.listen(tlsOptions()).has_value());
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(!client.untilClosed().contains("HTTP/1.1 "));
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestTls::silentClientsAreDropped()
{
    Server server([](const Request &, const Responder &responder) { responder.answer({}); });
    Options options = tlsOptions();
    options.timeouts.head = 150ms;
    QVERIFY(server.listen(options).has_value());
    RawClient client(server.port()); // never starts the handshake
    QCOMPARE(client.untilClosed(), QByteArray());
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestTls::waitingConnectionsAreServedLater()
{
    Server server(
        [](const Request &, const Responder &responder) { responder.answer({ .status = 200, .close = true }); });
    Options options = tlsOptions();
    options.connections = 1;
    QVERIFY(server.listen(options).has_value());
    std::vector<std::unique_ptr<QSslSocket>> sockets;
    for (int i = 0; i < 4; ++i) {
        sockets.push_back(std::make_unique<QSslSocket>());
        QSslSocket *socket = sockets.back().get();
        connect(socket, &QSslSocket::encrypted, socket,
            [socket] { socket->write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); });
        connectEncrypted(*socket, server.port());
    }
    for (const auto &socket : sockets) {
        QVERIFY(waitFor([&] { return socket->state() == QAbstractSocket::UnconnectedState; }));
        QCOMPARE(statusOf(socket->readAll()), 200);
    }
}

void TestTls::unusableIdentities_data()
{
    QTest::addColumn<bool>("withCertificate");
    QTest::addColumn<bool>("withKey");
    QTest::newRow("no certificate") << false << true;
    QTest::newRow("no key") << true << false;
}

void TestTls::unusableIdentities()
{
    QFETCH(bool, withCertificate);
    QFETCH(bool, withKey);
    Server server([](const Request &, const Responder &responder) { responder.answer({}); });
    Options options;
    options.tls = TlsIdentity{ withCertificate ? m_identity.certificate : "nothing",
        withKey ? m_identity.privateKey : "nothing" };
    const auto address = server.listen(options);
    QVERIFY(!address.has_value());
    QCOMPARE(address.error().code, "http-tls");
    QVERIFY(!server.isListening());
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
