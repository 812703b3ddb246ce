#include "core/destination/address.h"

#include "core/base/headers.h"
#include "core/base/utf8.h"
#include "core/destination/ip_text.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace hookbench::destination {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// decodeURIComponent: nothing when the escapes are no UTF-8.
std::optional<std::string> decodePercent(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (findInvalidUtf8(out) != kValidUtf8)
        return std::nullopt;
    return out;
}

std::size_t defaultPort(std::string_view scheme)
{
    return scheme == "https" ? 443 : 80;
}

/// The number behind the colon, or nothing above 65535. Empty is 0.
std::optional<std::size_t> portNumber(std::string_view digits)
{
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (!digits.empty() && (error != std::errc() || end != digits.data() + digits.size() || number > 65535))
        return std::nullopt;
    return number;
}

/// What stands before the path, cut apart as Node's url.parse does it. `rest` keeps what follows.
struct Authority
{
    std::optional<std::string_view> userinfo;
    std::string_view host; ///< with its port
};

Authority takeAuthority(std::string_view &rest)
{
    // The last @ before the first / ? # ends the userinfo. % ' ; end a host: what follows is path.
    const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
    Authority authority;
    std::size_t start = 0;
    if (const std::size_t at = rest.substr(0, end).rfind('@'); at != std::string_view::npos) {
        authority.userinfo = rest.substr(0, at);
        start = at + 1;
    }
    const std::size_t hostEnd = std::min(rest.find_first_of("%';", start), end);
    authority.host = rest.substr(start, hostEnd - start);
    rest.remove_prefix(hostEnd);
    return authority;
}

/// ":80" at the end of the host, without the colon.
std::string_view takePort(std::string_view &host)
{
    const std::size_t colon = host.find_last_not_of("0123456789");
    if (colon == std::string_view::npos || host[colon] != ':')
        return {};
    const std::string_view port = host.substr(colon + 1);
    host = host.substr(0, colon);
    return port;
}

/// Path and query behind the host: a slash put in front where there is none, ' escaped, the fragment left out.
std::string targetOf(std::string_view movedFromHost, std::string_view rest)
{
    std::string target;
    rest = rest.substr(0, rest.find('#'));
    if (!movedFromHost.empty()) {
        target += '/';
        target += movedFromHost;
    } else if (rest.empty() || rest.front() != '/') {
        target += '/';
    }
    target += rest;
    for (std::size_t quote = target.find('\''); quote != std::string::npos; quote = target.find('\'', quote + 3))
        target.replace(quote, 1, "%27");
    return target;
}

struct Range
{
    std::uint32_t network;
    int bits;
};

constexpr Range kPrivateRanges[] = {
    { 0x00000000, 8 }, // "this" network
    { 0x0a000000, 8 },
    { 0x64400000, 10 }, // carrier-grade NAT
    { 0x7f000000, 8 },
    { 0xa9fe0000, 16 }, // link-local
    { 0xac100000, 12 },
    { 0xc0a80000, 16 },
};

constexpr std::uint32_t kMetadataIpv4[] = {
    0xa9fea9fe, // 169.254.169.254: AWS, Google, Azure, Oracle, DigitalOcean and others
    0xa9feaa02, // 169.254.170.2: AWS containers
    0xa9feaa17, // 169.254.170.23: AWS EKS
    0x646464c8, // 100.100.100.200: Alibaba
};

constexpr std::string_view kMetadataIpv6[] = { "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254" };

Reach reachOfIpv4(std::uint32_t address)
{
    if (std::find(std::begin(kMetadataIpv4), std::end(kMetadataIpv4), address) != std::end(kMetadataIpv4))
        return Reach::CloudMetadata;
    for (const Range &range : kPrivateRanges)
        if ((address ^ range.network) >> (32 - range.bits) == 0)
            return Reach::Private;
    return Reach::Public;
}

std::uint32_t bytesAt(const Ipv6 &address, std::size_t at)
{
    std::uint32_t bytes = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        bytes = bytes << 8 | address[i];
    return bytes;
}

Reach reachOfIpv6(const Ipv6 &address)
{
    for (const std::string_view metadata : kMetadataIpv6)
        if (parseIpv6(metadata) == address)
            return Reach::CloudMetadata;
    const bool startsWithZeros
        = std::all_of(address.begin(), address.begin() + 10, [](auto byte) { return byte == 0; });
    const std::uint32_t middle = bytesAt(address, 8) & 0xffff; // bytes 10 and 11
    const bool compatible = startsWithZeros && middle == 0; // ::a.b.c.d, with :: and ::1 among them
    const bool mapped = startsWithZeros && middle == 0xffff; // ::ffff:a.b.c.d
    const bool nat64 = bytesAt(address, 0) == 0x0064ff9b && bytesAt(address, 4) == 0 && bytesAt(address, 8) == 0;
    if (compatible || mapped || nat64)
        return reachOfIpv4(bytesAt(address, 12));
    if (address[0] == 0x20 && address[1] == 0x02) // 6to4
        return reachOfIpv4(bytesAt(address, 2));
    const bool uniqueLocal = (address[0] & 0xfe) == 0xfc;
    const bool linkLocal = address[0] == 0xfe && (address[1] & 0xc0) == 0x80;
    return uniqueLocal || linkLocal ? Reach::Private : Reach::Public;
}

