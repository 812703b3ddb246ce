// What a program leaves behind that is killed while it sends.
#include "core/journal/append.h"
#include "core/journal/connections.h"
#include "core/journal/statement.h"

#include <algorithm>

namespace hookbench::journal {

namespace {

constexpr std::size_t kSettledInOne = 500; // deliveries a transaction: others are not kept waiting

constexpr const char *kOwners = "SELECT DISTINCT owner FROM delivery WHERE verdict = 0";
// Those of an older version, which did not say whose they are, are given an hour: it may still be running.
constexpr const char *kWaiting
    = "SELECT id, attempts, created FROM delivery WHERE verdict = 0 AND owner = ? AND (owner <> 0 OR created < "
      "(CAST(strftime('%s', 'now') AS INTEGER) - 3600) * 1000) LIMIT ?";

// The word is delivery::failureName's, which this room does not know; the pipeline's tests compare them.
constexpr const char *kFailure = "program-ended";
constexpr const char *kMessage
    = "The program ended before an answer was recorded. The server may have acted on the request, or it may never have "
      "gone out; look there before sending it again.";

Attempt abandonedAttempt(const QSqlQuery &query)
{
    Attempt attempt;
    attempt.delivery = bytesOf(query.value(0));
    attempt.number = query.value(1).toInt() + 1;
    attempt.started = query.value(2).toLongLong();
    attempt.failure = kFailure;
    attempt.message = kMessage;
    attempt.outcomeUnknown = true;
    return attempt;
}

/// Some of those of this owner, in a transaction of its own; 0: none are left.
Result<std::uint64_t> settleSome(Connection &connection, std::int64_t owner)
{
    return inTransaction(connection, [&]() -> Result<std::uint64_t> {
        Batch batch;
        auto attempts
            = readAll(connection, kWaiting, abandonedAttempt, number(owner), number(std::uint64_t{ kSettledInOne }));
        if (!attempts)
            return tl::unexpected(attempts.error());
        batch.attempts = std::move(*attempts);
        return Writer(connection, owner).write(batch).map([&] { return std::uint64_t{ batch.attempts.size() }; });
    });
}

} // namespace

Result<std::uint64_t> Journal::settleAbandoned()
{
    const Result<Connection *> connection = m_connections->ofThisThread();
    if (!connection)
        return tl::unexpected(connection.error());
    auto owners = readAll(
        **connection, kOwners, [](const QSqlQuery &query) { return std::int64_t{ query.value(0).toLongLong() }; });
    if (!owners)
        return tl::unexpected(owners.error());
    std::erase_if(*owners,
        [&](std::int64_t owner) { return owner != Owner::kNotSaid && !Owner::isGone(m_connections->path(), owner); });
    std::uint64_t settled = 0;
    for (const std::int64_t owner : *owners) {
        for (Result<std::uint64_t> some = std::uint64_t{ 1 }; *some > 0; settled += *some) {
            some = settleSome(**connection, owner);
            if (!some)
                return some;
        }
    }
    return settled;
}

} // namespace hookbench::journal
