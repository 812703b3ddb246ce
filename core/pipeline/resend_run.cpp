#include "core/pipeline/resend_run.h"

#include "core/base/id.h"
#include "core/json/parse.h"

#include <QMetaObject>

#include <fmt/format.h>

#include <algorithm>

namespace hookbench::pipeline {

namespace {

// How long deliveries are read before the network gets its turn.
constexpr std::chrono::milliseconds kReadingSlice{ 4 };
// Parked deliveries are claimed some at a time, each time in a transaction. Those of a program that is killed look as
// if they had been on their way.
constexpr std::size_t kClaimedInOne = 64;

} // namespace

ResendRun::ResendRun(std::vector<std::int64_t> sequences, Resend resend, std::optional<Remap> remap, RunOptions options,
    journal::Journal &journal, JournalWriter *writer, delivery::Transport &transport, const Clock &clock,
    mapping::LiquidRenderer *liquid, QObject *parent)
    : QObject(parent)
    , m_sequences(std::move(sequences))
    , m_resend(std::move(resend))
    , m_remap(std::move(remap))
    , m_options(std::move(options))
    , m_record(journal)
    , m_writer(writer)
    , m_clock(clock)
    , m_queue(transport, clock, m_options.queue)
    , m_id(newId())
    , m_time(clock)
{
    if (m_remap)
        m_batches.emplace(m_remap->plan, liquid);
    connect(&m_queue, &delivery::Queue::ready, this, &ResendRun::schedulePump);
    connect(&m_queue, &delivery::Queue::attempted, this, &ResendRun::onAttempted);
}

ResendRun::~ResendRun() = default;

void ResendRun::start()
{
    m_time.restart();
    if (m_writer && !m_continues) {
        journal::Run run;
        run.id = m_id;
        run.started = m_clock.wall().time_since_epoch().count();
        run.kind = "resend";
        if (m_remap) {
            run.projectId = m_remap->plan->projectId();
            run.projectName = m_remap->plan->projectName();
        }
        m_writer->write(std::move(run));
    }
    schedulePump();
}

void ResendRun::stop(Rest rest)
{
    if (m_stopped || m_finished)
        return;
    if ((rest != Rest::Cancel || m_continues) && m_writer && !m_parking) {
        m_parking = true;
        std::vector<std::string> ids;
        for (delivery::Delivery &waiting : m_queue.withdraw())
            ids.push_back(std::move(waiting.id));
        m_summary.parked += ids.size();
        if (m_continues)
            m_summary.parked += m_sequences.size() - m_next; // nobody has touched them
        m_writer->park(std::move(ids));
    } else {
        m_stopped = true;
        m_ready.clear();
        m_queue.stop(delivery::Queue::Stop::FinishInFlight);
    }
    schedulePump();
}

void ResendRun::pause(bool paused)
{
    m_time.pause(paused);
    m_queue.hold(paused);
    schedulePump();
}

void ResendRun::schedulePump()
{
    if (m_pumpScheduled || m_finished)
        return;
    m_pumpScheduled = true;
    QMetaObject::invokeMethod(this, &ResendRun::pump, Qt::QueuedConnection);
}

void ResendRun::pump()
{
    m_pumpScheduled = false;
    const Clock::SteadyTime until = m_clock.steady() + kReadingSlice;
    submitReady();
    while (!m_stopped && hasMore() && (m_parking || (!m_time.isPaused() && m_ready.empty() && m_queue.canAccept()))) {
        if (m_clock.steady() >= until)
            return schedulePump();
        if (const auto sequence = nextSequence())
            take(*sequence);
        submitReady();
    }
    finishWhenDone();
}

bool ResendRun::hasMore() const
{
    return !m_claimed.empty() || (m_next < m_sequences.size() && !(m_continues && m_parking));
}

std::optional<std::int64_t> ResendRun::nextSequence()
{
    if (!m_continues)
        return m_sequences[m_next++];
    if (m_claimed.empty()) {
        const std::size_t many = std::min(kClaimedInOne, m_sequences.size() - m_next);
        const auto claimed = m_record.unpark(std::span(m_sequences).subspan(m_next, many));
        if (!claimed) { // they stay parked
            m_next = m_sequences.size();
            journal::Delivery unread;
            fail(unread, claimed.error());
            return std::nullopt;
        }
        m_next += many;
        m_claimed.assign(claimed->begin(), claimed->end());
        if (m_claimed.empty())
            return std::nullopt;
    }
    const std::int64_t sequence = m_claimed.front();
    m_claimed.pop_front();
    return sequence;
}

void ResendRun::take(std::int64_t sequence)
{
    const auto rows = m_record.rows({ &sequence, 1 });
    journal::Delivery unread;
    unread.mappingName = fmt::format("#{}", sequence);
    if (!rows)
        return fail(unread, rows.error());
    if (rows->empty())
        return fail(unread,
            { "resend-gone", fmt::format("Delivery #{} is not in the journal any more.", sequence), {}, std::nullopt });
    const auto record = m_record.delivery(rows->front().id);
    if (!record)
        return fail(unread, record.error());
    if (*record)
        take(**record);
}

void ResendRun::take(const journal::DeliveryRecord &record)
{
    const journal::Delivery &recorded = record.delivery;
    if (m_continues) {
        m_summary.events += recorded.events.size();
        m_summary.matched += recorded.events.size();
        Dispatch dispatch = repeatedDispatch(recorded, {}, { recorded.events.begin(), recorded.events.end() });
        dispatch.origin = recorded.origin;
        dispatch.repeatedAs = recorded.repeatedAs;
        if (dispatch.request)
            m_ready.push_back({ recorded.id, std::make_shared<const Dispatch>(std::move(dispatch)), {} });
        else
            failParked(recorded, dispatch.request.error());
        return;
    }
    const auto texts = m_record.eventTexts(recorded.run, recorded.events);
    if (!texts)
        return fail(recorded, texts.error());
    std::vector<std::uint64_t> indexes;
    std::vector<journal::EventText> kept;
    for (const std::string &text : *texts) {
        indexes.push_back(m_nextEvent++);
        if (!text.empty())
            kept.push_back({ m_id, static_cast<std::uint32_t>(indexes.back()), text });
    }
    if (m_writer)
        m_writer->write(std::move(kept));
    m_summary.events += recorded.events.size();
    m_summary.matched += recorded.events.size();
    std::vector<Dispatch> dispatches;
    if (m_remap)
        dispatches = mapAgain(recorded, *texts, indexes);
    else
        dispatches.push_back(repeatedDispatch(recorded, m_resend, indexes));
    const signing::Mode mode = m_remap ? m_remap->plan->options().signatureMode
        : m_resend.signatureMode && m_resend.reSign
        ? *m_resend.signatureMode
        : (recorded.signatureMode == journal::SignatureMode::WholeBody ? signing::Mode::WholeBody
                                                                       : signing::Mode::FirstEvent);
    for (Dispatch &dispatch : dispatches) {
        if (!dispatch.request) {
            fail(recorded, dispatch.request.error());
            continue;
        }
        const journal::SharedText mapping
            = m_remap ? mappingText(m_remap->plan->mappings()[dispatch.mapping]) : recorded.mapping;
        m_ready.push_back({ newId(), std::make_shared<const Dispatch>(std::move(dispatch)),
            { m_id, mode, mapping, recorded.eventNames } });
    }
}

std::vector<Dispatch> ResendRun::mapAgain(
    const journal::Delivery &recorded, const std::vector<std::string> &texts, const std::vector<std::uint64_t> &indexes)
{
    const auto refused = [&](std::string code, std::string message) {
        std::vector<Dispatch> out;
        out.push_back({ 0, recorded.mappingName, recorded.batch, indexes,
            hookbench::fail(std::move(code), std::move(message)), {}, recorded.id, "re-mapped" });
        return out;
    };
    const std::vector<ReadyMapping> &mappings = m_remap->plan->mappings();
    std::optional<std::size_t> place = m_remap->mapping;
    if (!place) {
        const auto isIt = [&](const ReadyMapping &mapping) { return mapping.name == recorded.mappingName; };
        const auto found = std::find_if(mappings.begin(), mappings.end(), isIt);
        if (std::count_if(mappings.begin(), mappings.end(), isIt) != 1)
            return refused("resend-mapping",
                fmt::format("The destination has {} of the name \"{}\". Name the one to map with.",
                    found == mappings.end() ? "no mapping" : "several mappings", recorded.mappingName));
        place = static_cast<std::size_t>(found - mappings.begin());
    }
    std::vector<Dispatch> out;
    const auto take = [&](std::vector<Dispatch> dispatches) {
        for (Dispatch &dispatch : dispatches)
            out.push_back(std::move(dispatch));
    };
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Result<json::Document> event = json::parse(texts[i]);
        if (!event)
            return refused("resend-event",
                fmt::format("The text of event {} of delivery {} is not in the journal: it cannot be mapped again.",
                    recorded.events[i], recorded.id));
        take(m_batches->add(mappings[*place], indexes[i], event->root(), m_clock.steady()));
    }
    take(m_batches->flush()); // each delivery becomes its own, so that it can be set beside its origin
    for (Dispatch &dispatch : out) {
        dispatch.origin = recorded.id;
        dispatch.repeatedAs = "re-mapped";
        dispatch.maskedHeaders = withHeaderNames(std::move(dispatch.maskedHeaders), recorded.maskedHeaders);
    }
    return out;
}

