#include "core/journal/listing.h"

#include "core/journal/connections.h"
#include "core/journal/encode.h"
#include "core/journal/filter_sql.h"
#include "core/journal/read.h"
#include "core/journal/stored_row.h"

#include <fmt/format.h>

#include <algorithm>

namespace hookbench::journal {

namespace {

constexpr std::size_t kFirstPiece = 256; // soon on the screen
constexpr std::size_t kPiece = 8'192;
constexpr std::int64_t kFirstChunk = 4'000; // sequences looked at before the first answer
constexpr std::int64_t kLargestChunk = 250'000;

// One of them in a query is a look at the end of the table, both in one read all of it.
constexpr const char *kEnds = "SELECT (SELECT min(sequence) FROM delivery), (SELECT max(sequence) FROM delivery)";
// json_each gives the sequences in the order asked for; the outer join order is kept by CROSS JOIN.
constexpr const char *kRows = "SELECT " HOOKBENCH_ROW_COLUMNS
                              " FROM json_each(?) j CROSS JOIN delivery d ON d.sequence = j.value JOIN run r ON r.key "
                              "= d.run";
constexpr const char *kPage = "SELECT " HOOKBENCH_ROW_COLUMNS
                              " FROM delivery d JOIN run r ON r.key = d.run WHERE d.sequence < ? ORDER BY d.sequence "
                              "DESC LIMIT ?";
constexpr const char *kPageAt = "SELECT " HOOKBENCH_ROW_COLUMNS
                                " FROM (SELECT sequence FROM delivery ORDER BY sequence DESC LIMIT ? OFFSET ?) p CROSS "
                                "JOIN delivery d ON d.sequence = p.sequence JOIN run r ON r.key = d.run";
// Distinct values by hopping through the index, not by reading all of it.
constexpr const char *kKnownMappings
    = "WITH RECURSIVE hop (name) AS (SELECT min(mapping_name COLLATE NOCASE) FROM delivery UNION ALL SELECT (SELECT "
      "min(mapping_name COLLATE NOCASE) FROM delivery WHERE mapping_name COLLATE NOCASE > hop.name) FROM hop WHERE "
      "hop.name IS NOT NULL) SELECT name FROM hop WHERE name IS NOT NULL LIMIT 1000";
constexpr const char *kKnownUrls
    = "WITH RECURSIVE hop (name) AS (SELECT min(url COLLATE NOCASE) FROM delivery UNION ALL SELECT (SELECT min(url "
      "COLLATE NOCASE) FROM delivery WHERE url COLLATE NOCASE > hop.name) FROM hop WHERE hop.name IS NOT NULL) SELECT "
      "name FROM hop WHERE name IS NOT NULL LIMIT 200";
constexpr const char *kKnownEvents = "SELECT name FROM event_name ORDER BY name COLLATE NOCASE LIMIT 1000";
constexpr const char *kKnownProjects
    = "SELECT DISTINCT project_name FROM (SELECT project_name FROM run ORDER BY key DESC LIMIT 1000)";
constexpr const char *kRecentHeaders = "SELECT headers FROM request ORDER BY delivery DESC LIMIT 100";

Error listingStopped()
{
    return { "journal-stopped", "Looking through the journal was stopped.", {}, std::nullopt };
}

std::string columnOf(SortBy sortBy)
{
    switch (sortBy) {
    case SortBy::Status:
        return "d.status";
    case SortBy::Verdict:
        return "d.verdict";
    case SortBy::Mapping:
        return "d.mapping_name COLLATE NOCASE";
    case SortBy::Url:
        return "d.url COLLATE NOCASE";
    case SortBy::Method:
        return "d.method COLLATE NOCASE";
    case SortBy::Events:
        return "d.event_count";
    case SortBy::Bytes:
        return "coalesce(d.body_bytes, 0)";
    case SortBy::Duration:
        return "d.duration_ms";
    case SortBy::Attempts:
        return "d.attempts";
    case SortBy::Signature:
        return "d.signature_mode";
    default:
        return "d.sequence";
    }
}

/// The value of a row in the column a list is sorted by.
QVariant valueOf(const DeliveryRow &row, SortBy sortBy)
{
    switch (sortBy) {
    case SortBy::Status:
        return row.status;
    case SortBy::Verdict:
        return static_cast<int>(row.verdict);
    case SortBy::Mapping:
        return textVariant(row.mappingName);
    case SortBy::Url:
        return textVariant(row.url);
    case SortBy::Method:
        return textVariant(row.method);
    case SortBy::Events:
        return number(std::uint64_t{ row.eventCount });
    case SortBy::Bytes:
        return number(row.bodyBytes);
    case SortBy::Duration:
        return row.durationMs;
    case SortBy::Attempts:
        return row.attempts;
    case SortBy::Signature:
        return static_cast<int>(row.signatureMode);
    default:
        return number(row.sequence);
    }
}

/// Hands sequences on in pieces, a small one first.
class Pieces
{
public:
    Pieces(const Found &found, const std::stop_token &stop)
        : m_found(found)
        , m_stop(stop)
    {
    }

