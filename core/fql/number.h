#pragma once
// JavaScript's Number() and String() of literals, as Segment's engine applies them to the right side of a condition.
// Private to core/fql.
#include "core/fql/ast.h"

namespace hookbench::fql {

/// Number(text): white space around it is fine, "" is 0, 0x1F, 0b1, 0o7 and Infinity count; anything else is NaN.
double toNumber(std::string_view wtf8);
/// nullopt where JavaScript throws: an object with a member toString of its own, alone or in an array.
std::optional<double> numberOf(const Literal &literal);
std::optional<std::string> textOf(const Literal &literal);
std::optional<std::string> textOf(json::Value value);

} // namespace hookbench::fql
