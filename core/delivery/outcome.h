#pragma once
// What became of one attempt. The HTTP status decides first; only without one does the network's error. Plain values.
#include "core/base/headers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::delivery {

enum class Failure : std::uint8_t {
    None, ///< 2xx
    HttpStatus, ///< a final answer that is neither 2xx nor a redirect
    Redirect, ///< a redirect that was not followed, or one too many
    NoFinalAnswer, ///< an interim answer (1xx) and nothing else: the outcome is unknown
    Timeout, ///< the total deadline passed
    ConnectionClosed, ///< closed or reset before a whole answer
    Refused, ///< nobody listens there
    HostNotFound,
    Unreachable, ///< no route, network down
    Tls, ///< handshake or certificate
    Proxy,
    Protocol, ///< what came back is not HTTP, or its body cannot be decoded
    Address, ///< a redirect to something we do not send to
    Cancelled,
    ProgramEnded, ///< before an answer was recorded: the outcome is unknown; found when the journal is opened
    Other,
};

/// "none", "http-status", "redirect", "no-final-answer", "timeout", "connection-closed", "refused", "host-not-found",
/// "unreachable", "tls", "proxy", "protocol", "address", "cancelled", "program-ended", "other": for records and the
/// command line.
const char *failureName(Failure failure);
std::optional<Failure> failureFromName(std::string_view name);

struct Response
{
    int status = 0;
    std::string reason; ///< as the server wrote it, may be empty
    Headers headers; ///< as received
    std::string body; ///< inflated; at most the cap
    bool truncated = false; ///< `body` is not all of it: the cap, the deadline or the connection's end cut it off
    std::string note; ///< why it is not, or why it is still encoded, or what of the head is missing; for people
};

/// One redirect that was followed.
struct Hop
{
    int status = 0;
    std::string from; ///< the URL that answered, without userinfo
    std::string method; ///< of the request made because of it
    std::string url; ///< of that request, without userinfo
    double ms = 0; ///< until the redirect was answered
};

/// A part of the time of an exchange.
struct Phase
{
    std::string_view name; ///< a literal: "redirects", "blocked", "connect", "send", "wait", "receive"
    double ms = 0;
};

/// When things happened, in milliseconds since the call; negative: not told.
struct Moments
{
    double connecting = -1; ///< the name was looked up, the connection began to be made
    double sending = -1; ///< connected, TLS included; the head is on its way and the body is asked for
    double sent = -1; ///< the last byte of the request
    double answering = -1; ///< the answer's head was there
};

/// The parts of an exchange that ended after `endMs`, one after the other; together they are all of it. What begins at
/// a moment that was not told belongs to the part before: without `sending` there is only "connect".
std::vector<Phase> phasesOf(const Moments &moments, double endMs);

struct Outcome
{
    Failure failure = Failure::None;
    std::optional<Response> response; ///< the last answer, if one came
    std::string message; ///< for people: empty on success, never with userinfo in it
    /// The request, or part of it, may have reached the server, but no final answer came: it may have been acted upon.
    bool outcomeUnknown = false;
    double ms = 0; ///< from the call to the last byte, all redirects included
    Headers requestHeaders; ///< as sent in the last request, what the transport added included
    std::vector<Hop> redirects;
    std::vector<Phase> phases; ///< of `ms`, as far as they are known

    bool delivered() const { return failure == Failure::None; }
    int status() const { return response ? response->status : 0; }
};

/// 301, 302, 303, 307 and 308, the ones that can be followed.
bool isRedirect(int status);
/// An Outcome by the answer's status: 2xx delivered; 301, 302, 303, 307, 308 Redirect; below 200 NoFinalAnswer; else
/// HttpStatus.
Outcome outcomeOf(Response response);
/// "404 Not Found", safe to look at; the standard phrase when the server gave none.
std::string statusText(int status, std::string_view reason);

} // namespace hookbench::delivery
