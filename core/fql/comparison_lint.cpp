#include "core/fql/comparison_lint.h"

#include "core/fql/lookup.h"
#include "core/fql/number.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace hookbench::fql {

namespace {

using Kind = Lexeme::Kind;

Finding warning(std::string code, SourceRange range, std::string message, std::optional<std::string> replacement = {})
{
    return { Severity::Warning, std::move(code), std::move(message), range, std::move(replacement) };
}

bool isBoolean(const Lexeme &word)
{
    return word.value == "true" || word.value == "false";
}

bool isOrder(const Lexeme &op)
{
    return op.value == "<" || op.value == "<=" || op.value == ">" || op.value == ">=";
}

/// The text a word stands for, its double quotes taken off.
std::string_view plainText(const Lexeme &word)
{
    std::string_view text = word.value;
    if (word.kind == Kind::String && text.size() >= 2 && text.front() == '"')
        text = text.substr(1, text.size() - 2);
    return text;
}

class Comparison
{
public:
    Comparison(const Subject &subject, const Step &step, std::vector<Finding> &findings)
        : m_subject(subject)
        , m_field(*step.words[0])
        , m_op(*step.words[1])
        , m_value(*step.words[2])
        , m_range(step.range)
        , m_findings(findings)
    {
    }

    bool inspect()
    {
        if (m_op.kind == Kind::Dot)
            return brokenPath();
        path();
        if (doubledOperator() || unknownOperator())
            return true;
        switch (m_value.kind) {
        case Kind::Number:
            return number();
        case Kind::String:
        case Kind::Ident:
        case Kind::Null:
            return word();
        default:
            return noValue();
        }
    }

private:
    void warn(std::string code, SourceRange range, std::string message, std::optional<std::string> replacement = {})
    {
        m_findings.push_back(warning(std::move(code), range, std::move(message), std::move(replacement)));
    }

    Field field() const { return *fieldOf(m_field.value); }

    bool brokenPath()
    {
        const std::string_view shown = m_subject.text(m_field.source);
        if (m_value.kind == Kind::Dot) {
            warn("fql-path-step", spanning(m_op, m_value),
                fmt::format("Found two dots in the path {}; Segment breaks it off there and the condition never holds. "
                            "Take one away.",
                    inQuotes(shown)),
                ".");
            return true;
        }
        const bool step
            = m_value.kind == Kind::Number || m_value.kind == Kind::Connective || m_value.kind == Kind::Null;
        const bool text = m_value.kind == Kind::String;
        if (!step && (!text || plainText(m_value).empty())) {
            warn("fql-path-step", m_range,
                fmt::format("No step follows the dot behind the path {}, so that the condition never holds. Finish the "
                            "path or take "
                            "the dot away.",
                    inQuotes(shown)));
            return true;
        }
        std::string mended;
        if (text) {
            mended = "." + escapedStep(plainText(m_value));
        } else {
            // A number may hold a dot of the path: `.0.sku` has the number `0.` in it.
            const std::string_view written = m_subject.text(m_value.source);
            const std::size_t dot = std::min(written.find('.'), written.size());
            mended = "." + escapedStep(written.substr(0, dot));
            if (dot < written.size())
                mended += "." + (dot + 1 < written.size() ? escapedStep(written.substr(dot + 1)) : std::string());
        }
        warn("fql-path-step", spanning(m_op, m_value),
            fmt::format("Segment reads the step {} of this path as {}, so that the condition never holds. Put a "
                        "backslash before it.",
                inQuotes(m_subject.text(m_value.source)),
                m_value.kind == Kind::Number ? "a number"
                    : text                   ? "a text"
                                             : "a word of the language"),
            mended);
        return true;
    }

