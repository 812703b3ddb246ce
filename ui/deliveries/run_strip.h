#pragma once
// How the run goes: what is done, failed, on its way and waiting, how fast, why things fail; Pause. Small while there
// is little room, with two charts when there is more. Stays after the end until it is closed or the next run begins.
// What is parked, of a run that was stopped now or before the program was started, is offered to go on.
#include "core/pipeline/run.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class LineChart;
class MutedLabel;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::deliveries {

class RunBar;

class RunStrip : public QWidget
{
    Q_OBJECT
public:
    explicit RunStrip(document::Workbench &workbench, QWidget *parent = nullptr);
    /// Without charts and figures, when there is no room for them.
    void setCompact(bool compact);
    /// Asks whether what is parked is to be given up, and does it.
    void askToDiscard();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void begin();
    void unfold();
    void showProgress(const pipeline::RunProgress &progress);
    void end(const pipeline::RunSummary &summary);
    void showParked();
    void showFigures(const pipeline::RunProgress &progress);
    void showCharts(const pipeline::RunChart &chart);

    document::Workbench &m_workbench;
    widgets::StatusLabel *m_title;
    widgets::MutedLabel *m_detail;
    QToolButton *m_pause;
    QToolButton *m_continue;
    QToolButton *m_discard;
    QToolButton *m_close;
    RunBar *m_bar;
    widgets::StatusLabel *m_delivered;
    widgets::StatusLabel *m_failed;
    widgets::StatusLabel *m_inFlight;
    widgets::StatusLabel *m_waiting;
    widgets::MutedLabel *m_reasons;
    QWidget *m_counts;
    QWidget *m_figures;
    std::vector<QLabel *> m_values;
    widgets::LineChart *m_throughput;
    widgets::LineChart *m_latency;
    pipeline::RunProgress m_last;
    bool m_compact = false;
    bool m_hasRun = false; ///< there is something to tell of a run
    bool m_isUnfolded = false; ///< figures and charts, where there is room
    bool m_tellsParked = false;
    bool m_endedWhole = false; ///< the run that is told of left nothing parked
};

} // namespace hookbench::deliveries
