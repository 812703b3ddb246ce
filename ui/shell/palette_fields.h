#pragma once
// The fields of all mappings, for finding one by a few letters.
#include "core/destination/project.h"

#include <QString>

#include <string>
#include <vector>

namespace hookbench::shell {

struct PlacedField
{
    std::string pointer; ///< into the project document, for Workbench::jumpTo
    QString words; ///< "Orders, Data amount.total"
};

/// In the order of the screen: mapping by mapping, trigger, request, data, with the fields of array items.
std::vector<PlacedField> placedFields(const destination::Project &project);

} // namespace hookbench::shell
