#include "core/http/connection.h"

#include "core/base/display.h"
#include "core/base/logging.h"
#include "core/http/host.h"

#include <QHostAddress>
#include <QSslSocket>
#include <QTcpSocket>
#include <fmt/format.h>
#include <utility>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace hookbench::http {

namespace {

constexpr std::size_t kOneWrite = std::size_t{ 16 } << 10; ///< up to here head and body leave together

std::string peerName(const QTcpSocket &socket)
{
    const QHostAddress address = socket.peerAddress();
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4)
        return fmt::format(
            "{}.{}.{}.{}:{}", ipv4 >> 24, ipv4 >> 16 & 255, ipv4 >> 8 & 255, ipv4 & 255, socket.peerPort());
    return fmt::format("[{}]:{}", address.toString().toStdString(), socket.peerPort());
}

/// Without it the kernel holds the acknowledgement of a body's last segment back for 40 ms when the sender waits for
/// it.
void acknowledgeAtOnce(const QTcpSocket &socket)
{
#ifdef TCP_QUICKACK
    const int on = 1;
    ::setsockopt(static_cast<int>(socket.socketDescriptor()), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
#else
    Q_UNUSED(socket)
#endif
}

/// Tells the client that nothing follows; it may still send.
void endSending(const QTcpSocket &socket)
{
#ifdef Q_OS_UNIX
    if (!qobject_cast<const QSslSocket *>(&socket))
        ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
#else
    Q_UNUSED(socket)
#endif
}

/// The authority of "scheme://user@host:port/path".
std::string_view authorityOf(std::string_view url)
{
    url.remove_prefix(url.find("://") + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos)
        url.remove_prefix(at + 1);
    return url;
}

std::optional<Refusal> checkAuthority(std::string_view authority, const std::vector<std::string> &allowed)
{
    const auto name = hostName(authority);
    if (!name)
        return Refusal{ 400, fmt::format("\"{}\" is not a host name.", escapeForDisplay(authority.substr(0, 255))) };
    if (!isHostAllowed(*name, allowed))
        return Refusal{ 403,
            fmt::format("Requests for host \"{}\" are not served here, to keep web pages out. Use localhost or an IP "
                        "address, or "
                        "allow this name.",
                escapeForDisplay(authority.substr(0, 255))) };
    return std::nullopt;
}

/// Both the Host header and an absolute target name a host; every one of them must be served.
std::optional<Refusal> checkHost(const Request &request, const std::vector<std::string> &allowed)
{
    if (const Header *host = findHeader(request.headers, "host"))
        if (auto refusal = checkAuthority(host->value, allowed))
            return refusal;
    if (!request.target.starts_with('/') && request.target != "*")
        return checkAuthority(authorityOf(request.target), allowed);
    return std::nullopt;
}

} // namespace

Exchange::Exchange(Connection *owner)
    : connection{ owner }
{
}

Exchange::~Exchange()
{
    if (Connection *waiting = settle())
        waiting->answer({ .status = 500 });
}

Connection *Exchange::settle()
{
    return std::exchange(settled, true) ? nullptr : connection.data();
}

Responder::Responder(std::shared_ptr<Exchange> exchange)
    : m_exchange{ std::move(exchange) }
{
}

void Responder::answer(Response response) const
{
    if (Connection *connection = m_exchange->settle())
        connection->answer(std::move(response));
}

void Responder::close() const
{
    if (Connection *connection = m_exchange->settle())
        connection->closeWithoutAnswer();
}

void Responder::hold() const
{
    m_exchange->settle();
}

bool Responder::isOpen() const
{
    return !m_exchange->settled && m_exchange->connection && m_exchange->connection->isAnswerable();
}

Connection::Connection(Server *server, QTcpSocket *socket)
    : QObject(server)
    , m_server{ server }
    , m_socket{ socket }
    , m_parser{ server->m_options.limits }
    , m_peer{ peerName(*socket) }
{
    socket->setParent(this);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    acknowledgeAtOnce(*socket);
    connect(socket, &QTcpSocket::readyRead, this, &Connection::process);
    connect(socket, &QTcpSocket::bytesWritten, this, &Connection::continueSending);
    connect(socket, &QTcpSocket::disconnected, this, &Connection::drop);
    connect(socket, &QTcpSocket::errorOccurred, this, [this] {
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            drop();
    });
    if (auto *encrypted = qobject_cast<QSslSocket *>(socket)) {
        connect(encrypted, &QSslSocket::encryptedBytesWritten, this, &Connection::continueSending);
        encrypted->setSslConfiguration(server->m_tls);
        encrypted->startServerEncryption();
    }
    enter(Phase::Idle, server->m_options.timeouts.head);
}

void Connection::enter(Phase phase, std::chrono::milliseconds limit)
{
    m_phase = phase;
    m_deadline.setRemainingTime(limit, Qt::CoarseTimer);
}

void Connection::process()
{
    if (m_phase == Phase::Lingering) {
        m_socket->skip(m_socket->bytesAvailable());
        return;
    }
    if (m_processing) // a handler answered at once: the loop below goes on
        return;
    m_processing = true;
    while (isReading()) {
        std::string_view rest(
            m_unread.constData() + m_unreadAt, static_cast<std::size_t>(m_unread.size() - m_unreadAt));
        const RequestParser::Step step = m_parser.parse(rest);
        m_unreadAt = m_unread.size() - static_cast<qsizetype>(rest.size());
        if (m_phase == Phase::Idle && m_parser.begun()) {
            m_begun = std::chrono::steady_clock::now();
            enter(Phase::Head, m_server->m_options.timeouts.head);
        }
        if (step == RequestParser::Step::Head)
            beginBody(!rest.empty());
        else if (step == RequestParser::Step::Complete)
            dispatch();
        else if (step == RequestParser::Step::Failed)
            refuse(m_parser.refusal().status, m_parser.refusal().message);
        else if (!accountBody() || !readMore())
            break;
    }
    m_processing = false;
}

