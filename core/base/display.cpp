#include "core/base/display.h"

#include "core/base/utf8.h"

#include <fmt/format.h>

namespace hookbench {

namespace {

bool isHostile(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F
        || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c >= 0xD800 && c <= 0xDFFF);
}

} // namespace

std::string escapeForDisplay(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const std::int32_t codePoint = nextCodePoint(text, at);
        if (codePoint < 0)
            out += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[start]));
        else if (!isHostile(static_cast<char32_t>(codePoint)))
            out.append(text, start, at - start);
        else if (codePoint < 0x100)
            out += fmt::format("\\x{:02X}", codePoint);
        else
            out += fmt::format("\\u{{{:04X}}}", codePoint);
    }
    return out;
}

} // namespace hookbench
