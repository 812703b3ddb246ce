#pragma once
// From what a mapping resolved to to what can be sent: empty values dropped, values coerced and checked exactly as
// Segment's engine does it (actions-core 3.170.0: removeEmptyValues, then Ajv 8 with coerceTypes "array" and
// removeAdditional). Error texts are ours; what passes, and as what, is Segment's.
#include "core/base/result.h"
#include "core/json/value.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::destination {

struct Payload
{
    std::string url; ///< an RFC 3986 URI (see uri.h), not yet known to be HTTP
    std::string method; ///< POST, PUT or PATCH
    json::Value headers; ///< an object, or undefined
    std::optional<json::Value> data; ///< an object; absent: no body
    bool enableBatching = false;
    std::size_t batchSize = 0; ///< 1 to kMaxBatchSize; 0 and absent became kDefaultBatchSize
    std::vector<std::string> batchKeys; ///< absent: url, method, headers
};

/// `resolved` is what mapping::Mapping::resolve gave; the Payload's values refer to its memory or to `arena`.
/// Several mistakes come as one Error, the first one's path (/url, /batch_keys/0) in it. Code: payload-invalid.
/// `batch` differs in one point only: an empty url or method is "missing" for a single event and "wrong" in a batch.
Result<Payload> toPayload(json::Value resolved, bool batch, json::Arena &arena);

/// The shared secret of a destination's settings object as Segment reads it: 123 is "123"; null, "" and absent are
/// none; an array or object is an error. Code: settings-invalid.
Result<std::optional<std::string>> sharedSecretOf(json::Value settings);

} // namespace hookbench::destination