    /// False: enough, or stopped.
    bool add(std::int64_t sequence)
    {
        m_piece.push_back(sequence);
        return m_piece.size() < m_size || flush();
    }
    bool flush()
    {
        if (m_stop.stop_requested() || m_enough)
            return false;
        if (!m_piece.empty()) {
            m_enough = !m_found(m_piece);
            m_size = kPiece;
            m_piece.clear();
        }
        return !m_enough;
    }
    bool isEnough() const { return m_enough; }

private:
    const Found &m_found;
    const std::stop_token &m_stop;
    std::vector<std::int64_t> m_piece;
    std::size_t m_size = kFirstPiece;
    bool m_enough = false;
};

class Lister
{
public:
    Lister(Connection &connection, const Listing &listing, WallMs now, const std::stop_token &stop, const Found &found)
        : m_connection(connection)
        , m_listing(listing)
        , m_now(now)
        , m_stop(stop)
        , m_pieces(found, stop)
        , m_row(connection)
    {
    }

    Result<void> list()
    {
        const auto ends = readAll(m_connection, kEnds, [](const QSqlQuery &query) {
            return query.value(0).isNull()
                ? std::pair<std::int64_t, std::int64_t>{ 1, 0 }
                : std::pair<std::int64_t, std::int64_t>{ query.value(0).toLongLong(), query.value(1).toLongLong() };
        });
        if (!ends)
            return tl::unexpected(ends.error());
        m_lowest = std::max(ends->front().first, m_listing.newerThan + 1);
        m_highest = ends->front().second;
        if (m_lowest > m_highest)
            return {};
        for (const auto &[name, value] : { std::pair{ kReadUpTo, &m_readUpTo }, { kIndexedUpTo, &m_indexedUpTo } }) {
            const auto read = readState(m_connection, name);
            if (!read)
                return tl::unexpected(read.error());
            *value = *read;
        }
        Result<void> done = m_listing.sortBy == SortBy::Time ? listByTime() : listSorted();
        if (done && m_stop.stop_requested() && !m_pieces.isEnough())
            return tl::unexpected(listingStopped());
        return done;
    }

private:
    Result<void> listByTime()
    {
        if (m_listing.filter.isAll())
            return listAll();
        if (isIndexed(m_listing.filter) && !usesFullText(m_listing.filter)
            && render(m_listing.filter, { m_now, m_readUpTo }).exact)
            return listIndexed();
        return listInChunks(INT64_MAX);
    }

    /// Without gaps the sequences are known without reading a row.
    Result<void> listAll()
    {
        if (m_listing.newerThan == 0) {
            const auto count = readState(m_connection, kDeliveries);
            if (!count)
                return tl::unexpected(count.error());
            if (*count == m_highest - m_lowest + 1) {
                for (std::int64_t i = 0; i < *count; ++i)
                    if (!m_pieces.add(m_listing.descending ? m_highest - i : m_lowest + i))
                        return {};
                m_pieces.flush();
                return {};
            }
        }
        return listInChunks(INT64_MAX);
    }

