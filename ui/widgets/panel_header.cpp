#include "ui/widgets/panel_header.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QDockWidget>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace hookbench::widgets {

PanelHeader::PanelHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title))
    , m_count(new MutedLabel)
    , m_slot(new QHBoxLayout)
    , m_layout(new QHBoxLayout(this))
{
    setFixedHeight(theme::metric::kPanelHeader);
    m_layout->setContentsMargins(4, 0, 4, 1);
    m_layout->setSpacing(7);
    m_layout->addSpacing(6); // at the start, wherever that is: Qt does not mirror margins
    m_title->setFont(theme::font(theme::Text::SmallStrong));
    m_count->setFont(theme::font(theme::Text::Small));
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_count);
    m_slot->setContentsMargins(20, 0, 0, 0);
    m_slot->setSpacing(8);
    m_layout->addLayout(m_slot);
    m_layout->addStretch(1);
}

void PanelHeader::setCount(const QString &count)
{
    m_count->setText(count);
}

void PanelHeader::setCountToolTip(const QString &text)
{
    m_count->setToolTip(text);
    m_count->setAccessibleDescription(text);
}

void PanelHeader::addWidget(QWidget *widget)
{
    m_slot->addWidget(widget);
}

void PanelHeader::attachTo(QDockWidget *dock)
{
    const auto button = [this](const char *iconName, const QString &name) {
        auto *tool = new QToolButton;
        tool->setAutoRaise(true);
        tool->setIcon(theme::icon(iconName));
        tool->setIconSize({ 14, 14 });
        tool->setToolTip(name);
        tool->setAccessibleName(name);
        m_layout->addWidget(tool);
        return tool;
    };
    auto *floating = button("float", tr("Float or dock %1").arg(m_title->text()));
    connect(floating, &QToolButton::clicked, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    floating->setVisible(dock->features() & QDockWidget::DockWidgetFloatable);
    auto *close = button("close", tr("Hide %1").arg(m_title->text()));
    connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
    dock->setTitleBarWidget(this);
}

void PanelHeader::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.fillRect(0, height() - 1, width(), 1, t.border);
}

} // namespace hookbench::widgets
