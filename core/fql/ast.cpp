#include "core/fql/ast.h"

#include "core/fql/number.h"

#include <array>

namespace hookbench::fql {

namespace {

struct FieldNames
{
    std::string_view type;
    std::string_view word;
};

constexpr std::array<FieldNames, 7> kFields{ {
    { "event-type", "type" },
    { "event", "event" },
    { "name", "name" },
    { "userId", "userId" },
    { "event-property", "properties" },
    { "event-trait", "traits" },
    { "event-context", "context" },
} };

} // namespace

std::string_view fieldType(Field field)
{
    return kFields[static_cast<std::size_t>(field)].type;
}

std::string_view fieldWord(Field field)
{
    return kFields[static_cast<std::size_t>(field)].word;
}

bool hasPath(Field field)
{
    return field >= Field::Property;
}

std::string_view operatorName(Operator op)
{
    switch (op) {
    case Operator::Equals:
        return "=";
    case Operator::NotEquals:
        return "!=";
    case Operator::Less:
        return "<";
    case Operator::LessOrEqual:
        return "<=";
    case Operator::Greater:
        return ">";
    case Operator::GreaterOrEqual:
        return ">=";
    case Operator::NumberEquals:
        return "number_equals";
    case Operator::NumberNotEquals:
        return "number_not_equals";
    case Operator::Contains:
        return "contains";
    case Operator::NotContains:
        return "not_contains";
    case Operator::StartsWith:
        return "starts_with";
    case Operator::NotStartsWith:
        return "not_starts_with";
    case Operator::EndsWith:
        return "ends_with";
    case Operator::NotEndsWith:
        return "not_ends_with";
    case Operator::Exists:
        return "exists";
    case Operator::NotExists:
        return "not_exists";
    case Operator::IsTrue:
        return "is_true";
    case Operator::IsFalse:
        return "is_false";
    case Operator::Unknown:
        break;
    }
    return {};
}

std::string operatorText(const Condition &condition)
{
    if (condition.op == Operator::Unknown)
        return textOf(condition.unknownOperator).value_or("?");
    return std::string(operatorName(condition.op));
}

Operator operatorNamed(std::string_view name)
{
    for (std::size_t i = 0; i < static_cast<std::size_t>(Operator::Unknown); ++i)
        if (operatorName(static_cast<Operator>(i)) == name)
            return static_cast<Operator>(i);
    return Operator::Unknown;
}

std::string_view combinatorName(Combinator combinator)
{
    switch (combinator) {
    case Combinator::And:
        return "and";
    case Combinator::Or:
        return "or";
    case Combinator::Unknown:
        break;
    }
    return {};
}

std::string combinatorText(const Group &group)
{
    if (group.combinator == Combinator::Unknown)
        return textOf(group.unknownCombinator).value_or("?");
    return std::string(combinatorName(group.combinator));
}

std::string fieldText(const Condition &condition)
{
    std::string text(fieldWord(condition.field));
    if (hasPath(condition.field))
        text.append(".").append(textOf(condition.path).value_or("?"));
    return text;
}

std::string expectedText(const Condition &condition)
{
    if (std::holds_alternative<std::monostate>(condition.expected))
        return {};
    return textOf(condition.expected).value_or("?");
}

} // namespace hookbench::fql