bool endsWithLabel(std::string_view name, std::string_view label)
{
    return name == label || (name.ends_with(label) && name[name.size() - label.size() - 1] == '.');
}

} // namespace

std::string Address::text() const
{
    return fmt::format("{}://{}{}", scheme, host, target);
}

Result<Address> addressOf(std::string_view url)
{
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos)
        return fail("url-not-absolute", "The URL has no scheme; expected http://… or https://….");
    const std::string_view writtenScheme = url.substr(0, colon);
    Address address;
    address.scheme = asciiLower(writtenScheme);
    if (address.scheme != "http" && address.scheme != "https")
        return fail("url-not-http",
            fmt::format("The URL's scheme is {}; Segment sends to http and https only.", address.scheme));
    std::string_view rest = url.substr(colon + 1);
    if (rest.substr(0, 2) == "//")
        rest.remove_prefix(2);
    else if (writtenScheme == address.scheme) // url.parse takes HTTP:host for a host, http:host for a path
        return fail("url-not-absolute",
            fmt::format("The URL has no host: two slashes are missing. Write {}://host/path.", address.scheme));

    Authority authority = takeAuthority(rest);
    if (authority.userinfo && !authority.userinfo->empty()) {
        address.userinfo = decodePercent(*authority.userinfo);
        if (!address.userinfo)
            return fail("url-userinfo", "The user name or password in the URL has escapes that are no UTF-8 text.");
    }
    address.port = takePort(authority.host);
    std::string_view hostname = authority.host;
    std::string_view movedToPath;
    const bool bracketed = hostname.size() > 1 && hostname.front() == '[' && hostname.back() == ']';
    if (const std::size_t stray = hostname.find(':'); !bracketed && stray != std::string_view::npos) {
        movedToPath = hostname.substr(stray); // http://host:x/ is host, /:x/
        hostname = hostname.substr(0, stray);
    }
    constexpr std::size_t kLongestHostname = 255;
    if (hostname.empty() || hostname.size() > kLongestHostname)
        return fail("url-not-absolute",
            hostname.empty() ? "The URL has no host. Write http://host/path or https://host/path."
                             : "The URL's host is longer than 255 characters, which is no host.");
    const auto port = portNumber(address.port);
    if (!port)
        return fail("url-port", fmt::format("The URL's port is {}; ports go from 0 to 65535.", address.port));
    address.hostname = asciiLower(bracketed ? hostname.substr(1, hostname.size() - 2) : hostname);
    // Node brackets whatever has two colons: an IP literal of the future need not.
    const bool looksLikeIpv6 = std::count(address.hostname.begin(), address.hostname.end(), ':') > 1;
    address.host = looksLikeIpv6 ? fmt::format("[{}]", address.hostname) : address.hostname;
    if (!address.port.empty() && *port != defaultPort(address.scheme))
        address.host += ":" + address.port;
    address.target = targetOf(movedToPath, rest);
    return address;
}

std::string qtTargetOf(std::string_view url)
{
    QUrl parsed(QString::fromUtf8(url.data(), static_cast<qsizetype>(url.size())), QUrl::TolerantMode);
    if (!parsed.isValid() || parsed.host().isEmpty())
        return {};
    // As QHttpNetworkRequest::uri does for a request with an upload device.
    QUrl::FormattingOptions format
        = QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment | QUrl::FullyEncoded;
    if (parsed.path().isEmpty())
        parsed.setPath(QStringLiteral("/"));
    else
        format |= QUrl::NormalizePathSegments;
    return parsed.toEncoded(format).toStdString();
}

Reach reachOf(std::string_view hostname)
{
    if (hostname.size() > 1 && hostname.front() == '[' && hostname.back() == ']')
        hostname = hostname.substr(1, hostname.size() - 2);
    if (!hostname.empty() && hostname.back() == '.')
        hostname.remove_suffix(1);
    const std::string name = asciiLower(hostname);
    if (const auto ipv4 = parseIpv4(name))
        return reachOfIpv4(*ipv4);
    if (const auto ipv6 = parseIpv6(name))
        return reachOfIpv6(*ipv6);
    if (name == "metadata.google.internal" || name == "metadata.goog")
        return Reach::CloudMetadata;
    for (const std::string_view label : { "localhost", "local", "internal", "lan", "home.arpa" })
        if (endsWithLabel(name, label))
            return Reach::Private;
    // A name without a dot is one of the own network.
    return name.find('.') == std::string::npos ? Reach::Private : Reach::Public;
}

} // namespace hookbench::destination
