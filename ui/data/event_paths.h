#pragma once
// The paths of an event that a mapping can name, for completion: "properties.products[0].sku" with a sample of the
// value.
#include "core/json/value.h"
#include "ui/widgets/code_editor.h"

#include <vector>

namespace hookbench::data {

struct EventPath
{
    QString path; ///< without "$."
    QString sample; ///< the value, shortened
};

/// In the order of the event, at most a few thousand; of arrays the first item only.
std::vector<EventPath> eventPaths(json::Value event);

/// What fits at the cursor of a mapping's JSON text: event paths inside "$.…" and {{…}}, directives behind "@".
widgets::CodeEditor::Completions completeMapping(const QString &text, int cursor, const std::vector<EventPath> &paths);

} // namespace hookbench::data
