#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/line.h"
#include "core/base/counted.h"
#include "core/base/display.h"
#include "core/base/issue.h"
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/destination/formats/import_files.h"

#include <QFileInfo>

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

using destination::Imported;
using destination::ImportedDestination;
using destination::NamedText;

/// The one destination, or the one of that name or id. Otherwise the choice is printed.
Result<std::size_t> choose(const Imported &imported, const QCommandLineParser &parser)
{
    const bool isNamed = parser.isSet(QStringLiteral("destination"));
    const std::string name = valueOf(parser, QStringLiteral("destination"));
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < imported.destinations.size(); ++i)
        if (!isNamed || imported.destinations[i].project.name == name)
            found.push_back(i);
    if (isNamed && found.size() != 1)
        for (std::size_t i = 0; i < imported.destinations.size(); ++i)
            if (!name.empty() && imported.destinations[i].key == name)
                found = { i };
    if (found.size() == 1)
        return found.front();
    for (const ImportedDestination &destination : imported.destinations)
        Line()
            .text("destination", destination.project.name)
            .text("id", destination.key)
            .boolean("enabled", destination.project.enabled)
            .number("mappings", static_cast<double>(destination.project.mappings.size()))
            .print();
    if (found.empty())
        return fail("import-choice",
            imported.destinations.size() == 1
                ? fmt::format("--destination \"{}\": the only destination here has another name and id.", name)
                : fmt::format("--destination \"{}\": there is none of that name or id among these {}.", name,
                    imported.destinations.size()));
    return fail("import-choice",
        fmt::format("there are {} destinations{}; choose one with --destination and its {}.", found.size(),
            isNamed ? " of that name" : "", isNamed ? "id" : "name or id"));
}

/// Writes a file that is not there. One that is there stays: when it holds the same but for its id, all is well.
Result<void> writeProject(const destination::Project &project, const std::string &path, bool force)
{
    if (!force && QFileInfo::exists(QString::fromStdString(path))) {
        Result<destination::Project> old = destination::load(path);
        if (old)
            old->id = project.id;
        if (old && *old == project) {
            say(fmt::format("{} holds this already; it stays as it is.", path));
            return {};
        }
        return fail("file-exists",
            fmt::format("{} is there already and holds something else. Name another file, or give --force.", path));
    }
    return destination::save(project, path);
}

void report(const ImportedDestination &destination)
{
    constexpr std::size_t kMostIssues = 50;
    const Issues &issues = destination.issues;
    for (std::size_t i = 0; i < std::min(issues.size(), kMostIssues); ++i)
        say(escapeForDisplay(fmt::format("{}: {}{}{}", severityName(issues[i].severity), issues[i].path,
            issues[i].path.empty() ? "" : ": ", issues[i].message)));
    if (issues.size() > kMostIssues)
        say(fmt::format(
            "…and {} more; 'hookbench-cli check' lists what the project holds.", issues.size() - kMostIssues));
    if (destination.sharedSecret)
        say("info: The shared secret was in the input. It is not in the project; hand it over in "
            "HOOKBENCH_SHARED_SECRET, or enter it in the workbench.");
}

} // namespace

int runImport(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Makes a project of a Webhooks (Actions) destination in Segment's Public API JSON, in Terraform files (.tf, "
        ".tf.json) or a folder of them, in a script of curl calls, or in another project. Several destinations and "
        "none named: they are listed, exit 2. A FILE that is there is never replaced unless --force says so."));
    parser.addPositionalArgument(QStringLiteral("PATH"), QStringLiteral("Files and folders."), QStringLiteral("PATH…"));
    parser.addOption({ QStringLiteral("destination"), QStringLiteral("The destination's name, or its id."),
        QStringLiteral("NAME") });
    parser.addOption({ { QStringLiteral("o"), QStringLiteral("output") },
        QStringLiteral("Write the project here; without it, to standard output."), QStringLiteral("FILE") });
    parser.addOption(
        { QStringLiteral("force"), QStringLiteral("Replace FILE if it is there and holds something else.") });
    if (const auto over = parse(parser, "import", arguments))
        return *over;
    if (parser.positionalArguments().isEmpty())
        return unusable("name at least one file or folder.");
    std::vector<std::string> paths;
    for (const QString &path : parser.positionalArguments())
        paths.push_back(path.toStdString());
    const Result<std::vector<NamedText>> texts = destination::readImportFiles(paths);
    if (!texts)
        return unusable(texts.error().message);
    const Result<Imported> imported = destination::importTexts(*texts);
    if (!imported)
        return unusable(imported.error().message);
    const Result<std::size_t> chosen = choose(*imported, parser);
    if (!chosen)
        return unusable(chosen.error().message);
    const ImportedDestination &destination = imported->destinations[*chosen];
    report(destination);
    if (!parser.isSet(QStringLiteral("output"))) {
        const std::string text = destination::write(destination.project);
        std::fwrite(text.data(), 1, text.size(), stdout);
        return AllGood;
    }
    const std::string path = valueOf(parser, QStringLiteral("output"));
    if (const Result<void> written = writeProject(destination.project, path, parser.isSet(QStringLiteral("force")));
        !written)
        return unusable(written.error().message);
    say(escapeForDisplay(fmt::format("{}: \"{}\" with {}", path, destination.project.name,
        counted(destination.project.mappings.size(), "mapping"))));
    return AllGood;
}

} // namespace hookbench::cli
