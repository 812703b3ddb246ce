#pragma once
// What an import had to say stays with the places it is about while the project is edited, and goes when they are.
// Pure.
#include "core/base/issue.h"
#include "ui/document/change.h"

#include <string_view>

namespace hookbench::exchange {

/// The JSON pointer `path` is `place` or leads further.
bool isAtOrBelow(std::string_view path, std::string_view place);

/// Drops the notes whose place was edited or removed and moves the others along. True: there is a change.
bool followChange(Issues &notes, const document::Change &change);

/// The notes, and behind them the issues that do not say the same of the same place: a note knows where a value came
/// from.
Issues withNotes(const Issues &notes, const Issues &issues);

} // namespace hookbench::exchange
