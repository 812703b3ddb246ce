#pragma once
// How objects find their keys: a 64-bit filter while few keys are collected, an open-addressing table in front of the
// members of large objects. Private to core/json.
#include "core/json/value.h"

#include <bit>
#include <cstring>
#include <memory>

namespace hookbench::json {

inline std::uint64_t hashKey(std::string_view key)
{
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ key.size();
    std::size_t at = 0;
    for (; at + 8 <= key.size(); at += 8) {
        std::uint64_t chunk = 0;
        std::memcpy(&chunk, key.data() + at, 8);
        hash = (std::rotl(hash, 25) ^ chunk) * 0x9FB21C651E98DF25ULL;
    }
    std::uint64_t rest = 0;
    if (at < key.size())
        std::memcpy(&rest, key.data() + at, key.size() - at);
    hash = (std::rotl(hash, 25) ^ rest) * 0x9FB21C651E98DF25ULL;
    return hash ^ (hash >> 32);
}

/// Says "surely new" for most new keys at the cost of a few instructions.
class KeyFilter
{
public:
    /// Whether a key like this was seen before; remembers it.
    bool mayContain(std::string_view key)
    {
        const auto last = static_cast<unsigned char>(key.empty() ? 0 : key.back());
        const auto first = static_cast<unsigned char>(key.empty() ? 0 : key.front());
        const std::uint64_t bit = std::uint64_t{ 1 } << ((key.size() * 7 + last * 5U + first * 11U) & 63);
        const bool seen = (m_bits & bit) != 0;
        m_bits |= bit;
        return seen;
    }

private:
    std::uint64_t m_bits = 0;
};

/// Table of member numbers + 1, right before the members: [slots pointer, mask][members…].
class ObjectIndex
{
public:
    static constexpr std::size_t kMinimum = 24;

    /// Moves `members` without their duplicates into the arena; `count` becomes how many are left.
    static Member *build(Arena &arena, std::span<const Member> members, std::size_t &count)
    {
        const std::size_t slotCount = std::bit_ceil(members.size() * 2);
        auto *slots = static_cast<std::uint32_t *>(arena.allocate(slotCount * sizeof(std::uint32_t)));
        std::memset(slots, 0, slotCount * sizeof(std::uint32_t));
        auto *head = static_cast<Head *>(arena.allocate(sizeof(Head) + members.size() * sizeof(Member)));
        new (head) Head{ slots, slotCount - 1 };
        auto *memory = reinterpret_cast<Member *>(head + 1);
        count = 0;
        for (const Member &member : members) {
            std::size_t slot = hashKey(member.name()) & head->mask;
            while (slots[slot] != 0 && memory[slots[slot] - 1].name() != member.name())
                slot = (slot + 1) & head->mask;
            if (slots[slot] != 0) {
                memory[slots[slot] - 1].value = member.value;
            } else {
                new (memory + count) Member(member);
                slots[slot] = static_cast<std::uint32_t>(++count);
            }
        }
        return memory;
    }

    static const Member *find(const Member *members, std::string_view key)
    {
        const Head *head = reinterpret_cast<const Head *>(members) - 1;
        std::size_t slot = hashKey(key) & head->mask;
        while (head->slots[slot] != 0) {
            const Member *member = members + (head->slots[slot] - 1);
            if (member->name() == key)
                return member;
            slot = (slot + 1) & head->mask;
        }
        return nullptr;
    }

private:
    struct Head
    {
        const std::uint32_t *slots;
        std::size_t mask;
    };
    static_assert(sizeof(Head) == 16);
};

} // namespace hookbench::json
