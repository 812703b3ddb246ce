#pragma once
// The last resort against an answer without end. While Qt 6.4 reads a status line, a head, or the body of a 401 or 407,
// it tells nobody and keeps to no limit. What a connection has received, the system knows.
//
// Threads: any. Private to the room.
#include <cstdint>
#include <span>

namespace hookbench::delivery {

/// A server that is waited for.
struct Awaited
{
    std::uint16_t port = 0; ///< of the server, or of the proxy to it
    std::uint64_t most = 0; ///< that a connection to it may receive
};

/// Ends the connections of this program to one of these ports that have received more than they may: their exchanges
/// end as when the server closes. Linux; elsewhere it finds none. How many they were.
int breakFloods(std::span<const Awaited> awaited);

} // namespace hookbench::delivery