    void path()
    {
        const std::string_view shown = m_subject.text(m_field.source);
        const bool below = m_field.value.find('.') != std::string::npos;
        if (!hasPath(field()) && below)
            warn("fql-path-root", m_field.source,
                fmt::format("{} has nothing below it: Segment tests {} itself. Take the rest of the path away.",
                    fieldWord(field()), fieldWord(field())),
                std::string(fieldWord(field())));
        if (!hasPath(field()))
            return;
        if (!below)
            warn("fql-path-root", m_field.source,
                fmt::format(
                    "{0} alone is read as {0}.{0}. Name a field below it, as in {0}.total.", fieldWord(field())));
        else if (EventPath::steps(std::string_view(m_field.value).substr(fieldWord(field()).size() + 1)).empty())
            m_findings.push_back({ Severity::Error, "fql-path",
                fmt::format("{} names no field; Segment's engine stops with an error when it gets there. Name a field, "
                            "as in {}.total.",
                    inQuotes(shown), fieldWord(field())),
                m_field.source, {} });
        else if (m_field.escapedDot)
            warn("fql-dotted-key", m_field.source,
                fmt::format("In {} the escaped dot separates two steps like any other: Segment cannot reach a key with "
                            "a dot in it. Test another field.",
                    inQuotes(shown)));
    }

    bool doubledOperator()
    {
        if (m_op.kind != Kind::Operator || m_value.kind != Kind::Operator)
            return false;
        const bool touching = Subject::touches(&m_op, &m_value);
        std::string_view meant
            = m_op.value == "=" || m_op.value == "!=" ? std::string_view(m_op.value) : std::string_view();
        if (m_value.value == "=" && touching && (m_op.value == "<" || m_op.value == ">")) {
            warn("fql-space", m_range,
                fmt::format("Segment reads {0}= only with a space behind it; here it compares with the text \"=\". Put "
                            "a space behind {0}=.",
                    m_op.value),
                fmt::format("{} {}= ", m_subject.text(m_field.source), m_op.value));
            return true;
        }
        if (m_op.value == "<" && m_value.value == ">")
            meant = "!=";
        warn("fql-unknown-operator", spanning(m_op, m_value),
            fmt::format("Found {}; Segment takes the second operator for the value. Write one of = != < <= > >=.",
                inQuotes(m_subject.text(spanning(m_op, m_value)))),
            meant.empty() ? std::nullopt : std::optional(std::string(meant)));
        return true;
    }

    bool unknownOperator()
    {
        if (operatorNamed(m_op.value) != Operator::Unknown)
            return false;
        if (m_op.value == "in") {
            warn("fql-unsupported-in", m_op.source,
                "Segment's triggers do not know `in` and never let this condition hold. Compare with one value at a "
                "time, joined by or.");
        } else if (m_op.kind == Kind::Connective) {
            warn("fql-unknown-operator", m_range,
                fmt::format("{} is not compared with anything; Segment takes {} for its operator and the condition "
                            "never holds. Write a comparison, as in {} = \"text\".",
                    inQuotes(m_field.value), inQuotes(m_op.value), m_field.value));
        } else {
            const std::string_view shown = m_subject.text(m_op.source);
            const bool isEquality = shown == "is" || shown == "equals" || shown == "eq";
            warn("fql-unknown-operator", m_op.source,
                fmt::format(
                    "Found {} where one of = != < <= > >= was expected; the condition never holds. Write one of them.",
                    inQuotes(shown)),
                isEquality ? std::optional<std::string>("=") : std::nullopt);
        }
        return true;
    }

