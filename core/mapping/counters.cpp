#include "core/mapping/counters.h"

#include <new>

namespace hookbench::mapping {

using json::Member;
using json::Value;

namespace {

bool sameMemory(Value a, Value b)
{
    if (a.isArray() && b.isArray())
        return a.items().data() == b.items().data();
    return a.isObject() && b.isObject() && a.members().data() == b.members().data() && a.size() == b.size();
}

} // namespace

Value withOwnMemory(Value payload, json::Arena &arena)
{
    if (!payload.isObject() || payload.size() > 0)
        return payload;
    return Value::object({ static_cast<const Member *>(arena.allocate(sizeof(Member))), 0 });
}

void Counters::write(Value object, std::string_view name, double number, json::Arena &arena)
{
    if (!object.isObject())
        return;
    json::ObjectBuilder builder(arena);
    builder.addAll(current(object).members());
    builder.add(name, Value::number(number));
    m_current.insert_or_assign(identityOf(object), builder.build());
}

Value Counters::settled(Value value, json::Arena &arena) const
{
    if (value.isArray()) {
        Value *copy = nullptr;
        for (std::size_t i = 0; i < value.size(); ++i) {
            const Value item = value.items()[i];
            const Value now = settled(item, arena);
            if (!copy && now.isContainer() && !sameMemory(item, now)) {
                copy = static_cast<Value *>(arena.allocate(value.size() * sizeof(Value)));
                std::uninitialized_copy(value.items().begin(), value.items().end(), copy);
            }
            if (copy)
                copy[i] = now;
        }
        return copy ? Value::array({ copy, value.size() }) : value;
    }
    if (!value.isObject())
        return value;
    const Value now = current(value);
    json::ObjectBuilder builder(arena);
    bool changed = false;
    for (const Member &member : now.members()) {
        const Value inner = settled(member.value, arena);
        changed = changed || (inner.isContainer() && !sameMemory(member.value, inner));
        builder.add(member.key, inner);
    }
    return changed ? builder.build() : now;
}

} // namespace hookbench::mapping
