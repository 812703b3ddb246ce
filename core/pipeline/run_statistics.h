#pragma once
// How a run went over time: throughput, latency, reasons of failures, in memory that does not grow with its length.
// Time is cut into equal slices; when there are too many, two become one. Latencies are kept in bins 10 % wide, so that
// percentiles are right to within that.
// Plain values; one thread at a time.
#include "core/delivery/queue.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hookbench::pipeline {

/// One slice of time.
struct RunPoint
{
    double seconds = 0; ///< its middle, since the run began
    double eventsPerSecond = 0; ///< of deliveries that ended in it
    double p50Ms = 0; ///< 0: none ended
    double p95Ms = 0;
    std::uint64_t failed = 0; ///< attempts
};

struct RunChart
{
    std::vector<RunPoint> points; ///< in order, one for every slice up to now; the last may still grow
    double sliceSeconds = 0;
    double p50Ms = 0; ///< of the whole run
    double p95Ms = 0;
    std::uint64_t bodyBytes = 0; ///< sent in all attempts
    std::vector<std::pair<std::string, std::uint64_t>> failures; ///< reason and how often, the most frequent first
};

class RunStatistics
{
public:
    static constexpr std::size_t kMostSlices = 240;
    static constexpr double kFirstSliceSeconds = 0.25;

    struct Attempt
    {
        double seconds = 0; ///< when it ended, since the run began
        double ms = 0;
        std::size_t events = 0;
        std::size_t bodyBytes = 0;
        std::string failure; ///< reason in few words; empty: delivered
    };
    void add(const Attempt &attempt);
    /// What an attempt with that many events, ended `seconds` after the beginning, adds.
    void add(const delivery::Attempt &attempt, std::size_t events, double seconds);
    /// As seen `seconds` after the beginning.
    RunChart chart(double seconds) const;

private:
    static constexpr std::size_t kBins = 160;
    using Histogram = std::array<std::uint32_t, kBins>;
    struct Slice
    {
        std::uint64_t events = 0;
        std::uint64_t failed = 0;
        Histogram latency{};
    };

    Slice &sliceAt(double seconds);
    static std::size_t binOf(double ms);
    static double percentile(const Histogram &histogram, double part);

    std::vector<Slice> m_slices;
    double m_sliceSeconds = kFirstSliceSeconds;
    Histogram m_latency{};
    std::uint64_t m_bodyBytes = 0;
    std::map<std::string, std::uint64_t> m_failures;
};

} // namespace hookbench::pipeline
