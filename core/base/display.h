#pragma once
// Text from outside, made safe to look at: bodies and header values are hostile.
#include <string>
#include <string_view>

namespace hookbench {

/// `text` for one line of a terminal or a table: C0, DEL, C1, line and paragraph separators and bidirectional controls
/// as \xNN or \u{NNNN}, invalid UTF-8 bytes as \xNN. Everything else is untouched.
std::string escapeForDisplay(std::string_view text);

} // namespace hookbench
