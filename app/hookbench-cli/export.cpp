#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/inputs.h"
#include "core/base/display.h"
#include "core/base/issue.h"
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/field_report.h"
#include "core/signing/receiver_code.h"

#include <cstdio>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

constexpr destination::Format kFormats[] = { destination::Format::Hookbench, destination::Format::Segment,
    destination::Format::Terraform, destination::Format::Curl };

constexpr std::string_view kReportHtml = "report-html";
constexpr std::string_view kReportMarkdown = "report-markdown";
constexpr std::string_view kVerifier = "verifier-";

std::string formatList()
{
    std::string list;
    for (const destination::Format format : kFormats)
        list += fmt::format("{}{}", list.empty() ? "" : ", ", destination::formatName(format));
    list += fmt::format(", {}, {}", kReportHtml, kReportMarkdown);
    for (const signing::Language language : signing::kLanguages)
        list += fmt::format(", {}{}", kVerifier, signing::languageName(language));
    return list;
}

int printExport(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (std::fflush(stdout) != 0)
        return unusable("standard output could not be written to. Is the disk full?");
    return AllGood;
}

int printReport(const Destination &read, bool html)
{
    destination::Project project = read.project;
    if (!read.only.empty()) {
        std::vector<destination::Mapping> chosen;
        for (const std::size_t index : read.only)
            chosen.push_back(project.mappings[index]);
        project.mappings = std::move(chosen);
    }
    mapping::LiquidEngine liquid;
    // Who names a mapping wants to read of it, switched on or not.
    const pipeline::FieldReport report
        = pipeline::fieldReport(project, { .includeDisabled = !read.only.empty() }, &liquid);
    return printExport(html ? pipeline::reportHtml(report) : pipeline::reportMarkdown(report));
}

Result<Destination> readProject(const QCommandLineParser &parser)
{
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1)
        return fail("call", "name one project file.");
    Result<destination::Project> project = destination::load(files.front().toStdString());
    if (!project)
        return fail(std::move(project.error()));
    return selectMappings(std::move(*project), parser);
}

} // namespace

int runExport(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Prints a project, or some of its mappings, in another format, code that verifies X-Signature, or a "
        "report of the fields for the team that owns the endpoint. Secrets are left out or become variables."));
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("The project file."));
    parser.addOption({ QStringLiteral("format"), QStringLiteral("One of %1.").arg(QString::fromStdString(formatList())),
        QStringLiteral("FORMAT") });
    addOnlyOption(parser);
    parser.addOption({ QStringLiteral("include-secret"),
        QStringLiteral(
            "Write the shared secret, Authorization, Cookie, masked headers and URL credentials as they are.") });
    addSecretOption(parser);
    if (const auto over = parse(parser, "export", arguments))
        return *over;
    const std::string name = valueOf(parser, QStringLiteral("format"));
    const std::optional<destination::Format> format = destination::formatFromName(name);
    const std::optional<signing::Language> verifier = name.starts_with(kVerifier)
        ? signing::languageFromName(std::string_view(name).substr(kVerifier.size()))
        : std::nullopt;
    const bool report = name == kReportHtml || name == kReportMarkdown;
    if (!format && !verifier && !report)
        return unusable(name.empty() ? fmt::format("name the format with --format: {}.", formatList())
                                     : fmt::format("there is no format \"{}\". There are {}.", name, formatList()));
    const Result<Destination> read = readProject(parser);
    if (!read)
        return unusable(read.error().message);
    if (verifier)
        return printExport(signing::receiverCode(*verifier, signing::Mode::FirstEvent));
    if (report)
        return printReport(*read, name == kReportHtml);
    destination::ExportOptions options;
    options.only = read->only;
    options.includeSecret = parser.isSet(QStringLiteral("include-secret"));
    if (options.includeSecret) {
        Result<std::string> secret = readSecret(parser);
        if (!secret)
            return unusable(secret.error().message);
        options.sharedSecret = std::move(*secret);
    }
    const destination::Exported exported = destination::exportProject(read->project, *format, options);
    for (const Issue &issue : exported.issues)
        say(escapeForDisplay(fmt::format(
            "{}: {}{}{}", severityName(issue.severity), issue.path, issue.path.empty() ? "" : ": ", issue.message)));
    return printExport(exported.text);
}

} // namespace hookbench::cli
