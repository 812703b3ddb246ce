#pragma once
// One press of Send: events in, deliveries out. Pulls events as fast as the queue takes requests, so memory does not
// grow with their number.
//
// Threads: a Run, its source, and everything it is given live in one thread with an event loop; connect to its signals
// from any.
#include "core/delivery/queue.h"
#include "core/pipeline/batches.h"
#include "core/pipeline/event_source.h"
#include "core/pipeline/journal_writer.h"
#include "core/pipeline/run_clock.h"
#include "core/pipeline/run_statistics.h"

#include <QMetaType>
#include <QObject>
#include <QTimer>

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace hookbench::pipeline {

/// What becomes of what has not gone out when a run is stopped.
enum class Rest {
    Cancel, ///< it ends as Cancelled; what was not read stays unread
    Park, ///< it is recorded as parked, what was not read included: made and signed, ready to go on at any time
    ParkRead, ///< the same, but what was not read stays unread, for a source that may never end
};

struct RunOptions
{
    std::vector<std::size_t> only; ///< mappings by place; empty: all
    bool includeDisabled = false;
    delivery::TransportOptions transport;
    delivery::QueueLimits queue;
    std::optional<std::chrono::milliseconds>
        flushInterval; ///< a batch goes out when its first event is that old; none: only when full
};

struct RunSummary
{
    std::uint64_t events = 0;
    std::uint64_t matched = 0; ///< event and mapping pairs
    std::uint64_t discarded = 0; ///< events that no mapping matched
    std::uint64_t deliveries = 0; ///< requests that ended, one way or another
    std::uint64_t delivered = 0;
    std::uint64_t failed = 0; ///< deliveries, and events a mapping or the reader failed on
    std::uint64_t attempts = 0;
    std::uint64_t parked = 0; ///< deliveries
};

struct RunProgress
{
    RunSummary soFar;
    /// Of all there is to do, what is done: 0 to 1. What is read but waits, in a batch or for its turn, is not done.
    std::optional<double> part; ///< absent: nobody knows how much there is
    std::size_t inFlight = 0;
    std::size_t waiting = 0;
    std::size_t batching = 0; ///< events in batches that are not full
    double seconds = 0; ///< since it began, pauses apart
    bool paused = false;
    bool parking = false; ///< it was stopped: the rest is being parked
    RunChart chart;
};

/// A delivery that ended, with what it was made of.
struct DeliveryReport
{
    delivery::AttemptPtr attempt;
    std::shared_ptr<const Dispatch> dispatch;
};

/// Something that did not become a delivery.
struct FailureReport
{
    std::optional<std::size_t> mapping; ///< its place; nullopt: the event itself could not be read
    std::string mappingName;
    std::vector<std::uint64_t> events;
    std::optional<std::size_t> line; ///< of an event that could not be read
    Error error;
    /// The single events that failed inside a rejected batch, or were left out of one that is sent.
    std::vector<EventFailure> eventFailures;
    bool rejectedBatch = false;
};

class Run final : public QObject
{
    Q_OBJECT

public:
    /// `transport`, `clock`, `liquid` and `journal` (both of which may be null) must outlive the run.
    Run(PlanPtr plan, std::unique_ptr<EventSource> source, RunOptions options, delivery::Transport &transport,
        const Clock &clock, mapping::LiquidRenderer *liquid, JournalWriter *journal, QObject *parent = nullptr);
    ~Run() override;

    const std::string &id() const { return m_id; }
    void start();
    /// What is in flight may end. Without a journal nothing can be parked. A second time while the rest is being
    /// parked: no more events are read.
    void stop(Rest rest = Rest::Cancel);
    /// Nothing more is read or begun until it is resumed; what is in flight may end.
    void pause(bool paused);
    RunProgress progress() const;
    bool isFinished() const { return m_finished; }

Q_SIGNALS:
    void delivered(const hookbench::pipeline::DeliveryReport &report);
    void failed(const hookbench::pipeline::FailureReport &report);
    /// No enabled mapping matched this event.
    void discarded(quint64 event);
    void finished(const hookbench::pipeline::RunSummary &summary);

private:
    void pump();
    void schedulePump();
    void take(const event::Item &item);
    void take(std::vector<Dispatch> dispatches);
    void submitReady();
    void parkReady();
    void record(const std::string &id, const Dispatch &dispatch, std::vector<std::string> names, bool parked);
    void onAttempted(const delivery::AttemptPtr &attempt);
    void finishWhenDone();
    std::optional<double> partDone() const;
    bool isSourceOver() const { return m_leavesUnread || m_source->isAtEnd(); }
    bool takesPart(const ReadyMapping &mapping) const;
    void remember(const event::Item &item, std::size_t uses);
    std::vector<std::string> forget(const Dispatch &dispatch);
    const journal::SharedText &textOf(std::size_t mapping);

    PlanPtr m_plan;
    std::unique_ptr<EventSource> m_source;
    RunOptions m_options;
    const Clock &m_clock;
    JournalWriter *m_journal;
    Batches m_batches;
    delivery::Queue m_queue;
    std::string m_id;
    std::set<std::size_t> m_only;
    /// Built, waiting for room in the queue.
    struct Ready
    {
        std::shared_ptr<const Dispatch> dispatch;
        std::vector<std::string> eventNames;
    };
    std::deque<Ready> m_ready;
    /// Names of events that are in batches not yet built, for the journal.
    struct NamedEvent
    {
        std::string name;
        std::size_t uses = 0; ///< dispatches still to come
    };
    std::unordered_map<std::uint64_t, NamedEvent> m_names; ///< by index
    std::map<std::size_t, journal::SharedText> m_mappingTexts; ///< by place
    std::vector<journal::EventText> m_texts; ///< for the journal, handed over many at once
    RunSummary m_summary;
    RunStatistics m_statistics;
    std::uint64_t m_settled = 0; ///< of the matched pairs: ended one way or another, or parked
    RunClock m_time;
    QTimer m_flushTimer;
    bool m_pumpScheduled = false;
    bool m_flushed = false;
    bool m_stopped = false;
    bool m_parking = false;
    bool m_leavesUnread = false;
    bool m_finished = false;
};

} // namespace hookbench::pipeline

Q_DECLARE_METATYPE(hookbench::pipeline::DeliveryReport)
Q_DECLARE_METATYPE(hookbench::pipeline::FailureReport)
Q_DECLARE_METATYPE(hookbench::pipeline::RunSummary)
Q_DECLARE_METATYPE(hookbench::pipeline::RunProgress)
