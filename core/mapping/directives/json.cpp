// {"@json": {"mode": "encode" or "decode", "value": value}}: a value as JSON text, or JSON text as a value.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/directives/directive.h"
#include "core/mapping/letter_case.h"
#include "core/mapping/provenance.h"
#include "core/mapping/root.h"

#include <array>
#include <string>

namespace hookbench::mapping {

using json::Value;

namespace {

enum class Mode { Encode, Decode, Nothing };

// JSON.parse takes lone surrogates inside strings, our parser takes UTF-8. Written as escapes they mean the same;
// behind a backslash they are an error either way.
std::string withEscapedSurrogates(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out;
    bool escaped = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
        if (!escaped && byte(0) == 0xED && at + 2 < text.size() && byte(1) >= 0xA0) {
            const unsigned unit = 0xD000U | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
            out += "\\u";
            for (const int shift : { 12, 8, 4, 0 })
                out += kHex[(unit >> shift) & 0xF];
            at += 2;
            continue;
        }
        escaped = !escaped && text[at] == '\\';
        out += text[at];
    }
    return out;
}

class Json : public Node
{
public:
    Json(Mode mode, NodePtr value, const Place *place)
        : m_mode(mode)
        , m_value(std::move(value))
        , m_place(place)
    {
    }

    Value resolve(Run &run, Value payload) const override
    {
        const Value value = m_value->resolve(run, payload);
        if (run.failed)
            return {};
        switch (m_mode) {
        case Mode::Encode:
            if (value.isUndefined())
                return {};
            run.scratch.clear();
            json::stringifyTo(run.scratch, run.settled(value));
            return json::makeString(run.out, run.scratch);
        case Mode::Decode:
            return value.isString() ? decode(value, run) : value;
        case Mode::Nothing:
            break;
        }
        return {};
    }

    void trace(Tracer &tracer) const override
    {
        const Tracer::Blended blended(tracer);
        m_value->trace(tracer);
    }

private:
    Value decode(Value text, Run &run) const
    {
        auto decoded = json::parseBorrowing(run.out, text.asString(), { kMaxDepth });
        if (!decoded && decoded.error().code == "json-utf8")
            decoded
                = json::parseBorrowing(run.out, run.out.keep(withEscapedSurrogates(text.asString())), { kMaxDepth });
        if (decoded)
            return *decoded;
        if (decoded.error().code == "json-depth")
            return run.fail(m_place, "mapping-depth", "@json decode: " + decoded.error().message);
        return text; // as in Segment: what is no JSON stays as it is
    }

    Mode m_mode;
    NodePtr m_value;
    const Place *m_place;
};

void checkMode(Checker &checker, Value value, const Place *at)
{
    if (!value.isString()) {
        Checker::expectText(checker, value, at);
        return;
    }
    const std::string mode = toLowerCase(value.asString());
    if (mode != "encode" && mode != "decode")
        checker.report(at, "mapping-choice", "“mode” is \"encode\" or \"decode\"; found " + describe(value) + ".");
}

void check(Checker &checker, Value argument, const Place *at)
{
    checker.checkOptions(argument, at, { { "value", Option::Required }, { "mode", Option::Required, checkMode } });
}

NodePtr compile(Compiler &compiler, Value options, const Place *at, Absent absent)
{
    if (!options.isObject())
        return compiler.failure(
            at, "mapping-type", "@json takes an object of options; found " + describe(options) + ".");
    const Value wanted = options.find("mode");
    if (!json::isTruthy(wanted))
        return compiler.failure(
            at, "mapping-missing-option", "@json needs the option “mode”. Write \"encode\" or \"decode\".");
    if (!json::isTruthy(options.find("value")))
        return compiler.failure(at, "mapping-missing-option",
            "@json needs the option “value”, and neither false, 0, \"\" nor null counts as one. Put a directive "
            "there.");
    Mode mode = Mode::Nothing;
    if (wanted.isString() && wanted.asString() == "encode")
        mode = Mode::Encode;
    else if (wanted.isString() && wanted.asString() == "decode")
        mode = Mode::Decode;
    else
        compiler.warn(compiler.places().member(at, "mode"), "mapping-choice",
            "“mode” is " + describe(wanted)
                + ", which gives nothing. Write \"encode\" or \"decode\" in small letters.");
    return std::make_unique<Json>(
        mode, compiler.compileOption(options, "value", at, mode == Mode::Decode ? absent : Absent::Drop), at);
}

} // namespace

const Directive kJsonDirective{ "@json", check, compile };

} // namespace hookbench::mapping
