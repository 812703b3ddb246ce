#include "ui/widgets/switch.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QPainter>

namespace hookbench::widgets {

namespace {
constexpr int kTextGap = 8;
constexpr int kRing = 3; // room for the focus ring
} // namespace

Switch::Switch(QWidget *parent)
    : Switch(QString(), parent)
{
}

Switch::Switch(const QString &text, QWidget *parent)
    : QCheckBox(text, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

QSize Switch::sizeHint() const
{
    int width = kSize.width() + 2 * kRing;
    int height = kSize.height() + 2 * kRing;
    if (!text().isEmpty()) {
        width += kTextGap + fontMetrics().size(Qt::TextShowMnemonic, text()).width();
        height = std::max(height, fontMetrics().height());
    }
    return { width, height };
}

void Switch::paint(QPainter *painter, const QRect &rect, bool on, bool enabled, Qt::LayoutDirection direction)
{
    const theme::Tokens &t = theme::tokens();
    QRectF track(QPointF(0, 0), QSizeF(kSize));
    track.moveCenter(QRectF(rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal radius = track.height() / 2;
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(enabled ? t.accent : t.control);
        painter->drawRoundedRect(track, radius, radius);
    } else {
        painter->setPen(QPen(enabled ? t.muted : t.control, 1));
        painter->setBrush(enabled ? t.chip : t.toolbar);
        painter->drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    const bool right = on != (direction == Qt::RightToLeft);
    QRectF knob(0, 0, track.height() - 6, track.height() - 6);
    knob.moveCenter(QPointF(right ? track.right() - radius : track.left() + radius, track.center().y()));
    painter->setPen(on ? QPen(Qt::NoPen) : QPen(enabled ? t.muted : t.control, 1));
    painter->setBrush(on ? t.onAccent : t.base);
    painter->drawEllipse(knob);
    painter->restore();
}

void Switch::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    const int width = kSize.width() + 2 * kRing;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QRect box(mirrored ? this->width() - width : 0, 0, width, height());
    paint(&painter, box, isChecked(), isEnabled(), layoutDirection());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(t.accentText, 2));
        painter.setBrush(Qt::NoBrush);
        QRectF ring(QPointF(0, 0), QSizeF(kSize) + QSizeF(4, 4));
        ring.moveCenter(QRectF(box).center());
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2);
    }
    if (text().isEmpty())
        return;
    painter.setPen(isEnabled() ? t.text : t.disabled);
    const QRect words = mirrored ? rect().adjusted(0, 0, -width - kTextGap + kRing, 0)
                                 : rect().adjusted(width + kTextGap - kRing, 0, 0, 0);
    theme::paintText(&painter, words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic, text());
}

} // namespace hookbench::widgets
