#include "ui/inspector/http_text.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/delivery/outcome.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUrl>

#include <algorithm>

namespace hookbench::inspector {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hookbench::deliveries", text);
}

QString headerLines(const Headers &headers, bool showSecrets)
{
    QString text;
    for (const Header &header : showSecrets ? headers : redactHeaders(headers)) {
        std::string value;
        const bool hidden = !showSecrets && isSecretHeader(header.name);
        if (hidden)
            value = header.value;
        else
            for (const char c : header.value)
                appendCodePoint(value, static_cast<unsigned char>(c)); // Latin-1 on the wire
        text += QString::fromStdString(escapeForDisplay(header.name)) + QStringLiteral(": ")
            + QString::fromStdString(hidden ? value : escapeForDisplay(value)) + u'\n';
    }
    return text;
}

// Line by line, so that the lines of a body stay lines.
QString shown(std::string_view body)
{
    std::string text;
    for (std::size_t at = 0; at <= body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        text += escapeForDisplay(body.substr(at, end - at));
        if (end == body.size())
            break;
        text += '\n';
        at = end + 1;
    }
    return QString::fromStdString(text);
}

} // namespace

QString bodyText(std::string_view body, bool pretty)
{
    if (pretty && body.size() <= kLongestShown)
        if (const auto value = json::parse(body))
            return shown(json::stringify(*value, 2));
    if (body.size() <= kLongestShown)
        return shown(body);
    return shown(body.substr(0, kLongestShown))
        + tr("\n\n[Showing the first 1 MB of %1 bytes]").arg(QLocale().toString(static_cast<qulonglong>(body.size())));
}

QString requestText(const journal::DeliveryRecord &record, const HttpTextOptions &options)
{
    const journal::Delivery &delivery = record.delivery;
    const QUrl url(QString::fromStdString(delivery.url));
    const QString path = url.path(QUrl::FullyEncoded);
    QString text = QStringLiteral("%1 %2%3 HTTP/1.1\n")
                       .arg(QString::fromStdString(delivery.method), path.isEmpty() ? QStringLiteral("/") : path,
                           url.hasQuery() ? u'?' + url.query(QUrl::FullyEncoded) : QString());
    const Headers &headers = !record.attempts.empty() && !record.attempts.back().requestHeaders.empty()
        ? record.attempts.back().requestHeaders
        : delivery.headers;
    text += headerLines(headers, options.showSecrets) + u'\n';
    if (delivery.hasBody)
        text += bodyText(delivery.body, options.pretty);
    return text;
}

QString responseText(const journal::DeliveryRecord &record, const HttpTextOptions &options)
{
    if (record.attempts.empty() || record.attempts.back().status == 0)
        return {};
    const journal::Attempt &attempt = record.attempts.back();
    QString text
        = QStringLiteral("HTTP/1.1 %1\n")
              .arg(QString::fromStdString(escapeForDisplay(delivery::statusText(attempt.status, attempt.reason))));
    text += headerLines(attempt.responseHeaders, options.showSecrets) + u'\n'
        + bodyText(attempt.responseBody, options.pretty);
    if (attempt.responseTruncated)
        text += tr("\n\n[The response went on; this is what was kept]");
    return text;
}

bool hasSecrets(const journal::DeliveryRecord &record)
{
    const auto secret = [](const Header &header) { return isSecretHeader(header.name); };
    const auto any = [&](const Headers &headers) { return std::any_of(headers.begin(), headers.end(), secret); };
    return any(record.delivery.headers)
        || std::any_of(record.attempts.begin(), record.attempts.end(), [&](const journal::Attempt &attempt) {
               return any(attempt.requestHeaders) || any(attempt.responseHeaders);
           });
}

} // namespace hookbench::inspector
