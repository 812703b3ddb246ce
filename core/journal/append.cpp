#include "core/journal/append.h"

#include "core/journal/encode.h"
#include "core/journal/read.h"

#include <QCryptographicHash>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace hookbench::journal {

namespace {

constexpr const char *kFindRun = "SELECT key FROM run WHERE id = ?";
constexpr const char *kFindDelivery = "SELECT sequence FROM delivery WHERE id = ?";
constexpr const char *kInsertDelivery
    = "INSERT INTO delivery (id, run, created, mapping_index, mapping_name, method, url, event_count, body_bytes, "
      "signature, signed_offset, signed_length, mapping, first_event, is_batch, signature_mode, origin, repeated_as, "
      "attempts, status, reason, failure, duration_ms, verdict, truncated, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char *kInsertRequest
    = "INSERT INTO request (delivery, events, headers, body, event_names, masked_headers) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char *kInsertAttempt
    = "INSERT INTO attempt (delivery, number, started, duration_ms, status, reason, failure, message, redirects, "
      "truncated, request_headers, response_headers, response_body, unknown, note, phases) VALUES (?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
// An attempt that comes late, from another process, is no news for the list.
constexpr const char *kUpdateOutcome
    = "UPDATE delivery SET attempts = ?, status = ?, reason = ?, failure = ?, duration_ms = ?, verdict = ?, "
      "truncated = ? WHERE sequence = ? AND attempts < ?";
constexpr const char *kAddMapping = "INSERT OR IGNORE INTO mapping (digest, text) VALUES (?, ?)";
constexpr const char *kFindMapping = "SELECT key FROM mapping WHERE digest = ?";
constexpr const char *kAddName = "INSERT OR IGNORE INTO event_name (name) VALUES (?)";
constexpr const char *kFindName = "SELECT key FROM event_name WHERE name = ?";
constexpr const char *kAddNameIn = "INSERT OR IGNORE INTO event_in (name, delivery) VALUES (?, ?)";
constexpr const char *kAddEvents
    = "INSERT OR IGNORE INTO event_texts (key, last, places, lengths, texts) VALUES (?, ?, ?, ?, ?)";

constexpr const char *kPark = "UPDATE delivery SET verdict = 4 WHERE sequence = ? AND attempts = 0";

constexpr std::size_t kEventsInRow = 64;
constexpr std::size_t kEventBytesInRow = std::size_t{ 256 } << 10;

Verdict verdictOf(const Attempt &attempt)
{
    if (attempt.failure.empty())
        return Verdict::Delivered;
    return attempt.outcomeUnknown ? Verdict::Unknown : Verdict::Failed;
}

} // namespace

Result<void> Writer::write(const Batch &batch)
{
    std::unordered_map<std::string_view, const Attempt *> last;
    last.reserve(batch.attempts.size());
    for (const Attempt &attempt : batch.attempts) {
        const Attempt *&known = last[attempt.delivery];
        if (!known || known->number < attempt.number)
            known = &attempt;
    }
    Result<void> done;
    for (const Delivery &delivery : batch.deliveries) {
        const auto found = last.find(delivery.id);
        done = add(delivery, found == last.end() ? nullptr : found->second);
        if (!done)
            return done;
        if (found != last.end())
            found->second = nullptr; // its outcome is written
    }
    for (const Attempt &attempt : batch.attempts) {
        if (done = add(attempt, last[attempt.delivery] == nullptr); !done)
            return done;
    }
    const std::span<const EventText> events = batch.events;
    for (std::size_t first = 0; first < events.size();) {
        std::size_t end = first + 1;
        std::size_t bytes = events[first].text.size();
        while (end < events.size() && end - first < kEventsInRow && bytes < kEventBytesInRow
            && events[end].index > events[end - 1].index && events[end].run == events[first].run)
            bytes += events[end++].text.size();
        if (done = add(events.subspan(first, end - first)); !done)
            return done;
        first = end;
    }
    for (const std::string &id : batch.parked) {
        done = keyOf(m_deliveries, kFindDelivery, id, "delivery").and_then([&](qlonglong sequence) {
            return journal::write(m_connection, kPark, sequence);
        });
        if (!done)
            return done;
    }
    if (batch.deliveries.empty())
        return {};
    return readState(m_connection, kDeliveries).and_then([&](std::int64_t count) {
        return writeState(m_connection, kDeliveries, count + static_cast<std::int64_t>(batch.deliveries.size()));
    });
}

