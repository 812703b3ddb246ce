#pragma once
// An embedded HTTP/1.1 server for the same machine: QTcpServer at the edge, RequestParser in the middle, one handler.
// It is bounded in every direction: connections, head, headers, body, bytes of all bodies being received, time.
// Connections above the limit wait in the system's queue until a place is free. Requests of one connection are handled
// one after the other; while one waits for its answer nothing more is read than a small buffer holds.
//
// Threads: a Server, its handler and its Responders live in the Server's thread. To run it elsewhere, moveToThread
// before `listen` and call `listen` and `close` there. A handler must not block and must not run an event loop of its
// own.
#include "core/http/request_parser.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

class QTcpSocket;

namespace hookbench::http {

class Connection;
struct Exchange;

/// One request's right to one answer. Copies share it; the first call decides, later ones do nothing, as do calls after
/// the client has left. When the last copy goes away without a decision the client gets status 500.
class Responder
{
public:
    /// May be called at once or later. What `check` refuses becomes a 500 that says why.
    void answer(Response response) const;
    /// Closes the connection without a byte of answer.
    void close() const;
    /// Never answers: the connection stays open until the client gives up or Timeouts::answer is over.
    void hold() const;
    /// Whether an answer would still reach somebody.
    bool isOpen() const;

private:
    friend class Connection;
    explicit Responder(std::shared_ptr<Exchange> exchange);
    std::shared_ptr<Exchange> m_exchange;
};

using Handler = std::function<void(Request request, Responder responder)>;

/// All are total times, not pauses between bytes; a client that drips is as slow as one that is silent.
struct Timeouts
{
    std::chrono::milliseconds head{ 10'000 }; ///< from connecting, or the first byte of a later request
    std::chrono::milliseconds body{ 60'000 };
    std::chrono::milliseconds idle{ 30'000 }; ///< between two requests
    std::chrono::milliseconds answer{ 600'000 }; ///< for the handler
    std::chrono::milliseconds drain{ 30'000 }; ///< for the client to take the answer
    std::chrono::milliseconds linger{ 2'000 }; ///< for the client to read a refusal while it still sends
};

/// PEM texts; the certificate may bring its chain.
struct TlsIdentity
{
    std::string certificate;
    std::string privateKey;
};

struct Options
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: a free one
    std::vector<std::string> allowedHosts{}; ///< see isHostAllowed
    std::optional<TlsIdentity> tls{};
    Limits limits{};
    Timeouts timeouts{};
    std::size_t connections = 256;
    std::size_t receivingBytes = std::size_t{ 256 }
        << 20; ///< of all bodies that have not arrived completely; more get 503
};

class Server : public QObject
{
    Q_OBJECT
public:
    explicit Server(Handler handler, QObject *parent = nullptr);
    ~Server() override;

    /// The address to connect to: "http://127.0.0.1:8765". Error codes: http-listening, http-address, http-port,
    /// http-tls.
    Result<std::string> listen(const Options &options);
    /// Stops listening and drops every connection; answers that were given are already on their way.
    void close();

    bool isListening() const { return m_listener != nullptr; }
    std::uint16_t port() const;
    std::size_t connections() const { return m_connections.size(); }

Q_SIGNALS:
    /// A request that never reached the handler, and what the client was told.
    void refused(const std::string &peer, const hookbench::http::Refusal &refusal);

private:
    friend class Connection;
    class Listener;

    void admit(QTcpSocket *socket);
    void forget(Connection *connection);
    void expire();
    const std::string &date();

    Handler m_handler;
    Options m_options;
    QSslConfiguration m_tls;
    Listener *m_listener = nullptr;
    std::unordered_set<Connection *> m_connections;
    std::size_t m_receivingBytes = 0;
    QTimer m_tick{ this };
    std::string m_date;
    std::int64_t m_dateSecond = -1;
};

} // namespace hookbench::http
