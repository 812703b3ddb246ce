#pragma once
// A client that sends bytes as they are and keeps the bytes that come back; no HTTP library in between. Lives in the
// thread of the server it talks to: everything waits in the event loop.
#include <QDeadlineTimer>
#include <QTcpSocket>
#include <QTimer>
#include <QtTest>

namespace hookbench::tests {

/// Runs the event loop until `done`, and wakes for every event instead of every ten milliseconds as QTest::qWaitFor
/// does.
template <typename Condition>
bool waitFor(Condition done, int milliseconds = 5000)
{
    QTimer wake;
    wake.start(5);
    const QDeadlineTimer deadline(milliseconds);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        QVERIFY(waitFor([&] { return m_socket.state() == QAbstractSocket::ConnectedState; }));
    }

    QTcpSocket &socket() { return m_socket; }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }

    /// Sends in pieces of `size` and lets the server read each one.
    void sendInPieces(const QByteArray &bytes, qsizetype size)
    {
        for (qsizetype at = 0; at < bytes.size(); at += size) {
            send(bytes.mid(at, size));
            QCoreApplication::processEvents();
        }
    }

    /// Everything that came back since the last call, once `count` whole answers with Content-Length are among it.
    QByteArray answers(int count = 1)
    {
        QByteArray got;
        const bool arrived = waitFor([&] {
            got += m_socket.readAll();
            return countAnswers(got) >= count;
        });
        if (!arrived)
            qWarning("Got only %s", got.constData());
        return arrived ? got : QByteArray();
    }

    /// Everything that comes until the server closes.
    QByteArray untilClosed(int milliseconds = 5000)
    {
        QByteArray got;
        const bool closed = waitFor(
            [&] {
                got += m_socket.readAll();
                return m_socket.state() == QAbstractSocket::UnconnectedState;
            },
            milliseconds);
        got += m_socket.readAll();
        return closed ? got : QByteArray("still open: ") + got;
    }

    static int countAnswers(const QByteArray &bytes)
    {
        int count = 0;
        for (qsizetype at = 0;; ++count) {
            const qsizetype end = bytes.indexOf("\r\n\r\n", at);
            if (end < 0)
                return count;
            const qsizetype field = bytes.indexOf("Content-Length: ", at);
            const qsizetype length = field < 0 || field > end
                ? 0
                : bytes.mid(field + 16, bytes.indexOf('\r', field) - field - 16).toLongLong();
            at = end + 4 + length;
            if (at > bytes.size())
                return count;
        }
    }

private:
    QTcpSocket m_socket;
};

/// The status of the first answer, 0 when there is none.
inline int statusOf(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0;
}

inline QByteArray bodyOf(const QByteArray &answer)
{
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

} // namespace hookbench::tests
