// What parses prints, what is printed parses, and both say the same: parse(stringify(x)) = x.
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace hookbench;

namespace {

/// Of a number such as 1e400, which JSON.stringify prints as null.
bool holdsInfinity(json::Value value)
{
    if (value.isObject())
        return std::any_of(value.members().begin(), value.members().end(),
            [](const json::Member &member) { return holdsInfinity(member.value); });
    for (std::size_t i = 0; value.isArray() && i < value.size(); ++i)
        if (holdsInfinity(value.at(i)))
            return true;
    return value.isNumber() && std::isinf(value.asNumber());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto document = json::parse(text);
    if (!document) {
        if (document.error().code != "json-size" && !document.error().position)
            std::abort();
        return 0;
    }
    const std::string printed = json::stringify(document->root());
    const auto again = json::parse(printed);
    const bool lasting = !holdsInfinity(document->root());
    if (!again || (lasting && !(*again == *document)) || json::stringify(again->root()) != printed)
        std::abort();
    const auto indented = json::parse(json::stringify(document->root(), 2));
    if (!indented || (lasting && !(*indented == *document)))
        std::abort();
    if (document->root().isString()) {
        const std::string_view string = document->root().asString();
        if (json::fromUtf16(json::toUtf16(string)) != string
            || json::toUtf16(string).size() != json::utf16Length(string))
            std::abort();
    }
    if (!json::identical(json::Document::copyOf(document->root()).root(), document->root()))
        std::abort();
    return 0;
}
