#include "core/base/utf8.h"
#include "core/destination/formats/hcl.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::destination::hcl {

namespace {

/// The text that Terraform's jsonencode gives: keys by code point, <, >, & and the two separators escaped as Go does.
std::string encoded(json::Arena &arena, json::Value value)
{
    const std::string plain = json::stringify(inTerraformOrder(arena, value));
    std::string out;
    out.reserve(plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const char c = plain[i];
        if (c == '<' || c == '>' || c == '&') {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else if (plain.compare(i, 3, "\xE2\x80\xA8") == 0 || plain.compare(i, 3, "\xE2\x80\xA9") == 0) {
            out += plain[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace

const Expression *Block::find(std::string_view name) const
{
    const auto found = std::find_if(
        attributes.begin(), attributes.end(), [&](const Attribute &attribute) { return attribute.name == name; });
    return found == attributes.end() ? nullptr : &found->expression;
}

Result<json::Value> plainValue(json::Arena &arena, const Expression &expression)
{
    if (expression.kind != Expression::Kind::Encoded)
        return expression.value;
    const std::string text = encoded(arena, expression.value);
    if (text.size() > kMaxBytes)
        return fail("hcl-size",
            fmt::format(
                "jsonencode inside jsonencode gives a text of {} bytes, the limit is {}.", text.size(), kMaxBytes));
    return json::makeString(arena, text);
}

json::Value inTerraformOrder(json::Arena &arena, json::Value value)
{
    if (value.isArray()) {
        std::vector<json::Value> items;
        items.reserve(value.size());
        for (const json::Value item : value.items())
            items.push_back(inTerraformOrder(arena, item));
        return json::makeArray(arena, items);
    }
    if (!value.isObject())
        return value;
    std::vector<json::Member> members(value.members().begin(), value.members().end());
    // Bytes of UTF-8 sort as code points do.
    std::sort(members.begin(), members.end(),
        [](const json::Member &a, const json::Member &b) { return a.name() < b.name(); });
    for (json::Member &member : members)
        member.value = inTerraformOrder(arena, member.value);
    return json::ObjectBuilder::build(arena, members);
}

std::string quoted(std::string_view wtf8)
{
    std::string out = "\"";
    for (std::size_t at = 0; at < wtf8.size();) {
        const char c = wtf8[at];
        const char next = at + 1 < wtf8.size() ? wtf8[at + 1] : '\0';
        if (static_cast<unsigned char>(c) >= 0x80) {
            const std::int32_t point = nextCodePoint(wtf8, at);
            appendCodePoint(
                out, point < 0 || (point >= 0xD800 && point < 0xE000) ? 0xFFFD : static_cast<char32_t>(point));
            continue;
        }
        ++at;
        if (c == '"' || c == '\\')
            out += { '\\', c };
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else if ((c == '$' || c == '%') && next == '{')
            out += { c, c };
        else
            out += c;
    }
    return out += '"';
}

} // namespace hookbench::destination::hcl
