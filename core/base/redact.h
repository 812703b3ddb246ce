#pragma once
// Keeps credentials out of what people see: screens, command output, exports. The journal keeps exact bytes.
#include "core/base/headers.h"

#include <span>
#include <string>
#include <string_view>

namespace hookbench {

/// Authorization, Proxy-Authorization, Cookie, Set-Cookie and those named in `masked`, whatever their case.
bool isSecretHeader(std::string_view name, std::span<const std::string> masked = {});
/// A scheme word stays, the rest is hidden: "Bearer ••••••••". Short values are hidden whole.
std::string redactHeaderValue(std::string_view value);
Headers redactHeaders(const Headers &headers, std::span<const std::string> masked = {});
/// The URL without its userinfo: https://••••@host/path.
std::string redactUrl(std::string_view url);

} // namespace hookbench
