#pragma once
// Segment's words for what triggers test.
#include "core/json/value.h"
#include "ui/document/operator_words.h"

#include <QString>

namespace hookbench::trigger {

/// For functions that belong to no class of Qt's.
QString tr(const char *text);
using document::operatorWords;
/// What the four fields without a path are called: "Event type"; empty for any other text.
QString fieldWords(const QString &field);
/// "Track" for track; other texts as they are.
QString callWords(const QString &type);
/// A value for one line, shortened: "missing" where there is none.
QString seenWords(json::Value seen);

} // namespace hookbench::trigger
