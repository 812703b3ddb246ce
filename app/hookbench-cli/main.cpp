#include "app/hookbench-cli/command.h"
#include "core/base/display.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

constexpr std::array kCommands{
    Command{ "demo", "send the sample destination's event to an embedded receiver and show both sides", runDemo },
    Command{ "check", "list what is wrong or doubtful in project files", runCheck },
    Command{ "match", "say which events a trigger matches", runMatch },
    Command{ "transform", "print what a mapping makes of events", runTransform },
    Command{ "preview", "print the requests that would go out; nothing is sent", runPreview },
    Command{ "send", "send events through a destination", runSend },
    Command{ "test", "run the golden tests kept in a project", runTest },
    Command{ "receive", "receive webhooks and say whether their signature is valid", runReceive },
    Command{ "journal", "print recorded deliveries that a filter finds", runJournal },
    Command{ "resend", "send recorded deliveries again", runResend },
    Command{ "sign", "print the X-Signature of the bytes on standard input", runSign },
    Command{ "verify", "check a signature against the bytes on standard input", runVerify },
    Command{ "import", "make a project of Segment JSON, Terraform or another project", runImport },
    Command{ "export", "print a project as Segment JSON, Terraform, a curl script or a project", runExport },
};

std::string usage()
{
    std::string text
        = "Usage: hookbench-cli COMMAND [options]\n\n"
          "Results go to standard output as NDJSON, one object a line; words and progress to standard error.\n"
          "Exit codes: 0 all good, 1 something failed, 2 the call or its input is unusable and nothing was sent.\n\n";
    for (const Command &command : kCommands)
        text += fmt::format("  {:<10} {}\n", command.name, command.summary);
    text += "\n'hookbench-cli COMMAND --help' tells the rest. The shared secret comes from HOOKBENCH_SHARED_SECRET or\n"
            "--secret-file, never from the command line.\n";
    return text;
}

} // namespace

void say(const std::string &sentence)
{
    std::fflush(stdout);
    fmt::print(stderr, "{}\n", sentence);
}

int unusable(const std::string &sentence)
{
    say("hookbench-cli: " + escapeForDisplay(sentence));
    return Unusable;
}

std::optional<int> parse(QCommandLineParser &parser, const char *command, const QStringList &arguments)
{
    const QCommandLineOption help({ QStringLiteral("h"), QStringLiteral("help") }, QStringLiteral("Show this help."));
    parser.addOption(help);
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsCompactedShortOptions);
    QStringList withProgram{ QStringLiteral("hookbench-cli ") + QLatin1String(command) };
    if (!parser.parse(withProgram + arguments))
        return unusable(fmt::format("{} Try 'hookbench-cli {} --help'.", parser.errorText().toStdString(), command));
    if (parser.isSet(help)) {
        QString text = parser.helpText();
        text.replace(QStringLiteral("Usage: %1").arg(QCoreApplication::arguments().value(0)),
            QStringLiteral("Usage: hookbench-cli %1").arg(QLatin1String(command)));
        fmt::print("{}", text.toStdString());
        return AllGood;
    }
    return std::nullopt;
}

std::string valueOf(const QCommandLineParser &parser, const QString &option)
{
    return parser.value(option).toStdString();
}

std::optional<double> numberOf(
    const QCommandLineParser &parser, const QString &option, double fallback, double least, double most)
{
    if (!parser.isSet(option))
        return fallback;
    bool ok = false;
    const double number = parser.value(option).toDouble(&ok);
    if (ok && number >= least && number <= most)
        return number;
    unusable(fmt::format("--{} is \"{}\", expected a number from {} to {}.", option.toStdString(),
        valueOf(parser, option), least, most));
    return std::nullopt;
}

} // namespace hookbench::cli

int main(int argc, char *argv[])
{
    using namespace hookbench::cli;
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("hookbench"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HOOKBENCH_VERSION));
    std::setlocale(LC_NUMERIC, "C");

    const QStringList arguments = QCoreApplication::arguments();
    const std::string name = arguments.value(1).toStdString();
    if (name == "--version" || name == "-v") {
        fmt::print("hookbench-cli {}\n", HOOKBENCH_VERSION);
        return AllGood;
    }
    if (name.empty() || name == "--help" || name == "-h" || name == "help") {
        fmt::print(name.empty() ? stderr : stdout, "{}", usage());
        return name.empty() ? Unusable : AllGood;
    }
    const auto command
        = std::find_if(kCommands.begin(), kCommands.end(), [&](const Command &c) { return name == c.name; });
    if (command == kCommands.end())
        return unusable(fmt::format("there is no command \"{}\". 'hookbench-cli --help' lists them.", name));
    return command->run(arguments.mid(2));
}
