#include "core/json/text.h"

#include "core/base/utf8.h"
#include "core/json/stringify.h"

#include <cmath>

namespace hookbench::json {

namespace {

bool isHigh(char32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool isLow(char32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

} // namespace

std::u16string toUtf16(std::string_view wtf8)
{
    std::u16string units;
    units.reserve(wtf8.size());
    for (std::size_t at = 0; at < wtf8.size();) {
        const std::int32_t decoded = nextCodePoint(wtf8, at);
        const char32_t codePoint = decoded < 0 ? 0xFFFD : static_cast<char32_t>(decoded);
        if (codePoint < 0x10000) {
            units += static_cast<char16_t>(codePoint);
        } else {
            units += static_cast<char16_t>(0xD7C0 + (codePoint >> 10));
            units += static_cast<char16_t>(0xDC00 + (codePoint & 0x3FF));
        }
    }
    return units;
}

std::string fromUtf16(std::u16string_view units)
{
    std::string out;
    out.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t codePoint = units[i];
        if (isHigh(codePoint) && i + 1 < units.size() && isLow(units[i + 1]))
            codePoint = 0x10000 + ((codePoint - 0xD800) << 10) + (units[++i] - 0xDC00U);
        appendCodePoint(out, codePoint);
    }
    return out;
}

std::size_t utf16Length(std::string_view wtf8)
{
    std::size_t units = 0;
    for (const char c : wtf8) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

void appendText(std::string &out, std::string_view more)
{
    const auto byteAt = [](std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (out.size() >= 3 && more.size() >= 3 && byteAt(out, out.size() - 3) == 0xED && byteAt(more, 0) == 0xED) {
        std::size_t tail = out.size() - 3;
        std::size_t head = 0;
        const auto high = static_cast<char32_t>(nextCodePoint(out, tail));
        const auto low = static_cast<char32_t>(nextCodePoint(more, head));
        if (isHigh(high) && isLow(low)) {
            out.resize(out.size() - 3);
            appendCodePoint(out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            more.remove_prefix(3);
        }
    }
    out += more;
}

bool isTruthy(Value value)
{
    switch (value.kind()) {
    case Kind::Undefined:
    case Kind::Null:
        return false;
    case Kind::Boolean:
        return value.asBoolean();
    case Kind::Number:
        return value.asNumber() != 0 && !std::isnan(value.asNumber());
    case Kind::String:
        return value.size() != 0;
    case Kind::Array:
    case Kind::Object:
        return true;
    }
    return true;
}

void appendAsText(std::string &out, Value value)
{
    switch (value.kind()) {
    case Kind::Undefined:
        out += "undefined";
        break;
    case Kind::Null:
        out += "null";
        break;
    case Kind::Boolean:
        out += value.asBoolean() ? "true" : "false";
        break;
    case Kind::Number:
        numberTo(out, value.asNumber());
        break;
    case Kind::String:
        appendText(out, value.asString());
        break;
    case Kind::Array: {
        bool first = true;
        for (const Value item : value.items()) {
            if (!first)
                out += ',';
            first = false;
            if (!item.isNullish())
                appendAsText(out, item);
        }
        break;
    }
    case Kind::Object:
        out += "[object Object]";
        break;
    }
}

std::string toText(Value value)
{
    std::string out;
    appendAsText(out, value);
    return out;
}

const char *kindName(Kind kind)
{
    switch (kind) {
    case Kind::Undefined:
        return "undefined";
    case Kind::Null:
        return "null";
    case Kind::Boolean:
        return "boolean";
    case Kind::Number:
        return "number";
    case Kind::String:
        return "string";
    case Kind::Array:
        return "array";
    case Kind::Object:
        return "object";
    }
    return "undefined";
}

} // namespace hookbench::json
