#include "core/journal/journal.h"

#include "core/journal/connection.h"
#include "core/journal/encode.h"

#include <QSqlError>

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace hookbench::journal {

namespace {

constexpr const char *kInsertRun = "INSERT INTO run (id, started, project_id, project_name) VALUES (?, ?, ?, ?)";
constexpr const char *kFindRun = "SELECT key FROM run WHERE id = ?";
constexpr const char *kListRuns = "SELECT id, started, project_id, project_name FROM run ORDER BY key DESC LIMIT ?";

constexpr const char *kInsertDelivery = "INSERT INTO delivery (id, run, created, mapping_index, mapping_name, method, "
                                        "url, event_count, body_bytes, signature, "
                                        "signed_offset, signed_length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char *kInsertRequest = "INSERT INTO request (delivery, events, headers, body) VALUES (?, ?, ?, ?)";
constexpr const char *kFindDelivery = "SELECT sequence FROM delivery WHERE id = ?";

constexpr const char *kInsertAttempt
    = "INSERT INTO attempt (delivery, number, started, duration_ms, status, reason, failure, message, redirects, "
      "truncated, "
      "request_headers, response_headers, response_body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
// An attempt that comes late, from another process, is no news for the list.
constexpr const char *kUpdateOutcome
    = "UPDATE delivery SET attempts = ?, status = ?, reason = ?, failure = ?, duration_ms = ? "
      "WHERE sequence = ? AND attempts < ?";

// Sequences have no gaps, see migration_1.cpp.
constexpr const char *kEnds = "SELECT min(sequence), max(sequence) FROM delivery";
constexpr const char *kPage = "SELECT sequence, d.id, r.id, mapping_index, mapping_name, method, url, event_count, "
                              "body_bytes, signature, created, attempts, "
                              "status, reason, failure, duration_ms FROM delivery d JOIN run r ON r.key = d.run WHERE "
                              "sequence < ? ORDER BY sequence DESC "
                              "LIMIT ?";
constexpr const char *kDelivery = "SELECT sequence, r.id, mapping_index, mapping_name, method, url, body_bytes, "
                                  "signature, signed_offset, signed_length, created, "
                                  "q.events, q.headers, q.body FROM delivery d JOIN run r ON r.key = d.run JOIN "
                                  "request q ON q.delivery = d.sequence "
                                  "WHERE d.id = ?";
constexpr const char *kAttempts
    = "SELECT number, started, duration_ms, status, reason, failure, message, redirects, truncated, request_headers, "
      "response_headers, response_body FROM attempt WHERE delivery = ? ORDER BY number";

QVariant number(std::uint64_t value)
{
    return QVariant::fromValue(static_cast<qlonglong>(value));
}

QVariant number(std::int64_t value)
{
    return QVariant::fromValue(static_cast<qlonglong>(value));
}

/// Runs a statement with these values, and hands out the cursor.
template <typename... Values>
Result<QSqlQuery *> run(Connection &connection, const char *statement, const Values &...values)
{
    Result<QSqlQuery *> query = connection.prepared(statement);
    if (!query)
        return query;
    int position = 0;
    ((*query)->bindValue(position++, values), ...);
    if (Result<void> done = connection.execute(**query); !done)
        return tl::unexpected(done.error());
    return query;
}

/// All rows of a query, each made by `read`.
template <typename Read, typename... Values>
auto readAll(Connection &connection, const char *statement, Read read, const Values &...values)
    -> Result<std::vector<decltype(read(std::declval<const QSqlQuery &>()))>>
{
    const Result<QSqlQuery *> query = run(connection, statement, values...);
    if (!query)
        return tl::unexpected(query.error());
    std::vector<decltype(read(std::declval<const QSqlQuery &>()))> rows;
    while ((*query)->next())
        rows.push_back(read(**query));
    const QSqlError error = (*query)->lastError(); // next() says false for the end and for a failure alike
    (*query)->finish();
    if (error.isValid())
        return tl::unexpected(connection.errorOf(error));
    return rows;
}

/// Runs a statement that answers no rows.
template <typename... Values>
Result<void> write(Connection &connection, const char *statement, const Values &...values)
{
    const Result<QSqlQuery *> query = run(connection, statement, values...);
    if (!query)
        return tl::unexpected(query.error());
    (*query)->finish();
    return {};
}

/// Writes a batch; remembers what it looked up.
class Writer
{
public:
    explicit Writer(Connection &connection)
        : m_connection(connection)
    {
    }

    Result<void> add(const Delivery &delivery)
    {
        const Result<qlonglong> runKey = keyOf(m_runs, kFindRun, delivery.run, "run");
        if (!runKey)
            return tl::unexpected(runKey.error());
        const bool isSigned = delivery.signedBytes.has_value();
        const Result<QSqlQuery *> inserted = run(m_connection, kInsertDelivery, textVariant(delivery.id), *runKey,
            number(delivery.created), delivery.mappingIndex, textVariant(delivery.mappingName),
            textVariant(delivery.method), textVariant(delivery.url), number(std::uint64_t{ delivery.events.size() }),
            delivery.hasBody ? number(std::uint64_t{ delivery.body.size() }) : QVariant(),
            textVariant(delivery.signature), isSigned ? number(delivery.signedBytes->first) : QVariant(),
            isSigned ? number(delivery.signedBytes->second) : QVariant());
        if (!inserted)
            return tl::unexpected(inserted.error());
        const qlonglong sequence = (*inserted)->lastInsertId().toLongLong();
        (*inserted)->finish();
        m_deliveries.emplace(delivery.id, sequence);
        const std::string headers = encodeHeaders(delivery.headers);
        return write(m_connection, kInsertRequest, sequence, textVariant(encodeEvents(delivery.events)),
            blobVariant(headers), blobVariant(delivery.body));
    }

    Result<void> add(const Attempt &attempt)
    {
        const Result<qlonglong> sequence = keyOf(m_deliveries, kFindDelivery, attempt.delivery, "delivery");
        if (!sequence)
            return tl::unexpected(sequence.error());
        const std::string requestHeaders = encodeHeaders(attempt.requestHeaders);
        const std::string responseHeaders = encodeHeaders(attempt.responseHeaders);
        const std::string redirects = encodeRedirects(attempt.redirects);
        const QVariant reason = textVariant(attempt.reason);
        const QVariant failure = textVariant(attempt.failure);
        Result<void> written = write(m_connection, kInsertAttempt, *sequence, attempt.number, number(attempt.started),
            attempt.durationMs, attempt.status, reason, failure, textVariant(attempt.message), textVariant(redirects),
            attempt.responseTruncated ? 1 : 0, blobVariant(requestHeaders), blobVariant(responseHeaders),
            blobVariant(attempt.responseBody));
        if (!written)
            return written;
        return write(m_connection, kUpdateOutcome, attempt.number, attempt.status, reason, failure, attempt.durationMs,
            *sequence, attempt.number);
    }

private:
    using Keys = std::unordered_map<std::string, qlonglong>;

    Result<qlonglong> keyOf(Keys &known, const char *find, const std::string &id, const char *what)
    {
        if (const auto found = known.find(id); found != known.end())
            return found->second;
        const auto keys = readAll(
            m_connection, find, [](const QSqlQuery &query) { return query.value(0).toLongLong(); }, textVariant(id));
        if (!keys)
            return tl::unexpected(keys.error());
        if (keys->empty())
            return fail("journal-conflict", fmt::format("The journal holds no {} \"{}\". Add it first.", what, id));
        known.emplace(id, keys->front());
        return keys->front();
    }

    Connection &m_connection;
    Keys m_runs;
    Keys m_deliveries;
};

DeliveryRow rowOf(const QSqlQuery &query)
{
    DeliveryRow row;
    row.sequence = query.value(0).toLongLong();
    row.id = bytesOf(query.value(1));
    row.run = bytesOf(query.value(2));
    row.mappingIndex = query.value(3).toInt();
    row.mappingName = bytesOf(query.value(4));
    row.method = bytesOf(query.value(5));
    row.url = bytesOf(query.value(6));
    row.eventCount = static_cast<std::size_t>(query.value(7).toULongLong());
    row.bodyBytes = query.value(8).toULongLong();
    row.isSigned = !query.value(9).toByteArray().isEmpty();
    row.created = query.value(10).toLongLong();
    row.attempts = query.value(11).toInt();
    row.status = query.value(12).toInt();
    row.reason = bytesOf(query.value(13));
    row.failure = bytesOf(query.value(14));
    row.durationMs = query.value(15).toDouble();
    return row;
}

DeliveryRecord recordOf(const QSqlQuery &query, const std::string &id)
{
    DeliveryRecord record;
    record.sequence = query.value(0).toLongLong();
    Delivery &delivery = record.delivery;
    delivery.id = id;
    delivery.run = bytesOf(query.value(1));
    delivery.mappingIndex = query.value(2).toInt();
    delivery.mappingName = bytesOf(query.value(3));
    delivery.method = bytesOf(query.value(4));
    delivery.url = bytesOf(query.value(5));
    delivery.hasBody = !query.value(6).isNull();
    delivery.signature = bytesOf(query.value(7));
    if (!query.value(8).isNull())
        delivery.signedBytes.emplace(query.value(8).toULongLong(), query.value(9).toULongLong());
    delivery.created = query.value(10).toLongLong();
    delivery.events = decodeEvents(bytesOf(query.value(11)));
    delivery.headers = decodeHeaders(bytesOf(query.value(12)));
    delivery.body = bytesOf(query.value(13));
    return record;
}

Attempt attemptOf(const QSqlQuery &query, const std::string &delivery)
{
    Attempt attempt;
    attempt.delivery = delivery;
    attempt.number = query.value(0).toInt();
    attempt.started = query.value(1).toLongLong();
    attempt.durationMs = query.value(2).toDouble();
    attempt.status = query.value(3).toInt();
    attempt.reason = bytesOf(query.value(4));
    attempt.failure = bytesOf(query.value(5));
    attempt.message = bytesOf(query.value(6));
    attempt.redirects = decodeRedirects(bytesOf(query.value(7)));
    attempt.responseTruncated = query.value(8).toBool();
    attempt.requestHeaders = decodeHeaders(bytesOf(query.value(9)));
    attempt.responseHeaders = decodeHeaders(bytesOf(query.value(10)));
    attempt.responseBody = bytesOf(query.value(11));
    return attempt;
}

Run runOf(const QSqlQuery &query)
{
    return { bytesOf(query.value(0)), query.value(1).toLongLong(), bytesOf(query.value(2)), bytesOf(query.value(3)) };
}

/// The oldest and the newest sequence; of an empty journal, ends with nothing between them.
Result<std::pair<std::int64_t, std::int64_t>> ends(Connection &connection)
{
    using Ends = std::pair<std::int64_t, std::int64_t>;
    return readAll(connection, kEnds, [](const QSqlQuery &query) {
        return query.value(0).isNull() ? Ends{ 1, 0 }
                                       : Ends{ query.value(0).toLongLong(), query.value(1).toLongLong() };
    }).map([](const std::vector<Ends> &rows) { return rows.front(); });
}

} // namespace

/// A connection for every thread that asks for one, until the thread ends.
class Journal::Connections : public std::enable_shared_from_this<Connections>
{
public:
    explicit Connections(std::string path)
        : m_path(std::move(path))
    {
    }

    Result<Connection *> ofThisThread()
    {
        const std::lock_guard lock(m_mutex);
        auto &mine = m_connections[std::this_thread::get_id()];
        if (!mine) {
            Result<std::unique_ptr<Connection>> opened = Connection::open(m_path);
            if (!opened)
                return tl::unexpected(opened.error());
            mine = std::move(*opened);
            thread_local ThreadEnd end;
            end.users.push_back(weak_from_this());
        }
        return mine.get();
    }

    const std::string &path() const { return m_path; }

private:
    struct ThreadEnd
    {
        std::vector<std::weak_ptr<Connections>> users;
        ~ThreadEnd()
        {
            for (const std::weak_ptr<Connections> &user : users) {
                if (const auto connections = user.lock())
                    connections->forget(std::this_thread::get_id());
            }
        }
    };

    void forget(std::thread::id thread)
    {
        const std::lock_guard lock(m_mutex);
        m_connections.erase(thread);
    }

    const std::string m_path;
    std::mutex m_mutex;
    std::map<std::thread::id, std::unique_ptr<Connection>> m_connections;
};

Result<std::unique_ptr<Journal>> Journal::open(const std::string &path)
{
    auto connections = std::make_shared<Connections>(path);
    if (const Result<Connection *> first = connections->ofThisThread(); !first)
        return tl::unexpected(first.error());
    std::unique_ptr<Journal> journal(new Journal(std::move(connections)));
    // Touches the tables, so that damage shows now and not when the first delivery is to be kept.
    if (const auto newest = journal->page(std::nullopt, 1); !newest)
        return tl::unexpected(newest.error());
    return journal;
}

Journal::Journal(std::shared_ptr<Connections> connections)
    : m_connections(std::move(connections))
{
}

Journal::~Journal() = default;

const std::string &Journal::path() const
{
    return m_connections->path();
}

Result<void> Journal::add(const Run &run)
{
    return m_connections->ofThisThread().and_then([&](Connection *connection) {
        return write(*connection, kInsertRun, textVariant(run.id), number(run.started), textVariant(run.projectId),
            textVariant(run.projectName));
    });
}

Result<void> Journal::append(const Batch &batch)
{
    if (batch.empty())
        return {};
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    Transaction transaction(**connection);
    if (auto begun = transaction.begin(); !begun)
        return begun;
    Writer writer(**connection);
    for (const Delivery &delivery : batch.deliveries) {
        if (auto added = writer.add(delivery); !added)
            return added;
    }
    for (const Attempt &attempt : batch.attempts) {
        if (auto added = writer.add(attempt); !added)
            return added;
    }
    return transaction.commit();
}

Result<std::uint64_t> Journal::count() const
{
    return m_connections->ofThisThread()
        .and_then([](Connection *connection) { return ends(*connection); })
        .map([](const auto &found) { return static_cast<std::uint64_t>(found.second - found.first + 1); });
}

Result<std::vector<DeliveryRow>> Journal::page(std::optional<std::int64_t> before, std::size_t limit) const
{
    return m_connections->ofThisThread().and_then([&](Connection *connection) {
        return readAll(*connection, kPage, rowOf, number(before.value_or(INT64_MAX)), number(std::uint64_t{ limit }));
    });
}

Result<std::vector<DeliveryRow>> Journal::pageAt(std::uint64_t offset, std::size_t limit) const
{
    const auto found = m_connections->ofThisThread().and_then([](Connection *connection) { return ends(*connection); });
    if (!found)
        return tl::unexpected(found.error());
    const auto [oldest, newest] = *found;
    if (newest < oldest || offset > static_cast<std::uint64_t>(newest - oldest))
        return std::vector<DeliveryRow>();
    return page(newest + 1 - static_cast<std::int64_t>(offset), limit);
}

Result<std::optional<DeliveryRecord>> Journal::delivery(const std::string &id) const
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    auto records = readAll(
        **connection, kDelivery, [&](const QSqlQuery &query) { return recordOf(query, id); }, textVariant(id));
    if (!records)
        return tl::unexpected(records.error());
    if (records->empty())
        return std::nullopt;
    DeliveryRecord &record = records->front();
    auto attempts = readAll(
        **connection, kAttempts, [&](const QSqlQuery &query) { return attemptOf(query, id); }, number(record.sequence));
    if (!attempts)
        return tl::unexpected(attempts.error());
    record.attempts = std::move(*attempts);
    return std::move(record);
}

Result<std::vector<Run>> Journal::runs(std::size_t limit) const
{
    return m_connections->ofThisThread().and_then(
        [&](Connection *connection) { return readAll(*connection, kListRuns, runOf, number(std::uint64_t{ limit })); });
}

} // namespace hookbench::journal
