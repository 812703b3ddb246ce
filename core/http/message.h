#pragma once
// One HTTP/1.1 exchange as plain values. Text is bytes as on the wire; header names and their order are kept as
// written.
#include "core/base/headers.h"
#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace hookbench::http {

struct Request
{
    std::string method;
    std::string target; ///< as written: "/path?query", an absolute URL, or "*"
    int minorVersion = 1; ///< HTTP/1.x; everything above 1 is treated as 1
    Headers headers; ///< values without the white space around them
    Headers trailers; ///< behind a chunked body
    std::string body; ///< chunks put together
    bool keepAlive = true; ///< what the client asked for

    // Filled in by the server.
    std::string peer; ///< "127.0.0.1:52114" or "[::1]:52114"
    std::chrono::steady_clock::time_point begun; ///< when the first byte arrived
};

struct Response
{
    int status = 200; ///< 200 to 999
    std::string reason{}; ///< empty: the usual phrase for the status
    Headers headers{}; ///< framing fields (Content-Length, Transfer-Encoding, Connection and the like) are the server's
    std::string body{}; ///< not sent with 204 and 304, nor as an answer to HEAD
    bool close = false; ///< close the connection behind it
};

/// What a header's value may hold: everything but control characters, tab excepted (RFC 9110 5.5).
bool isFieldValue(std::string_view text);

/// "Not Found" for 404; empty for a number nobody gave a name to.
std::string_view reasonPhrase(int status);

/// Whether the server can send it: status in range, header names are tokens, no control characters in values or reason,
/// no framing fields. Error codes: http-status, http-header-name, http-header-value, http-header-framing, http-reason.
Result<void> check(const Response &response);

/// Appends the head of an answer to a client of HTTP/1.`minorVersion`, up to and with the empty line. `response` must
/// pass check; `date` is an HTTP date.
void appendHead(std::string &out, const Response &response, int minorVersion, std::string_view date, bool keepAlive);

/// Whether an answer with that status has a body at all.
bool mayHaveBody(int status);

} // namespace hookbench::http
