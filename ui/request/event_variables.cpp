#include "ui/request/event_variables.h"

#include "ui/document/event_paths.h"

namespace hookbench::request {

EventVariables eventVariables(json::Value event)
{
    EventVariables variables;
    for (const document::EventPath &path : document::eventPaths(event))
        if (!path.isContainer && path.fitsTemplate)
            variables.emplace_back(path.path, path.sample);
    return variables;
}

EventVariables matching(const EventVariables &variables, const QString &typed)
{
    EventVariables found;
    EventVariables inside;
    for (const auto &variable : variables) {
        const qsizetype at = variable.first.indexOf(typed, 0, Qt::CaseInsensitive);
        if (at == 0)
            found.push_back(variable);
        else if (at > 0)
            inside.push_back(variable);
    }
    found.insert(found.end(), inside.begin(), inside.end());
    return found;
}

} // namespace hookbench::request
