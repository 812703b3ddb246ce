#pragma once
// What Segment's engine does with a whole mapping before it looks at any part: spreads it into an object, and lets a
// root directive (`__segment_internal_directive`) take all other fields as its `mapping`. Private to core/mapping.
#include "core/base/result.h"
#include "core/json/value.h"

#include <string_view>

namespace hookbench::mapping {

inline constexpr std::string_view kRootDirective = "__segment_internal_directive";
/// How deep a mapping, an event and the result of an @transform may be nested.
inline constexpr std::size_t kMaxDepth = 1024;
inline constexpr std::size_t kMaxValues = 10'000'000;

struct WholeMapping
{
    json::Value mapping; ///< what is validated and resolved
    json::Value moved; ///< the fields that became a root directive's `mapping`, or undefined
    bool hasRootDirective = false;
};

/// Code: mapping-root.
Result<WholeMapping> wholeMapping(json::Value mapping, json::Arena &arena);

/// Whether containers are nested deeper than `depth`, or there are more than kMaxValues values: what is shared in
/// memory is counted each time, as whoever writes it out meets it.
bool isTooLarge(json::Value value, std::size_t depth);

} // namespace hookbench::mapping
