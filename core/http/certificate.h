#pragma once
// A certificate for a server on this machine that nobody signed: for trying out TLS, and for clients that are told to
// trust it.
#include "core/base/result.h"
#include "core/http/server.h"

#include <chrono>
#include <span>
#include <string>

namespace hookbench::http {

/// A new P-256 key and a certificate for `names` (DNS names and IP addresses; at least one), valid from yesterday for
/// `validFor`. Error codes: tls-name, tls-certificate.
Result<TlsIdentity> makeSelfSigned(
    std::span<const std::string> names, std::chrono::days validFor = std::chrono::days(90));

/// For localhost, 127.0.0.1 and ::1.
Result<TlsIdentity> makeSelfSignedForLocalhost();

} // namespace hookbench::http
