#include "core/pipeline/field_report.h"

#include "core/base/redact.h"
#include "core/destination/limits.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/pipeline/evaluation.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace hookbench::pipeline {

namespace {

constexpr std::size_t kLongestSample = 120;
constexpr std::size_t kLongestBody = 20'000;
constexpr std::size_t kMostFields = 500;
constexpr std::string_view kHidden = "••••••••";

// --- credentials

/// Names of what nobody should find in a document that is passed around.
bool soundsSecret(std::string_view name, const HeaderNames &masked = {})
{
    constexpr std::array<std::string_view, 8> kWords{ "token", "secret", "password", "passwd", "api-key", "apikey",
        "api_key", "credential" };
    const std::string lower = asciiLower(name);
    return isSecretHeader(name, masked) || std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
        return lower.find(word) != std::string::npos;
    });
}

std::string safeUrl(std::string_view url)
{
    std::string out = redactUrl(url);
    std::size_t at = out.find('?');
    while (at != std::string::npos && at + 1 < out.size()) {
        const std::size_t end = std::min(out.find_first_of("&#", at + 1), out.size());
        const std::size_t equals = out.find('=', at + 1);
        if (equals < end && soundsSecret(std::string_view(out).substr(at + 1, equals - at - 1)))
            out.replace(equals + 1, end - equals - 1, kHidden);
        at = out.find('&', at + 1);
    }
    return out;
}

/// `value` with the texts under secret names hidden.
json::Value safe(json::Arena &arena, json::Value value, const HeaderNames &masked = {})
{
    if (value.isArray()) {
        std::vector<json::Value> items;
        for (const json::Value item : value.items())
            items.push_back(safe(arena, item, masked));
        return json::makeArray(arena, items);
    }
    if (!value.isObject())
        return value;
    json::ObjectBuilder out(arena);
    for (const json::Member &member : value.members())
        out.add(member.key,
            soundsSecret(member.name(), masked) && !member.value.isContainer() ? json::makeString(arena, kHidden)
                                                                               : safe(arena, member.value, masked));
    return out.build();
}

// --- where values come from

/// "$.properties.total" as people write it; "$." is the whole event.
std::string eventWords(std::string_view path)
{
    if (path == "$." || path == "$")
        return "the whole event";
    return std::string(path.starts_with("$.") ? path.substr(2) : path);
}

using Keys = std::vector<std::string>;

class Origins
{
public:
    explicit Origins(const ReadyMapping &mapping)
    {
        if (mapping.settings)
            for (const mapping::Source &source : mapping.settings->provenance())
                m_sources.push_back({ json::pointerKeys(source.outputPointer), source.eventPath });
    }

    /// Of the value at `keys` below the settings; "*" stands for every item.
    std::vector<std::string> of(const Keys &keys) const
    {
        std::vector<std::string> out;
        for (const auto &[output, path] : m_sources) {
            const std::size_t common = std::min(output.size(), keys.size());
            if (!std::equal(output.begin(), output.begin() + static_cast<std::ptrdiff_t>(common), keys.begin()))
                continue;
            std::string words = eventWords(path);
            if (keys.size() > output.size() && (path == "$." || isPlain(path)))
                words = below(path == "$." ? std::string() : words, keys, output.size());
            if (std::find(out.begin(), out.end(), words) == out.end())
                out.push_back(std::move(words));
        }
        return out;
    }

private:
    static bool isPlain(std::string_view path) { return path.starts_with("$.") && path.find("[?") == path.npos; }
    static std::string below(std::string words, const Keys &keys, std::size_t from)
    {
        for (std::size_t i = from; i < keys.size(); ++i)
            words += keys[i] == "*" ? "[]" : (words.empty() ? "" : ".") + keys[i];
        return words;
    }

    std::vector<std::pair<Keys, std::string>> m_sources;
};

// --- fields

std::string fieldPath(const Keys &keys)
{
    std::string out;
    for (const std::string &key : keys)
        out += key == "*" ? "[]" : (out.empty() ? "" : ".") + key;
    return out.empty() ? "(body)" : out;
}

const char *typeWords(json::Kind kind)
{
    switch (kind) {
    case json::Kind::String:
        return "text";
    case json::Kind::Object:
        return "object";
    case json::Kind::Array:
        return "list";
    default:
        return json::kindName(kind);
    }
}

std::string shortened(std::string text)
{
    if (text.size() <= kLongestSample)
        return text;
    std::size_t end = kLongestSample;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end) + "…";
}

