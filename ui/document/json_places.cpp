#include "ui/document/json_places.h"

#include <algorithm>
#include <utility>

namespace hookbench::document {

namespace {

constexpr int kDeepest = 200;
constexpr std::size_t kMostRanges = 1000;

/// Walks JSON text and tells of every value behind a key or index: steps, where it begins (its key included), its end.
template <typename Visit>
class Walker
{
public:
    Walker(QStringView text, Visit visit)
        : m_text(text)
        , m_visit(std::move(visit))
    {
    }

    bool value(int depth)
    {
        skipSpaces();
        if (m_at >= m_text.size() || depth > kDeepest)
            return false;
        if (m_text[m_at] == u'{')
            return container(u'}', depth);
        if (m_text[m_at] == u'[')
            return container(u']', depth);
        if (m_text[m_at] == u'"')
            return string();
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !QStringView(u",]} \t\r\n").contains(m_text[m_at]))
            ++m_at;
        return m_at > start;
    }

private:
    void skipSpaces()
    {
        while (m_at < m_text.size() && QStringView(u" \t\r\n").contains(m_text[m_at]))
            ++m_at;
    }

    bool string()
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == u'\\')
                ++m_at;
            else if (m_text[m_at] == u'"')
                return ++m_at, true;
        }
        return false;
    }

    bool container(QChar end, int depth)
    {
        ++m_at;
        for (int index = 0;; ++index) {
            skipSpaces();
            if (m_at < m_text.size() && m_text[m_at] == end)
                return ++m_at, true;
            const qsizetype start = m_at;
            if (end == u'}') {
                if (m_at >= m_text.size() || m_text[m_at] != u'"' || !string())
                    return false;
                m_steps.append(m_text.mid(start + 1, m_at - start - 2).toString());
                skipSpaces();
                if (m_at >= m_text.size() || m_text[m_at] != u':')
                    return false;
                ++m_at;
            } else {
                m_steps.append(QString::number(index));
            }
            const bool whole = value(depth + 1);
            m_visit(m_steps, static_cast<int>(start), static_cast<int>(m_at), end == u']');
            m_steps.removeLast();
            if (!whole)
                return false;
            skipSpaces();
            if (m_at < m_text.size() && m_text[m_at] == u',')
                ++m_at;
        }
    }

    QStringView m_text;
    Visit m_visit;
    QStringList m_steps;
    qsizetype m_at = 0;
};

} // namespace

QStringList stepsOf(QString path)
{
    if (path.startsWith(QLatin1String("$.")))
        path.remove(0, 2);
    return path.replace(u'[', u'.').remove(u']').split(u'.', Qt::SkipEmptyParts);
}

bool leadsTo(const QStringList &path, const QStringList &steps)
{
    return path.size() == steps.size()
        && std::equal(path.begin(), path.end(), steps.begin(),
            [](const QString &wanted, const QString &step) { return wanted == step || wanted == u"*"; });
}

std::vector<TextRange> rangesOf(QStringView json, const QStringList &paths)
{
    std::vector<TextRange> ranges;
    std::vector<QStringList> wanted;
    for (const QString &path : paths)
        wanted.push_back(stepsOf(path));
    if (std::ranges::any_of(wanted, &QStringList::isEmpty))
        ranges.push_back({ 0, static_cast<int>(json.size()) });
    const auto visit = [&](const QStringList &steps, int start, int end, bool) {
        if (ranges.size() < kMostRanges
            && std::ranges::any_of(wanted, [&](const QStringList &path) { return leadsTo(path, steps); }))
            ranges.push_back({ start, end - start });
    };
    Walker(json, visit).value(0);
    return ranges;
}

TextRange rangeOf(QStringView json, const QStringList &steps)
{
    TextRange nearest;
    qsizetype depth = 0;
    const auto visit = [&](const QStringList &at, int start, int end, bool) {
        if (at.size() > depth && at.size() <= steps.size() && std::equal(at.begin(), at.end(), steps.begin())) {
            depth = at.size();
            nearest = { start, end - start };
        }
    };
    Walker(json, visit).value(0);
    return nearest;
}

QString pathAt(QStringView json, int position)
{
    // Parts are visited before what is around them: the first hit is the innermost, the later ones say which of its
    // steps are indexes.
    QStringList innermost;
    std::vector<bool> items;
    const auto visit = [&](const QStringList &steps, int start, int end, bool isItem) {
        if (position < start || position > end)
            return;
        if (innermost.isEmpty()) {
            innermost = steps;
            items.resize(static_cast<std::size_t>(steps.size()));
        }
        if (steps.size() <= innermost.size())
            items[static_cast<std::size_t>(steps.size() - 1)] = isItem;
    };
    Walker(json, visit).value(0);
    QString path;
    for (qsizetype i = 0; i < innermost.size(); ++i) {
        const bool isItem = items[static_cast<std::size_t>(i)];
        path += isItem ? QString(u'[' + innermost[i] + u']')
                       : QString((path.isEmpty() ? QString() : QStringLiteral(".")) + innermost[i]);
    }
    return path;
}

} // namespace hookbench::document
