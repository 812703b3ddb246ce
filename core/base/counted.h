#pragma once
// "1 mapping", "2 mappings": counts in English sentences. For words that take an s.
#include <cstddef>
#include <string>
#include <string_view>

namespace hookbench {

inline std::string counted(std::size_t count, std::string_view word)
{
    std::string text = std::to_string(count);
    text += ' ';
    text += word;
    if (count != 1)
        text += 's';
    return text;
}

} // namespace hookbench
