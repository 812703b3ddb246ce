#include "ui/widgets/text_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>

namespace hookbench::widgets {

namespace {

constexpr int kTextMargin = 8;
constexpr int kTextTop = 4;
constexpr int kLongestRow = 2000; ///< of a text that is not wrapped: more is not laid out at once
constexpr int kAutoScrollMs = 40;
constexpr int kRowsAround = 2; ///< shown above and below what was gone to

QTextLayout::FormatRange formatRange(int start, int length, const QTextCharFormat &format)
{
    QTextLayout::FormatRange range;
    range.start = start;
    range.length = length;
    range.format = format;
    return range;
}

void layOutRow(QTextLayout &layout, const QFont &font, qreal tabDistance)
{
    layout.setFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTabStopDistance(tabDistance);
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setCacheEnabled(false);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
}

/// Adds those of `spans` that touch [from, to), relative to `from`.
void addFormats(QList<QTextLayout::FormatRange> &out, const TokenSpans &spans, int from, int to)
{
    auto span = std::partition_point(
        spans.begin(), spans.end(), [from](const TokenSpan &s) { return s.start + s.length <= from; });
    for (; span != spans.end() && span->start < to; ++span) {
        const int start = std::max(span->start, from);
        const int end = std::min(span->start + span->length, to);
        out.append(formatRange(start - from, end - start, tokenFormat(span->kind)));
    }
}

/// Screen readers read the text as that of a text field that cannot be edited.
class AccessibleTextView final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit AccessibleTextView(TextView *view)
        : QAccessibleWidget(view, QAccessible::EditableText)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this)
                                                  : QAccessibleWidget::interface_cast(type);
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }

    void selection(int, int *start, int *end) const override
    {
        *end = view()->cursorPosition();
        *start = *end - static_cast<int>(view()->selectedText().size());
    }
    int selectionCount() const override { return view()->selectedText().isEmpty() ? 0 : 1; }
    void addSelection(int start, int end) override { view()->select(start, end); }
    void removeSelection(int) override { view()->select(view()->cursorPosition(), view()->cursorPosition()); }
    void setSelection(int, int start, int end) override { view()->select(start, end); }
    int cursorPosition() const override { return view()->cursorPosition(); }
    void setCursorPosition(int position) override { view()->select(position, position); }
    QString text(int start, int end) const override { return view()->shown().text.mid(start, end - start); }
    int characterCount() const override { return static_cast<int>(view()->shown().text.size()); }
    QRect characterRect(int) const override { return {}; }
    int offsetAtPoint(const QPoint &) const override { return -1; }
    void scrollToSubstring(int start, int end) override { view()->select(start, end); }
    QString attributes(int, int *start, int *end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }
    using QAccessibleWidget::text;

private:
    TextView *view() const { return static_cast<TextView *>(widget()); }
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *view = qobject_cast<TextView *>(object);
    return view ? new AccessibleTextView(view) : nullptr;
}

} // namespace

TextView::TextView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_text(std::make_shared<const ShownText>())
    , m_rows{ 0 }
{
    [[maybe_unused]] static const bool installed = (QAccessible::installFactory(makeAccessible), true);
    setLayoutDirection(Qt::LeftToRight); // bytes, as beside in hexadecimal
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(theme::font(theme::Text::Mono));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAutoFillBackground(false);
}

