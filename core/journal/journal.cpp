#include "core/journal/journal.h"

#include "core/journal/append.h"
#include "core/journal/connections.h"
#include "core/journal/encode.h"
#include "core/journal/read.h"

#include <algorithm>
#include <map>

namespace hookbench::journal {

namespace {

constexpr const char *kInsertRun
    = "INSERT INTO run (id, started, project_id, project_name, kind) VALUES (?, ?, ?, ?, ?)";
constexpr const char *kListRuns
    = "SELECT id, started, project_id, project_name, kind, key FROM run ORDER BY key DESC LIMIT ?";
constexpr const char *kDelivery
    = "SELECT d.sequence, r.id, d.mapping_index, d.mapping_name, d.method, d.url, d.body_bytes, d.signature, "
      "d.signed_offset, d.signed_length, d.created, q.events, q.headers, q.body, d.is_batch, d.signature_mode, m.text, "
      "q.event_names, d.origin, d.repeated_as, r.key, d.verdict, d.pinned, d.seen, q.masked_headers FROM "
      "delivery d JOIN run r ON r.key = d.run JOIN request q ON q.delivery = d.sequence LEFT JOIN mapping m ON m.key = "
      "d.mapping WHERE d.id = ?";
constexpr const char *kRunKey = "SELECT key FROM run WHERE id = ?";
constexpr const char *kEventTexts
    = "SELECT key, places, lengths, texts FROM event_texts WHERE key <= ? AND key >= ? AND last >= ? ORDER BY key DESC "
      "LIMIT 1";
constexpr const char *kNewestEventTexts
    = "SELECT e.key, e.places, e.lengths, e.texts FROM event_texts e WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.key "
      "= e.key / 4294967296 AND r.kind = 'resend') ORDER BY e.key DESC";
constexpr const char *kNewest = "SELECT coalesce(max(sequence), 0) FROM delivery";
constexpr const char *kSetSeen = "UPDATE delivery SET seen = ? WHERE sequence = ?";
constexpr const char *kForgetSeen = "UPDATE delivery SET seen = 0 WHERE seen <> 0";
// Sequences above read-up-to are counted by arithmetic: a million of them would take long otherwise.
constexpr const char *kUnread
    = "SELECT max(0, (SELECT coalesce(max(sequence), 0) FROM delivery) - u.value) - g.value - (SELECT count(*) FROM "
      "delivery WHERE seen <> 0 AND seen = 1 AND sequence > u.value) + (SELECT count(*) FROM delivery WHERE seen <> 0 "
      "AND seen = 2 AND sequence <= u.value) FROM state u, state g WHERE u.name = 'read-up-to' AND g.name = "
      "'removed-unread'";
constexpr const char *kSetPinned = "UPDATE delivery SET pinned = ? WHERE sequence = ?";

DeliveryRecord recordOf(const QSqlQuery &query, const std::string &id, std::int64_t readUpTo)
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
    delivery.batch = query.value(14).toBool();
    delivery.signatureMode = static_cast<SignatureMode>(query.value(15).toInt());
    if (!query.value(16).isNull())
        delivery.mapping = std::make_shared<const std::string>(bytesOf(query.value(16)));
    delivery.eventNames = decodeNames(bytesOf(query.value(17)));
    delivery.maskedHeaders = decodeNames(bytesOf(query.value(24)));
    delivery.origin = bytesOf(query.value(18));
    delivery.repeatedAs = bytesOf(query.value(19));
    record.runNumber = query.value(20).toLongLong();
    record.verdict = static_cast<Verdict>(query.value(21).toInt());
    record.pinned = query.value(22).toBool();
    const int seen = query.value(23).toInt();
    record.unread = seen == 2 || (seen == 0 && record.sequence > readUpTo);
    return record;
}

Run runOf(const QSqlQuery &query)
{
    return { bytesOf(query.value(0)), query.value(1).toLongLong(), bytesOf(query.value(2)), bytesOf(query.value(3)),
        bytesOf(query.value(4)), query.value(5).toLongLong() };
}

/// The events of one row, by index.
std::map<std::uint32_t, std::string> textsOf(const QSqlQuery &query)
{
    std::map<std::uint32_t, std::string> texts;
    const std::vector<std::uint32_t> places = decodeEvents(bytesOf(query.value(1)));
    const std::vector<std::uint64_t> lengths = decodeLengths(bytesOf(query.value(2)));
    const std::string all = bytesOf(query.value(3));
    std::size_t at = 0;
    for (std::size_t i = 0; i < std::min(places.size(), lengths.size()); ++i) {
        texts.emplace(places[i], all.substr(std::min(at, all.size()), lengths[i]));
        at += lengths[i];
    }
    return texts;
}

/// Sets one column of these deliveries in one transaction.
Result<void> setAll(Connection &connection, const char *statement, std::span<const std::int64_t> sequences, int value)
{
    return inTransaction(connection, [&]() -> Result<void> {
        for (const std::int64_t sequence : sequences) {
            if (auto done = write(connection, statement, value, number(sequence)); !done)
                return done;
        }
        return {};
    });
}

} // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::string &path)
{
    auto connections = std::make_shared<Connections>(path);
    if (const Result<Connection *> first = connections->ofThisThread(); !first)
        return tl::unexpected(first.error());
    std::unique_ptr<Journal> journal(new Journal(std::move(connections)));
    // Touches the tables, so that damage shows now and not when the first delivery is to be kept.
    if (const auto newest = journal->page(std::nullopt, 1); !newest)
        return tl::unexpected(newest.error());
    if (auto settled = journal->settleAbandoned(); !settled && settled.error().code != "journal-busy")
        return tl::unexpected(settled.error());
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
            textVariant(run.projectName), textVariant(run.kind));
    });
}

