#include "core/pipeline/run.h"

#include "core/base/id.h"
#include "core/json/stringify.h"

#include <QMetaObject>

#include <algorithm>

namespace hookbench::pipeline {

namespace {

// How long events are mapped before the network gets its turn.
constexpr std::chrono::milliseconds kSlice{ 4 };
// Texts of events are handed to the journal together: each handing over wakes its thread.
constexpr std::size_t kTextsInOne = 256;

bool isAmong(const Dispatch &dispatch, std::uint64_t event)
{
    return std::find(dispatch.events.begin(), dispatch.events.end(), event) != dispatch.events.end();
}

/// Events that failed and are in no request.
std::uint64_t leftOut(const Dispatch &dispatch)
{
    return static_cast<std::uint64_t>(std::count_if(dispatch.failures.begin(), dispatch.failures.end(),
        [&](const EventFailure &failure) { return !isAmong(dispatch, failure.event); }));
}

} // namespace

Run::Run(PlanPtr plan, std::unique_ptr<EventSource> source, RunOptions options, delivery::Transport &transport,
    const Clock &clock, mapping::LiquidRenderer *liquid, JournalWriter *journal, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_source(std::move(source))
    , m_options(std::move(options))
    , m_clock(clock)
    , m_journal(journal)
    , m_batches(m_plan, liquid)
    , m_queue(transport, clock, m_options.queue)
    , m_id(newId())
    , m_only(m_options.only.begin(), m_options.only.end())
    , m_time(clock)
{
    connect(m_source.get(), &EventSource::ready, this, &Run::schedulePump);
    connect(&m_queue, &delivery::Queue::ready, this, &Run::schedulePump);
    connect(&m_queue, &delivery::Queue::attempted, this, &Run::onAttempted);
    connect(&m_flushTimer, &QTimer::timeout, this, [this] {
        take(m_batches.flushUntil(m_clock.steady() - *m_options.flushInterval));
        submitReady();
    });
}

Run::~Run() = default;

void Run::start()
{
    m_time.restart();
    if (m_journal)
        m_journal->write(journal::Run{
            m_id, m_clock.wall().time_since_epoch().count(), m_plan->projectId(), m_plan->projectName() });
    if (m_options.flushInterval)
        m_flushTimer.start(std::max(*m_options.flushInterval / 4, std::chrono::milliseconds{ 10 }));
    schedulePump();
}

void Run::stop(Rest rest)
{
    if (m_stopped || m_finished)
        return;
    m_flushTimer.stop();
    if (rest != Rest::Cancel && m_journal && !m_parking) {
        m_parking = true;
        m_leavesUnread = rest == Rest::ParkRead;
        std::vector<std::string> ids;
        for (delivery::Delivery &waiting : m_queue.withdraw()) {
            m_settled += std::static_pointer_cast<const Dispatch>(waiting.context)->events.size();
            ids.push_back(std::move(waiting.id));
        }
        m_summary.parked += ids.size();
        m_journal->park(std::move(ids));
    } else {
        m_stopped = true;
        m_ready.clear();
        m_queue.stop(delivery::Queue::Stop::FinishInFlight);
    }
    schedulePump();
}

void Run::pause(bool paused)
{
    if (paused == m_time.isPaused() || m_finished)
        return;
    m_time.pause(paused);
    m_queue.hold(paused);
    schedulePump();
}

void Run::schedulePump()
{
    if (m_pumpScheduled || m_finished)
        return;
    m_pumpScheduled = true;
    QMetaObject::invokeMethod(this, &Run::pump, Qt::QueuedConnection);
}

void Run::pump()
{
    m_pumpScheduled = false;
    const Clock::SteadyTime until = m_clock.steady() + kSlice;
    submitReady();
    while (!m_stopped && (m_parking || (!m_time.isPaused() && m_ready.empty() && m_queue.canAccept()))) {
        if (m_clock.steady() >= until)
            return schedulePump();
        std::optional<event::Item> item;
        if (!m_leavesUnread)
            item = m_source->next();
        if (item) {
            take(*item);
        } else if (isSourceOver()) {
            if (!std::exchange(m_flushed, true))
                take(m_batches.flush());
            submitReady();
            break;
        } else {
            return; // until the source is ready
        }
        submitReady();
    }
    finishWhenDone();
}

bool Run::takesPart(const ReadyMapping &mapping) const
{
    return (mapping.enabled || m_options.includeDisabled) && (m_only.empty() || m_only.contains(mapping.index));
}

void Run::take(const event::Item &item)
{
    if (!item.ok()) {
        ++m_summary.failed;
        Q_EMIT failed({ std::nullopt, {}, {}, item.line, item.event.error(), {}, false });
        return;
    }
    ++m_summary.events;
    bool any = false;
    std::vector<const ReadyMapping *> matched;
    for (const ReadyMapping &mapping : m_plan->mappings()) {
        if (!takesPart(mapping))
            continue;
        const Result<bool> matches = m_batches.matches(mapping, *item.event);
        if (!matches) {
            any = true;
            ++m_summary.failed;
            Q_EMIT failed({ mapping.index, mapping.name, { item.index }, std::nullopt, matches.error(), {}, false });
        } else if (*matches) {
            any = true;
            ++m_summary.matched;
            matched.push_back(&mapping);
        }
    }
    if (m_journal && !matched.empty())
        remember(item, matched.size());
    for (const ReadyMapping *mapping : matched)
        take(m_batches.add(*mapping, item.index, *item.event, m_clock.steady()));
    if (!any) {
        ++m_summary.discarded;
        Q_EMIT discarded(item.index);
    }
}

void Run::remember(const event::Item &item, std::size_t uses)
{
    m_names.emplace(item.index, NamedEvent{ eventName(*item.event), uses });
    m_texts.push_back(
        { m_id, static_cast<std::uint32_t>(item.index), item.text.empty() ? json::stringify(*item.event) : item.text });
    if (m_texts.size() >= kTextsInOne)
        m_journal->write(std::exchange(m_texts, {}));
}

/// The names of a dispatch's events, each once. Every use of an event ends here.
std::vector<std::string> Run::forget(const Dispatch &dispatch)
{
    std::vector<std::string> names;
    const auto use = [&](std::uint64_t event, bool isIn) {
        const auto found = m_names.find(event);
        if (found == m_names.end())
            return;
        std::string &name = found->second.name;
        if (isIn && !name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
        if (--found->second.uses == 0)
            m_names.erase(found);
    };
    for (const std::uint64_t event : dispatch.events)
        use(event, true);
    for (const EventFailure &failure : dispatch.failures)
        if (!isAmong(dispatch, failure.event))
            use(failure.event, false);
    return names;
}

const journal::SharedText &Run::textOf(std::size_t mapping)
{
    journal::SharedText &text = m_mappingTexts[mapping];
    if (!text)
        text = mappingText(m_plan->mappings()[mapping]);
    return text;
}

void Run::take(std::vector<Dispatch> dispatches)
{
    for (Dispatch &dispatch : dispatches) {
        std::vector<std::string> names = forget(dispatch);
        m_settled += leftOut(dispatch);
        if (dispatch.request) {
            if (!dispatch.failures.empty()) {
                m_summary.failed += dispatch.failures.size();
                Q_EMIT failed({ dispatch.mapping, dispatch.mappingName, {}, std::nullopt,
                    dispatch.failures.front().error, dispatch.failures, false });
            }
            m_ready.push_back({ std::make_shared<const Dispatch>(std::move(dispatch)), std::move(names) });
        } else {
            m_settled += dispatch.events.size();
            ++m_summary.failed;
            Q_EMIT failed({ dispatch.mapping, dispatch.mappingName, dispatch.events, std::nullopt,
                dispatch.request.error(), dispatch.failures, dispatch.batch });
        }
    }
}

void Run::parkReady()
{
    for (Ready &ready : m_ready) {
        m_settled += ready.dispatch->events.size();
        record(newId(), *ready.dispatch, std::move(ready.eventNames), true);
        ++m_summary.parked;
    }
    m_ready.clear();
}

void Run::record(const std::string &id, const Dispatch &dispatch, std::vector<std::string> names, bool parked)
{
    m_journal->write(std::exchange(m_texts, {}));
    journal::Delivery delivery
        = toJournal(id, { m_id, m_plan->options().signatureMode, textOf(dispatch.mapping), std::move(names) }, dispatch,
            m_clock.wall());
    delivery.parked = parked;
    m_journal->write(std::move(delivery));
}

void Run::submitReady()
{
    if (m_parking)
        return parkReady();
    while (!m_ready.empty() && m_queue.canAccept()) {
        const std::shared_ptr<const Dispatch> dispatch = m_ready.front().dispatch;
        const std::string id = newId();
        if (!m_queue.submit({ id, *dispatch->request, m_options.transport, dispatch }))
            return;
        std::vector<std::string> names = std::move(m_ready.front().eventNames);
        m_ready.pop_front();
        if (m_journal)
            record(id, *dispatch, std::move(names), false);
    }
}

void Run::onAttempted(const delivery::AttemptPtr &attempt)
{
    ++m_summary.attempts;
    const auto dispatch = std::static_pointer_cast<const Dispatch>(attempt->context);
    m_statistics.add(*attempt, dispatch->events.size(), m_time.seconds());
    if (attempt->last) {
        m_settled += dispatch->events.size();
        ++m_summary.deliveries;
        ++(attempt->outcome.delivered() ? m_summary.delivered : m_summary.failed);
    }
    if (m_journal)
        m_journal->write(toJournal(*attempt));
    Q_EMIT delivered({ attempt, dispatch });
    schedulePump();
}

void Run::finishWhenDone()
{
    const bool noMore = m_stopped || (isSourceOver() && m_flushed);
    if (m_finished || !noMore || !m_ready.empty() || !m_queue.isIdle())
        return;
    m_finished = true;
    m_flushTimer.stop();
    Q_EMIT finished(m_summary);
}

std::optional<double> Run::partDone() const
{
    if (m_source->total() == 0)
        return std::nullopt;
    const double read = std::min(1.0, static_cast<double>(m_source->done()) / static_cast<double>(m_source->total()));
    return m_summary.matched == 0 ? read
                                  : read * static_cast<double>(m_settled) / static_cast<double>(m_summary.matched);
}

RunProgress Run::progress() const
{
    return { m_summary, partDone(), m_queue.inFlight(), m_queue.waiting(), m_batches.pendingEvents(), m_time.seconds(),
        m_time.isPaused(), m_parking, m_statistics.chart(m_time.seconds()) };
}

} // namespace hookbench::pipeline
