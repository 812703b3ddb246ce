#pragma once
// The events at hand, of which one is current: the project's saved ones, a file of 100,000, a sample. One method to
// read one, so that a file need not be in memory. Window thread only; `textAt` must not take longer than a frame.
#include "core/base/result.h"

#include <QString>

#include <string>

namespace hookbench::document {

class EventList
{
public:
    virtual ~EventList() = default;
    /// "orders-2026-05.ndjson", "Saved events": what the chooser shows.
    virtual QString title() const = 0;
    virtual qsizetype size() const = 0;
    /// "Track – Order Completed": what a list shows of one event.
    virtual QString nameAt(qsizetype index) const = 0;
    /// The event's JSON text as it stands in its source.
    virtual Result<std::string> textAt(qsizetype index) const = 0;
    /// The file the events are in, for reading them all as a stream; empty when they are in memory.
    virtual QString filePath() const { return {}; }
};

} // namespace hookbench::document
