#include "app/hookbench-cli/inputs.h"

#include "app/hookbench-cli/line.h"
#include "core/destination/check.h"
#include "core/destination/document.h"
#include "core/destination/golden_test.h"
#include "core/storage/file.h"

#include <QtGlobal>

#include <algorithm>
#include <fmt/format.h>
#include <unistd.h>

namespace hookbench::cli {

namespace {

constexpr std::size_t kLongestSecret = std::size_t{ 1 } << 20;

Result<std::size_t> findMapping(const destination::Project &project, const std::string &name)
{
    Result<std::size_t> meant = destination::mappingMeant(project, name);
    if (!meant)
        return fail(meant.error().code, fmt::format("--only {}: {}", name, meant.error().message));
    return meant;
}

} // namespace

void addEventOptions(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("events"),
        QStringLiteral(
            "Events: NDJSON, one JSON array, or one object; - is standard input. Without it: the project's own."),
        QStringLiteral("FILE|-") });
    parser.addOption({ QStringLiteral("skip-invalid"),
        QStringLiteral("Leave out lines of FILE that are no events, and report them.") });
}

void addOnlyOption(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("only"),
        QStringLiteral("Only this mapping, by name or by #index. May be given several times."),
        QStringLiteral("MAPPING") });
}

void addDestinationOptions(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("destination"), QStringLiteral("The project file."), QStringLiteral("FILE") });
    addOnlyOption(parser);
}

void addSecretOption(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("secret-file"),
        QStringLiteral(
            "File with the shared secret (one trailing line feed is left out). Otherwise HOOKBENCH_SHARED_SECRET."),
        QStringLiteral("FILE") });
}

Result<std::string> readSecret(const QCommandLineParser &parser)
{
    if (!parser.isSet(QStringLiteral("secret-file")))
        return qgetenv("HOOKBENCH_SHARED_SECRET").toStdString();
    Result<std::string> secret = storage::readFile(valueOf(parser, QStringLiteral("secret-file")), kLongestSecret);
    if (secret && secret->ends_with('\n'))
        secret->pop_back();
    return secret;
}

Result<Destination> readDestination(const QCommandLineParser &parser)
{
    if (!parser.isSet(QStringLiteral("destination")))
        return fail("no-destination", "Name the project file with --destination FILE.");
    Result<destination::Project> project = destination::load(valueOf(parser, QStringLiteral("destination")));
    if (!project)
        return tl::unexpected<Error>(std::move(project.error()));
    return selectMappings(std::move(*project), parser);
}

Result<Destination> selectMappings(destination::Project project, const QCommandLineParser &parser)
{
    Destination out{ std::move(project), {} };
    for (const QString &name : parser.values(QStringLiteral("only"))) {
        const Result<std::size_t> index = findMapping(out.project, name.toStdString());
        if (!index)
            return tl::unexpected<Error>(index.error());
        out.only.push_back(*index);
    }
    return out;
}

std::optional<Error> refuseUnusable(const Destination &destination, bool urlIsReplaced)
{
    std::size_t mistakes = 0;
    for (const Issue &issue : destination::check(destination.project)) {
        if (issue.severity != Severity::Error || issue.path.starts_with("/mappings/")
            || issue.path.starts_with("/tests/")) // a golden test sends nothing
            continue;
        say(fmt::format(
            "hookbench-cli: the project, {}: {}", issue.path.empty() ? "as a whole" : issue.path, issue.message));
        ++mistakes;
    }
    for (std::size_t i = 0; i < destination.project.mappings.size(); ++i) {
        const destination::Mapping &mapping = destination.project.mappings[i];
        const bool named = std::find(destination.only.begin(), destination.only.end(), i) != destination.only.end();
        if (!mapping.enabled || (!destination.only.empty() && !named))
            continue;
        for (const Issue &issue : destination::issuesOf(destination.project, i)) {
            if (issue.severity != Severity::Error
                || (urlIsReplaced && issue.path == fmt::format("/mappings/{}/settings/url", i)))
                continue;
            say(fmt::format("hookbench-cli: mapping \"{}\" (#{}), {}: {}", mapping.name, i, issue.path, issue.message));
            ++mistakes;
        }
    }
    if (mistakes == 0)
        return std::nullopt;
    return Error{ "mapping-unusable",
        fmt::format("Nothing was sent: {} mistake{} in the project or its enabled mappings. Correct or disable them.",
            mistakes, mistakes == 1 ? "" : "s"),
        {}, std::nullopt };
}

void printBadLine(std::size_t line, const Error &error)
{
    Line().null("event").number("line", static_cast<double>(line)).error("error", error).print();
}

Result<Events> openEvents(const QCommandLineParser &parser, const destination::Project *project)
{
    if (!parser.isSet(QStringLiteral("events"))) {
        if (!project)
            return fail("no-events", "Name the events with --events FILE, or --events - for standard input.");
        if (project->events.empty())
            return fail("no-events", "The project has no events of its own. Name some with --events FILE.");
        std::vector<json::Document> events;
        for (const destination::SavedEvent &saved : project->events)
            events.push_back(saved.event);
        return Events{ std::make_unique<pipeline::ListSource>(std::move(events)), false };
    }
    const std::string path = valueOf(parser, QStringLiteral("events"));
    if (path == "-")
        return Events{ std::make_unique<pipeline::StreamSource>(STDIN_FILENO), true };
    Result<std::unique_ptr<pipeline::FileSource>> file = pipeline::FileSource::open(path);
    if (!file)
        return tl::unexpected<Error>(std::move(file.error()));
    if ((*file)->isSequential())
        return Events{ std::move(*file), true };
    const Result<event::ScanReport> report = (*file)->scan();
    if (!report)
        return tl::unexpected<Error>(report.error());
    if (report->events == 0 && report->errors == 0)
        return fail("no-events", fmt::format("{} holds no event: it is empty.", path));
    const bool fatal = std::any_of(
        report->mistakes.begin(), report->mistakes.end(), [](const event::Item &item) { return item.fatal; });
    if (report->errors > 0 && (fatal || !parser.isSet(QStringLiteral("skip-invalid")))) {
        for (const event::Item &item : report->mistakes)
            printBadLine(item.line, item.event.error());
        return fail("events-invalid",
            fmt::format("{}: {} of {} entries are no events, the first on line {}: {} Nothing was done{}", path,
                report->errors, report->errors + report->events, report->mistakes.front().line,
                report->mistakes.front().event.error().message,
                fatal ? "." : "; --skip-invalid leaves such lines out."));
    }
    return Events{ std::move(*file), false };
}

} // namespace hookbench::cli
