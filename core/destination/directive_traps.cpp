#include "core/destination/directive_traps.h"

#include "core/json/pointer.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

namespace hookbench::destination {

namespace {

/// Tags that Segment switches off; a text with one of them fails for every event.
constexpr std::array<std::string_view, 6> kDisabledTags = { "case", "for", "include", "layout", "render", "tablerow" };

std::string_view skipSpace(std::string_view text)
{
    return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

void checkTemplate(std::string_view text, const std::string &pointer, Issues &issues)
{
    for (std::size_t open = text.find("{{"); open != std::string_view::npos; open = text.find("{{", open + 2)) {
        std::string_view path = text.substr(open + 2);
        if (path.starts_with('{'))
            path.remove_prefix(1);
        if (skipSpace(path).starts_with("$.")) {
            issues.push_back({ Severity::Warning, "template-path", pointer,
                "A path in {{…}} has no $. in front, unlike in @path: as it stands it gives an empty text. Leave the "
                "$. out." });
            return;
        }
    }
}

void checkLiquid(std::string_view text, const std::string &pointer, Issues &issues)
{
    for (const std::string_view root : { "event.properties", "event.context", "event.traits" })
        if (text.find(root) != std::string_view::npos) {
            issues.push_back({ Severity::Warning, "liquid-event", pointer,
                fmt::format(
                    "In Liquid the event's members have no \"event.\" in front, whatever Segment's examples say: {} is "
                    "empty, since event is the event's name. Write {}.",
                    root, root.substr(root.find('.') + 1)) });
            break;
        }
    for (std::size_t open = text.find("{%"); open != std::string_view::npos; open = text.find("{%", open + 2)) {
        std::string_view tag = text.substr(open + 2);
        if (tag.starts_with('-'))
            tag.remove_prefix(1);
        tag = skipSpace(tag);
        tag = tag.substr(0, tag.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
        if (std::find(kDisabledTags.begin(), kDisabledTags.end(), tag) != kDisabledTags.end()) {
            issues.push_back({ Severity::Warning, "liquid-tag", pointer,
                fmt::format(
                    "Segment has switched off the Liquid tag {}, so the mapping fails for every event.", tag) });
            return;
        }
    }
}

} // namespace

void checkDirectiveTraps(json::Value mapping, const std::string &pointer, Issues &issues)
{
    if (mapping.isArray()) {
        for (std::size_t i = 0; i < mapping.size(); ++i)
            checkDirectiveTraps(mapping.at(i), json::childPointer(pointer, i), issues);
        return;
    }
    if (!mapping.isObject())
        return;
    for (const json::Member &member : mapping.members()) {
        const std::string at = json::childPointer(pointer, member.name());
        if (member.name() == "@template" && member.value.isString())
            checkTemplate(member.value.asString(), at, issues);
        else if (member.name() == "@liquid" && member.value.isString())
            checkLiquid(member.value.asString(), at, issues);
        else if (member.name() != "@literal")
            checkDirectiveTraps(member.value, at, issues);
    }
}

} // namespace hookbench::destination
