#include "core/json/difference.h"

#include "core/json/pointer.h"

#include <algorithm>

namespace hookbench::json {

namespace {

void collect(Value before, Value after, const std::string &pointer, std::vector<Difference> &out)
{
    if (identical(before, after))
        return;
    const std::size_t found = out.size();
    if (before.isObject() && after.isObject()) {
        for (const Member &member : before.members())
            collect(member.value, after.find(member.name()), childPointer(pointer, member.name()), out);
        for (const Member &member : after.members())
            if (!before.contains(member.name()))
                out.push_back({ childPointer(pointer, member.name()), Value(), member.value });
    } else if (before.isArray() && after.isArray()) {
        for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i)
            collect(before.at(i), after.at(i), childPointer(pointer, i), out);
    }
    if (out.size() == found)
        out.push_back({ pointer, before, after });
}

} // namespace

std::vector<Difference> differences(Value before, Value after)
{
    std::vector<Difference> out;
    collect(before, after, {}, out);
    return out;
}

} // namespace hookbench::json
