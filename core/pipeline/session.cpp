#include "core/pipeline/session.h"

#include "core/delivery/network_transport.h"
#include "core/delivery/redirect_follower.h"
#include "core/json/parse.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/resend_run.h"

#include <QMetaObject>
#include <QPointer>
#include <QTimer>

#include <fmt/format.h>

#include <sys/resource.h>
#include <unistd.h>

namespace hookbench::pipeline {

namespace {

constexpr int kReportsOfARun = 100;
constexpr std::chrono::milliseconds kProgressEvery{ 100 };
constexpr std::chrono::milliseconds kJournalEvery{ 100 };
/// How long a replay, or golden tests, keep the evaluation thread at a stretch: what the user types goes first.
constexpr std::chrono::milliseconds kReplayStretch{ 10 };

/// The window's thread goes first when every core is busy: work elsewhere takes a step back. (QThread's priorities mean
/// nothing to Linux' usual scheduler.)
void stepBack()
{
    constexpr int kNice = 10;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
}

Result<std::unique_ptr<EventSource>> openSource(SendWhat what)
{
    if (what.file.empty())
        return std::make_unique<ListSource>(std::move(what.events));
    Result<std::unique_ptr<FileSource>> file = FileSource::open(what.file);
    if (!file)
        return tl::unexpected<Error>(std::move(file.error()));
    const Result<event::ScanReport> report = (*file)->scan();
    if (!report)
        return tl::unexpected<Error>(report.error());
    if (report->errors > 0 && !what.skipInvalid) {
        const event::Item &first = report->mistakes.front();
        return fail("events-invalid",
            fmt::format("{}: {} of {} entries are no events, the first on line {}: {} Nothing was sent.", what.file,
                report->errors, report->errors + report->events, first.line, first.event.error().message));
    }
    return std::unique_ptr<EventSource>(std::move(*file));
}

} // namespace

// Lives in the evaluation thread. Keeps the plan of the last question: while the event is typed only the event changes.
class Session::Evaluator final : public QObject
{
public:
    struct Question
    {
        std::uint64_t serial = 0;
        destination::Project project;
        PlanOptions options;
        json::Document event;
        std::optional<std::size_t> selected;
    };

    explicit Evaluator(Session &session)
        : m_session(session)
    {
    }

    void answer(const Question &question)
    {
        if (question.serial != m_session.m_latestQuestion)
            return; // overtaken
        if (!m_plan || !sameMappings(question))
            m_plan = std::make_shared<const Plan>(question.project, question.options);
        m_project = question.project;
        m_options = question.options;
        auto evaluation
            = std::make_shared<Evaluation>(pipeline::evaluate(*m_plan, question.event, question.selected, &m_liquid));
        evaluation->serial = question.serial;
        evaluation->event = question.event;
        if (question.serial == m_session.m_latestQuestion)
            m_session.tell([&session = m_session, evaluation] { Q_EMIT session.evaluated(evaluation); });
    }

    Result<json::Document> resolve(json::Value value, json::Value scope)
    {
        json::Arena arena;
        const json::Value whole = json::ObjectBuilder(arena).add("value", value).build();
        const Result<mapping::Mapping> compiled = mapping::Mapping::compile(whole);
        if (!compiled)
            return fail(compiled.error());
        const Result<json::Value> resolved = compiled->resolve(scope, arena, &m_liquid);
        return resolved ? Result<json::Document>(json::Document::copyOf(resolved->find("value")))
                        : fail(resolved.error());
    }

    void beginReplay(std::uint64_t serial, ReplayQuestion question)
    {
        const auto plan = [&](destination::Project &project) {
            return std::make_shared<const Plan>(std::exchange(project, {}), question.options);
        };
        m_comparison.emplace(
            plan(question.before), question.mappingBefore, plan(question.after), question.mappingAfter);
        m_texts = std::move(question.events);
        m_replay = std::make_shared<Replay>();
        m_replay->serial = serial;
        goOnReplaying();
    }

