// Taking deliveries out, and giving the space back.
#include "core/journal/connections.h"
#include "core/journal/encode.h"
#include "core/journal/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace hookbench::journal {

namespace {

constexpr std::size_t kRemovedInOne = 500; // deliveries a transaction: others are not kept waiting

constexpr std::int64_t kFewStale = 1'000;

constexpr const char *kForgetText = "INSERT INTO search (search) VALUES ('delete-all')";
constexpr const char *kUsedBytes = "SELECT (SELECT page_count FROM pragma_page_count()) - (SELECT freelist_count FROM "
                                   "pragma_freelist_count())";
constexpr const char *kPageSize = "SELECT page_size FROM pragma_page_size()";
constexpr const char *kAllPages = "SELECT page_count FROM pragma_page_count()";
constexpr const char *kAboutRemoved
    = "SELECT d.run, q.event_names FROM delivery d JOIN request q ON q.delivery = d.sequence "
      "WHERE d.sequence = ?";
constexpr const char *kNameKey = "SELECT key FROM event_name WHERE name = ?";
constexpr const char *kRemoveName = "DELETE FROM event_in WHERE name = ? AND delivery = ?";
constexpr const char *kRemoveAttempts = "DELETE FROM attempt WHERE delivery = ?";
constexpr const char *kRemoveRequest = "DELETE FROM request WHERE delivery = ?";
constexpr const char *kRemoveDelivery = "DELETE FROM delivery WHERE sequence = ?";
constexpr const char *kOldest
    = "SELECT sequence FROM delivery WHERE pinned = 0 AND verdict <> 4 ORDER BY sequence LIMIT ?";
constexpr const char *kOlder
    = "SELECT sequence FROM delivery WHERE created < ? AND pinned = 0 AND verdict <> 4 ORDER BY created LIMIT ?";
constexpr const char *kPinnedOfRun
    = "SELECT q.events FROM delivery d JOIN request q ON q.delivery = d.sequence WHERE d.pinned = 1 AND d.run = ?";
constexpr const char *kFirstEvent
    = "SELECT first_event FROM delivery WHERE run = ? AND pinned = 0 ORDER BY first_event "
      "LIMIT 1";
constexpr const char *kEventsBelow = "SELECT key, last FROM event_texts WHERE key >= ? AND key < ? AND last < ?";
constexpr const char *kRemoveEvent = "DELETE FROM event_texts WHERE key = ?";
constexpr const char *kRemoveEvents = "DELETE FROM event_texts WHERE key >= ? AND key < ? AND last < ?";
constexpr const char *kRemoveEmptyRun
    = "DELETE FROM run WHERE key = ? AND NOT EXISTS (SELECT 1 FROM delivery WHERE run = run.key) AND key < (SELECT "
      "max(key) FROM run)";
constexpr const char *kRemoveMappings
    = "DELETE FROM mapping WHERE key NOT IN (SELECT mapping FROM delivery WHERE mapping IS NOT NULL)";
constexpr const char *kUnpark = "UPDATE delivery SET verdict = 0, owner = ? WHERE sequence = ? AND verdict = 4";
constexpr const char *kDiscardParked = "UPDATE delivery SET verdict = 5 WHERE sequence IN "
                                       "(SELECT sequence FROM delivery WHERE verdict = 4 LIMIT ?)";
constexpr const char *kRemoveNames
    = "DELETE FROM event_name WHERE NOT EXISTS (SELECT 1 FROM event_in WHERE name = key)";

Result<std::int64_t> usedOf(Connection &connection)
{
    return readNumber(connection, kUsedBytes).and_then([&](std::int64_t pages) {
        return readNumber(connection, kPageSize).map([&](std::int64_t size) { return pages * size; });
    });
}

class Remover
{
public:
    explicit Remover(Connection &connection)
        : m_connection(connection)
    {
    }

    /// In a transaction of its own: the deliveries, and the events nothing else of their runs is made of.
    Result<std::uint64_t> remove(std::span<const std::int64_t> sequences)
    {
        return inTransaction(m_connection, [&] { return removeThese(sequences); });
    }

private:
    Result<std::uint64_t> removeThese(std::span<const std::int64_t> sequences)
    {
        const auto readUpTo = readState(m_connection, kReadUpTo);
        const auto indexedUpTo = readState(m_connection, kIndexedUpTo);
        if (!readUpTo || !indexedUpTo)
            return tl::unexpected(readUpTo ? indexedUpTo.error() : readUpTo.error());
        std::set<std::int64_t> runs;
        std::int64_t removed = 0;
        std::int64_t unread = 0;
        std::int64_t stale = 0;
        for (const std::int64_t sequence : sequences) {
            const Result<std::optional<std::int64_t>> run = removeOne(sequence);
            if (!run)
                return tl::unexpected(run.error());
            if (!*run)
                continue;
            runs.insert(**run);
            ++removed;
            unread += sequence > *readUpTo ? 1 : 0;
            stale += sequence <= *indexedUpTo ? 1 : 0;
        }
        for (const std::int64_t run : runs) {
            if (auto done = removeEvents(run); !done)
                return tl::unexpected(done.error());
        }
        for (const auto &[name, change] :
            { std::pair{ kDeliveries, -removed }, { kRemovedUnread, unread }, { kStale, stale } }) {
            const auto done = readState(m_connection, name).and_then([&, key = name, by = change](std::int64_t value) {
                return writeState(m_connection, key, value + by);
            });
            if (!done)
                return tl::unexpected(done.error());
        }
        return static_cast<std::uint64_t>(removed);
    }

