#include "core/delivery/location.h"

#include "core/base/display.h"
#include "core/base/headers.h"
#include "core/base/utf8.h"

#include <QString>
#include <QUrl>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace hookbench::delivery {

namespace {

// The names are those of Node's Url objects. What JavaScript has as null or undefined is nullopt.
struct Url
{
    std::string protocol; ///< lower case, with its colon; empty: none
    bool slashes = false;
    std::string auth; ///< as written; empty: none
    std::optional<std::string> host; ///< with the port
    std::optional<std::string> hostname;
    std::string pathname;
    std::optional<std::string> search; ///< with its question mark
    bool hasHash = false;

    bool isEmpty() const { return protocol.empty() && !slashes && !host && pathname.empty() && !search && !hasHash; }
};

/// http, https and the others that always have slashes, with a colon.
bool isSlashed(std::string_view protocol)
{
    constexpr std::array<std::string_view, 7> kSlashed
        = { "http:", "https:", "ftp:", "gopher:", "file:", "ws:", "wss:" };
    return std::find(kSlashed.begin(), kSlashed.end(), protocol) != kSlashed.end();
}

/// Without the white space around it; backslashes before the query become slashes.
std::string trimmed(std::string_view text)
{
    constexpr char kNoBreakSpace = '\xa0';
    const auto isSpace = [](char c) { return (static_cast<unsigned char>(c) < 33) || c == kNoBreakSpace; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    std::string out(text);
    std::replace(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(std::min(out.find_first_of("?#"), out.size())),
        '\\', '/');
    return out;
}

std::string takeProtocol(std::string &rest)
{
    const auto isProtocolChar = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '+'
            || c == '-';
    };
    const auto end = std::find_if_not(rest.begin(), rest.end(), isProtocolChar);
    if (end == rest.begin() || end == rest.end() || *end != ':')
        return {};
    std::string protocol(rest.begin(), end + 1);
    rest.erase(rest.begin(), end + 1);
    return protocol;
}

std::string percentEncodedLatin1(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (isNonAscii(c)) {
            const auto byte = static_cast<unsigned char>(c);
            out += fmt::format("%{:02X}%{:02X}", 0xc0 | byte >> 6, 0x80 | (byte & 0x3f));
        } else {
            out += c;
        }
    }
    return out;
}

Result<std::string> asciiHostname(const std::string &hostname)
{
    if (std::none_of(hostname.begin(), hostname.end(), isNonAscii))
        return asciiLower(hostname);
    const std::string ascii
        = QUrl::toAce(QString::fromLatin1(hostname.data(), static_cast<qsizetype>(hostname.size()))).toStdString();
    if (ascii.empty())
        return fail("url-invalid", "The redirect leads to a host name that cannot be written in ASCII.");
    return ascii;
}

/// Cuts userinfo, host and port off the front of `rest`.
Result<void> takeHost(Url &url, std::string &rest)
{
    std::size_t at = std::string::npos;
    std::size_t nonHost = std::string::npos;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (c == '\t') {
            rest.erase(i--, 1);
        } else if (c == '/' || c == '?' || c == '#') {
            nonHost = std::min(nonHost, i);
            break;
        } else if (c == '@') {
            at = i;
            nonHost = std::string::npos;
        } else if (std::string_view(" \"%';<>\\^`{|}").find(c) != std::string_view::npos) {
            nonHost = std::min(nonHost, i);
        }
    }
    std::size_t start = 0;
    if (at != std::string::npos) {
        url.auth = percentEncodedLatin1(rest.substr(0, at));
        start = at + 1;
    }
    std::string host = rest.substr(start, nonHost == std::string::npos ? nonHost : nonHost - start);
    rest.erase(0, nonHost);

    std::string port;
    if (const std::size_t colon = host.find_last_not_of("0123456789");
        colon != std::string::npos && host[colon] == ':') {
        port = host.substr(colon + 1);
        host.erase(colon);
    }
    const bool isIpv6 = host.size() > 1 && host.front() == '[' && host.back() == ']';
    if (!isIpv6) {
        if (const std::size_t colon = host.find(':'); colon != std::string::npos) {
            rest = "/" + host.substr(colon) + rest;
            host.erase(colon);
        }
    }
    constexpr std::size_t kLongestHostname = 255;
    if (host.size() > kLongestHostname)
        host.clear();
    const std::string_view name = isIpv6 ? std::string_view(host).substr(1, host.size() - 2) : std::string_view(host);
    if (name.find_first_of("#%/<>?@[\\]^| ") != std::string_view::npos)
        return fail(
            "url-invalid", fmt::format("The redirect leads to \"{}\", which is no host name.", escapeForDisplay(host)));
    auto ascii = asciiHostname(host);
    if (!ascii)
        return fail(ascii.error());
    url.host = port.empty() ? *ascii : *ascii + ":" + port;
    url.hostname = std::move(*ascii);
    if (isIpv6 && rest.substr(0, 1) != "/")
        rest.insert(0, 1, '/');
    return {};
}

std::string autoEscaped(std::string_view rest)
{
    constexpr std::string_view kEscaped = "\t\n\r \"'<>\\^`{|}";
    std::string out;
    for (const char c : rest)
        if (kEscaped.find(c) != std::string_view::npos)
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    return out;
}

