#pragma once
// UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
#include <cstdint>
#include <string>
#include <string_view>

namespace hookbench {

inline constexpr std::size_t kValidUtf8 = std::string_view::npos;

/// Offset of the first byte that does not belong to valid UTF-8, or kValidUtf8.
std::size_t findInvalidUtf8(std::string_view text);

/// Decodes one code point at `at` and moves `at` behind it. Surrogates (WTF-8, three bytes) are let through. A byte
/// that starts nothing valid gives -1 and moves one byte.
std::int32_t nextCodePoint(std::string_view text, std::size_t &at);

/// Appends `codePoint` (surrogates too, as WTF-8).
void appendCodePoint(std::string &out, char32_t codePoint);

/// A byte above ASCII.
constexpr bool isNonAscii(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}

} // namespace hookbench
