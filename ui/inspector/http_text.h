#pragma once
// Requests and responses as the text people read: start line, header fields, an empty line, the body. Hostile
// characters are escaped, credentials hidden unless asked for, long bodies cut with a word about it.
#include "core/journal/record.h"

#include <QString>

namespace hookbench::inspector {

struct HttpTextOptions
{
    bool pretty = false; ///< JSON bodies indented; the bytes sent are not
    bool showSecrets = false;
};

inline constexpr std::size_t kLongestShown = 1'000'000;

/// The request as the last attempt sent it, or as it was built when there is none.
QString requestText(const journal::DeliveryRecord &record, const HttpTextOptions &options);
/// The last attempt's response; empty when none came.
QString responseText(const journal::DeliveryRecord &record, const HttpTextOptions &options);
/// A body alone.
QString bodyText(std::string_view body, bool pretty);
/// Whether the record has anything that is hidden by default.
bool hasSecrets(const journal::DeliveryRecord &record);

} // namespace hookbench::inspector
