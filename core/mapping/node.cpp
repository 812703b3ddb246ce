#include "core/mapping/node.h"

#include "core/mapping/place.h"

#include <algorithm>
#include <new>

namespace hookbench::mapping {

using json::Member;
using json::Value;

Value Run::fail(const Place *place, const char *code, std::string message)
{
    if (!failed) {
        failed = true;
        error = { code, std::move(message), pointerTo(place), std::nullopt };
    }
    return {};
}

namespace {

bool holdsUndefined(Value value)
{
    if (value.isArray())
        return std::any_of(value.items().begin(), value.items().end(), holdsUndefined);
    return value.isObject() && std::any_of(value.members().begin(), value.members().end(), [](const Member &member) {
        return member.value.isUndefined() || holdsUndefined(member.value);
    });
}

Value copyWithoutUndefined(Value value, json::Arena &arena)
{
    if (value.isArray()) {
        auto *items = static_cast<Value *>(arena.allocate(value.size() * sizeof(Value)));
        std::size_t count = 0;
        for (const Value item : value.items())
            new (items + count++) Value(copyWithoutUndefined(item, arena));
        return Value::array({ items, count });
    }
    if (!value.isObject())
        return value;
    auto *members = static_cast<Member *>(arena.allocate(value.size() * sizeof(Member)));
    std::size_t count = 0;
    for (const Member &member : value.members())
        if (!member.value.isUndefined())
            new (members + count++) Member{ member.key, copyWithoutUndefined(member.value, arena) };
    return Value::object({ members, count });
}

} // namespace

Value withoutUndefined(Value value, json::Arena &arena)
{
    return holdsUndefined(value) ? copyWithoutUndefined(value, arena) : value;
}

} // namespace hookbench::mapping
