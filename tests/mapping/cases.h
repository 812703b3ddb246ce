#pragma once
// One mapping, one event, one text: what the tests of the room share.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/mapping/mapping.h"

#include <string>
#include <string_view>

namespace hookbench::mapping::cases {

inline constexpr std::string_view kUndefined = "undefined";

/// The output as JSON, "undefined", or "error CODE POINTER".
inline std::string outputOf(json::Value mapping, json::Value event, LiquidRenderer *liquid = nullptr)
{
    const auto failure = [](const Error &error) { return "error " + error.code + " " + error.path; };
    const auto compiled = Mapping::compile(mapping);
    if (!compiled)
        return failure(compiled.error());
    json::Arena out;
    const auto output = compiled->resolve(event, out, liquid);
    if (!output)
        return failure(output.error());
    return output->isUndefined() ? std::string(kUndefined) : json::stringify(*output);
}

inline std::string outputOf(std::string_view mapping, std::string_view event, LiquidRenderer *liquid = nullptr)
{
    return outputOf(json::parse(mapping).value().root(), json::parse(event).value().root(), liquid);
}

} // namespace hookbench::mapping::cases
