#pragma once
// Trying a value that is part of another one, on what stands for the event where it is.
#include "ui/data/mapping_model.h"

#include <functional>

namespace hookbench::data {

/// Answers later, unless `context` is gone by then; not at all when only running the mapping could tell.
using Trial = std::function<void(
    const json::Document &value, const QObject *context, std::function<void(const Outcome &)> answer)>;

} // namespace hookbench::data
