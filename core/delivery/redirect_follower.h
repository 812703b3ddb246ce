#pragma once
// Follows redirects as Segment's client does (node-fetch 2.6.1), over any one-request Transport: 301, 302, 303, 307 and
// 308 with a Location, 20 at most; 303, and 301 and 302 after a POST, go on as a GET without body; all mapped headers,
// X-Signature and Authorization among them, go along to any host. With followRedirects off the answer is handed back as
// it is.
//
// Threads: as its transport.
#include "core/base/clock.h"
#include "core/delivery/transport.h"

namespace hookbench::delivery {

inline constexpr std::size_t kMaxRedirects = 20;

class RedirectFollower final : public Transport
{
public:
    /// Both must outlive this, and this its deliveries.
    RedirectFollower(Transport &oneRequest, const Clock &clock);
    void send(RequestPtr request, const TransportOptions &options, Done done) override;

private:
    struct Journey;
    void step(std::shared_ptr<Journey> journey);

    Transport &m_oneRequest;
    const Clock &m_clock;
};

/// The request that Segment's client makes after `request` was answered by `status` and a Location. Codes: url-…
Result<Request> followingRequest(const Request &request, int status, std::string_view location);

} // namespace hookbench::delivery
