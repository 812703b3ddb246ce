#include "app/hookbench-cli/read_body.h"

#include <array>
#include <cstdio>

namespace hookbench::cli {

Result<std::string> readStandardInput()
{
    constexpr std::size_t kLongest = std::size_t{ 64 } << 20;
    std::string bytes;
    std::array<char, 1 << 16> buffer;
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
        bytes.append(buffer.data(), got);
        if (bytes.size() > kLongest)
            return fail("file-too-big", "Standard input has more than 64 MB, the largest body a receiver takes.");
    }
    if (std::ferror(stdin))
        return fail("file-read", "Standard input could not be read to its end.");
    return bytes;
}

} // namespace hookbench::cli
