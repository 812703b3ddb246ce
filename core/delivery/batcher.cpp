#include "core/delivery/batcher.h"

#include "core/delivery/assemble.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <utility>

namespace hookbench::delivery {

namespace {

void appendField(std::string &key, const destination::Payload &payload, std::string_view name)
{
    if (name == "url")
        key += payload.url;
    else if (name == "method")
        key += payload.method;
    else if (name == "headers")
        json::stringifyTo(key, payload.headers);
    else if (name == "data" && hasData(payload))
        json::stringifyTo(key, *payload.data);
    else if (name == "batch_size")
        key += std::to_string(payload.batchSize);
}

} // namespace

std::string batchKeyOf(const destination::Payload &payload)
{
    // Which fields are compared is part of what is compared: batch_keys may be mapped, too.
    std::string key;
    for (const std::string &name : payload.batchKeys) {
        key += name;
        key += '\0';
        appendField(key, payload, name);
        key += '\0';
    }
    return key;
}

Batch::Batch(const destination::Payload &first, std::string key, Clock::SteadyTime since)
    : m_key(std::move(key))
    , m_url(first.url)
    , m_method(first.method)
    , m_headers(json::Document::copyOf(first.headers))
    , m_body(1, '[')
    , m_limit(first.batchSize)
    , m_since(since)
{
}

void Batch::add(const destination::Payload &payload, std::uint64_t event)
{
    if (!m_events.empty())
        m_body += ',';
    const std::size_t start = m_body.size();
    if (hasData(payload))
        json::stringifyTo(m_body, *payload.data);
    else
        m_body += "null";
    if (m_events.empty() && hasData(payload))
        m_first = signing::Coverage{ start, m_body.size() - start };
    m_events.push_back(event);
}

Batcher::Batcher(const BatcherLimits &limits)
    : m_limits(limits)
{
}

std::vector<Batch> Batcher::add(const destination::Payload &payload, std::uint64_t event, Clock::SteadyTime now)
{
    std::string key = batchKeyOf(payload);
    auto known = m_byKey.find(key);
    if (known == m_byKey.end()) {
        m_groups.emplace_back(payload, std::move(key), now);
        known = m_byKey.emplace(m_groups.back().key(), std::prev(m_groups.end())).first;
        m_pendingBytes += m_groups.back().bytes();
    }
    const Groups::iterator group = known->second;
    m_pendingBytes -= group->bytes();
    group->add(payload, event);
    m_pendingBytes += group->bytes();
    ++m_pendingEvents;

    std::vector<Batch> ready;
    if (group->size() >= group->limit())
        ready.push_back(take(group));
    while (!m_groups.empty() && (m_pendingBytes > m_limits.bytes || m_groups.size() > m_limits.groups))
        ready.push_back(take(m_groups.begin()));
    return ready;
}

std::vector<Batch> Batcher::flushUntil(Clock::SteadyTime time)
{
    std::vector<Batch> ready;
    while (!m_groups.empty() && m_groups.front().since() <= time)
        ready.push_back(take(m_groups.begin()));
    return ready;
}

std::vector<Batch> Batcher::flush()
{
    return flushUntil(Clock::SteadyTime::max());
}

std::optional<Clock::SteadyTime> Batcher::oldest() const
{
    if (m_groups.empty())
        return std::nullopt;
    return m_groups.front().since();
}

Batch Batcher::take(Groups::iterator group)
{
    m_pendingEvents -= group->size();
    m_pendingBytes -= group->bytes();
    m_byKey.erase(group->key());
    Batch batch = std::move(*group);
    m_groups.erase(group);
    return batch;
}

} // namespace hookbench::delivery
