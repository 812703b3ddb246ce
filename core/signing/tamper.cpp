#include "core/signing/tamper.h"

#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

namespace hookbench::signing {

namespace {

/// The scalar a cheat would change: a number first, then a text, in the order they stand in.
std::optional<std::string> target(json::Value value, json::Kind kind, const std::string &at = {})
{
    if (value.kind() == kind)
        return at;
    if (value.isArray())
        for (std::size_t i = 0; i < value.size(); ++i)
            if (auto found = target(value.at(i), kind, json::childPointer(at, i)))
                return found;
    if (value.isObject())
        for (const json::Member &member : value.members())
            if (auto found = target(member.value, kind, json::childPointer(at, member.name())))
                return found;
    return std::nullopt;
}

std::optional<Tampering> changedValue(std::string_view body, Coverage event, std::size_t number)
{
    const auto document = json::parse(event.of(body));
    if (!document)
        return std::nullopt;
    auto pointer = target(document->root(), json::Kind::Number);
    if (!pointer)
        pointer = target(document->root(), json::Kind::String);
    if (!pointer)
        return std::nullopt;
    const json::Value before = json::valueAt(document->root(), *pointer);
    json::Arena arena;
    const json::Value after = before.isNumber()
        ? json::Value::number(before.asNumber() == 0.01 ? 0.02 : 0.01)
        : json::makeString(arena, before.asString() == "eve@example.com" ? "eve" : "eve@example.com");
    const auto changed = json::replaced(*document, *pointer, after);
    if (!changed)
        return std::nullopt;
    Tampering tampering{ .event = number,
        .field = *pointer,
        .before = json::stringify(before),
        .after = json::stringify(after),
        .body = std::string(body) };
    tampering.body.replace(event.offset, event.length, json::stringify(changed->root()));
    return tampering;
}

} // namespace

std::vector<Tampering> tamper(std::string_view body, std::string_view header, const Verifier &verifier)
{
    std::vector<Tampering> all;
    if (!isValid(verifier.verify(body, header)))
        return all;
    const std::vector<Coverage> events = batchEvents(body);
    const auto change = [&](std::size_t index) {
        if (auto tampering = changedValue(body, events.empty() ? Coverage{ 0, body.size() } : events[index], index + 1))
            all.push_back(*std::move(tampering));
    };
    change(0);
    if (events.empty()) {
        all.push_back({ .kind = Tampering::Kind::LineFeed, .body = std::string(body) + '\n' });
    } else {
        const Coverage last = events.back();
        if (events.size() > 1)
            change(1);
        if (events.size() > 2)
            change(events.size() - 1);
        if (events.size() > 1) {
            const std::size_t before = events[events.size() - 2].offset + events[events.size() - 2].length;
            Tampering removed{ .kind = Tampering::Kind::Removed, .event = events.size(), .body = std::string(body) };
            removed.body.erase(before, last.offset + last.length - before);
            all.push_back(std::move(removed));
        }
        Tampering added{ .kind = Tampering::Kind::Added, .event = events.size() + 1, .body = std::string(body) };
        added.body.insert(last.offset + last.length, "," + std::string(last.of(body)));
        all.push_back(std::move(added));
    }
    for (Tampering &tampering : all)
        tampering.verdict = verifier.verify(tampering.body, header);
    return all;
}

} // namespace hookbench::signing
