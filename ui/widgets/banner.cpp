#include "ui/widgets/banner.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::widgets {

namespace {

const char *shapeOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
    case Tone::Accent:
        return "info";
    case Tone::Success:
        return "ok";
    case Tone::Warning:
        return "warn";
    case Tone::Error:
        return "fail";
    }
    return "info";
}

} // namespace

Banner::Banner(Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_detail(new QLabel)
    , m_actions(new QHBoxLayout)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 7);
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    for (QLabel *label : { m_text, m_detail }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(label);
    }
    m_detail->hide();
    row->addLayout(words, 1);
    m_actions->setSpacing(6);
    row->addLayout(m_actions);
    auto *close = new QToolButton;
    close->setAutoRaise(true);
    close->setIcon(theme::icon("close"));
    close->setAccessibleName(tr("Dismiss"));
    close->setToolTip(tr("Dismiss"));
    close->hide();
    row->addWidget(close, 0, Qt::AlignTop);
    m_close = close;
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    dress();
}

void Banner::setTone(Tone tone)
{
    m_tone = tone;
    dress();
}

void Banner::setIconName(const char *name)
{
    m_iconName = name;
    dress();
}

void Banner::setText(const QString &text, const QString &detail)
{
    m_text->setText(text);
    m_text->setFont(theme::font(detail.isEmpty() ? theme::Text::Body : theme::Text::Strong));
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(detail.isEmpty() ? text : QString(text + u". " + detail));
}

QAbstractButton *Banner::addAction(const QString &text)
{
    auto *button = new QPushButton(text);
    theme::setRole(button, theme::Role::Small);
    m_actions->addWidget(button);
    return button;
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ToneColors colors = toneColors(m_tone);
    painter.fillRect(rect(), colors.fill);
    painter.fillRect(0, height() - 1, width(), 1, m_tone == Tone::Accent ? theme::tokens().border : colors.border);
}

void Banner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void Banner::dress()
{
    const char *name = m_iconName.isEmpty() ? shapeOf(m_tone) : m_iconName.constData();
    m_icon->setPixmap(theme::iconPixmap(name, 16, theme::iconColor(name), devicePixelRatioF()));
    m_icon->setAccessibleName(QString());
    update();
}

} // namespace hookbench::widgets