bool Connection::readMore()
{
    // Asking for exactly what is there lets Qt hand over its own buffer instead of a copy.
    m_unread = m_socket->read(m_socket->bytesAvailable());
    m_unreadAt = 0;
    if (m_unread.isEmpty())
        return false;
    acknowledgeAtOnce(*m_socket);
    return true;
}

/// Keeps the sum over all connections bounded.
bool Connection::accountBody()
{
    m_server->m_receivingBytes += m_parser.bodyBytes() - m_accounted;
    m_accounted = m_parser.bodyBytes();
    if (m_server->m_receivingBytes <= m_server->m_options.receivingBytes)
        return true;
    refuse(503, "Too many large requests at the same time. Try again.");
    return false;
}

void Connection::beginBody(bool moreHasArrived)
{
    if (const auto refusal = checkHost(m_parser.request(), m_server->m_options.allowedHosts)) {
        refuse(refusal->status, refusal->message);
        return;
    }
    enter(Phase::Body, m_server->m_options.timeouts.body);
    if (m_parser.expectsContinue() && !moreHasArrived && m_socket->bytesAvailable() == 0) {
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        m_socket->flush();
    }
}

void Connection::dispatch()
{
    Request request = m_parser.take();
    m_server->m_receivingBytes -= std::exchange(m_accounted, 0);
    if (m_unreadAt == m_unread.size()) {
        m_unread.clear();
        m_unreadAt = 0;
    }
    m_minorVersion = request.minorVersion;
    m_isHead = request.method == "HEAD";
    m_keepAlive = request.keepAlive;
    request.peer = m_peer;
    request.begun = m_begun;
    enter(Phase::Answering, m_server->m_options.timeouts.answer);
    m_server->m_handler(std::move(request), Responder(std::make_shared<Exchange>(this)));
}

void Connection::answer(Response response)
{
    if (m_phase != Phase::Answering)
        return;
    if (const auto sendable = check(response); !sendable) {
        qCWarning(lcHttp, "An answer cannot be sent: %s", sendable.error().message.c_str());
        response = { .status = 500,
            .headers = { { "Content-Type", "text/plain; charset=utf-8" } },
            .body = sendable.error().message + "\n" };
    }
    send(response, m_keepAlive && !response.close);
}

void Connection::closeWithoutAnswer()
{
    if (m_phase == Phase::Answering)
        drop();
}

void Connection::refuse(int status, std::string message)
{
    qCDebug(lcHttp, "Refused a request of %s with %d: %s", m_peer.c_str(), status, message.c_str());
    m_refused = true;
    m_parser = RequestParser();
    m_server->m_receivingBytes -= std::exchange(m_accounted, 0);
    m_isHead = false;
    m_minorVersion = 1;
    send({ .status = status, .headers = { { "Content-Type", "text/plain; charset=utf-8" } }, .body = message + "\n" },
        false);
    Q_EMIT m_server->refused(m_peer, Refusal{ status, message });
}

void Connection::send(const Response &response, bool keepAlive)
{
    m_keepAlive = keepAlive;
    std::string out;
    out.reserve(512 + (response.body.size() <= kOneWrite ? response.body.size() : 0));
    appendHead(out, response, m_minorVersion, m_server->date(), keepAlive);
    const bool withBody = mayHaveBody(response.status) && !m_isHead;
    const bool separately = withBody && response.body.size() > kOneWrite;
    if (withBody && !separately)
        out += response.body;
    enter(Phase::Draining, m_server->m_options.timeouts.drain);
    m_socket->write(out.data(), static_cast<qint64>(out.size()));
    if (separately)
        m_socket->write(response.body.data(), static_cast<qint64>(response.body.size()));
    m_socket->flush();
    continueSending();
}

void Connection::continueSending()
{
    if (m_phase == Phase::Draining && unsentBytes() == 0)
        endExchange();
}

qint64 Connection::unsentBytes() const
{
    const auto *encrypted = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (encrypted ? encrypted->encryptedBytesToWrite() : 0);
}

void Connection::endExchange()
{
    if (m_keepAlive) {
        enter(Phase::Idle, m_server->m_options.timeouts.idle);
        process();
        return;
    }
    // Closing while bytes of the client are unread makes the kernel reset the connection, and the answer may be lost
    // with it.
    if (m_refused || m_unreadAt < m_unread.size() || m_socket->bytesAvailable() > 0) {
        enter(Phase::Lingering, m_server->m_options.timeouts.linger);
        endSending(*m_socket);
        process();
    } else {
        m_phase = Phase::Closing; // the deadline of Draining stays
        m_socket->disconnectFromHost();
    }
}

void Connection::expire()
{
    if (!m_deadline.hasExpired())
        return;
    if (m_phase == Phase::Head)
        refuse(408, "The request's head took too long to arrive.");
    else if (m_phase == Phase::Body)
        refuse(408, "The request's body took too long to arrive.");
    else
        drop();
}

void Connection::drop()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    m_socket->disconnect(this);
    m_socket->abort();
    m_server->m_receivingBytes -= std::exchange(m_accounted, 0);
    m_server->forget(this);
    deleteLater();
}

} // namespace hookbench::http
