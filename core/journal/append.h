#pragma once
// Writes a batch into an open transaction; remembers what it looked up. Private to the room.
#include "core/journal/record.h"
#include "core/journal/statement.h"

#include <span>
#include <string>
#include <unordered_map>

namespace hookbench::journal {

class Writer
{
public:
    /// `owner` is whose the waiting deliveries are.
    Writer(Connection &connection, std::int64_t owner)
        : m_connection(connection)
        , m_owner(owner)
    {
    }

    Result<void> write(const Batch &batch);

private:
    using Keys = std::unordered_map<std::string, qlonglong>;

    /// `last`: its last attempt, when that is in the same batch: then its outcome need not be written a second time.
    Result<void> add(const Delivery &delivery, const Attempt *last);
    Result<void> add(const Attempt &attempt, bool outcomeIsKnown);
    Result<void> add(std::span<const EventText> events);
    Result<void> addNames(qlonglong sequence, const std::vector<std::string> &names);
    Result<QVariant> mappingKey(const SharedText &mapping);
    Result<qlonglong> keyOf(Keys &known, const char *find, const std::string &id, const char *what);

    Connection &m_connection;
    std::int64_t m_owner;
    Keys m_runs;
    Keys m_deliveries;
    Keys m_names;
    std::unordered_map<const std::string *, qlonglong> m_mappings;
};

} // namespace hookbench::journal
