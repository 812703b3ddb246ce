#pragma once
// The variables a Liquid template mentions, found without running it: for provenance and value keys. Follows
// LiquidJS's static analysis for templates that LiquidJS accepts; what it refuses for other reasons than an open
// delimiter may pass.
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::mapping {

struct LiquidVariable
{
    std::string text; ///< `properties.products[0].name`, `traits['full name']`, `a[b.c]`
    std::vector<std::string> keys; ///< its steps; "*" where another variable decides
    friend bool operator==(const LiquidVariable &, const LiquidVariable &) = default;
};

/// Each once, those with the same first step together, in the order of their first appearance. Code: liquid-syntax.
Result<std::vector<LiquidVariable>> liquidVariables(std::string_view source);

} // namespace hookbench::mapping
