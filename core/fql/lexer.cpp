#include "core/fql/lexer.h"

#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/json/text.h"

#include <fmt/format.h>

namespace hookbench::fql {

namespace {

/// Segment gives up on longer words, counted in UTF-16 units.
constexpr std::size_t kLongestWord = 100000;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

bool isTerminator(char c)
{
    return isSpace(c) || c == ',' || c == ']' || c == ')';
}

std::string_view characterAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    nextCodePoint(text, end);
    return text.substr(at, end - at);
}

bool isDoubleQuoteLookalike(std::int32_t c)
{
    return (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

bool isSingleQuoteLookalike(std::int32_t c)
{
    return (c >= 0x2018 && c <= 0x201B) || c == 0x2039 || c == 0x203A || c == '`';
}

std::string_view operatorMeant(std::int32_t c)
{
    return c == 0x2260 ? "!=" : c == 0x2264 ? "<=" : c == 0x2265 ? ">=" : "";
}

bool isForeignSpace(std::int32_t c)
{
    return c == 0x0B || c == 0x0C || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000
        || c == 0xFEFF;
}

Refusal tooLong(SourceRange range, std::string_view what)
{
    return { "fql-length", range,
        fmt::format(
            "This {} is longer than Segment's parser reads ({} characters). Shorten it.", what, kLongestWord - 1),
        {} };
}

/// `[0]`, `["key"]` or `['key']` at `at` as path steps that Segment reads: `.\0`, `.key`.
Refusal arrayPath(std::string_view text, std::size_t at)
{
    Refusal refusal{ "fql-array-path", { at, 1 },
        "Segment's triggers do not know brackets in a path and refuse the whole trigger. Write a dot and the step, a "
        "position with a backslash before it: properties.products.\\0.sku.",
        {} };
    const std::size_t close = text.find(']', at);
    if (close == std::string_view::npos)
        return refusal;
    std::string_view inside = text.substr(at + 1, close - at - 1);
    if (inside.size() >= 2 && (inside.front() == '"' || inside.front() == '\'') && inside.back() == inside.front())
        inside = inside.substr(1, inside.size() - 2);
    if (inside.empty() || inside.find_first_of("[]()\"' \n") != std::string_view::npos)
        return refusal;
    refusal.range.length = close + 1 - at;
    refusal.replacement = "." + escapedStep(inside);
    return refusal;
}

} // namespace

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordCharacter(char c)
{
    return isLetter(c) || isDigit(c) || c == '_' || c == '-';
}

std::string inQuotes(std::string_view piece)
{
    constexpr std::size_t kShown = 40;
    std::size_t end = 0;
    for (std::size_t shown = 0; end < piece.size() && shown < kShown; ++shown)
        nextCodePoint(piece, end);
    return fmt::format("“{}{}”", escapeForDisplay(piece.substr(0, end)), end < piece.size() ? "…" : "");
}

std::string escapedWord(std::string_view text, bool escapeFirst)
{
    std::string word;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        nextCodePoint(text, at);
        const bool plain = at - start == 1 && isWordCharacter(text[start]);
        if (!plain || (start == 0 && escapeFirst))
            word += '\\';
        word += text.substr(start, at - start);
    }
    return word;
}

std::string escapedStep(std::string_view step)
{
    const bool keyword = step == "and" || step == "or" || step == "null";
    return escapedWord(step, keyword || (!step.empty() && (isDigit(step.front()) || step.front() == '-')));
}

bool Lexer::atTerminator() const
{
    return atEnd() || isTerminator(m_text[m_at]);
}

Lexeme Lexer::lexeme(Lexeme::Kind kind, std::string value) const
{
    Lexeme result;
    result.kind = kind;
    result.value = std::move(value);
    result.source = { m_start, m_at - m_start };
    return result;
}

tl::unexpected<Refusal> Lexer::refuse(Refusal refusal)
{
    m_at = refusal.range.end();
    return tl::unexpected<Refusal>(std::move(refusal));
}

/// Reads `word` when a terminator stands behind it. Segment's lexer does not go back when it meets the end of the text
/// while looking: what stood there is lost.
bool Lexer::accept(std::string_view word)
{
    std::size_t at = m_at;
    for (std::size_t units = 0; units < word.size();) {
        if (at == m_text.size()) {
            m_at = at;
            return false;
        }
        if (isTerminator(m_text[at]))
            return false;
        units += nextCodePoint(m_text, at) > 0xFFFF ? 2 : 1;
    }
    if (m_text.substr(m_at, word.size()) != word)
        return false;
    const std::size_t end = m_at + word.size();
    if (end < m_text.size() && !isTerminator(m_text[end]))
        return false;
    m_at = end;
    return true;
}

tl::expected<Lexeme, Refusal> Lexer::next()
{
    using Kind = Lexeme::Kind;
    while (!atEnd() && isSpace(m_text[m_at]))
        ++m_at;
    m_start = m_at;
    if (atEnd())
        return lexeme(Kind::End, "eos");

    const char c = m_text[m_at++];
    switch (c) {
    case '!':
        if (!atEnd() && (isLetter(m_text[m_at]) || m_text[m_at] == '('))
            return lexeme(Kind::Operator, "!");
        if (accept("="))
            return lexeme(Kind::Operator, "!=");
        return lonelyExclamation();
    case '=':
        return lexeme(Kind::Operator, "=");
    case '<':
    case '>':
        if (accept("="))
            return lexeme(Kind::Operator, std::string{ c, '=' });
        return lexeme(Kind::Operator, std::string(1, c));
    case '"':
    case '\'':
        return readString(c);
    case '.':
        return lexeme(Kind::Dot, ".");
    case '[':
        return lexeme(Kind::BracketLeft, "[");
    case ']':
        return lexeme(Kind::BracketRight, "]");
    case ',':
        return lexeme(Kind::Comma, ",");
    case '(':
        return lexeme(Kind::ParenLeft, "(");
    case ')':
        return lexeme(Kind::ParenRight, ")");
    case 'a':
        if (accept("nd"))
            return lexeme(Kind::Connective, "and");
        return readIdentifier();
    case 'o':
        if (accept("r"))
            return lexeme(Kind::Connective, "or");
        return readIdentifier();
    case 'n':
        if (accept("ull"))
            return lexeme(Kind::Null, "null");
        return readIdentifier();
    default:
        break;
    }
    if (isLetter(c) || c == '_' || c == '\\')
        return readIdentifier();
    if (isDigit(c) || c == '-' || c == '+')
        return readNumber();
    return strayCharacter(m_start, false);
}

tl::expected<Lexeme, Refusal> Lexer::readString(char quote)
{
    const std::size_t begin = m_at;
    std::size_t end = m_text.find(quote, begin);
    const bool terminated = end != std::string_view::npos;
    end = terminated ? end : m_text.size();
    const std::string_view content = m_text.substr(begin, end - begin);
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t byte = at;
        if (nextCodePoint(content, at) < 0)
            return refuse({ "fql-encoding", { begin + byte, 1 }, "This text is not valid UTF-8. Type it again.", {} });
    }
    if (!terminated) {
        if (m_start == m_reopened) {
            const std::string_view rest = m_text.substr(m_firstReopened);
            return refuse({ "fql-space", { m_firstReopened, rest.size() },
                fmt::format("Found {} directly behind a text in quotes; Segment therefore lets the closing quote open "
                            "another text, which "
                            "never ends. Put a space behind the quote.",
                    inQuotes(rest.substr(1))),
                fmt::format("{} {}", rest.front(), rest.substr(1)) });
        }
        return refuse({ "fql-quotes", { m_start, m_text.size() - m_start },
            fmt::format(
                "The text that begins here has no closing {} quote. Add it.", quote == '"' ? "double" : "single"),
            {} });
    }
    if (json::utf16Length(content) >= kLongestWord)
        return refuse(tooLong({ m_start, end + 1 - m_start }, "text"));
    m_at = end + 1;
    Lexeme string = lexeme(Lexeme::Kind::String, std::string(m_text.substr(m_start, m_at - m_start)));
    if (!atTerminator()) {
        string.quoteLeftOpen = true;
        m_at = end;
        if (m_start != m_reopened)
            m_firstReopened = end;
        m_reopened = end;
    }
    return string;
}

