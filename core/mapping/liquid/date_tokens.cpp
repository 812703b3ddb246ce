#include "core/mapping/liquid/date_tokens.h"

#include "core/mapping/liquid/script_text.h"

#include <array>
#include <string_view>

namespace hookbench::mapping {

namespace {

struct Keyword
{
    std::u16string_view prefix; ///< three letters or fewer
    DateToken::Kind kind;
    int value;
};

constexpr std::array kKeywords{
    Keyword{ u"jan", DateToken::Month, 1 },
    Keyword{ u"feb", DateToken::Month, 2 },
    Keyword{ u"mar", DateToken::Month, 3 },
    Keyword{ u"apr", DateToken::Month, 4 },
    Keyword{ u"may", DateToken::Month, 5 },
    Keyword{ u"jun", DateToken::Month, 6 },
    Keyword{ u"jul", DateToken::Month, 7 },
    Keyword{ u"aug", DateToken::Month, 8 },
    Keyword{ u"sep", DateToken::Month, 9 },
    Keyword{ u"oct", DateToken::Month, 10 },
    Keyword{ u"nov", DateToken::Month, 11 },
    Keyword{ u"dec", DateToken::Month, 12 },
    Keyword{ u"am", DateToken::AmPm, 0 },
    Keyword{ u"pm", DateToken::AmPm, 12 },
    Keyword{ u"ut", DateToken::Zone, 0 },
    Keyword{ u"utc", DateToken::Zone, 0 },
    Keyword{ u"z", DateToken::Zone, 0 },
    Keyword{ u"gmt", DateToken::Zone, 0 },
    Keyword{ u"cdt", DateToken::Zone, -5 },
    Keyword{ u"cst", DateToken::Zone, -6 },
    Keyword{ u"edt", DateToken::Zone, -4 },
    Keyword{ u"est", DateToken::Zone, -5 },
    Keyword{ u"mdt", DateToken::Zone, -6 },
    Keyword{ u"mst", DateToken::Zone, -7 },
    Keyword{ u"pdt", DateToken::Zone, -7 },
    Keyword{ u"pst", DateToken::Zone, -8 },
    Keyword{ u"t", DateToken::TimeSeparator, 0 },
};

bool isDigit(char16_t unit)
{
    return unit >= '0' && unit <= '9';
}

bool isWordUnit(char16_t unit)
{
    return unit >= 'A' && !isBlank(unit);
}

} // namespace

DateToken DateScanner::scan()
{
    if (m_at >= m_text.size())
        return {};
    const char16_t unit = at(m_at);
    if (isDigit(unit))
        return scanNumber();
    if (isWordUnit(unit))
        return scanWord();
    if (unit == '(') {
        skipParentheses();
        return { DateToken::Other, 0, 0 };
    }
    ++m_at;
    if (unit == ':' || unit == '-' || unit == '+' || unit == '.' || unit == ')')
        return { DateToken::Symbol, unit, 1 };
    return { isBlank(unit) ? DateToken::Blank : DateToken::Other, 0, 1 };
}

DateToken DateScanner::scanNumber()
{
    constexpr int kSignificant = 9;
    const qsizetype begin = m_at;
    while (at(m_at) == '0')
        ++m_at;
    int value = 0;
    for (int digits = 0; isDigit(at(m_at)); ++m_at, ++digits) {
        if (digits < kSignificant)
            value = value * 10 + (at(m_at) - '0');
    }
    return { DateToken::Number, value, static_cast<int>(m_at - begin) };
}

DateToken DateScanner::scanWord()
{
    std::array<char16_t, 3> prefix{};
    int length = 0;
    for (; isWordUnit(at(m_at)); ++m_at, ++length) {
        const char16_t unit = at(m_at);
        if (length < 3)
            prefix[static_cast<std::size_t>(length)] = unit <= 'Z' ? static_cast<char16_t>(unit + ('a' - 'A')) : unit;
    }
    const std::u16string_view start(prefix.data(), static_cast<std::size_t>(std::min(length, 3)));
    // Only names of months may be longer than what is compared: "January", but not "utcx".
    for (const Keyword &keyword : kKeywords)
        if (keyword.prefix == start && (length <= 3 || keyword.kind == DateToken::Month))
            return { keyword.kind, keyword.value, length };
    return { DateToken::Word, 0, length };
}

void DateScanner::skipParentheses()
{
    int open = 0;
    do {
        open += at(m_at) == '(' ? 1 : at(m_at) == ')' ? -1 : 0;
        ++m_at;
    } while (open > 0 && m_at < m_text.size());
}

} // namespace hookbench::mapping
