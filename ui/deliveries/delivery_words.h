#pragma once
// How a delivery is told in a table: its result as a shape and words.
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
} // namespace hookbench::deliveries
