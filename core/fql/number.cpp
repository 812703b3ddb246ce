#include "core/fql/number.h"

#include "core/base/utf8.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <algorithm>
#include <cmath>
#include <double-conversion/double-conversion.h>
#include <limits>

namespace hookbench::fql {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool isWhiteSpace(std::int32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

std::string_view trimmed(std::string_view text)
{
    std::size_t first = text.size();
    std::size_t last = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        if (!isWhiteSpace(nextCodePoint(text, at))) {
            first = std::min(first, start);
            last = at;
        }
    }
    return first < last ? text.substr(first, last - first) : std::string_view();
}

std::size_t skipDigits(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

/// Digits with at most one point and an exponent, the sign taken off.
bool isDecimal(std::string_view text)
{
    std::size_t at = skipDigits(text, 0);
    std::size_t digits = at;
    if (at < text.size() && text[at] == '.') {
        const std::size_t end = skipDigits(text, at + 1);
        digits += end - at - 1;
        at = end;
    }
    if (digits == 0)
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t end = skipDigits(text, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == text.size();
}

double decimalNumber(std::string_view text)
{
    static const double_conversion::StringToDoubleConverter kConverter(
        double_conversion::StringToDoubleConverter::NO_FLAGS, kNaN, kNaN, nullptr, nullptr);
    int used = 0;
    return kConverter.StringToDouble(text.data(), static_cast<int>(text.size()), &used);
}

/// Digits of base 2, 8 or 16, rounded to the nearest double as JavaScript does.
double radixNumber(std::string_view digits, int bits)
{
    if (digits.empty())
        return kNaN;
    std::uint64_t top = 0;
    int dropped = 0;
    for (const char c : digits) {
        const int digit = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'             ? c - 'a' + 10
            : c >= 'A' && c <= 'F'             ? c - 'A' + 10
                                               : 16;
        if (digit >> bits != 0)
            return kNaN;
        if (top >> (64 - bits) == 0) {
            top = (top << bits) | static_cast<std::uint64_t>(digit);
        } else {
            // Only whether anything was dropped matters for rounding.
            top |= digit != 0 ? 1 : 0;
            dropped = std::min(dropped + bits, 100000);
        }
    }
    return std::ldexp(static_cast<double>(top), dropped);
}

bool hasOwnToString(json::Value value)
{
    if (value.isObject())
        return value.contains("toString");
    return value.isArray() && std::any_of(value.items().begin(), value.items().end(), hasOwnToString);
}

} // namespace

double toNumber(std::string_view wtf8)
{
    std::string_view text = trimmed(wtf8);
    if (text.empty())
        return 0;
    if (text.size() >= 2 && text[0] == '0') {
        const char radix = static_cast<char>(text[1] | 0x20);
        if (radix == 'x' || radix == 'o' || radix == 'b')
            return radixNumber(text.substr(2), radix == 'x' ? 4 : radix == 'o' ? 3 : 1);
    }
    const bool negative = text[0] == '-';
    if (negative || text[0] == '+')
        text.remove_prefix(1);
    if (text == "Infinity")
        return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    if (!isDecimal(text))
        return kNaN;
    const double number = decimalNumber(text);
    return negative ? -number : number;
}

std::optional<std::string> textOf(json::Value value)
{
    if (hasOwnToString(value))
        return std::nullopt;
    return json::toText(value);
}

std::optional<std::string> textOf(const Literal &literal)
{
    struct
    {
        std::optional<std::string> operator()(std::monostate) const { return "undefined"; }
        std::optional<std::string> operator()(bool value) const { return value ? "true" : "false"; }
        std::optional<std::string> operator()(double value) const
        {
            std::string text;
            json::numberTo(text, value);
            return text;
        }
        std::optional<std::string> operator()(const std::string &value) const { return value; }
        std::optional<std::string> operator()(const json::Document &value) const { return textOf(value.root()); }
    } visitor;
    return std::visit(visitor, literal);
}

std::optional<double> numberOf(const Literal &literal)
{
    struct
    {
        std::optional<double> operator()(std::monostate) const { return kNaN; }
        std::optional<double> operator()(bool value) const { return value ? 1 : 0; }
        std::optional<double> operator()(double value) const { return value; }
        std::optional<double> operator()(const std::string &value) const { return toNumber(value); }
        std::optional<double> operator()(const json::Document &value) const
        {
            if (value->isNull())
                return 0;
            const std::optional<std::string> text = textOf(value.root());
            return text ? std::optional(toNumber(*text)) : std::nullopt;
        }
    } visitor;
    return std::visit(visitor, literal);
}

} // namespace hookbench::fql
