#include "core/base/counted.h"
#include "core/base/display.h"
#include "core/base/id.h"
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/destination/formats/findings.h"
#include "core/destination/stand_in.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace hookbench::destination {

namespace {

constexpr std::string_view kFormatNames[] = { "hookbench", "segment", "terraform", "curl" };

Result<void> findInProject(const NamedText &text, Findings &findings)
{
    Result<Project> project = read(text.text);
    if (!project)
        return fail(inText(std::move(project.error()), text.name));
    ImportedDestination imported;
    imported.key = project->id;
    imported.project = std::move(*project);
    findings.projects.push_back(std::move(imported));
    return {};
}

/// Of calls to the Public API. In Terraform, too, # begins a comment.
bool isScript(std::string_view text)
{
    return (text.starts_with("#!") || text.starts_with("curl ") || text.starts_with(kSecretScript))
        && text.find("/destinations") != std::string_view::npos;
}

Result<Findings> findInAll(std::span<const NamedText> texts, const std::atomic<bool> *cancelled)
{
    Findings findings;
    std::vector<const NamedText *> terraform;
    for (const NamedText &text : texts) {
        if (isSet(cancelled))
            return fail(importCancelled());
        Result<void> found;
        switch (text.name.ends_with(kTerraformJson) ? Format::Terraform : sniffFormat(text.text)) {
        case Format::Hookbench:
            found = findInProject(text, findings);
            break;
        case Format::Segment:
            found = findInSegmentJson(text, findings);
            break;
        case Format::Curl:
            found = findInCurl(text, findings);
            break;
        case Format::Terraform:
            terraform.push_back(&text);
            break;
        }
        if (!found)
            return fail(std::move(found.error()));
    }
    if (Result<void> found = findInTerraform(terraform, cancelled, findings); !found)
        return fail(std::move(found.error()));
    return findings;
}

/// Its action says so; without one, settings that only this action has.
bool isSend(const FoundMapping &found)
{
    if (!found.actionId.empty())
        return found.actionId == kSendActionId || found.actionId == kSendAction;
    return (found.mapping.settings->contains("url") && found.mapping.settings->contains("method"))
        || found.mapping.settings->contains("__segment_internal_directive");
}

/// Takes the shared secret out of the settings: it never is in a project.
void takeSecret(ImportedDestination &destination, bool isPlaceholder)
{
    const json::Value secret = destination.project.settings->find("sharedSecret");
    if (secret.isUndefined())
        return;
    if (isPlaceholder) {
        // The reader has told of it.
    } else if (secret.isString() && standInOf(secret.asString()) == StandIn::Masked) {
        destination.issues.push_back({ Severity::Warning, "secret-masked", "/settings",
            fmt::format("The shared secret is masked ({}), so it is unknown. Enter it before you sign.",
                escapeForDisplay(secret.asString())) });
    } else if (!secret.isNullish() && !secret.isContainer() && !json::toText(secret).empty()) {
        destination.sharedSecret = json::toText(secret);
    }
    if (const auto without = json::removed(destination.project.settings, "/sharedSecret"))
        destination.project.settings = *without;
}

/// `issues` of a part, with the part's place in front of their paths.
void addIssues(const Issues &issues, const std::string &place, Issues &all)
{
    for (Issue issue : issues) {
        issue.path = place + issue.path;
        all.push_back(std::move(issue));
    }
}

class Assembly
{
public:
    explicit Assembly(Findings findings)
        : m_findings(std::move(findings))
    {
    }

    Imported run()
    {
        for (std::size_t i = 0; i < m_findings.destinations.size(); ++i)
            for (const FoundName &name : m_findings.destinations[i].names) {
                m_named.try_emplace(keyOf(name), i);
                ++m_bearers[name.name];
                m_anywhere.try_emplace(name.name, i);
            }
        decideKinds();
        Imported imported;
        for (FoundDestination &found : m_findings.destinations) {
            if (!found.isWebhooks) {
                ++imported.otherDestinations;
                m_places.push_back(kNowhere);
                continue;
            }
            m_places.push_back(imported.destinations.size());
            imported.destinations.push_back(start(found));
        }
        for (FoundMapping &found : m_findings.mappings)
            add(found, imported);
        for (ImportedDestination &project : m_findings.projects)
            imported.destinations.push_back(std::move(project));
        for (ImportedDestination &destination : imported.destinations)
            finish(destination);
        return imported;
    }

private:
    static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

    static std::string keyOf(const FoundName &name) { return name.place + '\n' + name.name; }

    /// The destination a mapping means: in its own folder, or else the only one of that name.
    std::optional<std::size_t> named(const FoundName &name) const
    {
        if (const auto found = m_named.find(keyOf(name)); found != m_named.end())
            return found->second;
        const auto bearers = m_bearers.find(name.name);
        return bearers == m_bearers.end() || bearers->second > 1 ? std::nullopt
                                                                 : std::optional(m_anywhere.at(name.name));
    }

    /// Where the metadata is a reference, the first mapping says what kind of destination it is.
    void decideKinds()
    {
        for (const FoundMapping &mapping : m_findings.mappings) {
            const std::optional<std::size_t> meant = named(mapping.destination);
            if (!meant)
                continue;
            FoundDestination &destination = m_findings.destinations[*meant];
            if (!destination.isKindKnown && isSend(mapping))
                destination.isWebhooks = true;
        }
    }

