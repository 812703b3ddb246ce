#pragma once
// One webhook request, byte for byte as Segment's engine would send it (actions-core 3.170.0 on node-fetch 2.6.1):
// built once, then only read: preview, queue, transport and journal share it. Nothing in it is ever serialised again.
//
// Pure: no clock, no network, no QObject.
#include "core/base/headers.h"
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/destination/address.h"
#include "core/destination/payload.h"
#include "core/signing/coverage.h"
#include "core/signing/signer.h"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace hookbench::delivery {

struct Request
{
    std::string method; ///< POST, PUT or PATCH; GET after some redirects
    std::string url; ///< scheme, host and Segment's target; never userinfo or a fragment: fit for records and messages
    std::string scheme; ///< "http" or "https"
    std::string
        host; ///< the host connected to, with its port unless it is the scheme's own; the Host header may differ
    std::string target; ///< path and query as Segment writes them on the request line
    std::optional<std::string> normalisedTarget; ///< what goes on the wire instead, when QUrl insists
    /// In wire order. Lower case: mapped, or Segment's own; capitalised (Accept, Content-Length, User-Agent,
    /// Accept-Encoding, Host, Authorization): added by its HTTP client, and made anew for a redirect.
    /// Connection and Accept-Language are the transport's.
    Headers headers;
    std::string body;
    bool hasBody = false; ///< false: no body at all, Content-Length 0
    std::string
        signature; ///< of our own making, 40 hex digits; empty: none. A mapped X-Signature goes out in its place.
    std::optional<signing::Coverage> signedBytes; ///< the bytes of `body` that `signature` covers
    Issues
        notes; ///< where the mapping asked for something else than what is sent; paths begin at the mapping's settings

    /// The target that is really sent.
    const std::string &wireTarget() const { return normalisedTarget ? *normalisedTarget : target; }
};

using RequestPtr = std::shared_ptr<const Request>;

struct RequestOptions
{
    const signing::Signer *signer = nullptr; ///< null: no shared secret, nothing is signed
    signing::Mode signatureMode = signing::Mode::FirstEvent;
    std::string userAgent = "Segment (Actions)";
};

/// What Segment refuses is an Error, and nothing may be sent. A single request takes one payload; a batch takes the
/// first payload's url, method and headers and the data of all. Codes: header-name, header-value, url-… (see
/// destination/address.h), url-metadata, batch-empty.
Result<Request> buildRequest(std::span<const destination::Payload> payloads, bool batch, const RequestOptions &options);

/// Whether a header of that name frames the request itself (RFC 9112): never the user's.
bool isFraming(std::string_view name);

/// Sets url, scheme, host and both targets. Refuses cloud metadata addresses. Codes: url-…
Result<void> pointAt(Request &request, const destination::Address &address);

} // namespace hookbench::delivery
