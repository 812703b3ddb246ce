#pragma once
// Mappings have no identity of their own in a file: which of the saved ones an edited one was.
#include "core/destination/project.h"

#include <optional>
#include <vector>

namespace hookbench::document {

/// The saved mapping of the same name; of several, the one with the same rank among them. A renamed mapping is the one
/// at its own place, unless that one's name lives on in another mapping. nullopt: it is new.
std::optional<int> counterpart(
    const std::vector<destination::Mapping> &saved, const std::vector<destination::Mapping> &now, int index);

} // namespace hookbench::document
