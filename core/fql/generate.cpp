#include "core/fql/generate.h"

#include "core/base/utf8.h"
#include "core/fql/lexer.h"
#include "core/fql/number.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <algorithm>

namespace hookbench::fql {

namespace {

/// Appends JavaScript's String() of everything; `failed` once something has none.
class Printer
{
public:
    void group(const Group &group)
    {
        if (!group.hasChildren)
            m_failed = true;
        const std::string between = " "
            + text(group.combinator == Combinator::Unknown ? group.unknownCombinator
                                                           : Literal(std::string(combinatorName(group.combinator))))
            + " ";
        bool first = true;
        for (const Node &child : group.children) {
            if (!first)
                m_out += between;
            first = false;
            node(child);
        }
    }

    Result<std::string> result() &&
    {
        if (m_failed)
            return fail("fql-ast",
                "Found a condition that cannot be written as FQL: it is missing, of no known type, or has a value "
                "without a text. Remove it.");
        if (m_out.starts_with('(') && m_out.ends_with(')')
            && std::count_if(m_out.begin(), m_out.end(), [](char c) { return c == '(' || c == ')'; }) == 2)
            return m_out.substr(1, m_out.size() - 2);
        return std::move(m_out);
    }

private:
    void node(const Node &node)
    {
        if (const Group *inner = std::get_if<Group>(&node)) {
            m_out += '(';
            group(*inner);
            m_out += ')';
        } else if (const Condition *found = std::get_if<Condition>(&node)) {
            condition(*found);
        } else {
            m_failed = true;
        }
    }

    void condition(const Condition &condition)
    {
        std::string name(fieldWord(condition.field));
        if (hasPath(condition.field))
            name += "." + path(condition.path);
        switch (condition.op) {
        case Operator::Contains:
            return function("contains", name, value(condition.expected));
        case Operator::NotContains:
            return function("!contains", name, value(condition.expected));
        case Operator::StartsWith:
            return function("match", name, "\"" + text(condition.expected) + "*\"");
        case Operator::NotStartsWith:
            return function("!match", name, "\"" + text(condition.expected) + "*\"");
        case Operator::EndsWith:
            return function("match", name, "\"*" + text(condition.expected) + "\"");
        case Operator::NotEndsWith:
            return function("!match", name, "\"*" + text(condition.expected) + "\"");
        case Operator::Exists:
            return comparison(name, "!=", "null");
        case Operator::NotExists:
            return comparison(name, "=", "null");
        case Operator::IsTrue:
            return comparison(name, "=", "true");
        case Operator::IsFalse:
            return comparison(name, "=", "false");
        case Operator::Less:
        case Operator::LessOrEqual:
        case Operator::Greater:
        case Operator::GreaterOrEqual:
            return comparison(name, operatorName(condition.op), number(condition.expected));
        case Operator::NumberEquals:
            return comparison(name, "=", number(condition.expected));
        case Operator::NumberNotEquals:
            return comparison(name, "!=", number(condition.expected));
        case Operator::Equals:
        case Operator::NotEquals:
            return comparison(name, operatorName(condition.op), value(condition.expected));
        case Operator::Unknown:
            return comparison(name, text(condition.unknownOperator), value(condition.expected));
        }
    }

    void function(std::string_view call, std::string_view name, std::string_view argument)
    {
        m_out.append(call).append("(").append(name).append(", ").append(argument).append(")");
    }

    void comparison(std::string_view name, std::string_view op, std::string_view value)
    {
        m_out.append(name).append(" ").append(op).append(" ").append(value);
    }

    std::string text(const Literal &literal)
    {
        std::optional<std::string> found = textOf(literal);
        m_failed = m_failed || !found;
        return std::move(found).value_or(std::string());
    }

    std::string number(const Literal &literal)
    {
        const std::optional<double> found = numberOf(literal);
        m_failed = m_failed || !found;
        std::string printed;
        json::numberTo(printed, found.value_or(0));
        return printed;
    }

    std::string value(const Literal &literal)
    {
        if (std::holds_alternative<bool>(literal) || std::holds_alternative<double>(literal))
            return text(literal);
        return "\"" + text(literal) + "\"";
    }

    /// Segment puts a backslash before every UTF-16 unit but letters, digits, dots, _ and -, so that a character
    /// outside the BMP becomes two halves with a backslash each.
    std::string path(const Literal &literal)
    {
        const std::string *name = std::get_if<std::string>(&literal);
        if (name == nullptr)
            return text(literal);
        std::string escaped;
        for (const char16_t unit : json::toUtf16(*name)) {
            if (unit > 0x7F || !(isWordCharacter(static_cast<char>(unit)) || unit == u'.'))
                escaped += '\\';
            appendCodePoint(escaped, unit);
        }
        return escaped;
    }

    std::string m_out;
    bool m_failed = false;
};

} // namespace

Result<std::string> generate(const Ast &ast)
{
    if (ast.error)
        return fail("fql-ast", "Found a trigger that could not be read: " + *ast.error);
    Printer printer;
    printer.group(ast.root);
    return std::move(printer).result();
}

} // namespace hookbench::fql
