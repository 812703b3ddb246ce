// {"@arrayPath": ["$.properties.products", shape]}: the array there, each item through the shape. Inside the
// shape `$.` is the item.
#include "core/mapping/directives/directive.h"
#include "core/mapping/path.h"
#include "core/mapping/provenance.h"

#include <new>
#include <optional>

namespace hookbench::mapping {

using json::Value;

namespace {

class ArrayPath : public Node
{
public:
    ArrayPath(std::optional<Path> path, NodePtr computed, NodePtr shape, bool usesLiquid)
        : m_path(path)
        , m_computed(std::move(computed))
        , m_shape(std::move(shape))
        , m_usesLiquid(usesLiquid)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value root
            = m_path ? get(payload, *m_path, run.out, run.counters.get()) : m_computed->resolve(run, payload);
        if (run.failed || !m_shape || !root.isContainer())
            return root;
        const std::span<const Value> items = root.isArray() ? root.items() : std::span(&root, 1);
        auto *shaped = static_cast<Value *>(run.out.allocate(items.size_bytes()));
        std::size_t count = 0;
        for (const Value item : items) {
            const Value value = m_shape->resolve(run, m_usesLiquid ? withOwnMemory(item, run.out) : item);
            if (run.failed)
                return {};
            new (shaped + count++) Value(value);
        }
        return Value::array({ shaped, count });
    }

    void trace(Tracer &tracer) const override
    {
        if (m_computed) {
            m_computed->trace(tracer);
        } else if (m_shape) {
            tracer.eachItem(*m_path, [&] { m_shape->trace(tracer); });
        } else {
            tracer.read(*m_path);
        }
    }

private:
    std::optional<Path> m_path; ///< none: computed
    NodePtr m_computed;
    NodePtr m_shape; ///< null: items as they are
    bool m_usesLiquid;
};

void check(Checker &checker, Value argument, const Place *at)
{
    if (!argument.isArray()) {
        checker.report(at, "mapping-type",
            "@arrayPath takes an array of a path and, if wanted, a shape for the items; found " + describe(argument)
                + ".");
        return;
    }
    const Value path = argument.at(0);
    const Place *place = checker.places().item(at, 0);
    if (path.isString() || hasDirectiveKey(path))
        Checker::checkDirective(checker, path, place);
    else
        checker.report(argument.size() == 0 ? at : place, "mapping-type",
            "@arrayPath needs a path, or a directive that gives the array, as its first item; found " + describe(path)
                + ".");
    checker.check(argument.at(1), checker.places().item(at, 1));
}

NodePtr compile(Compiler &compiler, Value argument, const Place *at, Absent absent)
{
    if (!argument.isArray())
        return compiler.failure(at, "mapping-type",
            "@arrayPath takes an array of a path and, if wanted, a shape for the items; found " + describe(argument)
                + ".");
    const Value path = argument.at(0);
    const Value shape = argument.at(1);
    std::optional<Path> known;
    NodePtr computed;
    if (path.isString())
        known = Path::parseDirective(path.asString(), compiler.arena());
    else
        computed = compiler.compile(path, compiler.places().item(at, 0), absent);
    NodePtr shapeNode;
    if (shape.isObject() && shape.size() > 0)
        shapeNode = compiler.compile(shape, compiler.places().item(at, 1), absent);
    else if (!shape.isUndefined())
        compiler.warn(compiler.places().item(at, 1), "mapping-shape-ignored",
            "@arrayPath ignores a shape that is " + describe(shape) + ". Make it an object with at least one field.");
    return std::make_unique<ArrayPath>(known, std::move(computed), std::move(shapeNode), compiler.usesLiquid());
}

} // namespace

const Directive kArrayPathDirective{ "@arrayPath", check, compile };

} // namespace hookbench::mapping
