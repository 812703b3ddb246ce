#include "ui/widgets/hex_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace hookbench::widgets {

namespace {

constexpr int kHexPadding = 8;
constexpr int kHexTop = 4;
constexpr std::size_t kMostCopied = 4'000'000; ///< bytes; three characters each

QString hexOf(unsigned char byte)
{
    return QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')).toUpper();
}

bool isPrintable(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

} // namespace

HexView::HexView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_bytes(std::make_shared<const std::string>())
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(theme::font(theme::Text::Mono));
    setLayoutDirection(Qt::LeftToRight); // bytes are counted from the left everywhere
    viewport()->setAutoFillBackground(false);
}

void HexView::setBytes(BytesPtr bytes)
{
    m_bytes = std::move(bytes);
    m_anchor = m_cursor = 0;
    m_matches.clear();
    m_currentMatch = -1;
    layOut();
    verticalScrollBar()->setValue(0);
    announce();
    viewport()->update();
}

void HexView::setMatches(std::vector<std::size_t> starts, std::size_t length, int current)
{
    m_matches = std::move(starts);
    m_matchLength = length;
    m_currentMatch = current;
    if (current >= 0 && static_cast<std::size_t>(current) < m_matches.size())
        select(m_matches[static_cast<std::size_t>(current)], length);
    viewport()->update();
}

void HexView::select(std::size_t from, std::size_t length)
{
    const std::size_t last = m_bytes->empty() ? 0 : m_bytes->size() - 1;
    m_anchor = std::min(from, last);
    setCursor(std::min(from + std::max<std::size_t>(length, 1) - 1, last), true);
}

std::pair<std::size_t, std::size_t> HexView::selection() const
{
    const std::size_t from = std::min(m_anchor, m_cursor);
    return { from, m_bytes->empty() ? 0 : std::max(m_anchor, m_cursor) - from + 1 };
}

QString HexView::selectedHex() const
{
    const auto [from, length] = selection();
    QString out;
    out.reserve(static_cast<qsizetype>(std::min(length, kMostCopied)) * 3);
    for (std::size_t i = from; i < from + std::min(length, kMostCopied); ++i) {
        if (i > from)
            out += u' ';
        out += hexOf(static_cast<unsigned char>((*m_bytes)[i]));
    }
    return out;
}

QString HexView::selectedAscii() const
{
    const auto [from, length] = selection();
    QString out;
    for (std::size_t i = from; i < from + std::min(length, kMostCopied); ++i) {
        const auto byte = static_cast<unsigned char>((*m_bytes)[i]);
        out += isPrintable(byte) ? QChar(char16_t{ byte }) : QChar(u'.');
    }
    return out;
}

int HexView::rowHeight() const
{
    return fontMetrics().lineSpacing();
}

int HexView::offsetWidth() const
{
    const int digits = m_bytes->size() > 0xFFFFFF ? 8 : 6;
    return digits * fontMetrics().horizontalAdvance(u'0') + 2 * kHexPadding;
}

int HexView::hexX(std::size_t column) const
{
    const int advance = fontMetrics().horizontalAdvance(u'0');
    const auto c = static_cast<int>(column);
    return offsetWidth() + kHexPadding
        + (c * 5 + c / 8) * advance / 2; // two digits and half a column, more in the middle
}

int HexView::asciiX(std::size_t column) const
{
    const int advance = fontMetrics().horizontalAdvance(u'0');
    return hexX(kColumns) + advance / 2 + static_cast<int>(column) * advance;
}

std::size_t HexView::rowCount() const
{
    return (m_bytes->size() + kColumns - 1) / kColumns;
}

void HexView::layOut()
{
    const int shown = std::max(1, (viewport()->height() - kHexTop) / rowHeight());
    const auto rows = static_cast<int>(std::min<std::size_t>(rowCount(), std::numeric_limits<int>::max()));
    verticalScrollBar()->setPageStep(shown);
    verticalScrollBar()->setRange(0, std::max(0, rows - shown));
    const int width = asciiX(kColumns) + kHexPadding;
    horizontalScrollBar()->setSingleStep(16);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
}

