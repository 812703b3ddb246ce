#pragma once
// Mappings as text for the clipboard, and back from any text that holds some. Pure.
#include "core/base/result.h"
#include "core/destination/formats/exchange.h"

#include <vector>

namespace hookbench::mappings {

/// The mappings in a mapping's JSON, a project file, Segment JSON or Terraform, as they are. At least one. Error codes:
/// those of importTexts, import-size.
Result<std::vector<destination::Mapping>> mappingsFromText(std::string text);

} // namespace hookbench::mappings
