#include "core/delivery/outcome.h"

#include "core/base/display.h"
#include "core/http/message.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace hookbench::delivery {

namespace {

constexpr std::array<const char *, 16> kFailureNames = { "none", "http-status", "redirect", "no-final-answer",
    "timeout", "connection-closed", "refused", "host-not-found", "unreachable", "tls", "proxy", "protocol", "address",
    "cancelled", "program-ended", "other" };
static_assert(kFailureNames.size() == static_cast<std::size_t>(Failure::Other) + 1);

} // namespace

const char *failureName(Failure failure)
{
    return kFailureNames[static_cast<std::size_t>(failure)];
}

std::optional<Failure> failureFromName(std::string_view name)
{
    const auto found = std::find(kFailureNames.begin(), kFailureNames.end(), name);
    if (found == kFailureNames.end())
        return std::nullopt;
    return static_cast<Failure>(found - kFailureNames.begin());
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::vector<Phase> phasesOf(const Moments &moments, double endMs)
{
    std::vector<Phase> phases{ { "blocked", 0 } };
    double begun = 0;
    for (const auto &[name, at] : { Phase{ "connect", moments.connecting }, Phase{ "send", moments.sending },
             Phase{ "wait", moments.sent }, Phase{ "receive", moments.answering } }) {
        if (at < 0)
            continue;
        const double ended = std::clamp(at, begun, std::max(begun, endMs));
        phases.back().ms = ended - begun;
        begun = ended;
        phases.push_back({ name, 0 });
    }
    phases.back().ms = std::max(0.0, endMs - begun);
    return phases;
}

std::string statusText(int status, std::string_view reason)
{
    if (reason.empty())
        reason = http::reasonPhrase(status);
    return reason.empty() ? std::to_string(status) : fmt::format("{} {}", status, escapeForDisplay(reason));
}

Outcome outcomeOf(Response response)
{
    Outcome outcome;
    const int status = response.status;
    const std::string text = statusText(status, response.reason);
    if (status < 200) {
        outcome.failure = Failure::NoFinalAnswer;
        outcome.outcomeUnknown = true;
        outcome.message = fmt::format("The server sent the interim answer {} and no final one could be read. It may "
                                      "have acted on the request; look there before sending again.",
            text);
    } else if (isRedirect(status)) {
        const Header *location = findHeader(response.headers, "location");
        outcome.failure = Failure::Redirect;
        outcome.message = location
            ? fmt::format("The server answered {}, a redirect that was not followed.", text)
            : fmt::format("The server answered {}, a redirect that does not say where to.", text);
    } else if (status >= 300) {
        outcome.failure = Failure::HttpStatus;
        outcome.message = fmt::format("The server answered {}.", text);
    }
    outcome.response = std::move(response);
    return outcome;
}

} // namespace hookbench::delivery
