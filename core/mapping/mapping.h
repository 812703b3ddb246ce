#pragma once
// A mapping of Segment's mapping-kit: compiled once, resolved for many events. What resolve gives is what the engine's
// transform() answers for the same mapping and event (npm @segment/actions-core 3.170.0).
//
// Values, cheap to copy, immutable; may be resolved by several threads at once.
#include "core/base/result.h"
#include "core/json/value.h"
#include "core/mapping/liquid_renderer.h"
#include "core/mapping/provenance.h"

#include <memory>
#include <vector>

namespace hookbench::mapping {

class Mapping
{
public:
    /// Copies what it needs. The error is the first one that validate.h's lint would report.
    static Result<Mapping> compile(json::Value mapping);

    /// The output for `event`, which must be an object or undefined. It refers to the memory of the event, of this
    /// mapping and of `out`, and may be undefined; its objects have no undefined members. `liquid` may be null when the
    /// mapping does not use it. Errors carry the pointer of the directive in the mapping. Codes: mapping-event,
    /// mapping-value, mapping-liquid, mapping-no-liquid, mapping-depth, and those of validate.h for what nobody
    /// validated before.
    Result<json::Value> resolve(json::Value event, json::Arena &out, LiquidRenderer *liquid = nullptr) const;

    /// Which event paths feed which part of the output.
    std::vector<Source> provenance() const;
    bool usesLiquid() const;

private:
    struct Compiled;
    explicit Mapping(std::shared_ptr<const Compiled> compiled);

    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace hookbench::mapping
