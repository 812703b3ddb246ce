#include "core/base/redact.h"

#include <algorithm>
#include <array>

namespace hookbench {

namespace {

constexpr std::string_view kHidden
    = "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"; // ••••••••

} // namespace

bool hasHeaderName(std::span<const std::string> names, std::string_view name)
{
    return std::any_of(
        names.begin(), names.end(), [&](const std::string &other) { return sameHeaderName(name, other); });
}

HeaderNames withHeaderNames(HeaderNames names, std::span<const std::string> more)
{
    for (const std::string &name : more)
        if (!hasHeaderName(names, name))
            names.push_back(name);
    return names;
}

bool isCredentialHeader(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> kAlways{ "authorization", "proxy-authorization", "cookie",
        "set-cookie" };
    return std::any_of(
        kAlways.begin(), kAlways.end(), [&](std::string_view other) { return sameHeaderName(name, other); });
}

bool isSecretHeader(std::string_view name, std::span<const std::string> masked)
{
    return isCredentialHeader(name) || hasHeaderName(masked, name);
}

std::string redactHeaderValue(std::string_view value)
{
    const std::size_t space = value.find(' ');
    const std::string_view scheme = space == std::string_view::npos ? std::string_view() : value.substr(0, space + 1);
    if (scheme == "Bearer " || scheme == "Basic " || scheme == "Digest ")
        return std::string(scheme).append(kHidden);
    return std::string(kHidden);
}

Headers redactHeaders(const Headers &headers, std::span<const std::string> masked)
{
    Headers out = headers;
    for (Header &header : out)
        if (isSecretHeader(header.name, masked))
            header.value = redactHeaderValue(header.value);
    return out;
}

std::string redactUrl(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::string(url);
    const std::size_t host = scheme + 3;
    const std::size_t authorityEnd = std::min(url.find_first_of("/?#", host), url.size());
    const std::size_t at = url.substr(0, authorityEnd).rfind('@');
    if (at == std::string_view::npos || at < host)
        return std::string(url);
    return std::string(url.substr(0, host)).append(kHidden.substr(0, 12)).append(url.substr(at));
}

} // namespace hookbench
