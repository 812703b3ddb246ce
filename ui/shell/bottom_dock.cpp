#include "ui/shell/bottom_dock.h"

#include "ui/shell/action_catalogue.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/panel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::shell {

namespace {

constexpr int kSlack = 12; // pixels a badge may be too wide

} // namespace

BottomDock::BottomDock(QAction *maximise, QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar)
    , m_pages(new QStackedWidget)
    , m_row(new QHBoxLayout)
    , m_middle(new QHBoxLayout)
    , m_actions(new QHBoxLayout)
    , m_maximise(new QToolButton)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_row->setContentsMargins(6, 0, 6, 0);
    m_row->setSpacing(6);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false); // what stands beside them makes room first
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setFocusPolicy(Qt::StrongFocus);
    m_tabs->setFixedHeight(theme::metric::kTabBar);
    m_tabs->setAccessibleName(tr("What is listed below"));
    m_row->addWidget(m_tabs);
    m_row->addStretch(1);
    m_row->addLayout(m_middle, 6);
    m_row->addStretch(1);
    m_row->addLayout(m_actions);
    m_maximise->setAutoRaise(true);
    m_maximise->setFocusPolicy(Qt::StrongFocus);
    m_maximise->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_maximise->setDefaultAction(maximise);
    m_maximise->setAccessibleName(tr("Maximise or restore"));
    // One button in two states: its icon says which way it goes.
    const auto showWay = [this](bool maximised) {
        m_maximise->setIcon(theme::icon(maximised ? "restore" : "maximize"));
        m_maximise->setToolButtonStyle(maximised ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        m_maximise->setText(tr("Restore docks"));
    };
    connect(maximise, &QAction::toggled, m_maximise, showWay);
    showWay(maximise->isChecked());
    m_row->addWidget(m_maximise);
    layout->addLayout(m_row);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &BottomDock::showPanel);
}

int BottomDock::addPanel(widgets::Panel *panel, const QString &title, const char *iconName)
{
    const int index = m_pages->addWidget(panel);
    if (QWidget *header = panel->headerWidget()) {
        m_middle->addWidget(header);
        header->setVisible(index == 0);
    }
    m_tabs->addTab(theme::icon(iconName), title);
    const auto showCount = [this, index, title](const QString &count) {
        auto *badge = qobject_cast<widgets::Badge *>(m_tabs->tabButton(index, QTabBar::RightSide));
        if (!badge && !count.isEmpty()) {
            badge = new widgets::Badge;
            m_tabs->setTabButton(index, QTabBar::RightSide, badge);
        }
        bool fits = false;
        if (badge) {
            badge->setText(count);
            const QSize needed = badge->sizeHint();
            // While a run goes on numbers change many times a second; laying out the tabs is dear.
            fits = !badge->isHidden() && !count.isEmpty() && needed.width() <= badge->width()
                && needed.width() > badge->width() - kSlack;
            if (!fits)
                badge->resize(needed);
            badge->setVisible(!count.isEmpty());
            if (count.isEmpty()) {
                m_tabs->setTabButton(index, QTabBar::RightSide, nullptr);
                badge->deleteLater();
            }
        }
        if (!fits)
            m_tabs->setTabText(index, title); // lays the tab out again
        m_tabs->setAccessibleTabName(index, count.isEmpty() ? title : QString(title + u' ' + count));
    };
    connect(panel, &widgets::Panel::countChanged, this, showCount);
    showCount(panel->count());
    if (index == 0)
        showPanel(0);
    return index;
}

void BottomDock::setIcon(int index, const char *iconName)
{
    m_tabs->setTabIcon(index, theme::icon(iconName));
}

int BottomDock::current() const
{
    return m_tabs->currentIndex();
}

void BottomDock::setCurrent(int index)
{
    m_tabs->setCurrentIndex(index);
}

int BottomDock::count() const
{
    return m_pages->count();
}

widgets::Panel *BottomDock::panel(int index) const
{
    return qobject_cast<widgets::Panel *>(m_pages->widget(index));
}

void BottomDock::showPanel(int index)
{
    widgets::Panel *shown = panel(index);
    if (!shown)
        return;
    m_pages->setCurrentIndex(index);
    for (int i = 0; i < m_pages->count(); ++i)
        if (QWidget *header = panel(i)->headerWidget())
            header->setVisible(i == index);
    qDeleteAll(m_actionButtons);
    m_actionButtons.clear();
    for (QAction *action : shown->headerActions()) {
        auto *button = new QToolButton;
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setAccessibleName(action->text().remove(u'&'));
        m_actions->addWidget(button);
        m_actionButtons.append(button);
    }
    Q_EMIT currentChanged(index);
}

void BottomDock::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.fillRect(0, 0, width(), theme::metric::kTabBar, t.window);
    painter.fillRect(0, theme::metric::kTabBar - 1, width(), 1, t.border);
}

} // namespace hookbench::shell
