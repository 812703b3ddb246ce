#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/follow_run.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/journal_file.h"
#include "app/hookbench-cli/plan_options.h"
#include "core/delivery/network_transport.h"
#include "core/delivery/redirect_follower.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/storage/locations.h"

#include <fmt/format.h>

namespace hookbench::cli {

namespace {

constexpr const char *kUnknown = "error:program-ended";

void addSendOptions(QCommandLineParser &parser)
{
    addTransportOptions(parser);
    parser.addOption({ QStringLiteral("flush-interval"),
        QStringLiteral(
            "Send a batch when its first event is S seconds old (default 1 for standard input, never for files)."),
        QStringLiteral("S") });
    parser.addOption({ QStringLiteral("journal"),
        QStringLiteral("Record deliveries in FILE (default: the user's journal)."), QStringLiteral("FILE") });
    parser.addOption({ QStringLiteral("no-journal"), QStringLiteral("Record nothing.") });
    parser.addOption({ QStringLiteral("resume"),
        QStringLiteral(
            "Go on with what the journal holds parked after a stop, oldest first, as it was made and signed. "
            "What a killed program was sending has an unknown outcome and is not sent.") });
}

std::optional<pipeline::RunOptions> readRunOptions(const QCommandLineParser &parser, bool live)
{
    auto options = readTransportOptions(parser);
    const auto flush = numberOf(parser, QStringLiteral("flush-interval"), live ? 1 : 0, 0, 86'400);
    if (!options || !flush)
        return std::nullopt;
    if (*flush > 0)
        options->flushInterval = std::chrono::milliseconds(static_cast<std::int64_t>(*flush * 1000));
    return options;
}

Result<std::string> journalPath(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("journal")))
        return valueOf(parser, QStringLiteral("journal"));
    return storage::prepareJournalPath();
}

Result<std::unique_ptr<journal::Journal>> journalOf(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("no-journal")))
        return std::unique_ptr<journal::Journal>();
    return journalPath(parser).and_then(openJournal);
}

Result<std::vector<std::int64_t>> parkedIn(const journal::Journal &journal)
{
    std::vector<std::int64_t> sequences;
    return query::parse("verdict:parked")
        .and_then([&](const query::Query &parked) {
            journal::Listing listing{ parked };
            listing.descending = false;
            return journal.list(listing, wallNow(), {}, [&](std::span<const std::int64_t> piece) {
                sequences.insert(sequences.end(), piece.begin(), piece.end());
                return true;
            });
        })
        .map([&] { return sequences; });
}

/// It is for a person to find out whether they arrived.
void sayWhatIsUnknown(const journal::Journal &journal)
{
    const auto unknown
        = query::parse(kUnknown).and_then([&](const query::Query &query) { return journal.count(query, wallNow()); });
    if (!unknown || *unknown == 0)
        return;
    say(fmt::format("{} an unknown outcome, since the program that sent them ended before an answer was recorded. They "
                    "are not sent again by themselves. See them: hookbench-cli journal '{}' --query {}; send them "
                    "again: hookbench-cli resend '{}' --query {}",
        *unknown == 1 ? "One delivery has" : fmt::format("{} deliveries have", *unknown), journal.path(), kUnknown,
        journal.path(), kUnknown));
}

int resume(const QCommandLineParser &parser)
{
    for (const char *option : { "destination", "events", "only", "url", "skip-invalid", "flush-interval",
             "signature-mode", "secret-file", "no-journal" }) {
        if (parser.isSet(QLatin1String(option)))
            return unusable(fmt::format(
                "--{} does not go with --resume: what is parked goes out as it was made and signed.", option));
    }
    const auto options = readTransportOptions(parser);
    if (!options)
        return Unusable;
    const auto journal = journalPath(parser).and_then(openExistingJournal);
    if (!journal)
        return unusable(journal.error().message);
    auto parked = parkedIn(**journal);
    if (!parked)
        return unusable(parked.error().message);
    sayWhatIsUnknown(**journal);
    if (parked->empty())
        say(fmt::format("Nothing is parked in {}.", (*journal)->path()));
    const SystemClock clock;
    delivery::NetworkTransport network;
    delivery::RedirectFollower transport(network, clock);
    pipeline::JournalWriter writer(**journal);
    pipeline::ResendRun run(
        std::move(*parked), {}, std::nullopt, *options, **journal, &writer, transport, clock, nullptr);
    run.continueParked();
    const bool includeSecret = parser.isSet(QStringLiteral("include-secret"));
    return conclude(follow(run, pipeline::Rest::Park, includeSecret), &writer, (*journal)->path());
}

} // namespace

int runSend(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Sends events through a destination: a line for each delivery when it ends, a summary last. "
                       "Ctrl+C or SIGTERM lets requests in flight end and parks the rest in the journal; --resume goes "
                       "on with it."));
    addDestinationOptions(parser);
    addEventOptions(parser);
    addPlanOptions(parser);
    addSendOptions(parser);
    if (const auto over = parse(parser, "send", arguments))
        return *over;
    if (parser.isSet(QStringLiteral("resume")))
        return resume(parser);
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

    const SystemClock clock;
    mapping::LiquidEngine liquid;
    delivery::NetworkTransport network;
    delivery::RedirectFollower transport(network, clock);
    std::optional<pipeline::JournalWriter> writer;
    if (*journal)
        writer.emplace(**journal);
    const bool live = events->live;
    pipeline::Run run(std::make_shared<const pipeline::Plan>(destination->project, *planOptions),
        std::move(events->source), std::move(*options), transport, clock, &liquid, writer ? &*writer : nullptr);

    const pipeline::Rest rest = !*journal ? pipeline::Rest::Cancel
        : live                            ? pipeline::Rest::ParkRead
                                          : pipeline::Rest::Park;
    const RunEnd end = follow(run, rest, parser.isSet(QStringLiteral("include-secret")));
    return conclude(end, writer ? &*writer : nullptr, *journal ? (*journal)->path() : std::string());
}

} // namespace hookbench::cli
