// Reading never fails in another way than by an Error; a destination that was read from Terraform (either syntax) or
// from a script is written so that it is read as the same.
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
        (void)exportProject(destination.project, Format::Segment, options);
        for (const Format format : { Format::Curl, Format::Terraform }) {
            const std::string text = exportProject(destination.project, format, options).text;
            if (sniffFormat(texts[0].text) != Format::Terraform) // which brings texts to NFC
                continue;
            const NamedText again[] = { { {}, text } };
            const auto back = importTexts(again);
            if (!back && format == Format::Curl && back.error().message.find("nested deeper") != std::string::npos)
                continue; // the script holds JSON, which may be less deep
            if (!back || written(back->destinations.at(0).project) != written(destination.project))
                std::abort();
        }
    }
    return 0;
}
