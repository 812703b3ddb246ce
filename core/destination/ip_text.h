#pragma once
// IP addresses in the spellings that URLs take. Private to the room.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hookbench::destination {

using Ipv6 = std::array<std::uint8_t, 16>;

/// The address between the brackets of a URL, by the grammar of RFC 3986 (IPv4 at the end too, its octets with leading
/// zeros as ajv-formats takes them). No zone.
std::optional<Ipv6> parseIpv6(std::string_view text);

/// As inet_aton reads it: one to four parts, each decimal, octal (0…) or hexadecimal (0x…), the last one filling what
/// is left.
std::optional<std::uint32_t> parseIpv4(std::string_view text);

} // namespace hookbench::destination
