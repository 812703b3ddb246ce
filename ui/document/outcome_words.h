#pragma once
// How the outcome of an attempt, the severity of an issue, times and sizes are told, wherever they are.
#include "core/base/issue.h"
#include "core/journal/record.h"

#include <QString>

#include <string>

namespace hookbench::document {

struct OutcomeWords
{
    const char *icon = ""; ///< status shape
    QString text; ///< "200 OK", "Timed out, 10 s"
};

/// `failure` as journal::Attempt has it.
OutcomeWords outcomeWords(int status, const std::string &reason, const std::string &failure, double durationMs);
/// The shape of a severity, as an icon name.
const char *severityIcon(Severity severity);
/// hh:mm:ss.zzz, local time.
QString timeText(journal::WallMs ms);
/// "412 B", "1.2 KB", "3.4 MB": 1000 bytes are a KB.
QString sizeText(std::uint64_t bytes);
/// "98 ms", "1.2 s", "2 min 5 s".
QString durationText(double ms);

} // namespace hookbench::document
