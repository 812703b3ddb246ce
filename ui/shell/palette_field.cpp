#include "ui/shell/palette_field.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/chip.h"

#include <QPainter>
#include <QStyle>

namespace hookbench::shell {

PaletteField::PaletteField(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMaximumWidth(264);
    setText(tr("Find a command or mapping"));
    setAccessibleName(text());
}

void PaletteField::setKeys(const QString &keys)
{
    m_keys = keys;
    update();
}

QSize PaletteField::sizeHint() const
{
    return { 262, theme::metric::kInput };
}

QSize PaletteField::minimumSizeHint() const
{
    return { 120, theme::metric::kInput };
}

void PaletteField::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(t.accentText, 2) : QPen(t.control, 1));
    painter.setBrush(underMouse() ? t.alt : t.base);
    const qreal inset = hasFocus() ? 1 : 0.5;
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(inset, inset, -inset, -inset), theme::metric::kRadius, theme::metric::kRadius);
    const QRect all = rect();
    theme::paintIcon(
        &painter, QStyle::visualRect(layoutDirection(), all, QRect(9, (height() - 15) / 2, 15, 15)), "search", t.muted);
    const QSize key = widgets::Badge::sizeOf(m_keys);
    widgets::Badge::paint(&painter,
        QStyle::visualRect(layoutDirection(), all,
            QRect(width() - key.width() - 5, (height() - key.height()) / 2, key.width(), key.height())),
        m_keys, widgets::Tone::Neutral);
    painter.setPen(t.muted);
    painter.setFont(theme::font(theme::Text::Body));
    const QRect words = QStyle::visualRect(layoutDirection(), all, all.adjusted(30, 0, -key.width() - 10, 0));
    // A short word instead of half a long one.
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shown = metrics.horizontalAdvance(text()) <= words.width() ? text() : tr("Find");
    theme::paintText(
        &painter, words, Qt::AlignVCenter | Qt::AlignLeading, metrics.elidedText(shown, Qt::ElideRight, words.width()));
}

} // namespace hookbench::shell
