#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/receive_report.h"
#include "app/hookbench-cli/send_report.h"
#include "core/delivery/network_transport.h"
#include "core/delivery/redirect_follower.h"
#include "core/destination/document.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/run.h"
#include "core/receiver/receiver.h"
#include "resources/sample.h"

#include <QEventLoop>
#include <QTimer>

#include <fmt/format.h>

namespace hookbench::cli {

namespace {

constexpr std::chrono::seconds kLongest{ 20 };

} // namespace

int runDemo(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Sends the sample destination's Order Completed event to a receiver embedded in this program "
                       "and shows both sides. Nothing leaves this computer."));
    if (const auto over = parse(parser, "demo", arguments))
        return *over;
    const Result<destination::Project> project = destination::read(resources::sampleDestination());
    if (!project)
        return unusable(project.error().message);

    receiver::Receiver receiver;
    receiver::Options listening;
    listening.secret = std::string(resources::kSampleSecret);
    const Result<std::string> url = receiver.start(listening);
    if (!url)
        return unusable(url.error().message);
    say(fmt::format("Receiver listening on {}", *url));

    pipeline::PlanOptions options;
    options.secret = std::string(resources::kSampleSecret);
    options.url = *url + "/orders";
    options.testEvents = true;
    pipeline::RunOptions runOptions;
    runOptions.only = { 0 };
    const SystemClock clock;
    mapping::LiquidEngine liquid;
    delivery::NetworkTransport network;
    delivery::RedirectFollower transport(network, clock);
    pipeline::Run run(std::make_shared<const pipeline::Plan>(*project, options),
        std::make_unique<pipeline::ListSource>(std::vector<json::Document>{ project->events.front().event }),
        runOptions, transport, clock, &liquid, nullptr);

    QEventLoop loop;
    std::string sent;
    std::optional<receiver::ReceivedRequest> arrived;
    bool finished = false;
    const auto quitWhenBothSaid = [&] {
        if (finished && (arrived || sent.empty()))
            loop.quit();
    };
    QObject::connect(&receiver, &receiver::Receiver::received, [&](const receiver::ReceivedRequest &request) {
        arrived = request;
        quitWhenBothSaid();
    });
    QObject::connect(&run, &pipeline::Run::delivered, [&](const pipeline::DeliveryReport &report) {
        sent = report.attempt->request->signature;
        printDelivery(report, false);
    });
    QObject::connect(&run, &pipeline::Run::failed, &printFailure);
    QObject::connect(&run, &pipeline::Run::finished, [&] {
        finished = true;
        quitWhenBothSaid();
    });
    QTimer::singleShot(kLongest, &loop, &QEventLoop::quit);
    run.start();
    loop.exec();
    if (!arrived) {
        say("Nothing arrived at the receiver.");
        return SomethingFailed;
    }
    printReceived(*arrived, project->maskedHeaders, false);
    const Header *header = findHeader(arrived->headers, "x-signature");
    const bool same = header && header->value == sent && signing::isValid(arrived->verdict);
    say(fmt::format("Sent     X-Signature {}\nReceived X-Signature {}\n{}", sent, header ? header->value : "none",
        same ? "Both sides agree: the signature is valid." : "The two sides do not agree."));
    return same ? AllGood : SomethingFailed;
}

} // namespace hookbench::cli
