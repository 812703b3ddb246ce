#include "core/pipeline/session_sender.h"

#include "core/pipeline/resend_run.h"

#include <fmt/format.h>

namespace hookbench::pipeline {

namespace {

constexpr int kReportsOfARun = 100;
constexpr std::chrono::milliseconds kProgressEvery{ 100 };

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

template <typename Going>
void Session::Sender::launch(std::unique_ptr<Going> run)
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

Session::Sender::Sender(Session &session)
    : m_session(session)
    , m_transport(m_network, m_clock)
{
    m_network.setParent(this);
    m_progress.setParent(this);
    m_progress.setInterval(kProgressEvery);
    connect(&m_progress, &QTimer::timeout, this, [this] { tellProgress(); });
}

Session::Sender::~Sender()
{
    if (m_run)
        m_stopIt(); // what waits is parked; what was not read stays unread
    m_run.reset();
    m_network.setParent(nullptr);
    m_progress.setParent(nullptr);
}

void Session::Sender::begin(
    const destination::Project &project, const PlanOptions &plan, const RunOptions &options, SendWhat what)
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

void Session::Sender::beginAgain(std::vector<std::int64_t> sequences, const Resend &resend,
    std::optional<RemapWith> remap, const RunOptions &options)
{
    std::optional<Remap> with;
    if (remap)
        with = Remap{ std::make_shared<const Plan>(remap->project, remap->plan), std::nullopt };
    launch(std::make_unique<ResendRun>(std::move(sequences), resend, std::move(with), options, *m_session.m_journal,
        m_session.m_writer.get(), m_transport, m_clock, &m_liquid));
}

void Session::Sender::goOn(const RunOptions &options)
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
    auto run = std::make_unique<ResendRun>(std::move(sequences), Resend(), std::nullopt, options, *m_session.m_journal,
        m_session.m_writer.get(), m_transport, m_clock, &m_liquid);
    run->continueParked();
    launch(std::move(run));
}

void Session::Sender::stop()
{
    if (m_run)
        m_stopIt();
}

void Session::Sender::pause(bool paused)
{
    if (!m_run)
        return;
    m_pauseIt(paused);
    tellProgress();
}

void Session::Sender::tellProgress()
{
    m_session.tell([&session = m_session, progress = m_progressOf()] { Q_EMIT session.runProgressed(progress); });
}

} // namespace hookbench::pipeline
