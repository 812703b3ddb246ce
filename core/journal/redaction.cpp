#include "core/journal/redaction.h"

#include "core/base/redact.h"

#include <algorithm>

namespace hookbench::journal {

namespace {

std::string percentEncoded(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("-._~").find(c) != std::string_view::npos;
        if (unreserved)
            out += c;
        else
            out.append({ '%', kHex[byte >> 4], kHex[byte & 15] });
    }
    return out;
}

void hide(std::string &text, std::string_view secret)
{
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kRedacted.size()))
        text.replace(at, secret.size(), kRedacted);
}

std::string redactedValue(std::string_view value)
{
    const std::size_t space = value.find(' ');
    const std::string_view scheme = space == std::string_view::npos ? std::string_view() : value.substr(0, space + 1);
    if (scheme == "Bearer " || scheme == "Basic " || scheme == "Digest ")
        return std::string(scheme).append(kRedacted);
    return std::string(kRedacted);
}

void redact(Headers &headers, const HeaderNames &masked, const Redaction &redaction)
{
    for (Header &header : headers)
        header.value = isSecretHeader(header.name, masked) ? redactedValue(header.value)
                                                           : withoutSecrets(std::move(header.value), redaction);
}

void setContentLength(Headers &headers, std::size_t length)
{
    for (Header &header : headers)
        if (sameHeaderName(header.name, "content-length"))
            header.value = std::to_string(length);
}

std::string redactedUrl(std::string_view url, const Redaction &redaction)
{
    return withoutSecrets(withoutUserinfo(url), redaction);
}

} // namespace

std::string withoutUserinfo(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::string(url);
    const std::size_t host = scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
    const std::size_t at = url.substr(0, end).rfind('@');
    if (at == std::string_view::npos || at < host)
        return std::string(url);
    return std::string(url.substr(0, host)).append(url.substr(at + 1));
}

std::string withoutSecrets(std::string text, const Redaction &redaction)
{
    for (const std::string &secret : redaction.secrets) {
        if (secret.size() < kShortestSecret)
            continue;
        hide(text, secret);
        if (const std::string encoded = percentEncoded(secret); encoded != secret)
            hide(text, encoded);
    }
    return text;
}

DeliveryRecord redacted(DeliveryRecord record, const Redaction &redaction)
{
    Delivery &delivery = record.delivery;
    const HeaderNames masked = withHeaderNames(redaction.maskedHeaders, delivery.maskedHeaders);
    delivery.url = redactedUrl(delivery.url, redaction);
    redact(delivery.headers, masked, redaction);
    std::string body = withoutSecrets(delivery.body, redaction);
    const bool changed = body != delivery.body;
    delivery.body = std::move(body);
    delivery.mapping.reset();
    if (changed) {
        delivery.signedBytes.reset();
        setContentLength(delivery.headers, delivery.body.size());
    }
    for (Attempt &attempt : record.attempts) {
        redact(attempt.requestHeaders, masked, redaction);
        if (changed)
            setContentLength(attempt.requestHeaders, delivery.body.size());
        redact(attempt.responseHeaders, masked, redaction);
        attempt.responseBody = withoutSecrets(std::move(attempt.responseBody), redaction);
        attempt.reason = withoutSecrets(std::move(attempt.reason), redaction);
        attempt.message = withoutSecrets(std::move(attempt.message), redaction);
        attempt.note = withoutSecrets(std::move(attempt.note), redaction);
        for (Redirect &redirect : attempt.redirects)
            redirect.url = redactedUrl(redirect.url, redaction);
    }
    return record;
}

RecordPtr alsoMasking(RecordPtr record, const HeaderNames &names)
{
    if (!record)
        return record;
    HeaderNames all = withHeaderNames(record->delivery.maskedHeaders, names);
    if (all.size() == record->delivery.maskedHeaders.size())
        return record;
    auto out = std::make_shared<DeliveryRecord>(*record);
    out->delivery.maskedHeaders = std::move(all);
    return out;
}

bool holdsSecrets(const DeliveryRecord &record, const Redaction &redaction)
{
    const HeaderNames masked = withHeaderNames(redaction.maskedHeaders, record.delivery.maskedHeaders);
    const auto hidden = [&](const std::string &text) { return withoutSecrets(text, redaction) != text; };
    const auto hiddenUrl = [&](const std::string &url) { return redactedUrl(url, redaction) != url; };
    const auto any = [&](const Headers &headers) {
        return std::any_of(headers.begin(), headers.end(),
            [&](const Header &header) { return isSecretHeader(header.name, masked) || hidden(header.value); });
    };
    return hiddenUrl(record.delivery.url) || any(record.delivery.headers) || hidden(record.delivery.body)
        || std::any_of(record.attempts.begin(), record.attempts.end(), [&](const Attempt &attempt) {
               return any(attempt.requestHeaders) || any(attempt.responseHeaders) || hidden(attempt.responseBody)
                   || hidden(attempt.reason) || hidden(attempt.message) || hidden(attempt.note)
                   || std::any_of(attempt.redirects.begin(), attempt.redirects.end(),
                       [&](const Redirect &redirect) { return hiddenUrl(redirect.url); });
           });
}

} // namespace hookbench::journal