    void beginTests(std::uint64_t serial, destination::Project project, PlanOptions options)
    {
        m_report = std::make_shared<GoldenReport>();
        m_report->serial = serial;
        if (serial == m_session.m_latestTests)
            m_tests.emplace(std::move(project), std::move(options));
        goOnTesting();
    }

private:
    void goOnTesting()
    {
        if (!m_report || m_report->serial != m_session.m_latestTests) {
            m_report.reset();
            return;
        }
        const auto start = std::chrono::steady_clock::now();
        const auto took = [&] { return std::chrono::steady_clock::now() - start; };
        while (m_report->outcomes.size() < m_tests->count() && took() < kReplayStretch)
            m_report->outcomes.push_back(m_tests->run(m_report->outcomes.size(), &m_liquid));
        m_report->took += std::chrono::duration_cast<std::chrono::microseconds>(took());
        if (m_report->outcomes.size() < m_tests->count())
            QMetaObject::invokeMethod(
                this,
                [this, serial = m_report->serial] {
                    if (m_report && m_report->serial == serial)
                        goOnTesting();
                },
                Qt::QueuedConnection);
        else
            m_session.tell([&session = m_session, report = GoldenReportPtr(std::exchange(m_report, nullptr))] {
                Q_EMIT session.tested(report);
            });
    }

    void goOnReplaying()
    {
        if (!m_replay || m_replay->serial != m_session.m_latestReplay) {
            m_replay.reset();
            return;
        }
        const auto start = std::chrono::steady_clock::now();
        const auto took = [&] { return std::chrono::steady_clock::now() - start; };
        for (std::size_t next = m_replay->events.size(); next < m_texts.size() && took() < kReplayStretch; ++next) {
            Result<json::Document> event = json::parse(m_texts[next]);
            if (event && event->root().isObject()) {
                m_replay->impacts.push_back(m_comparison->of(next, *event, &m_liquid));
                m_replay->events.push_back(std::move(*event));
            } else {
                ++m_replay->unreadable;
                m_replay->events.emplace_back();
            }
        }
        m_replay->took += std::chrono::duration_cast<std::chrono::microseconds>(took());
        if (m_replay->events.size() < m_texts.size())
            QMetaObject::invokeMethod(
                this,
                [this, serial = m_replay->serial] {
                    if (m_replay && m_replay->serial == serial)
                        goOnReplaying();
                },
                Qt::QueuedConnection);
        else
            m_session.tell([&session = m_session, replay = ReplayPtr(std::exchange(m_replay, nullptr))] {
                Q_EMIT session.replayed(replay);
            });
    }

    bool sameMappings(const Question &question) const
    {
        return m_project.mappings == question.project.mappings && m_options.secret == question.options.secret
            && m_options.signatureMode == question.options.signatureMode
            && m_options.userAgent == question.options.userAgent && m_options.url == question.options.url
            && m_options.testEvents == question.options.testEvents;
    }

    Session &m_session;
    mapping::LiquidEngine m_liquid;
    PlanPtr m_plan;
    destination::Project m_project;
    PlanOptions m_options;
    std::optional<ImpactComparison> m_comparison;
    std::vector<std::string> m_texts;
    std::shared_ptr<Replay> m_replay;
    std::optional<GoldenTests> m_tests;
    std::shared_ptr<GoldenReport> m_report;
};

// Lives in the sending thread: the network, the Liquid engine of runs, the run itself.
class Session::Sender final : public QObject
{
public:
    explicit Sender(Session &session)
        : m_session(session)
        , m_transport(m_network, m_clock)
    {
        m_network.setParent(this);
        m_progress.setParent(this);
        m_progress.setInterval(kProgressEvery);
        connect(&m_progress, &QTimer::timeout, this, [this] { tellProgress(); });
    }
    ~Sender() override
    {
        if (m_run)
            m_stopIt(); // what waits is parked; what was not read stays unread
        m_run.reset();
        m_network.setParent(nullptr);
        m_progress.setParent(nullptr);
    }

