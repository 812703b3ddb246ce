#include "ui/inspector/origin.h"

#include "core/destination/document.h"
#include "core/json/parse.h"
#include "ui/document/event_list.h"
#include "ui/document/workbench.h"

#include <algorithm>

namespace hookbench::inspector {

std::optional<int> mappingPlace(const document::Workbench &workbench, const journal::DeliveryRecord &record)
{
    const std::vector<destination::Mapping> &mappings = workbench.document().project().mappings;
    const auto place = static_cast<std::size_t>(std::max(0, record.delivery.mappingIndex));
    if (place < mappings.size() && mappings[place].name == record.delivery.mappingName)
        return static_cast<int>(place);
    const auto named = std::find_if(mappings.begin(), mappings.end(),
        [&](const destination::Mapping &mapping) { return mapping.name == record.delivery.mappingName; });
    if (named == mappings.end())
        return std::nullopt;
    return static_cast<int>(named - mappings.begin());
}

std::optional<destination::Mapping> mappingNow(
    const document::Workbench &workbench, const journal::DeliveryRecord &record)
{
    const std::optional<int> place = mappingPlace(workbench, record);
    if (!place)
        return std::nullopt;
    return workbench.document().mapping(*place);
}

Origin originOf(
    const document::Workbench &workbench, const journal::DeliveryRecord &record, const std::vector<std::string> &kept)
{
    Origin out;
    if (record.delivery.mapping) {
        if (const auto json = json::parse(*record.delivery.mapping))
            if (auto mapping = destination::mappingFromJson(*json))
                out.mapping = std::move(*mapping);
    }
    const bool mappingIsKept = out.mapping.has_value();
    if (!mappingIsKept)
        out.mapping = mappingNow(workbench, record);
    if (!kept.empty() && std::none_of(kept.begin(), kept.end(), [](const std::string &text) { return text.empty(); })) {
        out.candidates.push_back(kept);
        out.isCertain = mappingIsKept;
        return out;
    }
    const document::ProjectDocument &document = workbench.document();
    const std::shared_ptr<const document::EventList> list = document.eventList();
    Origin::Events listed;
    for (const std::uint32_t index : record.delivery.events) {
        if (static_cast<qsizetype>(index) >= list->size())
            break;
        Result<std::string> text = list->textAt(static_cast<qsizetype>(index));
        if (!text)
            break;
        listed.push_back(std::move(*text));
    }
    if (!listed.empty() && listed.size() == record.delivery.events.size())
        out.candidates.push_back(std::move(listed));
    if (record.delivery.events.size() == 1 && !document.currentEvent().text.empty())
        out.candidates.push_back({ document.currentEvent().text });
    return out;
}

} // namespace hookbench::inspector
