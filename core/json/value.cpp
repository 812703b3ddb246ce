#include "core/json/value.h"

#include "core/json/object_index.h"
#include "core/json/text_scan.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hookbench::json {

namespace {

constexpr std::size_t kFirstBlock = 16 * 1024;
constexpr std::size_t kLargestStep = 4 * 1024 * 1024;

} // namespace

void *Arena::allocateSlow(std::size_t bytes)
{
    const std::size_t step = m_blocks.empty() ? kFirstBlock : std::min(m_blocks.back().size * 2, kLargestStep);
    const std::size_t size = std::max(bytes, step);
    Block block{ std::unique_ptr<char[]>(new char[size]), size };
    char *result = block.memory.get();
    m_next = result + bytes;
    m_end = result + size;
    m_blocks.push_back(std::move(block));
    return result;
}

std::string_view Arena::keep(std::string_view text)
{
    if (text.empty())
        return {};
    char *copy = static_cast<char *>(allocate(text.size()));
    std::memcpy(copy, text.data(), text.size());
    return { copy, text.size() };
}

void Arena::reset()
{
    m_others.clear();
    if (m_blocks.empty())
        return;
    const auto largest = std::max_element(
        m_blocks.begin(), m_blocks.end(), [](const Block &a, const Block &b) { return a.size < b.size; });
    std::swap(m_blocks.front(), *largest);
    m_blocks.resize(1);
    m_next = m_blocks.front().memory.get();
    m_end = m_next + m_blocks.front().size;
}

void Arena::keepAlive(std::shared_ptr<const Arena> other)
{
    if (other && other.get() != this && std::find(m_others.begin(), m_others.end(), other) == m_others.end())
        m_others.push_back(std::move(other));
}

std::size_t Arena::capacity() const
{
    std::size_t total = 0;
    for (const Block &block : m_blocks)
        total += block.size;
    return total;
}

Value Value::string(std::string_view wtf8)
{
    return stringWithFlags(wtf8, scanFlags(wtf8));
}

Value Value::array(std::span<const Value> items)
{
    Value v(Kind::Array);
    v.m_items = items.data();
    v.m_size = static_cast<std::uint32_t>(items.size());
    return v;
}

Value Value::object(std::span<const Member> members)
{
    Value v(Kind::Object);
    v.m_members = members.data();
    v.m_size = static_cast<std::uint32_t>(members.size());
    return v;
}

const Member *Value::findMember(std::string_view key) const
{
    if (!isObject())
        return nullptr;
    if (m_flags & kIndexed)
        return ObjectIndex::find(m_members, key);
    for (const Member *member = m_members, *end = m_members + m_size; member != end; ++member)
        if (member->name() == key)
            return member;
    return nullptr;
}

Value Value::find(std::string_view key) const
{
    const Member *member = findMember(key);
    return member ? member->value : Value();
}

bool identical(Value a, Value b)
{
    if (a.kind() != b.kind())
        return false;
    switch (a.kind()) {
    case Kind::Undefined:
    case Kind::Null:
        return true;
    case Kind::Boolean:
        return a.asBoolean() == b.asBoolean();
    case Kind::Number:
        return a.asNumber() == b.asNumber() || (std::isnan(a.asNumber()) && std::isnan(b.asNumber()));
    case Kind::String:
        return a.asString() == b.asString();
    case Kind::Array:
        // What is shared need not be walked through: edited documents share most of what they hold.
        return (a.items().data() == b.items().data() && a.size() == b.size())
            || std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(), identical);
    case Kind::Object:
        return (a.members().data() == b.members().data() && a.size() == b.size())
            || std::equal(a.members().begin(), a.members().end(), b.members().begin(), b.members().end(),
                [](const Member &x, const Member &y) { return x.name() == y.name() && identical(x.value, y.value); });
    }
    return false;
}