tl::expected<Lexeme, Refusal> Lexer::readNumber()
{
    const auto bad = [&](std::string message) {
        while (!atEnd() && (isDigit(m_text[m_at]) || m_text[m_at] == '.'))
            ++m_at;
        return refuse({ "fql-number", { m_start, m_at - m_start }, std::move(message), {} });
    };
    bool decimal = false;
    while (!atEnd() && (isDigit(m_text[m_at]) || m_text[m_at] == '.')) {
        if (m_text[m_at++] != '.')
            continue;
        if (atTerminator())
            return bad(fmt::format("Found {}, a number that ends with its decimal point. Add a digit behind the point "
                                   "or take the point away.",
                inQuotes(m_text.substr(m_start, m_at - m_start))));
        if (decimal)
            return bad("Found a number with two decimal points. Put versions and dates in double quotes, as text.");
        decimal = true;
    }
    if (m_at - m_start > kLongestWord)
        return refuse(tooLong({ m_start, m_at - m_start }, "number"));
    return lexeme(Lexeme::Kind::Number, std::string(m_text.substr(m_start, m_at - m_start)));
}

tl::expected<Lexeme, Refusal> Lexer::readIdentifier()
{
    std::string name;
    bool escapedDot = false;
    const bool cutShort = m_at != m_start + 1; // accept() lost what stood there
    std::string_view character = m_text.substr(m_start, 1);
    while (true) {
        if (character == "\\") {
            if (atEnd())
                return refuse({ "fql-word", { m_at - 1, 1 },
                    "Found a backslash at the end; it needs a character behind it. Take it away or finish the word.",
                    {} });
            character = characterAt(m_text, m_at);
            if (character.size() > 3)
                return refuse({ "fql-word", { m_at, character.size() },
                    fmt::format("Segment cannot read {} in a word, not even behind a backslash. A field with it in its "
                                "name cannot be tested by a trigger.",
                        inQuotes(character)),
                    {} });
            std::size_t valid = 0;
            if (nextCodePoint(character, valid) < 0)
                return refuse({ "fql-encoding", { m_at, 1 }, "This text is not valid UTF-8. Type it again.", {} });
            escapedDot = escapedDot || character == ".";
            m_at += character.size();
        }
        json::appendText(name, character);
        if (atEnd() || !(isWordCharacter(m_text[m_at]) || m_text[m_at] == '\\'))
            break;
        character = m_text.substr(m_at++, 1);
    }
    if (json::utf16Length(name) >= kLongestWord)
        return refuse(tooLong({ m_start, m_at - m_start }, "word"));
    const bool ends
        = atTerminator() || m_text[m_at] == '.' || m_text[m_at] == '(' || m_text[m_at] == '=' || m_text[m_at] == '!';
    if (!ends)
        return strayCharacter(m_at, true);
    Lexeme ident = lexeme(Lexeme::Kind::Ident, std::move(name));
    ident.cutShort = cutShort;
    ident.escapedDot = escapedDot;
    return ident;
}

