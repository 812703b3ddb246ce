#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/line.h"
#include "app/hookbench-cli/read_body.h"
#include "core/signing/signer.h"

namespace hookbench::cli {

int runSign(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Prints the X-Signature of the bytes on standard input."));
    parser.addOption({ QStringLiteral("batch"), QStringLiteral("The body is a batch: sign its first event.") });
    parser.addOption(
        { QStringLiteral("signature-mode"), QStringLiteral("first-event (as Segment, default) or whole-body."),
            QStringLiteral("MODE"), QStringLiteral("first-event") });
    addSecretOption(parser);
    if (const auto over = parse(parser, "sign", arguments))
        return *over;
    const auto mode = signing::modeFromName(valueOf(parser, QStringLiteral("signature-mode")));
    if (!mode)
        return unusable("--signature-mode is neither first-event nor whole-body.");
    const Result<std::string> secret = readSecret(parser);
    if (!secret)
        return unusable(secret.error().message);
    if (secret->empty())
        return unusable("there is no shared secret. Set HOOKBENCH_SHARED_SECRET or give --secret-file FILE.");
    const Result<std::string> body = readStandardInput();
    if (!body)
        return unusable(body.error().message);
    const auto covered = signing::signedBytes(*body, parser.isSet(QStringLiteral("batch")), *mode);
    if (!covered)
        return unusable("the body is no JSON array with a first event that could be signed; leave --batch out to sign "
                        "all its bytes.");
    Line().text("signature", signing::Signer(*secret).sign(covered->of(*body))).print();
    return AllGood;
}

} // namespace hookbench::cli