bool equivalent(Value a, Value b)
{
    if (a.kind() != b.kind() || !a.isContainer())
        return identical(a, b);
    if (a.isArray())
        return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(), equivalent);
    return a.size() == b.size() && std::all_of(a.members().begin(), a.members().end(), [&](const Member &member) {
        const Member *other = b.findMember(member.name());
        return other && equivalent(member.value, other->value);
    });
}

Value copyInto(Arena &arena, Value value)
{
    switch (value.kind()) {
    case Kind::String:
        return Value::stringWithFlags(arena.keep(value.asString()), value.flags());
    case Kind::Array: {
        auto *items = static_cast<Value *>(arena.allocate(value.size() * sizeof(Value)));
        std::size_t count = 0;
        for (const Value item : value.items())
            new (items + count++) Value(copyInto(arena, item));
        return Value::array({ items, count });
    }
    case Kind::Object: {
        ObjectBuilder builder(arena);
        for (const Member &member : value.members())
            builder.add(copyInto(arena, member.key), copyInto(arena, member.value));
        return builder.build();
    }
    default:
        return value;
    }
}

Document Document::copyOf(Value value)
{
    auto arena = std::make_shared<Arena>();
    const Value root = copyInto(*arena, value);
    return { std::move(arena), root };
}

bool isArrayIndex(std::string_view key)
{
    if (key.empty() || key.size() > 10 || key[0] < '0' || key[0] > '9' || (key[0] == '0' && key.size() > 1))
        return false;
    std::uint64_t number = 0;
    for (const char c : key) {
        if (c < '0' || c > '9')
            return false;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number <= 4294967294U;
}

ObjectBuilder &ObjectBuilder::add(Value key, Value value)
{
    m_members.push_back({ key, value });
    return *this;
}

ObjectBuilder &ObjectBuilder::add(std::string_view key, Value value)
{
    return add(makeString(m_arena, key), value);
}

ObjectBuilder &ObjectBuilder::addAll(std::span<const Member> members)
{
    m_members.insert(m_members.end(), members.begin(), members.end());
    return *this;
}

Value ObjectBuilder::build()
{
    return build(m_arena, m_members);
}

Value ObjectBuilder::build(Arena &arena, std::span<Member> members)
{
    std::size_t count = members.size();
    bool ordered = true;
    for (const Member &member : members) {
        const std::string_view name = member.name();
        ordered = ordered && !(!name.empty() && name[0] >= '0' && name[0] <= '9' && isArrayIndex(name));
    }
    if (!ordered) {
        // Index keys first, ascending; a stable sort keeps duplicates together in the order they came.
        const auto firstOther = std::stable_partition(
            members.begin(), members.end(), [](const Member &member) { return isArrayIndex(member.name()); });
        std::stable_sort(members.begin(), firstOther, [](const Member &a, const Member &b) {
            return a.name().size() != b.name().size() ? a.name().size() < b.name().size() : a.name() < b.name();
        });
    }
    if (count < ObjectIndex::kMinimum) {
        std::size_t kept = 0;
        KeyFilter seen;
        for (const Member &member : members) {
            std::size_t same = kept;
            if (seen.mayContain(member.name()))
                for (same = 0; same < kept && members[same].name() != member.name();)
                    ++same;
            if (same < kept)
                members[same].value = member.value;
            else
                members[kept++] = member;
        }
        count = kept;
        auto *memory = static_cast<Member *>(arena.allocate(count * sizeof(Member)));
        std::uninitialized_copy_n(members.begin(), count, memory);
        return Value::object({ memory, count });
    }
    Member *memory = ObjectIndex::build(arena, members, count);
    Value v = Value::object({ memory, count });
    v.m_flags = Value::kIndexed;
    return v;
}

Value makeArray(Arena &arena, std::span<const Value> items)
{
    auto *memory = static_cast<Value *>(arena.allocate(items.size_bytes()));
    std::uninitialized_copy(items.begin(), items.end(), memory);
    return Value::array({ memory, items.size() });
}

Value makeString(Arena &arena, std::string_view wtf8)
{
    return Value::string(arena.keep(wtf8));
}

} // namespace hookbench::json
