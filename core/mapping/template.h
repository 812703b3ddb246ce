#pragma once
// `{{event}} by {{user.name}}`: texts with places for values, as Segment's engine renders them. Two passes, `{{{x}}}`
// first; the second one sees what the first one made; nothing is escaped. Values,
// immutable; the parts live in the arena given to parse and refer to the text.
#include "core/base/result.h"
#include "core/json/value.h"
#include "core/mapping/path.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hookbench::mapping {

class Template
{
public:
    static Template parse(std::string_view text, json::Arena &arena);

    /// The text for `data`, as a string in `out`; nothing when a value has no text in JavaScript (see coercion.h) or
    /// the text grows over kLongestText. `scratch` is overwritten.
    std::optional<json::Value> render(
        json::Value data, json::Arena &out, std::string &scratch, const Counters *counters = nullptr) const;

    /// What the placeholders name, those of the second pass too as far as the text itself has them.
    std::span<const Path> paths() const { return m_paths; }

    struct Part
    {
        json::Value text; ///< undefined for a placeholder
        Path path; ///< of a placeholder
    };

private:
    std::span<const Part> m_parts;
    std::span<const Path> m_paths;
    bool m_twice = false; ///< the text has triple braces: the parts are those of the first pass
};

/// Segment's `render` as a function of its own. Code: mapping-value.
Result<json::Value> render(json::Value text, json::Value data, json::Arena &out);

} // namespace hookbench::mapping
