#pragma once
// What the readers of formats find, before destinations and mappings are brought together. Private to formats.
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/destination/formats/exchange.h"

#include <optional>
#include <string>
#include <vector>

namespace hookbench::destination {

/// What a mapping may call its destination.
struct FoundName
{
    std::string place; ///< the folder in which a reference of Terraform counts; empty: an id, which counts everywhere
    std::string name;
};

struct FoundDestination
{
    std::string key; ///< Segment's id, or the name in Terraform
    std::vector<FoundName> names;
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
    FoundName destination; ///< one of a destination's names; empty: it does not say
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

/// The first line of a script with secrets in it.
inline constexpr std::string_view kSecretScript
    = "# This file holds secrets in plain text. Keep it private. Run it with bash.";
/// What files in Terraform's JSON syntax end with.
inline constexpr std::string_view kTerraformJson = ".tf.json";

/// All files of a folder at once: they refer to each other. `cancelled` may be null.
Result<void> findInTerraform(
    std::span<const NamedText *const> texts, const std::atomic<bool> *cancelled, Findings &findings);
Result<void> findInSegmentJson(const NamedText &text, Findings &findings);
Result<void> findInCurl(const NamedText &text, Findings &findings);

/// The settings of the send action with batch_size and enable_batching as number and boolean, where they came as text.
json::Document withTypedBatching(const json::Document &settings);

/// "NAME: " in front of the message.
Error inText(Error error, std::string_view name);

inline bool isSet(const std::atomic<bool> *flag)
{
    return flag && flag->load(std::memory_order_relaxed);
}
Error importCancelled();

} // namespace hookbench::destination
