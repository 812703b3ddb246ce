#include "core/event/scanner.h"

namespace hookbench::event {

namespace {

/// Deeper than any limit a parser would set: only to bound the memory of a stream of nothing but brackets.
constexpr std::size_t kMostBrackets = 1'000'000;

bool isWhite(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

} // namespace

void Scanner::reset()
{
    *this = Scanner();
}

bool Scanner::valueMayStand() const
{
    if (m_objects.empty())
        return m_before == 0;
    return m_objects.back() ? m_before == ':' : m_before == '[' || m_before == ',';
}

bool Scanner::closeString(std::string_view text, std::size_t &at)
{
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) < 0x20) {
            m_broken = true;
            return false;
        }
        if (m_escaped) {
            m_escaped = false;
        } else if (c == '\\') {
            m_escaped = true;
        } else if (c == '"') {
            ++at;
            m_inString = false;
            m_before = '"';
            return true;
        }
    }
    return false;
}

Scanner::Verdict Scanner::scan(std::string_view text, std::size_t &at)
{
    while (at < text.size()) {
        if (m_inString) {
            if (!closeString(text, at))
                return m_broken ? Verdict::Broken : Verdict::More;
            if (m_objects.empty())
                return Verdict::Complete;
            continue;
        }
        const char c = text[at];
        const bool endsWord = endsHere();
        if (isWhite(c)) {
            if (endsWord)
                return Verdict::Complete;
            ++at;
            continue;
        }
        switch (c) {
        case '"':
            if (endsWord)
                return Verdict::Complete;
            m_inString = true;
            break;
        case '{':
        case '[':
            if (endsWord)
                return Verdict::Complete;
            if (!valueMayStand() || m_objects.size() == kMostBrackets)
                return Verdict::Broken;
            m_objects.push_back(c == '{');
            m_before = c;
            break;
        case '}':
        case ']':
            if (endsWord)
                return Verdict::Complete;
            if (m_objects.empty() || m_objects.back() != (c == '}'))
                return Verdict::Broken;
            m_objects.pop_back();
            m_before = c;
            if (m_objects.empty()) {
                ++at;
                return Verdict::Complete;
            }
            break;
        case ',':
        case ':':
            if (endsWord)
                return Verdict::Complete;
            if (m_objects.empty())
                return Verdict::Broken;
            m_before = c;
            break;
        default:
            m_before = 'v';
        }
        ++at;
    }
    return Verdict::More;
}

} // namespace hookbench::event
