#pragma once
// Reads HTTP/1.0 and 1.1 requests (RFC 9112) from bytes that arrive in any pieces; the same bytes give the same
// requests and the same refusal, however they were cut. Pure: no socket, no clock. Strict where leniency lets requests
// be smuggled: lines end in CR LF, no folded header lines, no white space before a colon, exactly one Content-Length,
// never together with Transfer-Encoding, exactly one Host in HTTP/1.1. Memory stays within Limits and follows what was
// sent, not what was announced.
//
// Call `parse` with the same view, which shrinks from the front, until it answers NeedsMore or Failed.
#include "core/http/message.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace hookbench::http {

struct Limits
{
    std::size_t headBytes = std::size_t{ 64 } << 10; ///< request line and headers; trailers again
    std::size_t headers = 200; ///< headers and trailers together
    std::size_t bodyBytes = std::size_t{ 64 } << 20;
};

/// Why a request is not served; the connection ends with it.
struct Refusal
{
    int status = 400;
    std::string message; ///< what was found and what was expected
    friend bool operator==(const Refusal &, const Refusal &) = default;
};

class RequestParser
{
public:
    enum class Step {
        NeedsMore, ///< all bytes were read
        Head, ///< reported once a request, before its body is read: `request()` has everything but body and trailers
        Complete, ///< `take` the request; the next `parse` starts another one
        Failed, ///< see `refusal`; no more bytes are read
    };

    explicit RequestParser(const Limits &limits = {});

    Step parse(std::string_view &bytes);

    const Request &request() const { return m_request; }
    /// The client waits for "100 Continue" before it sends the body. To be asked at Head.
    bool expectsContinue() const { return m_expectsContinue; }
    /// The finished request; makes ready for the next.
    Request take();
    const Refusal &refusal() const { return m_refusal; }
    /// Whether any byte of the current request has been read.
    bool begun() const { return m_begun; }
    /// Bytes held for the current request's body.
    std::size_t bodyBytes() const { return m_request.body.size(); }

private:
    enum class State {
        RequestLine,
        HeaderLine,
        FixedBody,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        TrailerLine,
        Complete,
        Failed
    };

    Step fail(int status, std::string message);
    bool takeLine(std::string_view &bytes, std::string_view &line);
    std::size_t lineLimit() const;
    void readRequestLine(std::string_view line);
    void readHeaderLine(std::string_view line, Headers &into);
    void finishHead();
    bool readFraming();
    bool readTransferEncoding();
    void readExpectation();
    void readChunkSize(std::string_view line);
    void readBody(std::string_view &bytes);

    Limits m_limits;
    State m_state = State::RequestLine;
    Request m_request;
    Refusal m_refusal;
    std::string m_line; ///< the beginning of a line whose end has not arrived
    bool m_lineTaken = false; ///< m_line was handed out and is over
    std::size_t m_lineBytes = 0; ///< read of the current head, trailer section or chunk size line
    std::uint64_t m_bodyLeft = 0; ///< of the body or the chunk
    std::size_t m_extensionBytes = 0; ///< of all chunk extensions
    bool m_chunked = false;
    bool m_expectsContinue = false;
    bool m_begun = false;
};

} // namespace hookbench::http