Result<void> Writer::add(const Delivery &delivery, const Attempt *last)
{
    const Result<qlonglong> runKey = keyOf(m_runs, kFindRun, delivery.run, "run");
    if (!runKey)
        return tl::unexpected(runKey.error());
    const Result<QVariant> mapping = mappingKey(delivery.mapping);
    if (!mapping)
        return tl::unexpected(mapping.error());
    const bool isSigned = delivery.signedBytes.has_value();
    const auto first = std::min_element(delivery.events.begin(), delivery.events.end());
    SignatureMode mode = delivery.signatureMode;
    if (mode == SignatureMode::None && !delivery.signature.empty())
        mode = SignatureMode::NotKept;
    const Result<QSqlQuery *> inserted = run(m_connection, kInsertDelivery, textVariant(delivery.id), *runKey,
        number(delivery.created), delivery.mappingIndex, textVariant(delivery.mappingName),
        textVariant(delivery.method), textVariant(delivery.url), number(std::uint64_t{ delivery.events.size() }),
        delivery.hasBody ? number(std::uint64_t{ delivery.body.size() }) : QVariant(), textVariant(delivery.signature),
        isSigned ? number(delivery.signedBytes->first) : QVariant(),
        isSigned ? number(delivery.signedBytes->second) : QVariant(), *mapping,
        number(std::uint64_t{ first == delivery.events.end() ? 0 : *first }), delivery.batch ? 1 : 0,
        static_cast<int>(mode), textVariant(delivery.origin), textVariant(delivery.repeatedAs), last ? last->number : 0,
        last ? last->status : 0, textVariant(last ? last->reason : std::string()),
        textVariant(last ? last->failure : std::string()), last ? last->durationMs : 0.0,
        static_cast<int>(last     ? verdictOf(*last)
                : delivery.parked ? Verdict::Parked
                                  : Verdict::Waiting),
        last && last->responseTruncated ? 1 : 0, number(m_owner));
    if (!inserted)
        return tl::unexpected(inserted.error());
    const qlonglong sequence = (*inserted)->lastInsertId().toLongLong();
    (*inserted)->finish();
    m_deliveries.emplace(delivery.id, sequence);
    const std::string headers = encodeHeaders(delivery.headers);
    const std::string names = encodeNames(delivery.eventNames);
    Result<void> written = journal::write(m_connection, kInsertRequest, sequence,
        textVariant(encodeEvents(delivery.events)), blobVariant(headers), blobVariant(delivery.body),
        textVariant(names), textVariant(encodeNames(delivery.maskedHeaders)));
    return written ? addNames(sequence, delivery.eventNames) : written;
}

Result<void> Writer::add(const Attempt &attempt, bool outcomeIsKnown)
{
    const Result<qlonglong> sequence = keyOf(m_deliveries, kFindDelivery, attempt.delivery, "delivery");
    if (!sequence)
        return tl::unexpected(sequence.error());
    const std::string requestHeaders = encodeHeaders(attempt.requestHeaders);
    const std::string responseHeaders = encodeHeaders(attempt.responseHeaders);
    const std::string redirects = encodeRedirects(attempt.redirects);
    const QVariant reason = textVariant(attempt.reason);
    const QVariant failure = textVariant(attempt.failure);
    const int truncated = attempt.responseTruncated ? 1 : 0;
    Result<void> written
        = journal::write(m_connection, kInsertAttempt, *sequence, attempt.number, number(attempt.started),
            attempt.durationMs, attempt.status, reason, failure, textVariant(attempt.message), textVariant(redirects),
            truncated, blobVariant(requestHeaders), blobVariant(responseHeaders), blobVariant(attempt.responseBody),
            attempt.outcomeUnknown ? 1 : 0, textVariant(attempt.note), textVariant(encodePhases(attempt.phases)));
    if (!written || outcomeIsKnown)
        return written;
    return journal::write(m_connection, kUpdateOutcome, attempt.number, attempt.status, reason, failure,
        attempt.durationMs, static_cast<int>(verdictOf(attempt)), truncated, *sequence, attempt.number);
}

// Ascending events of one run, as one row: a row for each would cost more than all else that is written of a batch.
Result<void> Writer::add(std::span<const EventText> events)
{
    const Result<qlonglong> runKey = keyOf(m_runs, kFindRun, events.front().run, "run");
    if (!runKey)
        return tl::unexpected(runKey.error());
    std::vector<std::uint32_t> places;
    std::string lengths;
    std::string texts;
    for (const EventText &event : events) {
        places.push_back(event.index);
        fmt::format_to(std::back_inserter(lengths), "{}{}", lengths.empty() ? "" : ",", event.text.size());
        texts += event.text;
    }
    return journal::write(m_connection, kAddEvents, *runKey * (qlonglong{ 1 } << 32) + places.front(),
        number(std::uint64_t{ places.back() }), textVariant(encodeEvents(places)), textVariant(lengths),
        blobVariant(texts));
}

Result<void> Writer::addNames(qlonglong sequence, const std::vector<std::string> &names)
{
    for (const std::string &name : names) {
        if (!m_names.contains(name)) {
            if (auto added = journal::write(m_connection, kAddName, textVariant(name)); !added)
                return added;
        }
        const Result<qlonglong> key = keyOf(m_names, kFindName, name, "event name");
        if (!key)
            return tl::unexpected(key.error());
        if (auto added = journal::write(m_connection, kAddNameIn, *key, sequence); !added)
            return added;
    }
    return {};
}

Result<QVariant> Writer::mappingKey(const SharedText &mapping)
{
    if (!mapping)
        return QVariant();
    if (const auto known = m_mappings.find(mapping.get()); known != m_mappings.end())
        return QVariant(known->second);
    const QByteArray digest = QCryptographicHash::hash(
        QByteArrayView(mapping->data(), static_cast<qsizetype>(mapping->size())), QCryptographicHash::Sha256);
    if (auto added = journal::write(m_connection, kAddMapping, digest, textVariant(*mapping)); !added)
        return tl::unexpected(added.error());
    return readNumber(m_connection, kFindMapping, digest).map([&](std::int64_t key) {
        m_mappings.emplace(mapping.get(), key);
        return QVariant(qlonglong{ key });
    });
}

Result<qlonglong> Writer::keyOf(Keys &known, const char *find, const std::string &id, const char *what)
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

} // namespace hookbench::journal
