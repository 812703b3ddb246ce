#include "ui/inspector/coverage_bar.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QPainter>

#include <numeric>

namespace hookbench::inspector {

namespace {

constexpr int kLeastTextWidth = 40;
constexpr int kLockSize = 12;

} // namespace

CoverageBar::CoverageBar(QWidget *parent)
    : QWidget(parent)
{
    setFont(theme::font(theme::Text::Badge));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Signed part of the body"));
}

void CoverageBar::setParts(std::vector<Part> parts)
{
    m_parts = std::move(parts);
    QStringList words;
    for (const Part &part : m_parts)
        words.append(part.isSigned ? tr("%1, signed").arg(part.text) : tr("%1, not covered").arg(part.text));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    setToolTip(words.size() > 12 ? QString() : words.join(u'\n'));
    update();
}

void CoverageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Tokens &t = theme::tokens();
    const QRect frame = rect().adjusted(0, 0, -1, -1);
    const double all = std::accumulate(
        m_parts.begin(), m_parts.end(), 0.0, [](double sum, const Part &part) { return sum + double(part.bytes); });
    double before = 0;
    for (const Part &part : m_parts) {
        const int left = frame.left() + qRound(before / std::max(1.0, all) * frame.width());
        before += double(part.bytes);
        const int right = frame.left() + qRound(before / std::max(1.0, all) * frame.width());
        const QRect box(left, frame.top(), std::max(1, right - left), frame.height());
        painter.fillRect(box, part.isSigned ? t.sel : t.base);
        if (!part.isSigned)
            painter.fillRect(box, QBrush(t.warningLine, Qt::BDiagPattern));
        painter.setPen(t.warningLine);
        if (left > frame.left())
            painter.drawLine(box.topLeft(), box.bottomLeft());
        if (box.width() < kLeastTextWidth)
            continue;
        const QString text = painter.fontMetrics().elidedText(part.text, Qt::ElideRight, box.width() - 28);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        const QRect words = QRect(0, 0, width + 2 * 6 + (part.isSigned ? kLockSize + 4 : 0), box.height() - 8);
        QRect placed = words;
        placed.moveCenter(box.center());
        if (!part.isSigned) // readable on the hatching
            painter.fillRect(placed, t.base);
        QRect textBox = placed.adjusted(6, 0, -6, 0);
        if (part.isSigned) {
            theme::paintIcon(&painter,
                QRect(textBox.left(), textBox.center().y() - kLockSize / 2, kLockSize, kLockSize), "lock",
                t.accentText);
            textBox.setLeft(textBox.left() + kLockSize + 4);
        }
        painter.setPen(part.isSigned ? t.accentText : t.text);
        theme::paintText(&painter, textBox, Qt::AlignCenter, text);
    }
    painter.setPen(t.selBorder);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame);
}

} // namespace hookbench::inspector