void ResendRun::parkReady()
{
    std::vector<std::string> claimed;
    for (Ready &ready : m_ready) {
        ++m_summary.parked;
        if (m_continues) {
            claimed.push_back(std::move(ready.id));
            continue;
        }
        journal::Delivery delivery = toJournal(ready.id, std::move(ready.origin), *ready.dispatch, m_clock.wall());
        delivery.parked = true;
        m_writer->write(std::move(delivery));
    }
    m_ready.clear();
    m_writer->park(std::move(claimed));
}

void ResendRun::submitReady()
{
    if (m_parking)
        return parkReady();
    while (!m_ready.empty() && m_queue.canAccept()) {
        const std::shared_ptr<const Dispatch> dispatch = m_ready.front().dispatch;
        const std::string id = m_ready.front().id;
        if (!m_queue.submit({ id, *dispatch->request, m_options.transport, dispatch }))
            return;
        if (m_writer && !m_continues)
            m_writer->write(toJournal(id, std::move(m_ready.front().origin), *dispatch, m_clock.wall()));
        m_ready.pop_front();
    }
}

void ResendRun::onAttempted(const delivery::AttemptPtr &attempt)
{
    ++m_summary.attempts;
    const auto dispatch = std::static_pointer_cast<const Dispatch>(attempt->context);
    m_statistics.add(*attempt, dispatch->events.size(), m_time.seconds());
    if (attempt->last) {
        ++m_summary.deliveries;
        ++(attempt->outcome.delivered() ? m_summary.delivered : m_summary.failed);
    }
    if (m_writer)
        m_writer->write(toJournal(*attempt));
    Q_EMIT delivered({ attempt, dispatch });
    schedulePump();
}

