#include "core/delivery/flood.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <memory>
#include <netinet/in.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace hookbench::delivery {

namespace {

/// 0: not a connection over TCP/IP.
std::uint16_t peerPort(int socket)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(socket, reinterpret_cast<sockaddr *>(&peer), &size) != 0)
        return 0;
    if (peer.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in *>(&peer)->sin_port);
    if (peer.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6 *>(&peer)->sin6_port);
    return 0;
}

std::uint64_t receivedBy(int socket)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0
        || size < offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received)
        return 0;
    return info.tcpi_bytes_received;
}

bool isFlood(int socket, std::span<const Awaited> awaited)
{
    const std::uint16_t port = peerPort(socket);
    std::uint64_t most = 0; // the largest: nobody can tell which of them it is
    for (const Awaited &each : awaited)
        if (port != 0 && each.port == port)
            most = std::max(most, each.most);
    return most > 0 && receivedBy(socket) > most;
}

} // namespace

int breakFloods(std::span<const Awaited> awaited)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(::opendir("/proc/self/fd"), &::closedir);
    int broken = 0;
    while (const dirent *entry = folder ? ::readdir(folder.get()) : nullptr) {
        const std::string_view name(entry->d_name);
        int number = -1;
        if (std::from_chars(name.data(), name.data() + name.size(), number).ec != std::errc() || peerPort(number) == 0)
            continue;
        // Another thread may close it, and a new file take its number, at any moment: held fast, it is looked at again.
        const int socket = ::fcntl(number, F_DUPFD_CLOEXEC, 0);
        if (socket < 0)
            continue;
        // Qt reads the end of the stream and closes; the linger makes that a reset, so that the server hears of it too.
        const linger none{ 1, 0 };
        if (isFlood(socket, awaited) && ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof none) == 0
            && ::shutdown(socket, SHUT_RDWR) == 0)
            ++broken;
        ::close(socket);
    }
    return broken;
}

} // namespace hookbench::delivery
