#include "ui/request/event_variables.h"

#include "core/base/display.h"
#include "core/json/stringify.h"

namespace hookbench::request {

namespace {

constexpr std::size_t kMostVariables = 5'000;
constexpr int kDeepestVariable = 12;
constexpr qsizetype kLongestSample = 40;

/// A key that a path can name without quoting.
bool isPlain(const QString &key)
{
    return !key.isEmpty() && std::none_of(key.begin(), key.end(), [](QChar c) {
        return c.isSpace() || c == u'.' || c == u'[' || c == u']' || c == u'{' || c == u'}' || c == u'"' || c == u'\'';
    });
}

void collect(json::Value value, const QString &path, int depth, EventVariables &out)
{
    if (out.size() >= kMostVariables || depth > kDeepestVariable)
        return;
    if (value.isObject()) {
        for (const json::Member &member : value.members())
            if (const QString key = QString::fromStdString(std::string(member.name())); isPlain(key))
                collect(member.value, path.isEmpty() ? key : QString(path + u'.' + key), depth + 1, out);
    } else if (value.isArray()) {
        if (value.size() > 0)
            collect(value.items().front(), path + QStringLiteral("[0]"), depth + 1, out);
    } else {
        QString sample = QString::fromStdString(escapeForDisplay(json::stringify(value)));
        if (sample.size() > kLongestSample)
            sample = sample.left(kLongestSample) + u'…';
        out.emplace_back(path, sample);
    }
}

} // namespace

EventVariables eventVariables(json::Value event)
{
    EventVariables variables;
    if (event.isObject())
        collect(event, {}, 0, variables);
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
