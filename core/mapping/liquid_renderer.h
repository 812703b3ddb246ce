#pragma once
// The seam between mappings and the engine that renders Liquid: the directive calls it, whoever resolves brings one
// along.
// Threads: an implementation says itself from where render() may be called; a mapping calls it from the thread of
// resolve().
#include "core/base/result.h"
#include "core/json/value.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hookbench::mapping {

/// What a template printed, and what its {% increment %} and {% decrement %} left behind.
struct Rendered
{
    std::string text; ///< WTF-8
    /// Name and new value of every counter written, in the order of writing. Later fields of the mapping see them as
    /// top-level members of the event.
    std::vector<std::pair<std::string, double>> counters;
};

class LiquidRenderer
{
public:
    virtual ~LiquidRenderer() = default;
    /// Renders `source` (WTF-8, 1 to 1000 UTF-16 units) with `event` as its scope: the event, an object; or, inside an
    /// @arrayPath or @transform, whatever stands there for the event. `event` is not kept.
    virtual Result<Rendered> render(std::string_view source, json::Value event) = 0;
};

} // namespace hookbench::mapping
