#pragma once
// The Trace tab: event → trigger → mapping → batch → signature, what went into each step and what came out.
#include "core/journal/record.h"
#include "core/pipeline/trace.h"
#include "ui/widgets/shown_text.h"

#include <QWidget>

class QListWidget;
class QSpinBox;
class QLabel;

namespace hookbench::widgets {
class TextView;
}

namespace hookbench::inspector {

struct TraceStep
{
    const char *icon = ""; ///< status shape
    QString title; ///< "Trigger"
    QString result; ///< "matches"
    widgets::ShownTextPtr text; ///< input and output
};

/// The steps of event `event` (from 0) of the request, and of the request itself; `record` is what was really sent.
std::vector<TraceStep> traceSteps(
    const pipeline::Trace &trace, std::size_t event, const journal::DeliveryRecord &record);

class TraceView : public QWidget
{
    Q_OBJECT
public:
    explicit TraceView(QWidget *parent = nullptr);

    /// `why`: a sentence when there is no trace.
    void show(std::shared_ptr<const pipeline::Trace> trace, const journal::RecordPtr &record, const QString &why);
    QListWidget *steps() const { return m_steps; }
    QSpinBox *event() const { return m_event; }
    widgets::TextView *text() const { return m_text; }

private:
    void present();
    void showStep();

    std::shared_ptr<const pipeline::Trace> m_trace;
    journal::RecordPtr m_record;
    std::vector<TraceStep> m_made;
    QWidget *m_events;
    QSpinBox *m_event;
    QLabel *m_of;
    QListWidget *m_steps;
    widgets::TextView *m_text;
};

} // namespace hookbench::inspector
