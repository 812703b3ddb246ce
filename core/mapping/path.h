#pragma once
// Where a value lies in an event: `properties.products[0].price`, read exactly as Segment's `get` reads it: `[`
// separates only before a quote or digit, `]` only after one, quotes vanish, empty steps too.
// Values, immutable; the steps live in the arena given to parse.
#include "core/base/result.h"
#include "core/json/value.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace hookbench::mapping {

class Counters;

class Path
{
public:
    struct Step
    {
        std::string_view key;
        std::uint32_t index = 0; ///< when isIndex
        bool isIndex = false; ///< reaches into arrays and strings
        bool isLength = false; ///< arrays and strings have a `length`
    };

    Path() = default; ///< the whole of it
    /// As placeholders and `get` read it. Every text is a path.
    static Path parse(std::string_view text, json::Arena &arena);
    /// As @path and @arrayPath read it: the first `$.`, wherever it stands, is dropped before.
    static Path parseDirective(std::string_view text, json::Arena &arena);

    std::span<const Step> steps() const { return m_steps; }

private:
    std::span<const Step> m_steps;
};

/// What lies there. A falsy value on the way is the result; members are own members only. A single UTF-16 unit of a
/// text may need memory in `arena`. `counters` says which objects got new members meanwhile, null for none.
json::Value get(json::Value data, const Path &path, json::Arena &arena, const Counters *counters = nullptr);

/// Segment's `get` as a function of its own: `path` is a text, an array of keys, or null or undefined (which give
/// undefined). Code: mapping-value.
Result<json::Value> get(json::Value data, json::Value path, json::Arena &arena);

} // namespace hookbench::mapping
