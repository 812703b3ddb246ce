#pragma once
// What is wrong or doubtful in a project, without an event at hand: rows of Problems, lines of `hookbench-cli check`.
// Pointers go into the project document: /mappings/0/settings/url.
//
// Errors make a mapping unusable (or Segment would refuse it); warnings are traps that Segment evaluates as written;
// infos are worth knowing. Codes are stable; they are listed at the top of check.cpp.
#include "core/base/issue.h"
#include "core/destination/project.h"

#include <cstddef>

namespace hookbench::destination {

/// Everything: the document itself and every mapping.
Issues check(const Project &project);

/// One mapping: trigger, settings as a mapping, and its literal values.
Issues issuesOf(const Project &project, std::size_t mappingIndex);

} // namespace hookbench::destination
