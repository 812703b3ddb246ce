// {"@replace": {"pattern": text, "replacement": text, "value": text, "ignorecase": false, "global": true}},
// and a second pair "pattern2", "replacement2": literal search and replace. The replacement knows
// JavaScript's $$ $& $` and $'.
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/coercion.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/letter_case.h"
#include "core/mapping/provenance.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::mapping {

using json::Value;

namespace {

constexpr std::size_t kLongestPattern = 10; // UTF-16 units, of the replacement as well

bool isAscii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Whether there is half a pair, in WTF-8 ED A0-BF xx: it may meet its other half when something between them goes.
bool hasSurrogate(std::string_view text)
{
    for (std::size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1))
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0)
            return true;
    return false;
}

char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c ^ 0x20) : c;
}

// One pattern and what takes its place. Works on bytes where these see the same matches as UTF-16 units do.
class Replacement
{
public:
    Replacement(std::string_view pattern, std::string_view replacement, bool ignoreCase, bool global)
        : m_pattern(pattern)
        , m_units(json::toUtf16(pattern))
        , m_replacement(json::toUtf16(replacement))
        , m_ignoreCase(ignoreCase)
        , m_global(global)
        , m_simple(replacement.find('$') == std::string_view::npos)
        , m_bytewise((!ignoreCase || isAscii(pattern)) && !hasSurrogate(pattern) && !hasSurrogate(replacement))
        , m_bytes(replacement)
    {
        for (char16_t &unit : m_units)
            unit = m_ignoreCase ? foldedUnit(unit) : unit;
    }

    /// Nothing when the text grows over kLongestText.
    std::optional<std::string> apply(std::string_view text) const
    {
        if (!m_bytewise || hasSurrogate(text)) {
            const auto replaced = replaceAll(json::toUtf16(text), std::u16string_view(m_replacement));
            return replaced ? std::optional(json::fromUtf16(*replaced)) : std::nullopt;
        }
        return replaceAll(std::string(text), m_bytes);
    }

private:
    std::size_t find(const std::string &text, std::size_t from) const
    {
        if (!m_ignoreCase)
            return text.find(m_pattern, from);
        const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), m_pattern.begin(),
            m_pattern.end(), [](char a, char b) { return lowerAscii(a) == lowerAscii(b); });
        return found == text.end() ? std::string::npos : static_cast<std::size_t>(found - text.begin());
    }
    std::size_t find(const std::u16string &text, std::size_t from) const
    {
        if (!m_ignoreCase)
            return text.find(m_units, from);
        const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), m_units.begin(),
            m_units.end(), [](char16_t a, char16_t b) { return foldedUnit(a) == b; });
        return found == text.end() ? std::u16string::npos : static_cast<std::size_t>(found - text.begin());
    }
    std::size_t length(const std::string &) const { return m_pattern.size(); }
    std::size_t length(const std::u16string &) const { return m_units.size(); }

    template <typename Text, typename View>
    std::optional<Text> replaceAll(const Text &text, View replacement) const
    {
        Text out;
        std::size_t done = 0;
        for (std::size_t at = find(text, 0); at != Text::npos; at = m_global ? find(text, done) : Text::npos) {
            out.append(text, done, at - done);
            done = at + length(text);
            if (m_simple)
                out += replacement;
            else
                expand(out, replacement, text, at, done);
            if (out.size() > kLongestText)
                return std::nullopt;
        }
        out.append(text, done);
        return out;
    }

    // ECMA-262, GetSubstitution, for a match without groups.
    template <typename Text, typename View>
    static void expand(Text &out, View replacement, const Text &text, std::size_t start, std::size_t end)
    {
        for (std::size_t i = 0; i < replacement.size(); ++i) {
            const auto next = i + 1 < replacement.size() ? replacement[i + 1] : typename Text::value_type{};
            if (replacement[i] != '$' || (next != '$' && next != '&' && next != '`' && next != '\'')) {
                out += replacement[i];
                continue;
            }
            ++i;
            if (next == '$')
                out += next;
            else if (next == '&')
                out.append(text, start, end - start);
            else if (next == '`')
                out.append(text, 0, start);
            else
                out.append(text, end);
        }
    }

    std::string m_pattern;
    std::u16string m_units;
    std::u16string m_replacement;
    bool m_ignoreCase;
    bool m_global;
    bool m_simple; ///< nothing to expand
    bool m_bytewise;
    std::string_view m_bytes;
};

