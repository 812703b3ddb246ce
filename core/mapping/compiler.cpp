#include "core/mapping/compiler.h"

#include "core/mapping/checker.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/provenance.h"
#include "core/mapping/root.h"

#include <algorithm>
#include <fmt/format.h>
#include <new>
#include <vector>

namespace hookbench::mapping {

using json::Member;
using json::Value;

namespace {

class Constant : public Node
{
public:
    explicit Constant(Value value)
        : m_value(value)
    {
    }
    Value resolve(Run &, Value) const override { return m_value; }
    const Value *constant() const override { return &m_value; }
    void trace(Tracer &) const override { }

private:
    Value m_value;
};

class Failure : public Node
{
public:
    Failure(const Place *place, const char *code, std::string message)
        : m_place(place)
        , m_code(code)
        , m_message(std::move(message))
    {
    }
    Value resolve(Run &run, Value) const override { return run.fail(m_place, m_code, m_message); }
    void trace(Tracer &) const override { }

private:
    const Place *m_place;
    const char *m_code;
    std::string m_message;
};

class ObjectNode : public Node
{
public:
    struct Field
    {
        Value key;
        NodePtr node;
    };
    ObjectNode(std::vector<Field> fields, Absent absent)
        : m_fields(std::move(fields))
        , m_absent(absent)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        auto *members = static_cast<Member *>(run.out.allocate(m_fields.size() * sizeof(Member)));
        std::size_t count = 0;
        for (const Field &field : m_fields) {
            const Value value = field.node->resolve(run, payload);
            if (value.isUndefined()) {
                if (run.failed)
                    return {};
                if (m_absent == Absent::Drop)
                    continue;
                run.undefinedKept = true;
            }
            new (members + count++) Member{ field.key, value };
        }
        return Value::object({ members, count }); // the mapping's own keys: in order, each once
    }

    void trace(Tracer &tracer) const override
    {
        for (const Field &field : m_fields) {
            const Tracer::Into into(tracer, field.key.asString());
            field.node->trace(tracer);
        }
    }

private:
    std::vector<Field> m_fields;
    Absent m_absent;
};

class ArrayNode : public Node
{
public:
    explicit ArrayNode(std::vector<NodePtr> items)
        : m_items(std::move(items))
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        auto *items = static_cast<Value *>(run.out.allocate(m_items.size() * sizeof(Value)));
        std::size_t count = 0;
        for (const NodePtr &item : m_items) {
            const Value value = item->resolve(run, payload);
            if (run.failed)
                return {};
            new (items + count++) Value(value);
        }
        return Value::array({ items, count });
    }

    void trace(Tracer &tracer) const override
    {
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            const Tracer::Into into(tracer, std::to_string(i));
            m_items[i]->trace(tracer);
        }
    }

private:
    std::vector<NodePtr> m_items;
};

} // namespace

NodePtr Compiler::constant(Value value)
{
    return std::make_unique<Constant>(value);
}

NodePtr Compiler::failure(const Place *at, const char *code, std::string message)
{
    warn(at, code, message + " This fails for every event that gets here.");
    return std::make_unique<Failure>(at, code, std::move(message));
}

void Compiler::warn(const Place *at, const char *code, std::string message)
{
    m_warnings.push_back({ at, code, std::move(message) });
}

NodePtr Compiler::compile(Value mapping, const Place *at, Absent absent)
{
    if (mapping.isArray())
        return compileArray(mapping, at, absent);
    if (!mapping.isObject())
        return constant(mapping);
    if (runsAsDirective(mapping))
        return compileDirective(mapping, at, absent);
    return compileObject(mapping, at, absent);
}

NodePtr Compiler::compileOption(Value options, std::string_view key, const Place *at, Absent absent)
{
    const Value option = options.find(key);
    return compile(option, m_places.member(at, key, option), absent);
}

NodePtr Compiler::compileWhole(Value mapping, const Place *at)
{
    const auto whole = wholeMapping(mapping, m_arena);
    if (!whole->hasRootDirective)
        return compile(whole->mapping, at, Absent::Drop);
    m_places.pushMoved(whole->moved, at);
    NodePtr node = compile(whole->mapping, m_places.member(at, kRootDirective), Absent::Drop);
    m_places.popMoved();
    return node;
}

NodePtr Compiler::compileUnchecked(Value mapping, const Place *at)
{
    const auto passes = [&] { // in an arena of its own: most mappings have no mistake whose place must last
        json::Arena scratch;
        Checker checker(scratch);
        checker.checkWhole(mapping, at);
        return checker.mistakes().empty();
    };
    if (passes())
        return compileWhole(mapping, at);
    Checker checker(m_arena);
    checker.checkWhole(mapping, at);
    const Finding &first = checker.mistakes().front();
    return failure(first.place, first.code, first.message);
}

NodePtr Compiler::compileObject(Value object, const Place *at, Absent absent)
{
    if (hasDirectiveKey(object))
        warn(at, "mapping-not-a-directive",
            "This looks like a directive but is sent as it stands, because of the names beside it. Remove them to make "
            "it "
            "one.");
    std::vector<ObjectNode::Field> fields;
    fields.reserve(object.size());
    bool constantly = true;
    for (const Member &member : object.members()) {
        NodePtr node = compile(member.value, m_places.member(at, member.name(), member.value), absent);
        constantly = constantly && node->constant() && !node->constant()->isUndefined();
        fields.push_back({ member.key, std::move(node) });
    }
    if (!constantly)
        return std::make_unique<ObjectNode>(std::move(fields), absent);
    auto *members = static_cast<Member *>(m_arena.allocate(fields.size() * sizeof(Member)));
    std::size_t count = 0;
    for (const ObjectNode::Field &field : fields)
        new (members + count++) Member{ field.key, *field.node->constant() };
    return constant(Value::object({ members, count }));
}

NodePtr Compiler::compileArray(Value array, const Place *at, Absent absent)
{
    std::vector<NodePtr> items;
    items.reserve(array.size());
    for (const Value item : array.items())
        items.push_back(compile(item, item.isContainer() ? m_places.item(at, items.size()) : at, absent));
    if (!std::all_of(items.begin(), items.end(), [](const NodePtr &item) { return item->constant(); }))
        return std::make_unique<ArrayNode>(std::move(items));
    auto *values = static_cast<Value *>(m_arena.allocate(items.size() * sizeof(Value)));
    std::size_t count = 0;
    for (const NodePtr &item : items)
        new (values + count++) Value(*item->constant());
    return constant(Value::array({ values, count }));
}

NodePtr Compiler::compileDirective(Value object, const Place *at, Absent absent)
{
    const auto members = object.members();
    const auto first = std::find_if(
        members.begin(), members.end(), [](const Member &member) { return member.name().starts_with('@'); });
    const Place *place = m_places.member(at, first->name());
    if (const Directive *directive = findDirective(first->name()))
        return directive->compile(*this, first->value, place, absent);
    return failure(place, "mapping-unknown-directive", unknownDirective(first->name()));
}

} // namespace hookbench::mapping
