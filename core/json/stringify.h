#pragma once
// JSON.stringify, byte for byte: ECMAScript numbers (NaN and infinities are null), only `"`, `\`, control characters
// and lone surrogates escaped, undefined dropped from objects and null in arrays. Source: ECMA-262, JSON.stringify and
// Number::toString.
#include "core/json/value.h"

#include <string>

namespace hookbench::json {

/// Undefined gives an empty text (JavaScript gives undefined).
std::string stringify(Value value);
/// With an indent of `indent` spaces (1-10), as JSON.stringify(value, null, indent).
std::string stringify(Value value, int indent);
/// Appends, for hot paths: one buffer, many values.
void stringifyTo(std::string &out, Value value);
/// Appends a JSON string literal, quotes included, of WTF-8 text.
void quoteTo(std::string &out, std::string_view wtf8);
/// Appends the text of a number as JavaScript's String(number) prints it: NaN, Infinity, -Infinity, 1e+21, 1e-7; -0 is
/// 0.
void numberTo(std::string &out, double number);

} // namespace hookbench::json
