// {"@merge": {"objects": [a, b], "direction": "left" or "right"}}: one object of all members; of equal names the one
// to that side wins.
#include "core/json/text.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/letter_case.h"
#include "core/mapping/provenance.h"

#include <algorithm>
#include <string>
#include <vector>

namespace hookbench::mapping {

using json::Value;

namespace {

// JavaScript's Object.assign: texts and arrays give their indices, undefined members count.
void assign(json::ObjectBuilder &builder, Value source, json::Arena &out)
{
    if (source.isObject()) {
        builder.addAll(source.members());
    } else if (source.isArray()) {
        for (std::size_t i = 0; i < source.size(); ++i)
            builder.add(std::to_string(i), source.items()[i]);
    } else if (source.isString()) {
        const std::u16string units = json::toUtf16(source.asString());
        for (std::size_t i = 0; i < units.size(); ++i)
            builder.add(std::to_string(i), json::makeString(out, json::fromUtf16({ &units[i], 1 })));
    }
}

class Merge : public Node
{
public:
    Merge(NodePtr direction, std::vector<NodePtr> objects)
        : m_direction(std::move(direction))
        , m_objects(std::move(objects))
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value direction = m_direction->resolve(run, payload);
        if (run.failed)
            return {};
        std::vector<Value> sources;
        sources.reserve(m_objects.size());
        for (const NodePtr &object : m_objects) {
            sources.push_back(object->resolve(run, payload));
            if (run.failed)
                return {};
        }
        if (direction.isString() && direction.asString() == "left")
            std::reverse(sources.begin(), sources.end());
        json::ObjectBuilder builder(run.out);
        for (const Value source : sources)
            assign(builder, source.isObject() && run.counters ? run.counters->current(source) : source, run.out);
        return builder.build();
    }

    void trace(Tracer &tracer) const override
    {
        for (const NodePtr &object : m_objects)
            object->trace(tracer);
    }

private:
    NodePtr m_direction;
    std::vector<NodePtr> m_objects;
};

void checkDirection(Checker &checker, Value value, const Place *at)
{
    if (!value.isString()) {
        Checker::expectText(checker, value, at);
        return;
    }
    const std::string direction = toLowerCase(value.asString());
    if (direction != "left" && direction != "right")
        checker.report(at, "mapping-choice", "“direction” is \"left\" or \"right\"; found " + describe(value) + ".");
}

void checkObjects(Checker &checker, Value value, const Place *at)
{
    if (!value.isArray()) {
        checker.report(at, "mapping-type", "“objects” takes an array of objects; found " + describe(value) + ".");
        return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Place *place = checker.places().item(at, i);
        checker.check(value.items()[i], place);
        if (!value.items()[i].isObject())
            checker.report(place, "mapping-type",
                "“objects” takes objects and directives that give one; found " + describe(value.items()[i]) + ".");
    }
}

void check(Checker &checker, Value argument, const Place *at)
{
    checker.checkOptions(argument, at,
        { { "direction", Option::Optional, checkDirection }, { "objects", Option::Required, checkObjects } });
}

NodePtr compile(Compiler &compiler, Value options, const Place *at, Absent)
{
    if (!options.isObject())
        return compiler.failure(
            at, "mapping-type", "@merge takes an object of options; found " + describe(options) + ".");
    const Value direction = options.find("direction");
    if (!json::isTruthy(direction))
        return compiler.failure(
            at, "mapping-missing-option", "@merge needs the option “direction”. Write \"left\" or \"right\".");
    const Value objects = options.find("objects");
    if (!objects.isArray())
        return compiler.failure(at, "mapping-missing-option",
            "@merge needs the option “objects”, an array of objects; found " + describe(objects) + ".");
    if (direction.isString() && direction.asString() != "left" && direction.asString() != "right")
        compiler.warn(compiler.places().member(at, "direction"), "mapping-choice",
            "“direction” is " + describe(direction)
                + ", which merges to the right. Write \"left\" or \"right\" in small "
                  "letters.");
    const Place *list = compiler.places().member(at, "objects");
    std::vector<NodePtr> nodes;
    for (const Value object : objects.items())
        nodes.push_back(compiler.compile(object, compiler.places().item(list, nodes.size()), Absent::Keep));
    return std::make_unique<Merge>(compiler.compileOption(options, "direction", at, Absent::Drop), std::move(nodes));
}

} // namespace

const Directive kMergeDirective{ "@merge", check, compile };

} // namespace hookbench::mapping
