#include "core/query/query.h"

#include <fmt/format.h>

namespace hookbench::query {

namespace {

const char *wordOf(Compare compare)
{
    switch (compare) {
    case Compare::Less:
        return "below";
    case Compare::LessOrEqual:
        return "at most";
    case Compare::Greater:
        return "above";
    case Compare::GreaterOrEqual:
        return "at least";
    default:
        return "is";
    }
}

std::string explainTerm(const Term &term)
{
    const FieldInfo &info = infoOf(term.field);
    const std::string name
        = term.field == Field::Header ? fmt::format("header {}", term.header) : std::string(info.word);
    switch (info.kind) {
    case Kind::Words:
        return fmt::format("any text has “{}”", term.value);
    case Kind::Text:
    case Kind::Name: {
        if (term.field == Field::Error && term.isPattern() && term.value != "*")
            return "it failed";
        if (term.pattern == Pattern{ {}, {} })
            return fmt::format("{} is there", name);
        const bool whole = term.isPattern() || info.kind == Kind::Name || term.compare == Compare::Same;
        return fmt::format("{} {} “{}”", name,
            term.compare == Compare::Same ? "is exactly"
                : whole                   ? (term.isPattern() ? "is like" : "is")
                                          : "contains",
            term.value);
    }
    case Kind::Choice:
        return fmt::format("{} {}", name == "is" ? "it is" : name + " is", term.value);
    case Kind::Time:
        return fmt::format(
            "made {} {}{}", term.field == Field::Since ? "since" : "until", term.value, term.relative ? " ago" : "");
    default:
        if (term.field == Field::Status && term.least == 0 && term.most == 0)
            return "no answer came";
        if (term.least != term.most && term.compare <= Compare::Same)
            return fmt::format("{} {} to {}", name, term.least, term.most);
        return fmt::format("{} {} {}", name, wordOf(term.compare), term.value);
    }
}

std::string explainPart(const Query &query, bool inner)
{
    switch (query.node) {
    case Query::Node::All:
        return "everything";
    case Query::Node::Term:
        return explainTerm(query.term);
    case Query::Node::Not:
        return "not " + explainPart(query.parts.front(), true);
    default:
        break;
    }
    std::string text;
    for (const Query &part : query.parts)
        text += fmt::format(
            "{}{}", text.empty() ? "" : (query.node == Query::Node::And ? " and " : " or "), explainPart(part, true));
    return inner ? '(' + text + ')' : text;
}

} // namespace

std::string explain(const Query &query)
{
    return explainPart(query, false);
}

} // namespace hookbench::query