/// url.parse(location, false, true)
Result<Url> parseUrl(std::string_view location)
{
    Url url;
    std::string rest = trimmed(location);
    const std::string protocol = takeProtocol(rest);
    url.protocol = asciiLower(protocol);
    const bool hostless = url.protocol == "javascript:";
    if (rest.substr(0, 2) == "//" && !hostless) {
        rest.erase(0, 2);
        url.slashes = true;
    }
    if (!hostless && (url.slashes || (!protocol.empty() && !isSlashed(protocol))))
        if (auto taken = takeHost(url, rest); !taken)
            return fail(taken.error());
    if (!hostless)
        rest = autoEscaped(rest);
    if (const std::size_t hash = rest.find('#'); hash != std::string::npos) {
        url.hasHash = true;
        rest.erase(hash);
    }
    if (const std::size_t query = rest.find('?'); query != std::string::npos) {
        url.search = rest.substr(query);
        rest.erase(query);
    }
    url.pathname = std::move(rest);
    if (isSlashed(url.protocol) && url.hostname && !url.hostname->empty() && url.pathname.empty())
        url.pathname = "/";
    return url;
}

std::string format(const Url &url)
{
    std::string out = url.protocol + "//";
    if (url.host && !url.host->empty()) {
        if (!url.auth.empty())
            out += url.auth + "@";
        out += *url.host;
    }
    if (!url.pathname.empty() && url.pathname.front() != '/')
        out += '/';
    return out + url.pathname + url.search.value_or(std::string());
}

using Segments = std::vector<std::string>;

Segments split(std::string_view path)
{
    Segments segments;
    if (path.empty())
        return segments;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        segments.emplace_back(path.substr(start, end - start));
        start = end + 1;
    }
    return segments;
}

std::string join(const Segments &segments)
{
    return fmt::format("{}", fmt::join(segments, "/"));
}

/// "." and ".." resolved; the result is absolute.
Segments withoutDots(Segments path)
{
    const std::string last = path.back();
    const bool trailingSlash = last == "." || last == ".." || last.empty();
    int up = 0;
    for (std::size_t i = path.size(); i-- > 0;) {
        const bool isParent = path[i] == "..";
        if (!isParent && path[i] != "." && up == 0)
            continue;
        if (isParent)
            ++up;
        else if (path[i] != ".")
            --up;
        path.erase(path.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (path.empty() || !path.front().empty())
        path.insert(path.begin(), std::string());
    if (trailingSlash && (join(path).empty() || join(path).back() != '/'))
        path.emplace_back();
    return path;
}

/// A protocol of its own and no host: the first piece of the path becomes the host.
void takeHostFromPath(Url &relative)
{
    Segments path = split(relative.pathname);
    std::string host;
    while (!path.empty() && host.empty()) {
        host = path.front();
        path.erase(path.begin());
    }
    relative.host = host;
    if (path.empty() || !path.front().empty())
        path.insert(path.begin(), std::string());
    if (path.size() < 2)
        path.insert(path.begin(), std::string());
    relative.pathname = join(path);
}

/// Url.prototype.resolveObject for a base that is http or https.
Url resolve(const Url &base, Url relative)
{
    if (relative.isEmpty())
        return base;
    if (relative.slashes && relative.protocol.empty()) {
        relative.protocol = base.protocol;
        if (!relative.hostname->empty() && relative.pathname.empty())
            relative.pathname = "/";
        return relative;
    }
    if (!relative.protocol.empty() && relative.protocol != base.protocol) {
        if (isSlashed(relative.protocol) && relative.protocol != "file:"
            && relative.host.value_or(std::string()).empty())
            takeHostFromPath(relative);
        return relative;
    }

    Url result = base;
    const bool relativeHasHost = relative.host && !relative.host->empty();
    const bool relativeIsAbsolute = relativeHasHost || relative.pathname.substr(0, 1) == "/";
    Segments path = split(base.pathname);
    if (relativeIsAbsolute) {
        if (relative.host) {
            if (result.host != relative.host)
                result.auth.clear();
            result.host = relative.host;
        }
        result.search = relative.search;
        path = split(relative.pathname);
    } else if (!relative.pathname.empty()) {
        path.pop_back();
        for (std::string &segment : split(relative.pathname))
            path.push_back(std::move(segment));
        result.search = relative.search;
    } else if (relative.search) {
        result.search = relative.search;
        return result;
    }
    if (!relative.auth.empty())
        result.auth = relative.auth;
    result.pathname = path.empty() ? std::string() : join(withoutDots(std::move(path)));
    return result;
}

std::string percentEncodedUserinfo(std::string_view userinfo)
{
    return QUrl::toPercentEncoding(
        QString::fromUtf8(userinfo.data(), static_cast<qsizetype>(userinfo.size())), "!*'():")
        .toStdString();
}

} // namespace

Result<std::string> resolveLocation(const destination::Address &base, std::string_view location)
{
    auto relative = parseUrl(location);
    if (!relative)
        return fail(relative.error());
    Url from;
    from.protocol = base.scheme + ":";
    from.slashes = true;
    if (base.userinfo)
        from.auth = percentEncodedUserinfo(*base.userinfo);
    from.hostname = base.hostname;
    from.host = base.hostname.find(':') == std::string::npos ? base.hostname : fmt::format("[{}]", base.hostname);
    if (!base.port.empty())
        *from.host += ":" + base.port;
    const std::size_t query = std::min(base.target.find('?'), base.target.size());
    from.pathname = base.target.substr(0, query);
    if (query < base.target.size())
        from.search = base.target.substr(query);
    // The client reads the result once more: a host may have come out of a path.
    auto resolved = parseUrl(format(resolve(from, std::move(*relative))));
    if (!resolved)
        return fail(resolved.error());
    return format(*resolved);
}

} // namespace hookbench::delivery
