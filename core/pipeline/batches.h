#pragma once
// From matched events to requests: every event resolved once, put into its batch or a request of its own, the request
// built and signed. Pure but for the Liquid engine it is given: no clock (times are handed in), no network.
#include "core/base/clock.h"
#include "core/delivery/batcher.h"
#include "core/delivery/request.h"
#include "core/pipeline/plan.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hookbench::pipeline {

/// Why an event did not get into a request, or why a request could not be made.
struct EventFailure
{
    std::uint64_t event = 0;
    Error error;
};

/// One request with what it is made of, or the reason why there is none.
struct Dispatch
{
    std::size_t mapping = 0; ///< its place in the project
    std::string mappingName;
    bool batch = false;
    std::vector<std::uint64_t> events; ///< in the request, in order
    Result<delivery::RequestPtr> request;
    /// Events whose mapping failed. With skipFailingEvents, or when Segment too answers 400 for that one event only,
    /// the request goes out without them; otherwise `request` is an error.
    std::vector<EventFailure> failures;
    std::string origin = {}; ///< id of the recorded delivery that this one repeats
    std::string repeatedAs = {}; ///< how, in the journal's word
    HeaderNames maskedHeaders = {}; ///< whose values are not shown
};

class Batches
{
public:
    /// `liquid` may be null when the plan uses none; it must outlive this.
    Batches(PlanPtr plan, mapping::LiquidRenderer *liquid);

    /// Whether the trigger matches; a trigger that fails on this event is an error (Segment throws there).
    Result<bool> matches(const ReadyMapping &mapping, json::Value event) const;
    /// What is ready now because of this event. The event must have matched.
    std::vector<Dispatch> add(
        const ReadyMapping &mapping, std::uint64_t index, json::Value event, Clock::SteadyTime now);
    /// Batches whose first event came at `time` or before.
    std::vector<Dispatch> flushUntil(Clock::SteadyTime time);
    std::vector<Dispatch> flush();
    std::optional<Clock::SteadyTime> oldest() const;
    std::size_t pendingEvents() const;

private:
    struct Pending
    {
        delivery::Batcher batcher;
        std::map<std::string, std::vector<EventFailure>, std::less<>> failing; ///< by batch key
    };

    Dispatch finish(const ReadyMapping &mapping, delivery::Batch &&batch);
    void finishAll(const ReadyMapping &mapping, std::vector<delivery::Batch> batches, std::vector<Dispatch> &out);
    void finishFailing(const ReadyMapping &mapping, std::vector<Dispatch> &out);
    std::vector<Dispatch> fail(const ReadyMapping &mapping, std::uint64_t index, json::Value event, Error error);
    delivery::RequestOptions requestOptions() const;

    PlanPtr m_plan;
    mapping::LiquidRenderer *m_liquid;
    std::unique_ptr<signing::Signer> m_signer;
    std::map<std::size_t, Pending> m_pending; ///< by mapping
    json::Arena m_arena;
};

} // namespace hookbench::pipeline
