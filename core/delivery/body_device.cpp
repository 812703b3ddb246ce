#include "core/delivery/body_device.h"

#include <algorithm>
#include <cstring>

namespace hookbench::delivery {

BodyDevice::BodyDevice(RequestPtr request, QObject *parent)
    : QIODevice(parent)
    , m_request(std::move(request))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 BodyDevice::bytesAvailable() const
{
    return static_cast<qint64>(m_request->body.size() - m_at) + QIODevice::bytesAvailable();
}

qint64 BodyDevice::readData(char *data, qint64 maxSize)
{
    const std::size_t left = m_request->body.size() - m_at;
    if (left == 0)
        return -1;
    if (m_at == 0)
        Q_EMIT asked();
    const std::size_t size = std::min(left, static_cast<std::size_t>(maxSize));
    std::memcpy(data, m_request->body.data() + m_at, size);
    m_at += size;
    return static_cast<qint64>(size);
}

qint64 BodyDevice::writeData(const char *, qint64)
{
    return -1;
}

} // namespace hookbench::delivery
