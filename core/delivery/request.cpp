#include "core/delivery/request.h"

#include "core/base/utf8.h"
#include "core/delivery/assemble.h"
#include "core/delivery/batcher.h"
#include "core/delivery/header_rules.h"
#include "core/json/stringify.h"

#include <QByteArray>
#include <QString>
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace hookbench::delivery {

namespace {

/// Bytes above ASCII come from the Location of a redirect only; Segment's client sends them as they are.
std::string percentEncoded(std::string_view target)
{
    std::string out;
    for (const char c : target)
        if (isNonAscii(c))
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    return out;
}

std::string latin1ToUtf8(std::string_view bytes)
{
    return QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size())).toStdString();
}

/// Whether QUrl certainly leaves `target` as it is: no escapes, no dot segments, no doubled slash, nothing unusual.
bool isPlain(std::string_view target)
{
    constexpr std::string_view kPlain = "-_./~?=&:@,;+$!*()";
    const auto isPlainChar = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || kPlain.find(c) != std::string_view::npos;
    };
    return std::all_of(target.begin(), target.end(), isPlainChar) && target.find("//") == std::string_view::npos
        && target.find("/.") == std::string_view::npos;
}

void noteAddress(Request &request, const destination::Address &address)
{
    const auto note = [&](Severity severity, const char *code, std::string message) {
        request.notes.push_back({ severity, code, "/url", std::move(message) });
    };
    if (address.userinfo)
        note(Severity::Warning, "url-userinfo",
            "The user name and password in the URL become an Authorization header, as in Segment. Put them into the "
            "headers, where they are not taken for part of an address.");
    if (request.normalisedTarget)
        note(Severity::Warning, "url-normalised",
            fmt::format(
                "Segment would ask for {}; Hookbench asks for {}, since Qt normalises the address. Write it that "
                "way in the first place.",
                request.target, *request.normalisedTarget));
    if (destination::reachOf(address.hostname) == destination::Reach::Private)
        note(Severity::Info, "url-private",
            fmt::format("{} is a private address: it can be reached from here, but not by Segment.", address.hostname));
}

std::string basicAuthorization(const std::string &userinfo)
{
    return "Basic " + QByteArray::fromStdString(userinfo).toBase64().toStdString();
}

} // namespace

Result<void> pointAt(Request &request, const destination::Address &address)
{
    if (destination::reachOf(address.hostname) == destination::Reach::CloudMetadata)
        return fail("url-metadata",
            fmt::format("{} is a cloud metadata service, which hands out credentials. Hookbench does not send there.",
                address.hostname),
            "/url");
    request.scheme = address.scheme;
    request.host = address.host;
    request.target = address.target;
    request.normalisedTarget.reset();
    if (std::any_of(address.target.begin(), address.target.end(), isNonAscii)) {
        request.target = latin1ToUtf8(address.target);
        request.normalisedTarget = percentEncoded(address.target);
    }
    request.url = fmt::format("{}://{}{}", request.scheme, request.host, request.wireTarget());
    if (isPlain(address.target))
        return {};
    const std::string sent = destination::qtTargetOf(request.url);
    if (!sent.empty() && sent != request.wireTarget())
        request.normalisedTarget = sent;
    return {};
}

void addClientHeaders(Request &request, const destination::Address &address)
{
    Headers &headers = request.headers;
    std::erase_if(headers, [](const Header &header) {
        return std::find(kClientHeaders.begin(), kClientHeaders.end(), header.name) != kClientHeaders.end();
    });
    const auto add = [&](const char *name, std::string value) {
        if (!findHeader(headers, name))
            headers.push_back({ name, std::move(value) });
    };
    add("Accept", "*/*");
    if (request.method != "GET")
        add("Content-Length", std::to_string(request.body.size()));
    add("User-Agent", "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)");
    add("Accept-Encoding", "gzip,deflate");
    // Node takes an empty Host for none, and writes its own in the same place.
    const auto host = std::find_if(headers.begin(), headers.end(), [](const Header &h) { return h.name == "host"; });
    if (host != headers.end() && host->value.empty())
        *host = { "Host", address.host };
    add("Host", address.host);
    if (address.userinfo)
        add("Authorization", basicAuthorization(*address.userinfo));
}

Result<Request> assemble(Parts parts, const RequestOptions &options)
{
    auto address = destination::addressOf(parts.url);
    if (!address)
        return fail(std::move(address).error().at("/url"));
    Request request;
    request.method = parts.method;
    if (auto pointed = pointAt(request, *address); !pointed)
        return fail(pointed.error());
    noteAddress(request, *address);
    request.body = std::move(parts.body);
    request.hasBody = parts.hasBody;
    if (options.signer && parts.covered) {
        request.signature = options.signer->sign(parts.covered->of(request.body));
        request.signedBytes = parts.covered;
    }
    auto headers
        = mergeHeaders(parts.headers, { options.userAgent, request.signature, request.hasBody }, request.notes);
    if (!headers)
        return fail(headers.error());
    request.headers = std::move(*headers);
    addClientHeaders(request, *address);
    return request;
}

Result<Request> buildRequest(std::span<const destination::Payload> payloads, bool batch, const RequestOptions &options)
{
    if (payloads.empty())
        return fail("batch-empty", "There is nothing to send: no event of the batch is left.");
    const destination::Payload &first = payloads.front();
    if (batch) {
        Batch group(first, {}, {});
        for (const destination::Payload &payload : payloads)
            group.add(payload, 0);
        return buildRequest(std::move(group), options);
    }
    Parts parts{ first.url, first.method, first.headers, {}, hasData(first), std::nullopt };
    if (parts.hasBody) {
        json::stringifyTo(parts.body, *first.data);
        parts.covered = signing::Coverage{ 0, parts.body.size() };
    }
    return assemble(std::move(parts), options);
}

Result<Request> buildRequest(Batch &&batch, const RequestOptions &options)
{
    batch.m_body += ']';
    const signing::Coverage whole{ 0, batch.m_body.size() };
    const bool wholeBody = options.signatureMode == signing::Mode::WholeBody;
    return assemble({ batch.m_url, batch.m_method, batch.m_headers, std::move(batch.m_body), true,
                        wholeBody ? whole : batch.m_first },
        options);
}

} // namespace hookbench::delivery
