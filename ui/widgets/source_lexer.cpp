#include "ui/widgets/source_lexer.h"

namespace hookbench::widgets {

namespace {

struct Dialect
{
    QStringView lineComment;
    bool blockComments = false; ///< /* … */
    QStringView quotes; ///< characters that begin and end a string
    QStringView raw; ///< those in whose strings a backslash is one
    bool stringsGoOn = false; ///< over the end of the line
    QStringView words{}; ///< keywords with a space before and behind each
    bool triples = false; ///< """ … """
};

const Dialect &dialectOf(SourceKind kind)
{
    static const Dialect shell{ u"#", false, u"'\"", u"'", true, u" if then else fi for in do done set export " };
    static const Dialect javaScript{ u"//", true, u"'\"`", u"", false,
        u" async await break case catch class const continue default else export false finally for from function if "
        u"import in instanceof let new null of return switch this throw true try typeof undefined var while " };
    static const Dialect python{ u"#", false, u"'\"", u"", false,
        u" False None True and as assert break class continue def del elif else except finally for from if import in "
        u"is lambda not or pass raise return try while with yield ",
        true };
    static const Dialect go{ u"//", true, u"'\"`", u"`", false,
        u" break case const continue default defer else false for func go if import interface map nil package range "
        u"return struct switch true type var " };
    static const Dialect php{ u"//", true, u"'\"", u"", true,
        u" array as bool catch declare echo else elseif exit false for foreach function if int new null return static "
        u"string switch throw true try use while " };
    static const Dialect ruby{ u"#", false, u"'\"", u"", false,
        u" and begin break case class def do else elsif end ensure false if in module next nil not or raise require "
        u"rescue return self then true unless until when while yield " };
    static const Dialect java{ u"//", true, u"'\"", u"", false,
        u" boolean break byte case catch char class continue else false final finally for if import instanceof int "
        u"long new null package private public return static switch this throw throws true try var void while " };
    static const Dialect cSharp{ u"//", true, u"'\"", u"", false,
        u" bool break byte case catch char class const continue else false finally for foreach if in int internal is "
        u"long namespace new null out private public return static string switch this throw true try using var void "
        u"while " };
    switch (kind) {
    case SourceKind::Shell:
        return shell;
    case SourceKind::JavaScript:
        return javaScript;
    case SourceKind::Python:
        return python;
    case SourceKind::Go:
        return go;
    case SourceKind::Php:
        return php;
    case SourceKind::Ruby:
        return ruby;
    case SourceKind::Java:
        return java;
    case SourceKind::CSharp:
        return cSharp;
    }
    return shell;
}

// The state is the quote of an open string, or one of these, or 0.
constexpr int kInBlockComment = 0x10000;
constexpr int kTripled = 0x20000; // with the quote

class LineReader
{
public:
    LineReader(const Dialect &dialect, QStringView line, TokenSpans &out)
        : m_dialect(dialect)
        , m_line(line)
        , m_out(out)
    {
    }

    int read(int state)
    {
        if (state == kInBlockComment && !comment(0))
            return kInBlockComment;
        if ((state & kTripled) != 0 && !tripled(QChar(static_cast<char16_t>(state & 0xFFFF)), 0))
            return state;
        if (state > 0 && state < kInBlockComment && !string(QChar(static_cast<char16_t>(state)), 0))
            return state;
        while (m_at < m_line.size()) {
            const QChar c = m_line[m_at];
            const QStringView rest = m_line.mid(m_at);
            if (rest.startsWith(m_dialect.lineComment)) {
                add(m_at, m_line.size(), TokenKind::Comment);
                return 0;
            }
            if (m_dialect.blockComments && rest.startsWith(u"/*")) {
                if (!comment(2))
                    return kInBlockComment;
            } else if (m_dialect.triples && rest.size() > 2 && m_dialect.quotes.contains(c) && rest[1] == c
                && rest[2] == c) {
                if (!tripled(c, 3))
                    return kTripled | c.unicode();
            } else if (m_dialect.quotes.contains(c)) {
                if (!string(c, 1))
                    return m_dialect.stringsGoOn || c == u'`' ? c.unicode() : 0;
            } else if (c.isDigit()) {
                word(TokenKind::Number);
            } else if (c.isLetter() || c == u'_') {
                word(TokenKind::Word);
            } else {
                ++m_at;
            }
        }
        return 0;
    }

private:
    void add(qsizetype start, qsizetype end, TokenKind kind)
    {
        m_out.push_back({ static_cast<int>(start), static_cast<int>(end - start), kind });
        m_at = end;
    }

    /// Up to its end, if that is in this line. `begun`: characters that open it.
    bool comment(qsizetype begun)
    {
        const qsizetype end = m_line.indexOf(u"*/", m_at + begun);
        add(m_at, end < 0 ? m_line.size() : end + 2, TokenKind::Comment);
        return end >= 0;
    }

    bool string(QChar quote, qsizetype begun)
    {
        for (qsizetype i = m_at + begun; i < m_line.size(); ++i) {
            if (m_line[i] == u'\\' && !m_dialect.raw.contains(quote))
                ++i;
            else if (m_line[i] == quote) {
                add(m_at, i + 1, TokenKind::Text);
                return true;
            }
        }
        add(m_at, m_line.size(), TokenKind::Text);
        return false;
    }

    bool tripled(QChar quote, qsizetype begun)
    {
        const qsizetype end = m_line.indexOf(QString(3, quote), m_at + begun);
        add(m_at, end < 0 ? m_line.size() : end + 3, TokenKind::Text);
        return end >= 0;
    }

    void word(TokenKind kind)
    {
        qsizetype end = m_at + 1;
        while (end < m_line.size() && (m_line[end].isLetterOrNumber() || m_line[end] == u'_'))
            ++end;
        const QStringView found = m_line.mid(m_at, end - m_at);
        if (kind == TokenKind::Word && !isKeyword(found))
            m_at = end;
        else
            add(m_at, end, kind);
    }

    bool isKeyword(QStringView found) const
    {
        for (qsizetype at = m_dialect.words.indexOf(found); at >= 0; at = m_dialect.words.indexOf(found, at + 1))
            if (at > 0 && m_dialect.words[at - 1] == u' ' && m_dialect.words[at + found.size()] == u' ')
                return true;
        return false;
    }

    const Dialect &m_dialect;
    QStringView m_line;
    TokenSpans &m_out;
    qsizetype m_at = 0;
};

} // namespace

LineLexer sourceLexer(SourceKind kind)
{
    return [dialect = &dialectOf(kind)](
               QStringView line, int state, TokenSpans &out) { return LineReader(*dialect, line, out).read(state); };
}

} // namespace hookbench::widgets
