#include "core/fql/lexer.h"
#include "core/fql/lint.h"
#include "core/fql/lookup.h"
#include "core/json/value.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace hookbench::fql {

namespace {

void collect(const Group &group, std::vector<Finding> &findings)
{
    for (const Node &child : group.children) {
        if (const Condition *condition = std::get_if<Condition>(&child)) {
            if (std::optional<Finding> finding = screenLimit(*condition))
                findings.push_back(std::move(*finding));
        } else if (const Group *inner = std::get_if<Group>(&child)) {
            collect(*inner, findings);
        }
    }
}

} // namespace

std::optional<Finding> screenLimit(const Condition &condition)
{
    const std::string *path = std::get_if<std::string>(&condition.path);
    const std::string *expected = std::get_if<std::string>(&condition.expected);
    for (const std::string *text : { path, expected }) {
        const std::size_t at = text != nullptr ? text->find_first_of("\"~") : std::string::npos;
        if (at != std::string::npos)
            return Finding{ Severity::Warning, "fql-screen-character",
                fmt::format("{} has a {} in it: Segment's mapping screen takes none in a trigger, though its engine "
                            "evaluates it. Compare with a part of the text without it.",
                    inQuotes(*text), (*text)[at] == '~' ? "tilde" : "double quote"),
                condition.source, {} };
    }
    if (path != nullptr && hasPath(condition.field)) {
        const std::vector<std::string> steps = EventPath::steps(*path);
        if (std::ranges::any_of(steps, json::isArrayIndex))
            return Finding{ Severity::Warning, "fql-screen-array",
                fmt::format("{} is a position in an array: Segment's mapping screen takes none in a trigger, though "
                            "its engine evaluates it. Test a field outside of arrays.",
                    inQuotes(fieldText(condition))),
                condition.source, {} };
    }
    return std::nullopt;
}

std::vector<Finding> screenLimits(const Ast &ast)
{
    std::vector<Finding> findings;
    collect(ast.root, findings);
    return findings;
}

} // namespace hookbench::fql
