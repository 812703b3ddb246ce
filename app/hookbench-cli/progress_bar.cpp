#include "app/hookbench-cli/progress_bar.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace hookbench::cli {

namespace {

std::string grouped(std::uint64_t number)
{
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

} // namespace

std::string progressText(const pipeline::RunProgress &progress)
{
    const double seconds = std::max(progress.seconds, 0.001);
    std::string text;
    if (progress.part)
        text = fmt::format("{:3.0f} %  ", std::floor(*progress.part * 100));
    text += fmt::format("{} events  {}/s", grouped(progress.soFar.events),
        grouped(static_cast<std::uint64_t>(static_cast<double>(progress.soFar.events) / seconds)));
    if (const double part = progress.part.value_or(0); part > 0 && part < 1)
        text += fmt::format("  {:.0f} s left", seconds / part - seconds);
    text += fmt::format("  {} delivered", grouped(progress.soFar.delivered));
    if (progress.soFar.failed > 0)
        text += fmt::format("  {} failed", grouped(progress.soFar.failed));
    return text + fmt::format("  {} in flight", progress.inFlight);
}

ProgressBar::ProgressBar()
    : m_terminal(isatty(STDERR_FILENO) == 1)
{
}

void ProgressBar::show(const pipeline::RunProgress &progress)
{
    if (!m_terminal)
        return;
    constexpr std::size_t kWidth = 24;
    std::string bar;
    if (progress.part) {
        const auto filled = static_cast<std::size_t>(*progress.part * kWidth);
        bar = fmt::format("[{}{}] ", std::string(filled, '#'), std::string(kWidth - filled, '.'));
    }
    fmt::print(stderr, "\r\033[K{}{}", bar, progressText(progress));
    std::fflush(stderr);
    m_shown = true;
}

void ProgressBar::hide()
{
    if (m_shown)
        fmt::print(stderr, "\r\033[K");
    m_shown = false;
}

} // namespace hookbench::cli
