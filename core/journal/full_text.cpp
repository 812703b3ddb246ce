// Full text follows behind what is written: words of a large batch take longer to index than to send.
#include "core/journal/connections.h"
#include "core/journal/read.h"

#include <algorithm>

namespace hookbench::journal {

namespace {

/// Of each body; what is behind it is found by body: and response:, which read everything.
constexpr std::size_t kMostBytes = std::size_t{ 1 } << 20;
/// How long an answer that is still to come holds up those behind it.
constexpr WallMs kPatience = 120'000;
/// Others who write are not kept waiting longer.
constexpr qsizetype kLettersInOne = 2'000'000;

constexpr const char *kNext
    = "SELECT d.sequence, d.url, d.mapping_name, q.event_names, q.body, d.attempts, d.created, (SELECT max(created) "
      "FROM delivery) FROM delivery d JOIN request q ON q.delivery = d.sequence WHERE d.sequence > ? ORDER BY "
      "d.sequence "
      "LIMIT 1";
constexpr const char *kAnswers = "SELECT response_body, message FROM attempt WHERE delivery = ? ORDER BY number";
constexpr const char *kAdd = "INSERT INTO search (rowid, url, mapping, events, body, response, message) VALUES (?, ?, "
                             "?, ?, ?, ?, ?)";

/// FTS5 takes text only; bytes that are none are left out by SQLite's tokenizer.
QVariant words(const QVariant &value)
{
    const QByteArray bytes = value.toByteArray();
    return QString::fromUtf8(bytes.constData(), std::min(bytes.size(), static_cast<qsizetype>(kMostBytes)));
}

struct Pending
{
    std::int64_t sequence = 0;
    QVariant url, mapping, events, body;
    bool waits = false;
};

Pending pendingOf(const QSqlQuery &query)
{
    const bool recent = query.value(7).toLongLong() - query.value(6).toLongLong() < kPatience;
    return { query.value(0).toLongLong(), words(query.value(1)), words(query.value(2)), words(query.value(3)),
        words(query.value(4)), query.value(5).toInt() == 0 && recent };
}

} // namespace

Result<bool> Journal::indexSome(std::size_t limit)
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    Transaction transaction(**connection);
    if (auto begun = transaction.begin(); !begun)
        return tl::unexpected(begun.error());
    const auto indexed = readState(**connection, kIndexedUpTo);
    if (!indexed)
        return tl::unexpected(indexed.error());
    std::int64_t last = *indexed;
    qsizetype letters = 0;
    bool more = true;
    for (std::size_t done = 0; more && done < limit && letters < kLettersInOne; ++done) {
        const auto pending = readAll(**connection, kNext, pendingOf, number(last));
        if (!pending)
            return tl::unexpected(pending.error());
        more = !pending->empty() && !pending->front().waits;
        if (!more)
            break;
        const Pending &one = pending->front();
        QString response;
        QString message;
        const auto answers = readAll(
            **connection, kAnswers,
            [&](const QSqlQuery &query) {
                response += words(query.value(0)).toString() + QLatin1Char('\n');
                message += words(query.value(1)).toString() + QLatin1Char('\n');
                return 0;
            },
            number(one.sequence));
        if (!answers)
            return tl::unexpected(answers.error());
        if (auto added = write(**connection, kAdd, number(one.sequence), one.url, one.mapping, one.events, one.body,
                response, message);
            !added)
            return tl::unexpected(added.error());
        letters += one.body.toString().size() + response.size();
        last = one.sequence;
    }
    if (last == *indexed)
        return false;
    if (auto kept = writeState(**connection, kIndexedUpTo, last); !kept)
        return tl::unexpected(kept.error());
    return transaction.commit().map([&] { return more; });
}

} // namespace hookbench::journal
