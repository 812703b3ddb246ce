#include "core/signing/verify.h"
#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/line.h"
#include "app/hookbench-cli/read_body.h"

namespace hookbench::cli {

int runVerify(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Checks a signature against the bytes on standard input; exit 1 unless it is valid."));
    parser.addOption({ QStringLiteral("signature"), QStringLiteral("The value of X-Signature, 40 hex digits."),
        QStringLiteral("HEX") });
    addSecretOption(parser);
    if (const auto over = parse(parser, "verify", arguments))
        return *over;
    if (!parser.isSet(QStringLiteral("signature")))
        return unusable("name the signature with --signature HEX.");
    const Result<std::string> secret = readSecret(parser);
    if (!secret)
        return unusable(secret.error().message);
    const Result<std::string> body = readStandardInput();
    if (!body)
        return unusable(body.error().message);
    const signing::Verdict verdict = signing::verify(*body, valueOf(parser, QStringLiteral("signature")), *secret);
    Line().text("verdict", signing::verdictName(verdict)).print();
    if (verdict == signing::Verdict::NoSecret)
        say("hookbench-cli: there is no shared secret to verify with. Set HOOKBENCH_SHARED_SECRET or give "
            "--secret-file FILE.");
    return signing::isValid(verdict) ? AllGood : SomethingFailed;
}

} // namespace hookbench::cli
