#pragma once
// FQL's words as Segment's lexer (@segment/fql-ts 1.10.1) cuts them, one at a time, faults included: most words count
// only with a terminator (white space , ] ) or the end) behind them, and looking ahead for `and` or `null` at the very
// end eats letters. Private to core/fql.
#include "core/base/result.h"
#include "core/fql/ast.h"

namespace hookbench::fql {

struct Lexeme
{
    enum class Kind {
        Ident,
        Dot,
        Operator,
        Connective,
        String,
        Number,
        Null,
        BracketLeft,
        BracketRight,
        ParenLeft,
        ParenRight,
        Comma,
        End
    };
    Kind kind = Kind::End;
    std::string value; ///< escapes undone; strings with their quotes; "eos" at the end
    SourceRange source;
    bool quoteLeftOpen = false; ///< a string whose closing quote, for want of a terminator, opens another string
    bool cutShort = false; ///< an identifier that lost letters at the end of the text
    bool escapedDot = false; ///< an identifier with \. in it
};

/// Why Segment refuses a trigger, where, and what would mend it.
struct Refusal
{
    std::string code;
    SourceRange range;
    std::string message;
    std::optional<std::string> replacement; ///< for the bytes of `range`
};

class Lexer
{
public:
    /// `text` (WTF-8) must outlive the lexer.
    explicit Lexer(std::string_view text)
        : m_text(text)
    {
    }

    /// The next word, or End. After a refusal reading may go on behind its range; what stands between the word's
    /// beginning and that range is an identifier.
    tl::expected<Lexeme, Refusal> next();
    /// Where the word read last begins.
    std::size_t wordStart() const { return m_start; }

private:
    bool atEnd() const { return m_at == m_text.size(); }
    bool atTerminator() const;
    bool accept(std::string_view word);
    Lexeme lexeme(Lexeme::Kind kind, std::string value) const;
    tl::unexpected<Refusal> refuse(Refusal refusal);
    tl::expected<Lexeme, Refusal> readString(char quote);
    tl::expected<Lexeme, Refusal> readNumber();
    tl::expected<Lexeme, Refusal> readIdentifier();
    tl::unexpected<Refusal> strayCharacter(std::size_t at, bool endsWord);
    tl::unexpected<Refusal> lonelyExclamation();

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_start = 0;
    std::size_t m_reopened = std::string_view::npos; ///< the closing quote that opens another string
    std::size_t m_firstReopened = 0; ///< the first of several such quotes in a row
};

/// From the first character of `first` to the last of `last`.
SourceRange spanning(const Lexeme &first, const Lexeme &last);
bool isLetter(char c);
bool isDigit(char c);
/// May stand inside an identifier without a backslash: a letter, a digit, _ or -.
bool isWordCharacter(char c);
/// A step of a path as it must be written: digits and - would begin a number, `and`, `or` and `null` are words of the
/// language, and everything but letters, digits, _ and - needs a backslash.
std::string escapedStep(std::string_view step);
/// `text` as one word without quotes.
std::string escapedWord(std::string_view text, bool escapeFirst);
/// A piece of FQL between typographic quotes, safe to show, shortened.
std::string inQuotes(std::string_view piece);

} // namespace hookbench::fql
