#include "core/signing/verify.h"

#include <openssl/crypto.h>
#include <utility>

namespace hookbench::signing {

namespace {

std::string_view trimOptionalWhiteSpace(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The length is no secret: a signature always has 40 characters.
bool equal(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace

const char *verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::ValidWholeBody:
        return "valid-whole-body";
    case Verdict::ValidFirstEvent:
        return "valid-first-event";
    case Verdict::Invalid:
        return "invalid";
    case Verdict::Unsigned:
        return "unsigned";
    case Verdict::NoSecret:
        return "no-secret";
    }
    return "";
}

bool isValid(Verdict verdict)
{
    return verdict == Verdict::ValidWholeBody || verdict == Verdict::ValidFirstEvent;
}

Verifier::Verifier(std::string secret)
{
    if (!secret.empty())
        m_signer.emplace(std::move(secret));
}

Verdict Verifier::verify(std::string_view body, std::optional<std::string_view> header) const
{
    if (!m_signer)
        return Verdict::NoSecret;
    if (!header)
        return Verdict::Unsigned;
    const std::string_view signature = trimOptionalWhiteSpace(*header);
    if (equal(m_signer->sign(body), signature))
        return Verdict::ValidWholeBody;
    if (const auto first = firstEvent(body); first && equal(m_signer->sign(first->of(body)), signature))
        return Verdict::ValidFirstEvent;
    return Verdict::Invalid;
}

Verdict verify(std::string_view body, std::optional<std::string_view> header, std::string_view secret)
{
    return Verifier{ std::string(secret) }.verify(body, header);
}

} // namespace hookbench::signing
