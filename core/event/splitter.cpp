#include "core/event/splitter.h"

#include "core/base/display.h"
#include "core/json/parse.h"

#include <fmt/format.h>

#include <algorithm>

namespace hookbench::event {

namespace {

constexpr std::string_view kWhite = " \t\r\n";
// Byte order marks of UTF-8 and UTF-16.
constexpr std::string_view kMarks[] = { "\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF" };

std::string where(const TextPosition &position)
{
    return fmt::format("Line {}, column {} (byte {}): ", position.line, position.column, position.offset);
}

Error mistakeAt(std::string code, std::string_view what, const TextPosition &position)
{
    return { std::move(code), where(position) + std::string(what), {}, position };
}

/// The first code point of `text`, fit for a message.
std::string firstOf(std::string_view text)
{
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        ++length;
    return escapeForDisplay(text.substr(0, length));
}

} // namespace

Error inStream(Error error, const TextPosition &piece)
{
    if (!error.position)
        return error;
    TextPosition inside = *error.position;
    const std::string prefix = where(inside);
    if (inside.line == 1)
        inside.column += piece.column - 1;
    inside.line += piece.line - 1;
    inside.offset += piece.offset;
    error.position = inside;
    if (error.message.starts_with(prefix))
        error.message.replace(0, prefix.size(), where(inside));
    return error;
}

Splitter::Splitter(ReaderLimits limits)
    : m_limits(limits)
{
}

void Splitter::feed(std::string_view bytes)
{
    m_buffer.erase(0, m_start);
    m_start = 0;
    m_buffer += bytes;
}

std::optional<Piece> Splitter::next()
{
    std::optional<Piece> piece;
    while (!piece && m_state != State::End && step(piece)) { }
    return piece;
}

bool Splitter::step(std::optional<Piece> &piece)
{
    switch (m_state) {
    case State::Start:
        return start(piece);
    case State::FirstLine:
        return firstLine();
    case State::Object:
        return object(piece);
    case State::AfterObject:
        return nothingMayFollow(piece, "the event");
    case State::Line:
        return line(piece);
    case State::SkipLine:
        return skipLine();
    case State::FirstElement:
    case State::Element:
    case State::AfterElement:
        return betweenElements(piece);
    case State::InElement:
        return element(piece);
    case State::SkipElement:
        return skipElement(piece);
    case State::AfterArray:
        return nothingMayFollow(piece, "the array");
    case State::End:
        break;
    }
    return false;
}

bool Splitter::start(std::optional<Piece> &piece)
{
    if (m_position.offset == 0) {
        const std::string_view bytes = rest();
        for (const std::string_view mark : kMarks) {
            if (bytes.starts_with(mark)) {
                piece = fatal("event-bom",
                    "found a byte order mark, expected JSON. Save the file as UTF-8 without one (\"UTF-8, no BOM\").");
                return true;
            }
            if (!m_finished && mark.starts_with(bytes))
                return false;
        }
    }
    if (!skipWhite()) {
        if (m_finished)
            m_state = State::End;
        return false;
    }
    if (rest().front() == '[') {
        m_shape = Shape::Array;
        consume(1);
        m_state = State::FirstElement;
    } else if (rest().front() == '{') {
        m_state = State::FirstLine;
    } else {
        m_shape = Shape::Lines;
        m_state = State::Line;
    }
    return true;
}

/// A first line that holds a whole object, or is broken in itself, makes it a stream of lines. One that only stops in
/// the middle of an object may be the first line of a single event, or a line that was cut off.
bool Splitter::firstLine()
{
    const std::string_view bytes = rest();
    const std::size_t end = bytes.find('\n', m_scanned);
    if (end == std::string_view::npos && !m_finished && bytes.size() <= m_limits.eventBytes) {
        m_scanned = bytes.size();
        return false;
    }
    m_scanned = 0;
    m_scanner.reset();
    if (end != std::string_view::npos
        && m_scanner.scan(bytes.substr(0, end + 1), m_scanned) == Scanner::Verdict::More) {
        m_state = State::Object;
        return true;
    }
    m_scanned = 0;
    m_shape = Shape::Lines;
    m_state = State::Line;
    return true;
}

bool Splitter::object(std::optional<Piece> &piece)
{
    const std::string_view bytes = rest();
    const Scanner::Verdict verdict = m_scanner.scan(bytes, m_scanned);
    // An object that starts a line where none may start: the lines are events, and one before was cut off.
    const std::size_t lineStart = bytes.rfind('\n', m_scanned) + 1;
    const bool brokenByAnEvent = verdict == Scanner::Verdict::Broken && bytes[m_scanned] == '{'
        && bytes.find_first_not_of(kWhite, lineStart) == m_scanned;
    if (brokenByAnEvent || (verdict == Scanner::Verdict::More && m_finished && secondLineIsAnEvent())) {
        m_scanned = 0;
        m_shape = Shape::Lines;
        m_state = State::Line;
        return true;
    }
    if (verdict == Scanner::Verdict::Broken) {
        piece = broken(m_scanned + 1);
    } else if (m_scanned > m_limits.eventBytes) {
        piece = tooLong(State::End);
        piece->fatal = true;
    } else if (verdict == Scanner::Verdict::Complete) {
        m_state = State::AfterObject;
        piece = take(m_scanned);
    } else if (m_finished) {
        piece = broken(bytes.size());
    } else {
        return false;
    }
    m_shape = Shape::Single;
    return true;
}

bool Splitter::secondLineIsAnEvent() const
{
    const std::string_view bytes = rest();
    const std::size_t begin = bytes.find_first_not_of(kWhite, std::min(bytes.find('\n'), bytes.size()));
    if (begin == std::string_view::npos)
        return false;
    const std::string_view second = bytes.substr(begin, bytes.find('\n', begin) - begin);
    const Result<json::Document> event = json::parse(second, { m_limits.depth, m_limits.eventBytes });
    return event && event->root().isObject();
}

bool Splitter::line(std::optional<Piece> &piece)
{
    const std::string_view bytes = rest();
    const std::size_t newline = bytes.find('\n', m_scanned);
    const std::size_t end = std::min(newline, bytes.size());
    if (end > m_limits.eventBytes) {
        m_scanned = 0;
        piece = tooLong(State::SkipLine);
        return true;
    }
    if (newline == std::string_view::npos && !m_finished) {
        m_scanned = bytes.size();
        return false;
    }
    m_scanned = 0;
    const std::string_view text = bytes.substr(0, end);
    const std::size_t begin = text.find_first_not_of(kWhite);
    if (begin != std::string_view::npos) {
        consume(begin);
        const std::size_t length = text.find_last_not_of(kWhite) + 1 - begin;
        piece = take(length);
        consume(end - begin - length);
    } else {
        consume(end);
    }
    if (newline == std::string_view::npos)
        m_state = State::End;
    else
        consume(1);
    return true;
}

bool Splitter::skipLine()
{
    const std::size_t newline = rest().find('\n');
    if (newline == std::string_view::npos) {
        consume(rest().size());
        if (m_finished)
            m_state = State::End;
        return false;
    }
    consume(newline + 1);
    m_state = State::Line;
    return true;
}

bool Splitter::betweenElements(std::optional<Piece> &piece)
{
    if (!skipWhite()) {
        if (!m_finished)
            return false;
        piece = fatal("json-syntax", "the array of events is cut off, expected its \"]\".");
        return true;
    }
    const char c = rest().front();
    if (m_state == State::AfterElement ? c == ',' || c == ']' : c == ']' && m_state == State::FirstElement) {
        consume(1);
        m_state = c == ',' ? State::Element : State::AfterArray;
        return true;
    }
    if (m_state == State::AfterElement) {
        piece = fatal(
            "json-syntax", fmt::format("found \"{}\", expected \",\" or \"]\" after an event.", firstOf(rest())));
        return true;
    }
    m_scanner.reset();
    m_scanned = 0;
    if (c == ',' || c == ':' || c == ']' || c == '}') {
        piece = fatal("json-syntax", fmt::format("found \"{}\", expected an event.", c));
        return true;
    }
    m_state = State::InElement;
    return true;
}

bool Splitter::element(std::optional<Piece> &piece)
{
    const std::string_view bytes = rest();
    const Scanner::Verdict verdict = m_scanner.scan(bytes, m_scanned);
    if (verdict == Scanner::Verdict::Broken) {
        piece = broken(m_scanned + 1);
    } else if (m_scanned > m_limits.eventBytes) {
        const std::size_t seen = m_scanned;
        piece = tooLong(verdict == Scanner::Verdict::Complete ? State::AfterElement : State::SkipElement);
        consume(seen);
        m_scanned = 0;
    } else if (verdict == Scanner::Verdict::Complete || (m_finished && m_scanner.endsHere())) {
        m_state = State::AfterElement;
        piece = take(m_scanned);
    } else if (m_finished) {
        piece = broken(bytes.size());
    }
    return piece.has_value();
}

bool Splitter::skipElement(std::optional<Piece> &piece)
{
    std::size_t at = 0;
    const Scanner::Verdict verdict = m_scanner.scan(rest(), at);
    consume(at);
    if (verdict == Scanner::Verdict::Complete) {
        m_state = State::AfterElement;
        return true;
    }
    if (verdict == Scanner::Verdict::Broken)
        piece = fatal("json-syntax", fmt::format("found \"{}\" where no JSON can have it.", firstOf(rest())));
    else if (m_finished)
        piece = fatal("json-syntax", "the array of events is cut off, expected its \"]\".");
    return piece.has_value();
}

bool Splitter::nothingMayFollow(std::optional<Piece> &piece, std::string_view what)
{
    if (skipWhite()) {
        piece = fatal("event-trailing",
            fmt::format(
                "found \"{}\" after the end of {}. Write one event per line (NDJSON), or all of them into one array.",
                firstOf(rest()), what));
        return true;
    }
    if (m_finished)
        m_state = State::End;
    return false;
}

void Splitter::consume(std::size_t count)
{
    const std::string_view bytes = rest().substr(0, count);
    std::size_t lineStart = 0;
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', lineStart)) {
        ++m_position.line;
        m_position.column = 1;
        lineStart = at + 1;
    }
    m_position.column += static_cast<std::size_t>(std::count_if(bytes.begin() + static_cast<std::ptrdiff_t>(lineStart),
        bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    m_position.offset += bytes.size();
    m_start += bytes.size();
}

bool Splitter::skipWhite()
{
    const std::string_view bytes = rest();
    consume(std::min(bytes.find_first_not_of(kWhite), bytes.size()));
    return !rest().empty();
}

Piece Splitter::take(std::size_t count)
{
    Piece piece{ rest().substr(0, count), m_position, std::nullopt, false };
    consume(count);
    m_scanned = 0;
    return piece;
}

Piece Splitter::tooLong(State then)
{
    m_state = then;
    return { {}, m_position,
        mistakeAt("event-too-long",
            fmt::format("the event that starts here is longer than {} bytes, the limit for one event. Make it smaller; "
                        "Segment itself "
                        "takes 32 KB.",
                m_limits.eventBytes),
            m_position),
        false };
}

Piece Splitter::fatal(std::string code, std::string_view what)
{
    m_state = State::End;
    return { {}, m_position, mistakeAt(std::move(code), what, m_position), true };
}

Piece Splitter::broken(std::size_t count)
{
    const std::string_view text = rest().substr(0, count);
    const Result<json::Document> parsed
        = json::parse(text, { m_limits.depth, std::max(m_limits.eventBytes, text.size()) });
    m_state = State::End;
    const Error mistake
        = parsed ? Error{ "json-syntax", where({}) + "this is not JSON.", {}, TextPosition{} } : parsed.error();
    return { text, m_position, inStream(mistake, m_position), true };
}

} // namespace hookbench::event
