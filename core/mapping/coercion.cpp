#include "core/mapping/coercion.h"

#include "core/base/utf8.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

namespace hookbench::mapping {

using json::Kind;
using json::Value;

namespace {

bool isSpace(std::int32_t codePoint)
{
    switch (codePoint) {
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
    case ' ':
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
        return true;
    default:
        return codePoint >= 0x2000 && codePoint <= 0x200A;
    }
}

} // namespace

bool appendTextOf(std::string &out, Value value)
{
    switch (value.kind()) {
    case Kind::String:
        json::appendText(out, value.asString());
        return true;
    case Kind::Array: {
        bool first = true;
        for (const Value item : value.items()) {
            if (!first)
                out += ',';
            first = false;
            if (!item.isNullish() && !appendTextOf(out, item))
                return false;
        }
        return true;
    }
    case Kind::Object:
        if (value.contains("toString"))
            return false;
        out += "[object Object]";
        return true;
    default:
        json::appendAsText(out, value);
        return true;
    }
}

std::optional<bool> equalsEmptyText(Value value)
{
    switch (value.kind()) {
    case Kind::Undefined:
    case Kind::Null:
        return false;
    case Kind::Boolean:
        return !value.asBoolean();
    case Kind::Number:
        return value.asNumber() == 0;
    case Kind::String:
        return value.size() == 0;
    case Kind::Array:
    case Kind::Object: {
        std::string text;
        if (!appendTextOf(text, value))
            return std::nullopt;
        return text.empty();
    }
    }
    return false;
}

std::string_view trimmed(std::string_view wtf8)
{
    while (!wtf8.empty()) {
        std::size_t length = 0;
        if (!isSpace(nextCodePoint(wtf8, length)))
            break;
        wtf8.remove_prefix(length);
    }
    while (!wtf8.empty()) {
        std::size_t start = wtf8.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(wtf8[start]) & 0xC0) == 0x80)
            --start;
        std::size_t end = start;
        if (!isSpace(nextCodePoint(wtf8, end)))
            break;
        wtf8 = wtf8.substr(0, start);
    }
    return wtf8;
}

Value unitAt(Value string, std::size_t index, json::Arena &arena)
{
    const std::string_view text = string.asString();
    if (string.flags() & Value::kAscii)
        return index < text.size() ? Value::string(text.substr(index, 1)) : Value();
    std::size_t unit = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const auto codePoint = static_cast<char32_t>(nextCodePoint(text, at));
        const std::size_t units = codePoint >= 0x10000 ? 2 : 1;
        if (index < unit + units) {
            if (units == 1)
                return Value::string(text.substr(start, at - start));
            std::string half;
            appendCodePoint(half, index == unit ? 0xD7C0 + (codePoint >> 10) : 0xDC00 + (codePoint & 0x3FF));
            return json::makeString(arena, half);
        }
        unit += units;
    }
    return {};
}

} // namespace hookbench::mapping
