#pragma once
// The commands that only compute read all their events through one loop: files, lists and standard input alike.
#include "core/event/event_reader.h"
#include "core/pipeline/event_source.h"

#include <functional>

namespace hookbench::cli {

/// Calls `each` for every item, waiting on live sources. Runs an event loop while it waits.
void forEachItem(pipeline::EventSource &source, const std::function<void(const event::Item &)> &each);

} // namespace hookbench::cli
