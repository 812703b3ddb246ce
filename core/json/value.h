#pragma once
// JSON as JavaScript sees it: numbers are doubles, strings are UTF-16 kept as WTF-8 (UTF-8 in which a lone surrogate is
// its own three bytes), object keys in JavaScript's order (array-index keys ascending, then insertion order), and
// `undefined` exists (objects drop it and arrays print null when stringified).
//
// A Value is an immutable 16-byte handle, cheap to copy, that owns nothing: its strings, items and members live in an
// Arena. Whoever hands out a Value says which arena keeps it alive. A Document owns: keep Documents, pass Values.
//
// Threads: Values and Documents may be read from any thread; an Arena is filled by one thread at a time.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::json {

/// Memory that is freed all at once. Nothing in it is destroyed: only trivially destructible things go in.
class Arena
{
public:
    Arena() = default;
    Arena(const Arena &) = delete;
    Arena &operator=(const Arena &) = delete;

    void *allocate(std::size_t bytes)
    {
        bytes = (bytes + 7) & ~std::size_t{ 7 };
        if (bytes > static_cast<std::size_t>(m_end - m_next))
            return allocateSlow(bytes);
        char *result = m_next;
        m_next += bytes;
        return result;
    }
    /// Copies `text` into the arena.
    std::string_view keep(std::string_view text);
    /// Forgets everything but keeps the largest block for the next use. Values that lived here are gone.
    void reset();
    /// Keeps another arena alive as long as this one: for Values that refer to both.
    void keepAlive(std::shared_ptr<const Arena> other);
    /// Bytes reserved, for tests and limits.
    std::size_t capacity() const;

private:
    struct Block
    {
        std::unique_ptr<char[]> memory;
        std::size_t size = 0;
    };
    void *allocateSlow(std::size_t bytes);

    char *m_next = nullptr;
    char *m_end = nullptr;
    std::vector<Block> m_blocks;
    std::vector<std::shared_ptr<const Arena>> m_others;
};

enum class Kind : std::uint8_t { Undefined, Null, Boolean, Number, String, Array, Object };

struct Member;

class Value
{
public:
    constexpr Value() = default; ///< undefined
    static constexpr Value null() { return Value(Kind::Null); }
    static constexpr Value boolean(bool value)
    {
        Value v(Kind::Boolean);
        v.m_boolean = value;
        return v;
    }
    static constexpr Value number(double value)
    {
        Value v(Kind::Number);
        v.m_number = value;
        return v;
    }
    /// A string whose bytes (WTF-8) must outlive the Value; Arena::keep makes them do so. Below 4 GiB.
    static Value string(std::string_view wtf8);
    /// As `string`, for callers that know the text has no `"`, `\`, control character or lone surrogate.
    static constexpr Value cleanString(std::string_view text) { return stringWithFlags(text, kClean); }
    static constexpr Value stringWithFlags(std::string_view text, std::uint8_t flags)
    {
        Value v(Kind::String);
        v.m_chars = text.data();
        v.m_size = static_cast<std::uint32_t>(text.size());
        v.m_flags = flags;
        return v;
    }
    /// Items that must outlive the Value.
    static Value array(std::span<const Value> items);
    /// Members that must outlive the Value, already in JavaScript's order and without duplicates. ObjectBuilder sees to
    /// both.
    static Value object(std::span<const Member> members);

    Kind kind() const { return m_kind; }
    bool isUndefined() const { return m_kind == Kind::Undefined; }
    bool isNull() const { return m_kind == Kind::Null; }
    bool isNullish() const { return m_kind <= Kind::Null; }
    bool isBoolean() const { return m_kind == Kind::Boolean; }
    bool isNumber() const { return m_kind == Kind::Number; }
    bool isString() const { return m_kind == Kind::String; }
    bool isArray() const { return m_kind == Kind::Array; }
    bool isObject() const { return m_kind == Kind::Object; }
    bool isContainer() const { return m_kind >= Kind::Array; }

