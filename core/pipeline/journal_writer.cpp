#include "core/pipeline/journal_writer.h"

#include "core/base/logging.h"

namespace hookbench::pipeline {

namespace {

constexpr std::size_t kMostPendingBytes = std::size_t{ 32 } << 20;
constexpr std::size_t kRecordOverhead = 512;

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
        m_changed.wait(lock, [this] { return m_stop || !m_pending.empty() || !m_runs.empty(); });
        if (m_pending.empty() && m_runs.empty())
            return;
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

journal::Delivery toJournal(
    const std::string &id, const std::string &run, const Dispatch &dispatch, Clock::WallTime created)
{
    const delivery::Request &request = **dispatch.request;
    journal::Delivery out;
    out.id = id;
    out.run = run;
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
    }
    if (!outcome.delivered())
        out.failure = delivery::failureName(outcome.failure);
    out.message = outcome.message;
    for (const delivery::Hop &hop : outcome.redirects)
        out.redirects.push_back({ hop.status, hop.method, hop.url });
    return out;
}

} // namespace hookbench::pipeline
