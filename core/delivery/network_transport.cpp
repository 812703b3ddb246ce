#include "core/delivery/network_transport.h"

#include "core/delivery/network_slot.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>
#include <algorithm>
#include <fmt/format.h>

namespace hookbench::delivery {

NetworkTransport::NetworkTransport(QObject *parent)
    : QObject(parent)
    , m_floodWatch(this) // goes with this to another thread
{
    constexpr std::chrono::milliseconds kLookEvery{ 40 };
    m_floodWatch.setInterval(kLookEvery);
    connect(&m_floodWatch, &QTimer::timeout, this, &NetworkTransport::lookForFloods);
}

NetworkTransport::~NetworkTransport()
{
    m_slots.clear();
    sendOffRetired();
    m_retirement.quit();
    m_retirement.wait();
}

void NetworkTransport::send(RequestPtr request, const TransportOptions &options, Done done)
{
    const std::string &url = request->url;
    const QUrl address(QString::fromLatin1(url.data(), static_cast<qsizetype>(url.size())));
    if (address.isValid()) {
        if (!m_floodWatch.isActive())
            m_floodWatch.start();
        freeSlot().send(std::move(request), address, options, std::move(done));
        return;
    }
    Outcome outcome;
    outcome.failure = Failure::Address;
    outcome.message
        = fmt::format("{} cannot be sent to: Qt takes it for no host name. Correct the URL.", request->host);
    QMetaObject::invokeMethod(
        this, [done = std::move(done), outcome = std::move(outcome)] { done(outcome); }, Qt::QueuedConnection);
}

NetworkSlot &NetworkTransport::freeSlot()
{
    const auto free = std::find_if(m_slots.begin(), m_slots.end(), [](const auto &slot) { return slot->isFree(); });
    if (free != m_slots.end())
        return **free;
    m_slots.push_back(std::make_unique<NetworkSlot>(
        [this](std::unique_ptr<QNetworkAccessManager> manager) { retire(std::move(manager)); }));
    return *m_slots.back();
}

void NetworkTransport::lookForFloods()
{
    std::vector<Awaited> awaited;
    bool isIdle = true;
    for (const std::unique_ptr<NetworkSlot> &slot : m_slots) {
        isIdle = isIdle && slot->isFree();
        if (const auto one = slot->awaited())
            awaited.push_back(*one);
    }
    if (isIdle)
        m_floodWatch.stop();
    if (!awaited.empty())
        breakFloods(awaited);
}

void NetworkTransport::retire(std::unique_ptr<QNetworkAccessManager> manager)
{
    m_retired.push_back(std::move(manager));
    QMetaObject::invokeMethod(this, &NetworkTransport::sendOffRetired, Qt::QueuedConnection);
}

void NetworkTransport::sendOffRetired()
{
    for (std::unique_ptr<QNetworkAccessManager> &manager : m_retired) {
        qDeleteAll(manager->findChildren<QNetworkReply *>());
        if (!m_retirement.isRunning())
            m_retirement.start(QThread::LowPriority);
        manager->moveToThread(&m_retirement);
        manager.release()->deleteLater();
    }
    m_retired.clear();
}

} // namespace hookbench::delivery