    bool asBoolean() const
    {
        assert(isBoolean());
        return m_boolean;
    }
    double asNumber() const
    {
        assert(isNumber());
        return m_number;
    }
    std::string_view asString() const
    {
        assert(isString());
        return { m_chars, m_size };
    } ///< WTF-8
    std::span<const Value> items() const
    {
        assert(isArray());
        return { m_items, m_size };
    }
    std::span<const Member> members() const;
    /// Items of an array, members of an object, bytes of a string; 0 for the rest.
    std::size_t size() const { return m_size; }

    /// The member's value, or undefined when there is none or this is no object.
    Value find(std::string_view key) const;
    const Member *findMember(std::string_view key) const;
    bool contains(std::string_view key) const { return findMember(key) != nullptr; }
    Value at(std::size_t index) const { return isArray() && index < m_size ? m_items[index] : Value(); }

    /// Set when the string is printed as it is, between quotes.
    static constexpr std::uint8_t kClean = 1;
    /// Set when all bytes are below 0x80, so that UTF-16 units and bytes are the same.
    static constexpr std::uint8_t kAscii = 2;
    /// Set when an index precedes the members: see ObjectBuilder.
    static constexpr std::uint8_t kIndexed = 4;
    std::uint8_t flags() const { return m_flags; }
    bool isClean() const { return (m_flags & kClean) != 0; }

private:
    friend class ObjectBuilder;
    friend class Parser;
    explicit constexpr Value(Kind kind)
        : m_kind(kind)
    {
    }

    union {
        double m_number;
        bool m_boolean;
        const char *m_chars;
        const Value *m_items;
        const Member *m_members = nullptr;
    };
    std::uint32_t m_size = 0;
    Kind m_kind = Kind::Undefined;
    std::uint8_t m_flags = 0;
};
static_assert(sizeof(Value) == 16);

struct Member
{
    Value key; ///< a string
    Value value;
    std::string_view name() const { return key.asString(); }
};

inline std::span<const Member> Value::members() const
{
    assert(isObject());
    return { m_members, m_size };
}

/// Same kind, same content, same key order; NaN equals NaN, 0 equals -0 (as their JSON does).
bool identical(Value a, Value b);
/// As identical, but the order of keys does not matter.
bool equivalent(Value a, Value b);

/// A value with the memory it lives in. Copies share it.
class Document
{
public:
    Document() = default; ///< undefined
    Document(std::shared_ptr<const Arena> arena, Value root)
        : m_arena(std::move(arena))
        , m_root(root)
    {
    }
    /// A deep copy of `value` into memory of its own.
    static Document copyOf(Value value);

    Value root() const { return m_root; }
    operator Value() const { return m_root; } // NOLINT(google-explicit-constructor): a Document is read as its root
    const Value *operator->() const { return &m_root; }
    const std::shared_ptr<const Arena> &arena() const { return m_arena; }
    friend bool operator==(const Document &a, const Document &b) { return identical(a.m_root, b.m_root); }

private:
    std::shared_ptr<const Arena> m_arena;
    Value m_root;
};

/// A deep copy of `value` into `arena`.
Value copyInto(Arena &arena, Value value);

/// True for canonical decimals from 0 to 4294967294, the keys that JavaScript puts first.
bool isArrayIndex(std::string_view key);

/// Collects members and puts them in JavaScript's order; of duplicates the last value stays at the first position.
class ObjectBuilder
{
public:
    explicit ObjectBuilder(Arena &arena)
        : m_arena(arena)
    {
    }
    ObjectBuilder &add(Value key, Value value);
    /// The key's text is copied into the arena.
    ObjectBuilder &add(std::string_view key, Value value);
    /// Replaces the member of that name or adds it at the end.
    ObjectBuilder &addAll(std::span<const Member> members);
    bool empty() const { return m_members.empty(); }
    std::size_t size() const { return m_members.size(); }
    Value build();
    /// Orders, removes duplicates and moves `members` into `arena`. The array given is used as scratch space.
    static Value build(Arena &arena, std::span<Member> members);

private:
    Arena &m_arena;
    std::vector<Member> m_members;
};

/// Copies items into the arena as one array.
Value makeArray(Arena &arena, std::span<const Value> items);
/// Copies the text into the arena as a string.
Value makeString(Arena &arena, std::string_view wtf8);

} // namespace hookbench::json
