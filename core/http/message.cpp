#include "core/http/message.h"

#include "core/base/display.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace hookbench::http {

namespace {

constexpr auto kReasons = std::to_array<std::pair<int, std::string_view>>({
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
    { 413, "Content Too Large" },
    { 414, "URI Too Long" },
    { 415, "Unsupported Media Type" },
    { 416, "Range Not Satisfiable" },
    { 417, "Expectation Failed" },
    { 418, "I'm a Teapot" },
    { 421, "Misdirected Request" },
    { 422, "Unprocessable Content" },
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
    { 510, "Not Extended" },
    { 511, "Network Authentication Required" },
});

constexpr std::array<std::string_view, 8> kFramingFields{ "connection", "content-length", "keep-alive",
    "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade" };

} // namespace

bool isFieldValue(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

std::string_view reasonPhrase(int status)
{
    const auto *found = std::lower_bound(
        kReasons.begin(), kReasons.end(), status, [](const auto &entry, int wanted) { return entry.first < wanted; });
    return found != kReasons.end() && found->first == status ? found->second : std::string_view{};
}

Result<void> check(const Response &response)
{
    if (response.status < 200 || response.status > 999)
        return fail("http-status",
            fmt::format("Status {} cannot end an exchange. Use a number from 200 to 999.", response.status));
    if (!isFieldValue(response.reason))
        return fail("http-reason", "The reason phrase holds a control character. Use one line of text.");
    for (const Header &header : response.headers) {
        const std::string shown = escapeForDisplay(header.name);
        if (!isHeaderName(header.name))
            return fail("http-header-name",
                fmt::format("\"{}\" is not a header name. Use letters, digits and hyphens, without a colon.", shown));
        if (!isFieldValue(header.value))
            return fail("http-header-value",
                fmt::format("The value of header {} holds a control character. Use one line of text.", shown));
        const std::string lower = asciiLower(header.name);
        if (std::find(kFramingFields.begin(), kFramingFields.end(), lower) != kFramingFields.end())
            return fail("http-header-framing",
                fmt::format(
                    "Header {} is set by the server, which knows the length and the connection. Leave it out.", shown));
    }
    return {};
}

bool mayHaveBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

void appendHead(std::string &out, const Response &response, int minorVersion, std::string_view date, bool keepAlive)
{
    const std::string_view reason
        = response.reason.empty() ? reasonPhrase(response.status) : std::string_view(response.reason);
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason);
    for (const Header &header : response.headers)
        fmt::format_to(std::back_inserter(out), "{}: {}\r\n", header.name, header.value);
    if (!findHeader(response.headers, "date"))
        fmt::format_to(std::back_inserter(out), "Date: {}\r\n", date);
    if (mayHaveBody(response.status))
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
    if (!keepAlive)
        out += "Connection: close\r\n";
    else if (minorVersion == 0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
}

} // namespace hookbench::http
