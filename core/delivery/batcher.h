#pragma once
// Groups the events of one mapping as Segment's queue does before the action runs: by the text of the values that
// batch_keys name. A group is written down as the body of its request at once, so an event is serialised exactly once
// and nothing of it is kept alive. Events keep their order inside a group; groups come out in the order they filled or,
// at the end, began.
//
// Pure: no clock (times are handed in), no network. One Batcher per mapping: batches never mix mappings.
#include "core/base/clock.h"
#include "core/delivery/request.h"

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hookbench::delivery {

/// One request in the making: the first payload's url, method and headers, the data of all.
class Batch
{
public:
    Batch(const destination::Payload &first, std::string key, Clock::SteadyTime since);

    void add(const destination::Payload &payload, std::uint64_t event);

    const std::string &key() const { return m_key; }
    const std::vector<std::uint64_t> &events() const { return m_events; } ///< as given to add()
    std::size_t size() const { return m_events.size(); }
    std::size_t limit() const { return m_limit; } ///< the first payload's batch size
    std::size_t bytes() const { return m_body.size(); }
    Clock::SteadyTime since() const { return m_since; } ///< when the first event came

private:
    friend Result<Request> buildRequest(Batch &&batch, const RequestOptions &options);

    std::string m_key;
    std::string m_url;
    std::string m_method;
    json::Document m_headers;
    std::string m_body; ///< the array, without its closing bracket
    std::optional<signing::Coverage> m_first; ///< none when the first event has no data
    std::vector<std::uint64_t> m_events;
    std::size_t m_limit = 0;
    Clock::SteadyTime m_since;
};

/// As buildRequest for the payloads that were added.
Result<Request> buildRequest(Batch &&batch, const RequestOptions &options);

struct BatcherLimits
{
    std::size_t bytes = std::size_t{ 64 } << 20; ///< of all bodies together; beyond it the oldest groups go out early
    std::size_t groups = 10'000; ///< beyond it the oldest group goes out early
};

class Batcher
{
public:
    explicit Batcher(const BatcherLimits &limits = {});

    /// What is ready now: the event's group when it is full, and the oldest groups when a limit is passed.
    std::vector<Batch> add(const destination::Payload &payload, std::uint64_t event, Clock::SteadyTime now);
    /// Groups whose first event came at `time` or before, oldest first.
    std::vector<Batch> flushUntil(Clock::SteadyTime time);
    /// Everything, oldest group first.
    std::vector<Batch> flush();

    std::size_t pendingEvents() const { return m_pendingEvents; }
    std::size_t pendingBytes() const { return m_pendingBytes; }
    std::size_t pendingGroups() const { return m_groups.size(); }
    /// When the oldest pending group began: the caller's flush interval counts from here.
    std::optional<Clock::SteadyTime> oldest() const;

private:
    using Groups = std::list<Batch>; ///< oldest first
    Batch take(Groups::iterator group);

    BatcherLimits m_limits;
    Groups m_groups;
    std::unordered_map<std::string_view, Groups::iterator> m_byKey; ///< keys live in the batches
    std::size_t m_pendingEvents = 0;
    std::size_t m_pendingBytes = 0;
};

/// The text that events must have in common to share a request: the values of `batchKeys`, in that order.
std::string batchKeyOf(const destination::Payload &payload);

} // namespace hookbench::delivery
