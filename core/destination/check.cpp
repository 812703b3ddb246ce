#include "core/destination/check.h"

#include "core/destination/directive_traps.h"
#include "core/destination/golden_test.h"
#include "core/destination/limits.h"
#include "core/destination/settings_check.h"
#include "core/destination/stand_in.h"
#include "core/fql/lint.h"
#include "core/json/pointer.h"
#include "core/json/text.h"
#include "core/mapping/validate.h"

#include <fmt/format.h>

namespace hookbench::destination {

namespace {

void checkName(const Project &project, std::size_t index, const std::string &pointer, Issues &issues)
{
    const std::string &name = project.mappings[index].name;
    const std::string at = json::childPointer(pointer, "name");
    if (name.empty())
        issues.push_back({ Severity::Warning, "mapping-name-empty", at, "The mapping has no name. Give it one." });
    else if (mappingsNamed(project, name).front() != index)
        issues.push_back({ Severity::Info, "mapping-name-twice", at,
            fmt::format("Mapping #{} has the same name; on the command line name them by number: --only \"#{}\".",
                mappingsNamed(project, name).front(), index) });
}

void checkMapping(const Project &project, std::size_t index, Issues &issues)
{
    const Mapping &mapping = project.mappings[index];
    const std::string pointer = json::childPointer("/mappings", index);
    checkName(project, index, pointer, issues);
    if (!mapping.action.empty() && mapping.action != kSendAction)
        issues.push_back({ Severity::Error, "mapping-action", json::childPointer(pointer, "action"),
            fmt::format(
                "The action is \"{}\"; the Webhooks destination has \"{}\" only.", mapping.action, kSendAction) });
    const Issues trigger = fql::lint(mapping.trigger, json::childPointer(pointer, "trigger"));
    issues.insert(issues.end(), trigger.begin(), trigger.end());
    const std::string settings = json::childPointer(pointer, "settings");
    if (mapping.settings->isObject()) {
        const Issues mistakes = mapping::lint(mapping.settings, settings);
        issues.insert(issues.end(), mistakes.begin(), mistakes.end());
        checkDirectiveTraps(mapping.settings, settings, issues);
    }
    checkSettings(mapping.settings, settings, issues);
    checkStandIns(mapping.settings, settings, issues);
}

void checkProject(const Project &project, Issues &issues)
{
    if (project.name.empty())
        issues.push_back(
            { Severity::Warning, "project-name-empty", "/name", "The destination has no name. Give it one." });
    if (project.settings->find("sharedSecret").kind() != json::Kind::Undefined)
        issues.push_back({ Severity::Warning, "secret-in-file", "/settings/sharedSecret",
            "A shared secret in the project file is not used: Hookbench keeps it in the keychain. Remove it here, and "
            "change it if others could read the file." });
    if (project.mappings.empty())
        issues.push_back(
            { Severity::Info, "mappings-none", "/mappings", "There is no mapping yet, so every event is discarded." });
    if (project.mappings.size() > kMaxMappings)
        issues.push_back({ Severity::Error, "mappings-too-many", "/mappings",
            fmt::format("There are {} mappings; Segment takes at most {} for a destination.", project.mappings.size(),
                kMaxMappings) });
    for (std::size_t i = 0; i < project.events.size(); ++i)
        if (const json::Value event = project.events[i].event; !event.isObject())
            issues.push_back({ Severity::Error, "event-no-object", fmt::format("/events/{}/event", i),
                fmt::format("A saved event is a JSON object, found {}.", json::kindName(event.kind())) });
}

} // namespace

Issues check(const Project &project)
{
    Issues issues;
    checkProject(project, issues);
    for (std::size_t i = 0; i < project.mappings.size(); ++i)
        checkMapping(project, i, issues);
    const Issues ofTests = goldenTestIssues(project);
    issues.insert(issues.end(), ofTests.begin(), ofTests.end());
    return issues;
}

Issues issuesOf(const Project &project, std::size_t mappingIndex)
{
    Issues issues;
    if (mappingIndex < project.mappings.size())
        checkMapping(project, mappingIndex, issues);
    return issues;
}

} // namespace hookbench::destination
