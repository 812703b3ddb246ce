#include "tests/support/self_signed.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace hookbench::test {

namespace {

void require(bool ok, const char *what)
{
    if (!ok)
        throw std::runtime_error(what);
}

} // namespace

ssl_ctx_st *selfSignedContext(const std::string &name)
{
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    require(key && certificate, "no key or certificate");
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(
        subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    const bool isAddress = name.find_first_not_of("0123456789.") == std::string::npos;
    const std::string alternative = (isAddress ? "IP:" : "DNS:") + name;
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative.c_str()), X509_EXTENSION_free);
    X509_add_ext(certificate.get(), extension.get(), -1);
    require(X509_sign(certificate.get(), key.get(), EVP_sha256()) != 0, "the certificate cannot be signed");

    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    require(context != nullptr, "no TLS context");
    SSL_CTX_use_certificate(context, certificate.get());
    SSL_CTX_use_PrivateKey(context, key.get());
    return context;
}

} // namespace hookbench::test
