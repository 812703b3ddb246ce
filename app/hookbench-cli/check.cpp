#include "core/destination/check.h"
#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/line.h"
#include "core/base/issue.h"
#include "core/destination/document.h"

#include <fmt/format.h>

namespace hookbench::cli {

namespace {

void print(const std::string &file, const Issue &issue)
{
    Line()
        .text("file", file)
        .text("severity", severityName(issue.severity))
        .text("code", issue.code)
        .text("path", issue.path)
        .text("message", issue.message)
        .print();
}

} // namespace

int runCheck(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Lists what is wrong or doubtful in project files; exit 1 on any error, 2 if one is unreadable."));
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("Project files."), QStringLiteral("FILE…"));
    if (const auto over = parse(parser, "check", arguments))
        return *over;
    if (parser.positionalArguments().isEmpty())
        return unusable("name at least one project file.");
    int code = AllGood;
    for (const QString &name : parser.positionalArguments()) {
        const std::string file = name.toStdString();
        const Result<destination::Project> project = destination::load(file);
        if (!project) {
            print(file, { Severity::Error, project.error().code, project.error().path, project.error().message });
            say("hookbench-cli: " + project.error().message);
            code = Unusable;
            continue;
        }
        const Issues issues = destination::check(*project);
        for (const Issue &issue : issues)
            print(file, issue);
        if (hasErrors(issues) && code == AllGood)
            code = SomethingFailed;
        say(fmt::format("{}: {} mappings, {} issues", file, project->mappings.size(), issues.size()));
    }
    return code;
}

} // namespace hookbench::cli
