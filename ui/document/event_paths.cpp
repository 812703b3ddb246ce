#include "ui/document/event_paths.h"

#include "core/base/display.h"
#include "core/json/stringify.h"

#include <algorithm>

namespace hookbench::document {

namespace {

constexpr std::size_t kMostPaths = 10'000;
constexpr int kDeepestPath = 12;
constexpr qsizetype kLongestSample = 40;

bool canBeNamed(const QString &key)
{
    return !key.isEmpty() && std::none_of(key.begin(), key.end(), [](QChar c) {
        return c == u'.' || c == u'[' || c == u'"' || c == u'\'';
    });
}

bool fitsTemplate(const QString &key)
{
    return std::none_of(
        key.begin(), key.end(), [](QChar c) { return c.isSpace() || c == u']' || c == u'{' || c == u'}'; });
}

QString below(const QString &path, const QString &key)
{
    return path.isEmpty() ? key : QString(path + u'.' + key);
}

QString sampleOf(json::Value value)
{
    if (value.isContainer())
        return {};
    const QString sample = QString::fromStdString(escapeForDisplay(json::stringify(value)));
    return sample.size() > kLongestSample ? QString(sample.left(kLongestSample) + u'…') : sample;
}

void collect(json::Value value, const QString &path, bool plain, int depth, std::vector<EventPath> &out)
{
    if (out.size() >= kMostPaths || depth > kDeepestPath)
        return;
    if (!path.isEmpty())
        out.push_back({ path, sampleOf(value), value.isContainer(), plain });
    if (value.isObject()) {
        for (const json::Member &member : value.members())
            if (const QString key = QString::fromStdString(std::string(member.name())); canBeNamed(key))
                collect(member.value, below(path, key), plain && fitsTemplate(key), depth + 1, out);
    } else if (value.isArray() && value.size() > 0) {
        collect(value.items().front(), path + QStringLiteral("[0]"), plain, depth + 1, out);
    }
}

} // namespace

std::vector<EventPath> eventPaths(json::Value event)
{
    std::vector<EventPath> out;
    if (event.isContainer())
        collect(event, {}, true, 0, out);
    return out;
}

bool appendKey(QString &path, const QString &key)
{
    if (!canBeNamed(key))
        return false;
    path = below(path, key);
    return true;
}

} // namespace hookbench::document
