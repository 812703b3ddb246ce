#pragma once
// From the pieces of a request to the request. Private to the room; pure.
#include "core/delivery/request.h"

#include <array>
#include <string>
#include <string_view>

namespace hookbench::delivery {

struct Parts
{
    std::string_view url;
    std::string_view method;
    json::Value headers;
    std::string body;
    bool hasBody = false;
    std::optional<signing::Coverage> covered; ///< what a secret signs
};

Result<Request> assemble(Parts parts, const RequestOptions &options);

/// The fields that Segment's HTTP client adds to each request it makes, unless they are mapped.
inline constexpr std::array<std::string_view, 6> kClientHeaders
    = { "Accept", "Content-Length", "User-Agent", "Accept-Encoding", "Host", "Authorization" };

/// Takes the client's headers out and adds them anew, for `address`.
void addClientHeaders(Request &request, const destination::Address &address);

inline bool hasData(const destination::Payload &payload)
{
    return payload.data && !payload.data->isUndefined();
}

} // namespace hookbench::delivery
