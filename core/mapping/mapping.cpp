#include "core/mapping/mapping.h"

#include "core/json/text.h"
#include "core/mapping/checker.h"
#include "core/mapping/compiler.h"

#include <fmt/format.h>
#include <utility>

namespace hookbench::mapping {

using json::Value;

struct Mapping::Compiled
{
    json::Arena arena; ///< what the nodes refer to
    NodePtr root;
    bool usesLiquid = false;
};

Mapping::Mapping(std::shared_ptr<const Compiled> compiled)
    : m_compiled(std::move(compiled))
{
}

Result<Mapping> Mapping::compile(Value mapping)
{
    auto compiled = std::make_shared<Compiled>();
    Checker checker(compiled->arena);
    checker.checkMapping(mapping);
    if (!checker.mistakes().empty()) {
        const Finding &first = checker.mistakes().front();
        return fail(first.code, first.message, pointerTo(first.place));
    }
    Compiler compiler(compiled->arena);
    compiled->root = compiler.compileWhole(json::copyInto(compiled->arena, mapping), compiler.places().root());
    compiled->usesLiquid = compiler.usesLiquid();
    return Mapping(std::move(compiled));
}

Result<Value> Mapping::resolve(Value event, json::Arena &out, LiquidRenderer *liquid) const
{
    if (!event.isObject() && !event.isUndefined())
        return fail("mapping-event",
            fmt::format("An event is an object; found a {}. Send an object.", json::kindName(event.kind())));
    Run run{ out, liquid };
    Value payload = event.isUndefined() ? Value::object({}) : event;
    if (m_compiled->usesLiquid)
        payload = withOwnMemory(payload, out);
    Value output = m_compiled->root->resolve(run, payload);
    if (run.failed)
        return tl::unexpected<Error>(std::move(run.error));
    output = run.settled(output);
    return run.undefinedKept ? withoutUndefined(output, out) : output;
}

std::vector<Source> Mapping::provenance() const
{
    Tracer tracer;
    m_compiled->root->trace(tracer);
    return tracer.sources();
}

bool Mapping::usesLiquid() const
{
    return m_compiled->usesLiquid;
}

} // namespace hookbench::mapping
