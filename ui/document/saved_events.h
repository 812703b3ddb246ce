#pragma once
// The project's saved events as an EventList: a snapshot, made anew when they change.
#include "core/destination/project.h"
#include "ui/document/event_list.h"

#include <vector>

namespace hookbench::document {

class SavedEvents final : public EventList
{
public:
    explicit SavedEvents(std::vector<destination::SavedEvent> events);
    QString title() const override;
    qsizetype size() const override { return static_cast<qsizetype>(m_events.size()); }
    QString nameAt(qsizetype index) const override;
    Result<std::string> textAt(qsizetype index) const override;

private:
    std::vector<destination::SavedEvent> m_events;
};

/// "Track – Order Completed", from the event's own members; empty when it says nothing of itself.
QString describeEvent(json::Value event);

} // namespace hookbench::document