    /// The first matches by reading the end of the list, the others through indexes.
    Result<void> listIndexed()
    {
        if (auto done = listInChunks(1); !done || m_over)
            return done;
        if (m_listing.descending ? m_next < m_lowest : m_next > m_highest)
            return {};
        const std::int64_t from = m_listing.descending ? m_lowest : m_next;
        const std::int64_t to = m_listing.descending ? m_next : m_highest;
        const Condition condition = render(m_listing.filter, { m_now, m_readUpTo, false, from, to });
        // + keeps SQLite from reading by sequence what an index finds.
        std::vector<std::int64_t> all;
        auto done = read(
            fmt::format("SELECT d.sequence FROM delivery d WHERE +d.sequence BETWEEN ? AND ? AND {}", condition.sql),
            { number(from), number(to) }, condition.values, [&](std::int64_t sequence) {
                all.push_back(sequence);
                return all.size() % kPiece != 0 || !m_stop.stop_requested();
            });
        if (!done || m_stop.stop_requested())
            return done;
        std::sort(all.begin(), all.end());
        if (m_listing.descending)
            std::reverse(all.begin(), all.end());
        for (const std::int64_t sequence : all)
            if (!m_pieces.add(sequence))
                return {};
        m_pieces.flush();
        return {};
    }

    /// Piece by piece in the order of the list, so that matches come as they are found and a stop is heard.
    Result<void> listInChunks(std::int64_t chunks)
    {
        std::int64_t size = kFirstChunk;
        m_next = m_listing.descending ? m_highest : m_lowest;
        const bool words = usesFullText(m_listing.filter);
        for (; chunks > 0 && m_next >= m_lowest && m_next <= m_highest; --chunks) {
            std::int64_t from = m_listing.descending ? std::max(m_next - size + 1, m_lowest) : m_next;
            std::int64_t to = m_listing.descending ? m_next : std::min(m_next + size - 1, m_highest);
            // What full text does not know yet is read; no chunk lies on both sides.
            const bool known = !words || (m_listing.descending ? to : from) <= m_indexedUpTo;
            if (words && known && !m_listing.descending)
                to = std::min(to, m_indexedUpTo);
            if (words && !known && m_listing.descending)
                from = std::max(from, m_indexedUpTo + 1);
            if (words && !known) { // bodies are read: smaller steps
                const std::int64_t step = kFirstChunk / 4;
                from = m_listing.descending ? std::max(from, to - step + 1) : from;
                to = m_listing.descending ? to : std::min(to, from + step - 1);
            }
            const Condition condition = render(m_listing.filter, { m_now, m_readUpTo, known, from, to });
            // NOT INDEXED: by sequence alone; another index would be read from end to end for each chunk.
            auto done = read(
                fmt::format("SELECT d.sequence FROM delivery d NOT INDEXED WHERE d.sequence BETWEEN ? AND ? AND {} "
                            "ORDER BY d.sequence {}",
                    condition.sql, m_listing.descending ? "DESC" : "ASC"),
                { number(from), number(to) }, condition.values,
                [&](std::int64_t sequence) { return accept(sequence, condition.exact); });
            if (!done || m_over)
                return done;
            if (!m_pieces.flush()) {
                m_over = true;
                return {};
            }
            m_next = m_listing.descending ? from - 1 : to + 1;
            size = std::min(size * 2, kLargestChunk);
        }
        return {};
    }

    Result<void> listSorted()
    {
        // What full text does not know yet may match: it is looked at one by one.
        Condition condition = render(m_listing.filter, { m_now, m_readUpTo, true, m_lowest, m_highest });
        if (usesFullText(m_listing.filter) && m_indexedUpTo < m_highest) {
            const Condition tail = render(m_listing.filter, { m_now, m_readUpTo, false, m_lowest, m_highest });
            condition.sql = fmt::format("(({}) OR (d.sequence > ? AND {}))", condition.sql, tail.sql);
            condition.values.push_back(number(m_indexedUpTo));
            condition.values.insert(condition.values.end(), tail.values.begin(), tail.values.end());
            condition.exact = false;
        }
        const char *order = m_listing.descending ? "DESC" : "ASC";
        const bool above = m_listing.newerThan > 0;
        auto done = read(fmt::format("SELECT d.sequence FROM delivery d WHERE {}{} ORDER BY {} {}, d.sequence {}",
                             above ? "d.sequence BETWEEN ? AND ? AND " : "", condition.sql, columnOf(m_listing.sortBy),
                             order, order),
            above ? std::vector<QVariant>{ number(m_lowest), number(m_highest) } : std::vector<QVariant>{},
            condition.values, [&](std::int64_t sequence) { return accept(sequence, condition.exact); });
        if (done && !m_over)
            m_pieces.flush();
        return done;
    }

