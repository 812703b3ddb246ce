#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/file_watch.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/interrupt.h"
#include "app/hookbench-cli/test_report.h"
#include "core/destination/document.h"
#include "core/destination/limits.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/golden.h"
#include "core/storage/file.h"

#include <QEventLoop>
#include <QTime>

#include <cstdio>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

/// The tests of one file, run as often as asked.
class TestRun
{
public:
    TestRun(std::string file, std::string junit, pipeline::PlanOptions options)
        : m_file(std::move(file))
        , m_junit(std::move(junit))
        , m_options(std::move(options))
    {
    }

    int run()
    {
        Result<std::string> bytes = storage::readFile(m_file, destination::kMaxProjectBytes);
        m_seen = bytes.value_or(std::string());
        if (!bytes)
            return bailOut(bytes.error().message);
        Result<destination::Project> project = destination::read(m_seen);
        if (!project)
            return bailOut(fmt::format("{}: {}", m_file, project.error().message));
        const std::string name = project->name;
        const pipeline::GoldenTests tests(std::move(*project), m_options);
        print(tapHead(tests.count()));
        std::vector<pipeline::GoldenOutcome> outcomes;
        for (std::size_t i = 0; i < tests.count(); ++i) {
            outcomes.push_back(tests.run(i, &m_liquid));
            print(tapLines(outcomes.back()));
        }
        const TestCounts counts = countsOf(outcomes);
        say(fmt::format(
            "{}: {} passed, {} failed, {} could not be run", m_file, counts.passed, counts.failed, counts.errors));
        if (!m_junit.empty())
            if (const auto written = storage::writeFileAtomically(m_junit, junitXml(name, m_file, outcomes)); !written)
                return unusable(written.error().message);
        return counts.allGood() ? AllGood : SomethingFailed;
    }

    /// The bytes that were read last; empty: the file could not be read.
    const std::string &seen() const { return m_seen; }

private:
    static void print(const std::string &text)
    {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }
    static int bailOut(const std::string &reason)
    {
        print(tapBailOut(reason));
        return unusable(reason);
    }

    std::string m_file;
    std::string m_junit;
    pipeline::PlanOptions m_options;
    mapping::LiquidEngine m_liquid;
    std::string m_seen;
};

} // namespace

int runTest(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Runs the golden tests kept in a project: TAP on standard output; exit 1 when one fails or "
                       "cannot be run, 2 when the project is unusable. Nothing is sent."));
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("The project file."));
    parser.addOption({ QStringLiteral("junit"), QStringLiteral("Write the results as JUnit XML to this file too."),
        QStringLiteral("FILE") });
    parser.addOption({ QStringLiteral("watch"),
        QStringLiteral("Run again whenever the file changes, until Ctrl+C; then the exit code is the last run's.") });
    addSecretOption(parser);
    if (const auto over = parse(parser, "test", arguments))
        return *over;
    if (parser.positionalArguments().size() != 1)
        return unusable("name one project file.");
    Result<std::string> secret = readSecret(parser);
    if (!secret)
        return unusable(secret.error().message);
    pipeline::PlanOptions options;
    options.secret = std::move(*secret);
    const QString file = parser.positionalArguments().front();
    TestRun tests(file.toStdString(), valueOf(parser, QStringLiteral("junit")), std::move(options));
    int code = tests.run();
    // A file that is not there at all is a slip of the call, not an edit in progress.
    if (!parser.isSet(QStringLiteral("watch")) || (code == Unusable && tests.seen().empty()))
        return code;

    QEventLoop loop;
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, &loop, &QEventLoop::quit);
    FileWatch watch(file, tests.seen());
    QObject::connect(&watch, &FileWatch::changed, &loop, [&] {
        say(fmt::format("{} changed at {}, running again", file.toStdString(),
            QTime::currentTime().toString(Qt::ISODate).toStdString()));
        code = tests.run();
    });
    say("Watching; Ctrl+C ends.");
    loop.exec();
    return code;
}

} // namespace hookbench::cli
