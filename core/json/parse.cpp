#include "core/json/parse.h"

#include "core/base/display.h"
#include "core/base/utf8.h"
#include "core/json/object_index.h"
#include "core/json/text_scan.h"

#include <algorithm>
#include <cstring>
#include <double-conversion/double-conversion.h>
#include <fmt/format.h>
#include <memory>

namespace hookbench::json {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

// Recursive descent over bytes that are known to be UTF-8. Children are collected on two stacks that live as long as
// the parse, and move into the arena when their container closes.
class Parser
{
public:
    Parser(Arena &arena, std::string_view text, const ParseLimits &limits)
        : m_arena(arena)
        , m_begin(text.data())
        , m_at(text.data())
        , m_end(text.data() + text.size())
        , m_depthLeft(limits.depth)
        , m_limits(limits)
    {
    }

    Result<Value> run()
    {
        Value root;
        skipSpace();
        if (m_at == m_end)
            return error("json-empty", "There is no JSON here: the text is empty. Put one JSON value in it.", m_at);
        if (!parseValue(root))
            return tl::unexpected<Error>(std::move(m_error));
        skipSpace();
        if (m_at != m_end) {
            syntaxError("nothing more after the JSON value");
            return tl::unexpected<Error>(std::move(m_error));
        }
        return root;
    }

private:
    void skipSpace()
    {
        while (m_at != m_end && isSpace(*m_at))
            ++m_at;
    }

    tl::unexpected<Error> error(const char *code, std::string message, const char *where)
    {
        const std::string_view text(m_begin, static_cast<std::size_t>(m_end - m_begin));
        const TextPosition position = positionAt(text, static_cast<std::size_t>(where - m_begin));
        message
            = fmt::format("Line {}, column {} (byte {}): {}", position.line, position.column, position.offset, message);
        return tl::unexpected<Error>(Error{ code, std::move(message), {}, position });
    }

    bool syntaxError(std::string_view expected)
    {
        std::string found = "the end of the text";
        if (m_at != m_end) {
            const std::string_view rest(m_at, static_cast<std::size_t>(std::min<std::ptrdiff_t>(m_end - m_at, 4)));
            std::size_t length = 0;
            nextCodePoint(rest, length);
            found = "\xE2\x80\x9C" + escapeForDisplay(rest.substr(0, length)) + "\xE2\x80\x9D";
            if (m_at == m_begin && rest.substr(0, 3) == "\xEF\xBB\xBF")
                found = "a byte order mark (save the file as UTF-8 without BOM)";
        }
        m_error = error("json-syntax", fmt::format("found {}, expected {}.", found, expected), m_at).value();
        return false;
    }

    bool parseValue(Value &out)
    {
        if (m_at == m_end)
            return syntaxError("a JSON value");
        switch (*m_at) {
        case '{':
            return parseObject(out);
        case '[':
            return parseArray(out);
        case '"':
            return parseString(out);
        case 't':
            out = Value::boolean(true);
            return parseWord("true");
        case 'f':
            out = Value::boolean(false);
            return parseWord("false");
        case 'n':
            out = Value::null();
            return parseWord("null");
        default:
            return parseNumber(out);
        }
    }

    bool parseWord(std::string_view word)
    {
        for (const char c : word) {
            if (m_at == m_end || *m_at != c)
                return syntaxError(fmt::format("{}", word));
            ++m_at;
        }
        return true;
    }

    bool enter()
    {
        if (m_depthLeft == 0) {
            m_error = error("json-depth",
                fmt::format("containers are nested deeper than {} levels. Flatten the data.", m_limits.depth), m_at)
                          .value();
            return false;
        }
        --m_depthLeft;
        ++m_at;
        skipSpace();
        return true;
    }

    bool parseArray(Value &out)
    {
        if (!enter())
            return false;
        const std::size_t first = m_values.size();
        if (m_at != m_end && *m_at == ']') {
            ++m_at;
        } else {
            for (;;) {
                Value item;
                if (!parseValue(item))
                    return false;
                m_values.push_back(item);
                skipSpace();
                if (m_at == m_end || (*m_at != ',' && *m_at != ']'))
                    return syntaxError("a comma or the closing ] of the array");
                if (*m_at++ == ']')
                    break;
                skipSpace();
            }
        }
        out = makeArray(m_arena, std::span(m_values).subspan(first));
        m_values.resize(first);
        ++m_depthLeft;
        return true;
    }

