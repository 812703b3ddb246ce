#include "core/fql/visual.h"

#include "core/base/utf8.h"
#include "core/fql/lexer.h"
#include "core/fql/lookup.h"
#include "core/fql/number.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace hookbench::fql {

namespace {

constexpr std::size_t kLongestText = 99990; // with quotes and stars around it below what Segment reads

/// What Segment's lexer can read behind a backslash: all but characters of two UTF-16 units.
bool canBeEscaped(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::int32_t codePoint = nextCodePoint(text, at);
        if (codePoint < 0 || codePoint > 0xFFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF))
            return false;
    }
    return true;
}

/// FQL knows no exponents: 1e+21 written out.
std::string numberInFql(double number)
{
    std::string text;
    json::numberTo(text, number);
    const std::size_t e = text.find('e');
    if (e == std::string::npos)
        return text;
    const int exponent = std::stoi(text.substr(e + 1));
    const bool negative = text.front() == '-';
    std::string digits;
    std::size_t point = std::string::npos;
    for (const char c : std::string_view(text).substr(0, e)) {
        if (c == '.')
            point = digits.size();
        else if (c != '-')
            digits += c;
    }
    const int places = static_cast<int>(point == std::string::npos ? digits.size() : point) + exponent;
    if (places <= 0)
        digits = "0." + std::string(static_cast<std::size_t>(-places), '0') + digits;
    else
        digits.append(static_cast<std::size_t>(places) - digits.size(), '0');
    return negative ? "-" + digits : digits;
}

std::string quotedOrEscaped(const std::string &text)
{
    return text.find('"') == std::string::npos ? "\"" + text + "\"" : escapedWord(text, true);
}

/// The text of match() that means "ends with `text`". In quotes a star at the end would make it mean "starts with".
std::string endPattern(const std::string &text)
{
    if (text.empty() || text.ends_with('*') || text.find('"') != std::string::npos)
        return escapedWord("*" + text, true);
    return "\"*" + text + "\"";
}

double numberOfRow(const VisualRow &row)
{
    const bool blank = row.value.find_first_not_of(" \t\r\n") == std::string::npos;
    return blank ? std::nan("") : toNumber(std::string_view(row.value));
}

std::optional<Error> rowError(std::string code, std::string message)
{
    return Error{ std::move(code), std::move(message), {}, std::nullopt };
}

std::optional<Error> textProblem(const VisualRow &row)
{
    const std::string &text = row.value;
    if (text.size() > kLongestText)
        return rowError("fql-row-text",
            fmt::format(
                "The text has {} bytes; Segment's trigger language stops at about {}. Compare with a shorter text.",
                text.size(), kLongestText));
    const std::size_t invalid = findInvalidUtf8(text);
    if (invalid != kValidUtf8)
        return rowError("fql-row-text", fmt::format("The text is not valid UTF-8 at byte {}. Type it again.", invalid));
    const bool atStart = row.op == Operator::StartsWith || row.op == Operator::NotStartsWith;
    const bool atEnd = row.op == Operator::EndsWith || row.op == Operator::NotEndsWith;
    if (text.find('"') != std::string::npos) {
        if (atStart)
            return rowError("fql-row-text",
                "Segment's trigger language cannot say \"starts with\" for a text with a double quote in it. Use "
                "\"contains\".");
        if (!canBeEscaped(text))
            return rowError("fql-row-text",
                "Segment's trigger language cannot say a text with both a double quote and a character outside the "
                "basic plane, such as an emoji. Compare with a part of the text.");
        if (atEnd && (text == "\"" || text.ends_with("*\"")))
            return rowError("fql-row-text",
                "Segment's trigger language cannot say \"ends with\" for a quote alone or behind a star. Use "
                "\"contains\".");
    } else if (atEnd && text.ends_with('*') && !canBeEscaped(text)) {
        return rowError("fql-row-text",
            "Segment's trigger language cannot say \"ends with\" for a text that ends with * and has a character "
            "outside the basic plane, such as an emoji, in it. Use \"contains\".");
    }
    return std::nullopt;
}

