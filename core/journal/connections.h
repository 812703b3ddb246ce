#pragma once
// The connections of one journal: one for every thread that asks, until the thread ends. Private to the room.
#include "core/journal/connection.h"
#include "core/journal/journal.h"
#include "core/journal/owner.h"

#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace hookbench::journal {

class Journal::Connections : public std::enable_shared_from_this<Connections>
{
public:
    explicit Connections(std::string path)
        : m_path(std::move(path))
    {
    }

    Result<Connection *> ofThisThread();
    const std::string &path() const { return m_path; }
    /// The number under which this journal's deliveries wait; drawn when it is first asked for.
    std::int64_t owner();

private:
    struct ThreadEnd
    {
        std::vector<std::weak_ptr<Connections>> users;
        ~ThreadEnd();
    };
    void forget(std::thread::id thread);

    const std::string m_path;
    std::mutex m_mutex;
    std::optional<Owner> m_owner;
    std::map<std::thread::id, std::unique_ptr<Connection>> m_connections;
};

} // namespace hookbench::journal
