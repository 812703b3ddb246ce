#pragma once
// Where a URL leads: as Segment's engine reads it (node-fetch 2.6.1 on Node's legacy url.parse), what Qt makes of the
// same text, and whether we or Segment can go there at all.
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace hookbench::destination {

struct Address
{
    std::string scheme; ///< "http" or "https"
    std::string hostname; ///< lower case, without brackets
    std::string port; ///< as written; empty: the scheme's own
    std::string host; ///< for the Host header: brackets around IPv6, the port unless it is the scheme's own
    std::string target; ///< path and query as Segment puts them on the request line
    std::optional<std::string> userinfo; ///< decoded "user:password", which Segment turns into Authorization: Basic

    /// scheme, host and target: what messages and journals may show, without userinfo and fragment.
    std::string text() const;
};

/// `url` is one that isUri() takes. Error codes: url-not-absolute, url-not-http, url-port, url-userinfo:
/// where Segment's client throws before it connects.
Result<Address> addressOf(std::string_view url);

/// The request target that QNetworkAccessManager sends for `url`; QUrl normalises some (%41 becomes A, /a/../b becomes
/// /b).
std::string qtTargetOf(std::string_view url);

enum class Reach {
    Public,
    Private, ///< loopback, link-local, private ranges, localhost: fine for us, but Segment cannot reach it
    CloudMetadata, ///< hands out credentials: refused (169.254.169.254, fd00:ec2::254 and their other spellings)
};

/// By the text of the host alone, nothing is looked up. Takes decimal, octal and hexadecimal IPv4 spellings and IPv4
/// inside IPv6.
Reach reachOf(std::string_view hostname);

} // namespace hookbench::destination
