#pragma once
// What editors show that a project cannot hold: half-typed triggers, JSON with a mistake in it. Beside the project in
// the recovery file, so that it survives a kill as well. Values.
#include "core/json/value.h"

#include <optional>
#include <string>
#include <vector>

namespace hookbench::document {

struct UnfinishedText
{
    int mapping = 0;
    std::string text;
    friend bool operator==(const UnfinishedText &, const UnfinishedText &) = default;
};

struct Unfinished
{
    std::vector<json::Document> triggers; ///< one for each mapping, as TriggerDraft::toJson; undefined: there is none
    std::optional<UnfinishedText> data; ///< of the mapping's data as JSON

    bool empty() const;
};

json::Document toJson(const Unfinished &unfinished);
/// What cannot be read is left out: a file of another version may know others.
Unfinished readUnfinished(json::Value from);

} // namespace hookbench::document
