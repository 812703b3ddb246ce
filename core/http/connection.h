#pragma once
// One client of a Server. Private to core/http.
#include "core/http/server.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QObject>
#include <QPointer>
#include <memory>
#include <string>

class QTcpSocket;

namespace hookbench::http {

class Connection : public QObject
{
    Q_OBJECT
public:
    Connection(Server *server, QTcpSocket *socket);

    /// Reads what has arrived so far.
    void process();
    void answer(Response response);
    void closeWithoutAnswer();
    bool isAnswerable() const { return m_phase == Phase::Answering; }
    /// Ends what has taken too long.
    void expire();
    /// Drops the connection at once.
    void drop();

private:
    enum class Phase {
        Idle, ///< no byte of a request yet
        Head,
        Body,
        Answering, ///< the handler has the request
        Draining, ///< the answer is given, the client has not taken all of it
        Lingering, ///< everything is said; reads on so that what was said arrives
        Closing, ///< the socket is closing by itself
        Closed, ///< dropped, about to be deleted
    };

    bool isReading() const { return m_phase == Phase::Idle || m_phase == Phase::Head || m_phase == Phase::Body; }
    void enter(Phase phase, std::chrono::milliseconds limit);
    bool readMore();
    bool accountBody();
    void beginBody(bool moreHasArrived);
    void dispatch();
    void refuse(int status, std::string message);
    void send(const Response &response, bool keepAlive);
    void continueSending();
    void endExchange();
    qint64 unsentBytes() const;

    Server *const m_server;
    QTcpSocket *const m_socket;
    RequestParser m_parser;
    std::string m_peer;
    QByteArray m_unread; ///< arrived, from m_unreadAt not yet parsed
    qsizetype m_unreadAt = 0;
    std::chrono::steady_clock::time_point m_begun;
    QDeadlineTimer m_deadline;
    Phase m_phase = Phase::Idle;
    std::size_t m_accounted = 0; ///< this connection's part of the server's m_receivingBytes
    int m_minorVersion = 1;
    bool m_isHead = false;
    bool m_keepAlive = false;
    bool m_refused = false;
    bool m_processing = false;
};

/// What Responders share.
struct Exchange
{
    explicit Exchange(Connection *owner);
    ~Exchange();
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

    /// The connection that waits, once; then nothing.
    Connection *settle();

    QPointer<Connection> connection;
    bool settled = false;
};

} // namespace hookbench::http
