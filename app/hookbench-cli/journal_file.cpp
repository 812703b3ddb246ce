#include "app/hookbench-cli/journal_file.h"

#include "core/base/clock.h"
#include "core/journal/salvage.h"

#include <QFile>

#include <fmt/format.h>

namespace hookbench::cli {

void addQueryOption(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("query"),
        QStringLiteral("Only deliveries that match, such as 'status>=500 mapping:\"Orders\" since:1h'."),
        QStringLiteral("FILTER") });
}

Result<query::Query> readQuery(const QCommandLineParser &parser)
{
    const std::string text = valueOf(parser, QStringLiteral("query"));
    auto query = query::parse(text);
    if (query || !query.error().position)
        return query;
    Error error = query.error();
    error.message = fmt::format("--query, character {}: {}", error.position->column, error.message);
    return tl::unexpected<Error>(std::move(error));
}

namespace {

Result<std::unique_ptr<journal::Journal>> told(Result<journal::Opened> opened)
{
    if (!opened)
        return tl::unexpected<Error>(std::move(opened.error()));
    if (opened->salvage)
        say("hookbench-cli: " + opened->salvage->message);
    return std::move(opened->journal);
}

Result<void> readToTheEnd(const journal::Journal &journal)
{
    Result<void> read;
    const auto listed = journal.list({}, wallNow(), {}, [&](std::span<const std::int64_t> piece) {
        for (std::size_t at = 0; at < piece.size() && read; ++at) {
            const auto rows = journal.rows(piece.subspan(at, 1));
            if (!rows)
                read = tl::unexpected(rows.error());
            else if (!rows->empty())
                if (const auto record = journal.delivery(rows->front().id); !record)
                    read = tl::unexpected(record.error());
        }
        return read.has_value();
    });
    return listed ? read : tl::unexpected(listed.error());
}

} // namespace

Result<std::unique_ptr<journal::Journal>> openExistingJournal(const std::string &path)
{
    if (!QFile::exists(QString::fromStdString(path)))
        return fail("file-not-found", fmt::format("There is no journal {}. Check the name.", path));
    return openJournal(path);
}

Result<std::unique_ptr<journal::Journal>> openJournal(const std::string &path)
{
    return told(journal::openOrSalvage(path, wallNow()));
}

Result<std::unique_ptr<journal::Journal>> openSalvagedJournal(const std::string &path)
{
    auto journal = openExistingJournal(path);
    if (!journal)
        return journal;
    if (const auto read = readToTheEnd(**journal); read || read.error().code != "journal-damaged")
        return journal;
    journal->reset();
    return told(journal::salvage(path, wallNow()));
}

journal::WallMs wallNow()
{
    return SystemClock().wall().time_since_epoch().count();
}

} // namespace hookbench::cli
