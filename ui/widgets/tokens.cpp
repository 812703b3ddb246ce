#include "ui/widgets/tokens.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextCharFormat>

#include <utility>

namespace hookbench::widgets {

namespace {

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n' || c == QChar::Nbsp;
}

/// Behind the closing quote of the string that begins at `at`, or the end of the line.
qsizetype endOfString(QStringView line, qsizetype at)
{
    for (qsizetype i = at + 1; i < line.size(); ++i) {
        if (line[i] == u'\\')
            ++i;
        else if (line[i] == u'"')
            return i + 1;
    }
    return line.size();
}

void add(TokenSpans &out, qsizetype start, qsizetype end, TokenKind kind)
{
    out.push_back({ static_cast<int>(start), static_cast<int>(end - start), kind });
}

int lexJson(QStringView line, int state, TokenSpans &out)
{
    qsizetype at = 0;
    while (at < line.size()) {
        const QChar c = line[at];
        if (isSpace(c)) {
            ++at;
        } else if (c == u'"') {
            const qsizetype end = endOfString(line, at);
            qsizetype next = end;
            while (next < line.size() && isSpace(line[next]))
                ++next;
            const bool isKey = next < line.size() && line[next] == u':';
            add(out, at, end, isKey ? TokenKind::Key : TokenKind::Text);
            at = end;
        } else if (c == u'-' || c.isDigit()) {
            qsizetype end = at + 1;
            while (end < line.size() && (line[end].isDigit() || QStringView(u".eE+-").contains(line[end])))
                ++end;
            add(out, at, end, TokenKind::Number);
            at = end;
        } else if (c.isLetter()) {
            qsizetype end = at + 1;
            while (end < line.size() && line[end].isLetter())
                ++end;
            const QStringView word = line.mid(at, end - at);
            const bool known = word == u"true" || word == u"false" || word == u"null";
            add(out, at, end, known ? TokenKind::Word : TokenKind::Error);
            at = end;
        } else {
            add(out, at, at + 1, TokenKind::Punctuation);
            ++at;
        }
    }
    return state;
}

} // namespace

LineLexer jsonLexer()
{
    return lexJson;
}

LineLexer httpLexer(LineLexer body)
{
    enum State { Start, Fields, Body };
    return [body = std::move(body)](QStringView line, int state, TokenSpans &out) -> int {
        if (state == Body)
            return body ? (body(line, 0, out), Body) : Body;
        if (line.isEmpty() || line == u"\r")
            return Body;
        if (state == Start) {
            add(out, 0, line.size(), TokenKind::Strong);
            return Fields;
        }
        if (const qsizetype colon = line.indexOf(u':'); colon > 0)
            add(out, 0, colon + 1, TokenKind::Key);
        return Fields;
    };
}

QColor tokenColor(TokenKind kind)
{
    const theme::Tokens &t = theme::tokens();
    switch (kind) {
    case TokenKind::Plain:
    case TokenKind::Strong:
        return t.text;
    case TokenKind::Key:
        return t.jKey;
    case TokenKind::Text:
        return t.jStr;
    case TokenKind::Number:
        return t.jNum;
    case TokenKind::Word:
        return t.jBool;
    case TokenKind::Punctuation:
    case TokenKind::Comment:
        return t.jPunct;
    case TokenKind::Error:
        return t.error;
    }
    return t.text;
}

QTextCharFormat tokenFormat(TokenKind kind)
{
    QTextCharFormat format;
    format.setForeground(tokenColor(kind));
    if (kind == TokenKind::Strong)
        format.setFontWeight(QFont::Bold);
    if (kind == TokenKind::Comment)
        format.setFontItalic(true);
    return format;
}

QString toRichText(QStringView text, const TokenSpans &spans)
{
    QString html;
    qsizetype at = 0;
    const auto plain = [&](qsizetype end) {
        if (end > at)
            html += text.mid(at, end - at).toString().toHtmlEscaped();
        at = std::max(at, end);
    };
    for (const TokenSpan &span : spans) {
        plain(span.start);
        html += QStringLiteral("<span style=\"color:%1\">%2</span>")
                    .arg(tokenColor(span.kind).name(), text.mid(span.start, span.length).toString().toHtmlEscaped());
        at = span.start + span.length;
    }
    plain(text.size());
    return QStringLiteral("<span style=\"white-space:pre\">%1</span>").arg(html);
}

void paintTokens(QPainter *painter, const QRect &rect, const QString &text, const TokenSpans &spans)
{
    const QFontMetrics metrics(painter->font());
    const bool elided = metrics.horizontalAdvance(text) > rect.width();
    const QString shown = elided ? metrics.elidedText(text, Qt::ElideRight, rect.width()) : text;
    const int baseline = rect.y() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    int x = rect.x();
    qsizetype at = 0;
    const auto draw = [&](qsizetype end, const QColor &color) {
        end = std::min<qsizetype>(end, shown.size());
        if (end <= at)
            return;
        const QString part = shown.mid(at, end - at);
        painter->setPen(color);
        painter->drawText(x, baseline, part);
        x += metrics.horizontalAdvance(part);
        at = end;
    };
    painter->save();
    painter->setLayoutDirection(Qt::LeftToRight); // or "<" were drawn as ">"
    for (const TokenSpan &span : spans) {
        draw(span.start, tokenColor(TokenKind::Plain));
        draw(span.start + span.length, tokenColor(span.kind));
    }
    draw(shown.size(), tokenColor(TokenKind::Plain));
    painter->restore();
}

} // namespace hookbench::widgets
