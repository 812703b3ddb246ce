#include "tests/conformance/operations.h"

#include "core/fql/generate.h"
#include "core/fql/trigger.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/flatten.h"
#include "core/mapping/mapping.h"
#include "core/mapping/path.h"
#include "core/mapping/template.h"
#include "core/mapping/validate.h"
#include "core/mapping/value_keys.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace hookbench::conformance {

namespace {

Answer of(json::Value value)
{
    return { true, value.isUndefined(), json::stringify(value) };
}

Answer of(const Result<json::Value> &result)
{
    return result ? of(*result) : Answer{};
}

Answer of(bool matched)
{
    return { true, false, matched ? "true" : "false" };
}

Answer of(const Result<bool> &matched)
{
    return matched ? of(*matched) : Answer{};
}

// `name_text` holds JSON text whose key order and number lexemes matter; `name` the value.
json::Value pick(json::Value vector, std::string_view name, json::Document &keeps)
{
    const json::Value text = vector.find(std::string(name) + "_text");
    if (!text.isString())
        return vector.find(name);
    const auto document = json::parse(text.asString());
    keeps = document ? *document : json::Document();
    return keeps.root();
}

Answer transform(json::Value vector, mapping::LiquidRenderer &liquid)
{
    json::Document mappingText;
    json::Document eventText;
    const json::Value event = pick(vector, "event", eventText);
    const auto mapping = mapping::Mapping::compile(pick(vector, "mapping", mappingText));
    if (!mapping)
        return {};
    json::Arena arena;
    return of(mapping->resolve(event, arena, &liquid));
}

Answer flatten(json::Value vector)
{
    json::Arena arena;
    const auto text = [&](const char *key, std::string_view fallback) {
        return vector.find(key).isString() ? vector.find(key).asString() : fallback;
    };
    return of(mapping::flatten(vector.find("input"), text("prefix", ""), text("separator", "."),
        json::isTruthy(vector.find("omitArrays")), arena));
}

// A canonical text: keys sorted, numbers that JSON lacks as the vectors write them.
void printAst(std::string &out, json::Value value)
{
    if (value.isNumber() && !std::isfinite(value.asNumber())) {
        out += "{$number:";
        json::numberTo(out, value.asNumber());
        out += '}';
    } else if (value.isObject() && value.size() == 1 && value.find("$number").isString()) {
        out += fmt::format("{{$number:{}}}", value.find("$number").asString());
    } else if (value.isObject()) {
        std::vector<json::Member> members(value.members().begin(), value.members().end());
        std::sort(members.begin(), members.end(),
            [](const json::Member &a, const json::Member &b) { return a.name() < b.name(); });
        out += '{';
        for (const json::Member &member : members) {
            if (member.value.isUndefined())
                continue;
            json::stringifyTo(out, member.key);
            out += ':';
            printAst(out, member.value);
            out += ',';
        }
        out += '}';
    } else if (value.isArray()) {
        out += '[';
        for (const json::Value item : value.items()) {
            printAst(out, item);
            out += ',';
        }
        out += ']';
    } else {
        json::stringifyTo(out, value);
    }
}

// {"$number":"NaN"} back to the number.
json::Value decodeNumbers(json::Value value, json::Arena &arena)
{
    if (value.isArray()) {
        std::vector<json::Value> items;
        for (const json::Value item : value.items())
            items.push_back(decodeNumbers(item, arena));
        return json::makeArray(arena, items);
    }
    if (!value.isObject())
        return value;
    const json::Value number = value.find("$number");
    if (value.size() == 1 && number.isString()) {
        const std::string_view text = number.asString();
        return json::Value::number(text == "NaN" ? std::nan("") : text.starts_with('-') ? -HUGE_VAL : HUGE_VAL);
    }
    json::ObjectBuilder object(arena);
    for (const json::Member &member : value.members())
        object.add(member.key, decodeNumbers(member.value, arena));
    return object.build();
}

Answer parseFql(json::Value vector)
{
    const auto trigger = fql::parse(json::toText(vector.find("fql")));
    if (!trigger)
        return {};
    json::Arena arena;
    Answer answer{ true, false, {} };
    printAst(answer.text, fql::toJson(arena, trigger->ast()));
    return answer;
}

Result<fql::Ast> readAst(json::Value vector)
{
    json::Arena arena;
    return fql::fromJson(decodeNumbers(vector.find("ast"), arena));
}

Answer matchFql(json::Value vector)
{
    const auto trigger = fql::parse(json::toText(vector.find("fql")));
    return trigger ? of(trigger->matches(vector.find("event"))) : of(false); // an invalid trigger never matches
}

Answer validateFql(json::Value vector)
{
    const auto ast = readAst(vector);
    return ast ? of(fql::Trigger(*ast).matches(vector.find("event"))) : Answer{};
}

Answer generateFql(json::Value vector)
{
    const auto ast = readAst(vector);
    if (!ast)
        return {};
    const auto text = fql::generate(*ast);
    return text ? Answer{ true, false, *text } : Answer{};
}

} // namespace

Answer answer(json::Value vector, mapping::LiquidRenderer &liquid)
{
    const std::string op = json::toText(vector.find("op"));
    json::Arena arena;
    if (op == "stringify") {
        const auto document = json::parse(vector.find("text").asString());
        return document ? of(document->root()) : Answer{};
    }
    if (op == "transform")
        return transform(vector, liquid);
    if (op == "validate")
        return { !hasErrors(mapping::validate(vector.find("mapping"), "")), false, {} };
    if (op == "template")
        return of(mapping::render(vector.find("template"), vector.find("data"), arena));
    if (op == "flatten")
        return flatten(vector);
    if (op == "get")
        return of(mapping::get(vector.find("data"), vector.find("path"), arena));
    if (op == "value_keys")
        return of(mapping::valueKeys(vector.find("value"), arena));
    if (op == "fql_parse")
        return parseFql(vector);
    if (op == "fql_match")
        return matchFql(vector);
    if (op == "fql_validate")
        return validateFql(vector);
    if (op == "fql_generate")
        return generateFql(vector);
    return { false, false, "unknown operation " + op };
}

Answer recorded(json::Value expected)
{
    Answer answer{ json::isTruthy(expected.find("ok")), json::isTruthy(expected.find("undefined")), {} };
    if (!answer.ok)
        return answer;
    if (expected.find("json").isString())
        answer.text = expected.find("json").asString();
    else if (expected.find("fql").isString())
        answer.text = expected.find("fql").asString();
    else if (expected.find("match").isBoolean())
        answer.text = expected.find("match").asBoolean() ? "true" : "false";
    else if (expected.contains("ast"))
        printAst(answer.text, expected.find("ast"));
    return answer;
}

std::string difference(const Answer &got, const Answer &expected)
{
    const auto say = [](const Answer &answer) {
        return !answer.ok ? "an error" : answer.undefined ? "undefined" : answer.text;
    };
    if (got.ok == expected.ok && (!got.ok || (got.undefined == expected.undefined && got.text == expected.text)))
        return {};
    return fmt::format("got {}\n    expected {}", say(got), say(expected));
}

} // namespace hookbench::conformance
