#include "ui/data/event_paths.h"

#include "core/base/display.h"
#include "core/json/stringify.h"

#include <QStringList>

namespace hookbench::data {

namespace {

constexpr std::size_t kMostPaths = 4'000;
constexpr int kDeepest = 12;
constexpr int kLongestSample = 40;

void collect(json::Value value, const QString &path, int depth, std::vector<EventPath> &out)
{
    if (out.size() >= kMostPaths || depth > kDeepest)
        return;
    if (!path.isEmpty()) {
        QString sample
            = value.isContainer() ? QString() : QString::fromStdString(escapeForDisplay(json::stringify(value)));
        if (sample.size() > kLongestSample)
            sample = sample.left(kLongestSample) + QStringLiteral("…");
        out.push_back({ path, sample });
    }
    if (value.isObject()) {
        for (const json::Member &member : value.members()) {
            const QString key = QString::fromStdString(std::string(member.name()));
            if (!key.isEmpty() && !key.contains(u'.') && !key.contains(u'[') && !key.contains(u'"')
                && !key.contains(u'\''))
                collect(member.value, path.isEmpty() ? key : path + u'.' + key, depth + 1, out);
        }
    } else if (value.isArray() && value.size() > 0) {
        collect(value.items().front(), path + QStringLiteral("[0]"), depth + 1, out);
    }
}

} // namespace

std::vector<EventPath> eventPaths(json::Value event)
{
    std::vector<EventPath> out;
    collect(event, {}, 0, out);
    return out;
}

widgets::CodeEditor::Completions completeMapping(const QString &text, int cursor, const std::vector<EventPath> &paths)
{
    const int lineStart = static_cast<int>(text.lastIndexOf(u'\n', cursor - 1)) + 1;
    const QString before = text.mid(lineStart, cursor - lineStart);
    int start = static_cast<int>(before.size());
    const auto partOfPath = [](QChar c) {
        return c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'[' || c == u']' || c == u'-' || c == u'$';
    };
    while (start > 0 && partOfPath(before[start - 1]))
        --start;
    QString typed = before.mid(start);
    const QString lead = before.left(start);
    widgets::CodeEditor::Completions found;
    if (lead.endsWith(u'@')) {
        static const QStringList kDirectives{ QStringLiteral("path"), QStringLiteral("template"),
            QStringLiteral("literal"), QStringLiteral("if"), QStringLiteral("case"), QStringLiteral("replace"),
            QStringLiteral("arrayPath"), QStringLiteral("flatten"), QStringLiteral("json"), QStringLiteral("merge"),
            QStringLiteral("transform"), QStringLiteral("excludeWhenNull"), QStringLiteral("liquid") };
        found.replaces = static_cast<int>(typed.size());
        for (const QString &directive : kDirectives)
            if (directive.startsWith(typed) && directive != typed)
                found.choices.push_back({ directive, {} });
        return found;
    }
    if (typed.startsWith(QLatin1String("$.")))
        typed.remove(0, 2);
    else if (!lead.trimmed().endsWith(QLatin1String("{{")))
        return found;
    found.replaces = static_cast<int>(typed.size());
    for (const EventPath &path : paths)
        if (path.path.startsWith(typed, Qt::CaseInsensitive) && path.path != typed)
            found.choices.push_back({ path.path, path.sample });
    return found;
}

} // namespace hookbench::data
