#pragma once
// A mapping in a few words: what triggers it, where it goes, whether it batches.
#include "core/destination/project.h"
#include "core/fql/trigger.h"

#include <QString>

namespace hookbench::mappings {

/// "track · event is "Order Completed""; the text itself when it is more than one flat group.
QString triggerWords(const std::string &fql);
/// "127.0.0.1:8765", "by the event" when the URL is mapped, empty when there is none.
QString hostWords(const destination::Mapping &mapping);
QString methodWords(const destination::Mapping &mapping);
/// "batch 1000" or "single".
QString batchWords(const destination::Mapping &mapping);
/// Why the trigger does not match: the first condition that fails and what it saw. Empty when it matches.
QString whyNoMatch(const fql::Trace &trace);

} // namespace hookbench::mappings
