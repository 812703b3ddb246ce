#pragma once
// Segment's Liquid: LiquidJS 10.27.2 as Segment sets it up, inside a QJSEngine with a thread of its own.
//
// Threads: render() and check() may be called from any thread and block it until the template is done, at most 500 ms
// plus one step of the script; callers are served one after another. Do not call them from the window's thread. The
// thread and the engine are made by the first call. Needs a QCoreApplication.
#include "core/mapping/liquid_renderer.h"

#include <memory>

namespace hookbench::mapping {

class LiquidEngine final : public LiquidRenderer
{
public:
    LiquidEngine();
    /// Stops the template that is being rendered. Nobody may be waiting for another one.
    ~LiquidEngine() override;

    /// Error codes: liquid-syntax, liquid-disabled, liquid-render, liquid-time, liquid-memory, liquid-input-too-large,
    /// liquid-engine. Error.position is where in `source`.
    Result<Rendered> render(std::string_view source, json::Value event) override;
    /// Whether `source` can be parsed. Filters that Segment refuses are found by render() only, as in Segment.
    Result<void> check(std::string_view source);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace hookbench::mapping
