#include "core/delivery/network_transport.h"

#include "core/delivery/network_slot.h"

#include <algorithm>

namespace hookbench::delivery {

NetworkTransport::NetworkTransport(QObject *parent)
    : QObject(parent)
{
}

NetworkTransport::~NetworkTransport() = default;

void NetworkTransport::send(RequestPtr request, const TransportOptions &options, Done done)
{
    freeSlot().send(std::move(request), options, std::move(done));
}

NetworkSlot &NetworkTransport::freeSlot()
{
    const auto free = std::find_if(m_slots.begin(), m_slots.end(), [](const auto &slot) { return slot->isFree(); });
    if (free != m_slots.end())
        return **free;
    m_slots.push_back(std::make_unique<NetworkSlot>());
    return *m_slots.back();
}

} // namespace hookbench::delivery
