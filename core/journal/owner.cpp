#include "core/journal/owner.h"

#include <fcntl.h>
#include <random>
#include <unistd.h>

namespace hookbench::journal {

namespace {

// Not the journal itself: closing a file lets go of the locks SQLite has on it.
int openLocks(const std::string &journal)
{
    return ::open((journal + "-owners").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

// One byte for each number; the file stays empty. Locks of the open file, not of the process: two journals in one
// program are two owners. https://man7.org/linux/man-pages/man2/fcntl_locking.2.html
struct flock byteOf(std::int64_t number)
{
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = number;
    lock.l_len = 1;
    return lock;
}

std::int64_t anyNumber()
{
    std::random_device random;
    const std::uint64_t bits = (std::uint64_t{ random() } << 32U) | random();
    return static_cast<std::int64_t>(bits >> 2U) | 1; // far from the end of what a file may be
}

} // namespace

Owner::Owner(const std::string &journal)
    : m_file(openLocks(journal))
{
    if (m_file < 0)
        return;
    const std::int64_t number = anyNumber();
    struct flock lock = byteOf(number);
    if (::fcntl(m_file, F_OFD_SETLK, &lock) == 0)
        m_number = number;
}

Owner::~Owner()
{
    if (m_file >= 0)
        ::close(m_file);
}

bool Owner::isGone(const std::string &journal, std::int64_t number)
{
    if (number <= 0)
        return false;
    const int file = openLocks(journal);
    if (file < 0)
        return false;
    struct flock lock = byteOf(number);
    const bool isFree = ::fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;
    ::close(file);
    return isFree;
}

} // namespace hookbench::journal
