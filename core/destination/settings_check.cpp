#include "core/destination/settings_check.h"

#include "core/base/display.h"
#include "core/destination/coercion.h"
#include "core/destination/fields.h"
#include "core/destination/limits.h"
#include "core/destination/literal.h"
#include "core/destination/payload.h"
#include "core/destination/payload_mistakes.h"
#include "core/json/pointer.h"
#include "core/json/text.h"

#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <string>

namespace hookbench::destination {

namespace {

using json::Value;

/// The members that are the same for every event; a required one that is evaluated is stood in for, so that it is no
/// mistake.
Value literalMembers(Value settings, json::Arena &arena)
{
    json::ObjectBuilder literals(arena);
    for (const json::Member &member : settings.members()) {
        const bool wantsObject = member.name() == "headers" || member.name() == "data";
        // An object of headers is an object, whatever is evaluated inside.
        if (wantsObject ? !isDirective(member.value) : isLiteral(member.value))
            literals.add(member.key, member.value);
        else if (member.name() == "url")
            literals.add(member.key, Value::cleanString("https://example.com/"));
        else if (member.name() == "method")
            literals.add(member.key, Value::cleanString("POST"));
    }
    return literals.build();
}

/// What the engine treats as not given.
bool isAbsent(Value value)
{
    return value.isNullish() || (value.isString() && value.size() == 0);
}

void checkBatching(Value settings, std::string_view pointer, Issues &issues)
{
    const auto add = [&](Severity severity, const char *code, std::string_view key, std::string message) {
        issues.push_back({ severity, code, json::childPointer(pointer, key), std::move(message) });
    };
    const Value enabled = settings.find("enable_batching");
    if (isLiteral(enabled) && !enabled.isBoolean() && !isAbsent(enabled))
        add(Severity::Warning, "batching-not-boolean", "enable_batching",
            fmt::format("Enable batching is true or false, found {}.", json::kindName(enabled.kind())));
    if (enabled.isBoolean() && enabled.asBoolean())
        add(Severity::Info, "batching-signature", "enable_batching",
            "With a shared secret, X-Signature covers only the first event of a batch, as in Segment; the others are "
            "not "
            "protected.");
    const Value size = settings.find("batch_size");
    const double number = isAbsent(size) || !isLiteral(size) ? 0 : coercedToNumber(size).value_or(0);
    if (number < 0 || number > static_cast<double>(kMaxBatchSize) || number != std::floor(number))
        add(Severity::Error, "batch-size-range", "batch_size",
            fmt::format("Batch Size is {}; expected a whole number from 0 to {}, where 0 means {}.", json::toText(size),
                kMaxBatchSize, kDefaultBatchSize));
    const Value keys = settings.find("batch_keys");
    for (std::size_t i = 0; i < (keys.isArray() ? keys.size() : 0); ++i)
        if (const Value key = keys.at(i); key.isString() && !findSendField(key.asString()))
            add(Severity::Warning, "batch-keys-unknown", "batch_keys",
                fmt::format(
                    "Batch key \"{}\" is no field of the mapping, so it groups nothing. Fields are url, method, "
                    "headers, data and the batch settings.",
                    escapeForDisplay(key.asString())));
}

void checkUnknownMembers(Value settings, std::string_view pointer, Issues &issues)
{
    for (const json::Member &member : settings.members())
        if (!findSendField(member.name()) && !member.name().starts_with("__segment_internal_"))
            issues.push_back({ Severity::Warning, "settings-unknown", json::childPointer(pointer, member.name()),
                fmt::format(
                    "\"{}\" is no field of the send action; Segment drops it.", escapeForDisplay(member.name())) });
}

/// Plain texts that look as if somebody expected them to be evaluated.
void checkTexts(Value value, const std::string &pointer, Issues &issues)
{
    if (value.isArray()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            checkTexts(value.at(i), json::childPointer(pointer, i), issues);
    } else if (value.isObject() && !isDirective(value)) {
        for (const json::Member &member : value.members())
            checkTexts(member.value, json::childPointer(pointer, member.name()), issues);
    } else if (value.isString()) {
        const std::string_view text = value.asString();
        const std::size_t open = text.find("{{");
        if (open != std::string_view::npos && text.find("}}", open) != std::string_view::npos)
            issues.push_back({ Severity::Warning, "literal-template", pointer,
                "{{…}} in plain text is not filled in. Wrap the text: {\"@template\": \"…\"}." });
        else if (text.starts_with("$."))
            issues.push_back({ Severity::Warning, "literal-path", pointer,
                fmt::format("\"{0}\" is plain text and is sent as it is. To take the value from the event, write "
                            "{{\"@path\": \"{0}\"}}.",
                    escapeForDisplay(text)) });
    }
}

/// The URL when it is the same for every event and a URI.
std::optional<std::string> literalUrl(Value settings)
{
    const Value url = settings.find("url");
    if (!isLiteral(url))
        return std::nullopt;
    json::Arena arena;
    const Value alone = json::ObjectBuilder(arena).add("url", url).add("method", Value::cleanString("POST")).build();
    const Result<Payload> payload = toPayload(alone, false, arena);
    return payload ? std::optional(payload->url) : std::nullopt;
}

} // namespace

void checkSettings(json::Value settings, std::string_view pointer, Issues &issues)
{
    json::Arena arena;
    if (!settings.isObject())
        settings = json::ObjectBuilder(arena).build();
    // Beside a root directive the other members are what it is given, no fields.
    if (settings.contains("__segment_internal_directive"))
        return;
    for (const Error &mistake : payloadMistakes(literalMembers(settings, arena)))
        issues.push_back(
            { Severity::Error, mistake.code, fmt::format("{}{}", pointer, mistake.path), mistake.message });
    if (const auto url = literalUrl(settings))
        checkUrl(*url, json::childPointer(pointer, "url"), issues);
    const bool hasData = !isAbsent(settings.find("data"));
    if (const Value headers = settings.find("headers"); headers.isObject() && !isDirective(headers))
        checkHeaders(headers, hasData, json::childPointer(pointer, "headers"), issues);
    if (!hasData)
        issues.push_back({ Severity::Info, "data-missing", std::string(pointer),
            "There is no Data: requests have no body, no Content-Type and no signature." });
    checkBatching(settings, pointer, issues);
    checkTexts(settings, std::string(pointer), issues);
    checkUnknownMembers(settings, pointer, issues);
}

} // namespace hookbench::destination
