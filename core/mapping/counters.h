#pragma once
// What {% increment %} and {% decrement %} wrote while one event was resolved. JavaScript writes into the event itself,
// so that every reference to the object sees the number, also those taken before; here the event stays as it is,
// objects are known by the memory of their members, and this table says what they became. Private to core/mapping.
#include "core/json/value.h"

#include <string_view>
#include <unordered_map>

namespace hookbench::mapping {

/// `payload`, with memory of its own when it is an empty object: those may share theirs.
json::Value withOwnMemory(json::Value payload, json::Arena &arena);

class Counters
{
public:
    /// The object as it is now; one level, its members may have changed as well.
    json::Value current(json::Value object) const
    {
        const auto found = m_current.find(identityOf(object));
        return found == m_current.end() ? object : found->second;
    }
    /// Writes a member into an object. Anything else takes no members.
    void write(json::Value object, std::string_view name, double number, json::Arena &arena);
    /// `value` with all its objects as they are now.
    json::Value settled(json::Value value, json::Arena &arena) const;

private:
    struct Identity
    {
        const json::Member *members;
        std::size_t size;
        friend bool operator==(const Identity &, const Identity &) = default;
    };
    struct Hash
    {
        std::size_t operator()(const Identity &identity) const
        {
            return std::hash<const void *>()(identity.members) ^ identity.size;
        }
    };
    static Identity identityOf(json::Value object) { return { object.members().data(), object.size() }; }

    std::unordered_map<Identity, json::Value, Hash> m_current;
};

} // namespace hookbench::mapping
