// {"@flatten": {"value": value, "separator": ".", "omitArrays": true}}: nested objects as one object with long keys.
#include "core/mapping/flatten.h"

#include "core/json/text.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/provenance.h"

namespace hookbench::mapping {

using json::Value;

namespace {

class Flatten : public Node
{
public:
    Flatten(NodePtr separator, NodePtr value, bool omitArrays, const Place *place)
        : m_separator(std::move(separator))
        , m_value(std::move(value))
        , m_omitArrays(omitArrays)
        , m_place(place)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value separator = m_separator->resolve(run, payload);
        if (run.failed)
            return {};
        if (!separator.isString())
            return run.fail(m_place, "mapping-value",
                "The “separator” of @flatten must become a text; it became " + describe(separator) + ".");
        const Value value = run.settled(m_value->resolve(run, payload));
        if (run.failed)
            return {};
        run.undefinedKept = run.undefinedKept || value.isUndefined();
        return flatten(value, {}, separator.asString(), m_omitArrays, run.out);
    }

    void trace(Tracer &tracer) const override
    {
        const Tracer::Blended blended(tracer);
        m_separator->trace(tracer);
        m_value->trace(tracer);
    }

private:
    NodePtr m_separator;
    NodePtr m_value;
    bool m_omitArrays;
    const Place *m_place;
};

void check(Checker &checker, Value argument, const Place *at)
{
    checker.checkOptions(
        argument, at, { { "separator", Option::Optional, Checker::expectText }, { "value", Option::Required } });
}

NodePtr compile(Compiler &compiler, Value options, const Place *at, Absent)
{
    if (!options.isObject())
        return compiler.failure(
            at, "mapping-type", "@flatten takes an object of options; found " + describe(options) + ".");
    if (!json::isTruthy(options.find("separator")))
        return compiler.failure(at, "mapping-missing-option",
            "@flatten needs the option “separator”, a text of at least one character. Write \".\" or another one.");
    return std::make_unique<Flatten>(compiler.compileOption(options, "separator", at, Absent::Drop),
        compiler.compileOption(options, "value", at, Absent::Keep), json::isTruthy(options.find("omitArrays")), at);
}

} // namespace

const Directive kFlattenDirective{ "@flatten", check, compile };

} // namespace hookbench::mapping
