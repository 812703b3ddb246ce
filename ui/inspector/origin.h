#pragma once
// What a delivery was made of: its events and its mapping. Window thread only.
#include "core/journal/record.h"
#include "core/pipeline/trace.h"

#include <QString>

namespace hookbench::document {
class Workbench;
}

namespace hookbench::inspector {

struct Origin
{
    using Events = std::vector<std::string>; ///< JSON texts, in the order of the request
    /// What it may have been made of. Kept with the delivery it is certain; what the project has now may be something
    /// else by now: the bytes that come of it will tell.
    std::vector<Events> candidates;
    bool isCertain = false;
    std::optional<destination::Mapping> mapping; ///< as it was, as far as that is known
};

/// `kept`: what the journal has of its events. What it has not is looked for in the project.
Origin originOf(
    const document::Workbench &workbench, const journal::DeliveryRecord &record, const std::vector<std::string> &kept);
/// Where in the project the delivery's mapping is now: by its place if the name there is still its own, else by name.
std::optional<int> mappingPlace(const document::Workbench &workbench, const journal::DeliveryRecord &record);
std::optional<destination::Mapping> mappingNow(
    const document::Workbench &workbench, const journal::DeliveryRecord &record);

} // namespace hookbench::inspector
