#pragma once
// Which parts of a mapping's settings are literal: the same whatever the event is. Private to the room.
#include "core/json/value.h"

namespace hookbench::destination {

/// Whether the mapper evaluates the object instead of copying it: names with @ only, _metadata aside.
bool isDirective(json::Value value);
/// Whether nothing in it is evaluated.
bool isLiteral(json::Value value);

} // namespace hookbench::destination
