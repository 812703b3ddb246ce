#pragma once
// How a delivery is told in a table: its result as a shape and words, its time, its size.
#include "core/journal/record.h"
#include "ui/widgets/chip.h"

#include <QString>

namespace hookbench::deliveries {

struct ResultWords
{
    const char *icon = ""; ///< status shape
    QString text; ///< "200 OK", "Timed out, 10 s", "Sending"
    widgets::Tone tone = widgets::Tone::Neutral;
};

ResultWords resultWords(const journal::DeliveryRow &row);
/// hh:mm:ss.zzz, local time.
QString timeText(journal::WallMs ms);
/// "412 B", "1.2 KB", "3.4 MB": 1000 bytes are a KB.
QString sizeText(std::uint64_t bytes);

} // namespace hookbench::deliveries
