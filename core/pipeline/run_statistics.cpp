#include "core/pipeline/run_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hookbench::pipeline {

namespace {

// Bins from 50 µs up, each 10 % wider than the one before: 160 of them reach beyond three minutes.
constexpr double kFirstBinMs = 0.05;
constexpr double kBinGrowth = 1.1;

/// Empty: delivered. A server's own words for a status are left out: there may be as many as there are answers.
std::string reasonOf(const delivery::Outcome &outcome)
{
    if (outcome.delivered())
        return {};
    return outcome.failure == delivery::Failure::HttpStatus ? delivery::statusText(outcome.status(), {})
                                                            : delivery::failureName(outcome.failure);
}

} // namespace

std::size_t RunStatistics::binOf(double ms)
{
    if (ms <= kFirstBinMs)
        return 0;
    const double bin = std::log(ms / kFirstBinMs) / std::log(kBinGrowth) + 1;
    return std::min(static_cast<std::size_t>(bin), kBins - 1);
}

double RunStatistics::percentile(const Histogram &histogram, double part)
{
    const auto total = std::accumulate(histogram.begin(), histogram.end(), std::uint64_t{ 0 });
    if (total == 0)
        return 0;
    const auto wanted = static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(total)));
    std::uint64_t seen = 0;
    std::size_t bin = 0;
    for (; bin < kBins; ++bin) {
        seen += histogram[bin];
        if (seen >= wanted)
            break;
    }
    return kFirstBinMs * std::pow(kBinGrowth, static_cast<double>(bin) - 0.5);
}

RunStatistics::Slice &RunStatistics::sliceAt(double seconds)
{
    const auto place = [&] { return static_cast<std::size_t>(std::max(0.0, seconds) / m_sliceSeconds); };
    while (place() >= kMostSlices) {
        for (std::size_t at = 0; at < m_slices.size(); ++at) {
            const Slice from = m_slices[at];
            Slice &to = m_slices[at / 2];
            if (at % 2 == 0) {
                to = from;
                continue;
            }
            to.events += from.events;
            to.failed += from.failed;
            for (std::size_t bin = 0; bin < kBins; ++bin)
                to.latency[bin] += from.latency[bin];
        }
        m_slices.resize((m_slices.size() + 1) / 2);
        m_sliceSeconds *= 2;
    }
    if (place() >= m_slices.size())
        m_slices.resize(place() + 1);
    return m_slices[place()];
}

void RunStatistics::add(const Attempt &attempt)
{
    Slice &slice = sliceAt(attempt.seconds);
    const std::size_t bin = binOf(attempt.ms);
    ++slice.latency[bin];
    ++m_latency[bin];
    m_bodyBytes += attempt.bodyBytes;
    if (attempt.failure.empty()) {
        slice.events += attempt.events;
    } else {
        ++slice.failed;
        ++m_failures[attempt.failure];
    }
}

void RunStatistics::add(const delivery::Attempt &attempt, std::size_t events, double seconds)
{
    add({ seconds, attempt.outcome.ms, events, attempt.request->body.size(), reasonOf(attempt.outcome) });
}

RunChart RunStatistics::chart(double seconds) const
{
    RunChart chart;
    chart.sliceSeconds = m_sliceSeconds;
    chart.p50Ms = percentile(m_latency, 0.5);
    chart.p95Ms = percentile(m_latency, 0.95);
    chart.bodyBytes = m_bodyBytes;
    const auto slices = std::min(
        kMostSlices, std::max(m_slices.size(), static_cast<std::size_t>(std::ceil(seconds / m_sliceSeconds))));
    for (std::size_t at = 0; at < slices; ++at) {
        const double begin = static_cast<double>(at) * m_sliceSeconds;
        const double length = std::min(m_sliceSeconds, seconds - begin);
        const bool isLast = at + 1 == slices;
        // What has only just begun would show a rate out of thin air.
        if (isLast && at > 0 && length < m_sliceSeconds / 2 && (at >= m_slices.size() || m_slices[at].failed == 0))
            break;
        RunPoint point;
        point.seconds = begin + std::max(0.0, length) / 2;
        if (at < m_slices.size()) {
            const Slice &slice = m_slices[at];
            point.eventsPerSecond = static_cast<double>(slice.events) / std::max(length, m_sliceSeconds / 4);
            point.p50Ms = percentile(slice.latency, 0.5);
            point.p95Ms = percentile(slice.latency, 0.95);
            point.failed = slice.failed;
        }
        chart.points.push_back(point);
    }
    chart.failures.assign(m_failures.begin(), m_failures.end());
    std::stable_sort(
        chart.failures.begin(), chart.failures.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
    return chart;
}

} // namespace hookbench::pipeline
