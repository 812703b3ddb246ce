#include "ui/data/words_painter.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <vector>

namespace hookbench::data {

namespace {

using Kind = Word::Kind;

constexpr int kToken = 19;
constexpr int kPadding = 5;
constexpr int kGap = 4;
constexpr int kGlyph = 12;

/// A stretch of text in one font and colour.
struct Run
{
    QString text;
    QFont font;
    QColor color;
    int before; ///< room in front of it
    int after;
    int frame; ///< number of the frame it is in, -1: none
    bool icon = false;
};

struct Frame
{
    QColor fill;
    QColor border;
};

class Composer
{
public:
    void add(const Words &words)
    {
        for (const Word &word : words)
            addTop(word);
    }
    std::vector<Run> runs;
    std::vector<Frame> frames;

private:
    static QColor colorOf(Kind kind)
    {
        const theme::Tokens &t = theme::tokens();
        switch (kind) {
        case Kind::Variable:
            return t.jKey;
        case Kind::Text:
        case Kind::Liquid:
            return t.jStr;
        case Kind::Number:
            return t.jNum;
        case Kind::Keyword:
            return t.jBool;
        case Kind::Punctuation:
        case Kind::Json:
            return t.jPunct;
        case Kind::Note:
            return t.muted;
        case Kind::Plain:
        case Kind::Function:
            return t.text;
        }
        return t.text;
    }

    static QFont fontOf(Kind kind)
    {
        return theme::font(kind == Kind::Plain || kind == Kind::Note ? theme::Text::Body : theme::Text::Mono);
    }

    void addTop(const Word &word)
    {
        const theme::Tokens &t = theme::tokens();
        if (word.kind == Kind::Variable || word.kind == Kind::Json) {
            const bool variable = word.kind == Kind::Variable;
            frames.push_back(variable ? Frame{ t.tint, t.selBorder } : Frame{ t.chip, t.chipBorder });
            const int frame = static_cast<int>(frames.size()) - 1;
            runs.push_back({ word.text, fontOf(word.kind), colorOf(word.kind), kPadding, kPadding, frame });
            return;
        }
        if (word.kind == Kind::Function) {
            frames.push_back({ t.chip, t.chipBorder });
            const int frame = static_cast<int>(frames.size()) - 1;
            runs.push_back({ {}, fontOf(Kind::Plain), t.muted, kPadding, 0, frame, true });
            addFunction(word, frame);
            runs.back().after = kPadding;
            return;
        }
        runs.push_back({ word.text, fontOf(word.kind), colorOf(word.kind), 1, 1, -1 });
    }

    void addFunction(const Word &word, int frame)
    {
        runs.push_back({ word.text, theme::font(theme::Text::SmallStrong), colorOf(Kind::Function), 4, 0, frame });
        addPunctuation(QStringLiteral("("), frame);
        for (const Word &inner : word.inner) {
            if (inner.kind == Kind::Function)
                addFunction(inner, frame);
            else
                runs.push_back({ inner.text,
                    inner.kind == Kind::Plain ? theme::font(theme::Text::Small) : theme::font(theme::Text::Mono),
                    colorOf(inner.kind), inner.text == u"," ? 1 : 6, 0, frame });
        }
        addPunctuation(QStringLiteral(")"), frame);
    }

    void addPunctuation(const QString &text, int frame)
    {
        runs.push_back({ text, theme::font(theme::Text::Mono), colorOf(Kind::Punctuation), 5, 0, frame });
    }
};

int advance(const Run &run)
{
    return run.before + run.after + (run.icon ? kGlyph : QFontMetrics(run.font).horizontalAdvance(run.text));
}

} // namespace

int widthOf(const Words &words)
{
    Composer composer;
    composer.add(words);
    int width = 0;
    for (std::size_t i = 0; i < composer.runs.size(); ++i) {
        const Run &run = composer.runs[i];
        const bool gap = i > 0 && (run.frame != composer.runs[i - 1].frame);
        width += advance(run) + (gap ? kGap : 0);
    }
    return width;
}

int paintWords(QPainter *painter, const QRect &rect, const Words &words, Qt::LayoutDirection direction)
{
    Composer composer;
    composer.add(words);
    struct Placed
    {
        const Run *run;
        QString text;
        QRect box;
    };
    std::vector<Placed> placed;
    std::vector<QRect> framed(composer.frames.size());
    int x = rect.left();
    for (std::size_t i = 0; i < composer.runs.size(); ++i) {
        const Run &run = composer.runs[i];
        if (i > 0 && run.frame != composer.runs[i - 1].frame)
            x += kGap;
        const int room = rect.right() + 1 - x;
        int width = advance(run);
        QString text = run.text;
        const bool last = width > room;
        if (last) {
            const QFontMetrics metrics(run.font);
            text = metrics.elidedText(run.text, Qt::ElideRight, room - run.before - kPadding);
            width = std::min(room, run.before + metrics.horizontalAdvance(text) + kPadding);
            if (width <= 0)
                break;
        }
        const QRect box(x, rect.top() + (rect.height() - kToken) / 2, width, kToken);
        placed.push_back({ &run, text, box });
        if (run.frame >= 0)
            framed[static_cast<std::size_t>(run.frame)] |= box;
        x += width;
        if (last)
            break;
    }
    // What is written in them runs from the left, as in the JSON: brackets and arguments stay where they belong. In a
    // window from right to left the whole stands at the other end.
    const int shift = direction == Qt::RightToLeft ? rect.right() + 1 - std::min(x, rect.right() + 1) : 0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < framed.size(); ++i) {
        if (framed[i].isEmpty())
            continue;
        painter->setPen(composer.frames[i].border);
        painter->setBrush(composer.frames[i].fill);
        painter->drawRoundedRect(QRectF(framed[i].translated(shift, 0)).adjusted(0.5, 0.5, -0.5, -0.5),
            theme::metric::kChipRadius, theme::metric::kChipRadius);
    }
    for (const Placed &part : placed) {
        const QRect box = part.box.adjusted(part.run->before, 0, 0, 0).translated(shift, 0);
        if (part.run->icon) {
            theme::paintIcon(painter, QRect(box.left(), box.top() + (box.height() - kGlyph) / 2, kGlyph, kGlyph), "fx",
                part.run->color);
            continue;
        }
        painter->setFont(part.run->font);
        painter->setPen(part.run->color);
        painter->setLayoutDirection(Qt::LayoutDirectionAuto); // {{ properties.coupon }} runs as its letters do
        painter->drawText(box,
            static_cast<int>(Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextSingleLine, part.text);
    }
    painter->restore();
    return x - rect.left();
}

} // namespace hookbench::data
