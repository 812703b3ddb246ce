#pragma once
// What differs between two JSON values, place by place. Items of arrays are compared by their index.
#include "core/json/value.h"

#include <string>
#include <vector>

namespace hookbench::json {

struct Difference
{
    std::string pointer; ///< of the innermost place; "" when the whole values differ
    Value before; ///< undefined: not there; lives as long as the value it was found in
    Value after;
};

/// In the order of `before`, what is only in `after` behind it. An object whose members are the same in another order
/// is one difference. Empty exactly when identical(before, after).
std::vector<Difference> differences(Value before, Value after);

} // namespace hookbench::json