    /// The key of its run; nullopt: it is gone already.
    Result<std::optional<std::int64_t>> removeOne(std::int64_t sequence)
    {
        using About = std::pair<std::int64_t, std::string>;
        const auto about = readAll(
            m_connection, kAboutRemoved,
            [](const QSqlQuery &query) {
                return About{ query.value(0).toLongLong(), bytesOf(query.value(1)) };
            },
            number(sequence));
        if (!about)
            return tl::unexpected(about.error());
        if (about->empty())
            return std::optional<std::int64_t>();
        Result<void> done;
        for (const std::string &name : decodeNames(about->front().second)) {
            done = done.and_then([&] { return readNumber(m_connection, kNameKey, textVariant(name)); })
                       .and_then([&](std::int64_t key) {
                           return write(m_connection, kRemoveName, number(key), number(sequence));
                       });
        }
        for (const char *statement : { kRemoveAttempts, kRemoveRequest, kRemoveDelivery })
            done = done.and_then([&] { return write(m_connection, statement, number(sequence)); });
        return done.map([&] { return std::optional(about->front().first); });
    }

    /// Rows of events before the first that an unpinned delivery of the run still holds, except those of pinned ones.
    Result<void> removeEvents(std::int64_t run)
    {
        const std::int64_t begin = run * (std::int64_t{ 1 } << 32);
        const auto first = readAll(
            m_connection, kFirstEvent, [](const QSqlQuery &query) { return query.value(0).toLongLong(); }, number(run));
        const auto pinned = readAll(
            m_connection, kPinnedOfRun, [](const QSqlQuery &query) { return decodeEvents(bytesOf(query.value(0))); },
            number(run));
        if (!first || !pinned)
            return tl::unexpected(first ? pinned.error() : first.error());
        const std::int64_t end = first->empty() ? std::int64_t{ 1 } << 32 : std::int64_t{ first->front() };
        if (pinned->empty()) {
            return write(m_connection, kRemoveEvents, number(begin), number(begin + end), number(end)).and_then([&] {
                return write(m_connection, kRemoveEmptyRun, number(run));
            });
        }
        std::set<std::int64_t> kept;
        for (const auto &events : *pinned)
            for (const std::uint32_t event : events)
                kept.insert(begin + event);
        using Row = std::pair<std::int64_t, std::int64_t>;
        const auto rows = readAll(
            m_connection, kEventsBelow,
            [](const QSqlQuery &query) {
                return Row{ query.value(0).toLongLong(), query.value(1).toLongLong() };
            },
            number(begin), number(begin + end), number(end));
        if (!rows)
            return tl::unexpected(rows.error());
        for (const auto &[key, last] : *rows) {
            const auto next = kept.lower_bound(key);
            if (next != kept.end() && *next <= begin + last)
                continue;
            if (auto done = write(m_connection, kRemoveEvent, number(key)); !done)
                return done;
        }
        return {};
    }

    Connection &m_connection;
};

/// Full text is made anew behind this, without what was removed.
Result<void> forgetFullText(Connection &connection)
{
    return write(connection, kForgetText)
        .and_then([&] { return writeState(connection, kIndexedUpTo, 0); })
        .and_then([&] { return writeState(connection, kStale, 0); });
}

/// Whether full text holds so much that is gone that making it anew pays.
Result<bool> isFullTextStale(Connection &connection)
{
    return readState(connection, kStale).and_then([&](std::int64_t stale) {
        return readState(connection, kDeliveries).map([&](std::int64_t count) {
            return stale > kFewStale && stale * 4 > count;
        });
    });
}

Error cleaningStopped()
{
    return { "journal-stopped", "Cleaning up the journal was stopped; what was removed until then is gone.", {},
        std::nullopt };
}

} // namespace

Result<std::uint64_t> Journal::usedBytes() const
{
    return m_connections->ofThisThread()
        .and_then([](Connection *connection) { return usedOf(*connection); })
        .map([](std::int64_t bytes) { return static_cast<std::uint64_t>(bytes); });
}

