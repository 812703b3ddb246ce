#pragma once
// A trigger while the project cannot hold it: as rows or as text, whichever it was typed in.
#include "ui/document/trigger_draft.h"
#include "ui/trigger/conditions.h"

#include <string>

namespace hookbench::trigger {

/// Rows of which one cannot be used yet.
struct RowsDraft final : document::TriggerDraft
{
    RowsDraft(Conditions rows, Error reason);
    json::Document toJson() const override;
    const Conditions conditions;
};

/// A text that Segment refuses.
struct TextDraft final : document::TriggerDraft
{
    TextDraft(std::string fql, Error reason);
    json::Document toJson() const override;
    const std::string text;
};

/// What toJson gave, as a draft again; null for anything else, and for what is no draft any more.
document::TriggerDraftPtr readDraft(const json::Document &from);

} // namespace hookbench::trigger
