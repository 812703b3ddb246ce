#pragma once
// From rows of the file to values. Private to the room.
#include "core/journal/record.h"
#include "core/journal/statement.h"

#include <string>

namespace hookbench::journal {

/// What rowOf reads, of `delivery d JOIN run r`.
#define HOOKBENCH_ROW_COLUMNS                                                                                          \
    "d.sequence, d.id, r.id, d.mapping_index, d.mapping_name, d.method, d.url, d.event_count, d.body_bytes, "          \
    "d.created, d.attempts, d.status, d.reason, d.failure, d.duration_ms, d.verdict, d.signature_mode, d.is_batch, "   \
    "d.truncated, d.pinned, d.origin, r.key, d.seen"
DeliveryRow rowOf(const QSqlQuery &query, std::int64_t readUpTo);

/// The attempts at a delivery, by number; `id` is the delivery's.
Result<std::vector<Attempt>> readAttempts(Connection &connection, std::int64_t sequence, const std::string &id);

/// Of `state`.
Result<std::int64_t> readState(Connection &connection, const char *name);
Result<void> writeState(Connection &connection, const char *name, std::int64_t value);
inline constexpr const char *kDeliveries = "deliveries";
inline constexpr const char *kReadUpTo = "read-up-to";
inline constexpr const char *kRemovedUnread = "removed-unread"; ///< of those above read-up-to
inline constexpr const char *kStale = "stale"; ///< removed deliveries that full text still holds
inline constexpr const char *kIndexedUpTo = "indexed-up-to";

} // namespace hookbench::journal
