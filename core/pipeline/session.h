#pragma once
// The window's way into the pipeline: evaluates while the user types, runs deliveries, keeps the journal, runs the
// embedded receiver. All work happens on threads of its own; calls return at once and answers come as signals. Threads:
// the window's only.
#include "core/journal/salvage.h"
#include "core/pipeline/evaluation.h"
#include "core/pipeline/golden.h"
#include "core/pipeline/impact.h"
#include "core/pipeline/resend.h"
#include "core/pipeline/run.h"
#include "core/receiver/receiver.h"

#include <QMetaType>
#include <QObject>
#include <QString>
#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hookbench::pipeline {

using SalvagePtr = std::shared_ptr<const journal::Salvage>;
using EvaluationPtr = std::shared_ptr<const Evaluation>;

/// What a run sends: the events of a list, or those of a file.
struct SendWhat
{
    std::vector<json::Document> events;
    std::string file; ///< not empty: the events are read from there
    bool skipInvalid = false; ///< of a file: leave out what is no event; otherwise nothing is sent when there is one
};

/// What is to be compared: one mapping before and after an edit, over the texts of events.
struct ReplayQuestion
{
    destination::Project before;
    std::optional<std::size_t> mappingBefore; ///< nullopt: it was not there
    destination::Project after;
    std::optional<std::size_t> mappingAfter;
    PlanOptions options;
    std::vector<std::string> events; ///< JSON texts
};

struct Replay
{
    std::uint64_t serial = 0; ///< of the question
    std::vector<json::Document> events; ///< undefined where a text is no JSON object
    std::vector<EventImpact> impacts; ///< of those that are
    std::size_t unreadable = 0;
    std::chrono::microseconds took{ 0 }; ///< of computing alone
};

using ReplayPtr = std::shared_ptr<const Replay>;

/// What the golden tests of a project came to.
struct GoldenReport
{
    std::uint64_t serial = 0; ///< of the question
    std::vector<GoldenOutcome> outcomes; ///< one for each test, in order
    std::chrono::microseconds took{ 0 }; ///< of running them alone
};

using GoldenReportPtr = std::shared_ptr<const GoldenReport>;

class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);
    /// Stops what runs (what waits is parked, what was not read stays unread) and waits for its threads.
    ~Session() override;

    /// Opens (or makes) the journal; without one nothing is recorded.
    Result<void> openJournal(const std::string &path);
    /// The same elsewhere, and a damaged file is moved aside and salvaged, which may take as long as copying it.
    /// Answers with journalOpened or journalRefused; what is sent meanwhile begins then.
    void openJournalSoon(const std::string &path);
    /// Moves the file aside, whatever it is, and begins a new one with what can be read of it; for one that turned out
    /// to be damaged, or is no journal. Answers as openJournalSoon. Only when no run is going on.
    void salvageJournal(const std::string &path);
    /// nullptr when there is none. Reading pages of it is quick enough for the window.
    const journal::Journal *journal() const { return m_journal.get(); }
    /// Posts to the window's thread; what is posted is dropped when the context is gone by then.
    using Tell = std::function<void(std::function<void()>)>;
    enum class Lane {
        Reading, ///< for what is over soon
        Listing, ///< for what may go on for seconds: give it a stop_token
        Upkeep, ///< for what may go on for minutes: give it a stop_token
        /// Between two transactions of the writer: sending waits for it once much is to be written. What has not begun
        /// when the session ends is dropped.
        Writing,
    };
    /// Runs `work` outside the window's thread, one at a time in each lane, in order. Without a journal nothing runs.
    void onJournal(Lane lane, const QObject *context, std::function<void(journal::Journal &, const Tell &)> work);
    using Records = std::vector<journal::RecordPtr>; ///< in the order asked for; null: there is none of that id
    /// Reads whole deliveries elsewhere, bodies may be large, and calls `done` in the window's thread unless `context`
    /// is gone by then. Without a journal every record is null.
    void readDeliveries(
        std::vector<std::string> ids, const QObject *context, std::function<void(const Result<Records> &)> done);

    using Events = std::vector<std::string>; ///< JSON texts; empty where none was kept
    /// The events a delivery was made of, in the same way; none without a journal.
    void readEvents(
        journal::RecordPtr record, const QObject *context, std::function<void(const Result<Events> &)> done);

    /// Answers with evaluated() carrying the serial returned here. Questions that a newer one overtakes are not
    /// answered.
    std::uint64_t evaluate(
        destination::Project project, PlanOptions options, json::Document event, std::optional<std::size_t> selected);

    /// What one value of a mapping becomes where `scope` stands for the event. Calls `done` in the window's thread
    /// unless `context` is gone by then.
    void resolveValue(json::Document value, json::Document scope, const QObject *context,
        std::function<void(const Result<json::Document> &)> done);

    /// Answers with replayed() carrying the serial returned here; a newer question ends an older one. Evaluations go
    /// first.
    std::uint64_t replay(ReplayQuestion question);
    void cancelReplay() { ++m_latestReplay; }

    /// Runs the project's golden tests. Answers with tested() carrying the serial returned here; a newer question ends
    /// an older one. Evaluations go first.
    std::uint64_t test(destination::Project project, PlanOptions options);
    void cancelTests() { ++m_latestTests; }

    bool isRunning() const { return m_running; }
    /// Begins a run with a snapshot of `project`. Only when no run is going on.
    void send(destination::Project project, PlanOptions plan, RunOptions run, SendWhat what);
    /// Sends these of the journal's deliveries again. With `remap` the mapping of the same name makes their bodies
    /// anew.
    struct RemapWith
    {
        destination::Project project;
        PlanOptions plan;
    };
    void resend(std::vector<std::int64_t> sequences, Resend resend, std::optional<RemapWith> remap, RunOptions run);
    /// In-flight requests may end. The rest is parked: recorded as it would have gone out, to go on at any time;
    /// without a journal it is cancelled. A second time while it is being parked: what was not read stays unread.
    void stop();
    /// Sends what is parked, oldest first, whichever run it is of. Ends with runFinished, at once when there is
    /// nothing.
    void continueParked(RunOptions run);
    /// What is parked will never go out: it is discarded.
    void discardParked();
    /// How many deliveries are parked, as far as is known.
    quint64 parked() const { return m_parked; }
    /// Nothing more goes out until it is resumed; in-flight requests may end.
    void pause(bool paused);

    /// Answers with receiverStarted or receiverFailed.
    void startReceiver(quint16 port, std::vector<std::string> allowedHosts);
    void stopReceiver();
    /// The secret it verifies with, from now on.
    void setReceiverSecret(std::string secret);
    bool isReceiverRunning() const { return !m_receiverUrl.isEmpty(); }
    /// "http://127.0.0.1:8765", empty when it is stopped.
    QString receiverUrl() const { return m_receiverUrl; }

