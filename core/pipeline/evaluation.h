#pragma once
// What would happen to one event, without sending it: every trigger explained, one mapping's request built and signed.
#include "core/delivery/request.h"
#include "core/pipeline/plan.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::pipeline {

/// What one mapping's trigger says about the event.
struct TriggerResult
{
    fql::Trace trace; ///< each condition with the value it saw; empty when the trigger cannot be parsed
    std::optional<Error> error; ///< the trigger cannot be parsed, or fails on this event: it does not match
    bool matched = false;
};

/// What the selected mapping makes of the event, whether its trigger matches or not.
struct RequestPreview
{
    /// The settings resolved: url, method, headers, data, … or why they cannot be.
    Result<json::Document> resolved;
    /// When they cannot be: every part that fails, the first one first, and what the other parts give; undefined when
    /// too much fails. Nothing of it is sent.
    std::vector<Error> faults;
    json::Document rest;
    /// The request as it would go out: a batch of one when the mapping batches, unless the plan says testEvents.
    Result<delivery::RequestPtr> request;
    bool batch = false;
};

struct Evaluation
{
    std::uint64_t serial = 0; ///< of the question, see Session::evaluate
    json::Document event; ///< keeps alive what the traces saw
    std::vector<TriggerResult> triggers; ///< one for each mapping, in the project's order
    std::optional<std::size_t> selected;
    std::optional<RequestPreview> preview; ///< of the selected mapping
};

/// Why a trigger does not match.
struct Silence
{
    std::string reason; ///< the condition that decides, as "properties.total >= 20", or what fails
    std::string
        saw; ///< the value that condition saw, as JSON text, "undefined" when there is none; empty: no condition
};

/// Both empty when it matches, or when no single condition decides.
Silence whySilent(const ReadyMapping &mapping, json::Value event);

/// `event` must be an object. `liquid` may be null when the plan uses none.
Evaluation evaluate(
    const Plan &plan, json::Value event, std::optional<std::size_t> selected, mapping::LiquidRenderer *liquid);

/// The selected mapping's part alone.
RequestPreview preview(
    const Plan &plan, const ReadyMapping &mapping, json::Value event, mapping::LiquidRenderer *liquid);

} // namespace hookbench::pipeline
