#pragma once
// One function an operation of the vectors: input in, what we answer out.
#include "core/json/value.h"
#include "core/mapping/liquid_renderer.h"

#include <memory>
#include <string>

namespace hookbench::conformance {

/// An answer in the vectors' shape, as far as it is compared.
struct Answer
{
    bool ok = false;
    bool undefined = false;
    std::string text; ///< `json` bytes, `fql`, "true"/"false" for `match`, canonical AST text for `ast`
};

/// What we answer to the case. `liquid` renders @liquid.
Answer answer(json::Value vector, mapping::LiquidRenderer &liquid);
/// What is recorded in `expect` or `expect_alt`, in the same form.
Answer recorded(json::Value expected);
/// Says what differs; empty: nothing.
std::string difference(const Answer &got, const Answer &expected);

} // namespace hookbench::conformance
