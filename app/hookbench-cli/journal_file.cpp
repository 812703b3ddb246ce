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

Result<std::unique_ptr<journal::Journal>> openExistingJournal(const std::string &path)
{
    if (!QFile::exists(QString::fromStdString(path)))
        return fail("file-not-found", fmt::format("There is no journal {}. Check the name.", path));
    return openJournal(path);
}

Result<std::unique_ptr<journal::Journal>> openJournal(const std::string &path)
{
    Result<journal::Opened> opened = journal::openOrSalvage(path, wallNow());
    if (!opened)
        return tl::unexpected<Error>(std::move(opened.error()));
    if (opened->salvage)
        say("hookbench-cli: " + opened->salvage->message);
    return std::move(opened->journal);
}

journal::WallMs wallNow()
{
    return SystemClock().wall().time_since_epoch().count();
}

} // namespace hookbench::cli
