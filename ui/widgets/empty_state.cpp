#include "ui/widgets/empty_state.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace hookbench::widgets {

EmptyState::EmptyState(const char *iconName, const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_icon(new QLabel)
    , m_title(new QLabel(title))
    , m_text(new MutedLabel(text))
    , m_keys(new KeyCap(QString()))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(20, 12, 20, 12);
    m_layout->setSpacing(8);
    m_layout->addStretch(1);
    m_icon->setAlignment(Qt::AlignCenter);
    m_icon->setVisible(!m_iconName.isEmpty());
    m_layout->addWidget(m_icon);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setFont(theme::font(theme::Text::Strong));
    m_title->setWordWrap(true);
    m_title->setVisible(!title.isEmpty());
    m_layout->addWidget(m_title);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setVisible(!text.isEmpty());
    m_layout->addWidget(m_text);
    m_keys->hide();
    m_layout->addWidget(m_keys, 0, Qt::AlignHCenter);
    m_layout->addStretch(1);
    dress();
}

void EmptyState::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
}

void EmptyState::setText(const QString &text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
}

void EmptyState::setKeys(const QString &keys)
{
    m_keys->setText(keys);
    m_keys->setVisible(!keys.isEmpty());
}

QAbstractButton *EmptyState::addButton(const QString &text, const char *iconName)
{
    auto *button = new QPushButton(text);
    if (*iconName)
        button->setIcon(theme::icon(iconName));
    m_layout->insertWidget(m_layout->count() - 1, button, 0, Qt::AlignHCenter);
    return button;
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme::tokens().base);
}

void EmptyState::dress()
{
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(theme::iconPixmap(m_iconName.constData(), 28, theme::tokens().control, devicePixelRatioF()));
}

} // namespace hookbench::widgets
