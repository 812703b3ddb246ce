#include "ui/deliveries/delivery_words.h"

#include "ui/document/outcome_words.h"

#include <QCoreApplication>

namespace hookbench::deliveries {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hookbench::deliveries", text);
}

} // namespace

ResultWords resultWords(const journal::DeliveryRow &row)
{
    using widgets::Tone;
    if (row.verdict == journal::Verdict::Parked)
        return { "pause", tr("Parked"), Tone::Neutral };
    if (row.verdict == journal::Verdict::Discarded)
        return { "dash", tr("Discarded"), Tone::Neutral };
    if (row.attempts == 0)
        return { "spinner", tr("Waiting"), Tone::Neutral }; // for its turn or for the answer
    const document::OutcomeWords words = document::outcomeWords(row.status, row.reason, row.failure, row.durationMs);
    Tone tone = Tone::Error;
    if (row.status > 0 && row.failure.empty())
        tone = Tone::Success;
    else if (row.status == 429 || row.failure == "no-final-answer" || row.failure == "program-ended")
        tone = Tone::Warning;
    else if (row.failure == "cancelled")
        tone = Tone::Neutral;
    return { words.icon, words.text, tone };
}

} // namespace hookbench::deliveries
