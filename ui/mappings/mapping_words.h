#pragma once
// A mapping in a few words: what triggers it, where it goes, whether it batches.
#include "core/destination/project.h"
#include "core/fql/trigger.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace hookbench::mappings {

/// "track · event is "Order Completed""; the text itself when it is more than one flat group.
QString triggerWords(const std::string &fql);
/// The same in pieces that say something on their own: "track", " · event is "Order Completed"".
QStringList triggerParts(const std::string &fql);
/// As many of the pieces as fit, the first that does not cut short, and how many are left: "track · event is "Or…" +2".
/// `widthOf` measures a text in the font it is shown in.
QString fitted(const QStringList &parts, int width, const std::function<int(const QString &)> &widthOf);
/// "127.0.0.1:8765", "by the event" when the URL is mapped, empty when there is none.
QString hostWords(const destination::Mapping &mapping);
/// The URL without its user name and password; its JSON when it is mapped.
QString urlWords(const destination::Mapping &mapping);
QString methodWords(const destination::Mapping &mapping);
/// "batch 1000" or "single".
QString batchWords(const destination::Mapping &mapping);
/// Why the trigger does not match: the conditions that fail, at most three, and what they saw. Empty when it matches.
QString whyNoMatch(const fql::Trace &trace);

} // namespace hookbench::mappings