void TextView::setText(ShownTextPtr text)
{
    m_text = std::move(text);
    m_anchor = m_cursor = 0;
    m_matches.clear();
    m_currentMatch = -1;
    m_columns = 0;
    layOut();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TextView::setLineWrapped(bool wrapped)
{
    if (wrapped == m_wraps)
        return;
    m_wraps = wrapped;
    layOut();
    viewport()->update();
}

void TextView::setMatches(std::vector<int> starts, int length, int current)
{
    m_matches = std::move(starts);
    m_matchLength = length;
    m_currentMatch = current;
    if (current >= 0 && current < static_cast<int>(m_matches.size())) {
        m_anchor = m_cursor = m_matches[static_cast<std::size_t>(current)];
        ensureVisible(m_cursor);
    }
    viewport()->update();
}

QString TextView::selectedText() const
{
    const int from = std::min(m_anchor, m_cursor);
    return m_text->text.mid(from, std::max(m_anchor, m_cursor) - from);
}

void TextView::select(int anchor, int cursor)
{
    const auto size = static_cast<int>(m_text->text.size());
    m_anchor = std::clamp(anchor, 0, size);
    setCursor(std::clamp(cursor, 0, size), true);
}

void TextView::selectAll()
{
    m_anchor = 0;
    m_cursor = static_cast<int>(m_text->text.size());
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TextView::copy() const
{
    if (m_anchor != m_cursor)
        QApplication::clipboard()->setText(selectedText());
}

int TextView::rowHeight() const
{
    return fontMetrics().lineSpacing();
}

int TextView::columnWidth() const
{
    return std::max(1, fontMetrics().horizontalAdvance(u'0'));
}

int TextView::rowOf(int position) const
{
    return static_cast<int>(std::upper_bound(m_rows.begin(), m_rows.end(), position) - m_rows.begin()) - 1;
}

int TextView::rowEnd(int row) const
{
    const auto next = static_cast<std::size_t>(row) + 1;
    if (next >= m_rows.size())
        return static_cast<int>(m_text->text.size());
    const int end = m_rows[next];
    return m_text->text[end - 1] == u'\n' ? end - 1 : end;
}

QString TextView::rowText(int row) const
{
    const int start = m_rows[static_cast<std::size_t>(row)];
    return m_text->text.mid(start, rowEnd(row) - start);
}

void TextView::layOut()
{
    const int columns = m_wraps ? std::max(10, (viewport()->width() - 2 * kTextMargin) / columnWidth()) : kLongestRow;
    const int shown = std::max(1, (viewport()->height() - kTextTop) / rowHeight());
    if (columns != m_columns) {
        const int first = m_rows[std::min(m_rows.size() - 1, static_cast<std::size_t>(verticalScrollBar()->value()))];
        m_columns = columns;
        m_rows = rowStarts(m_text->text, columns);
        verticalScrollBar()->setRange(0, std::max(0, rowCount() - shown));
        verticalScrollBar()->setValue(rowOf(first));
    }
    verticalScrollBar()->setPageStep(shown);
    verticalScrollBar()->setRange(0, std::max(0, rowCount() - shown));
    int widest = 0;
    if (!m_wraps)
        for (int row = 0; row < rowCount(); ++row)
            widest = std::max(widest, rowEnd(row) - m_rows[static_cast<std::size_t>(row)]);
    const int width = widest * columnWidth() + 2 * kTextMargin;
    horizontalScrollBar()->setSingleStep(columnWidth() * 4);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, m_wraps ? 0 : std::max(0, width - viewport()->width()));
}

void TextView::paintEvent(QPaintEvent *event)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), t.base);
    const int height = rowHeight();
    const int selectedFrom = std::min(m_anchor, m_cursor);
    const int selectedTo = std::max(m_anchor, m_cursor);
    QTextCharFormat selected;
    selected.setBackground(t.sel);
    QTextCharFormat found;
    found.setBackground(t.warningBg);
    QTextCharFormat current = found;
    current.setBackground(t.warningLine);
    current.setForeground(t.text);
    const int x = kTextMargin - horizontalScrollBar()->value();
    const int first = verticalScrollBar()->value();
    int y = kTextTop;
    for (int row = first; row < rowCount() && y < viewport()->height(); ++row, y += height) {
        if (y > event->rect().bottom() || y + height < event->rect().top())
            continue;
        const int from = m_rows[static_cast<std::size_t>(row)];
        const int to = rowEnd(row);
        QTextLayout layout(rowText(row));
        QList<QTextLayout::FormatRange> formats;
        addFormats(formats, m_text->spans, from, to);
        addFormats(formats, m_text->escapes, from, to);
        layout.setFormats(formats);
        layOutRow(layout, font(), kTabColumns * columnWidth());
        QList<QTextLayout::FormatRange> marks;
        auto match = std::partition_point(
            m_matches.begin(), m_matches.end(), [&](int start) { return start + m_matchLength <= from; });
        for (; match != m_matches.end() && *match < to; ++match) {
            const int start = std::max(*match, from);
            const int end = std::min(*match + m_matchLength, to);
            const bool isCurrent = match - m_matches.begin() == m_currentMatch;
            marks.append(formatRange(start - from, end - start, isCurrent ? current : found));
        }
        if (selectedFrom < std::max(to, from + 1) && selectedTo > from)
            marks.append(formatRange(std::max(selectedFrom, from) - from,
                std::min(selectedTo, to) - std::max(selectedFrom, from), selected));
        painter.setPen(t.text);
        layout.draw(&painter, QPointF(x, y), marks);
        if (hasFocus() && rowOf(m_cursor) == row)
            layout.drawCursor(&painter, QPointF(x, y), m_cursor - from);
    }
    if (hasFocus()) {
        painter.setPen(t.accent);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

int TextView::positionAt(QPoint point) const
{
    const int wanted = verticalScrollBar()->value() + (point.y() - kTextTop) / rowHeight();
    if (point.y() < 0)
        return m_rows[static_cast<std::size_t>(std::clamp(wanted - 1, 0, rowCount() - 1))];
    if (wanted >= rowCount())
        return static_cast<int>(m_text->text.size());
    QTextLayout layout(rowText(wanted));
    layOutRow(layout, font(), kTabColumns * columnWidth());
    const qreal x = point.x() - kTextMargin + horizontalScrollBar()->value();
    return m_rows[static_cast<std::size_t>(wanted)] + layout.lineAt(0).xToCursor(x);
}

qreal TextView::xOf(int position) const
{
    const int row = rowOf(position);
    QTextLayout layout(rowText(row));
    layOutRow(layout, font(), kTabColumns * columnWidth());
    return layout.lineAt(0).cursorToX(position - m_rows[static_cast<std::size_t>(row)]);
}

void TextView::setCursor(int position, bool extend)
{
    m_cursor = position;
    if (!extend)
        m_anchor = position;
    ensureVisible(position);
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TextView::ensureVisible(int position)
{
    QScrollBar *bar = verticalScrollBar();
    const int row = rowOf(position);
    if (row < bar->value())
        bar->setValue(row - (row < bar->value() - 1 ? kRowsAround : 0));
    else if (row >= bar->value() + bar->pageStep())
        bar->setValue(row - bar->pageStep() + 1 + (row > bar->value() + bar->pageStep() ? kRowsAround : 0));
    if (horizontalScrollBar()->maximum() == 0)
        return;
    const int x = static_cast<int>(xOf(position));
    const int width = viewport()->width() - 2 * kTextMargin;
    if (x < horizontalScrollBar()->value())
        horizontalScrollBar()->setValue(x - width / 4);
    else if (x > horizontalScrollBar()->value() + width)
        horizontalScrollBar()->setValue(x - width + width / 4);
}

void TextView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void TextView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_text) {
        m_columns = 0;
        layOut();
    }
    viewport()->update();
}

