#include "core/journal/connections.h"

namespace hookbench::journal {

Result<Connection *> Journal::Connections::ofThisThread()
{
    const std::lock_guard lock(m_mutex);
    auto &mine = m_connections[std::this_thread::get_id()];
    if (!mine) {
        Result<std::unique_ptr<Connection>> opened = Connection::open(m_path);
        if (!opened)
            return tl::unexpected(opened.error());
        mine = std::move(*opened);
        thread_local ThreadEnd end;
        end.users.push_back(weak_from_this());
    }
    return mine.get();
}

std::int64_t Journal::Connections::owner()
{
    const std::lock_guard lock(m_mutex);
    if (!m_owner)
        m_owner.emplace(m_path);
    return m_owner->number();
}

Journal::Connections::ThreadEnd::~ThreadEnd()
{
    for (const std::weak_ptr<Connections> &user : users) {
        if (const auto connections = user.lock())
            connections->forget(std::this_thread::get_id());
    }
}

void Journal::Connections::forget(std::thread::id thread)
{
    const std::lock_guard lock(m_mutex);
    m_connections.erase(thread);
}

} // namespace hookbench::journal