    static ImportedDestination start(FoundDestination &found)
    {
        ImportedDestination destination;
        destination.key = found.key;
        destination.project = newProject(found.name);
        destination.project.enabled = found.enabled;
        destination.project.settings = found.settings;
        destination.issues = std::move(found.issues);
        takeSecret(destination, found.secretUnknown);
        return destination;
    }

    std::size_t placeOf(const FoundMapping &found, Imported &imported)
    {
        if (const std::optional<std::size_t> meant = named(found.destination))
            return m_places.at(*meant);
        const std::string &name = found.destination.name;
        if (name.empty() && m_findings.destinations.size() == 1)
            return m_places.front();
        if (!isSend(found))
            return kNowhere;
        const auto [orphans, isNew] = m_orphans.try_emplace(keyOf(found.destination), imported.destinations.size());
        if (isNew) {
            ImportedDestination destination;
            destination.key = name;
            destination.project = newProject(name.empty() ? "Imported mappings" : name);
            imported.destinations.push_back(std::move(destination));
        }
        return orphans->second;
    }

    void add(FoundMapping &found, Imported &imported)
    {
        const std::size_t place = placeOf(found, imported);
        if (place == kNowhere)
            return;
        ImportedDestination &destination = imported.destinations[place];
        addIssues(
            found.issues, json::childPointer("/mappings", destination.project.mappings.size()), destination.issues);
        found.mapping.settings = withTypedBatching(found.mapping.settings);
        destination.project.mappings.push_back(std::move(found.mapping));
    }

    static void finish(ImportedDestination &destination)
    {
        destination.project.id = newId();
        takeSecret(destination, false);
        for (std::size_t i = 0; i < destination.project.mappings.size(); ++i)
            visitTexts(destination.project.mappings[i].settings, json::childPointer("/mappings", i) + "/settings",
                [&](std::string_view text, const std::string &pointer) {
                    if (standInOf(text) == StandIn::Masked)
                        destination.issues.push_back(
                            { Severity::Warning, "value-masked", pointer, maskedMessage(text) });
                });
    }

    Findings m_findings;
    std::unordered_map<std::string, std::size_t> m_named; ///< by place and name, to an index of findings
    std::unordered_map<std::string, std::size_t> m_anywhere; ///< by name, to an index of findings
    std::unordered_map<std::string, std::size_t> m_bearers; ///< how many have a name
    std::unordered_map<std::string, std::size_t> m_orphans; ///< mappings whose destination is not there
    std::vector<std::size_t> m_places; ///< of each found destination among the imported
};

} // namespace

std::string_view formatName(Format format)
{
    return kFormatNames[static_cast<std::size_t>(format)];
}

std::optional<Format> formatFromName(std::string_view name)
{
    const auto found = std::find(std::begin(kFormatNames), std::end(kFormatNames), name);
    if (found == std::end(kFormatNames))
        return std::nullopt;
    return static_cast<Format>(found - std::begin(kFormatNames));
}

Format sniffFormat(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return Format::Terraform;
    if (text[first] != '{' && text[first] != '[')
        return isScript(text.substr(first)) ? Format::Curl : Format::Terraform;
    if (text[first] == '{') {
        json::Arena arena;
        const Result<json::Value> value = json::parseBorrowing(arena, text);
        if (value && value->contains("hookbench"))
            return Format::Hookbench;
        if (value && value->find("resource").isContainer())
            return Format::Terraform;
    }
    return Format::Segment;
}

Error importCancelled()
{
    return { "import-cancelled", "The import was cancelled.", {}, std::nullopt };
}

Error inText(Error error, std::string_view name)
{
    if (!name.empty())
        error.message = fmt::format("{}: {}", escapeForDisplay(name), error.message);
    return error;
}

json::Document withTypedBatching(const json::Document &settings)
{
    json::Document typed = settings;
    const json::Value size = settings->find("batch_size");
    const std::string_view digits = size.isString() ? size.asString() : std::string_view();
    const bool canonical = !digits.empty() && digits.size() < 10 && (digits == "0" || digits[0] != '0')
        && digits.find_first_not_of("0123456789") == std::string_view::npos;
    if (canonical)
        typed = *json::replaced(typed, "/batch_size", json::Value::number(std::stod(std::string(digits))));
    const json::Value batching = settings->find("enable_batching");
    if (batching.isString() && (batching.asString() == "true" || batching.asString() == "false"))
        typed = *json::replaced(typed, "/enable_batching", json::Value::boolean(batching.asString() == "true"));
    return typed;
}

Result<Imported> importTexts(std::span<const NamedText> texts, const std::atomic<bool> *cancelled)
{
    Result<Findings> findings = findInAll(texts, cancelled);
    if (!findings)
        return fail(std::move(findings.error()));
    Imported imported = Assembly(std::move(*findings)).run();
    if (imported.destinations.empty())
        return fail("import-nothing",
            fmt::format("There is no Webhooks (Actions) destination and no mapping of one here{}. Webhooks (Actions) "
                        "has the metadata id {}.",
                imported.otherDestinations == 0 ? std::string()
                                                : fmt::format(", only {} of another or an unknown kind",
                                                    counted(imported.otherDestinations, "destination")),
                kWebhooksMetadataId));
    return imported;
}

} // namespace hookbench::destination
