#pragma once
// How often something can be done in a second, measured over `seconds` after a short warm-up.
#include <chrono>

namespace hookbench::bench {

/// `call` does `each` things.
template <typename Call>
double rate(double seconds, double each, Call call)
{
    using Clock = std::chrono::steady_clock;
    const auto elapsed
        = [](Clock::time_point since) { return std::chrono::duration<double>(Clock::now() - since).count(); };
    for (const auto warm = Clock::now(); elapsed(warm) < seconds / 10;)
        call();
    double calls = 0;
    const auto start = Clock::now();
    do {
        call();
        ++calls;
    } while (elapsed(start) < seconds);
    return calls * each / elapsed(start);
}

} // namespace hookbench::bench
