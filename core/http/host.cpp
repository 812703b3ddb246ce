#include "core/http/host.h"

#include "core/base/headers.h"

#include <QHostAddress>
#include <QString>
#include <algorithm>

namespace hookbench::http {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNameCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
}

/// Four decimal numbers; no octal, no missing parts: what browsers make of any other spelling before they send it.
bool isIpv4(std::string_view name)
{
    int parts = 0;
    while (true) {
        const std::size_t dot = std::min(name.find('.'), name.size());
        const std::string_view part = name.substr(0, dot);
        if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), isDigit)
            || (part.size() > 1 && part.front() == '0') || (part.size() == 3 && part > "255"))
            return false;
        ++parts;
        if (dot == name.size())
            return parts == 4;
        name.remove_prefix(dot + 1);
    }
}

bool isIpv6(std::string_view name)
{
    QHostAddress address;
    return name.find(':') != std::string_view::npos
        && address.setAddress(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())))
        && address.protocol() == QAbstractSocket::IPv6Protocol;
}

} // namespace

std::optional<std::string> hostName(std::string_view authority)
{
    std::string name = asciiLower(authority);
    const std::size_t afterBracket = name.starts_with('[') ? name.find(']') : 0;
    if (afterBracket == std::string::npos)
        return std::nullopt;
    if (const std::size_t colon = name.find(':', afterBracket); colon != std::string::npos) {
        if (!std::all_of(name.begin() + static_cast<std::ptrdiff_t>(colon) + 1, name.end(), isDigit))
            return std::nullopt;
        name.resize(colon);
    }
    if (name.starts_with('[')) {
        name = name.substr(1, name.size() - 2);
        return isIpv6(name) ? std::optional(name) : std::nullopt;
    }
    if (!std::all_of(name.begin(), name.end(), isNameCharacter))
        return std::nullopt;
    if (name.ends_with('.'))
        name.pop_back();
    return name;
}

bool isHostAllowed(std::string_view name, std::span<const std::string> allowed)
{
    if (name == "localhost" || name.ends_with(".localhost") || isIpv4(name) || isIpv6(name))
        return true;
    return std::any_of(allowed.begin(), allowed.end(), [&](const std::string &entry) {
        const std::string wanted = asciiLower(entry);
        return wanted == "*" || (!name.empty() && wanted == name)
            || (wanted.size() > 1 && wanted.front() == '.' && name.ends_with(wanted));
    });
}

} // namespace hookbench::http
