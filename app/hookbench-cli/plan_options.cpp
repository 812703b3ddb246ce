#include "app/hookbench-cli/plan_options.h"

#include "app/hookbench-cli/inputs.h"
#include "core/destination/address.h"
#include "core/destination/uri.h"

#include <fmt/format.h>

namespace hookbench::cli {

void addPlanOptions(QCommandLineParser &parser)
{
    parser.addOption({ QStringLiteral("url"), QStringLiteral("Send to this URL instead of every mapping's own."),
        QStringLiteral("URL") });
    parser.addOption({ QStringLiteral("signature-mode"),
        QStringLiteral("What a batch's signature covers: first-event (as Segment, default) or whole-body."),
        QStringLiteral("MODE"), QStringLiteral("first-event") });
    parser.addOption({ QStringLiteral("user-agent"), QStringLiteral("The User-Agent of mappings that set none."),
        QStringLiteral("TEXT"), QStringLiteral("Segment (Actions)") });
    parser.addOption({ QStringLiteral("skip-failing"),
        QStringLiteral(
            "Leave an event out on which a mapping fails; otherwise it rejects its whole batch, as in Segment.") });
    parser.addOption({ QStringLiteral("include-secret"),
        QStringLiteral("Show Authorization, Cookie, masked headers and URL credentials as they are.") });
    addSecretOption(parser);
}

Result<pipeline::PlanOptions> readPlanOptions(const QCommandLineParser &parser)
{
    pipeline::PlanOptions options;
    const auto mode = signing::modeFromName(valueOf(parser, QStringLiteral("signature-mode")));
    if (!mode)
        return fail("call", "--signature-mode is neither first-event nor whole-body.");
    options.signatureMode = *mode;
    options.userAgent = valueOf(parser, QStringLiteral("user-agent"));
    options.skipFailingEvents = parser.isSet(QStringLiteral("skip-failing"));
    if (parser.isSet(QStringLiteral("url"))) {
        options.url = valueOf(parser, QStringLiteral("url"));
        if (!destination::isUri(*options.url))
            return fail("url-invalid",
                fmt::format("--url is \"{}\", expected an absolute URL such as http://127.0.0.1:8765/.", *options.url));
        const auto address = destination::addressOf(*options.url);
        if (!address)
            return fail(address.error().code, fmt::format("--url: {}", address.error().message));
        if (destination::reachOf(address->hostname) == destination::Reach::CloudMetadata)
            return fail("url-metadata",
                "--url leads to a cloud metadata service, which hands out credentials; nothing is sent there.");
    }
    Result<std::string> secret = readSecret(parser);
    if (!secret)
        return tl::unexpected<Error>(std::move(secret.error()));
    options.secret = std::move(*secret);
    return options;
}

} // namespace hookbench::cli
