#include "core/destination/coercion.h"

#include "core/json/text.h"
#include "core/mapping/coercion.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

namespace hookbench::destination {

using json::Value;

namespace {

/// Digits of that base and nothing else. Big ones lose precision, which no caller minds.
std::optional<double> digitsToNumber(std::string_view digits, int base)
{
    double number = 0;
    for (const char c : digits) {
        const int letter = c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0';
        if (letter < 0 || letter >= base || (c > '9' && c < 'A'))
            return std::nullopt;
        number = number * base + letter;
    }
    return digits.empty() ? std::nullopt : std::optional(number);
}

/// JavaScript's Number(text), nothing for NaN.
std::optional<double> textToNumber(std::string_view text)
{
    text = mapping::trimmed(text);
    if (text.empty())
        return 0;
    if (text.size() > 2 && text[0] == '0') {
        const int base = (text[1] | 0x20) == 'x' ? 16 : (text[1] | 0x20) == 'o' ? 8 : (text[1] | 0x20) == 'b' ? 2 : 0;
        if (base != 0)
            return digitsToNumber(text.substr(2), base);
    }
    const bool negative = text[0] == '-';
    if (negative || text[0] == '+')
        text.remove_prefix(1);
    double number = 0;
    if (text == "Infinity") {
        number = std::numeric_limits<double>::infinity();
    } else {
        // from_chars would take "inf" and "nan".
        if (text.empty() || !(text[0] == '.' || (text[0] >= '0' && text[0] <= '9')))
            return std::nullopt;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (end != text.data() + text.size() || error == std::errc::invalid_argument)
            return std::nullopt;
    }
    return negative ? -number : number;
}

} // namespace

Value unwrapped(Value value)
{
    return value.isArray() && value.size() == 1 ? value.items()[0] : value;
}

Value coercedToString(Value value, json::Arena &arena)
{
    if (value.isString())
        return value;
    value = unwrapped(value);
    if (value.isString())
        return value;
    if (value.isNull())
        return Value::cleanString({});
    if (value.isNumber() || value.isBoolean())
        return json::makeString(arena, json::toText(value));
    return {};
}

std::optional<double> coercedToNumber(Value value)
{
    value = unwrapped(value);
    if (value.isNumber())
        return std::isfinite(value.asNumber()) ? std::optional(value.asNumber()) : std::nullopt;
    if (value.isBoolean())
        return value.asBoolean() ? 1 : 0;
    if (value.isNull())
        return 0;
    if (value.isString() && value.size() > 0)
        return textToNumber(value.asString());
    return std::nullopt;
}

} // namespace hookbench::destination