void TextView::keyPressEvent(QKeyEvent *event)
{
    const auto size = static_cast<int>(m_text->text.size());
    const auto vertical = [this](int rows) {
        const int row = rowOf(m_cursor);
        const int column = m_cursor - m_rows[static_cast<std::size_t>(row)];
        const int target = std::clamp(row + rows, 0, rowCount() - 1);
        return std::min(m_rows[static_cast<std::size_t>(target)] + column, rowEnd(target));
    };
    const auto beside = [&](int step) { // not into the middle of a pair
        int to = std::clamp(m_cursor + step, 0, size);
        if (to > 0 && to < size && m_text->text[to].isLowSurrogate())
            to += step;
        return to;
    };
    const int row = rowOf(m_cursor);
    const int page = verticalScrollBar()->pageStep();
    const struct
    {
        QKeySequence::StandardKey move;
        QKeySequence::StandardKey select;
        int target;
    } moves[] = {
        { QKeySequence::MoveToNextChar, QKeySequence::SelectNextChar, beside(1) },
        { QKeySequence::MoveToPreviousChar, QKeySequence::SelectPreviousChar, beside(-1) },
        { QKeySequence::MoveToNextLine, QKeySequence::SelectNextLine, vertical(1) },
        { QKeySequence::MoveToPreviousLine, QKeySequence::SelectPreviousLine, vertical(-1) },
        { QKeySequence::MoveToNextPage, QKeySequence::SelectNextPage, vertical(page) },
        { QKeySequence::MoveToPreviousPage, QKeySequence::SelectPreviousPage, vertical(-page) },
        { QKeySequence::MoveToStartOfLine, QKeySequence::SelectStartOfLine, m_rows[static_cast<std::size_t>(row)] },
        { QKeySequence::MoveToEndOfLine, QKeySequence::SelectEndOfLine, rowEnd(row) },
        { QKeySequence::MoveToStartOfDocument, QKeySequence::SelectStartOfDocument, 0 },
        { QKeySequence::MoveToEndOfDocument, QKeySequence::SelectEndOfDocument, size },
    };
    for (const auto &entry : moves) {
        const bool extend = event->matches(entry.select);
        if (extend || event->matches(entry.move)) {
            setCursor(entry.target, extend);
            return;
        }
    }
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void TextView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCursor(positionAt(event->pos()), event->modifiers().testFlag(Qt::ShiftModifier));
}

void TextView::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_dragged = event->pos();
    if (viewport()->rect().contains(m_dragged))
        m_autoScroll.stop();
    else if (!m_autoScroll.isActive())
        m_autoScroll.start(kAutoScrollMs, this);
    setCursor(positionAt(m_dragged), true);
}

void TextView::mouseReleaseEvent(QMouseEvent *event)
{
    m_autoScroll.stop();
    QClipboard *clipboard = QApplication::clipboard();
    if (event->button() == Qt::LeftButton && m_anchor != m_cursor && clipboard->supportsSelection())
        clipboard->setText(selectedText(), QClipboard::Selection);
}

void TextView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int at = positionAt(event->pos());
    const QString &text = m_text->text;
    const auto isWord = [&](int i) { return text[i].isLetterOrNumber() || text[i] == u'_' || text[i] == u'-'; };
    int from = at;
    int to = at;
    while (from > 0 && isWord(from - 1))
        --from;
    while (to < text.size() && isWord(to))
        ++to;
    m_anchor = from;
    setCursor(to, true);
}

void TextView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_autoScroll.timerId())
        setCursor(positionAt(m_dragged), true);
    else
        QAbstractScrollArea::timerEvent(event);
}

void TextView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *copyAction = menu.addAction(tr("&Copy"));
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setEnabled(m_anchor != m_cursor);
    connect(copyAction, &QAction::triggered, this, &TextView::copy);
    QAction *all = menu.addAction(tr("Select &all"));
    all->setShortcut(QKeySequence::SelectAll);
    connect(all, &QAction::triggered, this, &TextView::selectAll);
    if (!actions().isEmpty()) {
        menu.addSeparator();
        menu.addActions(actions());
    }
    menu.exec(event->globalPos());
}

void TextView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TextView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace hookbench::widgets
