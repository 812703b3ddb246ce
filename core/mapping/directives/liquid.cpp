// {"@liquid": "Hello {{ traits.name | capitalize }}"}: text made by the LiquidRenderer given to resolve. Its counters
// are written into what stands for the event until the end of this resolve.
#include "core/json/text.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/liquid_variables.h"
#include "core/mapping/provenance.h"

#include <fmt/format.h>

namespace hookbench::mapping {

using json::Value;

namespace {

constexpr std::size_t kLongestSource = 1000; // UTF-16 units

class Liquid : public Node
{
public:
    Liquid(std::string_view source, const Place *place)
        : m_source(source)
        , m_place(place)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        if (!run.liquid)
            return run.fail(m_place, "mapping-no-liquid",
                "This mapping uses @liquid, but no Liquid engine is available here. Use another directive, or a "
                "program that "
                "has one.");
        auto rendered = run.liquid->render(m_source, payload.isUndefined() ? Value::object({}) : run.settled(payload));
        if (!rendered)
            return run.fail(m_place, "mapping-liquid", "@liquid: " + rendered.error().message);
        for (const auto &[name, number] : rendered->counters) {
            if (!run.counters)
                run.counters = std::make_unique<Counters>();
            run.counters->write(payload, name, number, run.out);
        }
        return json::makeString(run.out, rendered->text);
    }

    void trace(Tracer &tracer) const override
    {
        const Tracer::Blended blended(tracer);
        if (const auto variables = liquidVariables(m_source))
            for (const LiquidVariable &variable : *variables)
                tracer.read(variable.keys);
    }

private:
    std::string_view m_source;
    const Place *m_place;
};

NodePtr compile(Compiler &compiler, Value argument, const Place *at, Absent)
{
    if (!argument.isString())
        return compiler.failure(at, "mapping-type", "@liquid takes a text; found " + describe(argument) + ".");
    const std::size_t length = json::utf16Length(argument.asString());
    if (length == 0)
        return compiler.constant(argument);
    if (length > kLongestSource)
        return compiler.failure(at, "mapping-length",
            fmt::format(
                "This @liquid template has {} characters; at most {} are allowed. Split it over several fields.",
                length, kLongestSource));
    compiler.noteLiquid();
    return std::make_unique<Liquid>(argument.asString(), at);
}

} // namespace

const Directive kLiquidDirective{ "@liquid", Checker::expectText, compile };

} // namespace hookbench::mapping
