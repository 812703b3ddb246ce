#pragma once
// Texts that stand for a value nobody has: what Segment or Hookbench masked ("••••1234"), and Terraform expressions
// that an import kept as "${var.name}". Sent as they are, they would be wrong.
#include "core/base/issue.h"
#include "core/json/value.h"

#include <functional>
#include <string>
#include <string_view>

namespace hookbench::destination {

enum class StandIn { None, Masked, Placeholder };

StandIn standInOf(std::string_view text);

/// Calls `visit` with every string in `value`, keys aside, and the pointer to it.
void visitTexts(json::Value value, const std::string &pointer,
    const std::function<void(std::string_view text, const std::string &pointer)> &visit);

/// A warning for each: codes value-masked and placeholder.
void checkStandIns(json::Value value, const std::string &pointer, Issues &issues);
/// The warning's sentence.
std::string maskedMessage(std::string_view text);

} // namespace hookbench::destination
