#pragma once
// A trigger as its editor shows it while the project cannot hold it: a condition without a value, a text that Segment
// refuses. The project keeps the trigger it had, so that nothing half-typed is ever saved or sent; the draft lies
// beside it, is part of undo, stands among the problems and holds back sending.
#include "core/base/result.h"
#include "core/json/value.h"

#include <memory>

namespace hookbench::document {

/// What is in it is the editor's own business.
struct TriggerDraft
{
    explicit TriggerDraft(Error reason)
        : why(std::move(reason))
    {
    }
    virtual ~TriggerDraft() = default;
    TriggerDraft(const TriggerDraft &) = delete;
    TriggerDraft &operator=(const TriggerDraft &) = delete;

    /// For the recovery file; see ProjectDocument::setDraftReader.
    virtual json::Document toJson() const = 0;

    const Error why;
};
using TriggerDraftPtr = std::shared_ptr<const TriggerDraft>;

} // namespace hookbench::document
