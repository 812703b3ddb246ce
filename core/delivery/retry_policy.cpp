#include "core/delivery/retry_policy.h"

#include <algorithm>

namespace hookbench::delivery {

std::vector<RetryPolicy::Rule> RetryPolicy::segmentStatuses()
{
    return {
        { 408, 408, true },
        { 423, 423, true },
        { 429, 429, true },
        { 501, 501, false },
        { 500, 599, true },
    };
}

std::vector<Failure> RetryPolicy::segmentFailures()
{
    return { Failure::NoFinalAnswer, Failure::Timeout, Failure::ConnectionClosed, Failure::Refused,
        Failure::HostNotFound, Failure::Unreachable, Failure::Tls, Failure::Proxy, Failure::Protocol, Failure::Other };
}

bool RetryPolicy::covers(const Outcome &outcome) const
{
    if (outcome.delivered())
        return false;
    if (outcome.failure != Failure::HttpStatus)
        return std::find(failures.begin(), failures.end(), outcome.failure) != failures.end();
    const int status = outcome.status();
    const auto rule = std::find_if(statuses.begin(), statuses.end(),
        [status](const Rule &r) { return status >= r.firstStatus && status <= r.lastStatus; });
    return rule != statuses.end() && rule->retry;
}

} // namespace hookbench::delivery
