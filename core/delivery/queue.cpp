#include "core/delivery/queue.h"

#include <QPointer>
#include <algorithm>

namespace hookbench::delivery {

namespace {

Outcome cancelledBeforeStart()
{
    Outcome outcome;
    outcome.failure = Failure::Cancelled;
    outcome.message = "The sending was stopped before this request went out.";
    return outcome;
}

} // namespace

Queue::Queue(Transport &transport, const Clock &clock, const QueueLimits &limits, RetryPolicy policy, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_limits(limits)
    , m_policy(std::move(policy))
{
    qRegisterMetaType<AttemptPtr>();
}

Queue::~Queue()
{
    for (auto &[number, flight] : m_inFlight)
        flight.cancel.request_stop();
}

bool Queue::canAccept() const
{
    return !m_stopped && m_waiting < m_limits.waiting && m_waitingBytes < m_limits.waitingBytes;
}

bool Queue::submit(Delivery delivery)
{
    if (!canAccept()) {
        m_full = true;
        return false;
    }
    ++m_waiting;
    m_waitingBytes += delivery.request->body.size();
    std::deque<Waiting> &line = m_byHost[delivery.request->host];
    line.push_back({ std::move(delivery), m_clock.steady() });
    startWaiting();
    return true;
}

bool Queue::cancel(const std::string &id)
{
    for (auto &[number, flight] : m_inFlight)
        if (flight.delivery.id == id) {
            flight.cancel.request_stop();
            return true;
        }
    for (auto host = m_byHost.begin(); host != m_byHost.end(); ++host) {
        std::deque<Waiting> &waiting = host->second;
        const auto found
            = std::find_if(waiting.begin(), waiting.end(), [&](const Waiting &each) { return each.delivery.id == id; });
        if (found == waiting.end())
            continue;
        reportCancelled(takeWaiting(host, found));
        announce();
        return true;
    }
    return false;
}

void Queue::stop(Stop mode)
{
    m_stopped = true;
    if (mode == Stop::Abort)
        for (auto &[number, flight] : m_inFlight)
            flight.cancel.request_stop();
    const bool hadWaiting = m_waiting > 0;
    while (!m_byHost.empty())
        reportCancelled(takeWaiting(m_byHost.begin(), m_byHost.begin()->second.begin()));
    if (hadWaiting)
        announce();
}

std::vector<Delivery> Queue::withdraw()
{
    m_stopped = true;
    std::vector<Delivery> withdrawn;
    withdrawn.reserve(m_waiting);
    while (!m_byHost.empty())
        withdrawn.push_back(takeWaiting(m_byHost.begin(), m_byHost.begin()->second.begin()).delivery);
    if (!withdrawn.empty())
        announce();
    return withdrawn;
}

void Queue::resume()
{
    m_stopped = false;
    announce();
}

void Queue::hold(bool held)
{
    m_held = held;
    startWaiting();
    announce();
}

double Queue::sinceMs(Clock::SteadyTime then) const
{
    return std::chrono::duration<double, std::milli>(m_clock.steady() - then).count();
}

Queue::Waiting Queue::takeWaiting(ByHost::iterator host, std::deque<Waiting>::iterator waiting)
{
    Waiting taken = std::move(*waiting);
    host->second.erase(waiting);
    if (host->second.empty())
        m_byHost.erase(host);
    --m_waiting;
    m_waitingBytes -= taken.delivery.request->body.size();
    return taken;
}

bool Queue::hasRoom(const std::string &host) const
{
    const auto busy = m_inFlightByHost.find(host);
    return busy == m_inFlightByHost.end() || busy->second < m_limits.inFlightPerHost;
}

void Queue::startWaiting()
{
    // Hosts take turns, so that a slow one with much to do cannot keep the others waiting.
    std::size_t withoutRoom = 0;
    while (!m_held && m_inFlight.size() < m_limits.inFlight && withoutRoom < m_byHost.size()) {
        auto host = m_byHost.upper_bound(m_lastHost);
        if (host == m_byHost.end())
            host = m_byHost.begin();
        m_lastHost = host->first;
        if (hasRoom(m_lastHost)) {
            withoutRoom = 0;
            start(takeWaiting(host, host->second.begin()));
        } else {
            ++withoutRoom;
        }
    }
}

void Queue::start(Waiting waiting)
{
    const std::uint64_t number = m_nextFlight++;
    Flight &flight = m_inFlight[number];
    flight.queuedMs = sinceMs(waiting.since);
    flight.delivery = std::move(waiting.delivery);
    flight.started = m_clock.wall();
    flight.delivery.transport.cancel = flight.cancel.get_token();
    ++m_inFlightByHost[flight.delivery.request->host];
    // The transport may outlive this queue.
    m_transport.send(
        flight.delivery.request, flight.delivery.transport, [queue = QPointer<Queue>(this), number](Outcome outcome) {
            if (queue)
                queue->finish(number, std::move(outcome));
        });
}

void Queue::finish(std::uint64_t number, Outcome outcome)
{
    auto node = m_inFlight.extract(number);
    const Flight &flight = node.mapped();
    const auto host = m_inFlightByHost.find(flight.delivery.request->host);
    if (--host->second == 0)
        m_inFlightByHost.erase(host);
    startWaiting();
    report(flight.delivery, flight.started, flight.queuedMs, std::move(outcome));
    announce();
}

void Queue::reportCancelled(const Waiting &waiting)
{
    report(waiting.delivery, m_clock.wall(), sinceMs(waiting.since), cancelledBeforeStart());
}

void Queue::report(const Delivery &delivery, Clock::WallTime started, double queuedMs, Outcome outcome)
{
    auto attempt = std::make_shared<Attempt>();
    attempt->delivery = delivery.id;
    attempt->request = delivery.request;
    attempt->started = started;
    attempt->queuedMs = queuedMs;
    attempt->retryable = m_policy.covers(outcome);
    attempt->outcome = std::move(outcome);
    attempt->context = delivery.context;
    Q_EMIT attempted(attempt);
}

void Queue::announce()
{
    if (m_full && canAccept()) {
        m_full = false;
        Q_EMIT ready();
    }
    if (isIdle())
        Q_EMIT idle();
}

} // namespace hookbench::delivery
