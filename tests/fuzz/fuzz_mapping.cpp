// First line: a mapping; the rest: an event. lint and compile agree on what is refused; what resolve gives is JSON.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/mapping/mapping.h"
#include "core/mapping/validate.h"

#include <cstdint>
#include <cstdlib>

using namespace hookbench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto value = json::parse(text.substr(0, end), { .depth = 128 });
    if (!value)
        return 0;
    const auto event = json::parse(text.substr(std::min(end + 1, text.size())), { .depth = 128 });
    const auto mapping = mapping::Mapping::compile(value->root());
    if (mapping.has_value() == hasErrors(mapping::lint(value->root(), "")))
        std::abort();
    if (!mapping || !event)
        return 0;
    json::Arena arena;
    const auto output = mapping->resolve(event->root(), arena, nullptr);
    if (output && !output->isUndefined() && !json::parse(json::stringify(*output), { .depth = 4096 }))
        std::abort();
    (void)mapping->provenance();
    return 0;
}
