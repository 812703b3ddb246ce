#pragma once
// Who sends a waiting delivery: a number that is locked in a file beside the journal for as long as the program that
// drew it has the journal open. The system lets go of the lock when the program ends, however it ends, so that a number
// nobody holds is that of a program that is gone. (Process ids are used again, and mean nothing in another container.)
//
// Threads: any. Private to the room.
#include <cstdint>
#include <memory>
#include <string>

namespace hookbench::journal {

class Owner
{
public:
    /// Of what an older version wrote, which did not say whose it is.
    static constexpr std::int64_t kNotSaid = 0;
    /// Where no lock can be had: nobody can tell whether its program lives.
    static constexpr std::int64_t kUnprovable = -1;

    /// Draws a number and locks it. Never fails: see kUnprovable.
    explicit Owner(const std::string &journal);
    ~Owner();
    Owner(const Owner &) = delete;
    Owner &operator=(const Owner &) = delete;

    std::int64_t number() const { return m_number; }

    /// Whether a program that held this number certainly holds it no more.
    static bool isGone(const std::string &journal, std::int64_t number);

private:
    int m_file = -1;
    std::int64_t m_number = kUnprovable;
};

} // namespace hookbench::journal