Result<void> Journal::append(const Batch &batch)
{
    if (batch.empty())
        return {};
    const std::int64_t owner = m_connections->owner();
    return m_connections->ofThisThread().and_then([&](Connection *connection) {
        return inTransaction(*connection, [&] { return Writer(*connection, owner).write(batch); });
    });
}

Result<std::uint64_t> Journal::count() const
{
    return m_connections->ofThisThread()
        .and_then([](Connection *connection) { return readState(*connection, kDeliveries); })
        .map([](std::int64_t count) { return static_cast<std::uint64_t>(count); });
}

Result<std::optional<DeliveryRecord>> Journal::delivery(const std::string &id) const
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const auto readUpTo = readState(**connection, kReadUpTo);
    if (!readUpTo)
        return tl::unexpected(readUpTo.error());
    auto records = readAll(
        **connection, kDelivery, [&](const QSqlQuery &query) { return recordOf(query, id, *readUpTo); },
        textVariant(id));
    if (!records)
        return tl::unexpected(records.error());
    if (records->empty())
        return std::nullopt;
    DeliveryRecord &record = records->front();
    auto attempts = readAttempts(**connection, record.sequence, id);
    if (!attempts)
        return tl::unexpected(attempts.error());
    record.attempts = std::move(*attempts);
    return std::move(record);
}

Result<std::vector<std::string>> Journal::eventTexts(
    const std::string &run, std::span<const std::uint32_t> indexes) const
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const auto key = readNumber(**connection, kRunKey, textVariant(run));
    if (!key)
        return tl::unexpected(key.error());
    const std::int64_t begin = *key * (std::int64_t{ 1 } << 32);
    std::map<std::uint32_t, std::string> known; // of the rows that were read
    std::vector<std::string> texts;
    texts.reserve(indexes.size());
    for (const std::uint32_t index : indexes) {
        if (!known.contains(index)) {
            const auto found = readAll(**connection, kEventTexts, textsOf, number(begin + index), number(begin),
                number(std::uint64_t{ index }));
            if (!found)
                return tl::unexpected(found.error());
            for (const auto &row : *found)
                known.insert(row.begin(), row.end());
        }
        const auto text = known.find(index);
        texts.push_back(text == known.end() ? std::string() : text->second);
    }
    return texts;
}

Result<std::vector<std::string>> Journal::newestEvents(
    std::size_t limit, std::uint64_t mostBytes, std::stop_token stop) const
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const Result<QSqlQuery *> rows = run(**connection, kNewestEventTexts);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<std::string> texts;
    std::uint64_t bytes = 0;
    bool enough = limit == 0;
    while (!enough && !stop.stop_requested() && (*rows)->next()) {
        std::map<std::uint32_t, std::string> row = textsOf(**rows);
        for (auto text = row.rbegin(); text != row.rend() && !enough; ++text) {
            bytes += text->second.size();
            if (bytes <= mostBytes)
                texts.push_back(std::move(text->second));
            enough = bytes > mostBytes || texts.size() == limit;
        }
    }
    const QSqlError error = (*rows)->lastError();
    (*rows)->finish();
    if (error.isValid())
        return tl::unexpected((*connection)->errorOf(error));
    if (stop.stop_requested())
        return fail("journal-stopped", "Reading events from the journal was stopped.");
    std::reverse(texts.begin(), texts.end());
    return texts;
}

Result<std::vector<Run>> Journal::runs(std::size_t limit) const
{
    return m_connections->ofThisThread().and_then(
        [&](Connection *connection) { return readAll(*connection, kListRuns, runOf, number(std::uint64_t{ limit })); });
}

Result<void> Journal::setRead(std::span<const std::int64_t> sequences, bool read)
{
    return m_connections->ofThisThread().and_then(
        [&](Connection *connection) { return setAll(*connection, kSetSeen, sequences, read ? 1 : 2); });
}

// All of them at once is a number in `state`, not a million updates.
Result<void> Journal::setAllRead()
{
    return m_connections->ofThisThread().and_then([&](Connection *connection) {
        return inTransaction(*connection, [&] {
            return readNumber(*connection, kNewest)
                .and_then([&](std::int64_t newest) { return writeState(*connection, kReadUpTo, newest); })
                .and_then([&] { return writeState(*connection, kRemovedUnread, 0); })
                .and_then([&] { return write(*connection, kForgetSeen); });
        });
    });
}

Result<std::uint64_t> Journal::unread() const
{
    return m_connections->ofThisThread()
        .and_then([](Connection *connection) { return readNumber(*connection, kUnread); })
        .map([](std::int64_t count) { return static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0)); });
}

Result<void> Journal::setPinned(std::span<const std::int64_t> sequences, bool pinned)
{
    return m_connections->ofThisThread().and_then(
        [&](Connection *connection) { return setAll(*connection, kSetPinned, sequences, pinned ? 1 : 0); });
}

} // namespace hookbench::journal
