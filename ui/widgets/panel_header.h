#pragma once
// The title bar of a dock, 28 px: title, count, room for a state, and the dock's own buttons (float, close) when it
// sits in one.
#include <QWidget>

class QDockWidget;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace hookbench::widgets {

class PanelHeader : public QWidget
{
    Q_OBJECT
public:
    explicit PanelHeader(const QString &title, QWidget *parent = nullptr);

    void setCount(const QString &count); ///< "4 / 50", "1 of 3 loaded"
    void setCountToolTip(const QString &text);
    /// Between count and buttons.
    void addWidget(QWidget *widget);
    /// Adds float and close buttons for that dock, and makes this its title bar.
    void attachTo(QDockWidget *dock);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_count;
    QHBoxLayout *m_slot;
    QHBoxLayout *m_layout;
};

} // namespace hookbench::widgets
