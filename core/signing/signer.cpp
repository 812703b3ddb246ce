#include "core/signing/signer.h"

#include <QtGlobal>
#include <array>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace hookbench::signing {

namespace {

constexpr std::size_t kDigestBytes = 20;

/// A wrong signature must never leave the program: where OpenSSL cannot do HMAC-SHA1, as where memory is gone, we stop.
void require(bool done, const char *what)
{
    if (!done)
        qFatal("OpenSSL cannot compute HMAC-SHA1 (%s). Check its configuration (OPENSSL_CONF, OPENSSL_MODULES).", what);
}

EVP_MAC_CTX *newContext(std::string_view secret)
{
    EVP_MAC *mac = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
    require(mac != nullptr, "fetching HMAC");
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac); // the context keeps its own reference
    require(context != nullptr, "making a context");

    char digest[] = "SHA1";
    const std::array<OSSL_PARAM, 2> params{ OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end() };
    // A null key means "the key set before": the empty secret needs an address.
    const char *key = secret.empty() ? "" : secret.data();
    require(EVP_MAC_init(context, reinterpret_cast<const unsigned char *>(key), secret.size(), params.data()) == 1,
        "setting the key");
    return context;
}

} // namespace

void Signer::FreeContext::operator()(evp_mac_ctx_st *context) const
{
    EVP_MAC_CTX_free(context);
}

Signer::Signer(std::string secret)
    : m_context{ newContext(secret) }
{
    OPENSSL_cleanse(secret.data(), secret.size());
}

Signer::Signer(const Signer &other)
    : m_context{ EVP_MAC_CTX_dup(other.m_context.get()) }
{
    require(m_context != nullptr, "copying a context");
}

Signer &Signer::operator=(const Signer &other)
{
    if (this != &other)
        *this = Signer(other);
    return *this;
}

Signer::Signer(Signer &&) noexcept = default;
Signer &Signer::operator=(Signer &&) noexcept = default;
Signer::~Signer() = default;

std::string Signer::sign(std::string_view bytes) const
{
    std::array<unsigned char, kDigestBytes> digest{};
    std::size_t length = 0;
    require(EVP_MAC_init(m_context.get(), nullptr, 0, nullptr) == 1
            && EVP_MAC_update(m_context.get(), reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size()) == 1
            && EVP_MAC_final(m_context.get(), digest.data(), &length, digest.size()) == 1 && length == digest.size(),
        "signing");

    static constexpr char kHex[] = "0123456789abcdef";
    std::string hex(2 * kDigestBytes, '0');
    for (std::size_t i = 0; i < kDigestBytes; ++i) {
        hex[2 * i] = kHex[digest[i] >> 4];
        hex[2 * i + 1] = kHex[digest[i] & 15];
    }
    return hex;
}

} // namespace hookbench::signing
