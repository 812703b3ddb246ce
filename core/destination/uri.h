#pragma once
// The `uri` format of Segment's schema (ajv-formats 2.1.1): RFC 3986 over ASCII, more lenient in places. It takes
// mailto:x, a:b, http:// and port 99999; it refuses spaces, braces, |, bad percent escapes, non-ASCII and relative
// references.
#include <string_view>

namespace hookbench::destination {

bool isUri(std::string_view text);
/// Offset of the first byte no URI can hold (or of a bad percent escape); npos when the fault lies elsewhere. For
/// messages.
std::size_t findNonUriByte(std::string_view text);

} // namespace hookbench::destination
