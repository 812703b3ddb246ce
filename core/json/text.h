#pragma once
// JavaScript's view of text: UTF-16 units, kept here as WTF-8.
#include "core/json/value.h"

#include <string>
#include <string_view>

namespace hookbench::json {

std::u16string toUtf16(std::string_view wtf8);
/// Lone surrogates become three bytes each; pairs become one code point.
std::string fromUtf16(std::u16string_view units);
/// Number of UTF-16 units.
std::size_t utf16Length(std::string_view wtf8);
/// Appends so that a high surrogate at the end of `out` and a low one at the start of `more` become one code point.
void appendText(std::string &out, std::string_view more);

/// JavaScript's ToBoolean: undefined, null, false, 0, NaN and "" are false.
bool isTruthy(Value value);
/// JavaScript's String(value): arrays joined by commas (null and undefined as ""), objects "[object Object]".
std::string toText(Value value);
void appendAsText(std::string &out, Value value);
/// "undefined", "null", "boolean", "number", "string", "array" or "object", for messages.
const char *kindName(Kind kind);

} // namespace hookbench::json
