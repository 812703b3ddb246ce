#pragma once
// A check box that looks like a switch, 28 × 16, with its text beside it. Keyboard and accessibility are the check
// box's.
#include <QCheckBox>

namespace hookbench::widgets {

class Switch : public QCheckBox
{
    Q_OBJECT
public:
    explicit Switch(QWidget *parent = nullptr);
    explicit Switch(const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// Paints a switch into `rect`, for delegates.
    static void paint(QPainter *painter, const QRect &rect, bool on, bool enabled, Qt::LayoutDirection direction);
    static constexpr QSize kSize{ 28, 16 };

protected:
    void paintEvent(QPaintEvent *event) override;
    bool hitButton(const QPoint &position) const override { return rect().contains(position); }
};

} // namespace hookbench::widgets
