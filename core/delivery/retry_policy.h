#pragma once
// Which outcomes are worth another attempt, and when, as a table: what Segment's platform does by default. Plain
// values.
#include "core/delivery/outcome.h"

#include <chrono>
#include <vector>

namespace hookbench::delivery {

struct RetryPolicy
{
    struct Rule
    {
        int firstStatus;
        int lastStatus;
        bool retry;
    };

    int retries = 0; ///< attempts after the first one
    std::chrono::milliseconds retryFor{ std::chrono::hours{ 4 } }; ///< counted from the first attempt
    std::chrono::milliseconds firstDelay{ 1'000 };
    std::chrono::milliseconds longestDelay{ std::chrono::minutes{ 15 } };
    double factor = 2.0; ///< of each delay to the one before
    double randomness = 0.5; ///< a delay d lies between d * (1 - randomness) and d
    bool honourRetryAfter = true;
    std::vector<Rule> statuses = segmentStatuses(); ///< the first rule that holds the status decides; none: no retry
    std::vector<Failure> failures = segmentFailures(); ///< of those without a status

    /// 408, 423, 429, and 5xx except 501.
    static std::vector<Rule> segmentStatuses();
    /// Network errors and time-outs.
    static std::vector<Failure> segmentFailures();

    /// Whether the table says to try again after `outcome`, however many attempts are left.
    bool covers(const Outcome &outcome) const;
};

} // namespace hookbench::delivery
