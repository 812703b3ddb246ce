#include "core/destination/ip_text.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace hookbench::destination {

namespace {

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

template <typename Number>
std::optional<Number> parseDigits(std::string_view digits, int base)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return number;
}

/// Four octets of one to three digits, each at most 255.
std::optional<std::uint32_t> parseDottedQuad(std::string_view text)
{
    std::uint32_t address = 0;
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = part < 3 ? text.find('.') : text.size();
        if (dot == std::string_view::npos || dot > 3)
            return std::nullopt;
        const auto octet = parseDigits<unsigned>(text.substr(0, dot), 10);
        if (!octet || *octet > 255)
            return std::nullopt;
        address = address << 8 | *octet;
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return address;
}

} // namespace

std::optional<Ipv6> parseIpv6(std::string_view text)
{
    std::vector<std::uint16_t> groups;
    std::optional<std::size_t> gap; // how many groups stand before the "::"
    std::size_t at = 0;
    if (text.substr(0, 2) == "::") {
        gap = 0;
        at = 2;
    }
    while (at < text.size()) {
        if (groups.size() > 7)
            return std::nullopt;
        std::size_t end = at;
        while (end < text.size() && isHexDigit(text[end]))
            ++end;
        if (end < text.size() && text[end] == '.') {
            const auto quad = parseDottedQuad(text.substr(at));
            if (!quad)
                return std::nullopt;
            groups.push_back(static_cast<std::uint16_t>(*quad >> 16));
            groups.push_back(static_cast<std::uint16_t>(*quad & 0xffff));
            break;
        }
        const auto group = end - at <= 4 ? parseDigits<std::uint16_t>(text.substr(at, end - at), 16)
                                         : std::optional<std::uint16_t>();
        if (!group)
            return std::nullopt;
        groups.push_back(*group);
        if (end == text.size())
            break;
        if (text[end] != ':' || end + 1 == text.size())
            return std::nullopt;
        at = end + 1;
        if (text[at] == ':') {
            if (gap)
                return std::nullopt;
            gap = groups.size();
            ++at;
        }
    }
    if (gap ? groups.size() > 7 : groups.size() != 8)
        return std::nullopt;
    if (gap)
        groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(*gap), 8 - groups.size(), 0);
    Ipv6 address;
    for (std::size_t i = 0; i < 8; ++i) {
        address[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
        address[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xff);
    }
    return address;
}

std::optional<std::uint32_t> parseIpv4(std::string_view text)
{
    std::vector<std::uint32_t> parts;
    for (bool last = false; !last;) {
        const std::size_t dot = text.find('.');
        last = dot == std::string_view::npos;
        std::string_view part = text.substr(0, dot);
        int base = 10;
        if (part.size() > 2 && part[0] == '0' && (part[1] == 'x' || part[1] == 'X')) {
            base = 16;
            part.remove_prefix(2);
        } else if (part.size() > 1 && part[0] == '0') {
            base = 8;
        }
        const auto number = parseDigits<std::uint32_t>(part, base);
        if (!number || parts.size() == 4)
            return std::nullopt;
        parts.push_back(*number);
        text.remove_prefix(last ? text.size() : dot + 1);
    }
    std::uint32_t address = 0;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (parts[i] > 255)
            return std::nullopt;
        address |= parts[i] << (24 - 8 * i);
    }
    const std::uint64_t room = std::uint64_t{ 1 } << (8 * (5 - parts.size()));
    if (parts.back() >= room)
        return std::nullopt;
    return address | parts.back();
}

} // namespace hookbench::destination
