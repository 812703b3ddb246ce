#pragma once
// Cuts a stream into the texts of its events: lines, elements of an array, or one object. The pure half of EventReader;
// the other half parses the pieces.
#include "core/event/event_reader.h"
#include "core/event/scanner.h"

namespace hookbench::event {

/// A stretch of the stream that should be one event, or a mistake where one should be.
struct Piece
{
    std::string_view text; ///< valid until the next call of feed or next
    TextPosition position; ///< of its first byte in the stream
    std::optional<Error> mistake;
    bool fatal = false;
};

class Splitter
{
public:
    explicit Splitter(ReaderLimits limits);

    void feed(std::string_view bytes);
    void finish() { m_finished = true; }
    std::optional<Piece> next();
    Shape shape() const { return m_shape; }

private:
    enum class State {
        Start,
        FirstLine, ///< at a {: lines or a single event?
        Object, ///< inside an event of several lines
        AfterObject,
        Line,
        SkipLine, ///< a line that is too long
        FirstElement,
        Element,
        InElement,
        SkipElement, ///< an element that is too long
        AfterElement,
        AfterArray,
        End,
    };

    /// One step: a piece, or nothing with either a new state (true) or no bytes to go on with (false).
    bool step(std::optional<Piece> &piece);
    bool start(std::optional<Piece> &piece);
    bool firstLine();
    bool object(std::optional<Piece> &piece);
    bool line(std::optional<Piece> &piece);
    bool skipLine();
    bool betweenElements(std::optional<Piece> &piece);
    bool element(std::optional<Piece> &piece);
    bool skipElement(std::optional<Piece> &piece);
    bool nothingMayFollow(std::optional<Piece> &piece, std::string_view what);

    /// Bytes not consumed yet.
    std::string_view rest() const { return std::string_view(m_buffer).substr(m_start); }
    /// Moves the position over `count` bytes. Views into them stay valid until the next feed.
    void consume(std::size_t count);
    /// Consumes white space; true when something is behind it.
    bool skipWhite();
    bool secondLineIsAnEvent() const;
    Piece take(std::size_t count);
    Piece tooLong(State then);
    Piece fatal(std::string code, std::string_view what);
    /// The mistake a parser finds in what is there, of which the scanner knows that it is broken.
    Piece broken(std::size_t count);

    ReaderLimits m_limits;
    std::string m_buffer;
    std::size_t m_start = 0;
    std::size_t m_scanned = 0; ///< bytes of rest() that were looked at
    TextPosition m_position; ///< of m_start
    Scanner m_scanner;
    State m_state = State::Start;
    Shape m_shape = Shape::Unknown;
    bool m_finished = false;
};

/// An error inside a piece, with its position and words counted from the start of the stream.
Error inStream(Error error, const TextPosition &piece);

} // namespace hookbench::event
