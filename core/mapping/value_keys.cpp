#include "core/mapping/value_keys.h"

#include "core/json/text.h"
#include "core/mapping/liquid_variables.h"
#include "core/mapping/root.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace hookbench::mapping {

using json::Member;
using json::Value;

namespace {

constexpr std::array<std::string_view, 13> kKnown{ "@if", "@path", "@template", "@literal", "@arrayPath", "@case",
    "@replace", "@json", "@flatten", "@merge", "@transform", "@excludeWhenNull", "@liquid" };

class Collector
{
public:
    explicit Collector(json::Arena &out)
        : m_out(out)
    {
    }

    Result<Value> run(Value field)
    {
        collect(field);
        if (m_error)
            return fail(std::move(*m_error));
        return json::makeArray(m_out, m_keys);
    }

private:
    static bool isDirective(Value value)
    {
        return value.isObject()
            && std::any_of(value.members().begin(), value.members().end(), [](const Member &member) {
                   return std::find(kKnown.begin(), kKnown.end(), member.name()) != kKnown.end();
               });
    }

    void add(Value key)
    {
        if (json::isTruthy(key))
            m_keys.push_back(key);
    }

    // Texts outside directives are no paths.
    void collect(Value value)
    {
        if (isDirective(value)) {
            collectDirective(value);
        } else if (value.isArray()) {
            for (const Value item : value.items())
                collect(item);
        } else if (value.isObject()) {
            for (const Member &member : value.members())
                collect(member.value);
        }
    }

    // The first of these that the object has in a usable form counts, in this order.
    void collectDirective(Value object)
    {
        if (const Value argument = object.find("@arrayPath"); argument.isArray()) {
            collect(argument);
            return;
        }
        if (const Value options = object.find("@case"); options.isObject() && options.contains("operator")) {
            collect(options.find("value"));
            return;
        }
        if (const Value options = object.find("@if");
            options.isObject() && (options.contains("exists") || options.contains("blank"))) {
            for (const std::string_view option : { "blank", "exists", "then", "else" })
                collect(options.find(option));
            return;
        }
        if (object.contains("@literal"))
            return;
        if (const Member *path = object.findMember("@path")) {
            add(path->value);
            return;
        }
        if (const Value options = object.find("@replace"); options.isObject() && options.contains("pattern")) {
            collect(options.find("value"));
            return;
        }
        if (const Member *text = object.findMember("@template")) {
            collectTemplate(text->value);
            return;
        }
        for (const std::string_view name : { "@json", "@flatten" }) {
            if (const Value options = object.find(name); options.isObject() && options.contains("value")) {
                collect(options.find("value"));
                return;
            }
        }
        if (object.contains("@excludeWhenNull"))
            return;
        if (const Value source = object.find("@liquid"); source.isString())
            collectLiquid(source.asString());
    }

    // /{{(.*?)}}/g: what stands between the first braces, on one line.
    void collectTemplate(Value text)
    {
        if (!text.isString()) {
            m_error = Error{ "mapping-value",
                fmt::format("A @template here must be a text; found a {}.", json::kindName(text.kind())), {},
                std::nullopt };
            return;
        }
        const std::string_view chars = text.asString();
        for (std::size_t at = chars.find("{{"); at != std::string_view::npos; at = chars.find("{{", at)) {
            const std::size_t end = chars.find("}}", at + 2);
            if (end == std::string_view::npos)
                return;
            const std::string_view key = chars.substr(at + 2, end - at - 2);
            if (const std::size_t lineEnd = lastLineEnd(key); lineEnd != std::string_view::npos) {
                at += 2 + lineEnd; // no start before it can reach the end
                continue;
            }
            add(Value::string(key));
            at = end + 2;
        }
    }

    static std::size_t lastLineEnd(std::string_view text)
    {
        std::size_t last = std::string_view::npos;
        for (const std::string_view lineEnd : { "\n", "\r", "\xE2\x80\xA8", "\xE2\x80\xA9" })
            if (const std::size_t at = text.rfind(lineEnd); at != std::string_view::npos)
                last = last == std::string_view::npos ? at : std::max(last, at);
        return last;
    }

    void collectLiquid(std::string_view source)
    {
        auto variables = liquidVariables(source);
        if (!variables) {
            m_error = std::move(variables.error());
            return;
        }
        for (const LiquidVariable &variable : *variables)
            add(json::makeString(m_out, variable.text));
    }

    json::Arena &m_out;
    std::vector<Value> m_keys;
    std::optional<Error> m_error;
};

} // namespace

Result<Value> valueKeys(Value field, json::Arena &out)
{
    if (isTooLarge(field, kMaxDepth))
        return fail(
            "mapping-depth", fmt::format("This field is nested deeper than {} levels. Make it flatter.", kMaxDepth));
    return Collector(out).run(field);
}

} // namespace hookbench::mapping
