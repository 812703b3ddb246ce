#pragma once
// How long a run has been going, pauses apart.
#include "core/base/clock.h"

#include <chrono>
#include <optional>

namespace hookbench::pipeline {

class RunClock
{
public:
    /// Begins now; `clock` must outlive it.
    explicit RunClock(const Clock &clock)
        : m_clock(clock)
        , m_started(clock.steady())
    {
    }
    void restart() { m_started = m_clock.steady(); }
    void pause(bool paused)
    {
        if (paused == isPaused())
            return;
        if (paused) {
            m_pausedAt = m_clock.steady();
        } else {
            m_started += m_clock.steady() - *m_pausedAt;
            m_pausedAt.reset();
        }
    }
    bool isPaused() const { return m_pausedAt.has_value(); }
    double seconds() const
    {
        return std::chrono::duration<double>(m_pausedAt.value_or(m_clock.steady()) - m_started).count();
    }

private:
    const Clock &m_clock;
    Clock::SteadyTime m_started; ///< moved on by each pause
    std::optional<Clock::SteadyTime> m_pausedAt;
};

} // namespace hookbench::pipeline
