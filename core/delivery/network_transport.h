#pragma once
// Transport over QNetworkAccessManager, which is kept from doing anything of its own: no second request, no redirect,
// no credentials, cookies, environment proxies, decompression or unbounded reading. One request per send:
// followRedirects is not looked at, RedirectFollower does that.
//
// Threads: lives in one thread with an event loop.
#include "core/delivery/transport.h"

#include <QObject>
#include <QThread>
#include <QTimer>
#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace hookbench::delivery {

class NetworkSlot;

class NetworkTransport final : public QObject, public Transport
{
    Q_OBJECT

public:
    explicit NetworkTransport(QObject *parent = nullptr);
    ~NetworkTransport() override;

    void send(RequestPtr request, const TransportOptions &options, Done done) override;

private:
    NetworkSlot &freeSlot();
    void retire(std::unique_ptr<QNetworkAccessManager> manager);
    void sendOffRetired();
    void lookForFloods();

    QThread m_retirement; ///< where managers are deleted that may take their time to end
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_retired;
    QTimer m_floodWatch; ///< while something is in flight
    std::vector<std::unique_ptr<NetworkSlot>> m_slots; ///< as many as were ever in flight at once
};

} // namespace hookbench::delivery
