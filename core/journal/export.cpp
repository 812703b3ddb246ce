#include "core/journal/export.h"

#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/json/stringify.h"

#include <QByteArray>
#include <QDateTime>
#include <QTimeZone>

#include <cmath>
#include <fmt/format.h>

namespace hookbench::journal {

namespace {

/// Header values are Latin-1 on the wire.
std::string utf8FromLatin1(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes)
        appendCodePoint(out, static_cast<unsigned char>(c));
    return out;
}

std::string utcText(WallMs moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::utc()).toString(Qt::ISODateWithMs).toStdString();
}

/// Appends members to a JSON object under construction: no tree is built for what is written once.
class Members
{
public:
    explicit Members(std::string &out)
        : m_out(out)
    {
        m_out += '{';
    }
    void close() { m_out += '}'; }

    std::string &key(std::string_view name)
    {
        if (m_any)
            m_out += ',';
        m_any = true;
        json::quoteTo(m_out, name);
        m_out += ':';
        return m_out;
    }
    void text(std::string_view name, std::string_view value) { json::quoteTo(key(name), value); }
    void number(std::string_view name, double value) { json::numberTo(key(name), value); }
    void boolean(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }
    void null(std::string_view name) { key(name) += "null"; }
    void bytes(std::string_view name, std::string_view value)
    {
        if (findInvalidUtf8(value) == kValidUtf8)
            return text(name, value);
        const QByteArray raw = QByteArray::fromRawData(value.data(), static_cast<qsizetype>(value.size()));
        text(std::string(name) + "Base64", raw.toBase64().toStdString());
    }
    void headers(std::string_view name, const Headers &headers, const ExportOptions &options)
    {
        std::string &out = key(name);
        out += '[';
        const Headers shown = options.includeSecret ? headers : redactHeaders(headers, options.maskedHeaders);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const bool redacted = !options.includeSecret && isSecretHeader(shown[i].name, options.maskedHeaders);
            out += i == 0 ? "[" : ",[";
            json::quoteTo(out, utf8FromLatin1(shown[i].name));
            out += ',';
            json::quoteTo(out, redacted ? shown[i].value : utf8FromLatin1(shown[i].value));
            out += ']';
        }
        out += ']';
    }

private:
    std::string &m_out;
    bool m_any = false;
};

std::string shownUrl(const std::string &url, const ExportOptions &options)
{
    return options.includeSecret ? url : redactUrl(url);
}

double rounded(double ms)
{
    return std::round(ms * 10) / 10;
}

void addOutcome(Members &members, const Attempt *attempt)
{
    if (attempt && attempt->status != 0)
        members.number("status", attempt->status);
    else
        members.null("status");
    members.number("ms", attempt ? rounded(attempt->durationMs) : 0);
    if (!attempt || attempt->failure.empty()) {
        members.null("error");
        return;
    }
    Members error(members.key("error"));
    error.text("code", attempt->failure);
    error.text("path", "");
    error.bytes("message", attempt->message);
    error.close();
}

void addAttempt(std::string &out, const Attempt &attempt, const ExportOptions &options)
{
    Members members(out);
    members.number("attempt", attempt.number);
    members.text("started", utcText(attempt.started));
    addOutcome(members, &attempt);
    Members phases(members.key("phases"));
    for (const Phase &phase : attempt.phases)
        phases.number(phase.name, std::round(phase.ms * 1000) / 1000);
    phases.close();
    members.headers("requestHeaders", attempt.requestHeaders, options);
    members.bytes("reason", attempt.reason);
    members.headers("responseHeaders", attempt.responseHeaders, options);
    members.bytes("response", attempt.responseBody);
    members.boolean("truncated", attempt.responseTruncated);
    if (!attempt.note.empty())
        members.bytes("note", attempt.note);
    members.close();
}

} // namespace

std::string ndjsonLine(const DeliveryRecord &record, const ExportOptions &asked)
{
    const Delivery &delivery = record.delivery;
    const ExportOptions options{ asked.includeSecret, withHeaderNames(asked.maskedHeaders, delivery.maskedHeaders) };
    const Attempt *last = record.attempts.empty() ? nullptr : &record.attempts.back();
    std::string out;
    Members members(out);
    members.bytes("mapping", delivery.mappingName);
    members.number("index", delivery.mappingIndex);
    std::string &events = members.key("events");
    events += fmt::format("[{}]", fmt::join(delivery.events, ","));
    members.text("method", delivery.method);
    members.bytes("url", shownUrl(delivery.url, options));
    members.headers("headers", delivery.headers, options);
    if (delivery.hasBody)
        members.bytes("body", delivery.body);
    else
        members.null("body");
    if (delivery.signature.empty())
        members.null("signature");
    else
        members.text("signature", delivery.signature);
    members.text("delivery", delivery.id);
    members.number("attempt", last ? last->number : 0);
    addOutcome(members, last);
    members.boolean("delivered", record.verdict == Verdict::Delivered);
    members.text("verdict", wordOf(record.verdict));
    members.text("created", utcText(delivery.created));
    members.number("run", static_cast<double>(record.runNumber));
    if (!delivery.origin.empty()) {
        members.text("origin", delivery.origin);
        members.text("repeatedAs", delivery.repeatedAs);
    }
    std::string &attempts = members.key("attempts");
    attempts += '[';
    for (std::size_t i = 0; i < record.attempts.size(); ++i) {
        attempts += i == 0 ? "" : ",";
        addAttempt(attempts, record.attempts[i], options);
    }
    attempts += ']';
    members.close();
    return out + '\n';
}

std::string csvField(std::string_view text)
{
    std::string out;
    // https://owasp.org/www-community/attacks/CSV_Injection
    const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    bool quotes = formula;
    if (formula)
        out += '\'';
    for (const char c : text) {
        quotes = quotes || c == '"' || c == ',' || c == '\n' || c == '\r';
        if (c == '"')
            out += '"';
        out += c;
    }
    return quotes ? '"' + out + '"' : out;
}

std::string csvHeader()
{
    return "delivery,created,mapping,method,url,events,bytes,verdict,status,error,ms,attempts,signature,run,origin\r\n";
}

std::string csvLine(const DeliveryRow &row, const ExportOptions &options)
{
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csvField(row.id), utcText(row.created),
        csvField(row.mappingName), csvField(row.method), csvField(shownUrl(row.url, options)), row.eventCount,
        row.bodyBytes, wordOf(row.verdict), row.status == 0 ? std::string() : fmt::to_string(row.status),
        csvField(row.failure), rounded(row.durationMs), row.attempts, wordOf(row.signatureMode), row.runNumber,
        csvField(row.origin));
}

} // namespace hookbench::journal
