#pragma once
// Realistic events of all six Segment call types, as Segment's spec shows them, to begin with and to fill forms from.
#include "core/json/value.h"

#include <span>
#include <string_view>

namespace hookbench::event {

struct Sample
{
    std::string_view type; ///< track, identify, page, screen, group or alias
    std::string_view name; ///< what a list shows: "Order Completed", "Identify"
    std::string_view text; ///< compact JSON, as JSON.stringify prints it
};

/// One of each type, track first.
std::span<const Sample> samples();
/// The sample of that type, or nullptr.
const Sample *sampleOf(std::string_view type);
json::Document parseSample(const Sample &sample);

} // namespace hookbench::event
