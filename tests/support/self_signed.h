#pragma once
// A TLS server context with a fresh self-signed certificate.
#include <string>

struct ssl_ctx_st;

namespace hookbench::test {

/// For a DNS name or an IPv4 address. The caller frees it.
ssl_ctx_st *selfSignedContext(const std::string &name);

} // namespace hookbench::test
