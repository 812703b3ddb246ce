#pragma once
// Keeps credentials out of what people see: screens, command output, exports. The journal keeps exact bytes.
#include "core/base/headers.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench {

/// Names of headers, whatever their case.
using HeaderNames = std::vector<std::string>;

/// Whether `names` has that name.
bool hasHeaderName(std::span<const std::string> names, std::string_view name);
/// `names` and those of `more` that are not among them.
HeaderNames withHeaderNames(HeaderNames names, std::span<const std::string> more);

/// Authorization, Proxy-Authorization, Cookie and Set-Cookie: no list needs to name them.
bool isCredentialHeader(std::string_view name);

/// Whether the value is hidden: a credential's header, or one that `masked` names. Nothing else decides that.
bool isSecretHeader(std::string_view name, std::span<const std::string> masked);
/// A scheme word stays, the rest is hidden: "Bearer ••••••••". Short values are hidden whole.
std::string redactHeaderValue(std::string_view value);
Headers redactHeaders(const Headers &headers, std::span<const std::string> masked);
/// The URL without its userinfo: https://••••@host/path.
std::string redactUrl(std::string_view url);

} // namespace hookbench
