#pragma once
// What of an event can stand in {{…}}: its paths, each with a sample of the value.
#include "core/json/value.h"

#include <QString>

#include <utility>
#include <vector>

namespace hookbench::request {

using EventVariables = std::vector<std::pair<QString, QString>>;

/// Of texts, numbers and the like, in the event's order; at most a few thousand, of arrays the first item only.
EventVariables eventVariables(json::Value event);

/// Those that begin with what was typed, then those that hold it.
EventVariables matching(const EventVariables &variables, const QString &typed);

} // namespace hookbench::request
