#pragma once
// What a delivery's signature is worth, worked out and put into words, without a widget.
#include "core/journal/record.h"
#include "core/signing/hypotheses.h"
#include "core/signing/tamper.h"

#include <QString>

namespace hookbench::inspector {

/// What SignatureView shows.
struct SignatureFacts
{
    std::string body;
    std::optional<std::string> header; ///< all values joined by ", "
    signing::Verdict verdict = signing::Verdict::NoSecret;
    signing::Mode mode = signing::Mode::FirstEvent; ///< which code the receiver needs
    std::vector<signing::Coverage> events; ///< of a batch; empty: a single event
    signing::Coverage covered; ///< by the signature, or what would be covered
    bool isRecorded = false; ///< the journal says that `covered` was signed when it was sent
};

/// Longer texts are cut on the screen, with a word about it.
inline constexpr std::size_t kMostShown = 1'000'000;
/// Bytes as text that may be looked at; JSON indented when `pretty`.
QString forScreen(std::string_view bytes, bool pretty = false);

SignatureFacts signatureFacts(const journal::DeliveryRecord &record, const std::string &secret);

/// "••••••••9be8": the last four of a long one, nothing of a short one.
QString maskedSecret(const QString &secret);

/// "Event 2", "email", "omar.h… → eve@…", "Not detected".
struct TamperWords
{
    QString changed, field, value;
};
TamperWords wordsOf(const signing::Tampering &tampering, const SignatureFacts &facts);

} // namespace hookbench::inspector
