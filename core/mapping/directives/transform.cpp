// {"@transform": {"apply": mapping, "mapping": mapping}}: two mappings in a row; the second sees what the first made.
#include "core/json/text.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/provenance.h"
#include "core/mapping/root.h"

namespace hookbench::mapping {

using json::Value;

namespace {

// What one mapping adds to the depth of its event; together with kMaxDepth of the second mapping this
// bounds the output.
constexpr std::size_t kDeepestResult = 2 * kMaxDepth;

class Transform : public Node
{
public:
    Transform(NodePtr apply, NodePtr mapping, bool usesLiquid, const Place *place)
        : m_apply(std::move(apply))
        , m_mapping(std::move(mapping))
        , m_usesLiquid(usesLiquid)
        , m_place(place)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        if (!payload.isObject() && !payload.isUndefined())
            return run.fail(m_place, "mapping-event",
                "@transform works on an object; what it was given here is " + describe(payload) + ".");
        Value applied = m_apply->resolve(run, payload.isUndefined() ? Value::object({}) : payload);
        if (run.failed)
            return {};
        if (isTooLarge(applied, kDeepestResult))
            return run.fail(m_place, "mapping-depth",
                "What “apply” of @transform makes is nested too deep or too large. Let it make less.");
        applied = run.settled(applied);
        if (run.undefinedKept)
            applied = withoutUndefined(applied, run.out);
        if (m_usesLiquid) // counters of the second mapping must not reach the event
            applied = withOwnMemory(json::copyInto(run.out, applied), run.out);
        return m_mapping->resolve(run, applied);
    }

    void trace(Tracer &tracer) const override
    {
        tracer.through([&] { m_apply->trace(tracer); }, [&] { m_mapping->trace(tracer); });
    }

private:
    NodePtr m_apply;
    NodePtr m_mapping;
    bool m_usesLiquid;
    const Place *m_place;
};

void check(Checker &checker, Value argument, const Place *at)
{
    checker.checkOptions(argument, at,
        { { "apply", Option::Required, Checker::expectObjectOrDirective },
            { "mapping", Option::Required, Checker::expectObjectOrDirective } });
}

NodePtr compile(Compiler &compiler, Value options, const Place *at, Absent absent)
{
    if (!options.isObject())
        return compiler.failure(
            at, "mapping-type", "@transform takes an object of options; found " + describe(options) + ".");
    if (!json::isTruthy(options.find("mapping")))
        return compiler.failure(
            at, "mapping-missing-option", "@transform needs the option “mapping”, an object of fields. Add it.");
    const Value apply = options.find("apply");
    if (!apply.isObject())
        return compiler.failure(at, "mapping-missing-option",
            "@transform needs the option “apply”, an object of fields; found " + describe(apply) + ".");
    NodePtr first = compiler.compileUnchecked(apply, compiler.places().member(at, "apply", apply));
    NodePtr second = compiler.compileOption(options, "mapping", at, absent);
    return std::make_unique<Transform>(std::move(first), std::move(second), compiler.usesLiquid(), at);
}

} // namespace

const Directive kTransformDirective{ "@transform", check, compile };

} // namespace hookbench::mapping