void ResendRun::fail(const journal::Delivery &recorded, Error error)
{
    ++m_summary.failed;
    Q_EMIT failed({ static_cast<std::size_t>(recorded.mappingIndex), recorded.mappingName,
        { recorded.events.begin(), recorded.events.end() }, std::nullopt, std::move(error), {}, false });
}

void ResendRun::failParked(const journal::Delivery &recorded, const Error &error)
{
    journal::Attempt attempt;
    attempt.delivery = recorded.id;
    attempt.started = m_clock.wall().time_since_epoch().count();
    attempt.failure = delivery::failureName(delivery::Failure::Other);
    attempt.message = error.message;
    m_writer->write(std::move(attempt));
    fail(recorded, error);
}

void ResendRun::finishWhenDone()
{
    const bool noMore = m_stopped || !hasMore();
    if (m_finished || !noMore || !m_ready.empty() || !m_queue.isIdle())
        return;
    m_finished = true;
    Q_EMIT finished(m_summary);
}

RunProgress ResendRun::progress() const
{
    RunProgress progress;
    progress.soFar = m_summary;
    const auto waiting = m_claimed.size() + m_ready.size() + m_queue.waiting() + m_queue.inFlight();
    if (!m_sequences.empty()) // one that is mapped again may have become several
        progress.part
            = static_cast<double>(m_next - std::min(m_next, waiting)) / static_cast<double>(m_sequences.size());
    progress.inFlight = m_queue.inFlight();
    progress.waiting = m_queue.waiting();
    progress.paused = m_time.isPaused();
    progress.parking = m_parking;
    progress.seconds = m_time.seconds();
    progress.chart = m_statistics.chart(progress.seconds);
    return progress;
}

} // namespace hookbench::pipeline