    bool parseObject(Value &out)
    {
        if (!enter())
            return false;
        const std::size_t first = m_members.size();
        KeyFilter filter;
        bool plain = true; // no key may be a duplicate or an array index
        if (m_at != m_end && *m_at == '}') {
            ++m_at;
        } else {
            for (;;) {
                Member member;
                if (m_at == m_end || *m_at != '"')
                    return syntaxError(m_members.size() == first
                            ? "a key in double quotes or the closing } of the object"
                            : "a key in double quotes");
                if (!parseString(member.key))
                    return false;
                const std::string_view name = member.name();
                plain = plain && !filter.mayContain(name) && (name.empty() || !isDigit(name[0]));
                skipSpace();
                if (m_at == m_end || *m_at != ':')
                    return syntaxError("a colon after the key");
                ++m_at;
                skipSpace();
                if (!parseValue(member.value))
                    return false;
                m_members.push_back(member);
                skipSpace();
                if (m_at == m_end || (*m_at != ',' && *m_at != '}'))
                    return syntaxError("a comma or the closing } of the object");
                if (*m_at++ == '}')
                    break;
                skipSpace();
            }
        }
        const std::span<Member> members = std::span(m_members).subspan(first);
        if (plain && members.size() < ObjectIndex::kMinimum) {
            auto *memory = static_cast<Member *>(m_arena.allocate(members.size_bytes()));
            std::uninitialized_copy(members.begin(), members.end(), memory);
            out = Value::object({ memory, members.size() });
        } else {
            out = ObjectBuilder::build(m_arena, members);
        }
        m_members.resize(first);
        ++m_depthLeft;
        return true;
    }

    bool parseString(Value &out)
    {
        const char *start = ++m_at;
        bool highBits = false;
        m_at = skipPlain(m_at, m_end, highBits);
        if (m_at != m_end && *m_at == '"') {
            out = Value::stringWithFlags({ start, static_cast<std::size_t>(m_at - start) },
                static_cast<std::uint8_t>(Value::kClean | (highBits ? 0 : Value::kAscii)));
            ++m_at;
            return true;
        }
        m_text.assign(start, m_at);
        while (m_at != m_end && *m_at != '"') {
            if (*m_at == '\\') {
                if (!parseEscape())
                    return false;
            } else if (static_cast<unsigned char>(*m_at) < 0x20) {
                return syntaxError("no raw control characters inside a string (write \\n, \\t or \\u00xx)");
            } else {
                const char *plain = m_at;
                m_at = skipPlain(m_at, m_end, highBits);
                m_text.append(plain, m_at);
            }
        }
        if (m_at == m_end)
            return syntaxError("the closing quote of the string");
        ++m_at;
        out = makeString(m_arena, m_text);
        return true;
    }

    bool parseEscape()
    {
        ++m_at;
        if (m_at == m_end)
            return syntaxError("a character after the backslash");
        switch (*m_at) {
        case '"':
        case '\\':
        case '/':
            m_text += *m_at;
            break;
        case 'b':
            m_text += '\b';
            break;
        case 'f':
            m_text += '\f';
            break;
        case 'n':
            m_text += '\n';
            break;
        case 'r':
            m_text += '\r';
            break;
        case 't':
            m_text += '\t';
            break;
        case 'u': {
            ++m_at;
            char32_t unit = 0;
            if (!parseHex(unit))
                return false;
            if (unit >= 0xD800 && unit <= 0xDBFF && m_end - m_at >= 6 && m_at[0] == '\\' && m_at[1] == 'u') {
                const char *second = m_at;
                char32_t low = 0;
                m_at += 2;
                if (!parseHex(low))
                    return false;
                if (low >= 0xDC00 && low <= 0xDFFF)
                    unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                else
                    m_at = second;
            }
            appendCodePoint(m_text, unit);
            return true;
        }
        default:
            return syntaxError("one of \" \\ / b f n r t u after the backslash");
        }
        ++m_at;
        return true;
    }

    bool parseHex(char32_t &unit)
    {
        unit = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const int digit = m_at == m_end ? -1 : hexDigit(*m_at);
            if (digit < 0)
                return syntaxError("four hexadecimal digits after \\u");
            unit = unit << 4 | static_cast<char32_t>(digit);
        }
        return true;
    }

