#pragma once
// What a Session sends: the network, the Liquid engine of runs, and the run that is going on. Private to Session.
// Threads: lives in the sending thread.
#include "core/delivery/network_transport.h"
#include "core/delivery/redirect_follower.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/session.h"

#include <QTimer>

namespace hookbench::pipeline {

class Session::Sender final : public QObject
{
public:
    explicit Sender(Session &session);
    ~Sender() override;
    void begin(const destination::Project &project, const PlanOptions &plan, const RunOptions &options, SendWhat what);
    void beginAgain(std::vector<std::int64_t> sequences, const Resend &resend, std::optional<RemapWith> remap,
        const RunOptions &options);
    void goOn(const RunOptions &options);
    void stop();
    void pause(bool paused);

private:
    /// Begins a Run or a ResendRun.
    template <typename Going>
    void launch(std::unique_ptr<Going> run);
    void tellProgress();

    Session &m_session;
    SystemClock m_clock;
    delivery::NetworkTransport m_network;
    delivery::RedirectFollower m_transport;
    mapping::LiquidEngine m_liquid;
    QTimer m_progress;
    std::unique_ptr<QObject> m_run; ///< and what it can be told
    std::function<void()> m_stopIt;
    std::function<void(bool)> m_pauseIt;
    std::function<RunProgress()> m_progressOf;
    int m_reports = 0;
};

} // namespace hookbench::pipeline
