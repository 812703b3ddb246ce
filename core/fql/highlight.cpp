#include "core/fql/highlight.h"

#include "core/fql/parser.h"

#include <algorithm>

namespace hookbench::fql {

namespace {

using Kind = Lexeme::Kind;

/// Colours words one after the other, with an eye on the word before.
class Painter
{
public:
    void word(const Lexeme &lexeme)
    {
        const bool isStep = m_path && m_last == Kind::Dot;
        const bool isDotOfPath = m_path && m_last == Kind::Ident && lexeme.kind == Kind::Dot;
        TokenKind kind = TokenKind::Punctuation;
        switch (lexeme.kind) {
        case Kind::Ident:
            kind = isStep ? *m_path : identifier(lexeme);
            break;
        case Kind::Dot:
            kind = isDotOfPath ? *m_path : TokenKind::Punctuation;
            break;
        case Kind::Operator:
            kind = TokenKind::Operator;
            break;
        case Kind::Connective:
            kind = isStep ? TokenKind::Invalid : TokenKind::Connective;
            break;
        case Kind::String:
            kind = lexeme.value.front() == '\'' ? TokenKind::Invalid : TokenKind::String;
            break;
        case Kind::Number:
            kind = isStep ? TokenKind::Invalid : TokenKind::Number;
            break;
        case Kind::Null:
            kind = isStep ? TokenKind::Invalid : TokenKind::Constant;
            break;
        case Kind::ParenLeft:
            if (m_functionName)
                m_tokens.back().kind = TokenKind::Function;
            break;
        default:
            break;
        }
        const bool continues = isDotOfPath || (isStep && lexeme.kind == Kind::Ident);
        if (lexeme.kind == Kind::Ident && !isStep)
            m_path = kind;
        else if (!continues)
            m_path.reset();
        m_functionName
            = lexeme.kind == Kind::Ident && !isStep && (lexeme.value == "contains" || lexeme.value == "match");
        m_afterComparison = lexeme.kind == Kind::Operator && lexeme.value != "!";
        m_last = lexeme.kind;
        push(kind, lexeme.source, continues);
    }

    void invalid(SourceRange range)
    {
        m_path.reset();
        m_functionName = false;
        m_afterComparison = false;
        m_last = Kind::End;
        push(TokenKind::Invalid, range, false);
    }

    std::vector<Token> take() { return std::move(m_tokens); }

private:
    TokenKind identifier(const Lexeme &lexeme) const
    {
        if (m_afterComparison)
            return lexeme.value == "true" || lexeme.value == "false" ? TokenKind::Constant : TokenKind::Word;
        return fieldOf(lexeme.value) ? TokenKind::Field : TokenKind::Word;
    }

    void push(TokenKind kind, SourceRange range, bool continues)
    {
        const std::size_t taken = m_tokens.empty() ? 0 : m_tokens.back().offset + m_tokens.back().length;
        // A quote that closes one string and opens the next belongs to the first.
        const std::size_t begin = std::max(range.offset, taken);
        if (begin >= range.end())
            return;
        if (continues && begin == taken)
            m_tokens.back().length = range.end() - m_tokens.back().offset;
        else
            m_tokens.push_back({ kind, begin, range.end() - begin });
    }

    std::vector<Token> m_tokens;
    Kind m_last = Kind::End;
    std::optional<TokenKind> m_path; ///< the colour of the path being read
    bool m_functionName = false;
    bool m_afterComparison = false;
};

} // namespace

std::vector<Token> tokenize(std::string_view fql)
{
    Painter painter;
    Lexer lexer(fql);
    while (true) {
        const tl::expected<Lexeme, Refusal> word = lexer.next();
        if (word && word->kind == Kind::End)
            return painter.take();
        if (word) {
            painter.word(*word);
            continue;
        }
        const SourceRange refused = word.error().range;
        if (refused.offset > lexer.wordStart()) {
            Lexeme before;
            before.kind = Kind::Ident;
            before.source = { lexer.wordStart(), refused.offset - lexer.wordStart() };
            before.value = fql.substr(before.source.offset, before.source.length);
            painter.word(before);
        }
        painter.invalid(refused);
    }
}

} // namespace hookbench::fql
