#include "core/base/display.h"
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/destination/formats/writing.h"
#include "core/destination/golden_test.h"
#include "core/destination/stand_in.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::destination {

namespace {

/// The mapping's settings, with its secrets hidden unless they are asked for. What was hidden becomes an issue.
json::Document shownSettings(Writing &writing, std::size_t index)
{
    json::Document settings = writing.project.mappings[index].settings;
    if (writing.includeSecret)
        return settings;
    const std::string place = json::childPointer("/mappings", index) + "/settings";
    for (const SecretPlace &secret : secretPlaces(settings, writing.project.maskedHeaders)) {
        json::Arena arena;
        settings = *json::replaced(settings, secret.pointer, json::makeString(arena, secret.shown));
        settings = json::Document::copyOf(settings);
        writing.issues.push_back({ Severity::Warning, "secret-hidden", place + secret.pointer,
            fmt::format("\"{}\" of mapping \"{}\" is hidden in the export. Put it in where you import it, or export "
                        "with secrets.",
                escapeForDisplay(secret.name), escapeForDisplay(writing.project.mappings[index].name)) });
    }
    return settings;
}

/// The golden tests, with what they expect in secret places hidden unless it is asked for.
json::Document shownTests(Writing &writing)
{
    json::Document tests = writing.project.tests;
    for (std::size_t i = 0; i < testCount(writing.project) && !writing.includeSecret; ++i) {
        const std::string place = json::childPointer({}, i) + "/expect";
        for (const SecretPlace &secret :
            secretPlaces(json::valueAt(writing.project.tests, place), writing.project.maskedHeaders)) {
            const auto hidden = json::replaced(tests, place + secret.pointer, json::Value::string(secret.shown));
            tests = json::Document::copyOf(hidden.value_or(tests));
            writing.issues.push_back({ Severity::Warning, "secret-hidden", "/tests" + place + secret.pointer,
                fmt::format("\"{}\", which a test expects, is hidden in the export.", escapeForDisplay(secret.name)) });
        }
    }
    return tests;
}

/// Those of the mappings that go out, and those that mean none.
json::Document testsOf(const Writing &writing, const json::Document &all, const Project &out)
{
    const auto newPlace = [&](std::size_t place) -> std::optional<std::size_t> {
        const auto found = std::find(writing.mappings.begin(), writing.mappings.end(), place);
        return found == writing.mappings.end() ? std::nullopt
                                               : std::optional<std::size_t>(found - writing.mappings.begin());
    };
    Project before = writing.project;
    before.tests = all;
    const json::Document tests = testsFollowing(before, out, newPlace);
    const auto arena = std::make_shared<json::Arena>();
    arena->keepAlive(tests.arena());
    std::vector<json::Value> kept;
    for (std::size_t i = 0; i < testCount(before); ++i) {
        const json::Value mapping = all->at(i).find("mapping");
        const Result<std::size_t> meant = mapping.isString() ? mappingMeant(before, mapping.asString()) : fail({}, {});
        if (!meant || newPlace(*meant))
            kept.push_back(tests->at(i));
    }
    return json::Document(arena, json::makeArray(*arena, kept));
}

std::string writeHookbench(Writing &writing)
{
    Project project = writing.project;
    // The id is the name under which this machine keeps the secret; a copy is another destination.
    project.id.clear();
    if (!project.settings->isUndefined())
        project.settings = writing.settings;
    project.mappings.clear();
    for (const std::size_t index : writing.mappings) {
        Mapping mapping = writing.project.mappings[index];
        mapping.settings = shownSettings(writing, index);
        project.mappings.push_back(std::move(mapping));
    }
    if (project.tests->isArray()) {
        project.tests = shownTests(writing);
        if (project.mappings.size() < writing.project.mappings.size())
            project.tests = testsOf(writing, project.tests, project);
    }
    if (!writing.sharedSecret.empty())
        writing.issues.push_back({ Severity::Info, "secret-left-out", {},
            "A project file never holds the shared secret; hand it over by another way." });
    return write(project);
}

std::string writeSegment(Writing &writing)
{
    const auto arena = std::make_shared<json::Arena>();
    const auto text = [&](std::string_view wtf8) { return json::makeString(*arena, wtf8); };
    json::ObjectBuilder settings(*arena);
    settings.addAll(writing.settings->members());
    if (!writing.sharedSecret.empty())
        settings.add("sharedSecret", text(writing.sharedSecret));
    json::ObjectBuilder destination(*arena);
    destination.add("metadataId", text(kWebhooksMetadataId));
    destination.add("name", text(writing.project.name));
    destination.add("enabled", json::Value::boolean(writing.project.enabled));
    destination.add("settings", settings.build());
    std::vector<json::Value> subscriptions;
    std::vector<json::Document> alive;
    for (const std::size_t index : writing.mappings) {
        const Mapping &mapping = writing.project.mappings[index];
        alive.push_back(shownSettings(writing, index));
        json::ObjectBuilder subscription(*arena);
        subscription.add("name", text(mapping.name));
        subscription.add("actionId", text(kSendActionId));
        subscription.add("trigger", text(mapping.trigger));
        subscription.add("enabled", json::Value::boolean(mapping.enabled));
        if (alive.back()->isObject())
            subscription.add("settings", alive.back().root());
        subscriptions.push_back(subscription.build());
    }
    writing.issues.push_back({ Severity::Info, "source-unknown", {},
        "A project does not know its source: the Public API wants a sourceId in the destination." });
    const json::Value root = json::ObjectBuilder(*arena)
                                 .add("destination", destination.build())
                                 .add("subscriptions", json::makeArray(*arena, subscriptions))
                                 .build();
    return json::stringify(root, 2) + "\n";
}

} // namespace

Exported exportProject(const Project &project, Format format, const ExportOptions &options)
{
    Writing writing{ project, selectedMappings(project, options), withoutSecret(project.settings),
        options.includeSecret, options.includeSecret ? options.sharedSecret : std::string(), {} };
    Exported exported;
    switch (format) {
    case Format::Hookbench:
        exported.text = writeHookbench(writing);
        break;
    case Format::Segment:
        exported.text = writeSegment(writing);
        break;
    case Format::Terraform:
        exported.text = writeTerraform(writing);
        break;
    case Format::Curl:
        exported.text = writeCurl(writing);
        break;
    }
    exported.issues = std::move(writing.issues);
    for (const std::size_t index : writing.mappings)
        checkStandIns(
            project.mappings[index].settings, json::childPointer("/mappings", index) + "/settings", exported.issues);
    return exported;
}

} // namespace hookbench::destination
