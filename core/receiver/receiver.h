#pragma once
// The webhook sink: listens on this machine, answers every request, and tells what each one's X-Signature is worth.
// It keeps nothing: whoever wants the requests stores what `received` hands out.
//
// X-Signature: no header is "unsigned"; an empty one is "invalid" (a mapping wrote it, and it verifies nothing); when
// it stands more than once the request is "invalid", even when the values agree, because receivers differ on which one
// they read. Without a secret every verdict is "no-secret".
//
// Threads: may live in a thread of its own (moveToThread while it is stopped) while a window listens to its signals.
// Its functions may be called from any thread; from another one they wait for the Receiver's event loop. `start` needs
// that loop.
#include "core/base/result.h"
#include "core/http/server.h"
#include "core/receiver/received_request.h"

#include <memory>
#include <string>
#include <vector>

#include <QObject>

namespace hookbench::receiver {

struct Options
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: a free one
    std::string secret{}; ///< empty: nothing is verified
    std::vector<std::string> allowedHosts{}; ///< names of tunnels, see http::isHostAllowed
    std::optional<http::TlsIdentity> tls{};
    http::Limits limits{};
    http::Timeouts timeouts{};
    std::size_t connections = 256;
};

/// What every request is answered with.
struct ResponsePlan
{
    int status = 200;
    Headers headers{ { "Content-Type", "application/json" } };
    std::string body = R"({"received":true})";
};

class Receiver : public QObject
{
    Q_OBJECT
public:
    explicit Receiver(QObject *parent = nullptr);
    ~Receiver() override;

    /// The address to send to: "http://127.0.0.1:8765". Errors are those of http::Server::listen.
    Result<std::string> start(const Options &options);
    void stop();
    bool isRunning() const;
    std::uint16_t port() const; ///< 0 when stopped

    /// Holds for every request that arrives completely after this.
    void setSecret(const std::string &secret);
    /// The same. An answer the server cannot send is refused, with the errors of http::check.
    Result<void> setResponsePlan(const ResponsePlan &plan);

Q_SIGNALS:
    /// After the answer has been given.
    void received(const hookbench::receiver::ReceivedRequest &request);
    /// A request that could not be read or was not let in, and what its sender was told.
    void refused(const std::string &peer, const hookbench::http::Refusal &refusal);

private:
    void take(http::Request request, const http::Responder &responder);

    SystemClock m_clock;
    signing::Verifier m_verifier{ std::string{} };
    http::Response m_response;
    std::uint64_t m_count = 0;
    http::Server *m_server;
};

} // namespace hookbench::receiver
