#include "core/pipeline/evaluation.h"

#include "core/destination/payload.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::pipeline {

namespace {

bool asksForBatching(const Result<json::Document> &resolved)
{
    const json::Value value = resolved ? resolved->root().find("enable_batching") : json::Value();
    return (value.isBoolean() && value.asBoolean()) || (value.isString() && value.asString() == "true");
}

Result<delivery::RequestPtr> build(const Plan &plan, json::Value resolved, bool batch)
{
    json::Arena arena;
    const Result<destination::Payload> payload = destination::toPayload(resolved, batch, arena);
    if (!payload)
        return tl::unexpected<Error>(payload.error());
    std::optional<signing::Signer> signer;
    if (!plan.options().secret.empty())
        signer.emplace(plan.options().secret);
    auto request = delivery::buildRequest({ &*payload, 1 }, batch,
        { signer ? &*signer : nullptr, plan.options().signatureMode, plan.options().userAgent });
    if (!request)
        return tl::unexpected<Error>(std::move(request.error()));
    return std::make_shared<const delivery::Request>(std::move(*request));
}

/// Takes out what fails, part by part, until the rest can be resolved.
void resolveRest(RequestPreview &out, json::Document settings, json::Value event, mapping::LiquidRenderer *liquid)
{
    constexpr std::size_t kMostFaults = 50;
    Error error = out.resolved.error();
    while (out.faults.size() < kMostFaults) {
        const std::string path = error.path;
        out.faults.push_back(std::move(error));
        const std::size_t slash = path.rfind('/');
        if (slash == std::string::npos)
            return;
        // An item that goes would move those behind it.
        auto without = json::valueAt(settings, std::string_view(path).substr(0, slash)).isArray()
            ? json::replaced(settings, path, json::Value::null())
            : json::removed(settings, path);
        if (!without)
            return;
        settings = std::move(*without);
        const auto compiled = mapping::Mapping::compile(settings.root());
        json::Arena arena;
        const Result<json::Value> resolved = compiled ? compiled->resolve(event, arena, liquid)
                                                      : Result<json::Value>(tl::unexpected<Error>(compiled.error()));
        if (resolved) {
            out.rest = json::Document::copyOf(*resolved);
            return;
        }
        error = resolved.error();
    }
}

} // namespace

Silence whySilent(const ReadyMapping &mapping, json::Value event)
{
    if (!mapping.trigger)
        return { mapping.trigger.error().message, {} };
    const fql::Trace trace = mapping.trigger->explain(event);
    if (trace.error)
        return { trace.error->message, {} };
    const auto failed = std::find_if(trace.conditions.begin(), trace.conditions.end(),
        [](const fql::ConditionTrace &condition) { return condition.reached && !condition.matched; });
    if (trace.matched || failed == trace.conditions.end())
        return {};
    return { fmt::format("{} {}{}{}", failed->field, failed->op, failed->expected.empty() ? "" : " ", failed->expected),
        failed->seen.isUndefined() ? "undefined" : json::stringify(failed->seen) };
}

RequestPreview preview(
    const Plan &plan, const ReadyMapping &mapping, json::Value event, mapping::LiquidRenderer *liquid)
{
    RequestPreview out;
    if (!mapping.settings) {
        out.resolved = tl::unexpected<Error>(mapping.settings.error());
    } else {
        json::Arena arena;
        out.resolved = mapping.settings->resolve(event, arena, liquid).map(&json::Document::copyOf);
    }
    out.batch = !plan.options().testEvents && asksForBatching(out.resolved);
    if (out.resolved)
        out.request = build(plan, out.resolved->root(), out.batch);
    else {
        out.request = tl::unexpected<Error>(out.resolved.error());
        resolveRest(out, mapping.source.settings, event, liquid);
    }
    return out;
}

Evaluation evaluate(
    const Plan &plan, json::Value event, std::optional<std::size_t> selected, mapping::LiquidRenderer *liquid)
{
    Evaluation out;
    out.selected = selected;
    for (const ReadyMapping &mapping : plan.mappings()) {
        TriggerResult result;
        if (!mapping.trigger) {
            result.error = mapping.trigger.error();
        } else {
            result.trace = mapping.trigger->explain(event);
            const Result<bool> matched = mapping.trigger->matches(event);
            if (matched)
                result.matched = *matched;
            else
                result.error = matched.error();
        }
        out.triggers.push_back(std::move(result));
        if (selected == mapping.index)
            out.preview = preview(plan, mapping, event, liquid);
    }
    return out;
}

} // namespace hookbench::pipeline
