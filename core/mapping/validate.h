#pragma once
// What Segment's validation says about a mapping before any event is seen, in our words and with a JSON pointer for
// every mistake. The set of mappings that have errors is Segment's.
//
// Codes of errors: mapping-root, mapping-unknown-directive, mapping-mixed, mapping-type, mapping-missing-option,
// mapping-choice, mapping-length, mapping-depth. Warnings: the same codes where the mapping passes but fails for every
// event that gets there; mapping-not-a-directive, mapping-else-ignored, mapping-shape-ignored where something has no
// effect.
#include "core/base/issue.h"
#include "core/json/value.h"

#include <string_view>

namespace hookbench::mapping {

/// Errors of one field of a mapping, or of any part of it. Items of arrays are not looked at, as in Segment.
Issues validate(json::Value field, std::string_view pointer);

/// Everything there is to say about a whole mapping: all that Mapping::compile refuses, and warnings.
Issues lint(json::Value mapping, std::string_view pointer);

} // namespace hookbench::mapping
