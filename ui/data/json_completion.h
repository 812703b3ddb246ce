#pragma once
// Completion in the JSON text of a mapping.
#include "ui/document/event_paths.h"
#include "ui/widgets/code_editor.h"

#include <vector>

namespace hookbench::data {

using document::EventPath;

/// What fits at the cursor of a mapping's JSON text: event paths inside "$.…" and {{…}}, directives behind "@".
widgets::CodeEditor::Completions completeMapping(const QString &text, int cursor, const std::vector<EventPath> &paths);

} // namespace hookbench::data
