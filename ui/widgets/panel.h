#pragma once
// A region of the window as the shell sees it: it tells its count for the title or tab, and may put widgets and actions
// into the row of that title or tab.
#include <QAction>
#include <QList>
#include <QWidget>

namespace hookbench::widgets {

class Panel : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// "4 / 50", "8", "1 of 3 loaded"; empty: none is shown.
    const QString &count() const { return m_count; }
    /// What there is to know about that count; empty: nothing.
    virtual QString countToolTip() const { return {}; }
    /// Behind the title or in the middle of the tab row while the panel is shown: a filter, a state. May be null.
    virtual QWidget *headerWidget() { return nullptr; }
    /// At the end of that row, as icon buttons.
    virtual QList<QAction *> headerActions() { return {}; }
    /// Where the keyboard goes when the panel is asked for (F6, Ctrl+1…4, the palette).
    virtual QWidget *firstFocus() { return this; }

Q_SIGNALS:
    void countChanged(const QString &count);

protected:
    void setCount(const QString &count)
    {
        if (count == m_count)
            return;
        m_count = count;
        Q_EMIT countChanged(count);
    }

private:
    QString m_count;
};

} // namespace hookbench::widgets
