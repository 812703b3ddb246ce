// {"@path": "$.properties.total"}: a value of the event. The argument may be a directive that gives the path.
#include "core/mapping/path.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/provenance.h"

namespace hookbench::mapping {

using json::Value;

namespace {

class KnownPath : public Node
{
public:
    explicit KnownPath(Path path)
        : m_path(path)
    {
    }
    Value resolve(Run &run, Value payload) const override { return get(payload, m_path, run.out, run.counters.get()); }
    void trace(Tracer &tracer) const override { tracer.read(m_path); }

private:
    Path m_path;
};

class ComputedPath : public Node
{
public:
    ComputedPath(NodePtr text, const Place *place)
        : m_text(std::move(text))
        , m_place(place)
    {
    }
    Value resolve(Run &run, Value payload) const override
    {
        const Value text = m_text->resolve(run, payload);
        if (run.failed)
            return {};
        if (!text.isString())
            return run.fail(m_place, "mapping-value",
                "@path needs a text that names a place in the event; what computes it gave " + describe(text) + ".");
        return get(payload, Path::parseDirective(text.asString(), run.out), run.out, run.counters.get());
    }
    void trace(Tracer &tracer) const override
    {
        const Tracer::Blended blended(tracer);
        m_text->trace(tracer);
    }

private:
    NodePtr m_text;
    const Place *m_place;
};

NodePtr compile(Compiler &compiler, Value argument, const Place *at, Absent)
{
    if (argument.isString())
        return std::make_unique<KnownPath>(Path::parseDirective(argument.asString(), compiler.arena()));
    if (!argument.isContainer())
        return compiler.failure(
            at, "mapping-type", "@path takes a text or a directive that gives one; found " + describe(argument) + ".");
    return std::make_unique<ComputedPath>(compiler.compile(argument, at, Absent::Drop), at);
}

} // namespace

const Directive kPathDirective{ "@path", Checker::checkTextOrDirective, compile };

} // namespace hookbench::mapping
