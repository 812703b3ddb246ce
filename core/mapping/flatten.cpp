#include "core/mapping/flatten.h"

#include "core/json/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <new>
#include <string>

namespace hookbench::mapping {

using json::Member;
using json::Value;

namespace {

class Flattener
{
public:
    Flattener(std::string_view separator, bool omitArrays, json::Arena &out)
        : m_separator(Value::string(separator))
        , m_omitArrays(omitArrays)
        , m_out(out)
    {
    }

    Value run(Value input, std::string_view prefix)
    {
        // Keys cannot meet when each splits at its separators in one way only.
        m_ordered = m_separator.size() == 1 && (m_separator.asString()[0] < '0' || m_separator.asString()[0] > '9')
            && prefix.empty();
        count(input, 0);
        m_members = static_cast<Member *>(m_out.allocate(m_count * sizeof(Member)));
        m_count = 0;
        add(Value::string(prefix), input);
        const std::span<Member> members(m_members, m_count);
        return m_ordered ? Value::object(members) : json::ObjectBuilder::build(m_out, members);
    }

private:
    bool isOpened(Value value) const { return value.isObject() || (value.isArray() && !m_omitArrays); }

    void count(Value value, std::size_t depth)
    {
        if (!isOpened(value)) {
            ++m_count;
        } else if (value.isArray()) {
            m_ordered = m_ordered && depth > 0;
            for (const Value item : value.items())
                count(item, depth + 1);
        } else {
            for (const Member &member : value.members()) {
                const std::string_view name = member.name();
                m_ordered = m_ordered && !name.empty() && (depth > 0 || name[0] < '0' || name[0] > '9')
                    && std::memchr(name.data(), m_separator.asString()[0], name.size()) == nullptr;
                count(member.value, depth + 1);
            }
        }
    }

    void add(Value key, Value value)
    {
        if (!isOpened(value)) {
            new (m_members + m_count++) Member{ key, value };
        } else if (value.isArray()) {
            std::array<char, 20> digits;
            std::size_t index = 0;
            for (const Value item : value.items()) {
                const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), index++).ptr;
                const std::string_view name(digits.data(), static_cast<std::size_t>(end - digits.data()));
                add(join(key, Value::stringWithFlags(name, Value::kClean | Value::kAscii)), item);
            }
        } else {
            for (const Member &member : value.members())
                add(key.size() == 0 ? member.key : join(key, member.key), member.value);
        }
    }

    Value join(Value prefix, Value name)
    {
        if (prefix.size() == 0)
            return Value::stringWithFlags(m_out.keep(name.asString()), name.flags());
        const std::uint8_t flags = prefix.flags() & m_separator.flags() & name.flags();
        if (!(flags & Value::kClean)) {
            std::string text(prefix.asString());
            json::appendText(text, m_separator.asString());
            json::appendText(text, name.asString());
            return json::makeString(m_out, text);
        }
        const std::size_t size = prefix.size() + m_separator.size() + name.size();
        char *text = static_cast<char *>(m_out.allocate(size));
        char *at = text;
        for (const Value part : { prefix, m_separator, name }) {
            at = std::copy(part.asString().begin(), part.asString().end(), at);
        }
        return Value::stringWithFlags({ text, size }, flags);
    }

    Value m_separator;
    bool m_omitArrays;
    json::Arena &m_out;
    Member *m_members = nullptr;
    std::size_t m_count = 0;
    bool m_ordered = true; ///< the keys come without duplicates and in JavaScript's order
};

} // namespace

Value flatten(Value input, std::string_view prefix, std::string_view separator, bool omitArrays, json::Arena &out)
{
    return Flattener(separator, omitArrays, out).run(input, prefix);
}

} // namespace hookbench::mapping
