#include "app/hookbench-cli/follow_run.h"

#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/interrupt.h"
#include "app/hookbench-cli/progress_bar.h"
#include "app/hookbench-cli/send_report.h"

#include <QEventLoop>
#include <QTimer>

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

namespace hookbench::cli {

namespace {

template <typename AnyRun>
RunEnd followAny(AnyRun &run, pipeline::Rest rest, bool includeSecret)
{
    ProgressBar bar;
    QTimer redraw;
    QObject::connect(&redraw, &QTimer::timeout, [&] { bar.show(run.progress()); });
    constexpr int kRedrawMs = 100;
    redraw.start(kRedrawMs);
    QObject::connect(&run, &AnyRun::delivered, [&](const pipeline::DeliveryReport &report) {
        bar.hide();
        printDelivery(report, includeSecret);
    });
    QObject::connect(&run, &AnyRun::failed, [&](const pipeline::FailureReport &report) {
        bar.hide();
        printFailure(report);
    });
    if constexpr (std::is_same_v<AnyRun, pipeline::Run>) {
        QObject::connect(&run, &pipeline::Run::discarded, [&](quint64 event) {
            bar.hide();
            printDiscarded(event);
        });
    }
    RunEnd end;
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, [&] {
        end.interrupted = true;
        bar.hide();
        say(fmt::format("Stopping: requests in flight may end, the rest is {}. Once more ends at once.",
            rest == pipeline::Rest::Cancel ? "not sent" : "parked"));
        run.stop(rest);
    });
    QEventLoop loop;
    QObject::connect(&run, &AnyRun::finished, [&](const pipeline::RunSummary &summary) {
        end.summary = summary;
        loop.quit();
    });
    run.start();
    loop.exec();
    bar.hide();
    return end;
}

} // namespace

void addTransportOptions(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("timeout"), QStringLiteral("Seconds for one request in all (default 10)."),
        QStringLiteral("S") });
    parser.addOption({ QStringLiteral("in-flight"),
        QStringLiteral("Requests on the wire at once, per host (default 6)."), QStringLiteral("N") });
    parser.addOption({ QStringLiteral("follow-redirects"),
        QStringLiteral("Follow redirects as Segment does; otherwise a redirect is a failed delivery.") });
    parser.addOption({ QStringLiteral("keep-alive"),
        QStringLiteral("Use connections again; otherwise each request has its own, as in Segment.") });
}

std::optional<pipeline::RunOptions> readTransportOptions(const QCommandLineParser &parser)
{
    const auto timeout = numberOf(parser, QStringLiteral("timeout"), 10, 0.001, 3600);
    const auto inFlight = numberOf(parser, QStringLiteral("in-flight"), 6, 1, 256);
    if (!timeout || !inFlight)
        return std::nullopt;
    pipeline::RunOptions options;
    options.transport.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(*timeout * 1000));
    options.transport.followRedirects = parser.isSet(QStringLiteral("follow-redirects"));
    options.transport.keepAlive = parser.isSet(QStringLiteral("keep-alive"));
    options.queue.inFlightPerHost = static_cast<std::size_t>(*inFlight);
    options.queue.inFlight = std::max(options.queue.inFlight, options.queue.inFlightPerHost);
    return options;
}

RunEnd follow(pipeline::Run &run, pipeline::Rest rest, bool includeSecret)
{
    return followAny(run, rest, includeSecret);
}

RunEnd follow(pipeline::ResendRun &run, pipeline::Rest rest, bool includeSecret)
{
    return followAny(run, rest, includeSecret);
}

int conclude(const RunEnd &end, pipeline::JournalWriter *writer, const std::string &journal)
{
    printSummary(end.summary);
    bool recorded = true;
    if (writer) {
        writer->flush();
        if (const auto error = writer->error()) {
            say("hookbench-cli: the journal is incomplete: " + error->message);
            recorded = false;
        }
    }
    if (end.summary.parked > 0 && recorded)
        say(fmt::format("{} parked, made and signed. Go on with: hookbench-cli send --resume --journal '{}'",
            end.summary.parked == 1 ? "One delivery is" : fmt::format("{} deliveries are", end.summary.parked),
            journal));
    return end.summary.failed > 0 || end.interrupted || !recorded ? SomethingFailed : AllGood;
}

} // namespace hookbench::cli
