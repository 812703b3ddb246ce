#include "ui/mappings/mapping_clipboard.h"

#include "core/destination/document.h"
#include "core/json/parse.h"

#include <array>
#include <fmt/format.h>

namespace hookbench::mappings {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{ 16 } << 20; // what is read within a blink

} // namespace

Result<std::vector<destination::Mapping>> mappingsFromText(std::string text)
{
    if (text.size() > kMaxBytes)
        return fail("import-size",
            fmt::format("It has {} bytes, the limit is {}. Import it as a file.", text.size(), kMaxBytes));
    // A mapping of a project, whole and untouched; a subscription of Segment's API only looks like one.
    if (const auto parsed = json::parse(text); parsed && (*parsed)->isObject() && !(*parsed)->contains("actionId"))
        if (auto mapping = destination::mappingFromJson(*parsed))
            return std::vector{ std::move(*mapping) };
    const std::array texts{ destination::NamedText{ {}, std::move(text) } };
    auto imported = destination::importTexts(texts);
    if (!imported)
        return fail(std::move(imported.error()));
    std::vector<destination::Mapping> mappings;
    for (destination::ImportedDestination &found : imported->destinations)
        for (destination::Mapping &mapping : found.project.mappings)
            mappings.push_back(std::move(mapping));
    if (mappings.empty())
        return fail("import-nothing", "There is a destination, but it has no mappings.");
    return mappings;
}

} // namespace hookbench::mappings