tl::unexpected<Refusal> Lexer::lonelyExclamation()
{
    if (!atEnd() && m_text[m_at] == '=')
        return refuse({ "fql-space", { m_start, 2 },
            "Segment reads != only with a space behind it and refuses the whole trigger otherwise. Put a space behind "
            "it.",
            "!= " });
    std::size_t behind = m_at;
    while (behind < m_text.size() && isSpace(m_text[behind]))
        ++behind;
    const std::string_view rest = m_text.substr(behind);
    Refusal refusal{ "fql-character", { m_start, 1 },
        "Found a ! on its own. FQL knows != and a ! directly before contains( or match(. Write one of them.", {} };
    if (behind > m_at && !rest.empty() && (rest.front() == '=' || isLetter(rest.front()))) {
        refusal.range.length = behind + (rest.front() == '=' ? 1 : 0) - m_start;
        refusal.replacement = rest.front() == '=' ? "!= " : "!";
    }
    return refuse(std::move(refusal));
}

/// A character that begins no word, or one that may not follow a word directly.
tl::unexpected<Refusal> Lexer::strayCharacter(std::size_t at, bool endsWord)
{
    const std::string_view character = characterAt(m_text, at);
    std::size_t decoded = 0;
    const std::int32_t codePoint = nextCodePoint(character, decoded);
    const char c = character.front();
    const std::string_view space = endsWord ? " " : "";
    if (codePoint < 0)
        return refuse({ "fql-encoding", { at, 1 }, "This text is not valid UTF-8. Type it again.", {} });
    if (c == '[')
        return refuse(arrayPath(m_text, at));
    if (c == '|' || c == '&') {
        const std::size_t length = at + 1 < m_text.size() && m_text[at + 1] == c ? 2 : 1;
        const bool spaced = at + length < m_text.size() && !isSpace(m_text[at + length]);
        const std::string_view word = c == '|' ? "or" : "and";
        return refuse({ "fql-character", { at, length },
            fmt::format("Found {}, which FQL does not know; Segment refuses the whole trigger. Write {}.",
                inQuotes(m_text.substr(at, length)), word),
            fmt::format("{}{}{}", space, word, spaced ? " " : "") });
    }
    if (c == '<' || c == '>') {
        const std::size_t length = at + 1 < m_text.size() && m_text[at + 1] == '=' ? 2 : 1;
        const bool spaced = at + length < m_text.size() && !isSpace(m_text[at + length]);
        return refuse({ "fql-space", { at, length },
            fmt::format("Found {0} directly behind a word; Segment reads only =, !=, a dot or ( there and refuses the "
                        "whole trigger. Put a space before {0}.",
                m_text.substr(at, length)),
            fmt::format(" {}{}", m_text.substr(at, length), spaced ? " " : "") });
    }
    if (c == '"' || c == '\'')
        return refuse({ "fql-space", { at, 1 },
            "Found a quote directly behind a word; Segment refuses the whole trigger. Put an operator or a space "
            "between them.",
            fmt::format(" {}", c) });
    if (c == '\r')
        return refuse({ "fql-character", { at, 1 },
            "Found a carriage return, as in text from Windows; Segment refuses the whole trigger. End lines with a "
            "line feed only.",
            " " });
    if (isDoubleQuoteLookalike(codePoint) || isSingleQuoteLookalike(codePoint))
        return refuse({ "fql-quotes", { at, character.size() },
            fmt::format(
                "Found the quotation mark {}, which FQL does not know. Use straight double quotes: \".", character),
            "\"" });
    if (const std::string_view op = operatorMeant(codePoint); !op.empty())
        return refuse({ "fql-character", { at, character.size() },
            fmt::format(
                "Found {}, which FQL does not know; Segment refuses the whole trigger. Write {}.", character, op),
            fmt::format("{}{} ", space, op) });
    if (isForeignSpace(codePoint))
        return refuse({ "fql-character", { at, character.size() },
            fmt::format(
                "Found a space of another kind (U+{:04X}); Segment refuses the whole trigger. Use a plain space.",
                codePoint),
            " " });
    if (endsWord && codePoint <= 0xFFFF)
        return refuse({ "fql-word", { at, character.size() },
            fmt::format("Found {0} in a word that is not in quotes; Segment refuses the whole trigger. Put texts in "
                        "double quotes; in the name of a field put a backslash before {0}.",
                inQuotes(character)),
            "\\" + std::string(character) });
    return refuse({ "fql-character", { at, character.size() },
        fmt::format("Found {}, which FQL does not know; Segment refuses the whole trigger. Put texts in double quotes.",
            inQuotes(character)),
        {} });
}

SourceRange spanning(const Lexeme &first, const Lexeme &last)
{
    return { first.source.offset, last.source.end() - first.source.offset };
}

} // namespace hookbench::fql
