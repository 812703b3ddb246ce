#include "core/http/certificate.h"

#include <QHostAddress>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <utility>

namespace hookbench::http {

namespace {

template <auto release>
struct Release
{
    template <typename T>
    void operator()(T *thing) const
    {
        release(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;
using Memory = std::unique_ptr<BIO, Release<BIO_free>>;

tl::unexpected<Error> opensslFailure(const char *what)
{
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    ERR_clear_error();
    return fail("tls-certificate", fmt::format("OpenSSL could not {}: {}", what, reason.data()));
}

bool isDnsName(std::string_view name)
{
    return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
            || c == '*';
    });
}

/// "DNS:localhost,IP:127.0.0.1", as OpenSSL's configuration writes a subjectAltName.
Result<std::string> alternativeNames(std::span<const std::string> names)
{
    std::string list;
    for (const std::string &name : names) {
        const bool isAddress = !QHostAddress(QString::fromStdString(name)).isNull();
        if (!isAddress && !isDnsName(name))
            return fail("tls-name", fmt::format("\"{}\" is neither a DNS name nor an IP address.", name));
        list += fmt::format("{}{}:{}", list.empty() ? "" : ",", isAddress ? "IP" : "DNS", name);
    }
    if (list.empty())
        return fail("tls-name", "A certificate needs at least one name.");
    return list;
}

bool setSerial(X509 *certificate)
{
    const Number serial{ BN_new() };
    return serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1
        && BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setName(X509 *certificate, const std::string &commonName)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const std::string shortened = commonName.substr(0, 64); // the most X.520 allows
    return X509_NAME_add_entry_by_txt(
               name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(shortened.c_str()), -1, -1, 0)
        == 1
        && X509_set_issuer_name(certificate, name) == 1;
}

bool addExtension(X509 *certificate, int kind, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension{ X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()) };
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

std::string textOf(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return { data, static_cast<std::size_t>(size) };
}

} // namespace

Result<TlsIdentity> makeSelfSigned(std::span<const std::string> names, std::chrono::days validFor)
{
    const auto alternatives = alternativeNames(names);
    if (!alternatives)
        return fail(alternatives.error());
    const Key key{ EVP_EC_gen("P-256") };
    if (!key)
        return opensslFailure("make a key");

    const Certificate certificate{ X509_new() };
    constexpr long kDay = 86'400;
    if (!certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1 || !setSerial(certificate.get())
        || !X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDay)
        || !X509_time_adj_ex(X509_getm_notAfter(certificate.get()), static_cast<int>(validFor.count()), 0, nullptr)
        || X509_set_pubkey(certificate.get(), key.get()) != 1 || !setName(certificate.get(), names.front())
        || !addExtension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE")
        || !addExtension(certificate.get(), NID_ext_key_usage, "serverAuth")
        || !addExtension(certificate.get(), NID_subject_alt_name, *alternatives)
        || X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0)
        return opensslFailure("make a certificate");

    const Memory certificateText{ BIO_new(BIO_s_mem()) };
    const Memory keyText{ BIO_new(BIO_s_secmem()) };
    if (!certificateText || !keyText || PEM_write_bio_X509(certificateText.get(), certificate.get()) != 1
        || PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return opensslFailure("write the certificate");
    return TlsIdentity{ textOf(certificateText.get()), textOf(keyText.get()) };
}

Result<TlsIdentity> makeSelfSignedForLocalhost()
{
    const std::array<std::string, 3> names{ "localhost", "127.0.0.1", "::1" };
    return makeSelfSigned(names);
}

} // namespace hookbench::http
