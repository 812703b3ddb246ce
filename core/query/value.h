#pragma once
// The value of one term as its field wants it. Private to the room.
#include "core/query/query.h"

#include <optional>

namespace hookbench::query {

/// Sets the bounds of `term` from its value and comparison; what is wrong with the value otherwise, as a sentence.
std::optional<std::string> readNumbers(Term &term, Kind kind);

} // namespace hookbench::query
