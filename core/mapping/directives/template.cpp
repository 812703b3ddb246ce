// {"@template": "{{event}} by {{userId}}"}: text with values in it. The argument may be a directive
// that gives the text.
#include "core/mapping/template.h"

#include "core/mapping/directives/directive.h"
#include "core/mapping/provenance.h"

namespace hookbench::mapping {

using json::Value;

namespace {

Value renderTemplate(const Template &text, Run &run, Value payload, const Place *place)
{
    const Value data = payload.isUndefined() ? Value::object({}) : payload;
    if (const auto rendered = text.render(data, run.out, run.scratch, run.counters.get()))
        return *rendered;
    return run.fail(place, "mapping-value",
        "@template found an object with a member “toString”, which JavaScript cannot turn into text, or the text grew "
        "too "
        "long. Point the placeholders at texts or numbers.");
}

class KnownTemplate : public Node
{
public:
    KnownTemplate(Template text, const Place *place)
        : m_text(text)
        , m_place(place)
    {
    }
    Value resolve(Run &run, Value payload) const override { return renderTemplate(m_text, run, payload, m_place); }
    void trace(Tracer &tracer) const override
    {
        const Tracer::Blended blended(tracer);
        for (const Path &path : m_text.paths())
            tracer.read(path);
    }

private:
    Template m_text;
    const Place *m_place;
};

class ComputedTemplate : public Node
{
public:
    ComputedTemplate(NodePtr text, const Place *place)
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
            return run.fail(
                m_place, "mapping-value", "@template needs a text; what computes it gave " + describe(text) + ".");
        return renderTemplate(Template::parse(text.asString(), run.out), run, payload, m_place);
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
        return std::make_unique<KnownTemplate>(Template::parse(argument.asString(), compiler.arena()), at);
    if (!argument.isContainer())
        return compiler.failure(at, "mapping-type",
            "@template takes a text or a directive that gives one; found " + describe(argument) + ".");
    return std::make_unique<ComputedTemplate>(compiler.compile(argument, at, Absent::Drop), at);
}

} // namespace

const Directive kTemplateDirective{ "@template", Checker::checkTextOrDirective, compile };

} // namespace hookbench::mapping
