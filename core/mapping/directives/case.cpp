// {"@case": {"operator": "lower" or "upper", "value": text}}: the text in lower or upper case. Other
// values pass through.
#include "core/json/text.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/letter_case.h"
#include "core/mapping/provenance.h"

#include <algorithm>
#include <optional>

namespace hookbench::mapping {

using json::Value;

namespace {

enum class Operator { Lower, Upper };

Value convertAscii(Value text, Operator wanted, json::Arena &out)
{
    const std::string_view chars = text.asString();
    const char first = wanted == Operator::Lower ? 'A' : 'a';
    const auto changes = [first](char c) { return c >= first && c < first + 26; };
    if (std::none_of(chars.begin(), chars.end(), changes))
        return text;
    char *copy = static_cast<char *>(out.allocate(chars.size()));
    std::transform(
        chars.begin(), chars.end(), copy, [&](char c) { return changes(c) ? static_cast<char>(c ^ 0x20) : c; });
    return Value::stringWithFlags({ copy, chars.size() }, text.flags());
}

class Case : public Node
{
public:
    Case(std::optional<Operator> wanted, NodePtr value, const Place *place)
        : m_operator(wanted)
        , m_value(std::move(value))
        , m_place(place)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value value = m_value->resolve(run, payload);
        if (run.failed || !value.isString())
            return value;
        if (!m_operator)
            return run.fail(m_place, "mapping-value",
                "The “operator” of @case is neither \"lower\" nor \"upper\". Write one of them.");
        if (value.flags() & Value::kAscii)
            return convertAscii(value, *m_operator, run.out);
        return json::makeString(
            run.out, *m_operator == Operator::Upper ? toUpperCase(value.asString()) : toLowerCase(value.asString()));
    }

    void trace(Tracer &tracer) const override { m_value->trace(tracer); }

private:
    std::optional<Operator> m_operator; ///< none: an unknown one, which only texts mind
    NodePtr m_value;
    const Place *m_place;
};

void check(Checker &checker, Value argument, const Place *at)
{
    checker.checkOptions(argument, at,
        { { "operator", Option::Optional, Checker::expectText },
            { "value", Option::Optional, Checker::expectTextOrDirective } });
}

NodePtr compile(Compiler &compiler, Value options, const Place *at, Absent absent)
{
    if (!options.isObject())
        return compiler.failure(
            at, "mapping-type", "@case takes an object of options; found " + describe(options) + ".");
    const Value wanted = options.find("operator");
    if (!json::isTruthy(wanted))
        return compiler.failure(
            at, "mapping-missing-option", "@case needs the option “operator”. Write \"lower\" or \"upper\".");
    if (!json::isTruthy(options.find("value")))
        return compiler.constant({});
    std::optional<Operator> known;
    if (wanted.isString() && wanted.asString() == "lower")
        known = Operator::Lower;
    else if (wanted.isString() && wanted.asString() == "upper")
        known = Operator::Upper;
    else
        compiler.warn(compiler.places().member(at, "operator"), "mapping-choice",
            "“operator” is " + describe(wanted) + ", which fails for every text. Write \"lower\" or \"upper\".");
    return std::make_unique<Case>(known, compiler.compileOption(options, "value", at, absent), at);
}

} // namespace

const Directive kCaseDirective{ "@case", check, compile };

} // namespace hookbench::mapping
