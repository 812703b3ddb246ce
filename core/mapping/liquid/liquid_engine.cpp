#include "core/mapping/liquid/liquid_engine.h"

#include "core/base/logging.h"
#include "core/mapping/liquid/interpreter.h"

#include <chrono>
#include <condition_variable>
#include <ctime>
#include <functional>
#include <mutex>
#include <pthread.h>
#include <thread>

namespace hookbench::mapping {

namespace {

using Steady = std::chrono::steady_clock;

/// Segment's render limit.
constexpr std::chrono::milliseconds kTimeLimit{ 500 };
/// On a busy machine the limit is one of processor time, but nobody waits longer than this.
constexpr std::chrono::seconds kPatience{ 10 };

Error timeOut()
{
    return { "liquid-time",
        "The template takes longer than the 500 ms that Segment allows: make it shorter or have it read less of the "
        "event",
        {}, std::nullopt };
}

std::chrono::nanoseconds processorTime(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace

/// The thread with the interpreter, and the one job it has at a time.
class LiquidEngine::Worker
{
public:
    using Job = std::function<void(Interpreter &)>;

    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
            if (m_interpreter)
                m_interpreter->interrupt();
        }
        m_changed.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }

    /// Runs `job` in the thread. Error code: liquid-time, when it had to be stopped; liquid-engine.
    Result<void> run(const Job &job)
    {
        const std::lock_guard turn(m_turn);
        std::unique_lock lock(m_mutex);
        if (!m_thread.joinable())
            m_thread = std::thread([this] { serve(); });
        m_job = &job;
        m_began.reset();
        m_interrupted = false;
        m_changed.notify_all();

        m_changed.wait(lock, [this] { return m_began || !m_job; });
        if (!finishesInTime(lock)) {
            m_interrupted = true;
            m_interpreter->interrupt();
            // The event may be gone once the caller is: wait until the script has let go of it.
            m_changed.wait(lock, [this] { return !m_job; });
        }
        if (m_broken)
            return fail(*m_broken);
        if (m_interrupted)
            return fail(timeOut());
        return {};
    }

private:
    struct Start
    {
        Steady::time_point wall;
        std::chrono::nanoseconds processor;
    };

    bool finishesInTime(std::unique_lock<std::mutex> &lock)
    {
        clockid_t clock{};
        pthread_getcpuclockid(m_thread.native_handle(), &clock);
        std::chrono::nanoseconds left = kTimeLimit;
        while (m_job && left > std::chrono::nanoseconds::zero() && Steady::now() < m_began->wall + kPatience) {
            m_changed.wait_for(lock, left, [this] { return !m_job; });
            if (m_job)
                left = kTimeLimit - (processorTime(clock) - m_began->processor);
        }
        return !m_job;
    }

    void serve()
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_changed.wait(lock, [this] { return m_stopping || m_job; });
            if (m_stopping)
                break;
            if (!m_interpreter && !makeInterpreter(lock)) {
                finishJob();
                continue;
            }
            m_began = Start{ Steady::now(), processorTime(CLOCK_THREAD_CPUTIME_ID) };
            m_changed.notify_all();
            const Job &job = *m_job;
            lock.unlock();
            job(*m_interpreter);
            lock.lock();
            if (m_interrupted) {
                qCInfo(lcLiquid) << "A template took too long: the engine is made anew";
                m_interpreter.reset();
            }
            finishJob();
        }
        m_interpreter.reset();
    }

    bool makeInterpreter(std::unique_lock<std::mutex> &lock)
    {
        lock.unlock();
        auto made = Interpreter::make();
        lock.lock();
        m_broken.reset();
        if (made)
            m_interpreter = *std::move(made);
        else
            m_broken = made.error();
        return m_interpreter != nullptr;
    }

    void finishJob()
    {
        m_job = nullptr;
        m_changed.notify_all();
    }

    std::mutex m_turn; ///< held by the caller who is served
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::thread m_thread;
    const Job *m_job = nullptr;
    std::optional<Start> m_began; ///< when the thread took the job
    bool m_interrupted = false;
    bool m_stopping = false;
    std::optional<Error> m_broken; ///< why there is no interpreter
    std::unique_ptr<Interpreter> m_interpreter; ///< made and destroyed in the thread
};

LiquidEngine::LiquidEngine()
    : m_worker(std::make_unique<Worker>())
{
}

LiquidEngine::~LiquidEngine() = default;

Result<Rendered> LiquidEngine::render(std::string_view source, json::Value event)
{
    Result<Rendered> answer;
    const auto ran = m_worker->run([&](Interpreter &interpreter) { answer = interpreter.render(source, event); });
    if (!ran)
        return fail(ran.error());
    return answer;
}

Result<void> LiquidEngine::check(std::string_view source)
{
    Result<void> answer;
    const auto ran = m_worker->run([&](Interpreter &interpreter) { answer = interpreter.check(source); });
    return ran ? answer : ran;
}

} // namespace hookbench::mapping
