#pragma once
// The body of a request for QNetworkAccessManager. Sequential, so that Qt can neither ask its size nor rewind it: that
// is what keeps it from sending the request a second time when the connection breaks. Reads the request's own bytes.
// Private to the room.
#include "core/delivery/request.h"

#include <QIODevice>

namespace hookbench::delivery {

class BodyDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit BodyDevice(RequestPtr request, QObject *parent = nullptr);

Q_SIGNALS:
    /// The first byte is asked for: the connection is there.
    void asked();

public:
    bool isSequential() const override { return true; }
    bool atEnd() const override { return m_at == m_request->body.size(); }
    qint64 bytesAvailable() const override;
    bool seek(qint64) override { return false; } ///< asked for by Qt before it gives up; QIODevice's own would warn

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    RequestPtr m_request;
    std::size_t m_at = 0;
};

} // namespace hookbench::delivery