    bool parseNumber(Value &out)
    {
        const char *start = m_at;
        const bool negative = *m_at == '-';
        if (negative)
            ++m_at;
        if (m_at == m_end || !isDigit(*m_at)) {
            if (!negative)
                return syntaxError("a JSON value");
            return syntaxError("a digit");
        }
        std::uint64_t mantissa = 0;
        int digits = 0;
        if (*m_at == '0') {
            ++m_at;
            if (m_at != m_end && isDigit(*m_at))
                return syntaxError("no digit after a leading zero");
        } else {
            for (; m_at != m_end && isDigit(*m_at); ++m_at, ++digits)
                mantissa
                    = mantissa * 10 + static_cast<std::uint64_t>(*m_at - '0'); // may wrap: digits says when it counts
        }
        int places = 0;
        if (m_at != m_end && *m_at == '.') {
            ++m_at;
            if (m_at == m_end || !isDigit(*m_at))
                return syntaxError("a digit after the decimal point");
            for (; m_at != m_end && isDigit(*m_at); ++m_at, ++places)
                mantissa = mantissa * 10 + static_cast<std::uint64_t>(*m_at - '0');
        }
        bool exponent = false;
        if (m_at != m_end && (*m_at == 'e' || *m_at == 'E')) {
            exponent = true;
            ++m_at;
            if (m_at != m_end && (*m_at == '+' || *m_at == '-'))
                ++m_at;
            if (m_at == m_end || !isDigit(*m_at))
                return syntaxError("a digit in the exponent");
            while (m_at != m_end && isDigit(*m_at))
                ++m_at;
        }
        // Up to 15 digits and 22 places both parts are exact doubles, and one division rounds once (Clinger's fast
        // path).
        static constexpr double kPowers[]
            = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
        if (!exponent && digits + places <= 15) {
            const double magnitude = static_cast<double>(mantissa) / kPowers[places];
            out = Value::number(negative ? -magnitude : magnitude);
            return true;
        }
        static const double_conversion::StringToDoubleConverter kConverter(
            double_conversion::StringToDoubleConverter::NO_FLAGS, 0.0, 0.0, nullptr, nullptr);
        int used = 0;
        out = Value::number(kConverter.StringToDouble(start, static_cast<int>(m_at - start), &used));
        return true;
    }

    Arena &m_arena;
    const char *m_begin;
    const char *m_at;
    const char *m_end;
    std::size_t m_depthLeft;
    ParseLimits m_limits;
    std::vector<Value> m_values;
    std::vector<Member> m_members;
    std::string m_text;
    Error m_error;
};

TextPosition positionAt(std::string_view text, std::size_t offset)
{
    TextPosition position{ std::min(offset, text.size()), 1, 1 };
    for (std::size_t at = 0; at < position.offset;) {
        if (text[at] == '\n') {
            ++position.line;
            position.column = 1;
            ++at;
        } else {
            nextCodePoint(text, at);
            ++position.column;
        }
    }
    return position;
}

Result<Value> parseBorrowing(Arena &arena, std::string_view text, const ParseLimits &limits)
{
    if (text.size() > limits.bytes)
        return fail("json-size",
            fmt::format(
                "The text has {} bytes, the limit is {}. Split it into smaller documents.", text.size(), limits.bytes));
    const std::size_t invalid = findInvalidUtf8(text);
    if (invalid != kValidUtf8) {
        const TextPosition position = positionAt(text, invalid);
        return fail(Error{ "json-utf8",
            fmt::format("Line {}, column {} (byte {}): the byte 0x{:02X} is not valid UTF-8. Save the text as UTF-8.",
                position.line, position.column, position.offset, static_cast<unsigned char>(text[invalid])),
            {}, position });
    }
    return Parser(arena, text, limits).run();
}

Result<Document> parse(std::string_view text, const ParseLimits &limits)
{
    auto arena = std::make_shared<Arena>();
    if (text.size() > limits.bytes)
        return parseBorrowing(*arena, text, limits).map([](Value) { return Document(); });
    const std::string_view kept = arena->keep(text);
    return parseBorrowing(*arena, kept, limits).map([&](Value root) { return Document(arena, root); });
}

} // namespace hookbench::json
