#pragma once
// Where a Location header leads, as Node's legacy url.resolve says, which Segment's client uses. Private to the room;
// pure.
#include "core/destination/address.h"

#include <string>
#include <string_view>

namespace hookbench::delivery {

/// The absolute URL, for destination::addressOf. `base` is the address that answered; `location` is the header's bytes,
/// which Node reads as Latin-1. The userinfo of `base` stays as long as the host does.
Result<std::string> resolveLocation(const destination::Address &base, std::string_view location);

} // namespace hookbench::delivery
