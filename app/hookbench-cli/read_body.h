#pragma once
// Standard input to its end, as bytes.
#include "core/base/result.h"

#include <string>

namespace hookbench::cli {

/// Error code: file-read, file-too-big (64 MB, the receiver's own limit).
Result<std::string> readStandardInput();

} // namespace hookbench::cli
