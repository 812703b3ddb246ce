#pragma once
// Nested objects and arrays as one object with long keys: {"a":{"b":1}} with "." is {"a.b":1}, as
// Segment's engine does it.
#include "core/json/value.h"

#include <string_view>

namespace hookbench::mapping {

/// Keys start with `prefix`; an empty one adds no separator. Empty containers disappear; with `omitArrays` arrays stay
/// whole. Of equal keys the last value stays at the first place. A scalar gives one member named `prefix`, also when it
/// is undefined. Keys refer to `input`'s memory or to `out`.
json::Value flatten(
    json::Value input, std::string_view prefix, std::string_view separator, bool omitArrays, json::Arena &out);

} // namespace hookbench::mapping
