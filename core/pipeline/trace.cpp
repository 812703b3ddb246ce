#include "core/pipeline/trace.h"

#include "core/destination/payload.h"
#include "core/json/parse.h"

#include <fmt/format.h>

namespace hookbench::pipeline {

namespace {

EventTrace traceEvent(
    const ReadyMapping &mapping, const std::string &text, std::size_t number, mapping::LiquidRenderer *liquid)
{
    EventTrace out;
    Result<json::Document> parsed = json::parse(text);
    if (!parsed || !parsed->root().isObject()) {
        out.resolved = fail("trace-event",
            fmt::format("Event {} is no JSON object{}", number + 1, parsed ? "." : ": " + parsed.error().message));
        out.trigger.error = out.resolved.error();
        return out;
    }
    out.event = std::move(*parsed);
    if (!mapping.trigger) {
        out.trigger.error = mapping.trigger.error();
    } else {
        out.trigger.trace = mapping.trigger->explain(out.event);
        const Result<bool> matched = mapping.trigger->matches(out.event);
        if (matched)
            out.trigger.matched = *matched;
        else
            out.trigger.error = matched.error();
    }
    if (!mapping.settings) {
        out.resolved = tl::unexpected<Error>(mapping.settings.error());
        return out;
    }
    json::Arena arena;
    out.resolved = mapping.settings->resolve(out.event, arena, liquid).map(&json::Document::copyOf);
    return out;
}

Result<delivery::RequestPtr> buildTogether(const Trace &trace, const PlanOptions &options)
{
    if (trace.events.empty())
        return fail("trace-no-events", "There are no events to make a request of.");
    json::Arena arena;
    std::vector<destination::Payload> payloads;
    for (const EventTrace &event : trace.events) {
        if (!event.resolved)
            return tl::unexpected<Error>(event.resolved.error());
        Result<destination::Payload> payload = destination::toPayload(event.resolved->root(), trace.batch, arena);
        if (!payload)
            return tl::unexpected<Error>(std::move(payload.error()));
        payloads.push_back(std::move(*payload));
    }
    std::optional<signing::Signer> signer;
    if (!options.secret.empty())
        signer.emplace(options.secret);
    return delivery::buildRequest(
        payloads, trace.batch, { signer ? &*signer : nullptr, options.signatureMode, options.userAgent })
        .map([](delivery::Request &&request) { return std::make_shared<const delivery::Request>(std::move(request)); });
}

} // namespace

Trace trace(const TraceQuestion &question, mapping::LiquidRenderer *liquid)
{
    destination::Project project;
    project.mappings.push_back(question.mapping);
    const Plan plan(project, question.options);
    const ReadyMapping &mapping = plan.mappings().front();
    Trace out;
    out.mapping = question.mapping;
    out.batch = question.batch;
    out.usesLiquid = plan.usesLiquid();
    if (mapping.settings)
        out.sources = mapping.settings->provenance();
    out.events.reserve(question.events.size());
    for (std::size_t i = 0; i < question.events.size(); ++i)
        out.events.push_back(traceEvent(mapping, question.events[i], i, liquid));
    out.request = buildTogether(out, question.options);
    return out;
}

} // namespace hookbench::pipeline
