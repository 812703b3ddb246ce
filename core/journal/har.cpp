#include "core/journal/har.h"

#include "core/base/utf8.h"
#include "core/journal/literals.h"
#include "core/json/stringify.h"
#include "core/json/value.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QDateTime>
#include <QUrl>

namespace hookbench::journal {

namespace {

using json::Value;

std::string isoTime(WallMs ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toStdString();
}

/// Any bytes as text: what is not UTF-8 is read as Latin-1, so that nothing is lost.
std::string readable(std::string_view bytes)
{
    return findInvalidUtf8(bytes) == kValidUtf8 ? std::string(bytes) : latin1ToUtf8(bytes);
}

std::string formDecoded(std::string_view text)
{
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return readable(QByteArray::fromPercentEncoding(QByteArray::fromStdString(spaced)).toStdString());
}

/// Writes one archive into one arena.
class Archive
{
public:
    explicit Archive(const HarOptions &options)
        : m_options{ options }
    {
    }

    std::string of(std::span<const DeliveryRecord> records)
    {
        std::vector<Value> entries;
        for (const DeliveryRecord &record : records)
            addEntries(entries, m_options.redaction ? redacted(record, *m_options.redaction) : record);
        const Value creator = object({ { "name", text("Hookbench") }, { "version", text(m_options.creatorVersion) } });
        const Value log = object({
            { "version", text("1.2") },
            { "creator", creator },
            { "entries", json::makeArray(m_arena, entries) },
        });
        return json::stringify(object({ { "log", log } }), 2) + '\n';
    }

private:
    struct Entry
    {
        std::string_view name;
        Value value;
    };

    Value object(std::initializer_list<Entry> members)
    {
        json::ObjectBuilder builder(m_arena);
        for (const Entry &member : members)
            builder.add(member.name, member.value); // undefined ones are not printed
        return builder.build();
    }

    Value text(std::string_view utf8) { return json::makeString(m_arena, utf8); }
    static Value number(double value) { return Value::number(value); }

    Value headerList(const Headers &headers)
    {
        std::vector<Value> list;
        for (const Header &header : headers)
            list.push_back(object({ { "name", text(header.name) }, { "value", text(latin1ToUtf8(header.value)) } }));
        return json::makeArray(m_arena, list);
    }

    /// "a=1; b=2" of Cookie; of Set-Cookie only the first pair, the rest are its attributes.
    Value cookies(const Headers &headers, std::string_view name)
    {
        std::vector<Value> list;
        const bool set = name == "set-cookie";
        for (const Header &header : headers) {
            if (!sameHeaderName(header.name, name))
                continue;
            const std::string all = latin1ToUtf8(header.value);
            for (std::size_t at = 0; at < all.size();) {
                const std::size_t end = std::min(all.find(';', at), all.size());
                const std::string_view pair = std::string_view(all).substr(at, end - at);
                const std::size_t first = std::min(pair.find_first_not_of(' '), pair.size());
                const std::size_t equals = pair.find('=');
                const bool named = equals != std::string_view::npos && equals >= first;
                const std::string_view key = named ? pair.substr(first, equals - first) : pair.substr(first);
                list.push_back(object({ { "name", text(key) },
                    { "value", text(named ? pair.substr(equals + 1) : std::string_view()) } }));
                if (set)
                    break;
                at = end + 1;
            }
        }
        return json::makeArray(m_arena, list);
    }

    Value queryString(std::string_view url)
    {
        std::vector<Value> list;
        const std::size_t mark = url.find('?');
        if (mark == std::string_view::npos)
            return json::makeArray(m_arena, list);
        const std::string_view query = url.substr(mark + 1, url.find('#', mark) - mark - 1);
        for (std::size_t at = 0; at < query.size();) {
            const std::size_t end = std::min(query.find('&', at), query.size());
            const std::string_view pair = query.substr(at, end - at);
            const std::size_t equals = std::min(pair.find('='), pair.size());
            if (!pair.empty())
                list.push_back(object({ { "name", text(formDecoded(pair.substr(0, equals))) },
                    { "value", text(formDecoded(pair.substr(std::min(equals + 1, pair.size())))) } }));
            at = end + 1;
        }
        return json::makeArray(m_arena, list);
    }

    std::string mimeType(const Headers &headers) const
    {
        const Header *type = findHeader(headers, "content-type");
        return type ? latin1ToUtf8(type->value) : std::string();
    }

    Value postData(const Delivery &delivery, const Headers &headers)
    {
        if (!delivery.hasBody)
            return {};
        const bool utf8 = findInvalidUtf8(delivery.body) == kValidUtf8;
        return object({
            { "mimeType", text(mimeType(headers)) },
            { "text", text(utf8 ? delivery.body : base64(delivery.body)) },
            { "_encoding", utf8 ? Value() : text("base64") },
        });
    }

