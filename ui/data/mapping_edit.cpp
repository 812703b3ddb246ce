#include "ui/data/mapping_edit.h"

#include "core/json/pointer.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <vector>

namespace hookbench::data {

using json::Document;
using json::Member;
using json::Value;

namespace {

tl::unexpected<Error> nothingAt(const std::string &pointer)
{
    return fail("pointer-not-found", fmt::format("There is nothing at {}.", pointer), pointer);
}

tl::unexpected<Error> exists(std::string_view name, const std::string &container)
{
    return fail("field-exists", fmt::format("There is a field “{}” already. Choose another name.", name), container);
}

std::string lastKey(const std::string &pointer)
{
    const std::vector<std::string> keys = json::pointerKeys(pointer);
    return keys.empty() ? std::string() : keys.back();
}

std::size_t indexOf(const std::string &key)
{
    std::size_t index = 0;
    std::from_chars(key.data(), key.data() + key.size(), index);
    return index;
}

// The container at `pointer` with its members changed by `change`.
template <typename Change>
Result<Document> withMembers(const Document &data, const std::string &pointer, Change change)
{
    const Value object = json::valueAt(data, pointer);
    if (!object.isObject())
        return nothingAt(pointer);
    json::Arena arena;
    std::vector<Member> members(object.members().begin(), object.members().end());
    change(members, arena);
    return json::replaced(data, pointer, json::ObjectBuilder::build(arena, members));
}

template <typename Change>
Result<Document> withItems(const Document &data, const std::string &pointer, Change change)
{
    const Value array = json::valueAt(data, pointer);
    if (!array.isArray())
        return nothingAt(pointer);
    json::Arena arena;
    std::vector<Value> items(array.items().begin(), array.items().end());
    change(items);
    return json::replaced(data, pointer, json::makeArray(arena, items));
}

// "info.name" → info, name; "info[0].email" → info, 0, email; "\"a.b\"" → a.b.
struct Step
{
    std::string key;
    bool isIndex = false;
};
std::vector<Step> stepsOf(std::string_view name)
{
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
        return { { std::string(name.substr(1, name.size() - 2)), false } };
    std::vector<Step> steps;
    std::size_t at = 0;
    while (at < name.size()) {
        if (name[at] == '.') {
            ++at;
            continue;
        }
        if (name[at] == '[') {
            const std::size_t end = name.find(']', at);
            const std::string_view inside = end == std::string_view::npos ? "" : name.substr(at + 1, end - at - 1);
            if (!inside.empty() && json::isArrayIndex(inside)) {
                steps.push_back({ std::string(inside), true });
                at = end + 1;
                continue;
            }
        }
        const std::size_t end = std::min(name.find_first_of(".[", at + 1), name.size());
        steps.push_back({ std::string(name.substr(at, end - at)), false });
        at = end;
    }
    if (steps.empty() || steps.front().isIndex)
        return { { std::string(name), false } };
    return steps;
}

// The steps from the second on as nested objects and arrays around `value`.
Value nested(json::Arena &arena, const std::vector<Step> &steps, std::size_t from, Value value)
{
    if (from == steps.size())
        return value;
    const Value inner = nested(arena, steps, from + 1, value);
    if (steps[from].isIndex)
        return json::makeArray(arena, { &inner, 1 });
    json::ObjectBuilder object(arena);
    object.add(std::string_view(steps[from].key), inner);
    return object.build();
}

bool isPlainContainer(Value value)
{
    return value.isArray() || (value.isObject() && std::ranges::none_of(value.members(), [](const Member &member) {
        return member.name().starts_with('@');
    }));
}

std::string pointerOf(const std::string &container, const std::vector<Step> &steps)
{
    std::string pointer = container;
    for (const Step &step : steps)
        pointer = json::childPointer(pointer, step.isIndex ? std::string("0") : step.key);
    return pointer;
}

} // namespace

Result<Edited> insertField(
    const Document &data, const std::string &container, std::size_t before, std::string_view name, Value value)
{
    const Value object = json::valueAt(data, container);
    if (!object.isObject())
        return nothingAt(container);
    json::Arena arena;
    const std::vector<Step> steps = stepsOf(name);
    const Value there = object.find(steps.front().key);
    if (!there.isUndefined()) {
        // "info.name" where there is an info already: into it.
        if (steps.size() == 1 || !isPlainContainer(there))
            return exists(steps.front().key, container);
        const std::string inner = json::childPointer(container, steps.front().key);
        if (there.isArray() != steps[1].isIndex)
            return exists(steps.front().key, container);
        if (there.isArray()) {
            const Value item = nested(arena, steps, 2, value);
            const std::size_t index = indexOf(steps[1].key);
            const Value at = there.at(index);
            if (index < there.size() && steps.size() > 2 && isPlainContainer(at) && at.isObject()) {
                std::string rest;
                for (std::size_t i = 2; i < steps.size(); ++i)
                    rest += steps[i].isIndex ? "[" + steps[i].key + "]" : (rest.empty() ? "" : ".") + steps[i].key;
                return insertField(data, json::childPointer(inner, index), at.size(), rest, value);
            }
            return insertItem(data, inner, there.size(), item);
        }
        std::string rest;
        for (std::size_t i = 1; i < steps.size(); ++i)
            rest += steps[i].isIndex ? "[" + steps[i].key + "]" : (rest.empty() ? "" : ".") + steps[i].key;
        return insertField(data, inner, there.size(), rest, value);
    }
    return withMembers(data, container, [&](std::vector<Member> &members, json::Arena &memory) {
        const auto at = members.begin() + static_cast<std::ptrdiff_t>(std::min(before, members.size()));
        members.insert(at, { json::makeString(memory, steps.front().key), nested(memory, steps, 1, value) });
    }).map([&](Document after) {
        return Edited{ std::move(after), pointerOf(container, steps) };
    });
}

Result<Edited> insertItem(const Document &data, const std::string &container, std::size_t before, Value value)
{
    std::size_t index = 0;
    return withItems(data, container, [&](std::vector<Value> &items) {
        index = std::min(before, items.size());
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(index), value);
    }).map([&](Document after) {
        return Edited{ std::move(after), json::childPointer(container, index) };
    });
}

