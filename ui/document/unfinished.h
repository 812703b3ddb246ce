#pragma once
// What editors show that a project cannot hold: half-typed triggers, JSON with a mistake in it, what stands in an
// editor that is still open. Beside the project in the recovery file, so that it survives a kill as well. Values.
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

/// An editor that is open, with something in it that is not in force.
struct OpenEditor
{
    int mapping = 0;
    std::string pointer; ///< of what it edits, below the mapping: "/settings/headers", "/settings/data/total"
    json::Document state; ///< what its owner makes the editor of again
    friend bool operator==(const OpenEditor &, const OpenEditor &) = default;
};

struct Unfinished
{
    std::vector<json::Document> triggers; ///< one for each mapping, as TriggerDraft::toJson; undefined: there is none
    std::vector<UnfinishedText> data; ///< of mappings' data as JSON
    std::optional<OpenEditor> editor;

    bool empty() const;
};

json::Document toJson(const Unfinished &unfinished);
/// What cannot be read is left out: a file of another version may know others.
Unfinished readUnfinished(json::Value from);

} // namespace hookbench::document
