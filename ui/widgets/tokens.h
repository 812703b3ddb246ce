#pragma once
// Coloured text: what a lexer found in it, in UTF-16 positions, and the colour each kind has. Used by the code editor,
// by labels and by delegates.
#include <QColor>
#include <QRect>
#include <QString>
#include <QStringView>

#include <functional>
#include <vector>

class QPainter;
class QTextCharFormat;

namespace hookbench::widgets {

enum class TokenKind {
    Plain,
    Key,
    Text,
    Number,
    Word /* true, false, null, keywords */,
    Punctuation,
    Comment,
    Error,
    Strong
};

struct TokenSpan
{
    int start = 0;
    int length = 0;
    TokenKind kind = TokenKind::Plain;
    friend bool operator==(const TokenSpan &, const TokenSpan &) = default;
};
using TokenSpans = std::vector<TokenSpan>;

/// Lexes one line. `state` is what the line before it left (0 at the start); returns what this one leaves. Must be fast
/// and never fail: it runs while the user types.
using LineLexer = std::function<int(QStringView line, int state, TokenSpans &out)>;

/// JSON, also while it is being typed.
LineLexer jsonLexer();
/// A request or response: start line, header fields, and behind the empty line a body for `body`.
LineLexer httpLexer(LineLexer body = jsonLexer());

QColor tokenColor(TokenKind kind);
QTextCharFormat tokenFormat(TokenKind kind);
/// The same text as rich text for a QLabel, escaped, in the running palette's colours.
QString toRichText(QStringView text, const TokenSpans &spans);
/// Paints one line, elided at the end, in the painter's font.
void paintTokens(QPainter *painter, const QRect &rect, const QString &text, const TokenSpans &spans);

} // namespace hookbench::widgets
