// Segment's AST as JSON, both ways. Reading is as lenient as Segment's engine: it looks at a member only when it needs
// it.
#include "core/fql/ast.h"
#include "core/fql/number.h"
#include "core/json/text.h"

namespace hookbench::fql {

namespace {

Literal readLiteral(json::Value value)
{
    switch (value.kind()) {
    case json::Kind::Undefined:
        return std::monostate();
    case json::Kind::Boolean:
        return value.asBoolean();
    case json::Kind::Number:
        return value.asNumber();
    case json::Kind::String:
        return std::string(value.asString());
    default:
        return json::Document::copyOf(value);
    }
}

Condition readCondition(Field field, json::Value value)
{
    Condition condition;
    condition.field = field;
    condition.path = readLiteral(value.find("name"));
    const json::Value op = value.find("operator");
    condition.op = op.isString() ? operatorNamed(op.asString()) : Operator::Unknown;
    if (condition.op == Operator::Unknown)
        condition.unknownOperator = readLiteral(op);
    condition.expected = readLiteral(value.find("value"));
    return condition;
}

Node readNode(json::Value value);

Group readGroup(json::Value value)
{
    Group group;
    const json::Value op = value.find("operator");
    const std::string_view name = op.isString() ? op.asString() : std::string_view();
    group.combinator = name == "and" ? Combinator::And : name == "or" ? Combinator::Or : Combinator::Unknown;
    if (group.combinator == Combinator::Unknown)
        group.unknownCombinator = readLiteral(op);
    const json::Value children = value.find("children");
    group.hasChildren = children.isArray();
    if (group.hasChildren) {
        group.children.reserve(children.size());
        for (const json::Value child : children.items())
            group.children.push_back(readNode(child));
    }
    return group;
}

Node readNode(json::Value value)
{
    if (value.isNullish())
        return Missing();
    const json::Value type = value.find("type");
    if (!type.isString())
        return Foreign();
    if (type.asString() == "group")
        return readGroup(value);
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Field::Context); ++i)
        if (fieldType(static_cast<Field>(i)) == type.asString())
            return readCondition(static_cast<Field>(i), value);
    return Foreign();
}

class Writer
{
public:
    explicit Writer(json::Arena &arena)
        : m_arena(arena)
    {
    }

    json::Value literal(const Literal &literal)
    {
        if (const bool *boolean = std::get_if<bool>(&literal))
            return json::Value::boolean(*boolean);
        if (const double *number = std::get_if<double>(&literal))
            return json::Value::number(*number);
        if (const std::string *text = std::get_if<std::string>(&literal))
            return json::makeString(m_arena, *text);
        if (const json::Document *document = std::get_if<json::Document>(&literal))
            return json::copyInto(m_arena, *document);
        return {};
    }

    json::Value condition(const Condition &condition)
    {
        json::ObjectBuilder object(m_arena);
        object.add("type", json::makeString(m_arena, fieldType(condition.field)));
        if (hasPath(condition.field) && !std::holds_alternative<std::monostate>(condition.path))
            object.add("name", literal(condition.path));
        object.add("operator",
            condition.op == Operator::Unknown ? literal(condition.unknownOperator)
                                              : json::Value::cleanString(operatorName(condition.op)));
        if (!std::holds_alternative<std::monostate>(condition.expected))
            object.add("value", literal(condition.expected));
        return object.build();
    }

    json::Value group(const Group &group)
    {
        json::ObjectBuilder object(m_arena);
        object.add("type", json::Value::cleanString("group"));
        object.add("operator",
            group.combinator == Combinator::Unknown ? literal(group.unknownCombinator)
                                                    : json::Value::cleanString(combinatorName(group.combinator)));
        if (group.hasChildren) {
            std::vector<json::Value> children;
            children.reserve(group.children.size());
            for (const Node &child : group.children)
                children.push_back(node(child));
            object.add("children", json::makeArray(m_arena, children));
        }
        return object.build();
    }

    json::Value node(const Node &node)
    {
        if (const Condition *condition = std::get_if<Condition>(&node))
            return this->condition(*condition);
        if (const Group *group = std::get_if<Group>(&node))
            return this->group(*group);
        if (std::holds_alternative<Missing>(node))
            return json::Value::null();
        return json::ObjectBuilder(m_arena).build();
    }

private:
    json::Arena &m_arena;
};

} // namespace

json::Value toJson(json::Arena &arena, const Ast &ast)
{
    if (ast.error)
        return json::ObjectBuilder(arena).add("error", json::makeString(arena, *ast.error)).build();
    return Writer(arena).group(ast.root);
}

Result<Ast> fromJson(json::Value value)
{
    if (value.isNullish())
        return fail("fql-ast",
            "Found no trigger where one was expected, but " + std::string(json::kindName(value.kind())) + ".");
    Ast ast;
    const json::Value error = value.find("error");
    if (error.isString() || json::isTruthy(error))
        ast.error = textOf(error).value_or("?");
    ast.root = readGroup(value);
    return ast;
}

} // namespace hookbench::fql
