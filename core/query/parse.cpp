#include "core/query/match.h"
#include "core/query/query.h"
#include "core/query/value.h"

#include "core/base/headers.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::query {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Query notOf(Query part)
{
    Query query;
    query.node = Query::Node::Not;
    query.parts.push_back(std::move(part));
    return query;
}

Query joined(Query::Node node, std::vector<Query> parts)
{
    if (parts.size() == 1)
        return std::move(parts.front());
    Query query;
    query.node = node;
    query.parts = std::move(parts);
    return query;
}

/// What was read of a value: escapes undone, and cut at its stars.
struct Text
{
    std::string value;
    Pattern pattern{ std::string() };

    void add(char c)
    {
        value += c;
        pattern.back() += c;
    }
    void addStar()
    {
        value += '*';
        pattern.emplace_back();
    }
};

class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {
    }

    Result<Query> parse()
    {
        skipSpace();
        if (atEnd())
            return Query();
        Result<Query> query = readOr();
        if (!query)
            return query;
        if (!atEnd())
            return refuse(
                "query-parenthesis", m_at, "A ) was found that closes nothing. Take it out, or put it between quotes.");
        return query;
    }

private:
    bool atEnd() const { return m_at == m_text.size(); }
    char peek() const { return m_text[m_at]; }
    bool accept(char c)
    {
        if (atEnd() || peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpace()
    {
        while (!atEnd() && isSpace(peek()))
            ++m_at;
    }

    tl::unexpected<Error> refuse(std::string code, std::size_t at, std::string message) const
    {
        TextPosition position{ at, 1, 1 };
        for (std::size_t i = 0; i < at;) {
            if (m_text[i] == '\n') {
                ++position.line;
                position.column = 0;
            }
            nextCodePoint(m_text, i);
            ++position.column;
        }
        return fail(Error{ std::move(code), std::move(message), {}, position });
    }

    /// "and", "or" or "not" as a word of its own.
    bool acceptWord(std::string_view word)
    {
        const std::size_t end = m_at + word.size();
        if (end > m_text.size() || asciiLower(m_text.substr(m_at, word.size())) != word
            || (end < m_text.size() && !isSpace(m_text[end]) && m_text[end] != '(' && m_text[end] != ')'))
            return false;
        m_at = end;
        skipSpace();
        return true;
    }

    Result<Query> readOr()
    {
        std::vector<Query> parts;
        do {
            Result<Query> part = readAnd();
            if (!part)
                return part;
            parts.push_back(std::move(*part));
        } while (acceptWord("or"));
        return joined(Query::Node::Or, std::move(parts));
    }

    bool startsOr()
    {
        const std::size_t at = m_at;
        const bool is = acceptWord("or");
        m_at = at;
        return is;
    }

    Result<Query> readAnd()
    {
        std::vector<Query> parts;
        do {
            Result<Query> part = readNot();
            if (!part)
                return part;
            parts.push_back(std::move(*part));
            skipSpace();
        } while (acceptWord("and") || (!atEnd() && peek() != ')' && !startsOr()));
        return joined(Query::Node::And, std::move(parts));
    }

    Result<Query> readNot()
    {
        if (++m_depth > kMostDepth)
            return refuse(
                "query-too-long", m_at, fmt::format("More than {} levels of not and parentheses.", kMostDepth));
        const bool sign
            = !atEnd() && (peek() == '-' || peek() == '!') && m_at + 1 < m_text.size() && !isSpace(m_text[m_at + 1]);
        Result<Query> query;
        if (sign || acceptWord("not")) {
            m_at += sign ? 1 : 0;
            query = readNot();
            if (query)
                query = notOf(std::move(*query));
        } else {
            query = readOne();
        }
        --m_depth;
        return query;
    }

    Result<Query> readOne()
    {
        const std::size_t start = m_at;
        if (atEnd())
            return refuse(
                "query-syntax", m_at, "The filter ends where a term was expected, such as status:5xx or a word.");
        if (peek() == ')')
            return refuse(
                "query-syntax", m_at, "A ) was found where a term was expected, such as status:5xx or a word.");
        if (accept('(')) {
            skipSpace();
            Result<Query> inner = readOr();
            if (!inner)
                return inner;
            skipSpace();
            if (!accept(')'))
                return refuse(
                    "query-parenthesis", start, "This ( is never closed. Add a ) behind what belongs together.");
            return inner;
        }
        if (acceptWord("and") || acceptWord("or"))
            return refuse("query-syntax", start,
                fmt::format("\"{}\" was found where a term was expected. To look for the word itself, put it between "
                            "quotes.",
                    m_text.substr(start, m_text.substr(start, 3) == "and" ? 3 : 2)));
        if (++m_terms > kMostTerms)
            return refuse("query-too-long", start, fmt::format("A filter takes at most {} terms.", kMostTerms));
        return readTerm(start);
    }

    Result<Query> readTerm(std::size_t start)
    {
        std::size_t end = start;
        while (end < m_text.size() && isLetter(m_text[end]))
            ++end;
        const std::string_view word = m_text.substr(start, end - start);
        Term term;
        term.offset = start;
        std::size_t at = end;
        bool named = false;
        if (at < m_text.size() && m_text[at] == '[' && !word.empty()) {
            const std::size_t close = m_text.find(']', at);
            if (close == std::string_view::npos)
                return refuse("query-syntax", at, "This [ is never closed. Write header[name]:value.");
            term.header = asciiLower(m_text.substr(at + 1, close - at - 1));
            named = true;
            at = close + 1;
        }
        bool negated = false;
        if (word.empty() || !(acceptOperator(at, term.compare, negated) || named))
            return readWords(std::move(term));
        if (!named && m_text.substr(end, 3) == "://")
            return readWords(std::move(term)); // a URL
        const FieldInfo *info = fieldNamed(word);
        if (!info) {
            std::string names;
            for (const FieldInfo &known : fields())
                names += fmt::format("{}{}", names.empty() ? "" : ", ", known.word);
            return refuse("query-field", start,
                fmt::format(
                    "There is no field \"{}\". Known are {}. To look for the text itself, put it between quotes.", word,
                    names));
        }
        term.field = info->field;
        if (named != (info->field == Field::Header) || (named && !isHeaderName(term.header)))
            return refuse("query-syntax", start,
                info->field == Field::Header ? "A header is asked for by its name: header[x-tenant]:acme."
                                             : fmt::format("\"{}\" takes no [ ]: write {}:value.", word, word));
        m_at = at;
        const bool bare = named && m_text.substr(end, at - end).back() == ']';
        return readValue(std::move(term), *info, negated, bare);
    }

    bool acceptOperator(std::size_t &at, Compare &compare, bool &negated) const
    {
        const std::string_view rest = m_text.substr(at);
        const auto starts = [&](std::string_view text) { return rest.substr(0, text.size()) == text; };
        if (starts("!=")) {
            negated = true;
            compare = Compare::Same;
            at += 2;
        } else if (starts(">=") || starts("<=")) {
            compare = rest[0] == '>' ? Compare::GreaterOrEqual : Compare::LessOrEqual;
            at += 2;
        } else if (starts(":") || starts("=") || starts(">") || starts("<")) {
            compare = rest[0] == ':' ? Compare::Like
                : rest[0] == '='     ? Compare::Same
                : rest[0] == '>'     ? Compare::Greater
                                     : Compare::Less;
            at += 1;
        } else {
            return false;
        }
        return true;
    }

    /// Between quotes, or up to white space or a ) that closes a group.
    Result<Text> readText()
    {
        Text text;
        const std::size_t start = m_at;
        const bool quotes = accept('"');
        std::size_t open = 0;
        while (!atEnd()) {
            const char c = peek();
            if (quotes ? c == '"' : isSpace(c) || (c == ')' && open == 0))
                break;
            ++m_at;
            if (c == '\\' && !atEnd())
                text.add(m_text[m_at++]);
            else if (c == '*')
                text.addStar();
            else
                text.add(c);
            open += c == '(' ? 1 : 0;
            open -= c == ')' ? 1 : 0;
        }
        if (quotes && !accept('"'))
            return refuse("query-quote", start, "This quote is never closed. Add a \" behind the text.");
        if (quotes && !atEnd() && !isSpace(peek()) && peek() != ')')
            return refuse("query-quote", m_at,
                "Text follows the closing quote. Put a space between, or write \\\" for a quote in the text.");
        return text;
    }

    Result<Query> readWords(Term term)
    {
        Result<Text> text = readText();
        if (!text)
            return tl::unexpected(text.error());
        term.value = std::move(text->value);
        term.compare = Compare::Like;
        term.header.clear();
        term.length = m_at - term.offset;
        if (wordsOf(term.value).empty())
            return refuse("query-value", term.offset,
                "Free text is looked for by its letters and digits, and here are none. Ask a field instead, such as "
                "body:\"{}\" or url:/.");
        return termQuery(std::move(term));
    }

    Result<Query> readValue(Term term, const FieldInfo &info, bool negated, bool bare)
    {
        const std::size_t start = m_at;
        Text text;
        if (bare) { // header[x] alone: it is there
            text.addStar();
        } else {
            Result<Text> read = readText();
            if (!read)
                return tl::unexpected(read.error());
            text = std::move(*read);
            if (m_at == start)
                return refuse("query-value", start,
                    fmt::format("A value is missing behind \"{}\".", m_text.substr(term.offset, start - term.offset)));
        }
        term.value = text.value;
        term.length = m_at - term.offset;
        const bool isText = info.kind == Kind::Text || info.kind == Kind::Name;
        if ((isText || info.kind == Kind::Choice) && term.compare > Compare::Same)
            return refuse(
                "query-value", term.offset, fmt::format("\"{}\" is no number: it takes : = or !=.", info.word));
        if (info.kind == Kind::Time && (term.compare != Compare::Like || negated))
            return refuse(
                "query-value", term.offset, fmt::format("\"{}\" takes a colon: {}:10m.", info.word, info.word));
        Result<Query> query = isText ? Result<Query>(textQuery(std::move(term), std::move(text)))
                                     : listQuery(std::move(term), info, start);
        return query && negated ? notOf(std::move(*query)) : query;
    }

    static Query termQuery(Term term)
    {
        Query query;
        query.node = Query::Node::Term;
        query.term = std::move(term);
        return query;
    }

    static Query textQuery(Term term, Text text)
    {
        term.pattern = std::move(text.pattern);
        if (term.field == Field::Error) {
            const std::string word = asciiLower(term.value);
            if (word == "none" || word == "any")
                term.pattern = { std::string(), std::string() };
            if (word == "none")
                return notOf(termQuery(std::move(term)));
        }
        return termQuery(std::move(term));
    }

    /// One value, or several with commas between: any of them.
    Result<Query> listQuery(Term term, const FieldInfo &info, std::size_t start) const
    {
        std::vector<Query> parts;
        const std::string all = term.value;
        for (std::size_t at = 0; at <= all.size();) {
            const std::size_t comma = std::min(all.find(',', at), all.size());
            Term one = term;
            one.value = all.substr(at, comma - at);
            at = comma + 1;
            if (info.kind == Kind::Choice) {
                one.value = asciiLower(one.value);
                if (std::find(info.choices.begin(), info.choices.end(), one.value) == info.choices.end()) {
                    std::string words;
                    for (const char *choice : info.choices)
                        words += fmt::format("{}{}", words.empty() ? "" : ", ", choice);
                    return refuse("query-value", start,
                        fmt::format("\"{}\" is no value of \"{}\". Known are {}.", one.value, info.word, words));
                }
                one.pattern = { one.value };
            } else if (const auto wrong = readNumbers(one, info.kind)) {
                return refuse("query-value", start, fmt::format("Behind \"{}\", {}", info.word, *wrong));
            }
            parts.push_back(termQuery(std::move(one)));
        }
        if (parts.size() > kMostTerms)
            return refuse("query-too-long", start, fmt::format("A list takes at most {} values.", kMostTerms));
        return joined(Query::Node::Or, std::move(parts));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::size_t m_terms = 0;
};

} // namespace

Result<Query> parse(std::string_view text)
{
    if (text.size() > kMostBytes)
        return fail(
            "query-too-long", fmt::format("The filter has {} bytes; it takes at most {}.", text.size(), kMostBytes));
    return Parser(text).parse();
}

std::string asValue(std::string_view value)
{
    std::string out;
    bool plain = !value.empty();
    for (const char c : value) {
        if (c == '"' || c == '\\' || c == '*')
            out += '\\';
        out += c;
        plain = plain && !isSpace(c) && c != '"' && c != '(' && c != ')' && c != ',';
    }
    return plain ? out : '"' + out + '"';
}

} // namespace hookbench::query
