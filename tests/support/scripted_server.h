#pragma once
// An HTTP/1.1 server for tests that does exactly what its script says: raw sockets in threads of its own, so that it
// counts what really came over the wire and keeps every byte. It knows nothing of Qt.
//
// Threads: the script is called from the server's threads; everything else may be called from any thread.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct ssl_ctx_st;

namespace hookbench::test {

/// One request as it came.
struct WireRequest
{
    std::string bytes; ///< head and body, exactly
    std::size_t headSize = 0; ///< up to and with the empty line
    int connection = 0; ///< counted from 0
    int number = 0; ///< counted from 0, over all connections

    std::string_view head() const { return std::string_view(bytes).substr(0, headSize); }
    std::string_view body() const { return std::string_view(bytes).substr(headSize); }
    std::string_view requestLine() const { return head().substr(0, head().find('\r')); }
    std::string_view target() const;
    /// Name and value of each field, as written.
    std::vector<std::pair<std::string, std::string>> fields() const;
    /// The value of the first field of that name, whatever its case.
    std::optional<std::string> field(std::string_view name) const;
};

/// What the server does with a connection, step by step. Afterwards it reads the next request, unless the connection
/// was ended.
class Script
{
public:
    Script &send(std::string bytes);
    /// `bytes` again and again until `total` are sent or the peer is gone.
    Script &flood(std::string bytes, std::uint64_t total);
    Script &drip(std::string_view bytes, std::size_t piece, std::chrono::milliseconds interval);
    Script &pause(std::chrono::milliseconds time);
    /// Nothing more until the peer is gone.
    Script &stall();
    Script &close();
    /// RST instead of FIN.
    Script &reset();

private:
    friend class ScriptedServer;
    enum class Kind { Send, Flood, Pause, Stall, Close, Reset };
    struct Step
    {
        Kind kind;
        std::string bytes;
        std::uint64_t total = 0;
        std::chrono::milliseconds time{ 0 };
    };
    std::vector<Step> m_steps;
};

/// A whole response with Content-Length. `extraFields` are lines that end in CR LF.
std::string response(int status, std::string_view body = {}, std::string_view extraFields = {});

class ScriptedServer
{
public:
    using Answer = std::function<Script(const WireRequest &)>;

    struct Options
    {
        int workers = 16; ///< connections served at once
        bool keepRequests = true; ///< false: only counts, for millions of them
        std::string certificateFor; ///< not empty: TLS, with a self-signed certificate for that name or address
        std::optional<Script> onConnect; ///< before anything is read
    };

    explicit ScriptedServer(Answer answer);
    ScriptedServer(Answer answer, Options options);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer &) = delete;
    ScriptedServer &operator=(const ScriptedServer &) = delete;

    std::uint16_t port() const { return m_port; }
    /// "http://127.0.0.1:PORT" + path, or https.
    std::string url(std::string_view path = "/") const;

    int requestCount() const { return m_requestCount; }
    int connectionCount() const { return m_connectionCount; }
    std::uint64_t bytesSent() const { return m_bytesSent; }
    std::vector<WireRequest> requests() const;

private:
    class Connection;
    struct FreeContext
    {
        void operator()(ssl_ctx_st *context) const;
    };
    void work();
    void serve(int socket);
    bool run(Connection &connection, const Script &script);

    Answer m_answer;
    Options m_options;
    std::unique_ptr<ssl_ctx_st, FreeContext> m_tls;
    int m_listener = -1;
    int m_stopEvent = -1; ///< readable once the server ends
    std::uint16_t m_port = 0;
    std::atomic<int> m_requestCount{ 0 };
    std::atomic<int> m_connectionCount{ 0 };
    std::atomic<std::uint64_t> m_bytesSent{ 0 };
    mutable std::mutex m_mutex;
    std::vector<WireRequest> m_requests;
    std::vector<std::thread> m_threads;
};

} // namespace hookbench::test
