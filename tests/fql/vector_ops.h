#pragma once
// The fql_* operations of the conformance vectors: one JSON case in, one JSON answer out, shaped as the `expect` of a
// vector:
// {"ok":true,"ast"|"match"|"fql":…} or {"ok":false,"error":…}. In ASTs {"$number":"NaN"} stands for what JSON has no
// number for.
#include "core/fql/generate.h"
#include "core/fql/number.h"
#include "core/fql/trigger.h"

#include <cmath>
#include <optional>
#include <vector>

namespace hookbench::fql::vectors {

inline json::Value answer(json::Arena &arena, std::string_view name, json::Value value)
{
    return json::ObjectBuilder(arena).add("ok", json::Value::boolean(true)).add(name, value).build();
}

inline json::Value failure(json::Arena &arena, const Error &error)
{
    return json::ObjectBuilder(arena)
        .add("ok", json::Value::boolean(false))
        .add("error", json::makeString(arena, error.message))
        .build();
}

template <typename Number>
json::Value withNumbers(json::Arena &arena, json::Value value, Number &&numbers)
{
    if (const std::optional<json::Value> replaced = numbers(value))
        return *replaced;
    if (value.isArray()) {
        std::vector<json::Value> items;
        for (const json::Value item : value.items())
            items.push_back(withNumbers(arena, item, numbers));
        return json::makeArray(arena, items);
    }
    if (value.isObject()) {
        json::ObjectBuilder object(arena);
        for (const json::Member &member : value.members())
            object.add(member.key, withNumbers(arena, member.value, numbers));
        return object.build();
    }
    return value;
}

inline json::Value decodeNumbers(json::Arena &arena, json::Value value)
{
    return withNumbers(arena, value, [](json::Value v) -> std::optional<json::Value> {
        if (!v.isObject() || v.size() != 1 || !v.find("$number").isString())
            return std::nullopt;
        return json::Value::number(toNumber(v.find("$number").asString()));
    });
}

inline json::Value encodeNumbers(json::Arena &arena, json::Value value)
{
    return withNumbers(arena, value, [&](json::Value v) -> std::optional<json::Value> {
        if (!v.isNumber() || std::isfinite(v.asNumber()))
            return std::nullopt;
        const std::string text = std::isnan(v.asNumber()) ? "NaN" : v.asNumber() < 0 ? "-Infinity" : "Infinity";
        return json::ObjectBuilder(arena).add("$number", json::makeString(arena, text)).build();
    });
}

inline Result<Trigger> parseCase(json::Value vector)
{
    const json::Value text = vector.find("fql");
    if (!text.isString())
        return fail("fql-empty", "Found no text where a trigger was expected.");
    return parse(text.asString());
}

inline json::Value runParse(json::Arena &arena, json::Value vector)
{
    const Result<Trigger> trigger = parseCase(vector);
    if (!trigger)
        return failure(arena, trigger.error());
    return answer(arena, "ast", encodeNumbers(arena, toJson(arena, trigger->ast())));
}

inline json::Value matchAnswer(json::Arena &arena, const Trigger &trigger, json::Value event)
{
    const Result<bool> matched = trigger.matches(event);
    return matched ? answer(arena, "match", json::Value::boolean(*matched)) : failure(arena, matched.error());
}

/// A trigger that cannot be read matches nothing.
inline json::Value runMatch(json::Arena &arena, json::Value vector)
{
    const Result<Trigger> trigger = parseCase(vector);
    return trigger ? matchAnswer(arena, *trigger, vector.find("event"))
                   : answer(arena, "match", json::Value::boolean(false));
}

inline json::Value runValidate(json::Arena &arena, json::Value vector)
{
    Result<Ast> ast = fromJson(decodeNumbers(arena, vector.find("ast")));
    return ast ? matchAnswer(arena, Trigger(std::move(*ast)), vector.find("event")) : failure(arena, ast.error());
}

inline json::Value runGenerate(json::Arena &arena, json::Value vector)
{
    const Result<std::string> text
        = fromJson(decodeNumbers(arena, vector.find("ast"))).and_then([](const Ast &ast) { return generate(ast); });
    return text ? answer(arena, "fql", json::makeString(arena, *text)) : failure(arena, text.error());
}

/// The answer to a vector, undefined when its op is none of fql_parse, fql_match, fql_validate, fql_generate.
inline json::Value run(json::Arena &arena, json::Value vector)
{
    const json::Value op = vector.find("op");
    const std::string_view name = op.isString() ? op.asString() : std::string_view();
    if (name == "fql_parse")
        return runParse(arena, vector);
    if (name == "fql_match")
        return runMatch(arena, vector);
    if (name == "fql_validate")
        return runValidate(arena, vector);
    if (name == "fql_generate")
        return runGenerate(arena, vector);
    return {};
}

/// Whether an answer is what Segment's engine answered: the texts of errors are not compared.
inline bool agrees(json::Value answered, json::Value expected)
{
    if (!answered.find("ok").isBoolean() || !json::identical(answered.find("ok"), expected.find("ok")))
        return false;
    for (const std::string_view name : { "ast", "match", "fql" })
        if (!json::equivalent(answered.find(name), expected.find(name)))
            return false;
    return true;
}

} // namespace hookbench::fql::vectors
