#include "core/delivery/redirect_follower.h"

#include "core/delivery/assemble.h"
#include "core/delivery/location.h"

#include <QByteArray>
#include <QString>
#include <algorithm>
#include <fmt/format.h>

namespace hookbench::delivery {

namespace {

/// The address `request` went to, with the userinfo that its Authorization header was made of.
Result<destination::Address> addressOf(const Request &request)
{
    auto address = destination::addressOf(request.url);
    if (!address)
        return address;
    address->target = QString::fromStdString(request.target).toLatin1().toStdString(); // see pointAt
    const auto made = std::find_if(
        request.headers.begin(), request.headers.end(), [](const Header &h) { return h.name == "Authorization"; });
    if (made != request.headers.end()) {
        constexpr std::string_view kBasic = "Basic ";
        address->userinfo
            = QByteArray::fromBase64(QByteArray::fromStdString(made->value.substr(kBasic.size()))).toStdString();
    }
    return address;
}

/// The Location field, unless it holds what no header value may hold: Segment's client leaves such a field out.
const Header *findLocation(const Response &response)
{
    const Header *location = findHeader(response.headers, "location");
    const auto isLegal = [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); };
    return location && std::all_of(location->value.begin(), location->value.end(), isLegal) ? location : nullptr;
}

std::chrono::duration<double, std::milli> sinceThen(const Clock &clock, Clock::SteadyTime then)
{
    return clock.steady() - then;
}

} // namespace

struct RedirectFollower::Journey
{
    RequestPtr request;
    TransportOptions options;
    Done done;
    Clock::SteadyTime begun;
    Clock::SteadyTime stepBegun;
    std::vector<Hop> redirects;

    void end(const Clock &clock, Outcome outcome)
    {
        const double lastMs = outcome.ms;
        outcome.ms = sinceThen(clock, begun).count();
        if (!redirects.empty() && !outcome.phases.empty())
            outcome.phases.insert(outcome.phases.begin(), { "redirects", std::max(0.0, outcome.ms - lastMs) });
        outcome.redirects = std::move(redirects);
        done(std::move(outcome));
    }
};

RedirectFollower::RedirectFollower(Transport &oneRequest, const Clock &clock)
    : m_oneRequest(oneRequest)
    , m_clock(clock)
{
}

void RedirectFollower::send(RequestPtr request, const TransportOptions &options, Done done)
{
    if (!options.followRedirects) {
        m_oneRequest.send(std::move(request), options, std::move(done));
        return;
    }
    auto journey = std::make_shared<Journey>();
    *journey = { std::move(request), options, std::move(done), m_clock.steady(), {}, {} };
    step(std::move(journey));
}

void RedirectFollower::step(std::shared_ptr<Journey> journey)
{
    journey->stepBegun = m_clock.steady();
    TransportOptions options = journey->options;
    const auto spent = std::chrono::floor<std::chrono::milliseconds>(journey->stepBegun - journey->begun);
    options.timeout = std::max(options.timeout - spent, std::chrono::milliseconds{ 1 });
    RequestPtr request = journey->request;
    m_oneRequest.send(std::move(request), options, [this, journey = std::move(journey)](Outcome outcome) {
        const Header *location = outcome.response ? findLocation(*outcome.response) : nullptr;
        if (outcome.failure != Failure::Redirect || !location)
            return journey->end(m_clock, std::move(outcome));
        if (journey->redirects.size() == kMaxRedirects) {
            outcome.message = fmt::format(
                "The server redirected more than {} times, last from {}.", kMaxRedirects, journey->request->url);
            return journey->end(m_clock, std::move(outcome));
        }
        auto next = followingRequest(*journey->request, outcome.status(), location->value);
        if (!next) {
            outcome.failure = Failure::Address;
            outcome.message = fmt::format("The server answered {} with a redirect that cannot be followed. {}",
                statusText(outcome.status(), outcome.response->reason), next.error().message);
            return journey->end(m_clock, std::move(outcome));
        }
        journey->redirects.push_back({ outcome.status(), journey->request->url, next->method, next->url,
            sinceThen(m_clock, journey->stepBegun).count() });
        journey->request = std::make_shared<const Request>(std::move(*next));
        step(journey);
    });
}

Result<Request> followingRequest(const Request &request, int status, std::string_view location)
{
    auto base = addressOf(request);
    if (!base)
        return fail(base.error());
    auto url = resolveLocation(*base, location);
    if (!url)
        return fail(url.error());
    auto address = destination::addressOf(*url);
    if (!address)
        return fail(address.error());
    Request next;
    next.method = request.method;
    next.headers = request.headers;
    next.signature = request.signature;
    if (auto pointed = pointAt(next, *address); !pointed)
        return fail(pointed.error());
    if (status == 303 || ((status == 301 || status == 302) && request.method == "POST")) {
        next.method = "GET";
    } else {
        next.body = request.body;
        next.hasBody = request.hasBody;
        next.signedBytes = request.signedBytes;
    }
    addClientHeaders(next, *address);
    return next;
}

} // namespace hookbench::delivery
