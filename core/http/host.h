#pragma once
// DNS rebinding: a web page can point its own name at 127.0.0.1 and then talk to a server there as if it were its own
// origin. The browser still sends the page's name as Host, so names are only served when they are known. An IP address
// as Host cannot come about that way and is always served, as are localhost and names below it.
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hookbench::http {

/// Lower-case name or address of a Host value or a URL's authority, without port, brackets and the dot at its end;
/// nothing when it is malformed. An empty value gives an empty name.
std::optional<std::string> hostName(std::string_view authority);

/// Whether `name` (as hostName gives it) is served. Entries of `allowed`: "name.example", ".example" for everything
/// below it, "*" for all.
bool isHostAllowed(std::string_view name, std::span<const std::string> allowed);

} // namespace hookbench::http
