// {"@excludeWhenNull": value}: the value without its nulls, also in objects inside it, but not in arrays.
#include "core/mapping/directives/directive.h"
#include "core/mapping/provenance.h"

#include <algorithm>
#include <new>

namespace hookbench::mapping {

using json::Member;
using json::Value;

namespace {

bool holdsNull(Value value)
{
    return value.isObject() && std::any_of(value.members().begin(), value.members().end(), [](const Member &member) {
        return member.value.isNull() || holdsNull(member.value);
    });
}

class ExcludeWhenNull : public Node
{
public:
    ExcludeWhenNull(NodePtr value, Absent absent)
        : m_value(std::move(value))
        , m_absent(absent)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value value = run.settled(m_value->resolve(run, payload));
        if (value.isNull())
            return {};
        return holdsNull(value) ? withoutNulls(value, run) : value;
    }

    void trace(Tracer &tracer) const override { m_value->trace(tracer); }

private:
    Value withoutNulls(Value value, Run &run) const
    {
        if (!value.isObject())
            return value;
        auto *members = static_cast<Member *>(run.out.allocate(value.size() * sizeof(Member)));
        std::size_t count = 0;
        for (const Member &member : value.members()) {
            if (member.value.isNull()) {
                if (m_absent == Absent::Drop)
                    continue;
                run.undefinedKept = true;
                new (members + count++) Member{ member.key, {} };
            } else {
                new (members + count++) Member{ member.key, withoutNulls(member.value, run) };
            }
        }
        return Value::object({ members, count });
    }

    NodePtr m_value;
    Absent m_absent;
};

NodePtr compile(Compiler &compiler, Value argument, const Place *at, Absent absent)
{
    return std::make_unique<ExcludeWhenNull>(compiler.compile(argument, at, absent), absent);
}

} // namespace

const Directive kExcludeWhenNullDirective{ "@excludeWhenNull", Checker::checkDirective, compile };

} // namespace hookbench::mapping
