#include "core/fql/program.h"

#include "core/fql/lexer.h"
#include "core/fql/number.h"
#include "core/json/text.h"

#include <fmt/format.h>

namespace hookbench::fql::detail {

namespace {

Answer answer(bool yes)
{
    return yes ? Answer::Yes : Answer::No;
}

bool holdsSurrogate(std::string_view text)
{
    for (std::size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1))
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0)
            return true;
    return false;
}

/// A child settles the answer of its group, so that Segment looks no further.
bool settles(Combinator combinator, Answer answer)
{
    return answer == Answer::Fails || answer == (combinator == Combinator::And ? Answer::No : Answer::Yes);
}

template <typename Text>
bool holds(Operator op, Text actual, Text expected)
{
    switch (op) {
    case Operator::Contains:
    case Operator::NotContains:
        return actual.find(expected) != Text::npos;
    case Operator::StartsWith:
    case Operator::NotStartsWith:
        return actual.starts_with(expected);
    default:
        return actual.ends_with(expected);
    }
}

} // namespace

Program::Program(Ast ast)
    : m_ast(std::move(ast))
{
    compile(m_ast.root);
}

void Program::compile(const Node &node)
{
    if (const Condition *condition = std::get_if<Condition>(&node)) {
        compile(*condition);
    } else if (const Group *group = std::get_if<Group>(&node)) {
        compile(*group);
    } else {
        Step step;
        const Missing *missing = std::get_if<Missing>(&node);
        step.kind = missing != nullptr ? Step::Kind::Missing : Step::Kind::Foreign;
        step.source = missing != nullptr ? missing->source : SourceRange();
        step.end = m_steps.size() + 1;
        m_steps.push_back(step);
    }
}

void Program::compile(const Group &group)
{
    const std::size_t at = m_steps.size();
    Step step;
    step.kind = Step::Kind::Group;
    step.combinator = group.combinator;
    step.hasChildren = group.hasChildren;
    step.source = group.source;
    step.group = &group;
    m_steps.push_back(step);
    for (const Node &child : group.children)
        compile(child);
    m_steps[at].end = m_steps.size();
}

void Program::compile(const Condition &condition)
{
    const std::optional<std::string> text = textOf(condition.expected);
    Step step;
    step.kind = Step::Kind::Test;
    step.test = m_tests.size();
    step.end = m_steps.size() + 1;
    step.source = condition.source;
    m_steps.push_back(step);
    m_tests.push_back({ &condition, condition.field, condition.op, text.has_value(), text && holdsSurrogate(*text),
        numberOf(condition.expected).value_or(0), text.value_or(std::string()), EventPath(condition.path) });
}

std::optional<json::Value> Program::seenBy(const Test &test, json::Value event)
{
    const json::Value value = event.find(fieldWord(test.field));
    return hasPath(test.field) ? test.path.in(value) : std::optional(value);
}

Answer Program::compare(const Test &test, json::Value actual)
{
    const auto asNumber = [&](auto compareNumbers) {
        if (!actual.isNumber())
            return Answer::No;
        return test.hasText ? detail::answer(compareNumbers(actual.asNumber(), test.number)) : Answer::Fails;
    };
    const auto asText = [&](bool wanted) {
        if (!actual.isString())
            return Answer::No;
        if (!test.hasText)
            return Answer::Fails;
        const bool found = test.hasSurrogates
            ? holds<std::u16string_view>(test.op, json::toUtf16(actual.asString()), json::toUtf16(test.text))
            : holds<std::string_view>(test.op, actual.asString(), test.text);
        return detail::answer(found == wanted);
    };
    switch (test.op) {
    case Operator::Equals:
    case Operator::NotEquals: {
        if (!test.hasText)
            return Answer::Fails;
        const bool same = actual.isString() && actual.asString() == test.text;
        return detail::answer(same == (test.op == Operator::Equals));
    }
    case Operator::Less:
        return asNumber([](double a, double b) { return a < b; });
    case Operator::LessOrEqual:
        return asNumber([](double a, double b) { return a <= b; });
    case Operator::Greater:
        return asNumber([](double a, double b) { return a > b; });
    case Operator::GreaterOrEqual:
        return asNumber([](double a, double b) { return a >= b; });
    case Operator::NumberEquals:
        return asNumber([](double a, double b) { return a == b; });
    case Operator::NumberNotEquals:
        return asNumber([](double a, double b) { return a != b; });
    case Operator::Contains:
    case Operator::StartsWith:
    case Operator::EndsWith:
        return asText(true);
    case Operator::NotContains:
    case Operator::NotStartsWith:
    case Operator::NotEndsWith:
        return asText(false);
    case Operator::Exists:
        return detail::answer(!actual.isNullish());
    case Operator::NotExists:
        return detail::answer(actual.isNullish());
    case Operator::IsTrue:
        return detail::answer(actual.isBoolean() && actual.asBoolean());
    case Operator::IsFalse:
        return detail::answer(actual.isBoolean() && !actual.asBoolean());
    case Operator::Unknown:
        break;
    }
    return Answer::No;
}

Answer Program::answerOf(const Test &test, json::Value event)
{
    if (event.isNullish())
        return Answer::Fails;
    const std::optional<json::Value> seen = seenBy(test, event);
    return seen ? compare(test, *seen) : Answer::Fails;
}

