#include "core/delivery/outcome.h"

#include "core/base/display.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace hookbench::delivery {

namespace {

constexpr std::array<const char *, 15> kFailureNames
    = { "none", "http-status", "redirect", "no-final-answer", "timeout", "connection-closed", "refused",
          "host-not-found", "unreachable", "tls", "proxy", "protocol", "address", "cancelled", "other" };
static_assert(kFailureNames.size() == static_cast<std::size_t>(Failure::Other) + 1);

struct Phrase
{
    int status;
    const char *text;
};

// IANA's registry, and the unofficial ones that Node prints too.
constexpr Phrase kPhrases[] = {
    { 100, "Continue" },
    { 101, "Switching Protocols" },
    { 102, "Processing" },
    { 103, "Early Hints" },
    { 200, "OK" },
    { 201, "Created" },
    { 202, "Accepted" },
    { 203, "Non-Authoritative Information" },
    { 204, "No Content" },
    { 205, "Reset Content" },
    { 206, "Partial Content" },
    { 207, "Multi-Status" },
    { 208, "Already Reported" },
    { 226, "IM Used" },
    { 300, "Multiple Choices" },
    { 301, "Moved Permanently" },
    { 302, "Found" },
    { 303, "See Other" },
    { 304, "Not Modified" },
    { 305, "Use Proxy" },
    { 307, "Temporary Redirect" },
    { 308, "Permanent Redirect" },
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 402, "Payment Required" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 406, "Not Acceptable" },
    { 407, "Proxy Authentication Required" },
    { 408, "Request Timeout" },
    { 409, "Conflict" },
    { 410, "Gone" },
    { 411, "Length Required" },
    { 412, "Precondition Failed" },
    { 413, "Payload Too Large" },
    { 414, "URI Too Long" },
    { 415, "Unsupported Media Type" },
    { 416, "Range Not Satisfiable" },
    { 417, "Expectation Failed" },
    { 418, "I'm a Teapot" },
    { 421, "Misdirected Request" },
    { 422, "Unprocessable Entity" },
    { 423, "Locked" },
    { 424, "Failed Dependency" },
    { 425, "Too Early" },
    { 426, "Upgrade Required" },
    { 428, "Precondition Required" },
    { 429, "Too Many Requests" },
    { 431, "Request Header Fields Too Large" },
    { 451, "Unavailable For Legal Reasons" },
    { 500, "Internal Server Error" },
    { 501, "Not Implemented" },
    { 502, "Bad Gateway" },
    { 503, "Service Unavailable" },
    { 504, "Gateway Timeout" },
    { 505, "HTTP Version Not Supported" },
    { 506, "Variant Also Negotiates" },
    { 507, "Insufficient Storage" },
    { 508, "Loop Detected" },
    { 509, "Bandwidth Limit Exceeded" },
    { 510, "Not Extended" },
    { 511, "Network Authentication Required" },
};

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
    if (reason.empty()) {
        const auto known = std::find_if(
            std::begin(kPhrases), std::end(kPhrases), [&](const Phrase &phrase) { return phrase.status == status; });
        if (known != std::end(kPhrases))
            reason = known->text;
    }
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