    void begin(const destination::Project &project, const PlanOptions &plan, const RunOptions &options, SendWhat what)
    {
        Result<std::unique_ptr<EventSource>> source = openSource(std::move(what));
        if (!source) {
            m_session.tell([&session = m_session, error = source.error()] { Q_EMIT session.runRefused(error); });
            return;
        }
        auto run = std::make_unique<Run>(std::make_shared<const Plan>(project, plan), std::move(*source), options,
            m_transport, m_clock, &m_liquid, m_session.m_writer.get());
        connect(run.get(), &Run::discarded, this, [this](quint64 event) {
            if (m_reports++ < kReportsOfARun)
                m_session.tell([&session = m_session, event] { Q_EMIT session.discarded(event); });
        });
        launch(std::move(run));
    }

    void beginAgain(std::vector<std::int64_t> sequences, const Resend &resend, std::optional<RemapWith> remap,
        const RunOptions &options)
    {
        std::optional<Remap> with;
        if (remap)
            with = Remap{ std::make_shared<const Plan>(remap->project, remap->plan), std::nullopt };
        launch(std::make_unique<ResendRun>(std::move(sequences), resend, std::move(with), options, *m_session.m_journal,
            m_session.m_writer.get(), m_transport, m_clock, &m_liquid));
    }

    void goOn(const RunOptions &options)
    {
        m_session.m_writer->flush(); // the last of them may not be in the file yet
        std::vector<std::int64_t> sequences;
        journal::Listing parked{ query::parse("verdict:parked").value_or(query::Query()) };
        parked.descending = false;
        const Result<void> listed = m_session.m_journal->list(parked, 0, {}, [&](std::span<const std::int64_t> found) {
            sequences.insert(sequences.end(), found.begin(), found.end());
            return true;
        });
        if (!listed) {
            m_session.tell([&session = m_session, error = listed.error()] { Q_EMIT session.runRefused(error); });
            return;
        }
        auto run = std::make_unique<ResendRun>(std::move(sequences), Resend(), std::nullopt, options,
            *m_session.m_journal, m_session.m_writer.get(), m_transport, m_clock, &m_liquid);
        run->continueParked();
        launch(std::move(run));
    }

    void stop()
    {
        if (m_run)
            m_stopIt();
    }

    void pause(bool paused)
    {
        if (!m_run)
            return;
        m_pauseIt(paused);
        tellProgress();
    }

private:
    /// A Run or a ResendRun.
    template <typename Going>
    void launch(std::unique_ptr<Going> run)
    {
        Going *going = run.get();
        m_run = std::move(run);
        m_stopIt = [going] { going->stop(Rest::Park); };
        m_pauseIt = [going](bool paused) { going->pause(paused); };
        m_progressOf = [going] { return going->progress(); };
        m_reports = 0;
        connect(going, &Going::delivered, this, [this](const DeliveryReport &report) {
            if (m_reports++ < kReportsOfARun)
                m_session.tell([&session = m_session, report] { Q_EMIT session.delivered(report); });
        });
        connect(going, &Going::failed, this, [this](const FailureReport &report) {
            if (m_reports++ < kReportsOfARun)
                m_session.tell([&session = m_session, report] { Q_EMIT session.runFailed(report); });
        });
        connect(going, &Going::finished, this, [this](const RunSummary &summary) {
            m_progress.stop();
            tellProgress();
            if (m_session.m_writer) {
                if (summary.parked > 0)
                    m_session.m_writer->flush();
                if (const auto error = m_session.m_writer->error())
                    m_session.tell([&session = m_session, error = *error] { Q_EMIT session.journalFailed(error); });
            }
            m_session.tell([&session = m_session, summary] { Q_EMIT session.runFinished(summary); });
            m_run.release()->deleteLater(); // it is still on the stack
        });
        m_session.tell([&session = m_session] { Q_EMIT session.runStarted(); });
        m_progress.start();
        going->start();
    }

    void tellProgress()
    {
        m_session.tell([&session = m_session, progress = m_progressOf()] { Q_EMIT session.runProgressed(progress); });
    }

