#pragma once
// The time of one attempt as a bar: its phases side by side, as long as they took. What was waited in the queue before
// is told in words only, it is no part of the attempt.
#include "core/journal/record.h"

#include <QWidget>

namespace hookbench::inspector {

/// "Queued 12 ms · connect 0.4 ms · wait 2.1 ms": empty when nothing is known.
QString phaseWords(const std::vector<journal::Phase> &phases);

class PhaseBar : public QWidget
{
    Q_OBJECT
public:
    explicit PhaseBar(QWidget *parent = nullptr);
    void setPhases(std::vector<journal::Phase> phases);
    QSize sizeHint() const override { return { 200, 12 }; }
    QSize minimumSizeHint() const override { return { 60, 12 }; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRect rectOf(std::size_t phase) const;

    std::vector<journal::Phase> m_phases; ///< of the attempt itself
    double m_whole = 0;
};

} // namespace hookbench::inspector
