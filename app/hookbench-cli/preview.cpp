#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/event_loop.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/line.h"
#include "app/hookbench-cli/plan_options.h"
#include "core/base/clock.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/batches.h"

#include <algorithm>
#include <tuple>

namespace hookbench::cli {

namespace {

// Puts requests in the order of their first events: a batch closes long after the event it began with.
class InOrder
{
public:
    explicit InOrder(bool includeSecret)
        : m_includeSecret(includeSecret)
    {
    }

    void add(std::vector<pipeline::Dispatch> dispatches)
    {
        for (pipeline::Dispatch &dispatch : dispatches) {
            m_failed = m_failed || !dispatch.request || !dispatch.failures.empty();
            m_held.push_back(std::move(dispatch));
        }
    }

    void print()
    {
        std::stable_sort(m_held.begin(), m_held.end(), [](const pipeline::Dispatch &a, const pipeline::Dispatch &b) {
            const auto key = [](const pipeline::Dispatch &d) {
                return std::tuple(d.events.empty() ? 0 : d.events.front(), d.mapping);
            };
            return key(a) < key(b);
        });
        for (const pipeline::Dispatch &dispatch : m_held) {
            Line().dispatch(dispatch, m_includeSecret).print();
            if (dispatch.request || dispatch.batch)
                for (const pipeline::EventFailure &failure : dispatch.failures)
                    Line()
                        .text("mapping", dispatch.mappingName)
                        .number("index", static_cast<double>(dispatch.mapping))
                        .indexes("events", { failure.event })
                        .error("error", failure.error)
                        .print();
        }
        m_held.clear();
    }

    bool anyFailed() const { return m_failed; }

private:
    bool m_includeSecret;
    bool m_failed = false;
    std::vector<pipeline::Dispatch> m_held;
};

} // namespace

int runPreview(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Prints the requests that events would become, byte for byte; nothing is sent."));
    addDestinationOptions(parser);
    addEventOptions(parser);
    addPlanOptions(parser);
    if (const auto over = parse(parser, "preview", arguments))
        return *over;
    const Result<Destination> destination = readDestination(parser);
    if (!destination)
        return unusable(destination.error().message);
    const Result<pipeline::PlanOptions> options = readPlanOptions(parser);
    if (!options)
        return unusable(options.error().message);
    if (const auto refused = refuseUnusable(*destination, options->url.has_value()))
        return unusable(refused->message);
    Result<Events> events = openEvents(parser, &destination->project);
    if (!events)
        return unusable(events.error().message);

    const auto plan = std::make_shared<const pipeline::Plan>(destination->project, *options);
    mapping::LiquidEngine liquid;
    pipeline::Batches batches(plan, &liquid);
    const SystemClock clock;
    InOrder requests(parser.isSet(QStringLiteral("include-secret")));
    int code = AllGood;
    forEachItem(*events->source, [&](const event::Item &item) {
        if (!item.ok()) {
            printBadLine(item.line, item.event.error());
            code = SomethingFailed;
            return;
        }
        for (const pipeline::ReadyMapping &mapping : plan->mappings()) {
            const std::vector<std::size_t> &only = destination->only;
            if (!mapping.enabled || (!only.empty() && std::find(only.begin(), only.end(), mapping.index) == only.end()))
                continue;
            const Result<bool> matches = batches.matches(mapping, *item.event);
            if (!matches)
                requests.add({ pipeline::Dispatch{
                    mapping.index, mapping.name, false, { item.index }, tl::unexpected<Error>(matches.error()), {} } });
            else if (*matches)
                requests.add(batches.add(mapping, item.index, *item.event, clock.steady()));
        }
        if (batches.pendingEvents() == 0)
            requests.print();
    });
    requests.add(batches.flush());
    requests.print();
    return requests.anyFailed() ? SomethingFailed : code;
}

} // namespace hookbench::cli
