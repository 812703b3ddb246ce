#pragma once
// Directives that are valid and yet rarely do what their author meant. Private to the room.
// Codes: template-path, liquid-event, liquid-tag.
#include "core/base/issue.h"
#include "core/json/value.h"

#include <string>

namespace hookbench::destination {

/// Walks all of a mapping but what a @literal holds. `pointer` is where it stands in the project.
void checkDirectiveTraps(json::Value mapping, const std::string &pointer, Issues &issues);

} // namespace hookbench::destination
