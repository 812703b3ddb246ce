#include "core/pipeline/resend.h"

#include "core/destination/address.h"
#include "core/signing/signer.h"

#include <QByteArray>

#include <fmt/format.h>

#include <algorithm>

namespace hookbench::pipeline {

namespace {

// Names as Segment's HTTP client writes them; the same in lower case are the mapping's own (see delivery/request.h).
constexpr std::string_view kHost = "Host";
constexpr std::string_view kLength = "Content-Length";
constexpr std::string_view kAuthorization = "Authorization";
constexpr std::string_view kSignature = "x-signature";

Header *named(Headers &headers, std::string_view name)
{
    const auto found
        = std::find_if(headers.begin(), headers.end(), [&](const Header &header) { return header.name == name; });
    return found == headers.end() ? nullptr : &*found;
}

Result<void> checkText(const Header &header)
{
    if (!isHeaderName(header.name))
        return fail("resend-header", fmt::format("\"{}\" is no name of a header.", header.name));
    const auto isControl = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20U && c != '\t') || static_cast<unsigned char>(c) == 0x7FU;
    };
    if (std::any_of(header.value.begin(), header.value.end(), isControl))
        return fail("resend-header",
            fmt::format("The value of \"{}\" holds control characters, which no header may.", header.name));
    return {};
}

/// As they go on the wire: what frames the request stays as it was recorded, and one name has one line, as when mapped.
Result<Headers> editedHeaders(const Headers &edited, const Headers &recorded)
{
    Headers headers;
    for (const Header &header : edited) {
        if (auto checked = checkText(header); !checked)
            return fail(checked.error());
        const Header *old = findHeader(recorded, header.name);
        if (delivery::isFraming(header.name) && (!old || old->value != header.value))
            return fail("resend-framing",
                fmt::format("{} frames the request itself and is written by Hookbench. {}", header.name,
                    old ? fmt::format("Put \"{}\" back, or leave the line out.", old->value)
                        : std::string("Leave it out.")));
        const auto same = std::find_if(headers.begin(), headers.end(),
            [&](const Header &other) { return sameHeaderName(other.name, header.name); });
        if (same == headers.end())
            headers.push_back({ delivery::isFraming(header.name) ? old->name : header.name, header.value });
        else if (!delivery::isFraming(header.name))
            same->value.append(", ").append(header.value);
    }
    return headers;
}

/// Another host must not be given the credentials that were made from the old address.
void followAddress(delivery::Request &request, const destination::Address &address, const std::string &oldHost)
{
    if (Header *host = named(request.headers, kHost))
        host->value = address.host;
    const auto fromUserinfo = [](const Header &header) { return header.name == kAuthorization; };
    if (address.host != oldHost || address.userinfo)
        std::erase_if(request.headers, fromUserinfo);
    if (address.userinfo && !findHeader(request.headers, kAuthorization))
        request.headers.push_back({ std::string(kAuthorization),
            "Basic " + QByteArray::fromStdString(*address.userinfo).toBase64().toStdString() });
}

/// The header follows the signature where it was of our own making; a mapped X-Signature stays, as when it was sent.
void writeSignature(delivery::Request &request, const std::string &old)
{
    Headers &headers = request.headers;
    const auto found = std::find_if(
        headers.begin(), headers.end(), [](const Header &header) { return sameHeaderName(header.name, kSignature); });
    if (found != headers.end() && !old.empty() && found->value != old)
        return;
    if (found != headers.end() && request.signature.empty()) {
        headers.erase(found);
    } else if (found != headers.end()) {
        found->value = request.signature;
    } else if (!request.signature.empty()) {
        // Before what the client adds.
        const auto client = std::find_if(headers.begin(), headers.end(), [](const Header &header) {
            return !header.name.empty() && header.name[0] >= 'A' && header.name[0] <= 'Z';
        });
        headers.insert(client, { std::string(kSignature), request.signature });
    }
}

signing::Mode modeOf(const journal::Delivery &recorded, const Resend &resend)
{
    return resend.signatureMode.value_or(recorded.signatureMode == journal::SignatureMode::WholeBody
            ? signing::Mode::WholeBody
            : signing::Mode::FirstEvent);
}

} // namespace

const char *nameOf(const Resend &resend)
{
    if (resend.method || resend.headers || resend.body)
        return "edited";
    return resend.reSign ? "re-signed" : "as-it-was";
}

Result<delivery::Request> repeat(const journal::Delivery &recorded, const Resend &resend)
{
    if (resend.method && !isHeaderName(*resend.method)) // a token, as a header's name is
        return fail("resend-method", fmt::format("\"{}\" is no HTTP method. Use POST, PUT or PATCH.", *resend.method));
    Result<Headers> headers
        = resend.headers ? editedHeaders(*resend.headers, recorded.headers) : Result<Headers>(recorded.headers);
    if (!headers)
        return fail(headers.error());
    const Result<destination::Address> old = destination::addressOf(recorded.url);
    const Result<destination::Address> address = resend.url ? destination::addressOf(*resend.url) : old;
    if (!address)
        return tl::unexpected<Error>(address.error());
    delivery::Request request;
    request.method = resend.method.value_or(recorded.method);
    request.headers = std::move(*headers);
    request.body = resend.body.value_or(recorded.body);
    request.hasBody = resend.body ? true : recorded.hasBody;
    request.signature = recorded.signature;
    if (recorded.signedBytes && !resend.body)
        request.signedBytes = signing::Coverage{ recorded.signedBytes->first, recorded.signedBytes->second };
    if (auto pointed = delivery::pointAt(request, *address); !pointed)
        return tl::unexpected<Error>(pointed.error());
    if (resend.url)
        followAddress(request, *address, old ? old->host : std::string());
    // Without it the receiver would see no body at all.
    if (Header *length = named(request.headers, kLength); !length && request.hasBody)
        request.headers.push_back({ std::string(kLength), std::to_string(request.body.size()) });
    else if (length && resend.body)
        length->value = std::to_string(request.body.size());
    if (resend.reSign) {
        request.signature.clear();
        request.signedBytes.reset();
        if (!resend.secret.empty() && request.hasBody) {
            request.signedBytes = signing::signedBytes(request.body, recorded.batch, modeOf(recorded, resend));
            if (request.signedBytes)
                request.signature = signing::Signer(resend.secret).sign(request.signedBytes->of(request.body));
        }
        writeSignature(request, recorded.signature);
    }
    return request;
}

Dispatch repeatedDispatch(const journal::Delivery &recorded, const Resend &resend, std::vector<std::uint64_t> events)
{
    Dispatch dispatch{ static_cast<std::size_t>(recorded.mappingIndex), recorded.mappingName, recorded.batch,
        std::move(events), delivery::RequestPtr(), {}, recorded.id, nameOf(resend) };
    dispatch.maskedHeaders = recorded.maskedHeaders;
    Result<delivery::Request> request = repeat(recorded, resend);
    if (request)
        dispatch.request = std::make_shared<const delivery::Request>(std::move(*request));
    else
        dispatch.request = tl::unexpected<Error>(std::move(request.error()));
    return dispatch;
}

} // namespace hookbench::pipeline
