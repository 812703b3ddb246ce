#include "core/pipeline/journal_writer.h"

#include "core/base/logging.h"
#include "core/destination/document.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <iterator>

namespace hookbench::pipeline {

namespace {

constexpr std::size_t kMostPendingBytes = std::size_t{ 32 } << 20;
constexpr std::size_t kRecordOverhead = 512;
constexpr std::chrono::milliseconds kIdleBeforeIndexing{ 300 };
constexpr std::size_t kIndexedInOne = 200; // deliveries a transaction: others are not kept waiting

} // namespace

JournalWriter::JournalWriter(journal::Journal &journal, std::function<void()> written)
    : m_journal(journal)
    , m_written(std::move(written))
    , m_thread([this] { work(); })
{
}

JournalWriter::~JournalWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

template <typename Add>
void JournalWriter::enqueue(std::size_t bytes, Add add)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_pendingBytes < kMostPendingBytes || m_error; });
    if (m_error)
        return;
    add();
    m_pendingBytes += bytes + kRecordOverhead;
    lock.unlock();
    m_changed.notify_all();
}

void JournalWriter::write(journal::Delivery delivery)
{
    enqueue(delivery.body.size(), [&] { m_pending.deliveries.push_back(std::move(delivery)); });
}

void JournalWriter::write(journal::Attempt attempt)
{
    enqueue(attempt.responseBody.size(), [&] { m_pending.attempts.push_back(std::move(attempt)); });
}

void JournalWriter::write(journal::Run run)
{
    enqueue(0, [&] { m_runs.push_back(std::move(run)); });
}

void JournalWriter::write(std::vector<journal::EventText> events)
{
    if (events.empty())
        return;
    std::size_t bytes = 0;
    for (const journal::EventText &event : events)
        bytes += event.text.size() + sizeof event;
    enqueue(bytes, [&] { std::move(events.begin(), events.end(), std::back_inserter(m_pending.events)); });
}

void JournalWriter::park(std::vector<std::string> ids)
{
    if (!ids.empty())
        enqueue(0, [&] { std::move(ids.begin(), ids.end(), std::back_inserter(m_pending.parked)); });
}

void JournalWriter::between(std::function<void(journal::Journal &)> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_between.push_back(std::move(work));
    }
    m_changed.notify_all();
}

void JournalWriter::flush()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return (!m_busy && m_pending.empty() && m_runs.empty()) || m_error; });
}

std::optional<Error> JournalWriter::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

void JournalWriter::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        const auto wanted = [this] { return m_stop || !m_pending.empty() || !m_runs.empty() || !m_between.empty(); };
        if (!m_stop && !m_between.empty()) {
            const auto between = std::exchange(m_between, {});
            lock.unlock();
            for (const auto &work : between)
                work(m_journal);
            lock.lock();
            m_indexed = false; // compacting forgets full text
            continue;
        }
        if (!m_indexed && !m_changed.wait_for(lock, kIdleBeforeIndexing, wanted)) {
            lock.unlock();
            index();
            lock.lock();
            continue;
        }
        m_changed.wait(lock, wanted);
        if (m_pending.empty() && m_runs.empty()) {
            if (m_stop)
                return;
            continue;
        }
        m_indexed = false;
        journal::Batch batch = std::exchange(m_pending, {});
        const std::vector<journal::Run> runs = std::exchange(m_runs, {});
        m_pendingBytes = 0;
        m_busy = true;
        lock.unlock();
        m_changed.notify_all();
        Result<void> result;
        for (const journal::Run &run : runs)
            if (result)
                result = m_journal.add(run);
        if (result && !batch.empty())
            result = m_journal.append(batch);
        if (!result)
            qCWarning(lcJournal) << "The journal could not be written:"
                                 << QString::fromStdString(result.error().message);
        else if (m_written)
            m_written();
        lock.lock();
        m_busy = false;
        if (!result && !m_error)
            m_error = result.error();
        if (m_error) {
            m_pending = {};
            m_runs.clear();
            m_pendingBytes = 0;
        }
        m_changed.notify_all();
    }
}

// Only this thread sets m_indexed. A failure is no reason to keep less: search reads what is not indexed.
void JournalWriter::index()
{
    for (;;) {
        const Result<bool> more = m_journal.indexSome(kIndexedInOne);
        if (!more)
            qCWarning(lcJournal) << "Full-text search could not be prepared:"
                                 << QString::fromStdString(more.error().message);
        const std::lock_guard lock(m_mutex);
        m_indexed = !more || !*more;
        if (m_indexed || m_stop || !m_pending.empty() || !m_runs.empty() || !m_between.empty())
            return;
    }
}

std::string eventName(json::Value event)
{
    for (const char *key : { "event", "name", "type" })
        if (const json::Value value = event.find(key); value.isString())
            return std::string(value.asString());
    return {};
}

journal::SharedText mappingText(const ReadyMapping &mapping)
{
    return std::make_shared<const std::string>(json::stringify(destination::toJson(mapping.source).root()));
}

journal::Delivery toJournal(
    const std::string &id, DeliveryOrigin origin, const Dispatch &dispatch, Clock::WallTime created)
{
    const delivery::Request &request = **dispatch.request;
    journal::Delivery out;
    out.id = id;
    out.run = std::move(origin.run);
    out.mappingIndex = static_cast<int>(dispatch.mapping);
    out.mappingName = dispatch.mappingName;
    out.method = request.method;
    out.url = request.url;
    out.headers = request.headers;
    out.hasBody = request.hasBody;
    out.body = request.body;
    out.events.assign(dispatch.events.begin(), dispatch.events.end());
    out.signature = request.signature;
    if (request.signedBytes)
        out.signedBytes.emplace(request.signedBytes->offset, request.signedBytes->length);
    out.created = created.time_since_epoch().count();
    if (!out.signature.empty())
        out.signatureMode = origin.signatureMode == signing::Mode::WholeBody ? journal::SignatureMode::WholeBody
                                                                             : journal::SignatureMode::FirstEvent;
    out.batch = dispatch.batch;
    out.origin = dispatch.origin;
    out.repeatedAs = dispatch.repeatedAs;
    out.maskedHeaders = dispatch.maskedHeaders;
    out.mapping = std::move(origin.mapping);
    out.eventNames = std::move(origin.eventNames);
    return out;
}

journal::Attempt toJournal(const delivery::Attempt &attempt)
{
    const delivery::Outcome &outcome = attempt.outcome;
    journal::Attempt out;
    out.delivery = attempt.delivery;
    out.number = attempt.number;
    out.started = attempt.started.time_since_epoch().count();
    out.durationMs = outcome.ms;
    out.requestHeaders = outcome.requestHeaders;
    if (outcome.response) {
        out.status = outcome.response->status;
        out.reason = outcome.response->reason;
        out.responseHeaders = outcome.response->headers;
        out.responseBody = outcome.response->body;
        out.responseTruncated = outcome.response->truncated;
        out.note = outcome.response->note;
    }
    if (!outcome.delivered())
        out.failure = delivery::failureName(outcome.failure);
    out.message = outcome.message;
    out.outcomeUnknown = outcome.outcomeUnknown;
    for (const delivery::Hop &hop : outcome.redirects)
        out.redirects.push_back({ hop.status, hop.method, hop.url });
    out.phases.push_back({ "queued", attempt.queuedMs });
    for (const delivery::Phase &phase : outcome.phases)
        out.phases.push_back({ std::string(phase.name), phase.ms });
    return out;
}

} // namespace hookbench::pipeline
