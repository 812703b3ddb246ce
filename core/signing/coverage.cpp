#include "core/signing/coverage.h"

#include "core/base/utf8.h"

#include <bitset>

namespace hookbench::signing {

namespace {

/// Walks over one JSON text without building anything. Containers are a stack of bits, so depth costs no call stack.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text{ text }
    {
    }

    std::optional<Coverage> firstElement()
    {
        std::optional<Coverage> first;
        const bool whole = elements([&](Coverage element) {
            if (!first)
                first = element;
        });
        return whole ? first : std::nullopt;
    }

    /// Tells of every element; false: no whole array, or an empty one.
    template <typename Tell>
    bool elements(Tell &&tell)
    {
        skipWhiteSpace();
        if (!take('['))
            return false;
        do {
            skipWhiteSpace();
            const std::size_t start = m_at;
            if (!skipValue(1))
                return false;
            tell(Coverage{ start, m_at - start });
            skipWhiteSpace();
        } while (take(','));
        if (!take(']'))
            return false;
        skipWhiteSpace();
        return m_at == m_text.size();
    }

private:
    bool atEnd() const { return m_at == m_text.size(); }
    bool at(char c) const { return !atEnd() && m_text[m_at] == c; }
    bool atDigit() const { return !atEnd() && m_text[m_at] >= '0' && m_text[m_at] <= '9'; }

    bool take(char c)
    {
        if (!at(c))
            return false;
        ++m_at;
        return true;
    }

    void skipWhiteSpace()
    {
        while (
            !atEnd() && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\r' || m_text[m_at] == '\t'))
            ++m_at;
    }

    bool skipWord(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }

    bool skipDigits()
    {
        if (!atDigit())
            return false;
        while (atDigit())
            ++m_at;
        return true;
    }

    bool skipNumber()
    {
        take('-');
        if (!take('0') && !skipDigits())
            return false;
        if (take('.') && !skipDigits())
            return false;
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            return skipDigits();
        }
        return true;
    }

    bool skipEscape()
    {
        if (atEnd())
            return false;
        const char c = m_text[m_at++];
        if (c != 'u')
            return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
        for (int i = 0; i < 4; ++i, ++m_at) {
            if (atEnd() || std::string_view("0123456789abcdefABCDEF").find(m_text[m_at]) == std::string_view::npos)
                return false;
        }
        return true;
    }

    bool skipString()
    {
        if (!take('"'))
            return false;
        while (!atEnd()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return true;
            if (static_cast<unsigned char>(c) < 0x20 || (c == '\\' && !skipEscape()))
                return false;
        }
        return false;
    }

    bool skipKey()
    {
        skipWhiteSpace();
        if (!skipString())
            return false;
        skipWhiteSpace();
        if (!take(':'))
            return false;
        skipWhiteSpace();
        return true;
    }

    bool skipScalar()
    {
        if (atEnd())
            return false;
        switch (m_text[m_at]) {
        case '"':
            return skipString();
        case 't':
            return skipWord("true");
        case 'f':
            return skipWord("false");
        case 'n':
            return skipWord("null");
        default:
            return skipNumber();
        }
    }

    /// One value, `outer` containers deep; m_at stands behind it afterwards.
    bool skipValue(std::size_t outer)
    {
        std::size_t depth = outer;
        for (;;) {
            // A value starts here.
            if (at('[') || at('{')) {
                if (depth == kMaxDepth)
                    return false;
                const bool object = m_text[m_at++] == '{';
                m_objects[depth++] = object;
                skipWhiteSpace();
                if (!at(object ? '}' : ']')) {
                    if (object && !skipKey())
                        return false;
                    continue;
                }
            } else if (!skipScalar()) {
                return false;
            }
            // It ended: close what ends with it, up to the comma before the next one.
            for (;;) {
                if (depth == outer)
                    return true;
                skipWhiteSpace();
                const bool object = m_objects[depth - 1];
                if (take(',')) {
                    skipWhiteSpace();
                    if (object && !skipKey())
                        return false;
                    break;
                }
                if (!take(object ? '}' : ']'))
                    return false;
                --depth;
            }
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::bitset<kMaxDepth> m_objects; ///< per open container: whether it is an object
};

} // namespace

const char *modeName(Mode mode)
{
    return mode == Mode::WholeBody ? "whole-body" : "first-event";
}

std::optional<Mode> modeFromName(std::string_view name)
{
    for (const Mode mode : { Mode::FirstEvent, Mode::WholeBody })
        if (name == modeName(mode))
            return mode;
    return std::nullopt;
}

std::optional<Coverage> firstEvent(std::string_view body)
{
    const std::optional<Coverage> first = Scanner(body).firstElement();
    return first && findInvalidUtf8(body) == kValidUtf8 ? first : std::nullopt;
}

std::vector<Coverage> batchEvents(std::string_view body)
{
    std::vector<Coverage> events;
    const bool whole = Scanner(body).elements([&](Coverage element) { events.push_back(element); });
    if (!whole || findInvalidUtf8(body) != kValidUtf8)
        events.clear();
    return events;
}

std::optional<Coverage> signedBytes(std::string_view body, bool batch, Mode mode)
{
    if (!batch || mode == Mode::WholeBody)
        return Coverage{ 0, body.size() };
    const std::optional<Coverage> first = firstEvent(body);
    return first && first->of(body) != "null" ? first : std::nullopt;
}

} // namespace hookbench::signing
