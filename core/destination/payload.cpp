#include "core/destination/payload.h"

#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/destination/coercion.h"
#include "core/destination/fields.h"
#include "core/destination/limits.h"
#include "core/destination/payload_mistakes.h"
#include "core/destination/uri.h"
#include "core/json/pointer.h"
#include "core/json/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::destination {

namespace {

using json::Value;

/// enable_batching is the platform's, no part of the action's schema: it can be no error, only true or not.
bool isSwitchedOn(Value value)
{
    value = unwrapped(value);
    if (value.isBoolean())
        return value.asBoolean();
    return (value.isString() && value.asString() == "true") || (value.isNumber() && value.asNumber() == 1);
}

std::size_t effectiveBatchSize(double size)
{
    if (!(size >= 1))
        return kDefaultBatchSize;
    return size >= static_cast<double>(kMaxBatchSize) ? kMaxBatchSize : static_cast<std::size_t>(size);
}

/// What to show of a wrong URL: not much, and nothing that may be a password.
std::string shownUrl(std::string_view url)
{
    constexpr std::size_t kLongest = 100;
    std::string shown(url);
    const std::size_t slashes = shown.find("//");
    const std::size_t at = shown.rfind('@');
    if (slashes != std::string::npos && at != std::string::npos && at > slashes)
        shown.replace(slashes + 2, at - slashes - 2, "…");
    if (shown.size() > kLongest)
        shown = shown.substr(0, kLongest) + "…";
    return escapeForDisplay(shown);
}

std::string describeUriFault(std::string_view url)
{
    const std::size_t at = findNonUriByte(url);
    if (at == std::string_view::npos)
        return fmt::format(
            "URL must be an absolute URL such as https://example.com/hook, found \"{}\".", shownUrl(url));
    std::size_t end = at;
    nextCodePoint(url, end);
    const std::string character = escapeForDisplay(url.substr(at, end - at));
    if (url[at] == '%')
        return fmt::format("URL has a % at byte {} that starts no escape; write %25 for a percent sign. Found \"{}\".",
            at, shownUrl(url));
    return fmt::format("URL holds \"{}\" at byte {}, which must be percent-encoded in a URL. Found \"{}\".", character,
        at, shownUrl(url));
}

/// Reads one payload and notes every mistake in it.
class PayloadReader
{
public:
    PayloadReader(Value resolved, bool batch, json::Arena &arena)
        : m_resolved(resolved)
        , m_batch(batch)
        , m_arena(arena)
    {
    }

    void read()
    {
        if (!m_resolved.isObject()) {
            complain("payload-no-object", {},
                fmt::format("The mapping must give an object with url and method, it gave {}.",
                    json::kindName(m_resolved.kind())));
            return;
        }
        readUrl();
        readMethod();
        readBatchSize();
        m_payload.headers = object("headers", "headers-invalid");
        if (const Value data = object("data", "data-invalid"); data.isObject())
            m_payload.data = data;
        readBatchKeys();
        m_payload.enableBatching = isSwitchedOn(m_resolved.find("enable_batching"));
    }
    Payload &payload() { return m_payload; }
    std::vector<Error> &mistakes() { return m_mistakes; }

private:
    /// Segment drops null, and "" where no text is wanted.
    Value member(std::string_view key, bool wantsText) const
    {
        const Value value = m_resolved.find(key);
        const bool isEmptyText = value.isString() && value.size() == 0;
        return value.isNull() || (isEmptyText && !wantsText) ? Value() : value;
    }

    void complain(const char *code, std::string path, std::string message)
    {
        m_mistakes.push_back({ code, std::move(message), std::move(path), std::nullopt });
    }

    std::string wrongType(std::string_view key, const char *expected, Value found) const
    {
        return fmt::format(
            "{} must be {}, found {}.", findSendField(key)->label, expected, json::kindName(found.kind()));
    }

    /// A required text, or nothing after a complaint.
    std::optional<std::string_view> requiredText(std::string_view key, const char *missing, const char *invalid)
    {
        const Value value = member(key, m_batch);
        if (value.isUndefined()) {
            complain(missing, json::childPointer({}, key),
                fmt::format("{} is missing: give it a value, or check that the event has what it is mapped from.",
                    findSendField(key)->label));
            return std::nullopt;
        }
        const Value text = coercedToString(value, m_arena);
        if (!text.isString()) {
            complain(invalid, json::childPointer({}, key), wrongType(key, "text", value));
            return std::nullopt;
        }
        return text.asString();
    }

