#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/destination/formats/hcl.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QString>

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <unordered_set>

namespace hookbench::destination::hcl {

namespace {

using json::Value;
using Kind = Expression::Kind;

constexpr std::size_t kLongestPlaceholder = 200;
/// Each looks for its end on its own; deeper ones would look at the same lines again and again.
constexpr std::size_t kMaxHeredocsInside = 8;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool continuesName(char c)
{
    return startsName(c) || isDigit(c) || c == '-';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

std::string normalised(std::string text)
{
    const bool ascii
        = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii ? text : QString::fromStdString(text).normalized(QString::NormalizationForm_C).toStdString();
}

} // namespace

/// Recursive descent over bytes that are known to be UTF-8. What is false has put its reason into m_error.
class Parser
{
public:
    Parser(std::string_view text, File &file)
        : m_text(text)
        , m_file(file)
    {
    }

    std::optional<Error> run()
    {
        if (m_text.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
        body(m_file.body, false);
        return std::move(m_error);
    }

private:
    struct Level
    {
        explicit Level(std::size_t &depth)
            : m_depth(depth)
        {
            ++m_depth;
        }
        ~Level() { --m_depth; }
        Level(const Level &) = delete;
        Level &operator=(const Level &) = delete;
        std::size_t &m_depth;
    };

    /// While it lives, line feeds are white space (or, inside an object, are not).
    struct Newlines
    {
        Newlines(Parser &parser, bool ignored)
            : m_parser(parser)
            , m_before(parser.m_ignoreNewlines)
        {
            parser.m_ignoreNewlines = ignored;
        }
        ~Newlines() { m_parser.m_ignoreNewlines = m_before; }
        Newlines(const Newlines &) = delete;
        Newlines &operator=(const Newlines &) = delete;
        Parser &m_parser;
        bool m_before;
    };

    /// A template's text as it grows.
    struct Template
    {
        std::string text;
        std::size_t parts = 0; ///< interpolations
        Expression only; ///< the last of them
        bool hasText = false;
        bool hasDirectives = false;
        bool trimNext = false; ///< behind "~}"
    };

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool looksAt(std::string_view word) const { return m_text.compare(m_at, word.size(), word) == 0; }

    bool failAt(std::size_t offset, const char *code, const std::string &sentence)
    {
        const TextPosition position = json::positionAt(m_text, std::min(offset, m_text.size()));
        m_error = Error{ code, fmt::format("Line {}, column {}: {}", position.line, position.column, sentence), {},
            position };
        return false;
    }

    bool expected(std::string_view what)
    {
        std::string found = "the end of the text";
        if (!atEnd()) {
            std::size_t end = m_at;
            nextCodePoint(m_text, end);
            found = m_text[m_at] == '\n'
                ? "the end of the line"
                : "\xE2\x80\x9C" + escapeForDisplay(m_text.substr(m_at, end - m_at)) + "\xE2\x80\x9D";
        }
        return failAt(m_at, "hcl-syntax", fmt::format("found {}, expected {}.", found, what));
    }

    bool tooDeep() { return m_depth > kMaxDepth; }
    bool failDepth()
    {
        return failAt(m_at, "hcl-depth", fmt::format("nested deeper than {} levels. Flatten it.", kMaxDepth));
    }

    /// Over blanks and comments; over line feeds when `newlines`.
    bool skip(bool newlines)
    {
        while (!atEnd()) {
            const char c = m_text[m_at];
            if (isBlank(c) || (newlines && c == '\n')) {
                ++m_at;
            } else if (c == '#' || looksAt("//")) {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (looksAt("/*")) {
                const std::size_t end = m_text.find("*/", m_at + 2);
                if (end == std::string_view::npos)
                    return failAt(m_at, "hcl-syntax", "this comment has no end. Close it with */.");
                m_at = end + 2;
            } else {
                break;
            }
        }
        return true;
    }
    bool skip() { return skip(m_ignoreNewlines); }

    std::string_view name()
    {
        const std::size_t begin = m_at;
        while (!atEnd() && continuesName(m_text[m_at]))
            ++m_at;
        return m_text.substr(begin, m_at - begin);
    }

    bool take(char c, std::string_view what)
    {
        if (!skip())
            return false;
        if (peek() != c || atEnd())
            return expected(what);
        ++m_at;
        return true;
    }

    // Bodies

    bool body(Block &block, bool braced)
    {
        const Level level(m_depth);
        if (tooDeep())
            return failDepth();
        std::unordered_set<std::string_view> names;
        for (;;) {
            if (!skip(true))
                return false;
            if (atEnd())
                return !braced
                    || expected("\xE2\x80\x9C}\xE2\x80\x9D, the end of the block that begins on line "
                        + std::to_string(json::positionAt(m_text, block.offset).line));
            if (braced && peek() == '}') {
                ++m_at;
                return true;
            }
            if (!startsName(peek()))
                return expected("a name, of a block or an argument");
            const std::size_t begin = m_at;
            const std::string_view word = name();
            if (!skip(false))
                return false;
            if (peek() == '=' && peek(1) != '=') {
                ++m_at;
                if (!names.insert(word).second)
                    return failAt(begin, "hcl-syntax",
                        fmt::format(
                            "the argument \"{}\" stands here twice. Keep one of them.", escapeForDisplay(word)));
                block.attributes.push_back({ std::string(word), {} });
                Expression &value = block.attributes.back().expression;
                if (!skip(false) || !expression(value))
                    return false;
                if (value.kind == Kind::Unknown)
                    note(std::string(value.value.asString()), value.offset);
            } else {
                block.blocks.emplace_back();
                block.blocks.back().type = word;
                block.blocks.back().offset = begin;
                if (!labelsAndBody(block.blocks.back()))
                    return false;
            }
            if (!skip(false))
                return false;
            if (!atEnd() && peek() != '\n' && !(braced && peek() == '}'))
                return expected("the end of the line");
        }
    }

    bool labelsAndBody(Block &block)
    {
        for (;;) {
            if (!skip(false))
                return false;
            if (peek() == '{') {
                ++m_at;
                return body(block, true);
            }
            Expression label;
            if (peek() == '"') {
                const std::size_t unknowns = m_unknowns;
                if (!quotedTemplate(label))
                    return false;
                if (!label.value.isString() || m_unknowns != unknowns)
                    return failAt(label.offset, "hcl-syntax", "a label is a plain text, without ${\xE2\x80\xA6}.");
                block.labels.emplace_back(label.value.asString());
            } else if (startsName(peek())) {
                block.labels.emplace_back(name());
            } else {
                return expected("\xE2\x80\x9C=\xE2\x80\x9D and a value, or \xE2\x80\x9C{\xE2\x80\x9D and a block");
            }
        }
    }

    // Expressions

    bool expression(Expression &out)
    {
        const Level level(m_depth);
        if (tooDeep())
            return failDepth();
        const std::size_t begin = m_at;
        bool evaluated = true;
        for (;;) {
            if (!operand(out))
                return false;
            const std::size_t end = m_at;
            if (!skip())
                return false;
            if (const std::size_t length = operatorLength(); length != 0) {
                m_at += length;
                evaluated = false;
                if (!skip())
                    return false;
                continue;
            }
            if (peek() == '?') {
                ++m_at;
                Expression branch;
                return skip() && expression(branch) && take(':', "\xE2\x80\x9C:\xE2\x80\x9D of a condition") && skip()
                    && expression(branch) && unknown(out, begin, m_at);
            }
            m_at = end;
            out.offset = begin;
            return evaluated || unknown(out, begin, m_at);
        }
    }

    std::size_t operatorLength() const
    {
        for (const std::string_view two : { "||", "&&", "==", "!=", "<=", ">=" })
            if (looksAt(two))
                return 2;
        const char c = peek();
        return c == '<' || c == '>' || c == '+' || c == '-' || c == '*' || c == '/' || c == '%' ? 1 : 0;
    }

    bool operand(Expression &out)
    {
        const std::size_t begin = m_at;
        bool negative = false;
        bool inverted = false;
        while (peek() == '-' || (peek() == '!' && peek(1) != '=')) {
            inverted = inverted || peek() == '!';
            negative = !negative;
            ++m_at;
            if (!skip())
                return false;
        }
        const std::size_t signs = m_at - begin;
        if (!primary(out))
            return false;
        bool steps = false;
        if (!traversal(steps))
            return false;
        out.offset = begin;
        if (signs == 0 && !steps)
            return true;
        if (steps || inverted || out.kind != Kind::Value || !out.value.isNumber())
            return unknown(out, begin, m_at);
        if (negative)
            out.value = Value::number(-out.value.asNumber());
        return true;
    }

    /// ".name", ".0", ".*", "[0]", "[*]" behind a value. They need not follow at once.
    bool traversal(bool &any)
    {
        for (;;) {
            const std::size_t end = m_at;
            if (!skip())
                return false;
            if (peek() == '.' && !looksAt("...")) {
                ++m_at;
                if (!skip())
                    return false;
                if (peek() == '*')
                    ++m_at;
                else if (startsName(peek()))
                    name();
                else if (isDigit(peek()))
                    while (isDigit(peek()))
                        ++m_at;
                else
                    return expected("a name behind the dot");
            } else if (peek() == '[') {
                ++m_at;
                const Newlines ignored(*this, true);
                if (!skip())
                    return false;
                Expression index;
                if (peek() == '*')
                    ++m_at;
                else if (!expression(index))
                    return false;
                if (!take(']', "\xE2\x80\x9C]\xE2\x80\x9D"))
                    return false;
            } else {
                m_at = end;
                return true;
            }
            any = true;
        }
    }

    bool primary(Expression &out)
    {
        out.kind = Kind::Value;
        out.isHeredoc = false;
        if (atEnd())
            return expected("a value");
        const char c = peek();
        if (c == '"')
            return quotedTemplate(out);
        if (c == '{' || c == '[')
            return collection(out);
        if (isDigit(c))
            return number(out);
        if (c == '(') {
            ++m_at;
            const Newlines ignored(*this, true);
            return skip() && expression(out) && take(')', "\xE2\x80\x9C)\xE2\x80\x9D");
        }
        if (looksAt("<<"))
            return heredoc(out);
        if (startsName(c))
            return word(out);
        return expected("a value");
    }

    bool number(Expression &out)
    {
        const std::size_t begin = m_at;
        while (isDigit(peek()))
            ++m_at;
        if (peek() == '.' && isDigit(peek(1)))
            for (++m_at; isDigit(peek());)
                ++m_at;
        if (const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            (peek() == 'e' || peek() == 'E') && isDigit(peek(1 + sign)))
            for (m_at += 1 + sign; isDigit(peek());)
                ++m_at;
        if (startsName(peek()))
            return expected("the end of the number");
        std::string_view lexeme = m_text.substr(begin, m_at - begin);
        while (lexeme.size() > 1 && lexeme[0] == '0' && isDigit(lexeme[1]))
            lexeme.remove_prefix(1);
        // Numbers become what JavaScript reads them as.
        const Result<Value> value = json::parseBorrowing(*m_file.arena, lexeme);
        if (!value)
            return failAt(begin, "hcl-syntax", "this is no number.");
        out.value = *value;
        return true;
    }

    /// true, false, null, a function's call or a reference.
    bool word(Expression &out)
    {
        const std::size_t begin = m_at;
        const std::string_view first = name();
        if (first == "true" || first == "false") {
            out.value = Value::boolean(first == "true");
            return true;
        }
        if (first == "null") {
            out.value = Value::null();
            return true;
        }
        bool isFunction = false;
        while (looksAt("::")) {
            m_at += 2;
            if (!startsName(peek()))
                return expected("the name of a function");
            name();
            isFunction = true;
        }
        const std::size_t end = m_at;
        if (!skip())
            return false;
        if (peek() == '(')
            return call(out, m_text.substr(begin, end - begin), begin);
        if (isFunction)
            return expected("\xE2\x80\x9C(\xE2\x80\x9D behind the function's name");
        m_at = end;
        return unknown(out, begin, end);
    }

    bool call(Expression &out, std::string_view function, std::size_t begin)
    {
        ++m_at;
        const Newlines ignored(*this, true);
        const std::size_t unknowns = m_unknowns;
        std::size_t count = 0;
        Expression argument;
        for (;;) {
            if (!skip())
                return false;
            if (peek() == ')')
                break;
            if (!expression(argument) || !skip())
                return false;
            ++count;
            if (looksAt("..."))
                m_at += 3;
            if (!skip())
                return false;
            if (peek() == ',')
                ++m_at;
            else if (peek() != ')')
                return expected("\xE2\x80\x9C,\xE2\x80\x9D or \xE2\x80\x9C)\xE2\x80\x9D");
        }
        ++m_at;
        if (function != "jsonencode" || count != 1)
            return unknown(out, begin, m_at);
        Value value;
        if (!plain(argument, value))
            return false;
        out.kind = Kind::Encoded;
        out.value = value;
        m_encodedUnknown = m_unknowns != unknowns;
        return true;
    }

    bool collection(Expression &out)
    {
        const bool isObject = peek() == '{';
        const std::size_t begin = m_at;
        ++m_at;
        const Newlines newlines(*this, true);
        if (!skip())
            return false;
        const std::size_t inside = m_at;
        if (startsName(peek()) && name() == "for" && !atEnd() && !continuesName(peek())) {
            if (!skip())
                return false;
            // { for = 1 } is a mistake in Terraform too.
            return forExpression(isObject ? '}' : ']') && unknown(out, begin, m_at);
        }
        m_at = inside;
        return isObject ? object(out) : tuple(out);
    }

    bool tuple(Expression &out)
    {
        std::vector<Value> items;
        for (;;) {
            if (!skip())
                return false;
            if (peek() == ']')
                break;
            Expression item;
            Value value;
            if (!expression(item) || !plain(item, value) || !skip())
                return false;
            items.push_back(value);
            if (peek() == ',')
                ++m_at;
            else if (peek() != ']')
                return expected("\xE2\x80\x9C,\xE2\x80\x9D or \xE2\x80\x9C]\xE2\x80\x9D");
        }
        ++m_at;
        out.kind = Kind::Value;
        out.value = json::makeArray(*m_file.arena, items);
        return true;
    }

    bool object(Expression &out)
    {
        json::ObjectBuilder members(*m_file.arena);
        const Newlines kept(*this, false);
        for (;;) {
            if (!skip(true))
                return false;
            if (peek() == '}')
                break;
            Value key;
            Expression item;
            Value value;
            if (!objectKey(key) || !skip(true) || !expression(item) || !plain(item, value) || !skip(false))
                return false;
            members.add(key, value);
            if (peek() == ',')
                ++m_at;
            else if (peek() != '}' && peek() != '\n')
                return expected("\xE2\x80\x9C,\xE2\x80\x9D, a new line or \xE2\x80\x9C}\xE2\x80\x9D");
        }
        ++m_at;
        out.kind = Kind::Value;
        out.value = members.build();
        return true;
    }

    /// With the = or : behind it.
    bool objectKey(Value &key)
    {
        const std::size_t begin = m_at;
        Expression parsed;
        if (startsName(peek())) {
            const std::string_view bare = name();
            if (!skip(false))
                return false;
            if ((peek() == '=' && peek(1) != '=') || peek() == ':') {
                ++m_at;
                key = json::makeString(*m_file.arena, normalised(std::string(bare)));
                return true;
            }
            m_at = begin;
        }
        if (!expression(parsed) || !plain(parsed, key) || !skip(false))
            return false;
        if (key.isNumber() || key.isBoolean()) {
            std::string text = key.isBoolean() ? (key.asBoolean() ? "true" : "false") : std::string();
            if (key.isNumber())
                json::numberTo(text, key.asNumber());
            key = json::makeString(*m_file.arena, text);
        }
        if (!key.isString())
            return failAt(
                begin, "hcl-syntax", "the name of a member is a text, a number, or an expression in parentheses.");
        if ((peek() != '=' || peek(1) == '=') && peek() != ':')
            return expected("\xE2\x80\x9C=\xE2\x80\x9D or \xE2\x80\x9C:\xE2\x80\x9D behind the member's name");
        ++m_at;
        return true;
    }

    /// Behind "for": "k, v in x : k => v... if c" and the bracket.
    bool forExpression(char close)
    {
        Expression part;
        if (!forHead() || !take(':', "\xE2\x80\x9C:\xE2\x80\x9D of the loop") || !skip() || !expression(part)
            || !skip())
            return false;
        if (close == '}') {
            if (!looksAt("=>"))
                return expected("\xE2\x80\x9C=>\xE2\x80\x9D");
            m_at += 2;
            if (!skip() || !expression(part) || !skip())
                return false;
            if (looksAt("..."))
                m_at += 3;
            if (!skip())
                return false;
        }
        if (startsName(peek())) {
            if (name() != "if")
                return expected("\xE2\x80\x9Cif\xE2\x80\x9D or the end of the loop");
            if (!skip() || !expression(part))
                return false;
        }
        return take(close, close == '}' ? "\xE2\x80\x9C}\xE2\x80\x9D" : "\xE2\x80\x9C]\xE2\x80\x9D");
    }

    /// "k, v in x"
    bool forHead()
    {
        Expression source;
        if (!skip())
            return false;
        if (name().empty())
            return expected("the name of a loop's variable");
        if (!skip())
            return false;
        if (peek() == ',') {
            ++m_at;
            if (!skip())
                return false;
            if (name().empty())
                return expected("the name of a loop's variable");
            if (!skip())
                return false;
        }
        const std::size_t begin = m_at;
        if (name() != "in") {
            m_at = begin;
            return expected("\xE2\x80\x9Cin\xE2\x80\x9D of the loop");
        }
        return skip() && expression(source);
    }

    // Templates

    bool quotedTemplate(Expression &out)
    {
        const std::size_t begin = m_at++;
        const std::size_t unknowns = m_unknowns;
        Template parts;
        for (;;) {
            if (atEnd() || peek() == '\n')
                return failAt(begin, "hcl-syntax", "this text has no end on its line. Close it with \".");
            if (peek() == '"')
                break;
            if (!(peek() == '\\' ? escape(parts) : templatePart(parts)))
                return false;
        }
        ++m_at;
        return finish(out, std::move(parts), begin, unknowns);
    }

    bool heredoc(Expression &out)
    {
        const std::size_t begin = m_at;
        const Level level(m_heredocs);
        if (m_heredocs > kMaxHeredocsInside)
            return failAt(begin, "hcl-depth", "too many texts of several lines inside each other.");
        const bool flush = peek(2) == '-';
        m_at += flush ? 3 : 2;
        const std::string_view marker = name();
        if (marker.empty())
            return expected("the marker of a text of several lines, as in <<EOT");
        while (isBlank(peek()))
            ++m_at;
        if (peek() != '\n')
            return expected("the end of the line behind the marker");
        const std::size_t first = ++m_at;
        std::size_t indent = std::string_view::npos;
        std::size_t end = first;
        std::size_t behind = 0;
        for (;; end = behind + 1) {
            if (end >= m_text.size())
                return failAt(begin, "hcl-syntax",
                    fmt::format("this text has no end: no line holds \"{}\" alone.", escapeForDisplay(marker)));
            behind = std::min(m_text.find('\n', end), m_text.size());
            std::string_view line = m_text.substr(end, behind - end);
            const std::size_t blanks = std::min(line.find_first_not_of(" \t\r"), line.size());
            line.remove_prefix(blanks);
            while (!line.empty() && isBlank(line.back()))
                line.remove_suffix(1);
            if (line == marker)
                break;
            if (!line.empty())
                indent = std::min(indent, blanks);
        }
        const std::size_t unknowns = m_unknowns;
        Template parts;
        bool lineStarts = true;
        while (m_at < end) {
            if (flush && lineStarts && indent != std::string_view::npos)
                for (std::size_t i = 0; i < indent && isBlank(peek()); ++i)
                    ++m_at;
            lineStarts = peek() == '\n';
            if (!templatePart(parts))
                return false;
        }
        if (m_at > end)
            return failAt(begin, "hcl-syntax", "a ${\xE2\x80\xA6} inside this text does not end before the text does.");
        m_at = behind;
        if (!finish(out, std::move(parts), begin, unknowns))
            return false;
        out.isHeredoc = true;
        return true;
    }

    /// One stretch of text without escapes, at most to the end of the line, or one ${…} or %{…}.
    bool templatePart(Template &parts)
    {
        const char c = peek();
        if (c == '$' || c == '%') {
            std::size_t run = 1;
            while (peek(run) == c)
                ++run;
            if (peek(run) != '{' || run > 1) {
                // $${ is a plain ${, whatever stands before it.
                const bool escaped = peek(run) == '{';
                append(parts, std::string(escaped ? run - 1 : run, c) + (escaped ? "{" : ""));
                m_at += run + (escaped ? 1 : 0);
                return true;
            }
            m_at += 2;
            return c == '$' ? interpolation(parts) : directive(parts);
        }
        std::size_t end = m_at + 1;
        if (c != '\n')
            while (end < m_text.size() && m_text[end] != '\n' && m_text[end] != '"' && m_text[end] != '\\'
                && m_text[end] != '$' && m_text[end] != '%')
                ++end;
        append(parts, m_text.substr(m_at, end - m_at));
        m_at = end;
        return true;
    }

    static void append(Template &parts, std::string_view text)
    {
        parts.hasText = true;
        if (parts.trimNext) {
            const std::size_t begin = text.find_first_not_of(" \t\r\n");
            if (begin == std::string_view::npos)
                return;
            text.remove_prefix(begin);
            parts.trimNext = false;
        }
        parts.text += text;
    }

    bool escape(Template &parts)
    {
        const std::size_t begin = m_at++;
        const char c = peek();
        ++m_at;
        const std::size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits == 0) {
            const std::size_t which = std::string_view("nrt\"\\").find(c);
            if (which == std::string_view::npos)
                return failAt(begin, "hcl-syntax",
                    "this escape does not exist. There are \\n, \\r, \\t, \\\", \\\\, \\uNNNN and \\UNNNNNNNN.");
            append(parts, std::string(1, "\n\r\t\"\\"[which]));
            return true;
        }
        char32_t point = 0;
        for (std::size_t i = 0; i < digits; ++i, ++m_at) {
            const std::size_t digit = std::string_view("0123456789abcdef").find(static_cast<char>(peek() | 0x20));
            if (digit == std::string_view::npos)
                return failAt(begin, "hcl-syntax", fmt::format("\\{} wants {} hexadecimal digits.", c, digits));
            point = point * 16 + static_cast<char32_t>(digit);
        }
        std::string text;
        appendCodePoint(text, point > 0x10FFFF || (point >= 0xD800 && point < 0xE000) ? 0xFFFD : point);
        append(parts, text);
        return true;
    }

    void trimBefore(Template &parts)
    {
        if (peek() != '~')
            return;
        ++m_at;
        while (!parts.text.empty() && (isBlank(parts.text.back()) || parts.text.back() == '\n'))
            parts.text.pop_back();
    }

    bool closeSequence(Template &parts)
    {
        if (!skip())
            return false;
        parts.trimNext = peek() == '~';
        if (parts.trimNext)
            ++m_at;
        return take('}', "\xE2\x80\x9C}\xE2\x80\x9D");
    }

    bool interpolation(Template &parts)
    {
        const Newlines ignored(*this, true);
        trimBefore(parts);
        m_encodedUnknown = false;
        if (!skip() || !expression(parts.only))
            return false;
        ++parts.parts;
        const Result<Value> plainer = plainValue(*m_file.arena, parts.only);
        if (!plainer)
            return failAt(parts.only.offset, "hcl-size", plainer.error().message);
        const Value value = *plainer;
        if (!closeSequence(parts))
            return false;
        if (value.isNumber())
            json::numberTo(parts.text, value.asNumber());
        else if (value.isBoolean())
            parts.text += value.asBoolean() ? "true" : "false";
        else if (value.isString())
            parts.text += value.asString();
        else if (!unknown(parts.only, parts.only.offset, m_at - 1)) // null, a list, an object: only alone
            return false;
        else
            parts.text += parts.only.value.asString();
        // Alone, it gives its value and not that value's text.
        if (parts.only.kind == Kind::Unknown && !value.isString())
            parts.only = { Kind::Value, value, parts.only.offset, false };
        if (parts.text.size() > kMaxBytes)
            return failAt(parts.only.offset, "hcl-size", fmt::format("the text grows beyond {} bytes.", kMaxBytes));
        return true;
    }

    bool directive(Template &parts)
    {
        const Newlines ignored(*this, true);
        trimBefore(parts);
        if (!skip())
            return false;
        parts.hasDirectives = true;
        const std::string_view keyword = name();
        Expression condition;
        if (keyword == "if") {
            if (!skip() || !expression(condition))
                return false;
        } else if (keyword == "for") {
            if (!forHead())
                return false;
        } else if (keyword != "else" && keyword != "endif" && keyword != "endfor") {
            return expected("if, else, endif, for or endfor behind %{ (a plain %{ is written %%{)");
        }
        return closeSequence(parts);
    }

    bool finish(Expression &out, Template parts, std::size_t begin, std::size_t unknowns)
    {
        out.offset = begin;
        if (parts.hasDirectives)
            return unknown(out, begin, m_at);
        if (parts.parts == 1 && !parts.hasText) {
            out = parts.only;
            out.offset = begin;
            return true;
        }
        out.kind = Kind::Value;
        const std::string text = normalised(std::move(parts.text));
        out.value = json::makeString(*m_file.arena, text);
        if (m_unknowns != unknowns)
            note(text, begin);
        return true;
    }

    // Placeholders

    void note(const std::string &text, std::size_t offset) { m_file.placeholders.try_emplace(text, offset); }

    bool unknown(Expression &out, std::size_t begin, std::size_t end)
    {
        std::string source;
        bool cut = false;
        for (std::size_t at = begin; at < end;) {
            if (source.size() >= kLongestPlaceholder) {
                cut = true;
                break;
            }
            const std::size_t from = at;
            nextCodePoint(m_text, at);
            const char c = m_text[from];
            if (isBlank(c) || c == '\n') {
                if (!source.empty() && source.back() != ' ')
                    source += ' ';
            } else {
                source += m_text.substr(from, at - from);
            }
        }
        while (!source.empty() && source.back() == ' ')
            source.pop_back();
        const std::string text = "${" + source + (cut ? "\xE2\x80\xA6}" : "}");
        out = { Kind::Unknown, json::makeString(*m_file.arena, text), begin, false };
        ++m_unknowns;
        return true;
    }

    bool plain(const Expression &expression, Value &value)
    {
        const Result<Value> result = plainValue(*m_file.arena, expression);
        if (!result)
            return failAt(expression.offset, "hcl-size", result.error().message);
        value = *result;
        if (expression.kind == Kind::Unknown || (expression.kind == Kind::Encoded && m_encodedUnknown))
            note(std::string(value.asString()), expression.offset);
        return true;
    }

    std::string_view m_text;
    File &m_file;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::size_t m_heredocs = 0;
    std::size_t m_unknowns = 0; ///< placeholders made so far
    bool m_encodedUnknown = false; ///< the last jsonencode holds one
    bool m_ignoreNewlines = false;
    std::optional<Error> m_error;
};

Result<File> parse(std::string_view text)
{
    if (text.size() > kMaxBytes) {
        return fail(
            Error{ "hcl-size", fmt::format("The file has {} bytes, the limit is {}. Split it.", text.size(), kMaxBytes),
                {}, TextPosition() });
    }
    if (const std::size_t invalid = findInvalidUtf8(text); invalid != kValidUtf8) {
        const TextPosition position = json::positionAt(text, invalid);
        return fail(Error{ "hcl-utf8",
            fmt::format("Line {}, column {}: the byte 0x{:02X} is not valid UTF-8. Save the file as UTF-8.",
                position.line, position.column, static_cast<unsigned char>(text[invalid])),
            {}, position });
    }
    File file;
    file.arena = std::make_shared<json::Arena>();
    // Error positions and placeholders refer to the text only while it is read: numbers and names are copied.
    if (auto error = Parser(text, file).run())
        return fail(std::move(*error));
    return file;
}

} // namespace hookbench::destination::hcl
