#include "core/signing/json_writer.h"

#include "core/base/utf8.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

namespace hookbench::signing {

namespace {

constexpr std::array<Writer, 9> kWriters{ {
    { "JSON.stringify" },
    { "JSON.stringify with an indent of 2", false, false, false, false, false, 2 },
    { "JSON.stringify with an indent of 4", false, false, false, false, false, 4 },
    { "Python's json.dumps", false, true, true },
    { "PHP's json_encode", false, false, true, true },
    { "Go's json.Marshal", true, false, false, false, true },
    { "compact", true },
    { "Python's json.dumps with sort_keys", true, true, true },
    { "compact, in ASCII", true, false, true },
} };

void unicodeTo(std::string &out, unsigned unit)
{
    out += fmt::format("\\u{:04x}", unit);
}

void textTo(std::string &out, std::string_view text, const Writer &writer)
{
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const auto code = static_cast<std::uint32_t>(nextCodePoint(text, at));
        const bool escapedForHtml
            = writer.html && (code == '<' || code == '>' || code == '&' || code == 0x2028 || code == 0x2029);
        if (code == '/' && writer.slashes) {
            out += "\\/";
        } else if (escapedForHtml || (writer.ascii && code >= 0x7F && code < 0x10000)) {
            if (code == 0x7F)
                out += static_cast<char>(code);
            else
                unicodeTo(out, code);
        } else if (writer.ascii && code >= 0x10000) {
            unicodeTo(out, 0xD800 + ((code - 0x10000) >> 10));
            unicodeTo(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
        } else if (code < 0x20 || code == '"' || code == '\\') {
            std::string quoted;
            json::quoteTo(quoted, text.substr(start, at - start));
            out += quoted.substr(1, quoted.size() - 2);
        } else {
            out += text.substr(start, at - start);
        }
    }
    out += '"';
}

void writeTo(std::string &out, json::Value value, const Writer &writer)
{
    const char *comma = writer.spaced ? ", " : ",";
    switch (value.kind()) {
    case json::Kind::String:
        textTo(out, value.asString(), writer);
        break;
    case json::Kind::Array:
        out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0)
                out += comma;
            writeTo(out, value.at(i), writer);
        }
        out += ']';
        break;
    case json::Kind::Object: {
        std::vector<json::Member> members(value.members().begin(), value.members().end());
        if (writer.sorted)
            std::sort(members.begin(), members.end(),
                [](const json::Member &a, const json::Member &b) { return a.name() < b.name(); });
        out += '{';
        bool first = true;
        for (const json::Member &member : members) {
            if (!first)
                out += comma;
            first = false;
            textTo(out, member.name(), writer);
            out += writer.spaced ? ": " : ":";
            writeTo(out, member.value, writer);
        }
        out += '}';
        break;
    }
    default:
        json::stringifyTo(out, value);
    }
}

} // namespace

std::span<const Writer> writers()
{
    return kWriters;
}

std::string write(json::Value value, const Writer &writer)
{
    if (writer.indent > 0)
        return json::stringify(value, writer.indent);
    std::string out;
    writeTo(out, value, writer);
    return out;
}

} // namespace hookbench::signing
