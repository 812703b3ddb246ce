#include "ui/widgets/labels.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace hookbench::widgets {

namespace {

constexpr int kStatusIcon = 16;
constexpr int kStatusGap = 6;

} // namespace

QColor wordColor(Tone tone, bool muted)
{
    const theme::Tokens &t = theme::tokens();
    if (tone != Tone::Neutral)
        return toneColors(tone).text;
    return muted ? t.muted : t.text;
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setShortText(const QString &text)
{
    m_short = text;
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setMuted(bool muted)
{
    m_muted = muted;
    update();
}

void ElidedLabel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(m_text) > width();
}

QSize ElidedLabel::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height() + 2 };
}

QSize ElidedLabel::minimumSizeHint() const
{
    const int least = m_short.isEmpty() ? fontMetrics().averageCharWidth() * 4 : 0;
    return { std::min(sizeHint().width(), least), sizeHint().height() };
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    const bool isShort = !m_short.isEmpty() && isElided();
    if (isShort && fontMetrics().horizontalAdvance(m_short) > width())
        return;
    QPainter painter(this);
    painter.setPen(isEnabled() ? wordColor(m_tone, m_muted) : theme::tokens().disabled);
    painter.setLayoutDirection(Qt::LayoutDirectionAuto); // each text runs as its letters do: "200 OK", "/orders"
    painter.drawText(rect(),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), m_alignment)) | Qt::TextSingleLine,
        isShort ? m_short : fontMetrics().elidedText(m_text, m_mode, width()));
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), isElided() ? m_text : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

MutedLabel::MutedLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    dress();
}

void MutedLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void MutedLabel::dress()
{
    const QColor muted = theme::tokens().muted;
    if (palette().color(QPalette::WindowText) == muted)
        return; // our own change comes back here
    QPalette own;
    own.setColor(QPalette::WindowText, muted);
    own.setColor(QPalette::Text, muted); // what a label on a base is painted with
    setPalette(own);
}

StatusLabel::StatusLabel(QWidget *parent)
    : QWidget(parent)
    , m_font(theme::font(theme::Text::Body))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StatusLabel::setStatus(const char *iconName, const QString &text, Tone tone, theme::Tint tint)
{
    m_iconName = iconName;
    m_text = text;
    m_tone = tone;
    m_tint = tint;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QString StatusLabel::text() const
{
    return m_text;
}

void StatusLabel::setTextFont(const QFont &font)
{
    m_font = font;
    updateGeometry();
    update();
}

QSize StatusLabel::sizeHint() const
{
    const QFontMetrics metrics(m_font);
    const int icon = m_iconName.isEmpty() ? 0 : kStatusIcon + (m_text.isEmpty() ? 0 : kStatusGap);
    return { icon + (m_text.isEmpty() ? 0 : metrics.horizontalAdvance(m_text) + 1),
        std::max(kStatusIcon, metrics.height() + 2) };
}

QSize StatusLabel::minimumSizeHint() const
{
    const QFontMetrics metrics(m_font);
    return { std::min(sizeHint().width(), kStatusIcon + kStatusGap + metrics.averageCharWidth() * 4),
        sizeHint().height() };
}

void StatusLabel::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    QRect words = rect();
    if (!m_iconName.isEmpty()) {
        const QRect box(0, (height() - kStatusIcon) / 2, kStatusIcon, kStatusIcon);
        theme::paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), box), m_iconName.constData(),
            isEnabled() ? theme::iconColor(m_iconName.constData(), m_tint) : t.control);
        words = QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(kStatusIcon + kStatusGap, 0, 0, 0));
    }
    painter.setFont(m_font);
    painter.setPen(isEnabled() ? wordColor(m_tone, false) : t.disabled);
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    painter.drawText(words,
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter))
            | Qt::TextSingleLine,
        QFontMetrics(m_font).elidedText(m_text, Qt::ElideRight, words.width()));
}

bool StatusLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), sizeHint().width() > width() ? m_text : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

KeyCap::KeyCap(const QString &keys, QWidget *parent)
    : QLabel(keys, parent)
{
    setFont(theme::font(theme::Text::Badge));
    setContentsMargins(5, 1, 5, 1);
    setFixedHeight(18);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    Badge::paint(&painter, rect(), text(), Tone::Neutral);
}

} // namespace hookbench::widgets