class Replace : public Node
{
public:
    Replace(NodePtr value, std::vector<Replacement> steps, std::string problem, const Place *place)
        : m_value(std::move(value))
        , m_steps(std::move(steps))
        , m_problem(std::move(problem))
        , m_place(place)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value value = m_value->resolve(run, payload);
        if (run.failed)
            return {};
        std::string text;
        if (value.isString())
            text = value.asString();
        else if (value.isNumber() || value.isBoolean())
            text = json::toText(value);
        else
            return Value::cleanString({});
        if (!m_problem.empty())
            return run.fail(m_place, "mapping-length", m_problem);
        if (m_steps.empty())
            return Value::cleanString({});
        for (const Replacement &step : m_steps) {
            auto replaced = step.apply(text);
            if (!replaced)
                return run.fail(m_place, "mapping-value", "@replace made a text of over 500 MB. Replace less.");
            text = std::move(*replaced);
        }
        return json::makeString(run.out, text);
    }

    void trace(Tracer &tracer) const override { m_value->trace(tracer); }

private:
    NodePtr m_value;
    std::vector<Replacement> m_steps; ///< none: options of wrong types, which make every value ""
    std::string m_problem; ///< what only texts mind
    const Place *m_place;
};

void checkPattern(Checker &checker, Value value, const Place *at)
{
    if (!value.isString()) {
        Checker::expectText(checker, value, at);
        return;
    }
    const std::size_t length = json::utf16Length(value.asString());
    const std::size_t shortest = at->key == "pattern" ? 1 : 0;
    if (length < shortest || length > kLongestPattern)
        checker.report(at, "mapping-length",
            fmt::format("“{}” has {} characters; expected {} to {}.", at->key, length, shortest, kLongestPattern));
}

void check(Checker &checker, Value argument, const Place *at)
{
    checker.checkOptions(argument, at,
        { { "pattern", Option::Required, checkPattern }, { "replacement", Option::Optional, checkPattern },
            { "value", Option::Required, Checker::expectTextOrDirective },
            { "ignorecase", Option::Optional, Checker::expectBoolean },
            { "global", Option::Optional, Checker::expectBoolean } });
}

// The option, or what stands for it when it is absent or null.
Value optionOr(Value options, std::string_view name, Value fallback)
{
    const Value option = options.find(name);
    return option.isNullish() ? fallback : option;
}

std::string tooLong(std::string_view name)
{
    return fmt::format("“{}” of @replace has more than {} characters. Shorten it.", name, kLongestPattern);
}

bool isTooLong(Value text)
{
    return json::utf16Length(text.asString()) > kLongestPattern;
}

NodePtr compile(Compiler &compiler, Value options, const Place *at, Absent)
{
    if (!options.isObject())
        return compiler.failure(
            at, "mapping-type", "@replace takes an object of options; found " + describe(options) + ".");
    const Value pattern = options.find("pattern");
    if (!json::isTruthy(pattern))
        return compiler.failure(
            at, "mapping-missing-option", "@replace needs the option “pattern”, a text of 1 to 10 characters.");
    if (!json::isTruthy(options.find("value")))
        return compiler.constant({});
    const Value empty = Value::cleanString({});
    const Value replacement = optionOr(options, "replacement", empty);
    const Value ignoreCase = optionOr(options, "ignorecase", Value::boolean(false));
    const Value global = optionOr(options, "global", Value::boolean(true));

    std::vector<Replacement> steps;
    std::string problem;
    const auto add = [&](Value from, std::string_view fromName, Value to, std::string_view toName) {
        if (problem.empty() && isTooLong(from))
            problem = tooLong(fromName);
        else if (problem.empty() && isTooLong(to))
            problem = tooLong(toName);
        steps.emplace_back(from.asString(), to.asString(), ignoreCase.asBoolean(), global.asBoolean());
    };
    if (pattern.isString() && replacement.isString() && ignoreCase.isBoolean() && global.isBoolean()) {
        add(pattern, "pattern", replacement, "replacement");
        const Value pattern2 = options.find("pattern2");
        const Value replacement2 = optionOr(options, "replacement2", empty);
        if (pattern2.isString() && pattern2.size() > 0 && replacement2.isString())
            add(pattern2, "pattern2", replacement2, "replacement2");
    }
    if (!problem.empty())
        compiler.warn(at, "mapping-length", problem + " This fails for every text.");
    NodePtr value = compiler.compileOption(options, "value", at, Absent::Drop);
    return std::make_unique<Replace>(std::move(value), std::move(steps), std::move(problem), at);
}

} // namespace

const Directive kReplaceDirective{ "@replace", check, compile };

} // namespace hookbench::mapping
