#include "core/mapping/checker.h"

#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/root.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::mapping {

using json::Kind;
using json::Member;
using json::Value;

bool hasDirectiveKey(Value value)
{
    return value.isObject() && std::any_of(value.members().begin(), value.members().end(), [](const Member &member) {
        return member.name().starts_with('@');
    });
}

bool runsAsDirective(Value value)
{
    return hasDirectiveKey(value)
        && std::all_of(value.members().begin(), value.members().end(),
            [](const Member &member) { return member.name().starts_with('@') || member.name() == "_metadata"; });
}

std::string describe(Value value)
{
    switch (value.kind()) {
    case Kind::Undefined:
        return "nothing";
    case Kind::Array:
        return "an array";
    case Kind::Object:
        return hasDirectiveKey(value) ? "a directive" : "an object";
    case Kind::Number:
        return "the number " + json::stringify(value);
    case Kind::String: {
        constexpr std::size_t kShown = 40;
        std::size_t length = std::min(value.size(), kShown);
        while (length < value.size() && (static_cast<unsigned char>(value.asString()[length]) & 0xC0) == 0x80)
            --length;
        std::string text = "the text ";
        json::quoteTo(text, value.asString().substr(0, length));
        return length < value.size() ? text + "…" : text;
    }
    default:
        return json::stringify(value);
    }
}

void Checker::report(const Place *at, const char *code, std::string message)
{
    m_mistakes.push_back({ at, code, std::move(message) });
}

bool Checker::fits(Value mapping)
{
    if (!isTooLarge(mapping, kMaxDepth))
        return true;
    report(m_places.root(), "mapping-depth",
        fmt::format("This mapping is nested deeper than {} levels or holds more than {} values. Make it smaller.",
            kMaxDepth, kMaxValues));
    return false;
}

void Checker::checkField(Value field)
{
    if (fits(field))
        check(field, m_places.root());
}

void Checker::checkMapping(Value mapping)
{
    if (fits(mapping))
        checkWhole(mapping, m_places.root());
}

void Checker::check(Value value, const Place *at)
{
    if (!value.isObject())
        return;
    if (hasDirectiveKey(value))
        checkDirectiveObject(value, at);
    else
        checkObject(value, at);
}

void Checker::checkWhole(Value mapping, const Place *at)
{
    auto whole = wholeMapping(mapping, m_arena);
    if (!whole) {
        report(mapping.isObject() ? m_places.member(at, kRootDirective) : at, "mapping-root",
            std::move(whole.error().message));
        return;
    }
    if (!whole->hasRootDirective) {
        check(whole->mapping, at);
        return;
    }
    m_places.pushMoved(whole->moved, at);
    check(whole->mapping, m_places.member(at, kRootDirective));
    m_places.popMoved();
}

void Checker::checkObject(Value object, const Place *at)
{
    for (const Member &member : object.members())
        if (member.value.isObject())
            check(member.value, m_places.member(at, member.name(), member.value));
}

void Checker::checkDirectiveObject(Value object, const Place *at)
{
    const Member *directive = nullptr;
    for (const Member &member : object.members()) {
        const std::string_view name = member.name();
        if (!name.starts_with('@')) {
            if (name == "_metadata")
                continue;
            report(m_places.member(at, name), "mapping-mixed",
                fmt::format("Found “{}” beside a directive; a directive stands alone in its object (only _metadata may "
                            "join it). Move one of them away.",
                    name));
        } else if (directive) {
            report(m_places.member(at, name), "mapping-mixed",
                fmt::format("Found {} beside {}; an object holds one directive. Nest one inside the other or keep one.",
                    name, directive->name()));
        } else {
            directive = &member;
        }
    }
    const Place *place = m_places.member(at, directive->name());
    if (const Directive *known = findDirective(directive->name()))
        known->check(*this, directive->value, place);
    else
        report(place, "mapping-unknown-directive", unknownDirective(directive->name()));
}

void Checker::checkOptions(Value options, const Place *at, std::initializer_list<Option> known)
{
    if (!options.isObject() || hasDirectiveKey(options)) {
        report(at, "mapping-type", fmt::format("{} takes an object of options; found {}.", at->key, describe(options)));
        return;
    }
    for (const Member &member : options.members()) {
        const Place *place = m_places.member(at, member.name(), member.value);
        const std::size_t before = m_mistakes.size();
        check(member.value, place);
        const auto *option = std::find_if(
            known.begin(), known.end(), [&](const Option &candidate) { return candidate.name == member.name(); });
        if (option != known.end() && option->check && m_mistakes.size() == before)
            option->check(*this, member.value, place);
    }
    for (const Option &option : known)
        if (option.need == Option::Required && options.find(option.name).isUndefined())
            report(
                at, "mapping-missing-option", fmt::format("{} needs the option “{}”. Add it.", at->key, option.name));
}

void Checker::expectText(Checker &checker, Value value, const Place *at)
{
    if (!value.isString())
        checker.report(at, "mapping-type", fmt::format("“{}” takes a text; found {}.", at->key, describe(value)));
}

void Checker::expectBoolean(Checker &checker, Value value, const Place *at)
{
    if (!value.isBoolean())
        checker.report(
            at, "mapping-type", fmt::format("“{}” takes true or false; found {}.", at->key, describe(value)));
}

void Checker::expectTextOrDirective(Checker &checker, Value value, const Place *at)
{
    if (!value.isString() && !hasDirectiveKey(value))
        checker.report(at, "mapping-type",
            fmt::format("“{}” takes a text or a directive that gives one; found {}.", at->key, describe(value)));
}

void Checker::expectObjectOrDirective(Checker &checker, Value value, const Place *at)
{
    if (!value.isObject())
        checker.report(at, "mapping-type",
            fmt::format("“{}” takes an object or a directive that gives one; found {}.", at->key, describe(value)));
}

void Checker::checkDirective(Checker &checker, Value value, const Place *at)
{
    if (hasDirectiveKey(value))
        checker.checkDirectiveObject(value, at);
}

void Checker::checkTextOrDirective(Checker &checker, Value value, const Place *at)
{
    checkDirective(checker, value, at);
    expectTextOrDirective(checker, value, at);
}

} // namespace hookbench::mapping
