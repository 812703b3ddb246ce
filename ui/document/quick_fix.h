#pragma once
// The one right answer to an issue, where there is one. Pure: reads a project, gives the part of it that changes.
//
// A fix is offered only when it settles the issue without a choice that is the user's: a batch size is clamped, a
// header that is left out anyway is removed, a misspelt method is spelt right; a URL that is missing is nobody's to
// guess.
#include "core/base/issue.h"
#include "core/destination/project.h"

#include <QString>

#include <optional>

namespace hookbench::document {

struct QuickFix
{
    QString words; ///< what it does, as a command and as the undo step: "Set the batch size to 4000"
    int mapping = -1; ///< which mapping becomes `after`; -1: the destination's settings become `settings`
    destination::Mapping after;
    json::Document settings;
};

/// Nothing when the issue has no single answer, or is of a project that was edited since.
std::optional<QuickFix> quickFix(const destination::Project &project, const Issue &issue);

/// The project with the fix carried out.
destination::Project fixedProject(destination::Project project, const QuickFix &fix);

} // namespace hookbench::document
