#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/event_loop.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/line.h"
#include "core/fql/trigger.h"

#include <algorithm>

namespace hookbench::cli {

namespace {

struct NamedTrigger
{
    std::optional<std::size_t> index; ///< of the mapping; none: --trigger
    std::string name;
    Result<fql::Trigger> trigger;
};

Result<std::vector<NamedTrigger>> readTriggers(
    const QCommandLineParser &parser, std::optional<Destination> &destination)
{
    std::vector<NamedTrigger> triggers;
    if (parser.isSet(QStringLiteral("trigger"))) {
        Result<fql::Trigger> trigger = fql::parse(valueOf(parser, QStringLiteral("trigger")));
        if (!trigger)
            return tl::unexpected<Error>(std::move(trigger.error()));
        triggers.push_back({ std::nullopt, {}, std::move(trigger) });
        return triggers;
    }
    Result<Destination> read = readDestination(parser);
    if (!read)
        return tl::unexpected<Error>(std::move(read.error()));
    destination = std::move(*read);
    for (std::size_t i = 0; i < destination->project.mappings.size(); ++i) {
        const std::vector<std::size_t> &only = destination->only;
        const destination::Mapping &mapping = destination->project.mappings[i];
        if (only.empty() || std::find(only.begin(), only.end(), i) != only.end())
            triggers.push_back({ i, mapping.name, fql::parse(mapping.trigger) });
    }
    return triggers;
}

} // namespace

int runMatch(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Says which events a trigger matches, or each mapping of a destination (enabled or not)."));
    parser.addOption({ QStringLiteral("trigger"), QStringLiteral("A trigger in FQL."), QStringLiteral("FQL") });
    addDestinationOptions(parser);
    addEventOptions(parser);
    if (const auto over = parse(parser, "match", arguments))
        return *over;
    if (parser.isSet(QStringLiteral("trigger")) == parser.isSet(QStringLiteral("destination")))
        return unusable("give either --trigger FQL or --destination FILE.");
    std::optional<Destination> destination;
    const Result<std::vector<NamedTrigger>> triggers = readTriggers(parser, destination);
    if (!triggers)
        return unusable(triggers.error().message);
    Result<Events> events = openEvents(parser, destination ? &destination->project : nullptr);
    if (!events)
        return unusable(events.error().message);

    int code = AllGood;
    forEachItem(*events->source, [&](const event::Item &item) {
        if (!item.ok()) {
            printBadLine(item.line, item.event.error());
            code = SomethingFailed;
            return;
        }
        for (const NamedTrigger &trigger : *triggers) {
            Line line;
            line.number("event", static_cast<double>(item.index));
            if (trigger.index)
                line.text("mapping", trigger.name).number("index", static_cast<double>(*trigger.index));
            // Segment: a trigger that cannot be read never matches, one that throws on this event fails the event.
            const Result<bool> matched = trigger.trigger ? trigger.trigger->matches(*item.event) : Result<bool>(false);
            if (matched) {
                line.boolean("matched", *matched);
            } else {
                line.boolean("matched", false).error("error", matched.error());
                code = SomethingFailed;
            }
            line.print();
        }
    });
    return code;
}

} // namespace hookbench::cli
