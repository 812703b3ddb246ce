#include "core/base/headers.h"

#include <algorithm>

namespace hookbench {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

} // namespace

std::string asciiLower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool sameHeaderName(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

const Header *findHeader(const Headers &headers, std::string_view name)
{
    const auto found
        = std::find_if(headers.begin(), headers.end(), [&](const Header &h) { return sameHeaderName(h.name, name); });
    return found == headers.end() ? nullptr : &*found;
}

bool isHeaderName(std::string_view name)
{
    constexpr std::string_view kPunctuation = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || kPunctuation.find(c) != std::string_view::npos;
    });
}

} // namespace hookbench
