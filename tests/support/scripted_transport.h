#pragma once
// A Transport without a network: a function says what becomes of each request, and every request is kept. Answers come
// from the event loop, as a real transport's do; while held they wait for release().
//
// Threads: lives in one thread with an event loop.
#include "core/delivery/transport.h"

#include <QObject>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace hookbench::test {

class ScriptedTransport final : public QObject, public delivery::Transport
{
public:
    /// What becomes of the request; `number` counts from 0.
    using Answer = std::function<delivery::Outcome(const delivery::Request &request, std::size_t number)>;

    explicit ScriptedTransport(Answer answer)
        : m_answer(std::move(answer))
    {
    }

    void send(delivery::RequestPtr request, const delivery::TransportOptions &options, Done done) override
    {
        m_requests.push_back(request);
        m_options.push_back(options);
        m_waiting.push_back({ m_requests.size() - 1, std::move(done) });
        if (!m_held)
            later([this] { answerOne(); });
    }

    void hold() { m_held = true; }
    /// Answers the oldest `count` requests that wait, one after another.
    void release(std::size_t count)
    {
        for (; count > 0; --count)
            later([this] { answerOne(); });
    }

    const std::vector<delivery::RequestPtr> &requests() const { return m_requests; }
    const std::vector<delivery::TransportOptions> &options() const { return m_options; }
    std::size_t waiting() const { return m_waiting.size(); }

private:
    struct Waiting
    {
        std::size_t number;
        Done done;
    };

    template <typename Function>
    void later(Function function)
    {
        QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
    }

    void answerOne()
    {
        if (m_waiting.empty())
            return;
        const Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        delivery::Outcome outcome;
        if (m_options[next.number].cancel.stop_requested())
            outcome.failure = delivery::Failure::Cancelled;
        else
            outcome = m_answer(*m_requests[next.number], next.number);
        next.done(std::move(outcome));
    }

    Answer m_answer;
    std::vector<delivery::RequestPtr> m_requests;
    std::vector<delivery::TransportOptions> m_options;
    std::deque<Waiting> m_waiting;
    bool m_held = false;
};

} // namespace hookbench::test
