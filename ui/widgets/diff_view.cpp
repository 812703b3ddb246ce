#include "ui/widgets/diff_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace hookbench::widgets {

namespace {

constexpr int kSignWidth = 20;
constexpr int kTextPadding = 8;
constexpr int kLinesAbove = 2; ///< shown above a change that was jumped to

} // namespace

DiffView::DiffView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(theme::font(theme::Text::Mono));
    viewport()->setAutoFillBackground(false);
    setLayoutDirection(Qt::LeftToRight); // code, and what was before it stands at the left of it
}

void DiffView::setLexer(LineLexer lexer)
{
    m_lexer = std::move(lexer);
    for (Half &half : m_halves)
        lex(half);
    viewport()->update();
}

void DiffView::setTitles(const QString &left, const QString &right)
{
    m_halves[0].title = left;
    m_halves[1].title = right;
    setAccessibleName(tr("%1 and %2, side by side").arg(left, right));
}

void DiffView::setTexts(const QString &left, const QString &right)
{
    if (left == m_halves[0].text && right == m_halves[1].text)
        return;
    const std::array<QString, 2> texts{ left, right };
    for (std::size_t i = 0; i < m_halves.size(); ++i) {
        m_halves[i].text = texts[i];
        m_halves[i].lines = texts[i].isEmpty() ? QStringList() : texts[i].split(u'\n');
        lex(m_halves[i]);
    }
    m_rows = alignLines(m_halves[0].lines, m_halves[1].lines);
    m_changes.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].changed && (i == 0 || !m_rows[i - 1].changed))
            m_changes.push_back(static_cast<int>(i));
    setAccessibleDescription(tr("%n change(s)", nullptr, changeCount()));
    layOut();
    m_change = 0;
    verticalScrollBar()->setValue(0);
    showChange();
    viewport()->update();
}

bool DiffView::goToChange(bool next)
{
    const int wanted = m_change + (next ? 1 : -1);
    if (wanted < 0 || wanted >= changeCount())
        return false;
    m_change = wanted;
    showChange();
    return true;
}

void DiffView::showChange()
{
    const int row = m_changes.empty() ? 0 : m_changes[static_cast<std::size_t>(m_change)];
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value() || row >= bar->value() + bar->pageStep() - 1)
        bar->setValue(row - kLinesAbove);
}

void DiffView::lex(Half &half) const
{
    half.spans.assign(static_cast<std::size_t>(half.lines.size()), {});
    int state = 0;
    for (qsizetype i = 0; m_lexer && i < half.lines.size(); ++i)
        state = m_lexer(half.lines[i], state, half.spans[static_cast<std::size_t>(i)]);
}

int DiffView::rowHeight() const
{
    return fontMetrics().height() + 1;
}

int DiffView::gutterWidth() const
{
    const qsizetype most = std::max({ m_halves[0].lines.size(), m_halves[1].lines.size(), qsizetype{ 99 } });
    return fontMetrics().horizontalAdvance(QString::number(most)) + 2 * kTextPadding;
}

void DiffView::layOut()
{
    const int shown = viewport()->height() / rowHeight();
    verticalScrollBar()->setPageStep(std::max(shown, 1));
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_rows.size()) - shown));
    qsizetype widest = 0;
    for (const Half &half : m_halves)
        for (const QString &line : half.lines)
            widest = std::max(widest, line.size());
    const int width = viewport()->width() / 2 - gutterWidth() - kSignWidth - kTextPadding;
    const int advance = fontMetrics().horizontalAdvance(u'0');
    horizontalScrollBar()->setSingleStep(advance * 4);
    horizontalScrollBar()->setPageStep(std::max(width, 1));
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(widest) * advance + kTextPadding - width));
}

void DiffView::copy(int half) const
{
    QApplication::clipboard()->setText(m_halves[static_cast<std::size_t>(half)].text);
}

