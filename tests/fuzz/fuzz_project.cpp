// A project file that is read is written so that it is read as the same, and checking it never fails.
#include "core/destination/check.h"
#include "core/destination/document.h"

#include <cstdint>
#include <cstdlib>

using namespace hookbench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto project = destination::read({ reinterpret_cast<const char *>(data), size });
    if (!project)
        return 0;
    const std::string written = destination::write(*project);
    const auto again = destination::read(written);
    if (!again || destination::write(*again) != written)
        std::abort();
    (void)destination::check(*project);
    return 0;
}