void HexView::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(viewport());
    const QRect area = viewport()->rect();
    painter.fillRect(area, t.base);
    const int shift = -horizontalScrollBar()->value();
    painter.fillRect(shift, 0, offsetWidth(), area.height(), t.alt);
    painter.fillRect(shift + offsetWidth() - 1, 0, 1, area.height(), t.line);
    const int height = rowHeight();
    const int advance = fontMetrics().horizontalAdvance(u'0');
    const auto [from, length] = selection();
    int y = kHexTop;
    for (auto row = static_cast<std::size_t>(verticalScrollBar()->value()); row < rowCount() && y < area.height();
         ++row, y += height) {
        const int baseline = y + fontMetrics().ascent();
        const std::size_t start = row * kColumns;
        painter.setPen(t.jLine);
        painter.drawText(shift + kHexPadding, baseline,
            QStringLiteral("%1").arg(start, m_bytes->size() > 0xFFFFFF ? 8 : 6, 16, QLatin1Char('0')).toUpper());
        for (std::size_t column = 0; column < kColumns && start + column < m_bytes->size(); ++column) {
            const std::size_t at = start + column;
            const auto byte = static_cast<unsigned char>((*m_bytes)[at]);
            const QRect hex(shift + hexX(column) - advance / 4, y, 2 * advance + advance / 2, height);
            const QRect ascii(shift + asciiX(column), y, advance, height);
            const auto fill = [&](const QColor &color) {
                painter.fillRect(hex, color);
                painter.fillRect(ascii, color);
            };
            const auto match
                = std::upper_bound(m_matches.begin(), m_matches.end(), at); // the one behind the last that begins here
            if (match != m_matches.begin() && at < *(match - 1) + m_matchLength)
                fill(match - 1 - m_matches.begin() == m_currentMatch ? t.warningLine : t.warningBg);
            else if (at >= from && at < from + length && (length > 1 || hasFocus()))
                fill(t.sel);
            painter.setPen(byte == 0 ? t.muted : isPrintable(byte) ? t.text : t.jNum);
            painter.drawText(shift + hexX(column), baseline, hexOf(byte));
            painter.setPen(isPrintable(byte) ? t.jStr : t.muted);
            painter.drawText(shift + asciiX(column), baseline,
                isPrintable(byte) ? QString(QChar(char16_t{ byte })) : QStringLiteral("."));
        }
    }
    if (hasFocus()) {
        painter.setPen(t.accent);
        painter.drawRect(area.adjusted(0, 0, -1, -1));
    }
}

std::size_t HexView::byteAt(QPoint point) const
{
    const int rows = verticalScrollBar()->value() + (point.y() - kHexTop) / rowHeight();
    const std::size_t row = static_cast<std::size_t>(std::max(0, rows));
    const int x = point.x() + horizontalScrollBar()->value();
    std::size_t column = 0;
    const bool inAscii = x >= asciiX(0) - 4;
    while (column + 1 < kColumns && x >= (inAscii ? asciiX(column + 1) : hexX(column + 1)))
        ++column;
    const std::size_t last = m_bytes->empty() ? 0 : m_bytes->size() - 1;
    return std::min(row * kColumns + column, last);
}

void HexView::setCursor(std::size_t byte, bool extend)
{
    m_cursor = byte;
    if (!extend)
        m_anchor = byte;
    const auto row = static_cast<int>(byte / kColumns);
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value())
        bar->setValue(row);
    else if (row >= bar->value() + bar->pageStep())
        bar->setValue(row - bar->pageStep() + 1);
    announce();
    viewport()->update();
}

void HexView::announce()
{
    const auto [from, length] = selection();
    setAccessibleDescription(tr("%1 bytes; from byte %2 on: %3")
                                 .arg(m_bytes->size())
                                 .arg(from)
                                 .arg(length <= kColumns ? selectedHex() : tr("%1 bytes chosen").arg(length)));
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void HexView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_bytes)
        layOut();
    viewport()->update();
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    const auto page = static_cast<std::ptrdiff_t>(kColumns) * verticalScrollBar()->pageStep();
    const auto size = static_cast<std::ptrdiff_t>(m_bytes->size());
    const auto at = static_cast<std::ptrdiff_t>(m_cursor);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const std::ptrdiff_t columns = kColumns;
    std::ptrdiff_t target = at;
    switch (event->key()) {
    case Qt::Key_Left:
        target = at - 1;
        break;
    case Qt::Key_Right:
        target = at + 1;
        break;
    case Qt::Key_Up:
        target = at - columns;
        break;
    case Qt::Key_Down:
        target = at + columns;
        break;
    case Qt::Key_PageUp:
        target = at - page;
        break;
    case Qt::Key_PageDown:
        target = at + page;
        break;
    case Qt::Key_Home:
        target = control ? 0 : at - at % columns;
        break;
    case Qt::Key_End:
        target = control ? size - 1 : at - at % columns + columns - 1;
        break;
    default:
        if (event->matches(QKeySequence::Copy)) {
            QApplication::clipboard()->setText(selectedHex());
        } else if (event->matches(QKeySequence::SelectAll)) {
            m_anchor = 0;
            m_cursor = m_bytes->empty() ? 0 : m_bytes->size() - 1;
            announce();
            viewport()->update();
        } else {
            QAbstractScrollArea::keyPressEvent(event);
        }
        return;
    }
    if (size > 0)
        setCursor(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(target, 0, size - 1)),
            event->modifiers().testFlag(Qt::ShiftModifier));
}

void HexView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCursor(byteAt(event->pos()), event->modifiers().testFlag(Qt::ShiftModifier));
}

void HexView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        setCursor(byteAt(event->pos()), true);
}

void HexView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const auto offer = [&](const QString &text, const auto &make) {
        connect(
            menu.addAction(text), &QAction::triggered, this, [make] { QApplication::clipboard()->setText(make()); });
    };
    offer(tr("Copy as &hexadecimal"), [this] { return selectedHex(); });
    offer(tr("Copy as &ASCII"), [this] { return selectedAscii(); });
    offer(tr("Copy &offset"), [this] { return QString::number(selection().first); });
    if (!actions().isEmpty()) {
        menu.addSeparator();
        menu.addActions(actions());
    }
    menu.exec(event->globalPos());
}

void HexView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void HexView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace hookbench::widgets
