#pragma once
// Which deliveries, and in what order. Plain values; any thread.
#include "core/journal/record.h"
#include "core/query/query.h"

#include <cstdint>
#include <functional>
#include <span>

namespace hookbench::journal {

/// What a list is sorted by; equals come in the order of time.
enum class SortBy : std::uint8_t {
    Time, ///< the order they were made in
    Status,
    Verdict,
    Mapping,
    Url,
    Method,
    Events,
    Bytes,
    Duration,
    Attempts,
    Signature,
};

struct Listing
{
    query::Query filter; ///< the empty one: everything
    SortBy sortBy = SortBy::Time;
    bool descending = true;
    std::int64_t newerThan = 0; ///< only sequences above it: what came since the last listing
};

/// Takes the next sequences; false: enough.
using Found = std::function<bool(std::span<const std::int64_t>)>;

} // namespace hookbench::journal
