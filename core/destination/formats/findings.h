#pragma once
// What the readers of formats find, before destinations and mappings are brought together. Private to formats.
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/destination/formats/exchange.h"

#include <optional>
#include <string>
#include <vector>

namespace hookbench::destination {

struct FoundDestination
{
    std::string key; ///< Segment's id, or the name in Terraform
    std::vector<std::string> names; ///< what mappings call it
    bool isWebhooks = false;
    bool isKindKnown = true; ///< false: its mappings decide
    std::string name;
    bool enabled = true;
    json::Document settings; ///< an object, the shared secret included
    bool secretUnknown = false; ///< it is a placeholder
    Issues issues; ///< paths lead into the project
};

struct FoundMapping
{
    std::string destination; ///< one of a destination's names; empty: it does not say
    std::string actionId; ///< empty: unknown
    Mapping mapping;
    Issues issues; ///< paths lead into the mapping
};

struct Findings
{
    std::vector<FoundDestination> destinations;
    std::vector<FoundMapping> mappings;
    std::vector<ImportedDestination> projects; ///< that came whole
};

/// All files of a folder at once: they refer to each other.
Result<void> findInTerraform(std::span<const NamedText *const> texts, Findings &findings);
Result<void> findInSegmentJson(const NamedText &text, Findings &findings);

/// The settings of the send action with batch_size and enable_batching as number and boolean, where they came as text.
json::Document withTypedBatching(const json::Document &settings);

/// "NAME: " in front of the message.
Error inText(Error error, std::string_view name);

} // namespace hookbench::destination