Q_SIGNALS:
    void evaluated(const hookbench::pipeline::EvaluationPtr &evaluation);

    void replayed(const hookbench::pipeline::ReplayPtr &replay);
    void tested(const hookbench::pipeline::GoldenReportPtr &report);

    void runStarted();
    void runProgressed(const hookbench::pipeline::RunProgress &progress); ///< ten times a second
    void delivered(const hookbench::pipeline::DeliveryReport &report); ///< the first hundred of a run
    void runFailed(const hookbench::pipeline::FailureReport &report); ///< the first hundred of a run
    void discarded(quint64 event); ///< the first hundred of a run
    void runFinished(const hookbench::pipeline::RunSummary &summary);
    /// The run could not begin: the file cannot be read or holds something that is no event. Nothing was sent.
    void runRefused(const hookbench::Error &error);
    void journalOpened(const hookbench::pipeline::SalvagePtr &salvage); ///< null: nothing was wrong with it
    /// It could not be opened: nothing is recorded.
    void journalRefused(const hookbench::Error &error);
    /// Rows were added or changed; at most ten times a second.
    void journalChanged();
    /// Rows were taken out, by whoever cares for the journal, who says so here.
    void journalThinned();
    void journalFailed(const hookbench::Error &error);
    void parkedChanged(quint64 parked);

    void receiverStarted(const QString &url);
    void receiverStopped();
    void receiverFailed(const hookbench::Error &error);
    void received(const hookbench::receiver::ReceivedRequest &request);

private:
    class Evaluator;
    class Sender;

    /// Emits in the window's thread, whichever thread has something to tell.
    void tell(std::function<void()> emit);
    void openElsewhere(std::function<Result<journal::Opened>()> open);
    void install(std::unique_ptr<journal::Journal> journal);
    /// Calls `begin` in the sending thread, at once or when the journal is open.
    void launch(std::function<void()> begin);
    void announceJournal();
    void countParked();

    std::unique_ptr<journal::Journal> m_journal;
    std::unique_ptr<JournalWriter> m_writer;
    QThread m_evaluationThread;
    QThread m_sendingThread;
    QThread m_receiverThread;
    QThreadPool m_reading; ///< of the journal; each pool has one thread, which keeps a connection
    QThreadPool m_listing;
    QThreadPool m_upkeep;
    std::vector<std::unique_ptr<journal::Journal>> m_replaced; ///< whose readers may not be done yet
    Evaluator *m_evaluator; ///< lives in its thread, deleted with it
    Sender *m_sender;
    receiver::Receiver *m_receiver;
    std::atomic<std::uint64_t> m_latestQuestion{ 0 };
    std::atomic<std::uint64_t> m_latestReplay{ 0 };
    std::atomic<std::uint64_t> m_latestTests{ 0 };
    std::atomic<bool> m_journalAnnounced{ false };
    std::string m_receiverSecret;
    bool m_running = false;
    bool m_opening = false;
    quint64 m_parked = 0;
    std::function<void()> m_whenOpened; ///< the run that waits for the journal
    QString m_receiverUrl;
};

} // namespace hookbench::pipeline

Q_DECLARE_METATYPE(hookbench::pipeline::EvaluationPtr)
Q_DECLARE_METATYPE(hookbench::pipeline::ReplayPtr)
Q_DECLARE_METATYPE(hookbench::pipeline::GoldenReportPtr)
Q_DECLARE_METATYPE(hookbench::pipeline::SalvagePtr)
Q_DECLARE_METATYPE(hookbench::Error)
