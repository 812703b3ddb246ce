#include "core/http/request_parser.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace hookbench::http {

namespace {

constexpr std::size_t kChunkSizeLine = 4096;
constexpr std::size_t kFirstReserve = std::size_t{ 1 } << 20;

bool isVisible(char c)
{
    return c > 0x20 && c < 0x7F;
}

std::string_view trimOptionalWhiteSpace(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Whether the comma-separated lists of all fields called `name` hold `token`.
bool listHolds(const Headers &headers, std::string_view name, std::string_view token)
{
    for (const Header &header : headers) {
        if (!sameHeaderName(header.name, name))
            continue;
        for (std::string_view rest = header.value; !rest.empty();) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            if (sameHeaderName(trimOptionalWhiteSpace(rest.substr(0, comma)), token))
                return true;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return false;
}

std::size_t countFields(const Headers &headers, std::string_view name)
{
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(), [&](const Header &h) { return sameHeaderName(h.name, name); }));
}

/// All of `digits` as a number that stays below 2^63 whatever is written; nothing when it is not one.
std::optional<std::uint64_t> readNumber(std::string_view digits, int base)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (end != digits.data() + digits.size() || digits.empty() || error == std::errc::invalid_argument)
        return std::nullopt;
    constexpr std::uint64_t kMost = std::uint64_t{ 1 } << 62;
    return error == std::errc::result_out_of_range ? kMost : std::min(value, kMost);
}

std::string tooLarge(std::size_t limit)
{
    return fmt::format("The body is larger than the {} bytes this server accepts.", limit);
}

} // namespace

RequestParser::RequestParser(const Limits &limits)
    : m_limits{ limits }
{
}

RequestParser::Step RequestParser::parse(std::string_view &bytes)
{
    for (;;) {
        std::string_view line;
        switch (m_state) {
        case State::RequestLine:
            if (!bytes.empty() && (m_line.empty() || m_lineTaken) && bytes.front() != '\r') {
                // A TLS handshake or other noise may never send a line feed: say so at the first byte.
                if (!isHeaderName(bytes.substr(0, 1)))
                    return fail(400, "This does not look like HTTP: a request starts with a method such as POST.");
                m_begun = true;
            }
            if (!takeLine(bytes, line))
                break;
            readRequestLine(line);
            continue;
        case State::HeaderLine:
            if (!takeLine(bytes, line))
                break;
            if (line.empty()) {
                finishHead();
                if (m_state != State::Failed)
                    return Step::Head;
            } else {
                readHeaderLine(line, m_request.headers);
            }
            continue;
        case State::FixedBody:
        case State::ChunkData:
            if (bytes.empty())
                return Step::NeedsMore;
            readBody(bytes);
            continue;
        case State::ChunkSize:
            if (!takeLine(bytes, line))
                break;
            readChunkSize(line);
            continue;
        case State::ChunkEnd:
            if (!takeLine(bytes, line))
                break;
            m_state = State::ChunkSize; // the length limit of this line leaves room for nothing but its end
            m_lineBytes = 0;
            continue;
        case State::TrailerLine:
            if (!takeLine(bytes, line))
                break;
            if (line.empty())
                m_state = State::Complete;
            else
                readHeaderLine(line, m_request.trailers);
            continue;
        case State::Complete:
            return Step::Complete;
        case State::Failed:
            return Step::Failed;
        }
        return m_state == State::Failed ? Step::Failed : Step::NeedsMore;
    }
}

Request RequestParser::take()
{
    Request finished = std::exchange(m_request, Request{});
    m_state = State::RequestLine;
    m_line.clear();
    m_lineTaken = false;
    m_lineBytes = 0;
    m_bodyLeft = 0;
    m_extensionBytes = 0;
    m_chunked = false;
    m_expectsContinue = false;
    m_begun = false;
    return finished;
}

RequestParser::Step RequestParser::fail(int status, std::string message)
{
    m_state = State::Failed;
    m_refusal = { status, std::move(message) };
    return Step::Failed;
}

