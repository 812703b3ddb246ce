#include "core/destination/migrations.h"

#include "core/json/pointer.h"
#include "core/json/text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace hookbench::destination {

std::span<const Migration> migrations()
{
    return {};
}

Result<int> versionOf(json::Value document)
{
    if (!document.isObject())
        return fail("project-version",
            fmt::format(
                "This is no Hookbench project: found {} {}, expected an object that starts with \"hookbench\": 1.",
                document.isArray() || document.isObject() ? "an" : "a", json::kindName(document.kind())));
    const json::Value version = document.find("hookbench");
    if (version.isUndefined())
        return fail("project-version",
            "This is no Hookbench project: the member \"hookbench\" with the number of the format is missing. To read "
            "Segment or Terraform files, import them.");
    const double number = version.isNumber() ? version.asNumber() : 0;
    if (number < 1 || number != std::floor(number) || number > std::numeric_limits<int>::max())
        return fail("project-version",
            fmt::format("The format is {}; expected a whole number from 1 on.", json::toText(version)), "/hookbench");
    return static_cast<int>(number);
}

Result<json::Document> migrated(const json::Document &document, int current, std::span<const Migration> steps)
{
    Result<int> version = versionOf(document);
    if (!version)
        return fail(std::move(version).error());
    if (*version > current)
        return fail("project-newer",
            fmt::format(
                "The file has format {}, made by a newer Hookbench; this one reads formats up to {}. Open it with a "
                "newer version.",
                *version, current),
            "/hookbench");
    json::Document result = document;
    for (int from = *version; from < current; ++from) {
        const auto step
            = std::find_if(steps.begin(), steps.end(), [from](const Migration &m) { return m.from == from; });
        if (step == steps.end())
            return fail("project-version", fmt::format("Format {} can no longer be read.", from), "/hookbench");
        Result<json::Document> next = step->migrate(result);
        if (next)
            next = json::replaced(*next, "/hookbench", json::Value::number(from + 1));
        if (!next)
            return next;
        result = *std::move(next);
    }
    return result;
}

} // namespace hookbench::destination
