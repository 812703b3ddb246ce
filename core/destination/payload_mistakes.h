#pragma once
// Each mistake that toPayload would find, on its own, with a code and a path of its own. Private to the room.
// Codes: payload-no-object, url-missing, url-invalid, method-missing, method-invalid, batch-size-invalid,
// headers-invalid, data-invalid, batch-keys-invalid.
#include "core/base/result.h"
#include "core/json/value.h"

#include <vector>

namespace hookbench::destination {

/// For a single event; in a batch the same values are mistakes.
std::vector<Error> payloadMistakes(json::Value resolved);

} // namespace hookbench::destination
