#include "core/fql/trigger.h"

#include "core/fql/parser.h"
#include "core/fql/program.h"
#include "core/json/parse.h"

namespace hookbench::fql {

Trigger::Trigger(Ast ast)
    : m_program(std::make_shared<const detail::Program>(std::move(ast)))
{
}

Result<bool> Trigger::matches(json::Value event) const
{
    return m_program->match(event);
}

Trace Trigger::explain(json::Value event) const
{
    return m_program->explain(event);
}

const Ast &Trigger::ast() const
{
    return m_program->ast();
}

Result<Trigger> parse(std::string_view fql)
{
    Reading reading = read(fql);
    if (reading.refusal) {
        Refusal &refusal = *reading.refusal;
        return fail(Error{
            std::move(refusal.code), std::move(refusal.message), {}, json::positionAt(fql, refusal.range.offset) });
    }
    return Trigger(std::move(reading.ast));
}

} // namespace hookbench::fql