    bool number()
    {
        const Lexeme *next = m_subject.after(&m_value);
        if (std::isnan(toNumber(std::string_view(m_value.value)))) {
            warn("fql-number", m_value.source,
                fmt::format(
                    "{} is no number; Segment compares with NaN. Write the digits directly behind it, as in -5.",
                    inQuotes(m_value.value)));
            return true;
        }
        if (!Subject::touches(&m_value, next))
            return false;
        const Lexeme *last = next->kind == Kind::Comma ? &m_value : next;
        std::string digits(m_subject.text(m_value.source));
        if (next->kind == Kind::Comma) {
            while (next != nullptr && next->kind == Kind::Comma && Subject::touches(last, next)) {
                const Lexeme *group = m_subject.after(next);
                if (!Subject::touches(next, group) || group->kind != Kind::Number)
                    break;
                digits += m_subject.text(group->source);
                last = group;
                next = m_subject.after(group);
            }
            if (last == &m_value)
                return false;
        } else if (next->kind == Kind::Ident || next->kind == Kind::Number || next->kind == Kind::Dot) {
            digits += m_subject.text(next->source);
            const Lexeme *exponent = m_subject.after(next);
            if (next->kind == Kind::Ident && Subject::touches(next, exponent) && exponent->kind == Kind::Number) {
                digits += m_subject.text(exponent->source);
                last = exponent;
            }
        } else {
            return false;
        }
        const double meant = toNumber(std::string_view(digits));
        warn("fql-number", spanning(m_value, *last),
            fmt::format("Segment reads {} as {} and skips the rest. Write plain digits; put dates and versions in "
                        "double quotes.",
                inQuotes(m_subject.text(spanning(m_value, *last))), m_value.value),
            std::isfinite(meant) && std::abs(meant) < 1e15 && meant == std::trunc(meant)
                ? std::optional(fmt::format("{:.0f}", meant))
                : std::nullopt);
        return true;
    }

    bool word()
    {
        const bool singleQuoted = m_value.kind == Kind::String && m_value.value.front() == '\'';
        if (m_value.cutShort) {
            warn("fql-cut-word", m_value.source,
                fmt::format("At the end of a trigger Segment reads {} as {}. Put it in double quotes.",
                    inQuotes(m_subject.text(m_value.source)), inQuotes(m_value.value)),
                fmt::format("\"{}\"", m_subject.text(m_value.source)));
            return true;
        }
        const Lexeme *next = m_subject.after(&m_value);
        if (m_value.kind == Kind::Ident && next != nullptr && next->kind == Kind::ParenLeft
            && Subject::touches(&m_value, next)) {
            warn("fql-unsupported-function", m_value.source,
                fmt::format("Segment's triggers have no functions on the right side: it compares with the text {}. "
                            "Write the value itself.",
                    inQuotes(m_value.value)));
            return true;
        }
        if (m_value.kind == Kind::Ident && m_value.value.find('.') != std::string::npos && fieldOf(m_value.value)) {
            warn("fql-field-as-value", m_value.source,
                fmt::format("Segment cannot compare two fields: it compares with the text {}. Put a text in double "
                            "quotes, or compare with a value.",
                    inQuotes(m_value.value)));
            return false;
        }
        constant(singleQuoted);
        if (field() == Field::Type && !singleQuoted && m_value.kind != Kind::Null)
            eventType();
        return false;
    }

    void constant(bool singleQuoted)
    {
        const bool isNull = m_value.value == "null";
        const bool isConstant = isNull || isBoolean(m_value);
        const bool equality = m_op.value == "=" || m_op.value == "!=";
        if (isConstant && equality) {
            const bool knowsNull = field() != Field::Type && field() != Field::Event;
            const bool knowsBoolean = field() == Field::UserId || hasPath(field());
            if (!(isNull ? knowsNull : knowsBoolean))
                warn("fql-constant-as-text", m_value.source,
                    fmt::format("Segment knows no {1} for {0} and compares with the text \"{1}\". Write the text you "
                                "expect in double quotes.",
                        fieldWord(field()), m_value.value));
            else if (!isNull && m_op.value == "!=")
                warn("fql-not-boolean", spanning(m_op, m_value),
                    fmt::format("{0} != {1} holds for everything but the text \"{1}\": for the boolean {1} as well. "
                                "Write = {2}.",
                        m_field.value, m_value.value, m_value.value == "true" ? "false" : "true"),
                    m_value.value == "true" ? "= false" : "= true");
        }
        if (isOrder(m_op) && !singleQuoted && (isConstant || std::isnan(toNumber(plainText(m_value)))))
            warn("fql-not-a-number", m_value.source,
                fmt::format("{} compares numbers, and {} is none. Write a number.", m_op.value,
                    inQuotes(m_subject.text(m_value.source))));
    }

