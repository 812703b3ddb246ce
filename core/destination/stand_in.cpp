#include "core/destination/stand_in.h"

#include "core/base/display.h"
#include "core/json/pointer.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace hookbench::destination {

namespace {

constexpr std::string_view kBullets = "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"; // •••

/// Whether what stands behind "${" is a reference or a call as Terraform writes them, not any text in braces.
bool isTerraformSource(std::string_view source)
{
    static constexpr std::array<std::string_view, 10> kRoots{ "var.", "local.", "data.", "module.", "each.", "count.",
        "self.", "path.", "terraform.", "segment_" };
    if (std::any_of(kRoots.begin(), kRoots.end(), [&](std::string_view root) { return source.starts_with(root); }))
        return true;
    const std::size_t end = source.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_:");
    return end != 0 && end != std::string_view::npos && source[end] == '(';
}

/// Without pointers: most settings hold none, and they are checked at every keystroke.
bool holdsStandIn(json::Value value)
{
    if (value.isString())
        return standInOf(value.asString()) != StandIn::None;
    if (value.isArray())
        return std::any_of(value.items().begin(), value.items().end(), holdsStandIn);
    if (value.isObject())
        return std::any_of(value.members().begin(), value.members().end(),
            [](const json::Member &member) { return holdsStandIn(member.value); });
    return false;
}

} // namespace

StandIn standInOf(std::string_view text)
{
    if (text.find(kBullets) != std::string_view::npos)
        return StandIn::Masked;
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2))
        if (isTerraformSource(text.substr(at + 2, 64)))
            return StandIn::Placeholder;
    return StandIn::None;
}

void visitTexts(json::Value value, const std::string &pointer,
    const std::function<void(std::string_view text, const std::string &pointer)> &visit)
{
    if (value.isString()) {
        visit(value.asString(), pointer);
    } else if (value.isArray()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            visitTexts(value.at(i), json::childPointer(pointer, i), visit);
    } else if (value.isObject()) {
        for (const json::Member &member : value.members())
            visitTexts(member.value, json::childPointer(pointer, member.name()), visit);
    }
}

std::string maskedMessage(std::string_view text)
{
    return fmt::format(
        "\"{}\" is masked, not the value itself. Put the value in.", escapeForDisplay(text.substr(0, 80)));
}

void checkStandIns(json::Value value, const std::string &pointer, Issues &issues)
{
    if (!holdsStandIn(value))
        return;
    visitTexts(value, pointer, [&](std::string_view text, const std::string &place) {
        const StandIn kind = standInOf(text);
        if (kind == StandIn::Masked)
            issues.push_back({ Severity::Warning, "value-masked", place, maskedMessage(text) });
        else if (kind == StandIn::Placeholder)
            issues.push_back({ Severity::Warning, "placeholder", place,
                fmt::format(
                    "\"{}\" stands for a value that Terraform works out; here it is plain text. Put the value in.",
                    escapeForDisplay(text.substr(0, 200))) });
    });
}

} // namespace hookbench::destination