void DiffView::paintHalf(QPainter &painter, const QRect &area, int index)
{
    const theme::Tokens &t = theme::tokens();
    const Half &half = m_halves[static_cast<std::size_t>(index)];
    const bool left = index == 0;
    const int height = rowHeight();
    const int gutter = gutterWidth();
    const int textLeft = area.left() + gutter + kSignWidth;
    painter.save();
    painter.setClipRect(area);
    painter.fillRect(area, t.base);
    painter.fillRect(area.left(), area.top(), gutter, area.height(), t.alt);
    const QFontMetrics metrics = fontMetrics();
    int y = 0;
    for (int i = verticalScrollBar()->value(); i < static_cast<int>(m_rows.size()) && y < area.height();
         ++i, y += height) {
        const DiffRow &row = m_rows[static_cast<std::size_t>(i)];
        const int line = left ? row.left : row.right;
        const QRect band(area.left(), y, area.width(), height);
        if (row.changed)
            painter.fillRect(band, line < 0 ? t.alt : left ? t.delBg : t.addBg);
        if (line < 0)
            continue;
        painter.setPen(row.changed ? (left ? t.error : t.success) : t.jLine);
        painter.drawText(QRect(area.left(), y, gutter - kTextPadding, height), Qt::AlignRight | Qt::AlignVCenter,
            QString::number(line + 1));
        if (row.changed)
            painter.drawText(QRect(area.left() + gutter, y, kSignWidth, height), Qt::AlignCenter,
                left ? QStringLiteral("-") : QStringLiteral("+"));
        const QString &text = half.lines[line];
        painter.save();
        painter.setClipRect(QRect(textLeft, y, area.right() - textLeft + 1, height), Qt::IntersectClip);
        const int x = textLeft - horizontalScrollBar()->value();
        for (const DiffRange &range : left ? row.leftRanges : row.rightRanges) {
            const int from = metrics.horizontalAdvance(text.left(range.start));
            const int to = metrics.horizontalAdvance(text.left(range.start + range.length));
            painter.fillRect(QRect(x + from, y, to - from, height), left ? t.delWord : t.addWord);
        }
        paintTokens(&painter, QRect(x, y, metrics.horizontalAdvance(text) + kTextPadding, height), text,
            half.spans[static_cast<std::size_t>(line)]);
        painter.restore();
    }
    painter.restore();
}

void DiffView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setLayoutDirection(Qt::LeftToRight);
    const QRect area = viewport()->rect();
    const int middle = area.width() / 2;
    paintHalf(painter, QRect(0, 0, middle, area.height()), 0);
    paintHalf(painter, QRect(middle, 0, area.width() - middle, area.height()), 1);
    painter.setPen(theme::tokens().border);
    painter.drawLine(middle, 0, middle, area.height());
    if (hasFocus()) {
        painter.setPen(theme::tokens().accent);
        painter.drawRect(area.adjusted(0, 0, -1, -1));
    }
}

void DiffView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void DiffView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
    viewport()->update();
}

void DiffView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy(m_clicked);
    else if (event->key() == Qt::Key_N || (event->key() == Qt::Key_Down && event->modifiers() == Qt::AltModifier))
        goToChange(true);
    else if (event->key() == Qt::Key_P || (event->key() == Qt::Key_Up && event->modifiers() == Qt::AltModifier))
        goToChange(false);
    else if (event->matches(QKeySequence::MoveToStartOfDocument) || event->key() == Qt::Key_Home)
        verticalScrollBar()->setValue(0);
    else if (event->matches(QKeySequence::MoveToEndOfDocument) || event->key() == Qt::Key_End)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void DiffView::mousePressEvent(QMouseEvent *event)
{
    m_clicked = event->position().x() < viewport()->width() / 2.0 ? 0 : 1;
    QAbstractScrollArea::mousePressEvent(event);
}

void DiffView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    for (int half = 0; half < 2; ++half)
        connect(menu.addAction(tr("Copy %1").arg(m_halves[static_cast<std::size_t>(half)].title)), &QAction::triggered,
            this, [this, half] { copy(half); });
    menu.addSeparator();
    connect(menu.addAction(tr("Next change")), &QAction::triggered, this, [this] { goToChange(true); });
    connect(menu.addAction(tr("Previous change")), &QAction::triggered, this, [this] { goToChange(false); });
    menu.exec(event->globalPos());
}

} // namespace hookbench::widgets