    /// False: no more.
    bool accept(std::int64_t sequence, bool exact)
    {
        if (!exact) {
            if (m_stop.stop_requested()) {
                m_over = true;
                return false;
            }
            const Result<bool> loaded = m_row.load(sequence);
            if (!loaded)
                m_error = loaded.error();
            const bool matches
                = loaded && *loaded && query::matches(m_listing.filter, m_row, static_cast<double>(m_now));
            if (!m_error)
                m_error = m_row.error();
            if (m_error)
                return false;
            if (!matches)
                return true;
        }
        m_over = !m_pieces.add(sequence);
        return !m_over;
    }

    template <typename Take>
    Result<void> read(
        const std::string &sql, const std::vector<QVariant> &first, const std::vector<QVariant> &second, Take take)
    {
        Result<QSqlQuery> query = m_connection.prepare(sql);
        if (!query)
            return tl::unexpected(query.error());
        for (const auto *values : { &first, &second })
            for (const QVariant &value : *values)
                query->addBindValue(value);
        if (auto done = m_connection.execute(*query); !done)
            return done;
        bool more = true;
        while (more && query->next())
            more = take(query->value(0).toLongLong());
        if (m_error)
            return tl::unexpected(*m_error);
        if (more && query->lastError().isValid())
            return tl::unexpected(m_connection.errorOf(query->lastError()));
        return {};
    }

