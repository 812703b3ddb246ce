#include "ui/widgets/chip.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QPainter>

namespace hookbench::widgets {

namespace {

constexpr int kBadgeHeight = 18;
constexpr int kChipHeight = 20;
constexpr int kLargeChipHeight = 24;
constexpr int kPadding = 6;
constexpr int kIcon = 14;
constexpr qreal kRadius = 3;

void frame(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(border);
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace

ToneColors toneColors(Tone tone)
{
    const theme::Tokens &t = theme::tokens();
    switch (tone) {
    case Tone::Neutral:
        return { t.text, t.chip, t.chipBorder };
    case Tone::Accent:
        return { t.accentText, t.tint, t.selBorder };
    case Tone::Success:
        return { t.success, t.successBg, t.successLine };
    case Tone::Warning:
        return { t.warning, t.warningBg, t.warningLine };
    case Tone::Error:
        return { t.error, t.errorBg, t.errorLine };
    }
    return { t.text, t.chip, t.chipBorder };
}

Badge::Badge(const QString &text, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void Badge::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Badge::setMono(bool mono)
{
    m_mono = mono;
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return sizeOf(m_text, m_mono);
}

QSize Badge::sizeOf(const QString &text, bool mono)
{
    const QFontMetrics metrics(theme::font(mono ? theme::Text::MonoSmall : theme::Text::Badge));
    return { std::max(metrics.horizontalAdvance(text) + 2 * kPadding, kBadgeHeight), kBadgeHeight };
}

void Badge::paint(QPainter *painter, const QRect &rect, const QString &text, Tone tone, bool mono, bool filled)
{
    const theme::Tokens &t = theme::tokens();
    const ToneColors colors = toneColors(tone);
    painter->save();
    frame(painter, rect, filled ? colors.fill : QColor(Qt::transparent), colors.border);
    painter->setFont(theme::font(mono ? theme::Text::MonoSmall : theme::Text::Badge));
    painter->setPen(tone == Tone::Neutral ? mono ? t.text : t.muted : colors.text);
    theme::paintText(painter, rect, Qt::AlignCenter | Qt::TextSingleLine, text);
    painter->restore();
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_text, m_tone, m_mono);
}

Chip::Chip(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(theme::font(theme::Text::Small));
}

void Chip::setTone(Tone tone)
{
    m_tone = tone;
    setFont(theme::font(tone == Tone::Neutral ? theme::Text::Small : theme::Text::SmallStrong));
    updateGeometry();
    update();
}

void Chip::setIconName(const char *name)
{
    m_iconName = name;
    updateGeometry();
    update();
}

void Chip::setLarge(bool large)
{
    m_large = large;
    updateGeometry();
}

QSize Chip::sizeHint() const
{
    const int icon = m_iconName.isEmpty() ? 0 : kIcon + (text().isEmpty() ? 0 : 5);
    return { fontMetrics().size(Qt::TextShowMnemonic, text()).width() + icon + 2 * (m_large ? 8 : kPadding + 1),
        m_large ? kLargeChipHeight : kChipHeight };
}

void Chip::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    ToneColors colors = toneColors(m_tone);
    if (isChecked())
        colors = { t.accentText, t.sel, t.selBorder };
    if (!isEnabled())
        colors = { t.disabled, t.toolbar, t.border };
    else if (underMouse() && m_tone == Tone::Neutral && !isChecked())
        colors.fill = t.hover;
    else if (underMouse())
        colors.border = colors.text;
    frame(&painter, rect(), colors.fill, colors.border);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.accentText, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    }
    const int padding = m_large ? 8 : kPadding + 1;
    QRect words = rect().adjusted(padding, 0, -padding, 0);
    if (!m_iconName.isEmpty()) {
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const QRect box(mirrored ? words.right() - kIcon + 1 : words.left(), (height() - kIcon) / 2, kIcon, kIcon);
        const QColor own = theme::iconColor(m_iconName.constData());
        const bool hasOwn = own != t.muted;
        theme::paintIcon(&painter, box, m_iconName.constData(), !isEnabled() ? t.control : hasOwn ? own : colors.text);
        words = mirrored ? words.adjusted(0, 0, -kIcon - 5, 0) : words.adjusted(kIcon + 5, 0, 0, 0);
    }
    painter.setPen(colors.text);
    theme::paintText(
        &painter, words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextShowMnemonic | Qt::TextSingleLine, text());
}

void Chip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QAbstractButton::changeEvent(event);
}

} // namespace hookbench::widgets
