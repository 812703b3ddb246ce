// Reading never fails in another way than by an Error; a destination that was read from Terraform is written so that it
// is read as the same.
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"

#include <cstdint>
#include <cstdlib>

using namespace hookbench;
using namespace hookbench::destination;

namespace {

/// What Terraform keeps: no id.
std::string written(Project project)
{
    project.id.clear();
    return write(project);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const NamedText texts[] = { { {}, { reinterpret_cast<const char *>(data), size } } };
    const auto imported = importTexts(texts);
    if (!imported)
        return 0;
    for (const ImportedDestination &destination : imported->destinations) {
        ExportOptions options;
        options.includeSecret = true;
        for (const Format format : { Format::Segment, Format::Curl })
            (void)exportProject(destination.project, format, options);
        if (sniffFormat(texts[0].text) != Format::Terraform)
            continue;
        const NamedText again[] = { { {}, exportProject(destination.project, Format::Terraform, options).text } };
        const auto back = importTexts(again);
        if (!back || written(back->destinations.at(0).project) != written(destination.project))
            std::abort();
    }
    return 0;
}
