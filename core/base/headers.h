#pragma once
// HTTP header fields in the order they stand on the wire. Names as written, values as bytes (Latin-1 on the wire).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench {

struct Header
{
    std::string name;
    std::string value;
    friend bool operator==(const Header &, const Header &) = default;
};

using Headers = std::vector<Header>;

/// ASCII case-insensitive comparison of header names.
bool sameHeaderName(std::string_view a, std::string_view b);
/// The first field of that name, or nullptr.
const Header *findHeader(const Headers &headers, std::string_view name);
/// RFC 9110 token.
bool isHeaderName(std::string_view name);
/// ASCII letters to lower case, everything else as it is.
std::string asciiLower(std::string_view text);

} // namespace hookbench
