#include "app/hookbench-cli/line.h"

#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/json/stringify.h"

#include <QByteArray>

#include <cstdio>

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

Line &Line::headers(std::string_view key, const Headers &headers, bool includeSecret)
{
    std::vector<json::Value> items;
    for (const Header &header : includeSecret ? headers : redactHeaders(headers)) {
        const bool redacted = !includeSecret && isSecretHeader(header.name);
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
    headers("headers", request.headers, includeSecret);
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
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fflush(stdout);
}

} // namespace hookbench::cli
