#include "tests/support/scripted_server.h"

#include "tests/support/self_signed.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hookbench::test {

namespace {

bool sameName(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

std::string_view WireRequest::target() const
{
    const std::string_view line = requestLine();
    const std::size_t start = line.find(' ') + 1;
    return line.substr(start, line.rfind(' ') - start);
}

std::vector<std::pair<std::string, std::string>> WireRequest::fields() const
{
    std::vector<std::pair<std::string, std::string>> fields;
    std::string_view rest = head();
    rest.remove_prefix(rest.find("\r\n") + 2);
    while (rest.size() > 2) {
        const std::string_view line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(line.size() + 2);
        const std::size_t colon = line.find(':');
        std::string_view value = line.substr(colon + 1);
        if (!value.empty() && value.front() == ' ')
            value.remove_prefix(1);
        fields.emplace_back(line.substr(0, colon), value);
    }
    return fields;
}

std::optional<std::string> WireRequest::field(std::string_view name) const
{
    for (const auto &[fieldName, value] : fields())
        if (sameName(fieldName, name))
            return value;
    return std::nullopt;
}

Script &Script::send(std::string bytes)
{
    m_steps.push_back({ Kind::Send, std::move(bytes) });
    return *this;
}

Script &Script::flood(std::string bytes, std::uint64_t total)
{
    m_steps.push_back({ Kind::Flood, std::move(bytes), total });
    return *this;
}

Script &Script::drip(std::string_view bytes, std::size_t piece, std::chrono::milliseconds interval)
{
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        send(std::string(bytes.substr(at, piece)));
        pause(interval);
    }
    return *this;
}

Script &Script::pause(std::chrono::milliseconds time)
{
    m_steps.push_back({ Kind::Pause, {}, 0, time });
    return *this;
}

Script &Script::stall()
{
    m_steps.push_back({ Kind::Stall, {} });
    return *this;
}

Script &Script::close()
{
    m_steps.push_back({ Kind::Close, {} });
    return *this;
}

Script &Script::reset()
{
    m_steps.push_back({ Kind::Reset, {} });
    return *this;
}

std::string response(int status, std::string_view body, std::string_view extraFields)
{
    std::string out = "HTTP/1.1 " + std::to_string(status) + " Status\r\n";
    out.append(extraFields);
    out += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return out.append(body);
}

/// A socket, with TLS or without; every call ends early when the server does.
class ScriptedServer::Connection
{
public:
    Connection(int socket, int stopEvent, SSL_CTX *tls)
        : m_socket(socket)
        , m_stopEvent(stopEvent)
    {
        const int on = 1;
        setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (!tls)
            return;
        m_tls = SSL_new(tls);
        SSL_set_fd(m_tls, m_socket);
    }
    ~Connection()
    {
        SSL_free(m_tls);
        ::close(m_socket);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    bool begin() { return !m_tls || SSL_accept(m_tls) == 1; }

    /// Waits for something to read, or for `time` to pass. False when it is time to go.
    bool wait(std::chrono::milliseconds time, bool alsoInput)
    {
        pollfd watched[] = { { m_stopEvent, POLLIN, 0 }, { m_socket, POLLIN, 0 } };
        const int timeout = time.count() < 0 ? -1 : static_cast<int>(time.count());
        return poll(watched, alsoInput ? 2 : 1, timeout) >= 0 && (watched[0].revents & POLLIN) == 0;
    }

    bool write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto written = m_tls ? SSL_write(m_tls, bytes.data(), static_cast<int>(bytes.size()))
                                       : ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (written <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

    /// Appends what is there. False at the end of the stream.
    bool read(std::string &out)
    {
        constexpr std::chrono::milliseconds kForever{ -1 };
        if ((!m_tls || SSL_pending(m_tls) == 0) && !wait(kForever, true))
            return false;
        char chunk[65536];
        const auto size
            = m_tls ? SSL_read(m_tls, chunk, sizeof chunk) : static_cast<int>(::recv(m_socket, chunk, sizeof chunk, 0));
        if (size <= 0)
            return false;
        out.append(chunk, static_cast<std::size_t>(size));
        return true;
    }

    void resetOnClose()
    {
        const linger now{ 1, 0 };
        setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }

    std::string input; ///< read, but not yet part of a request

private:
    int m_socket;
    int m_stopEvent;
    SSL *m_tls = nullptr;
};

void ScriptedServer::FreeContext::operator()(ssl_ctx_st *context) const
{
    SSL_CTX_free(context);
}

ScriptedServer::ScriptedServer(Answer answer)
    : ScriptedServer(std::move(answer), Options())
{
}

ScriptedServer::ScriptedServer(Answer answer, Options options)
    : m_answer(std::move(answer))
    , m_options(std::move(options))
{
    std::signal(SIGPIPE, SIG_IGN); // SSL_write has no MSG_NOSIGNAL
    if (!m_options.certificateFor.empty())
        m_tls.reset(selfSignedContext(m_options.certificateFor));
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    constexpr int kBacklog = 1024;
    if (bind(m_listener, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0
        || listen(m_listener, kBacklog) != 0)
        throw std::runtime_error("no socket to listen on");
    socklen_t size = sizeof address;
    getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_stopEvent = eventfd(0, EFD_CLOEXEC);
    for (int i = 0; i < m_options.workers; ++i)
        m_threads.emplace_back([this] { work(); });
}

ScriptedServer::~ScriptedServer()
{
    eventfd_write(m_stopEvent, 1);
    shutdown(m_listener, SHUT_RDWR);
    for (std::thread &thread : m_threads)
        thread.join();
    ::close(m_listener);
    ::close(m_stopEvent);
}

std::string ScriptedServer::url(std::string_view path) const
{
    return (m_tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(m_port) + std::string(path);
}

std::vector<WireRequest> ScriptedServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void ScriptedServer::work()
{
    for (;;) {
        const int socket = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0)
            serve(socket);
        else if (errno != EINTR && errno != ECONNABORTED)
            return;
    }
}

void ScriptedServer::serve(int socket)
{
    const int number = m_connectionCount++;
    Connection connection(socket, m_stopEvent, m_tls.get());
    if (!connection.begin() || (m_options.onConnect && !run(connection, *m_options.onConnect)))
        return;
    for (;;) {
        WireRequest request;
        request.connection = number;
        std::string &input = connection.input;
        std::size_t headEnd = input.find("\r\n\r\n");
        while (headEnd == std::string::npos) {
            if (!connection.read(input))
                return;
            headEnd = input.find("\r\n\r\n");
        }
        request.headSize = headEnd + 4;
        request.bytes = input.substr(0, request.headSize);
        std::size_t length = 0;
        if (const auto field = request.field("content-length"))
            std::from_chars(field->data(), field->data() + field->size(), length);
        while (input.size() < request.headSize + length)
            if (!connection.read(input))
                return;
        request.bytes = input.substr(0, request.headSize + length);
        input.erase(0, request.bytes.size());
        request.number = m_requestCount++;
        const Script script = m_answer(request);
        if (m_options.keepRequests) {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(std::move(request));
        }
        if (!run(connection, script))
            return;
    }
}

bool ScriptedServer::run(Connection &connection, const Script &script)
{
    for (const Script::Step &step : script.m_steps) {
        switch (step.kind) {
        case Script::Kind::Send:
            if (!connection.write(step.bytes))
                return false;
            m_bytesSent += step.bytes.size();
            break;
        case Script::Kind::Flood:
            for (std::uint64_t sent = 0; sent < step.total; sent += step.bytes.size()) {
                if (!connection.wait(std::chrono::milliseconds(0), false) || !connection.write(step.bytes))
                    return false;
                m_bytesSent += step.bytes.size();
            }
            break;
        case Script::Kind::Pause:
            if (!connection.wait(step.time, false))
                return false;
            break;
        case Script::Kind::Stall:
            while (connection.read(connection.input)) { }
            return false;
        case Script::Kind::Close:
            return false;
        case Script::Kind::Reset:
            connection.resetOnClose();
            return false;
        }
    }
    return true;
}

} // namespace hookbench::test
