#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/event_loop.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/line.h"
#include "core/json/parse.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/mapping/mapping.h"
#include "core/storage/file.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

struct NamedMapping
{
    std::optional<std::size_t> index;
    std::string name;
    Result<mapping::Mapping> mapping;
};

Result<std::vector<NamedMapping>> readMappings(
    const QCommandLineParser &parser, std::optional<Destination> &destination)
{
    std::vector<NamedMapping> mappings;
    if (parser.isSet(QStringLiteral("mapping"))) {
        const std::string path = valueOf(parser, QStringLiteral("mapping"));
        const Result<std::string> text = storage::readFile(path);
        if (!text)
            return tl::unexpected<Error>(text.error());
        const Result<json::Document> value = json::parse(*text);
        if (!value)
            return fail(value.error().code, fmt::format("{}: {}", path, value.error().message));
        Result<mapping::Mapping> mapping = mapping::Mapping::compile(value->root());
        if (!mapping)
            return fail(mapping.error().code,
                fmt::format("{}, at \"{}\": {}", path, mapping.error().path, mapping.error().message));
        mappings.push_back({ std::nullopt, {}, std::move(mapping) });
        return mappings;
    }
    Result<Destination> read = readDestination(parser);
    if (!read)
        return tl::unexpected<Error>(std::move(read.error()));
    destination = std::move(*read);
    for (std::size_t i = 0; i < destination->project.mappings.size(); ++i) {
        const std::vector<std::size_t> &only = destination->only;
        const destination::Mapping &mapping = destination->project.mappings[i];
        if (only.empty() || std::find(only.begin(), only.end(), i) != only.end())
            mappings.push_back({ i, mapping.name, mapping::Mapping::compile(mapping.settings.root()) });
    }
    return mappings;
}

} // namespace

int runTransform(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Prints what a mapping makes of each event. Triggers and the enabled switch are ignored."));
    parser.addOption({ QStringLiteral("mapping"), QStringLiteral("A file with any mapping value, as JSON."),
        QStringLiteral("FILE") });
    addDestinationOptions(parser);
    addEventOptions(parser);
    if (const auto over = parse(parser, "transform", arguments))
        return *over;
    if (parser.isSet(QStringLiteral("mapping")) == parser.isSet(QStringLiteral("destination")))
        return unusable("give either --mapping FILE or --destination FILE.");
    std::optional<Destination> destination;
    const Result<std::vector<NamedMapping>> mappings = readMappings(parser, destination);
    if (!mappings)
        return unusable(mappings.error().message);
    Result<Events> events = openEvents(parser, destination ? &destination->project : nullptr);
    if (!events)
        return unusable(events.error().message);

    int code = AllGood;
    mapping::LiquidEngine liquid;
    json::Arena arena;
    forEachItem(*events->source, [&](const event::Item &item) {
        if (!item.ok()) {
            printBadLine(item.line, item.event.error());
            code = SomethingFailed;
            return;
        }
        for (const NamedMapping &mapping : *mappings) {
            Line line;
            line.number("event", static_cast<double>(item.index));
            if (mapping.index)
                line.text("mapping", mapping.name).number("index", static_cast<double>(*mapping.index));
            arena.reset();
            const Result<json::Value> output = mapping.mapping
                ? mapping.mapping->resolve(*item.event, arena, &liquid)
                : Result<json::Value>(tl::unexpected<Error>(mapping.mapping.error()));
            if (!output) {
                line.error("error", output.error());
                code = SomethingFailed;
            } else if (output->isUndefined()) {
                line.boolean("undefined", true);
            } else {
                line.add("output", *output);
            }
            line.print();
        }
    });
    return code;
}

} // namespace hookbench::cli
