#include "ui/inspector/signature_words.h"

#include "core/base/display.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "ui/widgets/shown_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace hookbench::inspector {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("hookbench::inspector::SignatureView", text);
}

QString shortened(const std::string &json)
{
    const QString text = QString::fromStdString(escapeForDisplay(json));
    return text.size() > 24 ? QString(text.left(22) + u'…') : text;
}

} // namespace

QString forScreen(std::string_view bytes, bool pretty)
{
    std::string indented;
    if (pretty && bytes.size() <= kMostShown)
        if (const auto value = json::parse(bytes)) {
            indented = json::stringify(*value, 2);
            bytes = indented;
        }
    widgets::ShownText shown;
    widgets::appendShown(shown, bytes.substr(0, kMostShown), widgets::ShowSpace::AsLayout);
    if (bytes.size() > kMostShown)
        shown.text += QStringLiteral("\n\n")
            + words("[Showing the first 1 MB of %1 bytes]").arg(QLocale().toString(qulonglong(bytes.size())));
    return shown.text;
}

SignatureFacts signatureFacts(const journal::DeliveryRecord &record, const std::string &secret)
{
    SignatureFacts facts;
    facts.body = record.delivery.body;
    const Headers &headers = !record.attempts.empty() && !record.attempts.back().requestHeaders.empty()
        ? record.attempts.back().requestHeaders
        : record.delivery.headers;
    for (const Header &header : headers)
        if (sameHeaderName(header.name, "x-signature"))
            facts.header = facts.header ? *facts.header + ", " + header.value : header.value;
    facts.verdict = signing::verify(
        facts.body, facts.header ? std::optional<std::string_view>(*facts.header) : std::nullopt, secret);
    facts.events = signing::batchEvents(facts.body);
    const bool isBatch = !facts.events.empty();
    const auto &kept = record.delivery.signedBytes;
    facts.isRecorded = facts.header && kept.has_value();
    facts.mode = isBatch
            && (facts.verdict == signing::Verdict::ValidWholeBody
                || (facts.verdict != signing::Verdict::ValidFirstEvent && kept && kept->second == facts.body.size()))
        ? signing::Mode::WholeBody
        : signing::Mode::FirstEvent;
    facts.covered = isBatch && facts.mode == signing::Mode::FirstEvent ? facts.events.front()
                                                                       : signing::Coverage{ 0, facts.body.size() };
    return facts;
}

QString maskedSecret(const QString &secret)
{
    constexpr qsizetype kLongEnough = 12;
    if (secret.isEmpty())
        return {};
    return QString(8, u'•') + (secret.size() < kLongEnough ? QString() : secret.right(4));
}

TamperWords wordsOf(const signing::Tampering &tampering, const SignatureFacts &facts)
{
    using Kind = signing::Tampering::Kind;
    TamperWords out;
    out.changed = words("Event %1").arg(tampering.event);
    switch (tampering.kind) {
    case Kind::Value: {
        const std::vector<std::string> keys = json::pointerKeys(tampering.field);
        QStringList path;
        for (const std::string &key : keys)
            path.append(QString::fromStdString(escapeForDisplay(key)));
        out.field = path.join(u'.');
        out.value = shortened(tampering.before) + QStringLiteral(" → ") + shortened(tampering.after);
        break;
    }
    case Kind::Removed:
        out.field = words("taken out");
        out.value = words("%1 B → 0 B").arg(facts.events.empty() ? 0 : facts.events.back().length);
        break;
    case Kind::Added:
        out.field = words("put in");
        out.value = words("0 B → %1 B").arg(facts.events.empty() ? 0 : facts.events.back().length);
        break;
    case Kind::LineFeed:
        out.changed = words("Body");
        out.field = words("a line feed more");
        out.value = words("%1 B → %2 B").arg(facts.body.size()).arg(tampering.body.size());
        break;
    }
    return out;
}

} // namespace hookbench::inspector