Result<Edited> renameField(const Document &data, const std::string &pointer, std::string_view name)
{
    const std::string container = parentPointer(pointer);
    const std::string old = lastKey(pointer);
    const Value object = json::valueAt(data, container);
    const Member *member = object.findMember(old);
    if (!member)
        return nothingAt(pointer);
    if (old == name)
        return Edited{ data, pointer };
    const std::vector<Step> steps = stepsOf(name);
    const auto place = static_cast<std::size_t>(std::distance(object.members().data(), member));
    if (steps.size() > 1)
        return removeAt(data, pointer).and_then([&](const Edited &without) {
            return insertField(without.data, container, place, name, member->value);
        });
    const std::string key = steps.empty() ? std::string(name) : steps.front().key;
    if (key == old)
        return Edited{ data, pointer };
    if (object.contains(key))
        return exists(key, container);
    return withMembers(data, container, [&](std::vector<Member> &members, json::Arena &arena) {
        members[place].key = json::makeString(arena, key);
    }).map([&](Document after) {
        return Edited{ std::move(after), json::childPointer(container, key) };
    });
}

Result<Edited> removeAt(const Document &data, const std::string &pointer)
{
    if (pointer.empty())
        return nothingAt(pointer);
    return json::removed(data, pointer).map([&](Document after) {
        return Edited{ std::move(after), parentPointer(pointer) };
    });
}

Result<Edited> duplicateAt(const Document &data, const std::string &pointer)
{
    const std::string container = parentPointer(pointer);
    const Value around = json::valueAt(data, container);
    const std::string key = lastKey(pointer);
    const Value value = json::valueAt(data, pointer);
    if (pointer.empty() || value.isUndefined())
        return nothingAt(pointer);
    if (around.isArray())
        return insertItem(data, container, indexOf(key) + 1, value);
    const auto place = static_cast<std::size_t>(std::distance(around.members().data(), around.findMember(key)));
    return insertField(data, container, place + 1, '"' + freshName(around, key) + '"', value);
}

