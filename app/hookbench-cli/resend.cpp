#include "app/hookbench-cli/follow_run.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/journal_file.h"
#include "app/hookbench-cli/plan_options.h"
#include "core/delivery/network_transport.h"
#include "core/delivery/redirect_follower.h"
#include "core/mapping/liquid/liquid_engine.h"

#include <fmt/format.h>

namespace hookbench::cli {

namespace {

/// Those of the ids, in that order, and those that --query finds, oldest first, as they were sent.
Result<std::vector<std::int64_t>> chosen(
    const QCommandLineParser &parser, const journal::Journal &journal, const QStringList &ids)
{
    std::vector<std::int64_t> sequences;
    for (const QString &id : ids) {
        const auto record = journal.delivery(id.toStdString());
        if (!record)
            return tl::unexpected<Error>(record.error());
        if (!*record)
            return fail("delivery-unknown", fmt::format("The journal holds no delivery \"{}\".", id.toStdString()));
        sequences.push_back((*record)->sequence);
    }
    if (!parser.isSet(QStringLiteral("query")))
        return sequences;
    const auto query = readQuery(parser);
    if (!query)
        return tl::unexpected<Error>(query.error());
    journal::Listing listing{ *query };
    listing.descending = false;
    return journal
        .list(listing, wallNow(), {},
            [&](std::span<const std::int64_t> piece) {
                sequences.insert(sequences.end(), piece.begin(), piece.end());
                return true;
            })
        .map([&] { return sequences; });
}

} // namespace

int runResend(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Sends recorded deliveries again, as they were unless told otherwise: a line for each when it ends, a summary "
        "last. They are recorded in the same journal, with the delivery they repeat."));
    parser.addPositionalArgument(QStringLiteral("JOURNAL"), QStringLiteral("The journal."));
    parser.addPositionalArgument(QStringLiteral("ID"), QStringLiteral("Deliveries by id."), QStringLiteral("[ID…]"));
    addQueryOption(parser);
    parser.addOption({ QStringLiteral("re-sign"),
        QStringLiteral("Sign the bytes with the secret at hand; otherwise the recorded signature goes out.") });
    parser.addOption({ QStringLiteral("re-map"),
        QStringLiteral("Map the recorded events anew, with the mapping of the same name in --destination.") });
    addDestinationOptions(parser);
    addPlanOptions(parser);
    addTransportOptions(parser);
    if (const auto over = parse(parser, "resend", arguments))
        return *over;
    QStringList ids = parser.positionalArguments();
    if (ids.isEmpty())
        return unusable("name the journal: hookbench-cli resend JOURNAL ID….");
    const std::string path = ids.takeFirst().toStdString();
    if (ids.isEmpty() && !parser.isSet(QStringLiteral("query")))
        return unusable("name deliveries by their ids, or with --query.");
    const auto plan = readPlanOptions(parser);
    if (!plan)
        return unusable(plan.error().message);
    const auto options = readTransportOptions(parser);
    if (!options)
        return Unusable;

    pipeline::Resend resend;
    resend.reSign = parser.isSet(QStringLiteral("re-sign"));
    resend.secret = plan->secret;
    resend.url = plan->url;
    if (parser.isSet(QStringLiteral("signature-mode")))
        resend.signatureMode = plan->signatureMode;
    if (resend.reSign && resend.secret.empty())
        return unusable("--re-sign needs a secret: set HOOKBENCH_SHARED_SECRET or give --secret-file FILE.");
    std::optional<pipeline::Remap> remap;
    if (parser.isSet(QStringLiteral("re-map"))) {
        const Result<Destination> destination = readDestination(parser);
        if (!destination)
            return unusable(destination.error().message);
        if (destination->only.size() > 1)
            return unusable("--only names one mapping to map with, or none.");
        remap.emplace();
        remap->plan = std::make_shared<const pipeline::Plan>(destination->project, *plan);
        if (!destination->only.empty())
            remap->mapping = destination->only.front();
    } else if (parser.isSet(QStringLiteral("destination"))) {
        return unusable("--destination is for --re-map.");
    }
    auto journal = openExistingJournal(path);
    if (!journal)
        return unusable(journal.error().message);
    auto sequences = chosen(parser, **journal, ids);
    if (!sequences)
        return unusable(sequences.error().message);

    const SystemClock clock;
    mapping::LiquidEngine liquid;
    delivery::NetworkTransport network;
    delivery::RedirectFollower transport(network, clock);
    pipeline::JournalWriter writer(**journal);
    pipeline::ResendRun run(
        std::move(*sequences), resend, remap, *options, **journal, &writer, transport, clock, &liquid);
    const bool includeSecret = parser.isSet(QStringLiteral("include-secret"));
    return conclude(follow(run, pipeline::Rest::Park, includeSecret), &writer, (*journal)->path());
}

} // namespace hookbench::cli
