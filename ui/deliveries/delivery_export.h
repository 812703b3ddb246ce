#pragma once
// Deliveries written to a file, one after the other as the journal gives them; the file appears when it is whole.
#include "core/journal/journal.h"
#include "core/journal/redaction.h"

#include <optional>
#include <stop_token>
#include <string>

namespace hookbench::deliveries {

enum class ExportForm { Ndjson, Har, Csv, Bodies };

/// Viewers of HTTP archives read them as a whole.
inline constexpr std::size_t kMostInHar = 5'000;

/// `redaction` nullopt: exact values. Gives the number written. Error codes: export-many, export-write, journal-….
Result<std::size_t> exportDeliveries(const journal::Journal &journal, std::span<const std::int64_t> sequences,
    ExportForm form, const std::optional<journal::Redaction> &redaction, const std::string &path,
    std::stop_token stop = {});

} // namespace hookbench::deliveries