/// Collects the values of sample bodies, place by place.
class Fields
{
public:
    explicit Fields(const Origins &origins)
        : m_origins(origins)
    {
    }

    void add(json::Value body)
    {
        ++m_sample;
        Keys keys;
        walk(body, keys);
    }
    std::vector<ReportField> take() && { return std::move(m_fields); }

private:
    void walk(json::Value value, Keys &keys)
    {
        if (value.isObject() && value.size() > 0) {
            for (const json::Member &member : value.members()) {
                keys.emplace_back(member.name());
                walk(member.value, keys);
                keys.pop_back();
            }
            return;
        }
        if (value.isArray() && value.size() > 0) {
            keys.emplace_back("*");
            for (const json::Value item : value.items())
                walk(item, keys);
            keys.pop_back();
            return;
        }
        note(value, keys);
    }

    void note(json::Value value, const Keys &keys)
    {
        const auto found = m_places.find(keys);
        if (found == m_places.end() && m_fields.size() == kMostFields)
            return;
        const std::size_t place = found == m_places.end() ? m_fields.size() : found->second;
        if (found == m_places.end()) {
            m_places.emplace(keys, place);
            Keys full{ "data" };
            full.insert(full.end(), keys.begin(), keys.end());
            m_fields.push_back({ fieldPath(keys), {}, m_origins.of(full), {}, 0 });
            m_lastSeen.push_back(0);
        }
        ReportField &field = m_fields[place];
        if (std::exchange(m_lastSeen[place], m_sample) != m_sample)
            ++field.seen;
        const std::string type = typeWords(value.kind());
        if (std::find(field.types.begin(), field.types.end(), type) == field.types.end())
            field.types.push_back(type);
        if (field.sample.empty() || field.sample == "null")
            field.sample = shortened(json::stringify(value));
    }

    const Origins &m_origins;
    std::map<Keys, std::size_t> m_places;
    std::vector<ReportField> m_fields;
    std::vector<std::size_t> m_lastSeen; ///< the sample that counted last, by field
    std::size_t m_sample = 0;
};

// --- one mapping

/// A literal as it is, anything else as the mapping's JSON.
std::string settingText(json::Value value)
{
    if (value.isUndefined())
        return {};
    return value.isString() ? std::string(value.asString()) : json::stringify(value);
}

std::vector<ReportHeader> headersOf(json::Value headers, const Origins &origins, const HeaderNames &masked)
{
    std::vector<ReportHeader> out;
    if (!headers.isObject())
        return out;
    for (const json::Member &member : headers.members()) {
        const std::string name(member.name());
        if (!name.empty() && name[0] == '@') { // the headers as a whole are computed
            json::Arena arena;
            out.push_back({ "(computed)", json::stringify(safe(arena, headers, masked)), origins.of({ "headers" }) });
            return out;
        }
        const std::string value = settingText(member.value);
        out.push_back(
            { name, soundsSecret(name, masked) ? redactHeaderValue(value) : value, origins.of({ "headers", name }) });
    }
    return out;
}

bool isTrue(json::Value value)
{
    return (value.isBoolean() && value.asBoolean()) || (value.isString() && value.asString() == "true");
}

std::size_t batchSizeOf(json::Value value)
{
    return value.isNumber() && value.asNumber() >= 1 ? static_cast<std::size_t>(value.asNumber())
                                                     : destination::kDefaultBatchSize;
}

ReportMapping report(const destination::Project &project, const Plan &plan, const ReadyMapping &ready,
    const FieldReportOptions &options, mapping::LiquidRenderer *liquid)
{
    const destination::Mapping &mapping = project.mappings[ready.index];
    const json::Value settings = mapping.settings;
    const Origins origins(ready);
    ReportMapping out;
    out.name = mapping.name;
    out.enabled = mapping.enabled;
    out.trigger = mapping.trigger;
    out.triggerWords = triggerWords(mapping.trigger);
    out.method = settingText(settings.find("method"));
    out.url = safeUrl(settingText(settings.find("url")));
    out.urlSources = origins.of({ "url" });
    out.headers = headersOf(settings.find("headers"), origins, project.maskedHeaders);
    out.batching = isTrue(settings.find("enable_batching"));
    out.batchSize = out.batching ? batchSizeOf(settings.find("batch_size")) : 1;

    Fields fields(origins);
    const std::size_t most = std::min(project.events.size(), options.mostEvents);
    for (std::size_t i = 0; i < most; ++i) {
        const json::Value event = project.events[i].event;
        if (!event.isObject() || !ready.trigger || !ready.trigger->matches(event).value_or(false))
            continue;
        const Result<delivery::RequestPtr> request = preview(plan, ready, event, liquid).request;
        if (!request) {
            out.problem = fmt::format("\"{}\": {}", project.events[i].name, request.error().message);
            continue;
        }
        const Result<json::Document> body = json::parse((*request)->hasBody ? (*request)->body : "null");
        if (!body)
            continue;
        json::Arena arena;
        const json::Value shown = safe(arena, *body);
        ++out.samples;
        if ((*request)->hasBody)
            fields.add(shown);
        if (out.sampleBody.empty() && (*request)->hasBody) {
            out.sampleName = project.events[i].name;
            out.sampleBody = json::stringify(shown, 2);
            if (out.sampleBody.size() > kLongestBody)
                out.sampleBody = shortened(out.sampleBody);
        }
    }
    if (out.samples > 0)
        out.problem.clear();
    out.fields = std::move(fields).take();
    return out;
}