    void readUrl()
    {
        const auto url = requiredText("url", "url-missing", "url-invalid");
        if (!url)
            return;
        if (isUri(*url))
            m_payload.url = *url;
        else
            complain("url-invalid", "/url", describeUriFault(*url));
    }

    void readMethod()
    {
        const auto method = requiredText("method", "method-missing", "method-invalid");
        if (!method)
            return;
        const auto choices = findSendField("method")->choices;
        if (std::find(choices.begin(), choices.end(), *method) != choices.end())
            m_payload.method = *method;
        else
            complain("method-invalid", "/method",
                fmt::format("Method must be POST, PUT or PATCH in capital letters, found \"{}\".",
                    escapeForDisplay(method->substr(0, 40))));
    }

    void readBatchSize()
    {
        m_payload.batchSize = kDefaultBatchSize;
        const Value value = member("batch_size", false);
        if (value.isUndefined())
            return;
        if (const auto size = coercedToNumber(value))
            m_payload.batchSize = effectiveBatchSize(*size);
        else
            complain("batch-size-invalid", "/batch_size", wrongType("batch_size", "a number", value));
    }

    Value object(std::string_view key, const char *invalid)
    {
        const Value value = member(key, false);
        if (!value.isUndefined() && !value.isObject())
            complain(invalid, json::childPointer({}, key), wrongType(key, "an object", value));
        return value;
    }

    void readBatchKeys()
    {
        const Value keys = member("batch_keys", false);
        if (keys.isUndefined()) {
            m_payload.batchKeys = { "url", "method", "headers" };
            return;
        }
        const std::span<const Value> items = keys.isArray() ? keys.items() : std::span(&keys, 1);
        m_payload.batchKeys.reserve(items.size());
        std::size_t index = 0;
        for (const Value item : items) {
            if (item.isNullish())
                continue;
            if (const Value text = coercedToString(item, m_arena); text.isString())
                m_payload.batchKeys.emplace_back(text.asString());
            else
                complain("batch-keys-invalid", json::childPointer("/batch_keys", index),
                    wrongType("batch_keys", "a list of texts", item));
            ++index;
        }
    }

    Value m_resolved;
    bool m_batch;
    json::Arena &m_arena;
    Payload m_payload;
    std::vector<Error> m_mistakes;
};

} // namespace

Result<Payload> toPayload(json::Value resolved, bool batch, json::Arena &arena)
{
    PayloadReader reader(resolved, batch, arena);
    reader.read();
    std::vector<Error> &mistakes = reader.mistakes();
    if (mistakes.empty())
        return std::move(reader.payload());
    Error all{ "payload-invalid", std::move(mistakes.front().message), mistakes.front().path, std::nullopt };
    for (const Error &further : std::span(mistakes).subspan(1))
        all.message += " " + further.message;
    return fail(std::move(all));
}

std::vector<Error> payloadMistakes(json::Value resolved)
{
    json::Arena arena;
    PayloadReader reader(resolved, false, arena);
    reader.read();
    return std::move(reader.mistakes());
}

Result<std::optional<std::string>> sharedSecretOf(json::Value settings)
{
    const Value value = settings.find("sharedSecret");
    if (value.isUndefined())
        return std::optional<std::string>();
    json::Arena arena;
    const Value text = coercedToString(value, arena);
    if (!text.isString())
        return fail("settings-invalid",
            fmt::format("Shared Secret must be text, found {}.", json::kindName(value.kind())),
            "/settings/sharedSecret");
    if (text.size() == 0)
        return std::optional<std::string>();
    // Node hashes with the UTF-8 of the secret, in which half a surrogate pair is U+FFFD.
    std::string secret;
    for (std::size_t at = 0; at < text.size();) {
        const std::int32_t codePoint = nextCodePoint(text.asString(), at);
        const bool isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
        appendCodePoint(secret, isSurrogate ? 0xfffd : static_cast<char32_t>(codePoint));
    }
    return secret;
}

} // namespace hookbench::destination
