#pragma once
// A command is a name, a sentence and a function from its arguments to an exit code. main.cpp holds the table.
#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>

namespace hookbench::cli {

/// Exit codes, as scripts rely on them.
enum Exit : int {
    AllGood = 0,
    SomethingFailed = 1, ///< each failure stands on a line of its own
    Unusable = 2, ///< the call, the project or the input: nothing was sent
};

struct Command
{
    const char *name;
    const char *summary;
    int (*run)(const QStringList &arguments);
};

int runCheck(const QStringList &arguments);
int runDemo(const QStringList &arguments);
int runExport(const QStringList &arguments);
int runImport(const QStringList &arguments);
int runJournal(const QStringList &arguments);
int runMatch(const QStringList &arguments);
int runPreview(const QStringList &arguments);
int runReceive(const QStringList &arguments);
int runResend(const QStringList &arguments);
int runSend(const QStringList &arguments);
int runSign(const QStringList &arguments);
int runTest(const QStringList &arguments);
int runTransform(const QStringList &arguments);
int runVerify(const QStringList &arguments);

/// A sentence on standard error.
void say(const std::string &sentence);
/// Says the sentence and answers Unusable.
int unusable(const std::string &sentence);

/// Parses the arguments behind the command's name. Answers an exit code when the command is over: --help was asked for,
/// or the call is wrong.
std::optional<int> parse(QCommandLineParser &parser, const char *command, const QStringList &arguments);
/// The option's value as UTF-8; empty when it is not given.
std::string valueOf(const QCommandLineParser &parser, const QString &option);
/// A number of seconds (or a count) of at least `least`; nullopt after saying what is wrong. `fallback` when it is not
/// given.
std::optional<double> numberOf(
    const QCommandLineParser &parser, const QString &option, double fallback, double least, double most);

} // namespace hookbench::cli
