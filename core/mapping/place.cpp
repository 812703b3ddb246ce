#include "core/mapping/place.h"

#include "core/json/pointer.h"

#include <algorithm>
#include <new>

namespace hookbench::mapping {

std::string pointerTo(const Place *place, std::string_view prefix)
{
    std::vector<const Place *> steps;
    for (; place && place->parent; place = place->parent)
        steps.push_back(place);
    std::string pointer(prefix);
    std::for_each(steps.rbegin(), steps.rend(), [&](const Place *step) {
        const std::string_view parent;
        pointer += step->isItem ? json::childPointer(parent, step->index) : json::childPointer(parent, step->key);
    });
    return pointer;
}

Issues issuesOf(const std::vector<Finding> &findings, Severity severity, std::string_view pointer)
{
    Issues issues;
    for (const Finding &finding : findings) {
        if (issues.size() == kMaxIssues)
            break;
        issues.push_back({ severity, finding.code, pointerTo(finding.place, pointer), finding.message });
    }
    return issues;
}

const Place *Places::member(const Place *parent, std::string_view key, json::Value value)
{
    if (!m_moved.empty() && value.isObject()) {
        const Moved &moved = m_moved.back();
        if (value.size() == moved.value.size() && value.members().data() == moved.value.members().data())
            return moved.place;
    }
    return keep({ parent, key, 0, false });
}

const Place *Places::item(const Place *parent, std::size_t index)
{
    return keep({ parent, {}, index, true });
}

const Place *Places::keep(const Place &place)
{
    return new (m_arena.allocate(sizeof(Place))) Place(place);
}

} // namespace hookbench::mapping
