#pragma once
// What Ajv 8 with coerceTypes "array" makes of values of the wrong type. Private to the room.
#include "core/json/value.h"

#include <optional>

namespace hookbench::destination {

/// An array of one item is taken for the item, whatever it is.
json::Value unwrapped(json::Value value);

/// The value as a string (numbers and booleans as text, null as ""), or undefined where Ajv gives up.
json::Value coercedToString(json::Value value, json::Arena &arena);

/// The value as a number, by JavaScript's rules for text. Infinite numbers are refused; the text "Infinity" gives one.
std::optional<double> coercedToNumber(json::Value value);

} // namespace hookbench::destination
