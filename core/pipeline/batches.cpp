#include "core/pipeline/batches.h"

#include "core/destination/payload.h"

#include <fmt/format.h>

namespace hookbench::pipeline {

namespace {

// The value as Segment's Ajv would coerce it; decides by which rules the payload is checked, before it is.
bool asksForBatching(json::Value resolved)
{
    const json::Value value = resolved.find("enable_batching");
    if (value.isString())
        return value.asString() == "true";
    return json::identical(value, json::Value::boolean(true)) || json::identical(value, json::Value::number(1));
}

Dispatch failed(const ReadyMapping &mapping, std::uint64_t index, bool batch, Error error)
{
    return { mapping.index, mapping.name, batch, { index }, tl::unexpected<Error>(error),
        { EventFailure{ index, error } } };
}

Result<delivery::RequestPtr> shared(Result<delivery::Request> request)
{
    if (!request)
        return tl::unexpected<Error>(std::move(request.error()));
    return std::make_shared<const delivery::Request>(std::move(*request));
}

} // namespace

Batches::Batches(PlanPtr plan, mapping::LiquidRenderer *liquid)
    : m_plan(std::move(plan))
    , m_liquid(liquid)
{
    if (!m_plan->options().secret.empty())
        m_signer = std::make_unique<signing::Signer>(m_plan->options().secret);
}

delivery::RequestOptions Batches::requestOptions() const
{
    return { m_signer.get(), m_plan->options().signatureMode, m_plan->options().userAgent };
}

Result<bool> Batches::matches(const ReadyMapping &mapping, json::Value event) const
{
    if (!mapping.trigger)
        return false; // Segment: an invalid trigger never matches
    return mapping.trigger->matches(event);
}

std::vector<Dispatch> Batches::add(
    const ReadyMapping &mapping, std::uint64_t index, json::Value event, Clock::SteadyTime now)
{
    m_arena.reset();
    std::vector<Dispatch> out;
    if (!mapping.settings) {
        out.push_back(failed(mapping, index, false, mapping.settings.error()));
        return out;
    }
    Result<json::Value> resolved = mapping.settings->resolve(event, m_arena, m_liquid);
    if (!resolved)
        return fail(mapping, index, event, std::move(resolved.error()));
    const bool batch = !m_plan->options().testEvents && asksForBatching(*resolved);
    const Result<destination::Payload> payload = destination::toPayload(*resolved, batch, m_arena);
    if (!payload) {
        out.push_back(
            failed(mapping, index, batch, payload.error())); // in a batch too, Segment answers 400 for this event alone
        return out;
    }
    if (!batch) {
        Dispatch single{ mapping.index, mapping.name, false, { index },
            shared(delivery::buildRequest({ &*payload, 1 }, false, requestOptions())), {} };
        single.maskedHeaders = m_plan->maskedHeaders();
        if (!single.request)
            single.failures.push_back({ index, single.request.error() });
        out.push_back(std::move(single));
        return out;
    }
    finishAll(mapping, m_pending[mapping.index].batcher.add(*payload, index, now), out);
    return out;
}

// A mapping failed on this event. In Segment that rejects the batch the event was grouped into, so its address is
// resolved alone to find that batch.
std::vector<Dispatch> Batches::fail(const ReadyMapping &mapping, std::uint64_t index, json::Value event, Error error)
{
    std::vector<Dispatch> out;
    if (!m_plan->options().skipFailingEvents && !m_plan->options().testEvents && mapping.addressing) {
        const Result<json::Value> address = mapping.addressing->resolve(event, m_arena, m_liquid);
        if (address && asksForBatching(*address)) {
            if (const auto payload = destination::toPayload(*address, true, m_arena)) {
                m_pending[mapping.index].failing[delivery::batchKeyOf(*payload)].push_back({ index, std::move(error) });
                return out;
            }
        }
    }
    out.push_back(failed(mapping, index, false, std::move(error)));
    return out;
}

Dispatch Batches::finish(const ReadyMapping &mapping, delivery::Batch &&batch)
{
    Dispatch dispatch{ mapping.index, mapping.name, true, batch.events(), delivery::RequestPtr(), {} };
    dispatch.maskedHeaders = m_plan->maskedHeaders();
    auto &failing = m_pending[mapping.index].failing;
    if (const auto found = failing.find(batch.key()); found != failing.end()) {
        dispatch.failures = std::move(found->second);
        failing.erase(found);
        const EventFailure &first = dispatch.failures.front();
        dispatch.request = hookbench::fail(first.error.code,
            fmt::format("Nothing of this batch was sent: the mapping fails on {} of its {} events, first on event {}: "
                        "{} Segment rejects "
                        "the whole batch too; fix the mapping or leave failing events out.",
                dispatch.failures.size(), dispatch.failures.size() + batch.size(), first.event, first.error.message),
            first.error.path);
    } else {
        dispatch.request = shared(delivery::buildRequest(std::move(batch), requestOptions()));
    }
    return dispatch;
}

void Batches::finishAll(const ReadyMapping &mapping, std::vector<delivery::Batch> batches, std::vector<Dispatch> &out)
{
    for (delivery::Batch &batch : batches)
        out.push_back(finish(mapping, std::move(batch)));
}

// Batches of which every event failed: no event is left to carry their failures.
void Batches::finishFailing(const ReadyMapping &mapping, std::vector<Dispatch> &out)
{
    auto &failing = m_pending[mapping.index].failing;
    for (auto &[key, failures] : failing)
        for (EventFailure &failure : failures)
            out.push_back(failed(mapping, failure.event, true, std::move(failure.error)));
    failing.clear();
}

std::vector<Dispatch> Batches::flushUntil(Clock::SteadyTime time)
{
    std::vector<Dispatch> out;
    for (auto &[index, pending] : m_pending) {
        finishAll(m_plan->mappings()[index], pending.batcher.flushUntil(time), out);
        if (pending.batcher.pendingGroups() == 0)
            finishFailing(m_plan->mappings()[index], out);
    }
    return out;
}

std::vector<Dispatch> Batches::flush()
{
    std::vector<Dispatch> out;
    for (auto &[index, pending] : m_pending) {
        finishAll(m_plan->mappings()[index], pending.batcher.flush(), out);
        finishFailing(m_plan->mappings()[index], out);
    }
    return out;
}

std::optional<Clock::SteadyTime> Batches::oldest() const
{
    std::optional<Clock::SteadyTime> oldest;
    for (const auto &[index, pending] : m_pending)
        if (const auto since = pending.batcher.oldest(); since && (!oldest || *since < *oldest))
            oldest = since;
    return oldest;
}

std::size_t Batches::pendingEvents() const
{
    std::size_t total = 0;
    for (const auto &[index, pending] : m_pending)
        total += pending.batcher.pendingEvents();
    return total;
}

} // namespace hookbench::pipeline
