#pragma once
// Time as a dependency, so that tests can hold it still. `wall` is for people and records, `steady` for durations.
#include <chrono>

namespace hookbench {

class Clock
{
public:
    using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
    using SteadyTime = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    virtual WallTime wall() const = 0;
    virtual SteadyTime steady() const = 0;
};

class SystemClock final : public Clock
{
public:
    WallTime wall() const override
    {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    SteadyTime steady() const override { return std::chrono::steady_clock::now(); }
};

} // namespace hookbench
