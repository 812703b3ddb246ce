#include "core/delivery/header_rules.h"

#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/delivery/request.h"
#include "core/json/pointer.h"
#include "core/json/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace hookbench::delivery {

namespace {

constexpr std::array<std::string_view, 6> kFraming
    = { "connection", "content-length", "te", "trailer", "transfer-encoding", "upgrade" };

struct Field
{
    std::string writtenName; ///< by which the client sorts
    std::string name; ///< lower case
    std::string value; ///< Latin-1
};

std::string pathOf(std::string_view name)
{
    return json::childPointer("/headers", name);
}

/// String(value) throws for objects with a toString of their own, which in JSON can be no function.
bool hasText(json::Value value)
{
    if (value.isArray())
        return std::all_of(value.items().begin(), value.items().end(), hasText);
    return !value.isObject() || !value.contains("toString");
}

Result<std::string> toLatin1(std::string_view name, json::Value value)
{
    if (!hasText(value))
        return fail("header-value",
            fmt::format("The value of header {} is an object that cannot be turned into text. Map a string.", name),
            pathOf(name));
    const std::string text = json::toText(value);
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::int32_t c = nextCodePoint(text, at);
        const bool legal = c == '\t' || (c >= 0x20 && c <= 0x7e) || (c >= 0x80 && c <= 0xff);
        if (!legal)
            return fail("header-value",
                fmt::format(
                    "The value of header {} holds {}. Header values are made of tab, printable ASCII and Latin-1 "
                    "characters, so nothing is sent. Encode the value or leave the header out.",
                    name, c == '\r' || c == '\n' ? "a line break" : fmt::format("U+{:04X}", c)),
                pathOf(name));
        bytes += static_cast<char>(c);
    }
    return bytes;
}

Result<void> checkName(std::string_view name)
{
    if (isHeaderName(name))
        return {};
    return fail("header-name",
        fmt::format(
            "\"{}\" is no header name, so nothing is sent. Names are made of letters, digits and !#$%&'*+-.^_`|~.",
            escapeForDisplay(name)),
        pathOf(name));
}

/// Options are merged recursively, so a header that is itself called "headers" and holds an object or an array is read
/// as a set of headers too. It changes nothing but may be refused.
Result<void> checkNested(json::Value mapped)
{
    const json::Value nested = mapped.find("headers");
    if (nested.isArray()) {
        for (const json::Value pair : nested.items()) {
            if (!pair.isArray() || pair.size() != 2)
                return fail("header-value",
                    "The header named \"headers\" is an array; Segment's client takes it for name and value pairs and "
                    "refuses it. Map a string.",
                    pathOf("headers"));
            if (auto name = checkName(json::toText(pair.at(0))); !name)
                return name;
            if (auto value = toLatin1("headers", pair.at(1)); !value)
                return fail(value.error());
        }
        return {};
    }
    if (!nested.isObject())
        return {};
    for (const json::Member &member : nested.members()) {
        if (member.value.isUndefined())
            continue;
        if (auto name = checkName(member.name()); !name)
            return name;
        if (auto value = toLatin1("headers", member.value); !value)
            return fail(value.error());
    }
    return checkNested(nested);
}

Result<std::vector<Field>> readMapped(json::Value mapped)
{
    std::vector<Field> fields;
    if (!mapped.isObject())
        return fields;
    if (auto nested = checkNested(mapped); !nested)
        return fail(nested.error());
    for (const json::Member &member : mapped.members()) {
        if (member.value.isUndefined())
            continue;
        if (auto name = checkName(member.name()); !name)
            return fail(name.error());
        auto value = toLatin1(member.name(), member.value);
        if (!value)
            return fail(value.error());
        const std::string lower = asciiLower(member.name());
        const auto same = std::find_if(fields.begin(), fields.end(), [&](const Field &f) { return f.name == lower; });
        if (same == fields.end())
            fields.push_back({ std::string(member.name()), lower, std::move(*value) });
        else
            same->value.append(", ").append(*value);
    }
    std::sort(
        fields.begin(), fields.end(), [](const Field &a, const Field &b) { return a.writtenName < b.writtenName; });
    return fields;
}

void warn(Issues &notes, std::string_view code, const Field &field, std::string message)
{
    notes.push_back({ Severity::Warning, std::string(code), pathOf(field.writtenName), std::move(message) });
}

void noteOddities(const Field &field, const OwnHeaders &own, Issues &notes)
{
    const bool deletes = field.value == "undefined";
    const auto isHigh = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    if (field.name == "content-type" && own.hasBody) {
        if (field.value != "application/json")
            warn(notes, "header-content-type", field,
                "With data the content type is always application/json, whatever the mapping says.");
        return;
    }
    if (deletes)
        warn(notes, "header-deleted", field,
            fmt::format("The text \"undefined\" removes the header {}, as it does in Segment.{}", field.name,
                field.name == "user-agent" ? " The HTTP client then names itself." : ""));
    else if (std::any_of(field.value.begin(), field.value.end(), isHigh))
        warn(notes, "header-non-ascii", field,
            fmt::format("The value of header {} is not ASCII. It goes out as Latin-1, which few receivers expect.",
                field.name));
    if (field.name == "x-signature" && !deletes)
        warn(notes, "header-signature-mapped", field,
            "The mapping names X-Signature: its value is sent instead of the computed signature, as in Segment.");
    else if (field.name == "host" && !deletes && !field.value.empty())
        warn(notes, "header-host", field,
            "The mapping names Host: the request goes to the URL's host but says it is for another one.");
    else if (field.name == "user-agent" && field.value.empty())
        warn(notes, "header-user-agent-empty", field,
            "An empty User-Agent goes out as one space, since Qt would otherwise write its own.");
}

void setField(Headers &headers, std::string_view name, std::string_view value)
{
    const auto same = std::find_if(headers.begin(), headers.end(), [&](const Header &h) { return h.name == name; });
    if (same != headers.end())
        same->value = value;
    else
        headers.push_back({ std::string(name), std::string(value) });
}

/// JavaScript puts keys that look like array indexes first.
void moveIndexesFirst(Headers &headers)
{
    const auto others = std::stable_partition(
        headers.begin(), headers.end(), [](const Header &h) { return json::isArrayIndex(h.name); });
    std::sort(headers.begin(), others, [](const Header &a, const Header &b) {
        return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name;
    });
}

} // namespace

bool isFraming(std::string_view name)
{
    return std::any_of(
        kFraming.begin(), kFraming.end(), [&](std::string_view framing) { return sameHeaderName(framing, name); });
}

Result<Headers> mergeHeaders(json::Value mapped, const OwnHeaders &own, Issues &notes)
{
    auto fields = readMapped(mapped);
    if (!fields)
        return fail(fields.error());
    Headers headers;
    headers.reserve(fields->size() + 8);
    headers.push_back({ "user-agent", std::string(own.userAgent) });
    if (!own.signature.empty())
        headers.push_back({ "x-signature", std::string(own.signature) });
    for (const Field &field : *fields) {
        if (isFraming(field.name)) {
            warn(notes, "header-framing", field,
                fmt::format("The mapping names {}, which frames the request itself; it is left out.", field.name));
            continue;
        }
        noteOddities(field, own, notes);
        if (field.value == "undefined")
            std::erase_if(headers, [&](const Header &h) { return h.name == field.name; });
        else
            setField(headers, field.name, field.value);
    }
    if (own.hasBody)
        setField(headers, "content-type", "application/json");
    moveIndexesFirst(headers);
    return headers;
}

} // namespace hookbench::delivery
