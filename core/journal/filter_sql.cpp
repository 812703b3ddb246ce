#include "core/journal/filter_sql.h"

#include "core/journal/connection.h"
#include "core/journal/statement.h"
#include "core/query/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hookbench::journal {

namespace {

using query::Compare;
using query::Field;
using query::Kind;
using query::Query;
using query::Term;

QVariant patternValue(const query::Pattern &pattern, bool contained)
{
    std::string like = contained ? "%" : "";
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (i > 0)
            like += '%';
        for (const char c : pattern[i]) {
            if (c == '%' || c == '_' || c == '\\')
                like += '\\';
            like += c;
        }
    }
    return textVariant(contained ? like + '%' : like);
}

QVariant globValue(const query::Pattern &pattern)
{
    std::string glob;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (i > 0)
            glob += '*';
        for (const char c : pattern[i]) {
            if (c == '*' || c == '?' || c == '[')
                glob += fmt::format("[{}]", c);
            else
                glob += c;
        }
    }
    return textVariant(glob);
}

/// Words as a phrase of FTS5 whose last word may go on. Words hold letters and digits only: nothing to escape.
QVariant matchValue(const std::vector<std::string> &words)
{
    std::string phrase = "\"";
    for (const std::string &word : words)
        phrase += word + ' ';
    phrase.back() = '"';
    return textVariant(phrase + '*');
}

class Renderer
{
public:
    explicit Renderer(const RenderOptions &options)
        : m_options(options)
    {
    }

    Condition take(const Query &filter)
    {
        add(filter, true);
        return std::move(m_out);
    }

private:
    void add(const Query &part, bool wanted)
    {
        switch (part.node) {
        case Query::Node::All:
            m_out.sql += "1";
            return;
        case Query::Node::Not:
            if (part.parts.front().node == Query::Node::Term && isBounds(part.parts.front().term)) {
                addBounds(part.parts.front().term, true); // two ranges: an index has those, and no NOT
                return;
            }
            m_out.sql += "NOT (";
            add(part.parts.front(), !wanted);
            m_out.sql += ')';
            return;
        case Query::Node::Term:
            addTerm(part.term, wanted);
            return;
        default:
            for (std::size_t i = 0; i < part.parts.size(); ++i) {
                m_out.sql += i == 0 ? "(" : part.node == Query::Node::And ? " AND " : " OR ";
                add(part.parts[i], wanted);
            }
            m_out.sql += ')';
        }
    }

    template <typename... Values>
    void condition(std::string_view sql, Values &&...values)
    {
        m_out.sql += sql;
        (m_out.values.push_back(std::forward<Values>(values)), ...);
    }

    /// What SQL cannot tell: everything, or, under a NOT, nothing, so that too much is found and never too little.
    void unknown(bool wanted)
    {
        m_out.exact = false;
        m_out.sql += wanted ? '1' : '0';
    }

    static bool isBounds(const Term &term)
    {
        const Kind kind = infoOf(term.field).kind;
        return kind == Kind::Number || kind == Kind::Status || kind == Kind::Size || kind == Kind::Duration;
    }

    void addBounds(const Term &term, bool outside)
    {
        const char *column = term.field == Field::Status ? "d.status"
            : term.field == Field::Events                ? "d.event_count"
            : term.field == Field::Ms                    ? "d.duration_ms"
            : term.field == Field::Bytes                 ? "coalesce(d.body_bytes, 0)"
                                                         : "d.attempts";
        const bool low = std::isfinite(term.least);
        const bool high = std::isfinite(term.most);
        std::string sql;
        const auto side = [&](const char *op, double value) {
            sql += fmt::format("{}{} {} ?", sql.empty() ? "" : outside ? " OR " : " AND ", column, op);
            m_out.values.emplace_back(value);
        };
        if (low)
            side(outside ? "<" : ">=", term.least);
        if (high)
            side(outside ? ">" : "<=", term.most);
        if (sql.empty())
            sql += outside ? '0' : '1';
        m_out.sql += '(' + sql + ')';
    }

