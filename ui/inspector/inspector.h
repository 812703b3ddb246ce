#pragma once
// One delivery in full: the request that was sent, the response that came, what its signature is worth, every attempt.
// A tab is a title, a page and what shows the record in it; it is asked only while it is looked at.
#include "core/journal/record.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "ui/inspector/origin.h"

#include <QThreadPool>
#include <QWidget>

#include <atomic>

#include <functional>
#include <memory>
#include <vector>

class QAction;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class EmptyState;
}

namespace hookbench::inspector {

class AttemptsView;
class CompareWindow;
class MessagePage;
class TraceView;

class Inspector : public QWidget
{
    Q_OBJECT
public:
    explicit Inspector(document::Workbench &workbench, QWidget *parent = nullptr);
    ~Inspector() override;
    /// Null: none is chosen.
    void show(const journal::RecordPtr &record);
    const journal::RecordPtr &record() const { return m_record; }
    QTabBar *tabs() const { return m_tabs; }
    MessagePage *request() const { return m_request; }
    MessagePage *response() const { return m_response; }
    AttemptsView *attempts() const { return m_attempts; }
    TraceView *trace() const { return m_trace; }
    /// Two deliveries side by side, in a window of its own. The window deletes itself when it is closed.
    CompareWindow *compare(const journal::RecordPtr &before, const journal::RecordPtr &after);
    /// False while something is being computed.
    bool isSettled() const { return m_pending == 0; }

public Q_SLOTS:
    /// The delivery beside what the project's mapping makes of the same events now.
    void compareWithNow();
    /// The event of the delivery that the Trace tab shows, else the first.
    bool stillBatches() const; ///< the mapping of the delivery, in the project
    void turnBatchingOff();
    void sendTampered(const std::string &body);
    void useAsTestEvent();
    void saveAsSample();
    void copyEvent();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    using Show = std::function<void(const journal::RecordPtr &)>;
    int addTab(const QString &title, QWidget *page, Show show);
    void refresh();
    journal::RecordPtr masked(const journal::RecordPtr &record) const;
    void chooseAttempt(int attempt);
    QToolButton *makeMenu();
    CompareWindow *openCompareWindow();
    using TracePtr = std::shared_ptr<const pipeline::Trace>;
    /// Computes how the record came to be, or, `now`, what the mapping of the project makes of its events; answers in
    /// the window's thread, with null when its events are not to be had.
    void retrace(bool now, std::function<void(const TracePtr &)> done);
    void compute(quint64 serial, bool now, const journal::RecordPtr &record, const std::vector<std::string> &kept,
        const std::function<void(const TracePtr &)> &done);
    void showTrace();
    /// `use` gets the event that is meant.
    void withEvent(std::function<void(const json::Document &event, const QString &name)> use);

    document::Workbench &m_workbench;
    journal::RecordPtr m_given; ///< by show()
    journal::RecordPtr m_record; ///< the same, with what the project masks now
    int m_attempt = -1; ///< the last one
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_empty;
    std::vector<Show> m_shows; ///< by tab
    MessagePage *m_request;
    MessagePage *m_response;
    AttemptsView *m_attempts;
    TraceView *m_trace;
    TracePtr m_traced; ///< of m_tracedOf
    journal::RecordPtr m_tracedOf;
    std::shared_ptr<std::atomic<quint64>> m_serial; ///< of the trace that is waited for
    int m_pending = 0;
    mapping::LiquidEngine m_liquid;
    QThreadPool m_pool; ///< last: it waits for its work, which uses the rest
};

} // namespace hookbench::inspector
