#pragma once
// The event paths a field of a mapping names, as Segment's engine lists them (`getFieldValueKeys`): as written, only
// for the directives it knows there, @merge and @transform not among them.
#include "core/base/result.h"
#include "core/json/value.h"

namespace hookbench::mapping {

/// An array of paths; a path that a directive computes is that directive. Codes: mapping-value, liquid-syntax,
/// mapping-depth.
Result<json::Value> valueKeys(json::Value field, json::Arena &out);

} // namespace hookbench::mapping
