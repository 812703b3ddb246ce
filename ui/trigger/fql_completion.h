#pragma once
// What fits at the cursor of an FQL text: fields of the events, functions and connectives, and behind = the values that
// were seen.
#include "ui/trigger/field_catalogue.h"
#include "ui/widgets/code_editor.h"

namespace hookbench::trigger {

widgets::CodeEditor::Completions completeFql(const QString &text, int cursor, const std::vector<FieldEntry> &fields);

} // namespace hookbench::trigger