    /// A text column compared as the term says.
    void addText(const std::string &column, const Term &term, bool contained)
    {
        const bool exact = term.compare == Compare::Same;
        if (term.pattern == query::Pattern{ {}, {} })
            condition(column + " IS NOT NULL");
        else if (term.isPattern() && exact)
            condition(column + " GLOB ?", globValue(term.pattern));
        else if (term.isPattern() || (contained && !exact))
            condition(column + " LIKE ? ESCAPE '\\'", patternValue(term.pattern, contained && !term.isPattern()));
        else if (exact)
            condition(fmt::format("({0} = ? AND {0} COLLATE NOCASE = ?)", column), textVariant(term.pattern.front()),
                textVariant(term.pattern.front()));
        else
            condition(column + " COLLATE NOCASE = ?", textVariant(term.pattern.front()));
    }

    void addTerm(const Term &term, bool wanted)
    {
        if (isBounds(term)) {
            addBounds(term, false);
            return;
        }
        switch (term.field) {
        case Field::Mapping:
            return addText("d.mapping_name", term, false);
        case Field::Url:
            return addText("d.url", term, true);
        case Field::Method:
            return addText("d.method", term, false);
        case Field::Id:
            if (!term.isPattern())
                return condition("d.id = ?", textVariant(term.pattern.front()));
            return addText("d.id", term, false);
        case Field::Origin:
            if (!term.isPattern())
                return condition("(d.origin <> '' AND d.origin = ?)", textVariant(term.pattern.front()));
            m_out.sql += "(d.origin <> '' AND ";
            addText("d.origin", term, false);
            m_out.sql += ')';
            return;
        case Field::Error:
            if (term.pattern == query::Pattern{ {}, {} })
                return condition("(d.failure COLLATE NOCASE > '')");
            return addText("d.failure", term, false);
        case Field::Verdict:
            for (const Verdict verdict : { Verdict::Waiting, Verdict::Delivered, Verdict::Failed, Verdict::Unknown,
                     Verdict::Parked, Verdict::Discarded })
                if (term.value == wordOf(verdict))
                    condition("d.verdict = ?", static_cast<int>(verdict));
            return;
        case Field::Signature:
            if (term.value == "any")
                return condition("d.signature_mode > 0");
            for (const SignatureMode mode :
                { SignatureMode::None, SignatureMode::FirstEvent, SignatureMode::WholeBody })
                if (term.value == wordOf(mode))
                    condition("d.signature_mode = ?", static_cast<int>(mode));
            return;
        case Field::Since:
            return condition("d.created >= ?", query::momentOf(term, static_cast<double>(m_options.now)));
        case Field::Until:
            return condition("d.created <= ?", query::momentOf(term, static_cast<double>(m_options.now)));
        case Field::Is:
            return addState(term.value);
        case Field::Run:
            return addRun(term);
        case Field::Project:
            m_out.sql += "d.run IN (SELECT key FROM run WHERE ";
            addText("project_name", term, false);
            m_out.sql += ')';
            return;
        case Field::Event:
            m_out.sql
                += "d.sequence IN (SELECT delivery FROM event_in WHERE name IN (SELECT key FROM event_name WHERE ";
            addText("name", term, false);
            condition(") AND delivery BETWEEN ? AND ?)", number(m_options.lowest), number(m_options.highest));
            return;
        case Field::Body:
            m_out.sql += "EXISTS (SELECT 1 FROM request q WHERE q.delivery = d.sequence AND ";
            addText("CAST(q.body AS TEXT)", term, true);
            m_out.sql += ')';
            return;
        case Field::Response:
            m_out.sql += "EXISTS (SELECT 1 FROM attempt a WHERE a.delivery = d.sequence AND ";
            addText("CAST(a.response_body AS TEXT)", term, true);
            m_out.sql += ')';
            return;
        case Field::Header:
            return addHeader(term, wanted);
        default:
            return addWords(term, wanted);
        }
    }