    Value request(const Delivery &delivery, const Headers &headers, const std::string &method, const std::string &url)
    {
        return object({
            { "method", text(method) },
            { "url", text(readable(url)) },
            { "httpVersion", text("HTTP/1.1") },
            { "cookies", cookies(headers, "cookie") },
            { "headers", headerList(headers) },
            { "queryString", queryString(url) },
            { "postData", method == "GET" ? Value() : postData(delivery, headers) },
            { "headersSize", number(-1) },
            { "bodySize", number(delivery.hasBody && method != "GET" ? static_cast<double>(delivery.body.size()) : 0) },
        });
    }

    Value response(const Attempt *attempt)
    {
        static const Headers kNone;
        const Headers &headers = attempt ? attempt->responseHeaders : kNone;
        const std::string_view body = attempt ? std::string_view(attempt->responseBody) : std::string_view();
        const bool utf8 = findInvalidUtf8(body) == kValidUtf8;
        const Header *location = findHeader(headers, "location");
        const Value content = object({
            { "size", number(static_cast<double>(body.size())) },
            { "mimeType", text(mimeType(headers).empty() ? "x-unknown" : mimeType(headers)) },
            { "text", text(utf8 ? std::string(body) : base64(body)) },
            { "encoding", utf8 ? Value() : text("base64") },
            { "comment",
                attempt && !attempt->note.empty()           ? text(readable(attempt->note))
                    : attempt && attempt->responseTruncated ? text("The response went on; this is what was kept.")
                                                            : Value() },
        });
        const bool answered = attempt && attempt->status > 0;
        return object({
            { "status", number(attempt ? attempt->status : 0) },
            { "statusText", text(attempt ? latin1ToUtf8(attempt->reason) : std::string()) },
            { "httpVersion", text(answered ? "HTTP/1.1" : "") }, { "cookies", cookies(headers, "set-cookie") },
            { "headers", headerList(headers) }, { "content", content },
            { "redirectURL", text(location ? latin1ToUtf8(location->value) : std::string()) },
            { "headersSize", number(-1) }, { "bodySize", number(-1) }, // on the wire it may have been compressed
        });
    }

    /// What is not known of the parts counts as waiting; the sum is `ms`. The wait in our own queue is not in it.
    Value timings(const Attempt *attempt, double ms)
    {
        std::map<std::string_view, double> parts; // of the attempt, which must not be copied for it
        double known = 0;
        static const std::vector<Phase> kNoPhases;
        for (const Phase &phase : attempt ? attempt->phases : kNoPhases) {
            parts[phase.name] += phase.ms;
            if (phase.name != "queued")
                known += phase.ms;
        }
        const auto part = [&](const char *name) { return parts.contains(name) ? number(parts[name]) : number(-1); };
        const auto least = [&](const char *name) { return number(parts.contains(name) ? parts[name] : 0); };
        const double before = parts["blocked"] + parts["redirects"];
        return object({
            { "blocked", known > 0 ? number(before) : number(-1) },
            { "dns", number(-1) },
            { "connect", part("connect") },
            { "ssl", number(-1) },
            { "send", least("send") },
            { "wait", number(parts["wait"] + std::max(0.0, ms - known)) },
            { "receive", least("receive") },
            { "_queued", parts.contains("queued") ? number(parts["queued"]) : Value() },
        });
    }

    void addEntries(std::vector<Value> &entries, const DeliveryRecord &record)
    {
        if (record.attempts.empty())
            entries.push_back(entry(record.delivery, nullptr));
        for (const Attempt &attempt : record.attempts)
            entries.push_back(entry(record.delivery, &attempt));
    }

    Value entry(const Delivery &delivery, const Attempt *attempt)
    {
        // The last request is what was answered: behind redirects it went elsewhere, perhaps as a GET.
        const Redirect *last = attempt && !attempt->redirects.empty() ? &attempt->redirects.back() : nullptr;
        const Headers &headers
            = attempt && !attempt->requestHeaders.empty() ? attempt->requestHeaders : delivery.headers;
        const double ms = attempt ? std::max(0.0, attempt->durationMs) : 0;
        const Value signedBytes = delivery.signedBytes
            ? object({ { "offset", number(static_cast<double>(delivery.signedBytes->first)) },
                { "length", number(static_cast<double>(delivery.signedBytes->second)) } })
            : Value();
        const std::string failure = attempt && !attempt->failure.empty()
            ? attempt->failure + ": " + readable(attempt->message)
            : std::string();
        return object({
            { "startedDateTime", text(isoTime(attempt ? attempt->started : delivery.created)) },
            { "time", number(ms) },
            { "request",
                request(delivery, headers, last ? last->method : delivery.method, last ? last->url : delivery.url) },
            { "response", response(attempt) },
            { "cache", object({}) },
            { "timings", timings(attempt, ms) },
            { "_delivery", text(delivery.id) },
            { "_attempt", attempt ? number(attempt->number) : Value() },
            { "_mapping", text(readable(delivery.mappingName)) },
            { "_signedBytes", signedBytes },
            { "_failure", failure.empty() ? Value() : text(failure) },
        });
    }

    const HarOptions &m_options;
    json::Arena m_arena;
};

} // namespace

std::string har(std::span<const DeliveryRecord> records, const HarOptions &options)
{
    return Archive(options).of(records);
}

} // namespace hookbench::journal
