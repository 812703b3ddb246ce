#pragma once
// Deliveries as lines of text: for other programs (NDJSON) and for spreadsheets (CSV). Authorization, cookies,
// masked headers and userinfo are hidden unless asked for. Pure; any thread.
#include "core/journal/record.h"

#include <string>
#include <string_view>

namespace hookbench::journal {

struct ExportOptions
{
    bool includeSecret = false;
    HeaderNames maskedHeaders = {}; ///< beside those that a record says itself
};

/// One JSON object and a line feed: all that is known of the delivery. Bytes that are not UTF-8 come as "…Base64".
std::string ndjsonLine(const DeliveryRecord &record, const ExportOptions &options);

/// The columns' names, and one line for each delivery (RFC 4180, CRLF). Text that a spreadsheet would take for a
/// formula begins with an apostrophe.
std::string csvHeader();
std::string csvLine(const DeliveryRow &row, const ExportOptions &options);

/// One field of CSV.
std::string csvField(std::string_view text);

} // namespace hookbench::journal