    Session &m_session;
    SystemClock m_clock;
    delivery::NetworkTransport m_network;
    delivery::RedirectFollower m_transport;
    mapping::LiquidEngine m_liquid;
    QTimer m_progress;
    std::unique_ptr<QObject> m_run; ///< and what it can be told
    std::function<void()> m_stopIt;
    std::function<void(bool)> m_pauseIt;
    std::function<RunProgress()> m_progressOf;
    int m_reports = 0;
};

Session::Session(QObject *parent)
    : QObject(parent)
    , m_evaluator(new Evaluator(*this))
    , m_sender(new Sender(*this))
    , m_receiver(new receiver::Receiver)
{
    qRegisterMetaType<EvaluationPtr>();
    qRegisterMetaType<ReplayPtr>();
    qRegisterMetaType<GoldenReportPtr>();
    qRegisterMetaType<DeliveryReport>();
    qRegisterMetaType<FailureReport>();
    qRegisterMetaType<RunSummary>();
    qRegisterMetaType<RunProgress>();
    qRegisterMetaType<Error>();
    qRegisterMetaType<SalvagePtr>();
    qRegisterMetaType<receiver::ReceivedRequest>();

    for (QThreadPool *pool : { &m_reading, &m_listing, &m_upkeep }) {
        pool->setMaxThreadCount(1);
        pool->setExpiryTimeout(-1);
    }
    m_evaluationThread.setObjectName(QStringLiteral("evaluation"));
    m_sendingThread.setObjectName(QStringLiteral("sending"));
    m_receiverThread.setObjectName(QStringLiteral("receiver"));
    m_evaluator->moveToThread(&m_evaluationThread);
    m_sender->moveToThread(&m_sendingThread);
    m_receiver->moveToThread(&m_receiverThread);
    connect(&m_evaluationThread, &QThread::finished, m_evaluator, &QObject::deleteLater);
    connect(&m_sendingThread, &QThread::finished, m_sender, &QObject::deleteLater);
    connect(&m_receiverThread, &QThread::finished, m_receiver, &QObject::deleteLater);
    connect(m_receiver, &receiver::Receiver::received, this, &Session::received);
    const auto over = [this] {
        m_running = false;
        countParked();
    };
    connect(this, &Session::journalOpened, this, &Session::countParked);
    connect(this, &Session::runFinished, this, over);
    connect(this, &Session::runRefused, this, over);
    for (QThread *thread : { &m_sendingThread, &m_receiverThread })
        connect(thread, &QThread::started, thread, &stepBack, Qt::DirectConnection);
    m_listing.start(&stepBack);
    m_upkeep.start(&stepBack);
    m_evaluationThread.start();
    m_sendingThread.start();
    m_receiverThread.start();
}

Session::~Session()
{
    m_latestQuestion = 0;
    cancelReplay();
    cancelTests();
    for (QThreadPool *pool : { &m_reading, &m_listing, &m_upkeep }) {
        pool->clear();
        pool->waitForDone();
    }
    for (QThread *thread : { &m_sendingThread, &m_evaluationThread, &m_receiverThread }) {
        thread->quit();
        thread->wait();
    }
}

Result<void> Session::openJournal(const std::string &path)
{
    Result<std::unique_ptr<journal::Journal>> journal = journal::Journal::open(path);
    if (!journal)
        return tl::unexpected<Error>(std::move(journal.error()));
    install(std::move(*journal));
    Q_EMIT journalOpened({});
    return {};
}

void Session::openJournalSoon(const std::string &path)
{
    openElsewhere([path] { return journal::openOrSalvage(path, SystemClock().wall().time_since_epoch().count()); });
}

void Session::salvageJournal(const std::string &path)
{
    if (m_running)
        return;
    // What is read meanwhile is read from the old file, which stays open under its new name.
    m_writer.reset();
    openElsewhere([path] { return journal::salvage(path, SystemClock().wall().time_since_epoch().count()); });
}

void Session::openElsewhere(std::function<Result<journal::Opened>()> open)
{
    m_opening = true;
    m_upkeep.start([this, open = std::move(open)] {
        const auto opened = std::make_shared<Result<journal::Opened>>(open());
        tell([this, opened] {
            m_opening = false;
            if (*opened) {
                install(std::move((*opened)->journal));
                const auto &salvage = (*opened)->salvage;
                Q_EMIT journalOpened(salvage ? std::make_shared<const journal::Salvage>(*salvage) : nullptr);
            } else {
                Q_EMIT journalRefused(opened->error());
            }
            if (auto begin = std::exchange(m_whenOpened, nullptr))
                QMetaObject::invokeMethod(m_sender, std::move(begin));
        });
    });
}

void Session::install(std::unique_ptr<journal::Journal> journal)
{
    m_writer.reset();
    if (m_journal)
        m_replaced.push_back(std::move(m_journal));
    m_journal = std::move(journal);
    m_writer = std::make_unique<JournalWriter>(*m_journal, [this] { announceJournal(); });
    m_writer->between([](journal::Journal &) { stepBack(); });
}

void Session::launch(std::function<void()> begin)
{
    if (m_opening)
        m_whenOpened = std::move(begin);
    else
        QMetaObject::invokeMethod(m_sender, std::move(begin));
}

void Session::onJournal(Lane lane, const QObject *context, std::function<void(journal::Journal &, const Tell &)> work)
{
    if (!m_journal)
        return;
    const Tell toWindow = [this, guard = QPointer<const QObject>(context)](std::function<void()> post) {
        tell([guard, post = std::move(post)] {
            if (guard)
                post();
        });
    };
    if (lane == Lane::Writing) {
        if (m_writer)
            m_writer->between(
                [toWindow, work = std::move(work)](journal::Journal &journal) { work(journal, toWindow); });
        return;
    }
    QThreadPool &pool = lane == Lane::Reading ? m_reading : lane == Lane::Listing ? m_listing : m_upkeep;
    pool.start([journal = m_journal.get(), toWindow, work = std::move(work)] { work(*journal, toWindow); });
}

void Session::readDeliveries(
    std::vector<std::string> ids, const QObject *context, std::function<void(const Result<Records> &)> done)
{
    if (!m_journal)
        return done(Records(ids.size()));
    onJournal(Lane::Reading, context, [ids = std::move(ids), done = std::move(done)](auto &journal, const Tell &tell) {
        Result<Records> records = Records(ids.size());
        for (std::size_t i = 0; records && i < ids.size(); ++i) {
            Result<std::optional<journal::DeliveryRecord>> record = journal.delivery(ids[i]);
            if (!record)
                records = tl::unexpected<Error>(std::move(record.error()));
            else if (*record)
                (*records)[i] = std::make_shared<const journal::DeliveryRecord>(std::move(**record));
        }
        tell([done, records = std::move(records)] { done(records); });
    });
}

void Session::tell(std::function<void()> emit)
{
    QMetaObject::invokeMethod(this, std::move(emit), Qt::QueuedConnection);
}

// From the writer's thread; many transactions a second become one signal.
void Session::announceJournal()
{
    if (m_journalAnnounced.exchange(true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            QTimer::singleShot(kJournalEvery, this, [this] {
                m_journalAnnounced = false;
                Q_EMIT journalChanged();
            });
        },
        Qt::QueuedConnection);
}

std::uint64_t Session::evaluate(
    destination::Project project, PlanOptions options, json::Document event, std::optional<std::size_t> selected)
{
    Evaluator::Question question{ ++m_latestQuestion, std::move(project), std::move(options), std::move(event),
        selected };
    const std::uint64_t serial = question.serial;
    QMetaObject::invokeMethod(
        m_evaluator, [evaluator = m_evaluator, question = std::move(question)] { evaluator->answer(question); });
    return serial;
}

void Session::resolveValue(json::Document value, json::Document scope, const QObject *context,
    std::function<void(const Result<json::Document> &)> done)
{
    QMetaObject::invokeMethod(m_evaluator,
        [this, value = std::move(value), scope = std::move(scope), guard = QPointer<const QObject>(context),
            done = std::move(done)] {
            tell([guard, done, resolved = m_evaluator->resolve(value, scope)] {
                if (guard)
                    done(resolved);
            });
        });
}

std::uint64_t Session::replay(ReplayQuestion question)
{
    const std::uint64_t serial = ++m_latestReplay;
    QMetaObject::invokeMethod(m_evaluator, [evaluator = m_evaluator, serial, question = std::move(question)]() mutable {
        evaluator->beginReplay(serial, std::move(question));
    });
    return serial;
}

std::uint64_t Session::test(destination::Project project, PlanOptions options)
{
    const std::uint64_t serial = ++m_latestTests;
    QMetaObject::invokeMethod(m_evaluator,
        [evaluator = m_evaluator, serial, project = std::move(project), options = std::move(options)]() mutable {
            evaluator->beginTests(serial, std::move(project), std::move(options));
        });
    return serial;
}

void Session::send(destination::Project project, PlanOptions plan, RunOptions run, SendWhat what)
{
    if (std::exchange(m_running, true))
        return;
    launch([sender = m_sender, project = std::move(project), plan = std::move(plan), run = std::move(run),
               what = std::move(what)]() mutable { sender->begin(project, plan, run, std::move(what)); });
}

void Session::resend(std::vector<std::int64_t> sequences, Resend resend, std::optional<RemapWith> remap, RunOptions run)
{
    if (m_running || !m_journal || sequences.empty())
        return;
    m_running = true;
    launch([sender = m_sender, sequences = std::move(sequences), resend = std::move(resend), remap = std::move(remap),
               run = std::move(run)]() mutable {
        sender->beginAgain(std::move(sequences), resend, std::move(remap), run);
    });
}

void Session::continueParked(RunOptions run)
{
    if (m_running || !m_writer)
        return;
    m_running = true;
    launch([sender = m_sender, run = std::move(run)] { sender->goOn(run); });
}

void Session::discardParked()
{
    onJournal(Lane::Upkeep, this, [this](journal::Journal &journal, const Tell &tell) {
        constexpr std::size_t kDiscardedInOne = 1'000; // others are not kept waiting
        Result<std::uint64_t> discarded = std::uint64_t{ 1 };
        while (discarded && *discarded > 0)
            discarded = journal.discardParked(kDiscardedInOne);
        tell([this, discarded] {
            if (!discarded)
                Q_EMIT journalFailed(discarded.error());
            Q_EMIT journalChanged();
            countParked();
        });
    });
}

void Session::countParked()
{
    onJournal(Lane::Reading, this, [this](const journal::Journal &journal, const Tell &tell) {
        const auto parked = query::parse("verdict:parked").and_then([&](const query::Query &query) {
            return journal.count(query, 0);
        });
        tell([this, count = parked.value_or(std::uint64_t{ 0 })] {
            if (count != std::exchange(m_parked, count))
                Q_EMIT parkedChanged(m_parked);
        });
    });
}

void Session::stop()
{
    if (std::exchange(m_whenOpened, nullptr)) { // it had not begun
        Q_EMIT runFinished({});
        return;
    }
    QMetaObject::invokeMethod(m_sender, [sender = m_sender] { sender->stop(); });
}

void Session::pause(bool paused)
{
    QMetaObject::invokeMethod(m_sender, [sender = m_sender, paused] { sender->pause(paused); });
}

void Session::startReceiver(quint16 port, std::vector<std::string> allowedHosts)
{
    QMetaObject::invokeMethod(m_receiver, [this, port, hosts = std::move(allowedHosts), secret = m_receiverSecret] {
        receiver::Options options;
        options.port = port;
        options.allowedHosts = hosts;
        options.secret = secret;
        const Result<std::string> url = m_receiver->start(options);
        QMetaObject::invokeMethod(this, [this, url] {
            if (url) {
                m_receiverUrl = QString::fromStdString(*url);
                Q_EMIT receiverStarted(m_receiverUrl);
            } else {
                Q_EMIT receiverFailed(url.error());
            }
        });
    });
}

void Session::stopReceiver()
{
    QMetaObject::invokeMethod(m_receiver, [this] {
        m_receiver->stop();
        QMetaObject::invokeMethod(this, [this] {
            m_receiverUrl.clear();
            Q_EMIT receiverStopped();
        });
    });
}

void Session::setReceiverSecret(std::string secret)
{
    m_receiverSecret = secret;
    QMetaObject::invokeMethod(
        m_receiver, [receiver = m_receiver, secret = std::move(secret)] { receiver->setSecret(secret); });
}

} // namespace hookbench::pipeline
