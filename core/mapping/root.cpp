#include "core/mapping/root.h"

#include "core/json/text.h"
#include "core/mapping/coercion.h"

#include <algorithm>
#include <string>

namespace hookbench::mapping {

using json::Member;
using json::Value;

namespace {

// JavaScript's `{...value}` of what is no object.
Value spread(Value value, json::Arena &arena)
{
    json::ObjectBuilder builder(arena);
    if (value.isArray()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            builder.add(std::to_string(i), value.items()[i]);
    } else if (value.isString()) {
        const std::size_t units = json::utf16Length(value.asString());
        for (std::size_t i = 0; i < units; ++i)
            builder.add(std::to_string(i), unitAt(value, i, arena));
    }
    return builder.build();
}

Result<WholeMapping> underRootDirective(Value mapping, json::Arena &arena)
{
    const Value root = mapping.find(kRootDirective);
    if (!root.isContainer())
        return fail("mapping-root",
            std::string("The root directive is a ") + json::kindName(root.kind())
                + "; expected an object with one directive, such as {\"@transform\": {…}}.");
    if (root.size() != 1)
        return fail("mapping-root",
            "The root directive has " + std::to_string(root.size())
                + " members; expected exactly one directive and nothing beside it. Remove the others.");
    const Value options = root.isArray() ? root.items()[0] : root.members()[0].value;
    if (!options.isContainer())
        return fail("mapping-root",
            std::string("The root directive's argument is a ") + json::kindName(options.kind())
                + "; expected an object of options, to which the other fields are added as \"mapping\".");

    WholeMapping whole;
    whole.hasRootDirective = true;
    if (options.isArray()) { // JavaScript hangs the fields on the array, where nobody sees them
        whole.mapping = root;
        return whole;
    }
    json::ObjectBuilder fields(arena);
    for (const Member &member : mapping.members())
        if (member.name() != kRootDirective)
            fields.add(member.key, member.value);
    whole.moved = fields.build();
    json::ObjectBuilder extended(arena);
    extended.addAll(options.members());
    extended.add(std::string_view("mapping"), whole.moved);
    const Value inner = extended.build();
    if (root.isArray()) {
        whole.mapping = json::makeArray(arena, { &inner, 1 });
    } else {
        const Member member{ root.members()[0].key, inner };
        whole.mapping = json::ObjectBuilder(arena).addAll({ &member, 1 }).build();
    }
    return whole;
}

bool fits(Value value, std::size_t depth, std::size_t &left)
{
    if (left == 0)
        return false;
    --left;
    if (!value.isContainer())
        return true;
    if (depth == 0)
        return false;
    if (value.isArray())
        return std::all_of(
            value.items().begin(), value.items().end(), [&](Value item) { return fits(item, depth - 1, left); });
    return std::all_of(value.members().begin(), value.members().end(),
        [&](const Member &member) { return fits(member.value, depth - 1, left); });
}

} // namespace

Result<WholeMapping> wholeMapping(Value mapping, json::Arena &arena)
{
    if (mapping.isNullish())
        return fail("mapping-root", "There is no mapping here. Use an object of fields, or a directive.");
    if (!mapping.isObject())
        return WholeMapping{ spread(mapping, arena), {}, false };
    if (mapping.contains(kRootDirective))
        return underRootDirective(mapping, arena);
    return WholeMapping{ mapping, {}, false };
}

bool isTooLarge(Value value, std::size_t depth)
{
    std::size_t left = kMaxValues;
    return !fits(value, depth, left);
}

} // namespace hookbench::mapping
