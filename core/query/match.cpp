#include "core/query/match.h"

#include "core/base/headers.h"

#include <QString>

#include <algorithm>
#include <cstring>

namespace hookbench::query {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool sameLetters(std::string_view a, std::string_view b, bool exact)
{
    return a.size() == b.size() && (exact ? a == b : std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
        return lower(x) == lower(y);
    }));
}

std::size_t findLetters(std::string_view text, std::string_view piece, std::size_t from, bool exact)
{
    if (exact)
        return text.find(piece, from);
    if (piece.empty())
        return from <= text.size() ? from : std::string_view::npos;
    const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(),
        piece.begin(), piece.end(), [](char x, char y) { return lower(x) == lower(y); });
    return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

/// The whole text, stars stand for anything.
bool matchesWhole(std::string_view text, const Pattern &pattern, bool exact)
{
    const std::string &first = pattern.front();
    if (pattern.size() == 1)
        return sameLetters(text, first, exact);
    const std::string &last = pattern.back();
    if (text.size() < first.size() + last.size() || !sameLetters(text.substr(0, first.size()), first, exact)
        || !sameLetters(text.substr(text.size() - last.size()), last, exact))
        return false;
    const std::string_view middle = text.substr(0, text.size() - last.size());
    std::size_t at = first.size();
    for (std::size_t i = 1; i + 1 < pattern.size(); ++i) {
        at = findLetters(middle, pattern[i], at, exact);
        if (at == std::string_view::npos)
            return false;
        at += pattern[i].size();
    }
    return true;
}

bool matchesTerm(const Term &term, const Row &row, double now)
{
    const FieldInfo &info = infoOf(term.field);
    switch (info.kind) {
    case Kind::Words: {
        const std::vector<std::string> words = wordsOf(term.value);
        const auto texts = row.texts(term.field, {});
        return std::any_of(texts.begin(), texts.end(), [&](std::string_view text) { return hasWords(text, words); });
    }
    case Kind::Text:
    case Kind::Name: {
        const auto texts = row.texts(term.field, term.header);
        return std::any_of(texts.begin(), texts.end(), [&](std::string_view text) {
            return term.compare == Compare::Same ? same(text, term.pattern)
                : info.kind == Kind::Name        ? equals(text, term.pattern)
                                                 : contains(text, term.pattern);
        });
    }
    case Kind::Choice: {
        if (term.field == Field::Is)
            return row.is(term.value);
        const auto texts = row.texts(term.field, {});
        return std::any_of(texts.begin(), texts.end(), [&](std::string_view text) {
            return term.field == Field::Signature && term.value == "any" ? text != "none" : text == term.value;
        });
    }
    default: {
        const double shift = term.relative ? now : 0;
        const double number = row.number(term.field);
        return number >= term.least + shift && number <= term.most + shift;
    }
    }
}

/// Lower case and without accents, as SQLite's unicode61 tokenizer does it.
QString folded(std::string_view text)
{
    const QString apart = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                              .normalized(QString::NormalizationForm_D)
                              .toCaseFolded();
    QString out;
    out.reserve(apart.size());
    for (const QChar c : apart)
        if (c.category() != QChar::Mark_NonSpacing)
            out += c;
    return out;
}

bool isAscii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

} // namespace

bool contains(std::string_view text, const Pattern &pattern)
{
    return pattern.size() > 1 ? matchesWhole(text, pattern, false)
                              : findLetters(text, pattern.front(), 0, false) != std::string_view::npos;
}

bool equals(std::string_view text, const Pattern &pattern)
{
    return matchesWhole(text, pattern, false);
}

bool same(std::string_view text, const Pattern &pattern)
{
    return matchesWhole(text, pattern, true);
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    bool inside = false;
    if (isAscii(text)) {
        for (const char c : text) {
            const bool part = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
            if (part && !inside)
                words.emplace_back();
            if (part)
                words.back() += lower(c);
            inside = part;
        }
        return words;
    }
    QString word;
    const auto finish = [&] {
        if (!word.isEmpty())
            words.push_back(word.toStdString());
        word.clear();
    };
    const QString all = folded(text);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const bool pair = all[i].isHighSurrogate() && i + 1 < all.size() && all[i + 1].isLowSurrogate();
        const char32_t point = pair ? QChar::surrogateToUcs4(all[i], all[i + 1]) : all[i].unicode();
        if (QChar::isLetterOrNumber(point)) {
            word += all[i];
            if (pair)
                word += all[i + 1];
        } else {
            finish();
        }
        i += pair ? 1 : 0;
    }
    finish();
    return words;
}

bool hasWords(std::string_view text, const std::vector<std::string> &words)
{
    if (words.empty())
        return false;
    const std::vector<std::string> there = wordsOf(text);
    for (std::size_t at = 0; at + words.size() <= there.size(); ++at) {
        std::size_t i = 0;
        while (i + 1 < words.size() && there[at + i] == words[i])
            ++i;
        if (i + 1 == words.size() && there[at + i].starts_with(words[i]))
            return true;
    }
    return false;
}

double momentOf(const Term &term, double now)
{
    return (term.field == Field::Since ? term.least : term.most) + (term.relative ? now : 0);
}

bool matches(const Query &query, const Row &row, double now)
{
    const auto one = [&](const Query &part) { return matches(part, row, now); };
    switch (query.node) {
    case Query::Node::Term:
        return matchesTerm(query.term, row, now);
    case Query::Node::And:
        return std::all_of(query.parts.begin(), query.parts.end(), one);
    case Query::Node::Or:
        return std::any_of(query.parts.begin(), query.parts.end(), one);
    case Query::Node::Not:
        return !one(query.parts.front());
    default:
        return true;
    }
}

} // namespace hookbench::query
