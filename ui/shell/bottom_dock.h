#pragma once
// Deliveries, Received and Problems as tabs, with what the current one puts into the row: a filter, its actions, and
// maximise.
#include <QWidget>

class QAction;
class QHBoxLayout;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace hookbench::widgets {
class Panel;
}

namespace hookbench::shell {

class BottomDock : public QWidget
{
    Q_OBJECT
public:
    explicit BottomDock(QAction *maximise, QWidget *parent = nullptr);

    int addPanel(widgets::Panel *panel, const QString &title, const char *iconName);
    void setIcon(int index, const char *iconName);
    int current() const;
    void setCurrent(int index);
    int count() const;
    widgets::Panel *panel(int index) const;
    QTabBar *tabs() const { return m_tabs; }

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showPanel(int index);

    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    QHBoxLayout *m_row;
    QHBoxLayout *m_middle;
    QHBoxLayout *m_actions;
    QToolButton *m_maximise;
    QList<QWidget *> m_actionButtons;
};

} // namespace hookbench::shell