std::string operatorForPeople(Operator op)
{
    std::string name(operatorName(op));
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

std::string rowInFql(const VisualRow &row)
{
    const std::string field = fieldInFql(row);
    switch (row.op) {
    case Operator::Contains:
        return fmt::format("contains({}, {})", field, quotedOrEscaped(row.value));
    case Operator::NotContains:
        return fmt::format("!contains({}, {})", field, quotedOrEscaped(row.value));
    case Operator::StartsWith:
        return fmt::format("match({}, \"{}*\")", field, row.value);
    case Operator::NotStartsWith:
        return fmt::format("!match({}, \"{}*\")", field, row.value);
    case Operator::EndsWith:
        return fmt::format("match({}, {})", field, endPattern(row.value));
    case Operator::NotEndsWith:
        return fmt::format("!match({}, {})", field, endPattern(row.value));
    case Operator::Exists:
        return field + " != null";
    case Operator::NotExists:
        return field + " = null";
    case Operator::IsTrue:
        return field + " = true";
    case Operator::IsFalse:
        return field + " = false";
    case Operator::NumberEquals:
        return fmt::format("{} = {}", field, numberInFql(numberOfRow(row)));
    case Operator::NumberNotEquals:
        return fmt::format("{} != {}", field, numberInFql(numberOfRow(row)));
    case Operator::Less:
    case Operator::LessOrEqual:
    case Operator::Greater:
    case Operator::GreaterOrEqual:
        return fmt::format("{} {} {}", field, operatorName(row.op), numberInFql(numberOfRow(row)));
    case Operator::Equals:
    case Operator::NotEquals:
    case Operator::Unknown:
        break;
    }
    return fmt::format("{} {} {}", field, operatorName(row.op), quotedOrEscaped(row.value));
}

/// A path as steps with dots between them: what `products[0].sku` and `products..0.sku` mean as well.
std::string plainPath(std::string_view path)
{
    std::string plain;
    for (const std::string &step : EventPath::steps(path))
        plain.append(plain.empty() ? "" : ".").append(step);
    return plain;
}

/// The row that says the same, or why there is none.
Result<VisualRow> rowOf(const Condition &condition)
{
    VisualRow row;
    row.field = condition.field;
    row.op = condition.op;
    if (hasPath(condition.field)) {
        const std::string *path = std::get_if<std::string>(&condition.path);
        if (path == nullptr)
            return fail("fql-row-path", "A condition has a path that is no text.");
        row.path = plainPath(*path);
    }
    if (condition.op == Operator::Unknown)
        return fail("fql-row-operator",
            fmt::format(
                "Segment does not know the operator {} and never lets it hold.", inQuotes(operatorText(condition))));
    const std::optional<std::string> text = textOf(condition.expected);
    switch (valueKind(condition.op)) {
    case ValueKind::None:
        break;
    case ValueKind::Text:
        if (condition.op == Operator::NotEquals && std::holds_alternative<bool>(condition.expected))
            return fail("fql-row-operator",
                fmt::format("{0} != {1} holds for whatever is not the text \"{1}\", a boolean included.",
                    fieldText(condition), *text));
        if (!text)
            return fail(
                "fql-row-text", fmt::format("{} is compared with a value that has no text.", fieldText(condition)));
        row.value = *text;
        break;
    case ValueKind::Number:
        if (!std::isfinite(numberOf(condition.expected).value_or(std::nan(""))))
            return fail("fql-row-number",
                fmt::format(
                    "{} is compared with {}, which is no number.", fieldText(condition), inQuotes(text.value_or("?"))));
        row.value = numberInFql(*numberOf(condition.expected));
        break;
    }
    if (std::optional<Error> error = problem(row))
        return tl::unexpected<Error>(std::move(*error));
    return row;
}

} // namespace

const std::vector<Operator> &operatorsFor(Field field)
{
    using enum Operator;
    static const std::vector<Operator> kType{ Equals, NotEquals };
    static const std::vector<Operator> kEvent{ Equals, NotEquals, Contains, NotContains, StartsWith, NotStartsWith,
        EndsWith, NotEndsWith };
    static const std::vector<Operator> kName{ Equals, NotEquals, Contains, NotContains, StartsWith, NotStartsWith,
        EndsWith, NotEndsWith, Exists, NotExists };
    static const std::vector<Operator> kUserId{ Equals, NotEquals, Contains, NotContains, StartsWith, NotStartsWith,
        EndsWith, NotEndsWith, Exists, NotExists, IsTrue, IsFalse };
    static const std::vector<Operator> kPath{ Equals, NotEquals, Contains, NotContains, StartsWith, NotStartsWith,
        EndsWith, NotEndsWith, NumberEquals, NumberNotEquals, Less, LessOrEqual, Greater, GreaterOrEqual, IsTrue,
        IsFalse, Exists, NotExists };
    switch (field) {
    case Field::Type:
        return kType;
    case Field::Event:
        return kEvent;
    case Field::Name:
        return kName;
    case Field::UserId:
        return kUserId;
    default:
        return kPath;
    }
}

std::string fieldInFql(const VisualRow &row)
{
    std::string text(fieldWord(row.field));
    for (const std::string &step : EventPath::steps(row.path))
        text.append(".").append(escapedStep(step));
    return text;
}

