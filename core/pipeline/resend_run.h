#pragma once
// Sends recorded deliveries again, many or few, through a queue; each is recorded with its origin. Deliveries are read
// from the journal as the queue takes them, so memory does not grow with their number.
//
// Threads: as of a Run.
#include "core/pipeline/resend.h"
#include "core/pipeline/run.h"

#include <QObject>

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::pipeline {

/// Maps the recorded events again, with the destination as it is now.
struct Remap
{
    PlanPtr plan;
    /// Its place in the plan; absent: the mapping of the recorded name, which must be the only one of that name.
    std::optional<std::size_t> mapping;
};

class ResendRun final : public QObject
{
    Q_OBJECT

public:
    /// `sequences` are the journal's. Everything by reference must outlive the run; `writer` and `liquid` may be null.
    /// With `remap`, only the URL of `resend` counts, and is the plan's own business.
    ResendRun(std::vector<std::int64_t> sequences, Resend resend, std::optional<Remap> remap, RunOptions options,
        journal::Journal &journal, JournalWriter *writer, delivery::Transport &transport, const Clock &clock,
        mapping::LiquidRenderer *liquid, QObject *parent = nullptr);
    ~ResendRun() override;

    const std::string &id() const { return m_id; }
    /// Before start, and with a writer: the deliveries are parked ones and go on as they are, under their own ids and
    /// in their own runs, unless somebody else took them meanwhile.
    void continueParked() { m_continues = true; }
    void start();
    /// As Run::stop. What goes on and has not gone out stays parked.
    void stop(Rest rest = Rest::Cancel);
    /// Nothing more is read or begun until it goes on; what is in flight may end.
    void pause(bool paused);
    RunProgress progress() const;
    bool isFinished() const { return m_finished; }

Q_SIGNALS:
    void delivered(const hookbench::pipeline::DeliveryReport &report);
    /// A delivery that could not be repeated.
    void failed(const hookbench::pipeline::FailureReport &report);
    /// `events` counts the repeated deliveries' events, `matched` is the same.
    void finished(const hookbench::pipeline::RunSummary &summary);

private:
    void pump();
    void schedulePump();
    /// nullopt: there is none.
    std::optional<std::int64_t> nextSequence();
    bool hasMore() const;
    void take(std::int64_t sequence);
    void take(const journal::DeliveryRecord &record);
    std::vector<Dispatch> mapAgain(const journal::Delivery &recorded, const std::vector<std::string> &texts,
        const std::vector<std::uint64_t> &indexes);
    void submitReady();
    void parkReady();
    void onAttempted(const delivery::AttemptPtr &attempt);
    void fail(const journal::Delivery &recorded, Error error);
    void failParked(const journal::Delivery &recorded, const Error &error);
    void finishWhenDone();

    struct Ready
    {
        std::string id;
        std::shared_ptr<const Dispatch> dispatch;
        DeliveryOrigin origin;
    };

    std::vector<std::int64_t> m_sequences;
    std::size_t m_next = 0;
    std::deque<std::int64_t> m_claimed; ///< of parked ones: nobody else will send them
    bool m_continues = false;
    Resend m_resend;
    std::optional<Remap> m_remap;
    RunOptions m_options;
    journal::Journal &m_record;
    JournalWriter *m_writer;
    const Clock &m_clock;
    std::optional<Batches> m_batches;
    delivery::Queue m_queue;
    std::string m_id;
    std::deque<Ready> m_ready;
    std::uint64_t m_nextEvent = 0;
    RunSummary m_summary;
    RunStatistics m_statistics;
    RunClock m_time;
    bool m_pumpScheduled = false;
    bool m_stopped = false;
    bool m_parking = false;
    bool m_finished = false;
};

} // namespace hookbench::pipeline
