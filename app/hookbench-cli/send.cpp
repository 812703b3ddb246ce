#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/interrupt.h"
#include "app/hookbench-cli/journal_file.h"
#include "app/hookbench-cli/plan_options.h"
#include "app/hookbench-cli/progress_bar.h"
#include "app/hookbench-cli/send_report.h"
#include "core/delivery/network_transport.h"
#include "core/delivery/redirect_follower.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/run.h"
#include "core/storage/locations.h"

#include <QEventLoop>
#include <QTimer>

#include <fmt/format.h>

namespace hookbench::cli {

namespace {

void addSendOptions(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("timeout"), QStringLiteral("Seconds for one request in all (default 10)."),
        QStringLiteral("S") });
    parser.addOption({ QStringLiteral("in-flight"),
        QStringLiteral("Requests on the wire at once, per host (default 6)."), QStringLiteral("N") });
    parser.addOption({ QStringLiteral("flush-interval"),
        QStringLiteral(
            "Send a batch when its first event is S seconds old (default 1 for standard input, never for files)."),
        QStringLiteral("S") });
    parser.addOption({ QStringLiteral("follow-redirects"),
        QStringLiteral("Follow redirects as Segment does; otherwise a redirect is a failed delivery.") });
    parser.addOption({ QStringLiteral("keep-alive"),
        QStringLiteral("Use connections again; otherwise each request has its own, as in Segment.") });
    parser.addOption({ QStringLiteral("journal"),
        QStringLiteral("Record deliveries in FILE (default: the user's journal)."), QStringLiteral("FILE") });
    parser.addOption({ QStringLiteral("no-journal"), QStringLiteral("Record nothing.") });
}

std::optional<pipeline::RunOptions> readRunOptions(const QCommandLineParser &parser, bool live)
{
    pipeline::RunOptions options;
    const auto timeout = numberOf(parser, QStringLiteral("timeout"), 10, 0.001, 3600);
    const auto inFlight = numberOf(parser, QStringLiteral("in-flight"), 6, 1, 256);
    const auto flush = numberOf(parser, QStringLiteral("flush-interval"), live ? 1 : 0, 0, 86'400);
    if (!timeout || !inFlight || !flush)
        return std::nullopt;
    options.transport.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(*timeout * 1000));
    options.transport.followRedirects = parser.isSet(QStringLiteral("follow-redirects"));
    options.transport.keepAlive = parser.isSet(QStringLiteral("keep-alive"));
    options.queue.inFlightPerHost = static_cast<std::size_t>(*inFlight);
    options.queue.inFlight = std::max(options.queue.inFlight, options.queue.inFlightPerHost);
    if (*flush > 0)
        options.flushInterval = std::chrono::milliseconds(static_cast<std::int64_t>(*flush * 1000));
    return options;
}

Result<std::unique_ptr<journal::Journal>> journalOf(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("no-journal")))
        return std::unique_ptr<journal::Journal>();
    if (parser.isSet(QStringLiteral("journal")))
        return openJournal(valueOf(parser, QStringLiteral("journal")));
    const Result<std::string> path = storage::prepareJournalPath();
    if (!path)
        return tl::unexpected<Error>(path.error());
    return openJournal(*path);
}

} // namespace

int runSend(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Sends events through a destination: a line for each delivery when it ends, a summary last."));
    addDestinationOptions(parser);
    addEventOptions(parser);
    addPlanOptions(parser);
    addSendOptions(parser);
    if (const auto over = parse(parser, "send", arguments))
        return *over;
    if (parser.isSet(QStringLiteral("journal")) && parser.isSet(QStringLiteral("no-journal")))
        return unusable("give either --journal FILE or --no-journal.");
    Result<Destination> destination = readDestination(parser);
    if (!destination)
        return unusable(destination.error().message);
    const Result<pipeline::PlanOptions> planOptions = readPlanOptions(parser);
    if (!planOptions)
        return unusable(planOptions.error().message);
    if (const auto refused = refuseUnusable(*destination, planOptions->url.has_value()))
        return unusable(refused->message);
    Result<Events> events = openEvents(parser, &destination->project);
    if (!events)
        return unusable(events.error().message);
    auto options = readRunOptions(parser, events->live);
    if (!options)
        return Unusable;
    options->only = destination->only;
    Result<std::unique_ptr<journal::Journal>> journal = journalOf(parser);
    if (!journal)
        return unusable(journal.error().message + " --no-journal sends without a record.");
    for (const destination::Mapping &mapping : destination->project.mappings)
        if (!mapping.enabled)
            say(fmt::format("Mapping \"{}\" is disabled and left out.", mapping.name));

    const bool includeSecret = parser.isSet(QStringLiteral("include-secret"));
    const SystemClock clock;
    mapping::LiquidEngine liquid;
    delivery::NetworkTransport network;
    delivery::RedirectFollower transport(network, clock);
    std::optional<pipeline::JournalWriter> writer;
    if (*journal)
        writer.emplace(**journal);
    pipeline::Run run(std::make_shared<const pipeline::Plan>(destination->project, *planOptions),
        std::move(events->source), std::move(*options), transport, clock, &liquid, writer ? &*writer : nullptr);

    ProgressBar bar;
    QTimer redraw;
    QObject::connect(&redraw, &QTimer::timeout, [&] { bar.show(run.progress()); });
    redraw.start(100);
    QObject::connect(&run, &pipeline::Run::delivered, [&](const pipeline::DeliveryReport &report) {
        bar.hide();
        printDelivery(report, includeSecret);
    });
    QObject::connect(&run, &pipeline::Run::failed, [&](const pipeline::FailureReport &report) {
        bar.hide();
        printFailure(report);
    });
    QObject::connect(&run, &pipeline::Run::discarded, [&](quint64 event) {
        bar.hide();
        printDiscarded(event);
    });
    Interrupt interrupt;
    bool interrupted = false;
    QObject::connect(&interrupt, &Interrupt::requested, [&] {
        interrupted = true;
        bar.hide();
        say("Stopping: requests in flight may end, the rest is not sent. Once more ends at once.");
        run.stop();
    });
    QEventLoop loop;
    pipeline::RunSummary summary;
    QObject::connect(&run, &pipeline::Run::finished, [&](const pipeline::RunSummary &result) {
        summary = result;
        loop.quit();
    });
    run.start();
    loop.exec();
    redraw.stop();
    bar.hide();
    printSummary(summary);

    bool recorded = true;
    if (writer) {
        writer->flush();
        if (const auto error = writer->error()) {
            say("hookbench-cli: the journal is incomplete: " + error->message);
            recorded = false;
        }
    }
    return summary.failed > 0 || interrupted || !recorded ? SomethingFailed : AllGood;
}

} // namespace hookbench::cli
