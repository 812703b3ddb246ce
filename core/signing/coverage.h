#pragma once
// Which bytes of a request body a signature covers. Segment signs one event: the body of a single request, and in a
// batch (a JSON array) the text of its first element, so that nothing behind that element is protected. Always found on
// the raw bytes; nothing is parsed and written again.
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace hookbench::signing {

enum class Mode {
    FirstEvent, ///< what Segment does today
    WholeBody, ///< what Segment's pull request 3989 proposes
};

/// "first-event" or "whole-body", as the command line and settings write it.
const char *modeName(Mode mode);
std::optional<Mode> modeFromName(std::string_view name);

/// A piece of a body, in bytes.
struct Coverage
{
    std::size_t offset = 0;
    std::size_t length = 0;

    std::string_view of(std::string_view body) const { return body.substr(offset, length); }
    friend bool operator==(const Coverage &, const Coverage &) = default;
};

/// Containers inside containers before a body is given up, the same as in core/json.
inline constexpr std::size_t kMaxDepth = 1024;

/// The first element of a JSON array, without the white space around it. Nothing when `body` is not one whole, valid
/// JSON text (RFC 8259, valid UTF-8, at most kMaxDepth deep), not an array, or an empty one. One pass, no allocation.
std::optional<Coverage> firstEvent(std::string_view body);

/// Every element of that array; none where firstEvent finds nothing.
std::vector<Coverage> batchEvents(std::string_view body);

/// The bytes Segment signs of a body it sends. Nothing: such a request goes out unsigned, as a batch does whose first
/// event has no data (`null`).
std::optional<Coverage> signedBytes(std::string_view body, bool batch, Mode mode);

} // namespace hookbench::signing
