#pragma once
// The words V8 cuts a date into. Private to core/mapping/liquid. Source: V8, src/date/dateparser.h.
#include <QStringView>

#include <optional>

namespace hookbench::mapping {

struct DateToken
{
    enum Kind { End, Number, Symbol, Blank, Month, AmPm, Zone, TimeSeparator, Word, Other };
    Kind kind = End;
    int value = 0; ///< of a number: at most nine digits of it; the character; 1-12; 0 or 12; hours from UTC
    int length = 0; ///< characters

    bool isSymbol(char symbol) const { return kind == Symbol && value == symbol; }
    bool isSign() const { return isSymbol('+') || isSymbol('-'); }
    bool isDigits(int count) const { return kind == Number && length == count; }
    bool isWord() const
    {
        return kind == Month || kind == AmPm || kind == Zone || kind == TimeSeparator || kind == Word;
    }
    bool isZ() const { return kind == Zone && length == 1; }
};

/// Reads one token ahead.
class DateScanner
{
public:
    explicit DateScanner(QStringView text)
        : m_text(text)
        , m_next(scan())
    {
    }
    const DateToken &peek() const { return m_next; }
    DateToken next()
    {
        const DateToken token = m_next;
        m_next = scan();
        return token;
    }
    bool skip(char symbol)
    {
        if (!m_next.isSymbol(symbol))
            return false;
        m_next = scan();
        return true;
    }

private:
    DateToken scan();
    DateToken scanNumber();
    DateToken scanWord();
    void skipParentheses();
    char16_t at(qsizetype index) const { return index < m_text.size() ? m_text[index].unicode() : u'\0'; }

    QStringView m_text;
    qsizetype m_at = 0;
    DateToken m_next;
};

} // namespace hookbench::mapping