// --- triggers

std::string fieldWords(const fql::Condition &condition)
{
    switch (condition.field) {
    case fql::Field::Type:
        return "the event type";
    case fql::Field::Event:
        return "the event name";
    case fql::Field::Name:
        return "the page or screen name";
    case fql::Field::UserId:
        return "the user id";
    default:
        return fql::fieldText(condition);
    }
}

std::string_view operatorWords(fql::Operator op)
{
    switch (op) {
    case fql::Operator::Equals:
        return "is";
    case fql::Operator::NotEquals:
        return "is not";
    case fql::Operator::Less:
        return "is less than";
    case fql::Operator::LessOrEqual:
        return "is at most";
    case fql::Operator::Greater:
        return "is greater than";
    case fql::Operator::GreaterOrEqual:
        return "is at least";
    case fql::Operator::NumberEquals:
        return "is the number";
    case fql::Operator::NumberNotEquals:
        return "is a number other than";
    case fql::Operator::Contains:
        return "contains";
    case fql::Operator::NotContains:
        return "is a text without";
    case fql::Operator::StartsWith:
        return "starts with";
    case fql::Operator::NotStartsWith:
        return "is a text that does not start with";
    case fql::Operator::EndsWith:
        return "ends with";
    case fql::Operator::NotEndsWith:
        return "is a text that does not end with";
    case fql::Operator::Exists:
        return "is there";
    case fql::Operator::NotExists:
        return "is missing";
    case fql::Operator::IsTrue:
        return "is true";
    case fql::Operator::IsFalse:
        return "is false";
    case fql::Operator::Unknown:
        break;
    }
    return "is compared in a way that never holds with";
}

std::string groupWords(const fql::Group &group)
{
    std::string out;
    const char *between = group.combinator == fql::Combinator::Or ? " or " : " and ";
    for (const fql::Node &node : group.children) {
        if (!out.empty())
            out += between;
        if (const auto *condition = std::get_if<fql::Condition>(&node)) {
            const std::string expected = fql::expectedText(*condition);
            const bool text = std::holds_alternative<std::string>(condition->expected);
            out += fmt::format("{} {}", fieldWords(*condition), operatorWords(condition->op));
            if (!std::holds_alternative<std::monostate>(condition->expected))
                out += text ? fmt::format(" “{}”", expected) : " " + expected;
        } else if (const auto *inner = std::get_if<fql::Group>(&node)) {
            out += fmt::format("({})", groupWords(*inner));
        } else {
            out += "something that cannot be read";
        }
    }
    return out;
}

} // namespace

std::string triggerWords(const std::string &fql)
{
    const Result<fql::Trigger> trigger = fql::parse(fql);
    if (!trigger)
        return fql.empty() ? "never: there is no trigger"
                           : fmt::format("never: the trigger cannot be read ({})", trigger.error().message);
    return groupWords(trigger->ast().root);
}

FieldReport fieldReport(
    const destination::Project &project, const FieldReportOptions &options, mapping::LiquidRenderer *liquid)
{
    PlanOptions plan;
    plan.testEvents = true; // one event, one request: a batch is a list of the same
    const Plan ready(project, plan);
    FieldReport out;
    out.name = project.name;
    out.enabled = project.enabled;
    for (const ReadyMapping &mapping : ready.mappings())
        if (mapping.enabled || options.includeDisabled)
            out.mappings.push_back(report(project, ready, mapping, options, liquid));
    return out;
}

} // namespace hookbench::pipeline
