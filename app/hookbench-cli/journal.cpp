#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/journal_file.h"
#include "core/journal/export.h"

#include <cstdio>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

void print(const std::string &text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

Result<void> printPiece(const journal::Journal &journal, std::span<const std::int64_t> sequences, bool csv,
    const journal::ExportOptions &options)
{
    const auto rows = journal.rows(sequences);
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    for (const journal::DeliveryRow &row : *rows) {
        if (csv) {
            print(journal::csvLine(row, options));
            continue;
        }
        const auto record = journal.delivery(row.id);
        if (!record)
            return tl::unexpected<Error>(record.error());
        if (*record)
            print(journal::ndjsonLine(**record, options));
    }
    std::fflush(stdout);
    return {};
}

} // namespace

int runJournal(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Prints the deliveries of a journal that a filter finds, newest first: a line for each."));
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("The journal."));
    addQueryOption(parser);
    parser.addOption(
        { QStringLiteral("ndjson"), QStringLiteral("A JSON object a line, with all that is known (default).") });
    parser.addOption({ QStringLiteral("csv"), QStringLiteral("Comma-separated values, without headers and bodies.") });
    parser.addOption({ QStringLiteral("limit"), QStringLiteral("At most N deliveries."), QStringLiteral("N") });
    parser.addOption({ QStringLiteral("include-secret"),
        QStringLiteral("Show Authorization, Cookie and URL credentials as they are.") });
    if (const auto over = parse(parser, "journal", arguments))
        return *over;
    if (parser.positionalArguments().size() != 1)
        return unusable("give one journal: hookbench-cli journal FILE.");
    const bool csv = parser.isSet(QStringLiteral("csv"));
    if (csv && parser.isSet(QStringLiteral("ndjson")))
        return unusable("give either --ndjson or --csv.");
    const auto limit = numberOf(parser, QStringLiteral("limit"), 1e15, 0, 1e15);
    if (!limit)
        return Unusable;
    const auto query = readQuery(parser);
    if (!query)
        return unusable(query.error().message);
    auto journal = openExistingJournal(parser.positionalArguments().front().toStdString());
    if (!journal)
        return unusable(journal.error().message);
    const journal::ExportOptions options{ parser.isSet(QStringLiteral("include-secret")) };
    if (csv)
        print(journal::csvHeader());
    auto left = static_cast<std::uint64_t>(*limit);
    Result<void> printed;
    const auto listed = (*journal)->list({ *query }, wallNow(), {}, [&](std::span<const std::int64_t> piece) {
        piece = piece.first(std::min<std::size_t>(piece.size(), left));
        left -= piece.size();
        for (std::size_t at = 0; at < piece.size() && printed; at += 256)
            printed
                = printPiece(**journal, piece.subspan(at, std::min<std::size_t>(256, piece.size() - at)), csv, options);
        return printed && left > 0;
    });
    if (!listed || !printed) {
        say("hookbench-cli: " + (listed ? printed.error() : listed.error()).message);
        return SomethingFailed;
    }
    return AllGood;
}

} // namespace hookbench::cli
