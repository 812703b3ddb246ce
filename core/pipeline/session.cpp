#include "core/pipeline/session.h"

#include "core/pipeline/session_evaluator.h"
#include "core/pipeline/session_sender.h"

#include <QMetaObject>
#include <QPointer>
#include <QTimer>

#include <sys/resource.h>
#include <unistd.h>

namespace hookbench::pipeline {

namespace {

constexpr std::chrono::milliseconds kJournalEvery{ 100 };

/// The window's thread goes first when every core is busy: work elsewhere takes a step back. (QThread's priorities mean
/// nothing to Linux' usual scheduler.)
void stepBack()
{
    constexpr int kNice = 10;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
}

} // namespace

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

void Session::readEvents(
    journal::RecordPtr record, const QObject *context, std::function<void(const Result<Events> &)> done)
{
    if (!m_journal)
        return done(Events());
    onJournal(
        Lane::Reading, context, [record = std::move(record), done = std::move(done)](auto &journal, const Tell &tell) {
            tell([done, texts = journal.eventTexts(record->delivery.run, record->delivery.events)] { done(texts); });
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
