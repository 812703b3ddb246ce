#pragma once
// The `deliver` cases: the real pipeline (trigger, mapping, payload, request, redirects) with only the network
// scripted.
#include "core/json/value.h"

#include <string>

namespace hookbench::conformance {

/// What differs between what we did and one recorded answer; empty: nothing.
/// `answer` is the case's `expect` or `expect_alt`.
std::string differenceInDelivery(json::Value vector, json::Value answer);

} // namespace hookbench::conformance