/// Moves `bytes` behind the next line feed and sets `line` to what stands before CR LF, valid until the next call.
/// False when the line has not ended yet, or must not.
bool RequestParser::takeLine(std::string_view &bytes, std::string_view &line)
{
    if (std::exchange(m_lineTaken, false))
        m_line.clear();
    const std::size_t feed = bytes.find('\n');
    const bool whole = feed != std::string_view::npos;
    const std::string_view piece = bytes.substr(0, whole ? feed + 1 : bytes.size());

    m_lineBytes += piece.size();
    if (m_lineBytes > lineLimit()) {
        if (m_state == State::ChunkEnd)
            fail(400, "A chunk is longer than its size says.");
        else if (m_state == State::ChunkSize)
            fail(400, fmt::format("A chunk size line is longer than {} bytes.", kChunkSizeLine));
        else
            fail(431,
                fmt::format("The request's head is larger than the {} bytes this server accepts.", m_limits.headBytes));
        return false;
    }
    bytes.remove_prefix(piece.size());
    if (!whole) {
        m_line += piece;
        return false;
    }
    line = piece;
    if (!m_line.empty()) {
        m_line += piece;
        m_lineTaken = true;
        line = m_line;
    }
    if (!line.ends_with("\r\n")) {
        fail(400, "A line ends in LF alone. HTTP lines end in CR LF.");
        return false;
    }
    line.remove_suffix(2);
    return true;
}

std::size_t RequestParser::lineLimit() const
{
    switch (m_state) {
    case State::ChunkSize:
        return kChunkSizeLine;
    case State::ChunkEnd:
        return 2;
    default:
        return m_limits.headBytes;
    }
}

void RequestParser::readRequestLine(std::string_view line)
{
    if (line.empty())
        return; // RFC 9112 2.2: some clients send an empty line behind a body
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) {
        fail(400, "The request line needs a method, a target and a version: POST /path HTTP/1.1.");
        return;
    }
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, second - first - 1);
    const std::string_view version = line.substr(second + 1);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (!isHeaderName(method)) {
        fail(400, "The method holds a character that no method may have.");
    } else if (version.size() != 8 || !version.starts_with("HTTP/") || !isDigit(version[5]) || version[6] != '.'
        || !isDigit(version[7])) {
        fail(400, "The request line ends in no HTTP version, or has more than two spaces. Expected HTTP/1.1.");
    } else if (version[5] != '1') {
        fail(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    } else if (!std::all_of(target.begin(), target.end(), isVisible)) {
        fail(400, "The target holds a character that must be percent-encoded.");
    } else if (method == "CONNECT") {
        fail(501, "This server is no proxy.");
    } else if (!target.starts_with('/') && target != "*" && target.find("://") == std::string_view::npos) {
        fail(400, "The target is neither a path that starts with / nor an absolute URL.");
    } else {
        m_request.method = method;
        m_request.target = target;
        m_request.minorVersion = version[7] == '0' ? 0 : 1;
        m_state = State::HeaderLine;
    }
}

void RequestParser::readHeaderLine(std::string_view line, Headers &into)
{
    const std::size_t number = into.size() + 1;
    if (m_request.headers.size() + m_request.trailers.size() == m_limits.headers) {
        fail(431, fmt::format("The request has more than the {} headers this server accepts.", m_limits.headers));
        return;
    }
    if (line.front() == ' ' || line.front() == '\t') {
        fail(400, fmt::format("Header line {} starts with white space. Folded headers are not accepted.", number));
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isHeaderName(line.substr(0, colon))) {
        fail(400, fmt::format("Header line {} does not start with a name and a colon.", number));
        return;
    }
    const std::string_view value = trimOptionalWhiteSpace(line.substr(colon + 1));
    if (!isFieldValue(value)) {
        fail(400, fmt::format("The value of header line {} holds a control character.", number));
        return;
    }
    into.push_back({ std::string(line.substr(0, colon)), std::string(value) });
}

