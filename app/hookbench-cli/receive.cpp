#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/interrupt.h"
#include "app/hookbench-cli/line.h"
#include "app/hookbench-cli/receive_report.h"
#include "core/base/display.h"
#include "core/destination/document.h"
#include "core/http/certificate.h"
#include "core/receiver/receiver.h"

#include <QEventLoop>
#include <QTimer>

#include <fmt/format.h>

namespace hookbench::cli {

int runReceive(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Receives webhooks on 127.0.0.1, answers 200 and says whether "
                                                    "X-Signature is valid. Ends with Ctrl+C or after --count."));
    parser.addOption({ QStringLiteral("port"), QStringLiteral("Port to listen on; 0 (default) takes a free one."),
        QStringLiteral("PORT") });
    parser.addOption({ QStringLiteral("count"), QStringLiteral("End after N requests."), QStringLiteral("N") });
    parser.addOption(
        { QStringLiteral("tls"), QStringLiteral("HTTPS with a self-signed certificate made for this run.") });
    parser.addOption({ QStringLiteral("allow-host"),
        QStringLiteral("Also accept this Host, as a tunnel sends it. May be given several times."),
        QStringLiteral("NAME") });
    parser.addOption({ QStringLiteral("include-secret"),
        QStringLiteral("Show Authorization, Cookie and masked headers as they are.") });
    parser.addOption({ QStringLiteral("destination"),
        QStringLiteral("Also hide the values of the headers that this project masks."), QStringLiteral("FILE") });
    addSecretOption(parser);
    if (const auto over = parse(parser, "receive", arguments))
        return *over;
    const auto port = numberOf(parser, QStringLiteral("port"), 0, 0, 65535);
    const auto count = numberOf(parser, QStringLiteral("count"), 0, 1, 1e15);
    if (!port || !count)
        return Unusable;
    const Result<std::string> secret = readSecret(parser);
    if (!secret)
        return unusable(secret.error().message);

    HeaderNames masked;
    if (parser.isSet(QStringLiteral("destination"))) {
        const auto project = destination::load(parser.value(QStringLiteral("destination")).toStdString());
        if (!project)
            return unusable(project.error().message);
        masked = project->maskedHeaders;
    }

    receiver::Options options;
    options.port = static_cast<std::uint16_t>(*port);
    options.secret = *secret;
    for (const QString &host : parser.values(QStringLiteral("allow-host")))
        options.allowedHosts.push_back(host.toStdString());
    if (parser.isSet(QStringLiteral("tls"))) {
        auto identity = http::makeSelfSignedForLocalhost();
        if (!identity)
            return unusable(identity.error().message);
        options.tls = std::move(*identity);
    }

    receiver::Receiver receiver;
    QEventLoop loop;
    std::uint64_t received = 0;
    const auto wanted = static_cast<std::uint64_t>(*count);
    const bool includeSecret = parser.isSet(QStringLiteral("include-secret"));
    QObject::connect(&receiver, &receiver::Receiver::received, [&](const receiver::ReceivedRequest &request) {
        printReceived(request, masked, includeSecret);
        if (++received == wanted)
            QTimer::singleShot(50, &loop, &QEventLoop::quit); // the answer is still on its way
    });
    QObject::connect(
        &receiver, &receiver::Receiver::refused, [](const std::string &peer, const http::Refusal &refusal) {
            say(fmt::format("Refused a request from {}: {}", peer, escapeForDisplay(refusal.message)));
        });
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, &loop, &QEventLoop::quit);

    const Result<std::string> url = receiver.start(options);
    if (!url)
        return unusable(url.error().message);
    Line().text("listening", *url).print();
    if (secret->empty())
        say("There is no shared secret (HOOKBENCH_SHARED_SECRET or --secret-file): signatures are not checked.");
    loop.exec();
    receiver.stop();
    if (received < wanted) {
        say(fmt::format("Stopped after {} of {} requests.", received, wanted));
        return SomethingFailed;
    }
    return AllGood;
}

} // namespace hookbench::cli