    void eventType()
    {
        constexpr std::array<std::string_view, 6> kTypes{ "track", "identify", "page", "screen", "group", "alias" };
        const std::string_view text = plainText(m_value);
        if (isBoolean(m_value) || (m_op.value != "=" && m_op.value != "!=")
            || std::find(kTypes.begin(), kTypes.end(), text) != kTypes.end())
            return;
        m_findings.push_back({ Severity::Info, "fql-event-type",
            fmt::format(
                "Segment's event types are track, identify, page, screen, group and alias, in small letters; found {}.",
                inQuotes(text)),
            m_value.source, {} });
    }

    bool noValue()
    {
        const Lexeme *next = m_subject.after(&m_value);
        if (m_value.kind == Kind::Dot && Subject::touches(&m_value, next) && next->kind == Kind::Number) {
            warn("fql-number", spanning(m_value, *next),
                fmt::format("Segment reads the dot of {} as the value. Put a digit before it.",
                    inQuotes(m_subject.text(spanning(m_value, *next)))),
                fmt::format("0{}", m_subject.text(spanning(m_value, *next))));
            return true;
        }
        const bool end = m_value.kind == Kind::End;
        if (m_value.kind == Kind::BracketLeft)
            warn("fql-missing-value", m_value.source,
                "Segment's triggers know no lists: it compares with the text \"[\". Compare with one value at a time, "
                "joined by or.");
        else
            warn("fql-missing-value", m_range,
                fmt::format("The value is missing behind {}; Segment compares with the text {} instead. Write the "
                            "value, texts in double quotes.",
                    inQuotes(m_op.value), inQuotes(end ? std::string_view("eos") : std::string_view(m_value.value))));
        return !end;
    }

    const Subject &m_subject;
    const Lexeme &m_field;
    const Lexeme &m_op;
    const Lexeme &m_value;
    SourceRange m_range;
    std::vector<Finding> &m_findings;
};

void inspectPattern(const Subject &subject, const Step &step, std::vector<Finding> &findings)
{
    const Lexeme &text = *step.words[4];
    if (text.kind == Kind::String && text.value.front() == '\'')
        return; // the quotes are told about already
    const std::string_view pattern = plainText(text);
    const std::string_view field = step.words[2]->value;
    const std::string_view negation = step.negated ? "!" : "";
    const bool starts = text.value.ends_with("*\"");
    const std::string_view core
        = starts ? pattern.substr(0, pattern.size() - 1) : pattern.substr(pattern.empty() ? 0 : 1);
    if (starts && core.starts_with('*')) {
        const std::string_view inner = core.substr(1);
        findings.push_back(warning("fql-match-pattern", step.range,
            fmt::format(
                "With a star at both ends Segment tests for texts that start with {}. Write {}contains({}, \"{}\").",
                inQuotes(core), negation, field, inner),
            inner.empty() ? std::nullopt
                          : std::optional(fmt::format(
                              "{}contains({}, \"{}\")", negation, subject.text(step.words[2]->source), inner))));
    } else if (!starts && !pattern.starts_with('*')) {
        findings.push_back(warning("fql-match-pattern", text.source,
            fmt::format("Without a star at one end Segment tests for texts that end with {}, the first character left "
                        "out. Write \"{}*\" for the beginning, \"*{}\" for the end, or {} {} \"{}\" for all of it.",
                inQuotes(core), pattern, pattern, field, step.negated ? "!=" : "=", pattern)));
    } else if (core.find('*') != std::string_view::npos && text.kind == Kind::String) {
        findings.push_back(warning("fql-match-pattern", text.source,
            fmt::format("Only one star at an end stands for any text: Segment tests for texts that {} with {}. Use two "
                        "conditions.",
                starts ? "start" : "end", inQuotes(core))));
    }
}

/// How a function was written, when it is not contains(field, "text").
bool hasWrongArguments(const Step &step, bool inGroup)
{
    const auto is = [&](std::size_t i, Kind kind) { return step.words[i] != nullptr && step.words[i]->kind == kind; };
    const bool text = is(4, Kind::String) || is(4, Kind::Ident) || is(4, Kind::Number) || is(4, Kind::Null);
    return !(is(1, Kind::ParenLeft) && is(2, Kind::Ident) && is(3, Kind::Comma) && text
        && (inGroup || is(5, Kind::ParenRight)));
}

} // namespace

