#pragma once
// From a field to what it is made of in the event, and from a part of the event to the fields it feeds: what
// core/mapping tells of a compiled mapping, in terms of the rows on the screen.
#include "core/mapping/provenance.h"
#include "ui/data/mapping_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::data {

/// Those of `sources` (of the mapping's settings) that feed the row or anything inside it: event paths as "$.a.b[*].c".
std::vector<std::string> sourcesOf(const Row &row, const std::vector<mapping::Source> &sources);

/// The places of the innermost rows that take something of `eventPath` ("properties.total", with or without "$."), or
/// of what it is in. None for the whole event.
std::vector<std::string> readersOf(
    std::string_view eventPath, const MappingTree &tree, const std::vector<mapping::Source> &sources);

} // namespace hookbench::data
