#include "app/hookbench-cli/line.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/json/stringify.h"

#include <QByteArray>

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace hookbench::cli {

namespace {

std::string fromLatin1(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes)
        appendCodePoint(out, static_cast<unsigned char>(c));
    return out;
}

} // namespace

Line &Line::add(std::string_view key, json::Value value)
{
    m_object.add(key, value);
    return *this;
}

Line &Line::text(std::string_view key, std::string_view utf8)
{
    return add(key, json::makeString(m_arena, utf8));
}

Line &Line::number(std::string_view key, double value)
{
    return add(key, json::Value::number(value));
}

Line &Line::boolean(std::string_view key, bool value)
{
    return add(key, json::Value::boolean(value));
}

Line &Line::null(std::string_view key)
{
    return add(key, json::Value::null());
}

Line &Line::error(std::string_view key, const Error &error)
{
    json::ObjectBuilder object(m_arena);
    object.add("code", json::makeString(m_arena, error.code));
    object.add("path", json::makeString(m_arena, error.path));
    object.add("message", json::makeString(m_arena, error.message));
    return add(key, object.build());
}

Line &Line::indexes(std::string_view key, const std::vector<std::uint64_t> &indexes)
{
    std::vector<json::Value> items;
    items.reserve(indexes.size());
    for (const std::uint64_t index : indexes)
        items.push_back(json::Value::number(static_cast<double>(index)));
    return add(key, json::makeArray(m_arena, items));
}

Line &Line::headers(std::string_view key, const Headers &headers, const HeaderNames &masked, bool includeSecret)
{
    std::vector<json::Value> items;
    for (const Header &header : includeSecret ? headers : redactHeaders(headers, masked)) {
        const bool redacted = !includeSecret && isSecretHeader(header.name, masked);
        const json::Value pair[] = { json::makeString(m_arena, fromLatin1(header.name)),
            json::makeString(m_arena, redacted ? header.value : fromLatin1(header.value)) };
        items.push_back(json::makeArray(m_arena, pair));
    }
    return add(key, json::makeArray(m_arena, items));
}

Line &Line::bytes(std::string_view key, std::string_view bytes)
{
    if (findInvalidUtf8(bytes) == kValidUtf8)
        return text(key, bytes);
    const QByteArray base64 = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64();
    return text(std::string(key) + "Base64", { base64.constData(), static_cast<std::size_t>(base64.size()) });
}

Line &Line::dispatch(const pipeline::Dispatch &dispatch, bool includeSecret)
{
    text("mapping", dispatch.mappingName);
    number("index", static_cast<double>(dispatch.mapping));
    indexes("events", dispatch.events);
    if (!dispatch.request)
        return error("error", dispatch.request.error());
    const delivery::Request &request = **dispatch.request;
    text("method", request.method);
    text("url", includeSecret ? request.url : redactUrl(request.url));
    headers("headers", request.headers, dispatch.maskedHeaders, includeSecret);
    if (request.hasBody)
        bytes("body", request.body);
    else
        null("body");
    return request.signature.empty() ? null("signature") : text("signature", request.signature);
}

void Line::print()
{
    std::string out;
    json::stringifyTo(out, m_object.build());
    out += '\n';
    printJson(std::move(out));
    std::fflush(stdout);
}

void printJson(std::string json)
{
    if (::isatty(STDOUT_FILENO) == 1) {
        std::string safe;
        safe.reserve(json.size());
        for (std::size_t at = 0; at < json.size();) {
            const std::size_t start = at;
            const std::int32_t point = nextCodePoint(json, at); // C0 is escaped already, or white space between tokens
            const std::string_view bytes = std::string_view(json).substr(start, at - start);
            if ((point >= 0 && point < 0x7F) || escapeForDisplay(bytes) == bytes)
                safe += bytes;
            else
                safe += fmt::format("\\u{:04x}", point); // all of them are in the basic plane
        }
        json = std::move(safe);
    }
    std::fwrite(json.data(), 1, json.size(), stdout);
}

void printText(const std::string &lines)
{
    if (::isatty(STDOUT_FILENO) != 1) {
        std::fwrite(lines.data(), 1, lines.size(), stdout);
        return;
    }
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        std::string_view line = std::string_view(lines).substr(at, end - at);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        const std::string safe = escapeForDisplay(line);
        std::fwrite(safe.data(), 1, safe.size(), stdout);
        if (end < lines.size())
            std::fputc('\n', stdout);
        at = end + 1;
    }
}

} // namespace hookbench::cli
