#include "ui/inspector/http_text.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/delivery/outcome.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/widgets/shown_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUrl>

#include <algorithm>

namespace hookbench::inspector {

const journal::Attempt *attemptAt(const journal::DeliveryRecord &record, int index)
{
    if (record.attempts.empty())
        return nullptr;
    const auto at = static_cast<std::size_t>(index);
    return index >= 0 && at < record.attempts.size() ? &record.attempts[at] : &record.attempts.back();
}

std::string headerLines(const Headers &headers, const HeaderNames &masked, bool showSecrets)
{
    std::string text;
    for (const Header &header : headers) {
        text += escapeForDisplay(header.name) + ": ";
        if (!showSecrets && isSecretHeader(header.name, masked)) {
            text += redactHeaderValue(header.value);
        } else {
            std::string value;
            for (const char c : header.value)
                appendCodePoint(value, static_cast<unsigned char>(c)); // Latin-1 on the wire
            text += escapeForDisplay(value);
        }
        text += '\n';
    }
    return text;
}

const Headers &requestHeaders(const journal::DeliveryRecord &record, int attempt)
{
    const journal::Attempt *sent = attemptAt(record, attempt);
    return sent && !sent->requestHeaders.empty() ? sent->requestHeaders : record.delivery.headers;
}

std::string requestHead(const journal::DeliveryRecord &record, int attempt, bool showSecrets)
{
    const QUrl url(QString::fromStdString(record.delivery.url));
    std::string target = url.path(QUrl::FullyEncoded).toStdString();
    if (target.empty())
        target = "/";
    if (url.hasQuery())
        target += "?" + url.query(QUrl::FullyEncoded).toStdString();
    return escapeForDisplay(record.delivery.method + " " + target) + " HTTP/1.1\n"
        + headerLines(requestHeaders(record, attempt), record.delivery.maskedHeaders, showSecrets) + "\n";
}

std::string responseHead(const journal::DeliveryRecord &record, int attempt, bool showSecrets)
{
    const journal::Attempt *answered = attemptAt(record, attempt);
    if (!answered || answered->status == 0)
        return {};
    return "HTTP/1.1 " + escapeForDisplay(delivery::statusText(answered->status, answered->reason)) + "\n"
        + headerLines(answered->responseHeaders, record.delivery.maskedHeaders, showSecrets) + "\n";
}

bool hasSecrets(const journal::DeliveryRecord &record)
{
    const auto secret
        = [&](const Header &header) { return isSecretHeader(header.name, record.delivery.maskedHeaders); };
    const auto any = [&](const Headers &headers) { return std::any_of(headers.begin(), headers.end(), secret); };
    return any(record.delivery.headers)
        || std::any_of(record.attempts.begin(), record.attempts.end(), [&](const journal::Attempt &attempt) {
               return any(attempt.requestHeaders) || any(attempt.responseHeaders);
           });
}

std::string contentTypeOf(const Headers &headers)
{
    const Header *type = findHeader(headers, "content-type");
    return type ? type->value : std::string();
}

QString bodyText(std::string_view body, bool pretty)
{
    std::string indented;
    std::string_view shown = body.substr(0, kLongestShown);
    if (pretty && body.size() <= kLongestShown)
        if (const auto value = json::parse(body))
            shown = indented = json::stringify(*value, 2);
    widgets::ShownText out;
    widgets::appendShown(out, shown, widgets::ShowSpace::AsBytes);
    if (body.size() > kLongestShown)
        out.text += QCoreApplication::translate("hookbench::deliveries", "\n\n[Showing the first 1 MB of %1 bytes]")
                        .arg(QLocale().toString(static_cast<qulonglong>(body.size())));
    return out.text;
}

QString safeText(const std::string &text)
{
    return QString::fromStdString(escapeForDisplay(text));
}

} // namespace hookbench::inspector
