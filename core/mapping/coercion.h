#pragma once
// How JavaScript turns values into text where Segment's engine leaves it to the language.
#include "core/json/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace hookbench::mapping {

/// The longest text a mapping may make, as long as the longest one Segment's engine can.
inline constexpr std::size_t kLongestText = (std::size_t{ 1 } << 29) - 24;

/// Appends String(value). False when JavaScript refuses: an object (also one inside an array) with a member `toString`.
bool appendTextOf(std::string &out, json::Value value);

/// Whether `value == ''`: 0, false, "", [], [null], [[]]. Nothing when JavaScript refuses to compare.
std::optional<bool> equalsEmptyText(json::Value value);

/// Without JavaScript's white space and line ends on both sides.
std::string_view trimmed(std::string_view wtf8);

/// The UTF-16 unit at `index` as a string, undefined behind the end.
json::Value unitAt(json::Value string, std::size_t index, json::Arena &arena);

} // namespace hookbench::mapping
