#include "core/query/query.h"

#include "core/base/headers.h"

#include <algorithm>
#include <array>
#include <optional>

namespace hookbench::query {

namespace {

constexpr std::size_t kMostItems = 50;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/// Where the term around `cursor` begins and ends; white space inside quotes does not end it.
std::pair<std::size_t, std::size_t> termAround(std::string_view text, std::size_t cursor)
{
    std::size_t start = 0;
    bool quotes = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && at + 1 < text.size()) {
            ++at;
            continue;
        }
        if (c == '"')
            quotes = !quotes;
        const bool between = !quotes && (isBlank(c) || c == '(' || c == ')');
        if (between && at >= cursor)
            break;
        if (between || (at == start && (c == '-' || c == '!')))
            start = at + 1;
    }
    return { std::min(start, cursor), std::max(std::min(at, text.size()), cursor) };
}

/// How well `label` answers what was typed: 0 begins with it, 1 has it inside, nothing otherwise.
std::optional<int> rank(std::string_view label, std::string_view typed)
{
    const std::size_t at = asciiLower(label).find(asciiLower(typed));
    if (at == std::string::npos)
        return std::nullopt;
    return at == 0 ? 0 : 1;
}

class Collector
{
public:
    explicit Collector(std::string_view typed)
        : m_typed(typed)
    {
    }
    void add(Completion item)
    {
        if (const auto place = rank(item.label, m_typed))
            m_items[static_cast<std::size_t>(*place)].push_back(std::move(item));
    }
    std::vector<Completion> take()
    {
        std::vector<Completion> all = std::move(m_items[0]);
        std::move(m_items[1].begin(), m_items[1].end(), std::back_inserter(all));
        all.resize(std::min(all.size(), kMostItems));
        return all;
    }

private:
    std::string_view m_typed;
    std::array<std::vector<Completion>, 2> m_items;
};

const std::vector<std::string> *namesFor(Field field, const KnownNames &names)
{
    switch (field) {
    case Field::Mapping:
        return &names.mappings;
    case Field::Event:
        return &names.events;
    case Field::Url:
        return &names.urls;
    case Field::Project:
        return &names.projects;
    default:
        return nullptr;
    }
}

std::string withoutQuotes(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            out += text[++i];
        else if (text[i] != '"')
            out += text[i];
    }
    return out;
}

} // namespace

Completions complete(std::string_view text, std::size_t cursor, const KnownNames &names)
{
    cursor = std::min(cursor, text.size());
    const auto [start, end] = termAround(text, cursor);
    const std::string_view before = text.substr(start, cursor - start);
    const std::size_t op = before.find_first_of(":=<>");
    const std::size_t bracket = before.find('[');
    Completions out;
    if (bracket != std::string_view::npos && before.find(']') == std::string_view::npos
        && op == std::string_view::npos) {
        out.offset = start + bracket + 1;
        out.length = end - out.offset;
        Collector collector(before.substr(bracket + 1));
        for (const std::string &name : names.headers)
            collector.add({ name, name + "]:", {} });
        out.items = collector.take();
        return out;
    }
    if (op == std::string_view::npos) {
        out.offset = start;
        out.length = end - start;
        Collector collector(before);
        for (const FieldInfo &info : fields())
            collector.add({ info.word + std::string(info.field == Field::Header ? "[" : ":"),
                info.word + std::string(info.field == Field::Header ? "[" : ":"), info.summary });
        if (start > 0)
            for (const char *word : { "and", "or", "not" })
                collector.add({ word, word + std::string(" "), {} });
        out.items = collector.take();
        return out;
    }
    std::size_t value = before.find_first_not_of(":=<>", op);
    value = value == std::string_view::npos ? before.size() : value;
    std::string_view word = before.substr(0, std::min(op, bracket));
    if (!word.empty() && word.back() == '!')
        word.remove_suffix(1);
    const FieldInfo *info = fieldNamed(word);
    if (!info)
        return out;
    out.offset = start + value;
    out.length = end - out.offset;
    const std::string typed = withoutQuotes(before.substr(value));
    Collector collector(typed);
    if (const auto *known = namesFor(info->field, names))
        for (const std::string &name : *known)
            collector.add({ name, asValue(name), {} });
    for (const char *choice : info->choices)
        collector.add({ choice, choice, {} });
    out.items = collector.take();
    return out;
}

} // namespace hookbench::query