const Lexeme *Subject::after(const Lexeme *word) const
{
    const Lexeme *begin = reading.words.data();
    const Lexeme *end = begin + reading.words.size();
    return word >= begin && word + 1 < end ? word + 1 : nullptr;
}

bool Subject::touches(const Lexeme *left, const Lexeme *right)
{
    return left != nullptr && right != nullptr && right->source.length > 0
        && left->source.end() == right->source.offset;
}

bool inspectComparison(const Subject &subject, const Step &step, std::vector<Finding> &findings)
{
    if (!step.known) {
        findings.push_back(warning("fql-unknown-field", step.range,
            fmt::format("Segment's triggers know no field {} and skip it with its comparison. They know type, event, "
                        "name, userId, properties.…, traits.… and context.….",
                inQuotes(step.words[0]->value))));
        return true;
    }
    return Comparison(subject, step, findings).inspect();
}

void inspectFunction(const Subject &subject, const Step &step, bool inGroup, std::vector<Finding> &findings)
{
    const Lexeme &name = *step.words[0];
    const Lexeme &argument = *step.words[2];
    if (hasWrongArguments(step, inGroup)) {
        findings.push_back(warning("fql-function-arguments", step.range,
            fmt::format("Segment takes the five words behind {0} for ( field , text ), whatever they are. Write "
                        "{0}(properties.title, \"{1}\").",
                name.value, name.value == "match" ? "text*" : "text")));
        return;
    }
    const std::optional<Field> field = fieldOf(argument.value);
    if (!step.known || !field) {
        const std::string_view rule = "event, name, userId, properties.…, traits.… and context.…";
        findings.push_back(step.known
                ? warning("fql-unknown-field", argument.source,
                    fmt::format("Segment's triggers know no field {}; it looks for a key of that name where its first "
                                "letters point. They know {}.",
                        inQuotes(argument.value), rule))
                : warning("fql-function-field", step.range,
                    fmt::format("{} does not know the field {}: Segment leaves the condition out. It knows {}.{}",
                        name.value, inQuotes(argument.value), rule,
                        argument.value == "type" ? " For the type write type = \"track\"." : "")));
        return;
    }
    const bool below = argument.value.find('.') != std::string::npos;
    if (hasPath(*field) && !below)
        findings.push_back(warning("fql-path-root", argument.source,
            fmt::format("{0} alone is read as {0}.{0}. Name a field below it, as in {0}.title.", fieldWord(*field))));
    else if (below && EventPath::steps(std::string_view(argument.value).substr(fieldWord(*field).size() + 1)).empty())
        findings.push_back({ Severity::Error, "fql-path",
            fmt::format("{} names no field; Segment's engine stops with an error when it gets there. Name a field, as "
                        "in {}.title.",
                inQuotes(subject.text(argument.source)), fieldWord(*field)),
            argument.source, {} });
    else if (argument.escapedDot)
        findings.push_back(warning("fql-dotted-key", argument.source,
            fmt::format("In {} the escaped dot separates two steps like any other: Segment cannot reach a key with a "
                        "dot in it. Test another field.",
                inQuotes(subject.text(argument.source)))));
    if (name.value == "match")
        inspectPattern(subject, step, findings);
}

} // namespace hookbench::fql