Result<Edited> moveTo(const Document &data, const std::string &pointer, const std::string &container,
    std::size_t before, std::string_view fieldName)
{
    const Value value = json::valueAt(data, pointer);
    const std::string from = parentPointer(pointer);
    const std::string key = lastKey(pointer);
    const Value source = json::valueAt(data, from);
    const Value target = json::valueAt(data, container);
    if (pointer.empty() || value.isUndefined() || !target.isContainer())
        return nothingAt(pointer);
    if (container == pointer || container.starts_with(pointer + '/'))
        return fail("field-into-itself", "A field cannot move into itself.", pointer);
    std::size_t place = 0;
    if (source.isArray())
        place = indexOf(key);
    else
        place = static_cast<std::size_t>(std::distance(source.members().data(), source.findMember(key)));
    if (from == container) {
        const std::size_t to = std::min(before, source.size()) - (before > place ? 1 : 0);
        const auto rotate = [&](auto &children) {
            const auto taken = children[place];
            children.erase(children.begin() + static_cast<std::ptrdiff_t>(place));
            children.insert(children.begin() + static_cast<std::ptrdiff_t>(to), taken);
        };
        if (source.isArray())
            return withItems(data, container, rotate).map([&](Document after) {
                return Edited{ std::move(after), json::childPointer(container, to) };
            });
        return withMembers(data, container, [&](std::vector<Member> &members, json::Arena &) {
            rotate(members);
        }).map([&](Document after) {
            return Edited{ std::move(after), pointer };
        });
    }
    const std::string name = source.isArray() ? freshName(target, fieldName) : key;
    if (target.isObject() && target.contains(name))
        return exists(name, container);
    // Into the target first: taking an item away could change the pointer of what lies behind it.
    const Result<Edited> added = target.isArray() ? insertItem(data, container, before, value)
                                                  : insertField(data, container, before, '"' + name + '"', value);
    if (!added)
        return added;
    // An item put in front of the place it came from, in an array around it, has moved that place.
    std::string origin = pointer;
    if (target.isArray()) {
        const std::string lead = container + '/';
        if (origin.starts_with(lead)) {
            const std::size_t end = std::min(origin.find('/', lead.size()), origin.size());
            const std::size_t index = indexOf(origin.substr(lead.size(), end - lead.size()));
            if (index >= std::min(before, target.size()))
                origin = json::childPointer(container, index + 1) + origin.substr(end);
        }
    }
    const Result<Document> without = json::removed(added->data, origin);
    if (!without)
        return tl::unexpected<Error>(without.error());
    std::string arrived = added->pointer;
    if (source.isArray()) {
        const std::string lead = from + '/';
        if (arrived.starts_with(lead)) {
            const std::size_t end = std::min(arrived.find('/', lead.size()), arrived.size());
            const std::size_t index = indexOf(arrived.substr(lead.size(), end - lead.size()));
            if (index > place)
                arrived = json::childPointer(from, index - 1) + arrived.substr(end);
        }
    }
    return Edited{ *without, arrived };
}

Result<Edited> nudge(const Document &data, const std::string &pointer, int by)
{
    const std::string container = parentPointer(pointer);
    const Value around = json::valueAt(data, container);
    const std::string key = lastKey(pointer);
    if (pointer.empty() || json::valueAt(data, pointer).isUndefined())
        return nothingAt(pointer);
    const std::size_t place = around.isArray()
        ? indexOf(key)
        : static_cast<std::size_t>(std::distance(around.members().data(), around.findMember(key)));
    if ((by < 0 && place == 0) || (by > 0 && place + 1 >= around.size()))
        return Edited{ data, pointer };
    return moveTo(data, pointer, container, by < 0 ? place - 1 : place + 2);
}

std::string freshName(Value object, std::string_view like)
{
    std::string name(like);
    for (int number = 2; object.contains(name); ++number)
        name = fmt::format("{} {}", like, number);
    return name;
}

std::string parentPointer(const std::string &pointer)
{
    const std::size_t slash = pointer.rfind('/');
    return slash == std::string::npos ? std::string() : pointer.substr(0, slash);
}

} // namespace hookbench::data
