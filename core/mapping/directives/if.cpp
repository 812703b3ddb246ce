// {"@if": {"exists" or "blank": value, "then": value, "else": value}}: `then` when the value is there or, with "blank"
// and despite its name, when it is not blank.
#include "core/json/text.h"
#include "core/mapping/coercion.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/provenance.h"

namespace hookbench::mapping {

using json::Value;

namespace {

enum class Test { Exists, NotBlank };

class If : public Node
{
public:
    If(Test test, NodePtr value, NodePtr then, NodePtr otherwise, const Place *place)
        : m_test(test)
        , m_value(std::move(value))
        , m_then(std::move(then))
        , m_else(std::move(otherwise))
        , m_place(place)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value value = m_value->resolve(run, payload);
        if (run.failed)
            return {};
        bool holds = !value.isNullish();
        if (holds && m_test == Test::NotBlank) {
            const auto empty = equalsEmptyText(value);
            if (!empty)
                return run.fail(m_place, "mapping-value",
                    "@if blank found an object with a member “toString”, which JavaScript cannot compare with text. "
                    "Test "
                    "another value.");
            holds = !*empty;
        }
        const NodePtr &branch = holds ? m_then : m_else;
        return branch ? branch->resolve(run, payload) : Value();
    }

    void trace(Tracer &tracer) const override
    {
        {
            const Tracer::Blended blended(tracer);
            m_value->trace(tracer);
        }
        for (const NodePtr *branch : { &m_then, &m_else })
            if (*branch)
                (*branch)->trace(tracer);
    }

private:
    Test m_test;
    NodePtr m_value;
    NodePtr m_then; ///< null: undefined
    NodePtr m_else;
    const Place *m_place;
};

void check(Checker &checker, Value argument, const Place *at)
{
    checker.checkOptions(argument, at, {});
}

NodePtr compile(Compiler &compiler, Value options, const Place *at, Absent absent)
{
    if (!options.isObject())
        return compiler.failure(at, "mapping-type", "@if takes an object of options; found " + describe(options) + ".");
    if (!json::isTruthy(options.find("exists")) && !json::isTruthy(options.find("blank")))
        return compiler.failure(at, "mapping-missing-option",
            "@if needs the option “exists” or “blank”, and neither false, 0, \"\" nor null counts as one. Put a "
            "directive "
            "there.");
    const Test test = options.find("exists").isUndefined() ? Test::NotBlank : Test::Exists;
    NodePtr value = compiler.compileOption(options, test == Test::Exists ? "exists" : "blank", at, Absent::Drop);
    NodePtr then;
    NodePtr otherwise;
    if (!options.find("then").isUndefined())
        then = compiler.compileOption(options, "then", at, absent);
    if (const Value alternative = options.find("else"); json::isTruthy(alternative))
        otherwise = compiler.compileOption(options, "else", at, absent);
    else if (!alternative.isUndefined())
        compiler.warn(compiler.places().member(at, "else"), "mapping-else-ignored",
            "@if ignores an “else” of " + describe(alternative)
                + ": the field is left out instead. Use @literal for it.");
    return std::make_unique<If>(test, std::move(value), std::move(then), std::move(otherwise), at);
}

} // namespace

const Directive kIfDirective{ "@if", check, compile };

} // namespace hookbench::mapping
