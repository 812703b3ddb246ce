#include "core/journal/read.h"

#include "core/journal/encode.h"

namespace hookbench::journal {

namespace {

constexpr const char *kAttempts
    = "SELECT number, started, duration_ms, status, reason, failure, message, redirects, truncated, request_headers, "
      "response_headers, response_body, unknown, note, phases FROM attempt WHERE delivery = ? ORDER BY number";
constexpr const char *kReadState = "SELECT value FROM state WHERE name = ?";
constexpr const char *kWriteState = "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET "
                                    "value = excluded.value";

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
    attempt.outcomeUnknown = query.value(12).toBool();
    attempt.note = bytesOf(query.value(13));
    attempt.phases = decodePhases(bytesOf(query.value(14)));
    return attempt;
}

} // namespace

DeliveryRow rowOf(const QSqlQuery &query, std::int64_t readUpTo)
{
    int column = 0;
    const auto next = [&] { return query.value(column++); };
    DeliveryRow row;
    row.sequence = next().toLongLong();
    row.id = bytesOf(next());
    row.run = bytesOf(next());
    row.mappingIndex = next().toInt();
    row.mappingName = bytesOf(next());
    row.method = bytesOf(next());
    row.url = bytesOf(next());
    row.eventCount = static_cast<std::size_t>(next().toULongLong());
    row.bodyBytes = next().toULongLong();
    row.created = next().toLongLong();
    row.attempts = next().toInt();
    row.status = next().toInt();
    row.reason = bytesOf(next());
    row.failure = bytesOf(next());
    row.durationMs = next().toDouble();
    row.verdict = static_cast<Verdict>(next().toInt());
    row.signatureMode = static_cast<SignatureMode>(next().toInt());
    row.isSigned = row.signatureMode != SignatureMode::None;
    row.batch = next().toBool();
    row.truncated = next().toBool();
    row.pinned = next().toBool();
    row.origin = bytesOf(next());
    row.runNumber = next().toLongLong();
    const int seen = next().toInt();
    row.unread = seen == 2 || (seen == 0 && row.sequence > readUpTo);
    return row;
}

Result<std::vector<Attempt>> readAttempts(Connection &connection, std::int64_t sequence, const std::string &id)
{
    return readAll(
        connection, kAttempts, [&](const QSqlQuery &query) { return attemptOf(query, id); }, number(sequence));
}

Result<std::int64_t> readState(Connection &connection, const char *name)
{
    return readNumber(connection, kReadState, textVariant(name));
}

Result<void> writeState(Connection &connection, const char *name, std::int64_t value)
{
    return write(connection, kWriteState, textVariant(name), number(value));
}

} // namespace hookbench::journal
