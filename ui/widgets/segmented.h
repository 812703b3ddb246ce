#pragma once
// A few exclusive choices in one frame: Visual | FQL. Arrow keys and Tab reach them; a choice can be disabled with the
// reason as its tool tip.
#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace hookbench::widgets {

class Segmented : public QWidget
{
    Q_OBJECT
public:
    explicit Segmented(const QStringList &choices, QWidget *parent = nullptr);

    int current() const;
    /// Does not emit.
    void setCurrent(int index);
    void setChoiceEnabled(int index, bool enabled, const QString &reason = {});
    void setChoiceText(int index, const QString &text);
    QToolButton *button(int index) const;

Q_SIGNALS:
    /// The user chose.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QButtonGroup *m_group;
};

} // namespace hookbench::widgets
