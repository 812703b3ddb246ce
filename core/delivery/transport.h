#pragma once
// The seam between what is sent and how: one method. One call is one attempt, one attempt is one request on the wire
// (and one more for each redirect that is followed).
//
// Threads: send() and `done` belong to the transport's own thread. `done` is called exactly once, never from inside
// send().
#include "core/delivery/outcome.h"
#include "core/delivery/request.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>

namespace hookbench::delivery {

struct TransportOptions
{
    std::chrono::milliseconds timeout{ 10'000 }; ///< total, from the call to the last byte, redirects included
    std::size_t maxResponseBytes = 10'000'000; ///< of the inflated body; the rest is neither read nor kept
    bool followRedirects = false; ///< as Segment does: 20 at most, with all headers to any host
    bool keepAlive = false; ///< false: a new connection for each request, as Segment does
    bool http2 = false; ///< let the server choose HTTP/2 (TLS only)
    bool allowSelfSigned = false; ///< accept a self-signed certificate from this one request's server
    std::string proxy; ///< empty: none, whatever the environment says; http://[user:password@]host:port or socks5://…
    std::stop_token cancel; ///< ends the attempt as Cancelled; may be requested from any thread
};

class Transport
{
public:
    using Done = std::function<void(Outcome)>;

    virtual ~Transport() = default;
    virtual void send(RequestPtr request, const TransportOptions &options, Done done) = 0;
};

} // namespace hookbench::delivery
