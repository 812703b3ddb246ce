#pragma once
// What becomes of the headers a mapping names, by the rules of Segment's request client (actions-core's merge over
// node-fetch 2.6.1 Headers). Private to the room; pure.
#include "core/base/headers.h"
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/json/value.h"

#include <string_view>

namespace hookbench::delivery {

struct OwnHeaders
{
    std::string_view userAgent;
    std::string_view signature; ///< empty: none
    bool hasBody = false; ///< forces the content type
};

/// user-agent, x-signature, the mapped ones and content-type, in wire order and with lower-case names; values are
/// Latin-1 bytes. Codes: header-name, header-value; the error's path is /headers/NAME.
Result<Headers> mergeHeaders(json::Value mapped, const OwnHeaders &own, Issues &notes);

} // namespace hookbench::delivery
