#pragma once
// Transport over QNetworkAccessManager, which is kept from doing anything of its own: no second request, no redirect,
// no credentials, cookies, proxies, decompression or unbounded reading. One answer per send, followRedirects is not
// looked at: RedirectFollower does that.
//
// Threads: lives in one thread with an event loop.
#include "core/delivery/transport.h"

#include <QObject>
#include <memory>

namespace hookbench::delivery {

class NetworkTransport final : public QObject, public Transport
{
    Q_OBJECT

public:
    explicit NetworkTransport(QObject *parent = nullptr);
    ~NetworkTransport() override;

    void send(RequestPtr request, const TransportOptions &options, Done done) override;

private:
    class Slot;
    class Exchange;
    Slot &freeSlot();

    std::vector<std::unique_ptr<Slot>> m_slots;
};

} // namespace hookbench::delivery
