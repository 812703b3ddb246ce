#include "ui/data/json_completion.h"

#include <QStringList>

namespace hookbench::data {

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
