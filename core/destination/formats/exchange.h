#pragma once
// Destinations in and out: Segment's Public API JSON, Terraform (the provider segmentio/segment, as Segment's Git Sync
// writes it and as people do), project files, and a script of Public API calls. Text in, values out, and back; no
// files, no network.
//
// What comes in may be spread over several texts: destinations and their mappings (subscriptions) are brought together
// by their ids or by Terraform's references; what is no Webhooks (Actions) destination is left out. Nothing is half
// imported: one unreadable text is an Error, whose message begins with that text's name and place.
//
// Secrets: a shared secret that comes in is handed over beside the project, never inside. What goes out holds no shared
// secret, no literal Authorization, Cookie or masked header and no credentials in URLs unless ExportOptions ask for
// them.
//
// Error codes: those of json::parse, document.h and hcl.h, import-nothing, import-shape, import-cancelled.
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/destination/project.h"

#include <atomic>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::destination {

/// What Segment's catalog calls Webhooks (Actions), and its one action.
inline constexpr std::string_view kWebhooksMetadataId = "614a3c7d791c91c41bae7599";
inline constexpr std::string_view kSendActionId = "nFPnRozhz1mh4Gbx4MLvT5";

enum class Format { Hookbench, Segment, Terraform, Curl };

/// "hookbench", "segment", "terraform", "curl", as the command line names them.
std::string_view formatName(Format format);
std::optional<Format> formatFromName(std::string_view name);

/// What a text looks like: a project file, Segment JSON (a mapping of a project too), a script of curl calls, or,
/// failing all, Terraform.
Format sniffFormat(std::string_view text);

struct NamedText
{
    std::string name; ///< of the file, for messages; may be empty
    std::string text;
};

struct ImportedDestination
{
    Project project; ///< with a fresh id
    std::string key; ///< Segment's id of it, or its name in Terraform; may be empty
    std::optional<std::string> sharedSecret; ///< when it was there in plain text
    Issues issues; ///< placeholders, masked values, what was left out; paths lead into `project`
};

struct Imported
{
    std::vector<ImportedDestination> destinations; ///< at least one
    std::size_t otherDestinations = 0; ///< of other kinds, left out
};

/// `cancelled`, when given, ends the work behind the text that is being read when it becomes true.
Result<Imported> importTexts(std::span<const NamedText> texts, const std::atomic<bool> *cancelled = nullptr);

struct ExportOptions
{
    std::vector<std::size_t> only; ///< indexes of mappings, in any order; empty: all
    bool includeSecret = false;
    std::string sharedSecret; ///< used with includeSecret only
};

struct Exported
{
    std::string text;
    Issues issues; ///< what the format cannot carry or was hidden; paths lead into the project that was given
};

Exported exportProject(const Project &project, Format format, const ExportOptions &options = {});

} // namespace hookbench::destination
