#include "core/fql/lookup.h"

#include "core/base/utf8.h"
#include "core/fql/number.h"
#include "core/json/text.h"

#include <array>
#include <charconv>

namespace hookbench::fql {

namespace {

constexpr std::size_t kSurrogates = 0x800;

/// All lone surrogates as WTF-8, for half of a character outside the BMP.
std::string_view surrogateText(char32_t unit)
{
    static const std::array<std::array<char, 3>, kSurrogates> kTexts = [] {
        std::array<std::array<char, 3>, kSurrogates> texts{};
        for (std::size_t i = 0; i < kSurrogates; ++i)
            texts[i] = { '\xED', static_cast<char>(0xA0 | (i >> 6)), static_cast<char>(0x80 | (i & 0x3F)) };
        return texts;
    }();
    const std::array<char, 3> &text = kTexts[unit - 0xD800];
    return { text.data(), text.size() };
}

json::Value unitAt(json::Value text, std::uint32_t index)
{
    const std::string_view chars = text.asString();
    if ((text.flags() & json::Value::kAscii) != 0)
        return index < chars.size() ? json::Value::string(chars.substr(index, 1)) : json::Value();
    std::size_t unit = 0;
    for (std::size_t at = 0; at < chars.size();) {
        const std::size_t start = at;
        const std::int32_t codePoint = nextCodePoint(chars, at);
        if (codePoint <= 0xFFFF) {
            if (unit++ == index)
                return json::Value::string(chars.substr(start, at - start));
            continue;
        }
        const auto above = static_cast<char32_t>(codePoint - 0x10000);
        if (unit++ == index)
            return json::Value::string(surrogateText(0xD800 + (above >> 10)));
        if (unit++ == index)
            return json::Value::string(surrogateText(0xDC00 + (above & 0x3FF)));
    }
    return {};
}

std::size_t lengthOf(json::Value text)
{
    return (text.flags() & json::Value::kAscii) != 0 ? text.size() : json::utf16Length(text.asString());
}

} // namespace

EventPath::EventPath(const Literal &path)
{
    if (const std::string *text = std::get_if<std::string>(&path)) {
        m_state = text->empty() ? State::Nowhere : State::Usable;
        for (std::string &key : steps(*text))
            add(std::move(key));
        if (!text->empty() && m_steps.empty())
            m_state = State::Broken;
        return;
    }
    const json::Document *foreign = std::get_if<json::Document>(&path);
    if (foreign != nullptr && foreign->root().isArray()) {
        for (const json::Value item : foreign->root().items())
            add(textOf(item));
        return;
    }
    const double *number = std::get_if<double>(&path);
    const bool truthy = number != nullptr    ? *number != 0 && *number == *number
        : std::holds_alternative<bool>(path) ? std::get<bool>(path)
                                             : foreign != nullptr && foreign->root().isObject();
    m_state = truthy ? State::Broken : State::Nowhere;
}

std::vector<std::string> EventPath::steps(std::string_view path)
{
    std::vector<std::string> steps;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find_first_of("[.]"), path.size());
        if (end > 0)
            steps.emplace_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return steps;
}

void EventPath::add(std::optional<std::string> text)
{
    Step step;
    step.isBroken = !text;
    std::string key = std::move(text).value_or(std::string());
    step.isLength = key == "length";
    if (json::isArrayIndex(key)) {
        std::uint32_t index = 0;
        std::from_chars(key.data(), key.data() + key.size(), index);
        step.index = index;
    }
    step.key = std::move(key);
    m_steps.push_back(std::move(step));
}

std::optional<json::Value> EventPath::in(json::Value data) const
{
    if (m_state == State::Broken)
        return std::nullopt;
    if (m_state == State::Nowhere)
        return json::Value();
    json::Value value = data;
    for (const Step &step : m_steps) {
        if (!json::isTruthy(value))
            return value;
        if (step.isBroken)
            return std::nullopt;
        switch (value.kind()) {
        case json::Kind::Object:
            value = value.find(step.key);
            break;
        case json::Kind::Array:
            if (step.isLength)
                value = json::Value::number(static_cast<double>(value.size()));
            else
                value = step.index ? value.at(*step.index) : json::Value();
            break;
        case json::Kind::String:
            if (step.isLength)
                value = json::Value::number(static_cast<double>(lengthOf(value)));
            else
                value = step.index ? unitAt(value, *step.index) : json::Value();
            break;
        default:
            value = {}; // true and numbers have no members of their own
            break;
        }
    }
    return value;
}

} // namespace hookbench::fql