    Connection &m_connection;
    const Listing &m_listing;
    WallMs m_now;
    const std::stop_token &m_stop;
    Pieces m_pieces;
    StoredRow m_row;
    std::int64_t m_lowest = 1;
    std::int64_t m_highest = 0;
    std::int64_t m_next = 0; ///< where chunks go on
    std::int64_t m_readUpTo = 0;
    std::int64_t m_indexedUpTo = 0;
    bool m_over = false; ///< enough, or stopped
    std::optional<Error> m_error;
};

std::string listOf(std::span<const std::int64_t> sequences)
{
    return fmt::format("[{}]", fmt::join(sequences, ","));
}

} // namespace

Result<void> Journal::list(const Listing &listing, WallMs now, std::stop_token stop, const Found &found) const
{
    return m_connections->ofThisThread().and_then(
        [&](Connection *connection) { return Lister(*connection, listing, now, stop, found).list(); });
}

Result<std::uint64_t> Journal::count(const query::Query &filter, WallMs now, std::stop_token stop) const
{
    if (filter.isAll())
        return count();
    std::uint64_t count = 0;
    return list({ filter }, now, stop, [&](std::span<const std::int64_t> piece) {
        count += piece.size();
        return true;
    }).map([&] { return count; });
}

Result<std::vector<DeliveryRow>> Journal::rows(std::span<const std::int64_t> sequences) const
{
    if (sequences.empty())
        return std::vector<DeliveryRow>();
    const std::string wanted = listOf(sequences);
    return m_connections->ofThisThread().and_then([&](Connection *connection) {
        return readState(*connection, kReadUpTo).and_then([&](std::int64_t readUpTo) {
            return readAll(
                *connection, kRows, [&](const QSqlQuery &query) { return rowOf(query, readUpTo); },
                textVariant(wanted));
        });
    });
}

// Behind a row is what follows it in the column's index: no row before it is read again.
Result<std::vector<DeliveryRow>> Journal::page(
    const Listing &listing, const std::optional<DeliveryRow> &after, std::size_t limit, WallMs now) const
{
    std::vector<std::int64_t> sequences;
    if (!after) {
        const auto listed = list(listing, now, {}, [&](std::span<const std::int64_t> piece) {
            sequences.insert(sequences.end(), piece.begin(),
                piece.begin() + static_cast<std::ptrdiff_t>(std::min(piece.size(), limit - sequences.size())));
            return sequences.size() < limit;
        });
        if (!listed)
            return tl::unexpected(listed.error());
        return rows(sequences);
    }
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const auto readUpTo = readState(**connection, kReadUpTo);
    if (!readUpTo)
        return tl::unexpected(readUpTo.error());
    const Condition condition = render(listing.filter, { now, *readUpTo, !usesFullText(listing.filter) });
    const std::string column = columnOf(listing.sortBy);
    const char *order = listing.descending ? "DESC" : "ASC";
    Result<QSqlQuery> query
        = (*connection)
              ->prepare(fmt::format("SELECT d.sequence FROM delivery d WHERE d.sequence > ? AND ({0}, d.sequence) "
                                    "{1} (?, ?) AND {2} ORDER BY {0} {3}, d.sequence {3}",
                  column, listing.descending ? "<" : ">", condition.sql, order));
    if (!query)
        return tl::unexpected(query.error());
    query->addBindValue(number(listing.newerThan));
    query->addBindValue(valueOf(*after, listing.sortBy));
    query->addBindValue(number(after->sequence));
    for (const QVariant &value : condition.values)
        query->addBindValue(value);
    if (auto done = (*connection)->execute(*query); !done)
        return tl::unexpected(done.error());
    StoredRow row(**connection);
    while (sequences.size() < limit && query->next()) {
        const std::int64_t sequence = query->value(0).toLongLong();
        if (!condition.exact) {
            const Result<bool> loaded = row.load(sequence);
            if (!loaded)
                return tl::unexpected(loaded.error());
            const bool matches = *loaded && query::matches(listing.filter, row, static_cast<double>(now));
            if (row.error())
                return tl::unexpected(*row.error());
            if (!matches)
                continue;
        }
        sequences.push_back(sequence);
    }
    if (query->lastError().isValid())
        return tl::unexpected((*connection)->errorOf(query->lastError()));
    return rows(sequences);
}

Result<std::vector<DeliveryRow>> Journal::page(std::optional<std::int64_t> before, std::size_t limit) const
{
    return m_connections->ofThisThread().and_then([&](Connection *connection) {
        return readState(*connection, kReadUpTo).and_then([&](std::int64_t readUpTo) {
            return readAll(
                *connection, kPage, [&](const QSqlQuery &query) { return rowOf(query, readUpTo); },
                number(before.value_or(INT64_MAX)), number(std::uint64_t{ limit }));
        });
    });
}

Result<std::vector<DeliveryRow>> Journal::pageAt(std::uint64_t offset, std::size_t limit) const
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    const auto highest = readNumber(**connection, "SELECT max(sequence) FROM delivery");
    const auto lowest = readNumber(**connection, "SELECT min(sequence) FROM delivery");
    const auto total = count();
    const auto readUpTo = readState(**connection, kReadUpTo);
    for (const auto *error : { highest ? nullptr : &highest.error(), lowest ? nullptr : &lowest.error(),
             total ? nullptr : &total.error(), readUpTo ? nullptr : &readUpTo.error() })
        if (error)
            return tl::unexpected(*error);
    if (offset >= *total)
        return std::vector<DeliveryRow>();
    if (*highest - *lowest + 1 == static_cast<std::int64_t>(*total)) // no gaps
        return page(*highest + 1 - static_cast<std::int64_t>(offset), limit);
    return readAll(
        **connection, kPageAt, [&](const QSqlQuery &query) { return rowOf(query, *readUpTo); },
        number(std::uint64_t{ limit }), number(offset));
}

Result<query::KnownNames> Journal::names() const
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    query::KnownNames names;
    const auto text = [](const QSqlQuery &query) { return bytesOf(query.value(0)); };
    for (const auto &[statement, list] :
        { std::pair{ kKnownMappings, &names.mappings }, { kKnownUrls, &names.urls }, { kKnownEvents, &names.events },
            { kKnownProjects, &names.projects }, { kRecentHeaders, &names.headers } }) {
        auto found = readAll(**connection, statement, text);
        if (!found)
            return tl::unexpected(found.error());
        *list = std::move(*found);
    }
    std::vector<std::string> headers;
    for (const std::string &all : names.headers)
        for (const Header &header : decodeHeaders(all))
            headers.push_back(asciiLower(header.name));
    std::sort(headers.begin(), headers.end());
    headers.erase(std::unique(headers.begin(), headers.end()), headers.end());
    names.headers = std::move(headers);
    return names;
}

} // namespace hookbench::journal
