#include "core/http/server.h"

#include "core/base/logging.h"
#include "core/http/connection.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace hookbench::http {

namespace {

constexpr qint64 kReadBuffer = qint64{ 256 } << 10;

QByteArray bytesOf(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

Result<QSslConfiguration> tlsConfiguration(const TlsIdentity &identity)
{
    if (!QSslSocket::supportsSsl())
        return fail("http-tls",
            "Qt has no TLS backend on this machine. Install the OpenSSL plugin of Qt Network, or listen without TLS.");
    const QList<QSslCertificate> chain = QSslCertificate::fromData(bytesOf(identity.certificate), QSsl::Pem);
    if (chain.isEmpty())
        return fail("http-tls", "There is no certificate in the PEM text. Expected -----BEGIN CERTIFICATE-----.");
    QSslKey key;
    for (const QSsl::KeyAlgorithm algorithm : { QSsl::Ec, QSsl::Rsa }) {
        key = QSslKey(bytesOf(identity.privateKey), algorithm, QSsl::Pem);
        if (!key.isNull())
            break;
    }
    if (key.isNull())
        return fail(
            "http-tls", "There is no usable private key in the PEM text. Expected an unencrypted EC or RSA key.");

    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setAllowedNextProtocols({ QByteArrayLiteral("http/1.1") });
    return configuration;
}

/// As URLs write it. Nobody connects to "any": that is shown as the address of this machine that always answers.
std::string shownHost(const QHostAddress &address)
{
    if (address == QHostAddress::Any || address == QHostAddress::AnyIPv4)
        return "127.0.0.1";
    if (address == QHostAddress::AnyIPv6)
        return "[::1]";
    const std::string text = address.toString().toStdString();
    return address.protocol() == QAbstractSocket::IPv6Protocol ? "[" + text + "]" : text;
}

std::string httpDate(std::chrono::sys_seconds now)
{
    static constexpr std::array<const char *, 7> kDays{ "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static constexpr std::array<const char *, 12> kMonths{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
        "Sep", "Oct", "Nov", "Dec" };
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{ day };
    const std::chrono::hh_mm_ss time{ now - day };
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
        static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

} // namespace

class Server::Listener : public QTcpServer
{
public:
    explicit Listener(Server *server)
        : QTcpServer(server)
        , m_server{ server }
    {
        // Qt's own list of waiting connections is where those above our limit stay: with one in it Qt stops accepting.
        setMaxPendingConnections(1);
        setListenBacklogSize(1024);
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        QTcpSocket *socket = m_server->m_options.tls ? new QSslSocket(this) : new QTcpSocket(this);
        socket->setReadBufferSize(kReadBuffer);
        if (!socket->setSocketDescriptor(descriptor))
            delete socket;
        else if (m_server->m_connections.size() < m_server->m_options.connections)
            m_server->admit(socket);
        else
            addPendingConnection(socket);
    }

private:
    Server *const m_server;
};

Server::Server(Handler handler, QObject *parent)
    : QObject(parent)
    , m_handler{ std::move(handler) }
{
    connect(&m_tick, &QTimer::timeout, this, &Server::expire);
}

Server::~Server()
{
    close();
}

Result<std::string> Server::listen(const Options &options)
{
    if (m_listener)
        return fail("http-listening", fmt::format("The server already listens on port {}. Stop it first.", port()));
    QHostAddress address(QString::fromStdString(options.address));
    if (options.address == "localhost")
        address = QHostAddress::LocalHost;
    if (address.isNull())
        return fail("http-address",
            fmt::format("\"{}\" is not an IP address to listen on. Use 127.0.0.1, ::1 or 0.0.0.0.", options.address));
    if (options.tls) {
        auto configuration = tlsConfiguration(*options.tls);
        if (!configuration)
            return fail(std::move(configuration).error());
        m_tls = std::move(*configuration);
    }

    m_options = options;
    auto listener = std::make_unique<Listener>(this);
    if (!listener->listen(address, options.port)) {
        const std::string what = listener->serverError() == QAbstractSocket::AddressInUseError
            ? "another program uses it already. Stop that one or choose another port; 0 takes a free one."
            : listener->errorString().toStdString() + ". Choose another address or port; 0 takes a free port.";
        return fail(
            "http-port", fmt::format("Cannot listen on port {} of {}: {}", options.port, options.address, what));
    }
    connect(listener.get(), &QTcpServer::acceptError, listener.get(), [listener = listener.get()] {
        // Qt stops accepting, most likely for want of file descriptors: try again when some may have been given back.
        qCWarning(lcHttp, "Accepting a connection failed: %s", qUtf8Printable(listener->errorString()));
        QTimer::singleShot(std::chrono::milliseconds(100), listener, &QTcpServer::resumeAccepting);
    });
    m_listener = listener.release();

    const Timeouts &limits = options.timeouts;
    const auto shortest
        = std::min({ limits.head, limits.body, limits.idle, limits.answer, limits.drain, limits.linger });
    m_tick.setInterval(std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500)));

    return fmt::format("{}://{}:{}", options.tls ? "https" : "http", shownHost(address), port());
}

void Server::close()
{
    if (Listener *listener = std::exchange(m_listener, nullptr)) {
        listener->close();
        listener->deleteLater();
    }
    const std::vector<Connection *> open(m_connections.begin(), m_connections.end());
    for (Connection *connection : open)
        connection->drop();
}

std::uint16_t Server::port() const
{
    return m_listener ? m_listener->serverPort() : 0;
}

void Server::admit(QTcpSocket *socket)
{
    auto *connection = new Connection(this, socket);
    m_connections.insert(connection);
    if (!m_tick.isActive())
        m_tick.start();
    connection->process();
}

void Server::forget(Connection *connection)
{
    m_connections.erase(connection);
    if (m_connections.empty())
        m_tick.stop();
    while (m_listener && m_connections.size() < m_options.connections && m_listener->hasPendingConnections()) {
        QTcpSocket *waiting = m_listener->nextPendingConnection();
        if (waiting->state() == QAbstractSocket::ConnectedState)
            admit(waiting);
        else
            waiting->deleteLater();
    }
}

void Server::expire()
{
    const std::vector<Connection *> open(m_connections.begin(), m_connections.end());
    for (Connection *connection : open)
        connection->expire();
}

const std::string &Server::date()
{
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (const std::int64_t second = now.time_since_epoch().count(); second != m_dateSecond) {
        m_dateSecond = second;
        m_date = httpDate(now);
    }
    return m_date;
}

} // namespace hookbench::http
