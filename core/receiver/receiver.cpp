#include "core/receiver/receiver.h"

#include "core/base/id.h"

#include <QMetaObject>
#include <QThread>
#include <chrono>
#include <utility>

namespace hookbench::receiver {

namespace {

/// Calls `work` in `object`'s thread and waits for what it returns. A thread that does not run cannot be disturbed, nor
/// waited for: then it is called here.
template <typename Work>
auto inThreadOf(const QObject *object, Work work)
{
    if (QThread *thread = object->thread(); thread == QThread::currentThread() || !thread->isRunning())
        return work();
    using Answer = decltype(work());
    auto *context = const_cast<QObject *>(object);
    if constexpr (std::is_void_v<Answer>) {
        QMetaObject::invokeMethod(context, std::move(work), Qt::BlockingQueuedConnection);
    } else {
        std::optional<Answer> answer;
        QMetaObject::invokeMethod(
            context, [&] { answer.emplace(work()); }, Qt::BlockingQueuedConnection);
        return std::move(*answer);
    }
}

/// All values of X-Signature as one list (RFC 9110 5.3); more than one can never be equal to a signature.
std::optional<std::string> signatureHeader(const Headers &headers)
{
    std::optional<std::string> joined;
    for (const Header &header : headers) {
        if (!sameHeaderName(header.name, "x-signature"))
            continue;
        if (joined)
            *joined += ", " + header.value;
        else
            joined = header.value;
    }
    return joined;
}

http::Response responseOf(const ResponsePlan &plan)
{
    return { .status = plan.status, .headers = plan.headers, .body = plan.body };
}

} // namespace

Receiver::Receiver(QObject *parent)
    : QObject(parent)
    , m_response{ responseOf({}) }
    , m_server{ new http::Server(
          [this](http::Request request, const http::Responder &responder) { take(std::move(request), responder); },
          this) }
{
    qRegisterMetaType<ReceivedRequest>();
    qRegisterMetaType<http::Refusal>();
    connect(m_server, &http::Server::refused, this, &Receiver::refused);
}

Receiver::~Receiver() = default;

Result<std::string> Receiver::start(const Options &options)
{
    return inThreadOf(this, [&]() -> Result<std::string> {
        http::Options server;
        server.address = options.address;
        server.port = options.port;
        server.allowedHosts = options.allowedHosts;
        server.tls = options.tls;
        server.limits = options.limits;
        server.timeouts = options.timeouts;
        server.connections = options.connections;
        auto address = m_server->listen(server);
        if (address)
            m_verifier = signing::Verifier(options.secret);
        return address;
    });
}

void Receiver::stop()
{
    inThreadOf(this, [this] { m_server->close(); });
}

bool Receiver::isRunning() const
{
    return inThreadOf(this, [this] { return m_server->isListening(); });
}

std::uint16_t Receiver::port() const
{
    return inThreadOf(this, [this] { return m_server->port(); });
}

void Receiver::setSecret(const std::string &secret)
{
    inThreadOf(this, [&] { m_verifier = signing::Verifier(secret); });
}

Result<void> Receiver::setResponsePlan(const ResponsePlan &plan)
{
    const http::Response response = responseOf(plan);
    if (auto sendable = http::check(response); !sendable)
        return sendable;
    inThreadOf(this, [&] { m_response = response; });
    return {};
}

void Receiver::take(http::Request request, const http::Responder &responder)
{
    ReceivedRequest received;
    received.at = m_clock.wall();
    received.verdict = m_verifier.verify(request.body, signatureHeader(request.headers));
    received.answeredStatus = m_response.status;
    responder.answer(m_response);

    const std::chrono::duration<double, std::milli> took = m_clock.steady() - request.begun;
    received.ms = took.count();
    received.id = newId();
    received.number = ++m_count;
    received.peer = std::move(request.peer);
    received.method = std::move(request.method);
    received.target = std::move(request.target);
    received.headers = std::move(request.headers);
    received.trailers = std::move(request.trailers);
    received.body = std::move(request.body);
    Q_EMIT this->received(received);
}

} // namespace hookbench::receiver
