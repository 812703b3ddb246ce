#include "ui/trigger/fql_completion.h"

#include "core/base/display.h"
#include "ui/trigger/trigger_words.h"

#include <QRegularExpression>

#include <algorithm>

namespace hookbench::trigger {

namespace {

constexpr std::size_t kMostChoices = 60;

/// Where the word that ends at the cursor begins; a backslash takes the character behind it along.
int wordStart(const QString &text, int cursor)
{
    int start = cursor;
    while (start > 0) {
        const QChar c = text[start - 1];
        const bool escaped = start > 1 && text[start - 2] == u'\\';
        if (!escaped && !c.isLetterOrNumber() && c != u'.' && c != u'_' && c != u'-' && c != u'\\')
            break;
        start -= escaped ? 2 : 1;
    }
    return start;
}

/// The field left of a comparison or inside a function whose text is being written: `event = "Or|`.
QString fieldBefore(QStringView before)
{
    static const QRegularExpression kComparison(QStringLiteral("((?:[\\w.-]|\\\\.)+)\\s*(?:!?=|,)\\s*\"[^\"]*$"),
        QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch match = kComparison.match(before.toString());
    return match.hasMatch() ? match.captured(1) : QString();
}

} // namespace

widgets::CodeEditor::Completions completeFql(const QString &text, int cursor, const std::vector<FieldEntry> &fields)
{
    widgets::CodeEditor::Completions found;
    const QStringView before = QStringView(text).left(cursor);
    if (before.count(u'"') % 2 == 1) {
        const QString field = fieldBefore(before);
        const QString typed = before.mid(before.lastIndexOf(u'"') + 1).toString();
        const auto entry = std::ranges::find(fields, field, &FieldEntry::fql);
        if (entry == fields.end())
            return found;
        found.replaces = static_cast<int>(typed.size());
        const bool closes = cursor < text.size() && text[cursor] == u'"';
        for (const QString &value : entry->values)
            if (value.startsWith(typed, Qt::CaseInsensitive) && value != typed && !value.contains(u'"'))
                found.choices.push_back({ closes ? value : QString(value + u'"'), {} });
        return found;
    }
    const int start = wordStart(text, cursor);
    const QString typed = text.mid(start, cursor - start);
    found.replaces = static_cast<int>(typed.size());
    static const QStringList kWords{ QStringLiteral("contains("), QStringLiteral("match("), QStringLiteral("and "),
        QStringLiteral("or "), QStringLiteral("properties."), QStringLiteral("traits."), QStringLiteral("context.") };
    for (const QString &word : kWords)
        if (word.startsWith(typed) && word != typed)
            found.choices.push_back({ word, {} });
    for (const FieldEntry &entry : fields) {
        if (found.choices.size() >= kMostChoices)
            break;
        if (!entry.fql.startsWith(typed, Qt::CaseInsensitive) || entry.fql == typed)
            continue;
        const QString name = fieldWords(entry.field);
        const QString value = entry.values.isEmpty()
            ? QString()
            : QString::fromStdString(escapeForDisplay(entry.values.first().toStdString()));
        found.choices.push_back({ entry.fql, name.isEmpty() ? value : name });
    }
    std::ranges::stable_sort(found.choices, {}, [&](const widgets::CodeEditor::Completion &choice) {
        return choice.text.endsWith(u'(') || choice.text.endsWith(u' ') ? 1 : 0;
    });
    return found;
}

} // namespace hookbench::trigger
