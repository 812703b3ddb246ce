#pragma once
// Segment's `get` for triggers: steps lie between . [ and ], empty ones do not count, a falsy value on the way is the
// result, texts and arrays have positions and a length. Own members only. Allocates nothing. Private to core/fql.
#include "core/fql/ast.h"

#include <optional>

namespace hookbench::fql {

class EventPath
{
public:
    /// A condition's path below properties, traits or context.
    explicit EventPath(const Literal &path);

    /// What lies there: parts of `data`, or single UTF-16 units and numbers that need no memory. Nothing where Segment
    /// throws: a path that is no text, or has nothing but separators in it.
    std::optional<json::Value> in(json::Value data) const;
    /// "products.0.sku" as its steps.
    static std::vector<std::string> steps(std::string_view path);

private:
    enum class State { Usable, Nowhere, Broken };
    struct Step
    {
        std::string key;
        std::optional<std::uint32_t> index;
        bool isLength = false;
        bool isBroken = false; ///< from foreign JSON: a key without a text
    };
    void add(std::optional<std::string> key);

    State m_state = State::Usable;
    std::vector<Step> m_steps;
};

} // namespace hookbench::fql
