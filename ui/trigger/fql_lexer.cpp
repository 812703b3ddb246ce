#include "ui/trigger/fql_lexer.h"

#include "core/fql/highlight.h"

namespace hookbench::trigger {

namespace {

widgets::TokenKind kindOf(fql::TokenKind kind)
{
    switch (kind) {
    case fql::TokenKind::Field:
        return widgets::TokenKind::Key;
    case fql::TokenKind::Function:
    case fql::TokenKind::Connective:
    case fql::TokenKind::Constant:
        return widgets::TokenKind::Word;
    case fql::TokenKind::String:
        return widgets::TokenKind::Text;
    case fql::TokenKind::Number:
        return widgets::TokenKind::Number;
    case fql::TokenKind::Operator:
    case fql::TokenKind::Word:
        return widgets::TokenKind::Plain;
    case fql::TokenKind::Punctuation:
        return widgets::TokenKind::Punctuation;
    case fql::TokenKind::Invalid:
        return widgets::TokenKind::Error;
    }
    return widgets::TokenKind::Plain;
}

} // namespace

widgets::LineLexer fqlLexer()
{
    return [](QStringView line, int, widgets::TokenSpans &out) {
        const QByteArray utf8 = line.toUtf8();
        const auto units = [&](std::size_t from, std::size_t length) {
            return static_cast<int>(QString::fromUtf8(utf8.constData() + from, static_cast<qsizetype>(length)).size());
        };
        int position = 0;
        std::size_t done = 0;
        for (const fql::Token &token : fql::tokenize({ utf8.constData(), static_cast<std::size_t>(utf8.size()) })) {
            position += units(done, token.offset - done);
            const int length = units(token.offset, token.length);
            out.push_back({ position, length, kindOf(token.kind) });
            position += length;
            done = token.offset + token.length;
        }
        return 0;
    };
}

} // namespace hookbench::trigger
