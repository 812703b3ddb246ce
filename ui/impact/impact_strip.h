#pragma once
// Every replayed event as a mark in a row, the first at the left: tall and filled when it changes, hollow when it is
// no longer sent, half as tall when it is newly sent, a dot when nothing changes. A click chooses one.
#include "core/pipeline/session.h"

#include <QWidget>

namespace hookbench::impact {

class ImpactStrip : public QWidget
{
    Q_OBJECT
public:
    explicit ImpactStrip(QWidget *parent = nullptr);

    void setReplay(pipeline::ReplayPtr replay);
    /// Into Replay::impacts; -1: none.
    void setCurrent(int impact);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return { 80, sizeHint().height() }; }

Q_SIGNALS:
    void chosen(int impact);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    int impactAt(const QPoint &pos) const;
    QRectF markRect(int impact) const;

    pipeline::ReplayPtr m_replay;
    int m_current = -1;
};

} // namespace hookbench::impact