void RequestParser::finishHead()
{
    const std::size_t hosts = countFields(m_request.headers, "host");
    if (hosts > 1) {
        fail(400, "The request has more than one Host header.");
        return;
    }
    if (hosts == 0 && m_request.minorVersion > 0) {
        fail(400, "The request has no Host header, which HTTP/1.1 asks for.");
        return;
    }
    m_request.keepAlive = m_request.minorVersion == 0 ? listHolds(m_request.headers, "connection", "keep-alive")
                                                      : !listHolds(m_request.headers, "connection", "close");
    if (!readFraming())
        return;
    m_state = m_chunked ? State::ChunkSize : m_bodyLeft > 0 ? State::FixedBody : State::Complete;
    m_lineBytes = 0;
    readExpectation();
}

bool RequestParser::readFraming()
{
    const std::size_t lengths = countFields(m_request.headers, "content-length");
    const bool encoded = countFields(m_request.headers, "transfer-encoding") > 0;
    if (encoded && lengths > 0) {
        fail(400, "The request has both Content-Length and Transfer-Encoding.");
        return false;
    }
    if (encoded)
        return readTransferEncoding();
    if (lengths == 0)
        return true;
    if (lengths > 1) {
        fail(400, "The request has more than one Content-Length header.");
        return false;
    }
    const auto length = readNumber(findHeader(m_request.headers, "content-length")->value, 10);
    if (!length) {
        fail(400, "Content-Length is not a decimal number.");
        return false;
    }
    if (*length > m_limits.bodyBytes) {
        fail(413, tooLarge(m_limits.bodyBytes));
        return false;
    }
    m_bodyLeft = *length;
    return true;
}

bool RequestParser::readTransferEncoding()
{
    if (m_request.minorVersion == 0) {
        fail(400, "Transfer-Encoding does not exist in HTTP/1.0.");
        return false;
    }
    if (countFields(m_request.headers, "transfer-encoding") > 1
        || !sameHeaderName(findHeader(m_request.headers, "transfer-encoding")->value, "chunked")) {
        fail(501, "The only Transfer-Encoding this server reads is chunked.");
        return false;
    }
    m_chunked = true;
    return true;
}

void RequestParser::readExpectation()
{
    const Header *expect = findHeader(m_request.headers, "expect");
    if (!expect || m_request.minorVersion == 0)
        return;
    if (!sameHeaderName(expect->value, "100-continue"))
        fail(417, "The only expectation this server meets is 100-continue.");
    else
        m_expectsContinue = m_state != State::Complete;
}

void RequestParser::readChunkSize(std::string_view line)
{
    const std::size_t digits = std::min(line.find_first_not_of("0123456789abcdefABCDEF"), line.size());
    const auto size = readNumber(line.substr(0, digits), 16);
    const std::string_view extension = line.substr(digits);
    if (!size || (!extension.empty() && !trimOptionalWhiteSpace(extension).starts_with(';'))
        || !isFieldValue(extension)) {
        fail(400, "A chunk does not start with its size in hexadecimal.");
        return;
    }
    m_extensionBytes += extension.size();
    if (m_extensionBytes > m_limits.headBytes) {
        fail(400,
            fmt::format("The chunk extensions are larger than the {} bytes this server accepts.", m_limits.headBytes));
        return;
    }
    if (*size > m_limits.bodyBytes - m_request.body.size()) {
        fail(413, tooLarge(m_limits.bodyBytes));
        return;
    }
    m_bodyLeft = *size;
    m_lineBytes = 0;
    m_state = *size > 0 ? State::ChunkData : State::TrailerLine;
}

void RequestParser::readBody(std::string_view &bytes)
{
    std::string &body = m_request.body;
    const std::string_view piece
        = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(m_bodyLeft, bytes.size())));
    if (!m_chunked && body.size() + piece.size() > body.capacity()) {
        // A megabyte on trust, the rest once the client has shown that it means it.
        const std::size_t announced = body.size() + static_cast<std::size_t>(m_bodyLeft);
        body.reserve(body.size() + piece.size() > kFirstReserve ? announced : std::min(announced, kFirstReserve));
    }
    body += piece;
    bytes.remove_prefix(piece.size());
    m_bodyLeft -= piece.size();
    if (m_bodyLeft > 0)
        return;
    m_state = m_chunked ? State::ChunkEnd : State::Complete;
    m_lineBytes = 0;
}

} // namespace hookbench::http
