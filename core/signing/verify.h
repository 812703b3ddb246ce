#pragma once
// What a receiver of Segment's webhooks finds out about X-Signature. The whole body is tried first, so a single event
// is "valid-whole-body"; then the first event of a batch. Comparison takes the same time wherever the texts differ.
//
// The header's value is read as strictly as a careful receiver does: optional white space (space, tab) around it is not
// part of it (RFC 9110 5.5), the rest must be the 40 lower-case hex digits. An empty value is Invalid, not Unsigned:
// somebody wrote the header, and it verifies nothing. A header that occurs more than once is Invalid too, since
// receivers disagree on which one counts: hand in all values joined by ", " (RFC 9110 5.3), which can never be equal.
#include "core/signing/coverage.h"
#include "core/signing/signer.h"

#include <optional>
#include <string>
#include <string_view>

namespace hookbench::signing {

enum class Verdict {
    ValidWholeBody,
    ValidFirstEvent, ///< what stands behind the first event of the batch is not protected
    Invalid,
    Unsigned, ///< no header
    NoSecret, ///< nothing to verify with, whatever the header says
};

/// "valid-whole-body", "valid-first-event", "invalid", "unsigned", "no-secret".
const char *verdictName(Verdict verdict);
bool isValid(Verdict verdict);

/// Verifies many requests against one secret. Used by one thread at a time, as Signer is.
class Verifier
{
public:
    explicit Verifier(std::string secret);
    Verdict verify(std::string_view body, std::optional<std::string_view> header) const;

private:
    std::optional<Signer> m_signer; ///< absent when the secret is empty
};

Verdict verify(std::string_view body, std::optional<std::string_view> header, std::string_view secret);

} // namespace hookbench::signing
