#pragma once
// The head of requests and responses as people read it: start line, header fields, an empty line. Hostile characters
// are escaped, credentials hidden unless asked for. Functions over values, for any thread.
#include "core/journal/record.h"

#include <QString>

#include <string>
#include <string_view>

namespace hookbench::inspector {

/// The attempt that is meant: -1, and every number that is none, is the last one. Null when there is none yet.
const journal::Attempt *attemptAt(const journal::DeliveryRecord &record, int index);

/// As that attempt sent it, or as it was built when there is none.
std::string requestHead(const journal::DeliveryRecord &record, int attempt, bool showSecrets);
const Headers &requestHeaders(const journal::DeliveryRecord &record, int attempt);
/// Empty when no answer came.
std::string responseHead(const journal::DeliveryRecord &record, int attempt, bool showSecrets);
/// Whether the record has anything that is hidden by default.
bool hasSecrets(const journal::DeliveryRecord &record);
/// The value of Content-Type, or nothing.
std::string contentTypeOf(const Headers &headers);
/// One field after the other, each with its line end.
std::string headerLines(const Headers &headers, const HeaderNames &masked, bool showSecrets);

inline constexpr std::size_t kLongestShown = 1'000'000;
/// A body alone: `pretty` indents JSON. Long ones are cut with a word about it.
QString bodyText(std::string_view body, bool pretty);
/// Escaped for display.
QString safeText(const std::string &text);

} // namespace hookbench::inspector