Answer Program::answer(std::size_t at, json::Value event, std::size_t &failed) const
{
    const Step &step = m_steps[at];
    Answer result = Answer::No;
    switch (step.kind) {
    case Step::Kind::Test:
        result = answerOf(m_tests[step.test], event);
        break;
    case Step::Kind::Group:
        return answerOfGroup(at, event, failed);
    case Step::Kind::Missing:
        result = Answer::Fails;
        break;
    case Step::Kind::Foreign:
        break;
    }
    if (result == Answer::Fails)
        failed = at;
    return result;
}

Answer Program::answerOfGroup(std::size_t at, json::Value event, std::size_t &failed) const
{
    const Step &group = m_steps[at];
    if (group.combinator == Combinator::Unknown)
        return Answer::No;
    if (!group.hasChildren) {
        failed = at;
        return Answer::Fails;
    }
    for (std::size_t child = at + 1; child < group.end; child = m_steps[child].end) {
        const Answer result = answer(child, event, failed);
        if (settles(group.combinator, result))
            return result;
    }
    return detail::answer(group.combinator == Combinator::And);
}

Error Program::failure(std::size_t at, json::Value event) const
{
    const Step &step = m_steps[at];
    Error error;
    if (step.kind == Step::Kind::Missing) {
        error.code = "fql-missing-condition";
        error.message = "Found parentheses with no condition in them that Segment knows; its engine stops with an "
                        "error there. Take them away or write a condition into them.";
    } else if (step.kind == Step::Kind::Group) {
        error.code = "fql-ast";
        error.message = "Found a group without a list of children. Write the trigger as FQL instead.";
    } else if (event.isNullish()) {
        error.code = "fql-event";
        error.message
            = "Found null where an event was expected; Segment's engine stops with an error there. Send a JSON object.";
    } else if (!seenBy(m_tests[step.test], event)) {
        error.code = "fql-path";
        error.message = fmt::format(
            "{} is no path; Segment's engine stops with an error there. Name a field, as in properties.total.",
            inQuotes(fieldText(*m_tests[step.test].condition)));
    } else {
        error.code = "fql-value";
        error.message = fmt::format("The value that {} is compared with has no text; Segment's engine stops with an "
                                    "error there. Use a text, a number or a boolean.",
            inQuotes(fieldText(*m_tests[step.test].condition)));
    }
    return error;
}

Result<bool> Program::match(json::Value event) const
{
    if (m_ast.error || event.isUndefined())
        return false;
    std::size_t failed = 0;
    const Answer result = answerOfGroup(0, event, failed);
    if (result == Answer::Fails)
        return tl::unexpected<Error>(failure(failed, event));
    return result == Answer::Yes;
}

Answer Program::explainStep(std::size_t at, json::Value event, bool reached, std::size_t parent, Trace &trace) const
{
    const Step &step = m_steps[at];
    if (step.kind == Step::Kind::Group)
        return explainGroup(at, event, reached, parent, trace);
    if (step.kind == Step::Kind::Foreign)
        return Answer::No;

    std::size_t failed = 0;
    const Answer result = answer(at, event, failed);
    ConditionTrace condition;
    if (step.kind == Step::Kind::Test) {
        const Test &test = m_tests[step.test];
        condition.field = fieldText(*test.condition);
        condition.op = operatorText(*test.condition);
        condition.expected = expectedText(*test.condition);
        condition.seen = seenBy(test, event).value_or(json::Value());
    }
    condition.matched = result == Answer::Yes;
    condition.reached = reached;
    condition.sourceOffset = step.source.offset;
    condition.sourceLength = step.source.length;
    condition.group = parent;
    if (result == Answer::Fails)
        condition.error = failure(at, event);
    if (condition.error && reached && !trace.error)
        trace.error = condition.error;
    trace.conditions.push_back(std::move(condition));
    return result;
}

Answer Program::explainGroup(std::size_t at, json::Value event, bool reached, std::size_t parent, Trace &trace) const
{
    const Step &step = m_steps[at];
    const std::size_t index = trace.groups.size();
    trace.groups.push_back({ combinatorText(*step.group), false, parent, step.source.offset, step.source.length });
    bool settled = step.combinator == Combinator::Unknown;
    Answer result = settled ? Answer::No : detail::answer(step.combinator == Combinator::And);
    if (!settled && !step.hasChildren) {
        result = Answer::Fails;
        if (reached && !trace.error)
            trace.error = failure(at, event);
    }
    for (std::size_t child = at + 1; child < step.end; child = m_steps[child].end) {
        const Answer answer = explainStep(child, event, reached && !settled, index, trace);
        if (!settled && settles(step.combinator, answer)) {
            settled = true;
            result = answer;
        }
    }
    trace.groups[index].matched = result == Answer::Yes;
    return result;
}

Trace Program::explain(json::Value event) const
{
    Trace trace;
    const bool asked = !m_ast.error && !event.isUndefined();
    const Answer result = explainGroup(0, event, asked, 0, trace);
    trace.combinator = trace.groups.front().combinator;
    trace.matched = asked && result == Answer::Yes;
    trace.groups.front().matched = trace.matched;
    return trace;
}

} // namespace hookbench::fql::detail
