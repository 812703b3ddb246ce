#include "core/mapping/template.h"

#include "core/json/text.h"
#include "core/mapping/coercion.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace hookbench::mapping {

using json::Value;

namespace {

using Parts = std::vector<Template::Part>;

// The parts of `text` for placeholders with `braces` braces on each side: the leftmost opening ones win, what is
// between has no closing brace and at least one character.
Parts split(std::string_view text, std::size_t braces, json::Arena &arena)
{
    const std::string_view open = std::string_view("{{{").substr(0, braces);
    const std::string_view close = std::string_view("}}}").substr(0, braces);
    Parts parts;
    const auto addText = [&](std::string_view literal) {
        if (!literal.empty())
            parts.push_back({ Value::string(literal), {} });
    };
    std::size_t done = 0;
    for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at)) {
        const std::size_t inside = at + braces;
        const std::size_t end = text.find('}', inside);
        if (end == std::string_view::npos)
            break;
        if (end == inside || text.substr(end, braces) != close) {
            at = end; // every start before this brace meets the same brace
            continue;
        }
        addText(text.substr(done, at - done));
        parts.push_back({ {}, Path::parse(trimmed(text.substr(inside, end - inside)), arena) });
        at = done = end + braces;
    }
    addText(text.substr(done));
    return parts;
}

bool hasPlaceholder(const Parts &parts)
{
    return parts.size() > 1 || (!parts.empty() && parts.front().text.isUndefined());
}

// Appends the parts to `text` and gives the flags of the whole, or nothing.
std::optional<std::uint8_t> renderParts(
    std::span<const Template::Part> parts, Value data, json::Arena &arena, std::string &text, const Counters *counters)
{
    std::uint8_t flags = Value::kClean | Value::kAscii;
    for (const Template::Part &part : parts) {
        const bool literal = !part.text.isUndefined();
        const Value value = literal ? part.text : get(data, part.path, arena, counters);
        if (value.isString()) {
            flags &= value.flags();
            if (value.isClean())
                text += value.asString();
            else
                json::appendText(text, value.asString());
        } else if (value.isContainer()) {
            flags = 0;
            if (!appendTextOf(text, value))
                return std::nullopt;
        } else if (!value.isNullish()) {
            json::appendAsText(text, value);
        }
        if (text.size() > kLongestText)
            return std::nullopt;
    }
    return flags;
}

template <typename T>
std::span<const T> keepAll(const std::vector<T> &all, json::Arena &arena)
{
    auto *memory = static_cast<T *>(arena.allocate(all.size() * sizeof(T)));
    std::uninitialized_copy(all.begin(), all.end(), memory);
    return { memory, all.size() };
}

Value keep(std::string_view text, std::uint8_t flags, json::Arena &arena)
{
    const std::string_view kept = arena.keep(text);
    return (flags & Value::kClean) ? Value::stringWithFlags(kept, flags) : Value::string(kept);
}

} // namespace

Template Template::parse(std::string_view text, json::Arena &arena)
{
    Parts parts = split(text, 3, arena);
    Template result;
    result.m_twice = hasPlaceholder(parts);
    if (!result.m_twice)
        parts = split(text, 2, arena);
    result.m_parts = keepAll(parts, arena);
    std::vector<Path> paths;
    for (const Part &part : parts) {
        if (part.text.isUndefined())
            paths.push_back(part.path);
        else if (result.m_twice)
            for (const Part &later : split(part.text.asString(), 2, arena))
                if (later.text.isUndefined())
                    paths.push_back(later.path);
    }
    result.m_paths = keepAll(paths, arena);
    return result;
}

std::optional<Value> Template::render(
    Value data, json::Arena &out, std::string &scratch, const Counters *counters) const
{
    scratch.clear();
    auto flags = renderParts(m_parts, data, out, scratch, counters);
    if (flags && m_twice) {
        const std::string_view first = out.keep(scratch);
        const Parts parts = split(first, 2, out);
        scratch.clear();
        flags = renderParts(parts, data, out, scratch, counters);
    }
    if (!flags)
        return std::nullopt;
    return keep(scratch, *flags, out);
}

Result<Value> render(Value text, Value data, json::Arena &out)
{
    if (!text.isString())
        return fail("mapping-value", std::string("A template is a text; found ") + json::kindName(text.kind()) + ".");
    std::string scratch;
    const Value payload = data.isUndefined() ? Value::object({}) : data;
    if (const auto rendered = Template::parse(text.asString(), out).render(payload, out, scratch))
        return *rendered;
    return fail("mapping-value",
        "A placeholder found an object that cannot become text, or the text grew too long. Point at a text or a "
        "number.");
}

} // namespace hookbench::mapping
