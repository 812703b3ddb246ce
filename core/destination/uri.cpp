#include "core/destination/uri.h"

#include "core/destination/ip_text.h"

#include <array>
#include <cstdint>

namespace hookbench::destination {

namespace {

enum : std::uint8_t {
    Scheme = 1, // letters, digits, + - .
    Userinfo = 2, // unreserved, sub-delims, :
    Pchar = 4, // Userinfo and @
    Hex = 8,
    Alpha = 16,
    Digit = 32,
    Path = 64, // Pchar and /
    Query = 128, // Path and ?
};

constexpr std::array<std::uint8_t, 256> kClasses = [] {
    std::array<std::uint8_t, 256> classes{};
    for (int c = 'a'; c <= 'z'; ++c) {
        classes[static_cast<std::size_t>(c)] = Scheme | Userinfo | Pchar | Alpha | (c <= 'f' ? Hex : 0);
        classes[static_cast<std::size_t>(c - 'a' + 'A')] = classes[static_cast<std::size_t>(c)];
    }
    for (char c = '0'; c <= '9'; ++c)
        classes[static_cast<std::size_t>(c)] = Scheme | Userinfo | Pchar | Hex | Digit;
    for (const char c : { '+', '-', '.' })
        classes[static_cast<std::size_t>(c)] = Scheme | Userinfo | Pchar;
    for (const char c : { '_', '~', '!', '$', '&', '\'', '(', ')', '*', ',', ';', '=', ':' })
        classes[static_cast<std::size_t>(c)] = Userinfo | Pchar;
    classes[static_cast<std::size_t>('@')] = Pchar;
    for (std::uint8_t &c : classes)
        c |= (c & Pchar) != 0 ? Path | Query : 0;
    classes[static_cast<std::size_t>('/')] = Path | Query;
    classes[static_cast<std::size_t>('?')] = Query;
    return classes;
}();

bool isIn(char c, std::uint8_t characterClass)
{
    return (kClasses[static_cast<unsigned char>(c)] & characterClass) != 0;
}

bool isEscape(std::string_view text, std::size_t at)
{
    return text[at] == '%' && at + 2 < text.size() && isIn(text[at + 1], Hex) && isIn(text[at + 2], Hex);
}

/// Behind the characters of that class and escapes, from `at` on.
std::size_t skip(std::string_view text, std::size_t at, std::uint8_t characterClass)
{
    while (at < text.size()) {
        if (isIn(text[at], characterClass))
            ++at;
        else if (isEscape(text, at))
            at += 3;
        else
            break;
    }
    return at;
}

bool isIpFuture(std::string_view literal)
{
    if (literal.empty() || (literal[0] != 'v' && literal[0] != 'V'))
        return false;
    const std::size_t dot = literal.find('.');
    if (dot == std::string_view::npos || dot == 1 || dot + 1 == literal.size())
        return false;
    for (std::size_t i = 1; i < dot; ++i)
        if (!isIn(literal[i], Hex))
            return false;
    for (std::size_t i = dot + 1; i < literal.size(); ++i)
        if (!isIn(literal[i], Userinfo))
            return false;
    return true;
}

/// Behind an authority with an IP literal, "//user@[::1]:80", or npos.
std::size_t skipLiteralAuthority(std::string_view text, std::size_t at)
{
    if (at == text.size() || text[at] != '/')
        return std::string_view::npos;
    at += at + 1 < text.size() && text[at + 1] == '/' ? 2 : 1; // ajv-formats takes one slash here, RFC 3986 wants two
    const std::size_t userinfo = skip(text, at, Userinfo);
    if (userinfo < text.size() && text[userinfo] == '@')
        at = userinfo + 1;
    const std::size_t close = text.find(']', at);
    if (at == text.size() || text[at] != '[' || close == std::string_view::npos)
        return std::string_view::npos;
    const std::string_view literal = text.substr(at + 1, close - at - 1);
    if (!parseIpv6(literal) && !isIpFuture(literal))
        return std::string_view::npos;
    at = close + 1;
    if (at < text.size() && text[at] == ':') {
        ++at;
        while (at < text.size() && isIn(text[at], Digit))
            ++at;
    }
    return at == text.size() || text[at] == '/' || text[at] == '?' || text[at] == '#' ? at : std::string_view::npos;
}

} // namespace

// The schema's expression offers several shapes behind the scheme (authority and path, absolute path, rootless path).
// Its path characters include those of an authority, so together the shapes take any non-empty run of path characters
// and slashes; only an IP literal needs an authority.
bool isUri(std::string_view text)
{
    if (text.empty() || !isIn(text[0], Alpha))
        return false;
    std::size_t at = 1;
    while (at < text.size() && isIn(text[at], Scheme))
        ++at;
    if (at == text.size() || text[at] != ':')
        return false;
    const std::size_t rest = at + 1;
    at = skip(text, rest, Path);
    if (at < text.size() && text[at] == '[') {
        at = skipLiteralAuthority(text, rest);
        if (at == std::string_view::npos)
            return false;
        at = skip(text, at, Path);
    }
    if (at == rest)
        return false;
    if (at < text.size() && text[at] == '?')
        at = skip(text, at + 1, Query);
    if (at < text.size() && text[at] == '#')
        at = skip(text, at + 1, Query);
    return at == text.size();
}

std::size_t findNonUriByte(std::string_view text)
{
    std::size_t at = skip(text, 0, Query);
    while (at < text.size() && (text[at] == '#' || text[at] == '[' || text[at] == ']'))
        at = skip(text, at + 1, Query);
    return at == text.size() ? std::string_view::npos : at;
}

} // namespace hookbench::destination
