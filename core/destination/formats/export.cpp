#include "core/base/display.h"
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/destination/formats/writing.h"
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
    for (const SecretPlace &secret : secretPlaces(settings)) {
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
    if (project.mappings.size() < writing.project.mappings.size() && project.tests->isArray()) {
        const auto arena = std::make_shared<json::Arena>();
        arena->keepAlive(project.tests.arena());
        std::vector<json::Value> tests;
        for (const json::Value test : project.tests->items()) {
            const json::Value mapping = test.find("mapping");
            if (!mapping.isString() || !mappingsNamed(project, mapping.asString()).empty())
                tests.push_back(test);
        }
        project.tests = json::Document(arena, json::makeArray(*arena, tests));
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