    void addState(const std::string &state)
    {
        if (state == "unread")
            condition("((d.sequence > ? AND d.seen = 0) OR (d.seen <> 0 AND d.seen = 2))", number(m_options.readUpTo));
        else if (state == "pinned")
            condition("d.pinned = 1");
        else if (state == "batch")
            condition("d.is_batch = 1");
        else if (state == "resent")
            condition("d.origin <> ''");
        else
            condition("d.truncated = 1");
    }

    void addRun(const Term &term)
    {
        const std::string &value = term.value;
        const bool isNumber = !value.empty() && value.size() < 18
            && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (isNumber) {
            condition("d.run = ?", number(std::int64_t{ std::stoll(value) }));
            return;
        }
        m_out.sql += "d.run IN (SELECT key FROM run WHERE ";
        addText("id", term, false);
        m_out.sql += ')';
    }

    /// Headers are kept as lines of text: SQL finds those that have name and value somewhere.
    void addHeader(const Term &term, bool wanted)
    {
        if (!wanted) {
            unknown(wanted);
            return;
        }
        m_out.exact = false;
        condition(
            "(EXISTS (SELECT 1 FROM request q WHERE q.delivery = d.sequence AND CAST(q.headers AS TEXT) LIKE ? "
            "ESCAPE '\\') OR EXISTS (SELECT 1 FROM attempt a WHERE a.delivery = d.sequence AND "
            "(CAST(a.request_headers AS TEXT) LIKE ? ESCAPE '\\' OR CAST(a.response_headers AS TEXT) LIKE ? ESCAPE "
            "'\\')))");
        const QVariant value = patternValue({ term.header + ": " }, true);
        m_out.values.insert(m_out.values.end(), 3, value);
    }

    void addWords(const Term &term, bool wanted)
    {
        if (!m_options.fullText) {
            unknown(wanted);
            return;
        }
        condition("d.sequence IN (SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?)",
            matchValue(query::wordsOf(term.value)), number(m_options.lowest), number(m_options.highest));
    }

    const RenderOptions &m_options;
    Condition m_out{ std::string(), {}, true };
};

bool isIndexedTerm(const Term &term)
{
    switch (term.field) {
    case Field::Words:
    case Field::Body:
    case Field::Response:
    case Field::Header:
    case Field::Event: // in chunks it is quick as well, and begins sooner
        return false;
    case Field::Mapping:
    case Field::Method:
    case Field::Url:
    case Field::Error:
        return !term.isPattern() ? term.field != Field::Url || term.compare == Compare::Same
                                 : term.pattern == query::Pattern{ {}, {} };
    case Field::Is:
        return term.value != "batch";
    default:
        return true;
    }
}

} // namespace

Condition render(const query::Query &filter, const RenderOptions &options)
{
    return Renderer(options).take(filter);
}

bool isIndexed(const query::Query &filter)
{
    switch (filter.node) {
    case Query::Node::Term:
        return isIndexedTerm(filter.term);
    case Query::Node::And:
        return std::any_of(filter.parts.begin(), filter.parts.end(), isIndexed);
    case Query::Node::Or:
        return std::all_of(filter.parts.begin(), filter.parts.end(), isIndexed);
    case Query::Node::Not: {
        const Query &inner = filter.parts.front();
        const auto kind = infoOf(inner.term.field).kind;
        return inner.node == Query::Node::Term
            && (kind == Kind::Status || kind == Kind::Number || kind == Kind::Duration || kind == Kind::Size);
    }
    default:
        return false;
    }
}

bool usesFullText(const query::Query &filter)
{
    return (filter.node == Query::Node::Term && filter.term.field == Field::Words)
        || std::any_of(filter.parts.begin(), filter.parts.end(), usesFullText);
}

} // namespace hookbench::journal