ValueKind valueKind(Operator op)
{
    switch (op) {
    case Operator::Exists:
    case Operator::NotExists:
    case Operator::IsTrue:
    case Operator::IsFalse:
        return ValueKind::None;
    case Operator::Less:
    case Operator::LessOrEqual:
    case Operator::Greater:
    case Operator::GreaterOrEqual:
    case Operator::NumberEquals:
    case Operator::NumberNotEquals:
        return ValueKind::Number;
    default:
        return ValueKind::Text;
    }
}

std::optional<Error> problem(const VisualRow &row)
{
    const std::vector<Operator> &operators = operatorsFor(row.field);
    if (std::find(operators.begin(), operators.end(), row.op) == operators.end())
        return rowError("fql-row-operator",
            fmt::format("Segment's trigger language cannot say \"{}\" for {}. Choose another operator.",
                operatorForPeople(row.op), fieldWord(row.field)));
    if (hasPath(row.field)) {
        if (EventPath::steps(row.path).empty())
            return rowError("fql-row-path",
                fmt::format("The name of the field below {0} is missing. Write one, as in {0}.{1}.",
                    fieldWord(row.field),
                    row.field == Field::Property    ? "total"
                        : row.field == Field::Trait ? "email"
                                                    : "ip"));
        if (!canBeEscaped(row.path) || row.path.size() > kLongestText)
            return rowError("fql-row-path",
                fmt::format("Segment's trigger language cannot name the field {}: it has a character outside the basic "
                            "plane, such as an emoji, or is too long. Test another field.",
                    inQuotes(row.path)));
    } else if (!row.path.empty()) {
        return rowError("fql-row-path",
            fmt::format("{} has no fields below it. Take the path {} away.", fieldWord(row.field), inQuotes(row.path)));
    }
    switch (valueKind(row.op)) {
    case ValueKind::None:
        return std::nullopt;
    case ValueKind::Number:
        if (!std::isfinite(numberOfRow(row)))
            return rowError("fql-row-number",
                fmt::format("Found {} where a number was expected. Write one, as in 27.5.", inQuotes(row.value)));
        return std::nullopt;
    case ValueKind::Text:
        break;
    }
    return textProblem(row);
}

std::optional<VisualTrigger> toVisual(const Ast &ast, std::string *reason)
{
    const auto no = [&](std::string why) {
        if (reason != nullptr)
            *reason = std::move(why);
        return std::nullopt;
    };
    if (ast.error)
        return no("The trigger could not be read.");
    if (!ast.root.hasChildren || ast.root.combinator == Combinator::Unknown)
        return no("The trigger is no list of conditions.");
    VisualTrigger visual;
    visual.combinator = ast.root.combinator;
    for (const Node &child : ast.root.children) {
        if (std::holds_alternative<Group>(child))
            return no("The trigger has a group in parentheses; rows can only say one list of conditions, joined by all "
                      "or any.");
        const Condition *condition = std::get_if<Condition>(&child);
        if (condition == nullptr)
            return no("The trigger has parentheses without a condition in them; Segment stops with an error there.");
        Result<VisualRow> row = rowOf(*condition);
        if (!row)
            return no(std::move(row.error().message));
        visual.rows.push_back(std::move(*row));
    }
    return visual;
}

Ast fromVisual(const VisualTrigger &visual)
{
    Ast ast;
    const bool any = visual.combinator == Combinator::Or && visual.rows.size() > 1;
    ast.root.combinator = any ? Combinator::Or : Combinator::And;
    for (const VisualRow &row : visual.rows) {
        Condition condition;
        condition.field = row.field;
        condition.op = problem(row) ? Operator::Unknown : row.op;
        if (condition.op == Operator::Unknown)
            condition.unknownOperator = std::string(operatorName(row.op));
        if (hasPath(row.field))
            condition.path = plainPath(row.path);
        if (valueKind(row.op) == ValueKind::Text)
            condition.expected = row.value;
        else if (valueKind(row.op) == ValueKind::Number)
            condition.expected = numberOfRow(row);
        ast.root.children.emplace_back(std::move(condition));
    }
    return ast;
}

Result<std::string> toFql(const VisualTrigger &visual)
{
    if (visual.rows.empty())
        return fail("fql-row-none", "The trigger has no condition, so that it would never match. Add one.");
    std::string text;
    for (std::size_t i = 0; i < visual.rows.size(); ++i) {
        if (std::optional<Error> error = problem(visual.rows[i])) {
            error->message = fmt::format("Condition {}: {}", i + 1, error->message);
            return tl::unexpected<Error>(std::move(*error));
        }
        if (i > 0)
            text += visual.combinator == Combinator::Or ? " or " : " and ";
        text += rowInFql(visual.rows[i]);
    }
    return text;
}

} // namespace hookbench::fql
