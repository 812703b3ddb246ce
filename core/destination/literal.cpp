#include "core/destination/literal.h"

#include <algorithm>

namespace hookbench::destination {

bool isDirective(json::Value value)
{
    if (!value.isObject())
        return false;
    bool hasDirectiveName = false;
    for (const json::Member &member : value.members()) {
        if (member.name().starts_with('@'))
            hasDirectiveName = true;
        else if (member.name() != "_metadata")
            return false;
    }
    return hasDirectiveName;
}

bool isLiteral(json::Value value)
{
    if (value.isArray())
        return std::all_of(value.items().begin(), value.items().end(), isLiteral);
    if (!value.isObject())
        return true;
    return !isDirective(value)
        && std::all_of(value.members().begin(), value.members().end(),
            [](const json::Member &member) { return isLiteral(member.value); });
}

} // namespace hookbench::destination