Result<std::vector<std::int64_t>> Journal::unpark(std::span<const std::int64_t> sequences)
{
    const std::int64_t owner = m_connections->owner();
    const auto take = [&](Connection &connection) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> taken;
        for (const std::int64_t sequence : sequences) {
            const Result<QSqlQuery *> updated = run(connection, kUnpark, number(owner), number(sequence));
            if (!updated)
                return tl::unexpected(updated.error());
            if ((*updated)->numRowsAffected() > 0)
                taken.push_back(sequence);
            (*updated)->finish();
        }
        return taken;
    };
    return m_connections->ofThisThread().and_then(
        [&](Connection *connection) { return inTransaction(*connection, [&] { return take(*connection); }); });
}

Result<std::uint64_t> Journal::discardParked(std::size_t limit)
{
    const auto discard = [&](Connection &connection) {
        return run(connection, kDiscardParked, number(std::uint64_t{ limit })).map([](QSqlQuery *updated) {
            const auto discarded = static_cast<std::uint64_t>(updated->numRowsAffected());
            updated->finish();
            return discarded;
        });
    };
    return m_connections->ofThisThread().and_then(
        [&](Connection *connection) { return inTransaction(*connection, [&] { return discard(*connection); }); });
}

Result<Removal> Journal::remove(std::span<const std::int64_t> sequences)
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const auto before = usedOf(**connection);
    if (!before)
        return tl::unexpected(before.error());
    Removal removal;
    for (std::size_t at = 0; at < sequences.size(); at += kRemovedInOne) {
        const auto removed
            = Remover(**connection).remove(sequences.subspan(at, std::min(kRemovedInOne, sequences.size() - at)));
        if (!removed)
            return tl::unexpected(removed.error());
        removal.deliveries += *removed;
    }
    return usedOf(**connection).map([&](std::int64_t after) {
        removal.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(*before - after, 0));
        return removal;
    });
}

Result<Removal> Journal::enforce(const Retention &retention, std::stop_token stop)
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const auto sequenceOf = [](const QSqlQuery &query) { return std::int64_t{ query.value(0).toLongLong() }; };
    Removal total;
    /// False: nothing was left to remove.
    const auto removeThese = [&](const Result<std::vector<std::int64_t>> &these) -> Result<bool> {
        if (!these)
            return tl::unexpected(these.error());
        if (stop.stop_requested())
            return tl::unexpected(cleaningStopped());
        return remove(*these).map([&](const Removal &removal) {
            total.deliveries += removal.deliveries;
            total.bytes += removal.bytes;
            return removal.deliveries > 0;
        });
    };
    Result<bool> more = retention.olderThan > 0;
    while (more && *more)
        more = removeThese(readAll(
            **connection, kOlder, sequenceOf, number(retention.olderThan), number(std::uint64_t{ kRemovedInOne })));
    more = more.map([&](bool) { return retention.bytes > 0; });
    while (more && *more) {
        const auto used = usedOf(**connection);
        if (!used)
            return tl::unexpected(used.error());
        if (static_cast<std::uint64_t>(*used) <= retention.bytes)
            break;
        const auto stale = isFullTextStale(**connection);
        if (!stale)
            return tl::unexpected(stale.error());
        if (*stale) {
            const Result<void> done = inTransaction(**connection, [&] { return forgetFullText(**connection); });
            if (!done)
                return tl::unexpected(done.error());
            continue;
        }
        const auto count = readState(**connection, kDeliveries);
        if (!count)
            return tl::unexpected(count.error());
        // As many as are too much when all are of the same size, and not more than others can wait for.
        const double share = 1 - static_cast<double>(retention.bytes) / static_cast<double>(*used);
        const auto many = static_cast<std::size_t>(std::ceil(static_cast<double>(*count) * share));
        more = removeThese(readAll(**connection, kOldest, sequenceOf,
            number(std::uint64_t{ std::clamp<std::size_t>(many, 1, kRemovedInOne) })));
    }
    if (!more)
        return tl::unexpected(more.error());
    return total;
}

Result<Removal> Journal::compact()
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const auto before = readNumber(**connection, kAllPages).and_then([&](std::int64_t pages) {
        return readNumber(**connection, kPageSize).map([&](std::int64_t size) { return pages * size; });
    });
    if (!before)
        return tl::unexpected(before.error());
    const auto tidy = [&] {
        return write(**connection, kRemoveMappings)
            .and_then([&] { return write(**connection, kRemoveNames); })
            .and_then([&] { return forgetFullText(**connection); });
    };
    const Result<void> done
        = inTransaction(**connection, tidy).and_then([&] { return (*connection)->execute("VACUUM"); }).and_then([&] {
              return (*connection)->execute("PRAGMA wal_checkpoint(TRUNCATE)");
          });
    if (!done)
        return tl::unexpected(done.error());
    return usedOf(**connection).map([&](std::int64_t after) {
        return Removal{ 0, static_cast<std::uint64_t>(std::max<std::int64_t>(*before - after, 0)) };
    });
}

} // namespace hookbench::journal
