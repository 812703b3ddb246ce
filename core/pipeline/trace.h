#pragma once
// How one request came to be, step by step: each event, what the trigger said, what the mapping made of it, what all of
// them became together. Computed anew from the events and the mapping as they were, which is exact: nothing on the way
// depends on anything else. Pure but for the Liquid engine it is given.
#include "core/pipeline/evaluation.h"

#include <string>
#include <vector>

namespace hookbench::pipeline {

struct TraceQuestion
{
    destination::Mapping mapping;
    std::vector<std::string> events; ///< JSON texts, in the order of the request
    bool batch = false;
    PlanOptions options;
};

struct EventTrace
{
    json::Document event; ///< undefined when its text is no JSON object
    TriggerResult trigger; ///< refers to `event`
    Result<json::Document> resolved; ///< the settings for this event: url, method, headers, data, …
};

struct Trace
{
    destination::Mapping mapping;
    std::vector<EventTrace> events;
    std::vector<mapping::Source> sources; ///< which event paths feed which part of the settings
    bool batch = false;
    Result<delivery::RequestPtr> request; ///< of all of them together
    bool usesLiquid = false;
};

/// `liquid` may be null when the mapping uses none. `request` fails with the first event's failure; codes beside those
/// of evaluate(): trace-no-events, trace-event.
Trace trace(const TraceQuestion &question, mapping::LiquidRenderer *liquid);

} // namespace hookbench::pipeline
