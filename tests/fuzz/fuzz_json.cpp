// What parses prints, what is printed parses, and both say the same: parse(stringify(x)) = x.
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <cstdint>
#include <cstdlib>

using namespace hookbench;

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
    if (!again || !(*again == *document) || json::stringify(again->root()) != printed)
        std::abort();
    const auto indented = json::parse(json::stringify(document->root(), 2));
    if (!indented || !(*indented == *document))
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
