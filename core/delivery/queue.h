#pragma once
// Sends deliveries with a bound on what is in flight (per host and in all) and on what waits, so that a producer of a
// million events is held back instead of filling the memory. Deliveries to one host start in the order they came.
//
// Threads: a Queue, its transport and its callers live in one thread; connect to its signals from any other. Attempts
// are shared and immutable.
#include "core/base/clock.h"
#include "core/delivery/retry_policy.h"
#include "core/delivery/transport.h"

#include <QMetaType>
#include <QObject>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hookbench::delivery {

/// Something to be delivered.
struct Delivery
{
    std::string id;
    RequestPtr request;
    TransportOptions transport; ///< its `cancel` is replaced by the queue's
    std::shared_ptr<const void> context; ///< the caller's, handed back with every Attempt
};

/// One request on the wire and its outcome.
struct Attempt
{
    std::string delivery; ///< its id
    int number = 1;
    RequestPtr request;
    Clock::WallTime started;
    double queuedMs = 0; ///< that the delivery waited before
    Outcome outcome;
    bool retryable = false; ///< the policy's table covers this outcome
    bool last = true; ///< no further attempt follows
    std::shared_ptr<const void> context;
};

using AttemptPtr = std::shared_ptr<const Attempt>;

struct QueueLimits
{
    std::size_t inFlightPerHost = 6;
    std::size_t inFlight = 48;
    std::size_t waiting = 1'000; ///< deliveries not yet started
    /// Of the bodies of those; a single larger one is still taken when nothing waits.
    std::size_t waitingBytes = std::size_t{ 64 } << 20;
};

class Queue final : public QObject
{
    Q_OBJECT

public:
    enum class Stop {
        FinishInFlight, ///< what waits is Cancelled, what is on the wire may end
        Abort, ///< what is on the wire is Cancelled too
    };

    /// `transport` and `clock` must outlive the queue.
    Queue(Transport &transport, const Clock &clock, const QueueLimits &limits = {}, RetryPolicy policy = {},
        QObject *parent = nullptr);
    ~Queue() override;

    /// Room for another delivery.
    bool canAccept() const;
    /// Takes the delivery over; every delivery taken ends in exactly one Attempt with `last` set. False, and nothing is
    /// taken, when the queue is full or stopped: wait for ready().
    bool submit(Delivery delivery);
    /// Cancels one delivery, waiting or in flight. False when there is none of that id.
    bool cancel(const std::string &id);
    void stop(Stop mode);
    /// As stop(FinishInFlight), but what waits is handed back, in the order it would have gone out host by host, and no
    /// attempt is reported for it.
    std::vector<Delivery> withdraw();
    /// Takes deliveries again after stop() or withdraw().
    void resume();
    /// While it is held nothing starts; what is on the wire may end.
    void hold(bool held);

    std::size_t waiting() const { return m_waiting; }
    std::size_t inFlight() const { return m_inFlight.size(); }
    bool isIdle() const { return m_waiting == 0 && m_inFlight.empty(); }

Q_SIGNALS:
    void attempted(const hookbench::delivery::AttemptPtr &attempt);
    /// There is room again after a delivery was turned away.
    void ready();
    /// The last delivery ended.
    void idle();

private:
    struct Flight
    {
        Delivery delivery;
        Clock::WallTime started;
        double queuedMs = 0;
        std::stop_source cancel;
    };
    struct Waiting
    {
        Delivery delivery;
        Clock::SteadyTime since;
    };
    using ByHost = std::map<std::string, std::deque<Waiting>>;

    Waiting takeWaiting(ByHost::iterator host, std::deque<Waiting>::iterator waiting);
    bool hasRoom(const std::string &host) const;
    void startWaiting();
    double sinceMs(Clock::SteadyTime then) const;
    void start(Waiting waiting);
    void finish(std::uint64_t flight, Outcome outcome);
    void report(const Delivery &delivery, Clock::WallTime started, double queuedMs, Outcome outcome);
    void reportCancelled(const Waiting &waiting);
    void announce();

    Transport &m_transport;
    const Clock &m_clock;
    QueueLimits m_limits;
    RetryPolicy m_policy;
    ByHost m_byHost; ///< waiting, never an empty deque
    std::map<std::string, std::size_t> m_inFlightByHost; ///< never 0
    std::string m_lastHost; ///< that had its turn
    std::map<std::uint64_t, Flight> m_inFlight;
    std::uint64_t m_nextFlight = 0;
    std::size_t m_waiting = 0;
    std::size_t m_waitingBytes = 0;
    bool m_stopped = false;
    bool m_held = false;
    bool m_full = false; ///< a delivery was turned away: ready() is owed
};

} // namespace hookbench::delivery

Q_DECLARE_METATYPE(hookbench::delivery::AttemptPtr)
