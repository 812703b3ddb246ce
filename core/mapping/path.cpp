#include "core/mapping/path.h"

#include "core/json/text.h"
#include "core/mapping/coercion.h"
#include "core/mapping/counters.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

namespace hookbench::mapping {

using json::Kind;
using json::Value;

namespace {

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

bool isQuoteOrDigit(char c)
{
    return isQuote(c) || (c >= '0' && c <= '9');
}

// The length of the separator at `at`, 0 for none.
std::size_t separatorAt(std::string_view text, std::size_t at)
{
    switch (text[at]) {
    case '.':
        return 1;
    case '[':
        return at + 1 < text.size() && isQuoteOrDigit(text[at + 1]) ? 1 : 0;
    case ']': {
        if (at == 0 || !isQuoteOrDigit(text[at - 1]))
            return 0;
        const std::size_t end = text.find_first_not_of(']', at);
        return (end == std::string_view::npos ? text.size() : end) - at;
    }
    default:
        return 0;
    }
}

Path::Step makeStep(std::string_view key)
{
    Path::Step step;
    step.key = key;
    step.isLength = key == "length";
    step.isIndex = json::isArrayIndex(key);
    if (step.isIndex)
        for (const char c : key)
            step.index = step.index * 10 + static_cast<std::uint32_t>(c - '0');
    return step;
}

std::string_view withoutQuotes(std::string_view text, json::Arena &arena)
{
    if (std::none_of(text.begin(), text.end(), isQuote))
        return text;
    char *copy = static_cast<char *>(arena.allocate(text.size()));
    char *end = std::remove_copy_if(text.begin(), text.end(), copy, isQuote);
    return { copy, static_cast<std::size_t>(end - copy) };
}

Value stepInto(Value value, const Path::Step &step, json::Arena &arena)
{
    switch (value.kind()) {
    case Kind::Object:
        return value.find(step.key);
    case Kind::Array:
        if (step.isIndex)
            return value.at(step.index);
        return step.isLength ? Value::number(static_cast<double>(value.size())) : Value();
    case Kind::String:
        if (value.size() == 0)
            return value;
        if (step.isIndex)
            return unitAt(value, step.index, arena);
        return step.isLength ? Value::number(static_cast<double>(json::utf16Length(value.asString()))) : Value();
    default:
        return json::isTruthy(value) ? Value() : value;
    }
}

} // namespace

Path Path::parse(std::string_view text, json::Arena &arena)
{
    std::vector<Step> steps;
    const auto add = [&](std::string_view part) {
        if (!part.empty())
            steps.push_back(makeStep(withoutQuotes(part, arena)));
    };
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = separatorAt(text, at);
        if (length == 0) {
            ++at;
            continue;
        }
        add(text.substr(start, at - start));
        at += length;
        start = at;
    }
    add(text.substr(start));

    Path path;
    if (!steps.empty()) {
        auto *memory = static_cast<Step *>(arena.allocate(steps.size() * sizeof(Step)));
        std::uninitialized_copy(steps.begin(), steps.end(), memory);
        path.m_steps = { memory, steps.size() };
    }
    return path;
}

Path Path::parseDirective(std::string_view text, json::Arena &arena)
{
    const std::size_t at = text.find("$.");
    if (at == std::string_view::npos)
        return parse(text, arena);
    if (at == 0)
        return parse(text.substr(2), arena);
    char *rest = static_cast<char *>(arena.allocate(text.size() - 2));
    std::memcpy(rest, text.data(), at);
    std::memcpy(rest + at, text.data() + at + 2, text.size() - at - 2);
    return parse({ rest, text.size() - 2 }, arena);
}

Value get(Value data, const Path &path, json::Arena &arena, const Counters *counters)
{
    for (const Path::Step &step : path.steps()) {
        if (data.isObject())
            data = (counters ? counters->current(data) : data).find(step.key);
        else
            data = stepInto(data, step, arena);
    }
    return data;
}

Result<Value> get(Value data, Value path, json::Arena &arena)
{
    switch (path.kind()) {
    case Kind::Undefined:
    case Kind::Null:
        return Value();
    case Kind::String:
        return get(data, Path::parse(path.asString(), arena), arena);
    case Kind::Array:
        for (const Value key : path.items()) {
            std::string text;
            if (!appendTextOf(text, key))
                return fail(
                    "mapping-value", "A key of the path is an object that has no text. Use texts or numbers as keys.");
            data = stepInto(data, makeStep(arena.keep(text)), arena);
        }
        return data;
    default:
        return fail("mapping-value",
            std::string("A path is a text or an array of keys; found a ") + json::kindName(path.kind()) + ".");
    }
}

} // namespace hookbench::mapping
