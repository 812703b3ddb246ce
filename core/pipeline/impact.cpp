#include "core/pipeline/impact.h"

#include "core/base/redact.h"
#include "core/json/difference.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::pipeline {

namespace {

const ReadyMapping *find(const Plan &plan, std::optional<std::size_t> index)
{
    const auto found = std::find_if(plan.mappings().begin(), plan.mappings().end(),
        [&](const ReadyMapping &mapping) { return mapping.index == index; });
    return found == plan.mappings().end() ? nullptr : &*found;
}

/// "/items/0/price" as people write it: items[0].price.
std::string pathWords(const std::string &pointer, json::Value root)
{
    std::string words;
    for (const std::string &key : json::pointerKeys(pointer)) {
        if (root.isArray()) {
            words += fmt::format("[{}]", key);
            std::size_t index = 0;
            for (const char digit : key)
                index = index * 10 + static_cast<std::size_t>(digit - '0');
            root = root.at(index);
        } else {
            words += (words.empty() ? "" : ".") + key;
            root = root.find(key);
        }
    }
    return words.empty() ? "body" : words;
}

void compareBodies(const std::string &before, const std::string &after, std::vector<ImpactPlace> &out)
{
    if (before == after)
        return;
    const Result<json::Document> was = json::parse(before);
    const Result<json::Document> is = json::parse(after);
    if (!was || !is) { // a body that is no JSON text is a mapped string
        out.push_back({ "body", before, after });
        return;
    }
    for (const json::Difference &difference : json::differences(*was, *is))
        out.push_back({ pathWords(difference.pointer, difference.before.isUndefined() ? is->root() : was->root()),
            json::stringify(difference.before), json::stringify(difference.after) });
}

/// The length and a signature of our own making follow from the body.
bool followsFromBody(const Header &header, const delivery::Request &request)
{
    return header.name == "Content-Length" || (header.name == "x-signature" && header.value == request.signature);
}

void compareHeaders(const delivery::Request &before, const delivery::Request &after, const HeaderNames &masked,
    std::vector<ImpactPlace> &out)
{
    const auto shown = [&](const Header &header) {
        return isSecretHeader(header.name, masked) ? redactHeaderValue(header.value) : header.value;
    };
    const auto own = [](const delivery::Request &request, std::string_view name) {
        const Header *header = findHeader(request.headers, name);
        return header && !followsFromBody(*header, request) ? header : nullptr;
    };
    for (const Header &header : before.headers) {
        const Header *now = own(after, header.name);
        if (!followsFromBody(header, before) && (!now || now->value != header.value))
            out.push_back({ "header " + header.name, shown(header), now ? shown(*now) : std::string() });
    }
    for (const Header &header : after.headers)
        if (!followsFromBody(header, after) && !own(before, header.name))
            out.push_back({ "header " + header.name, {}, shown(header) });
}

std::vector<ImpactPlace> compare(
    const delivery::Request &before, const delivery::Request &after, const HeaderNames &masked)
{
    std::vector<ImpactPlace> out;
    if (before.method != after.method)
        out.push_back({ "method", before.method, after.method });
    if (before.url != after.url)
        out.push_back({ "URL", redactUrl(before.url), redactUrl(after.url) });
    compareHeaders(before, after, masked, out);
    compareBodies(before.body, after.body, out);
    return out;
}

/// Why the side that is silent does not send.
void explainSilence(const ReadyMapping *mapping, const ImpactSide &side, json::Value event, EventImpact &out)
{
    if (side.error) {
        out.reason = side.error->message;
        return;
    }
    if (!mapping || side.fires)
        return;
    Silence silence = whySilent(*mapping, event);
    out.reason = std::move(silence.reason);
    out.reasonSaw = std::move(silence.saw);
}

} // namespace

ImpactComparison::ImpactComparison(
    PlanPtr before, std::optional<std::size_t> mappingBefore, PlanPtr after, std::optional<std::size_t> mappingAfter)
    : m_before{ before, find(*before, mappingBefore) }
    , m_after{ after, find(*after, mappingAfter) }
    , m_maskedHeaders(withHeaderNames(before->maskedHeaders(), after->maskedHeaders()))
{
    if (m_before.mapping && m_after.mapping && m_before.mapping->enabled != m_after.mapping->enabled) {
        m_before.switchedOn = m_before.mapping->enabled;
        m_after.switchedOn = m_after.mapping->enabled;
    }
}

ImpactSide ImpactComparison::sideOf(const Side &side, json::Value event, mapping::LiquidRenderer *liquid) const
{
    ImpactSide out;
    if (!side.mapping || !side.mapping->trigger)
        return out;
    const Result<bool> matched = side.mapping->trigger->matches(event);
    if (!matched) {
        out.error = matched.error();
        return out;
    }
    out.fires = *matched;
    if (!out.fires || !side.switchedOn)
        return out;
    Result<delivery::RequestPtr> request = preview(*side.plan, *side.mapping, event, liquid).request;
    if (request)
        out.request = std::move(*request);
    else
        out.error = std::move(request.error());
    return out;
}

EventImpact ImpactComparison::of(std::size_t index, json::Value event, mapping::LiquidRenderer *liquid) const
{
    EventImpact out;
    out.event = index;
    out.before = sideOf(m_before, event, liquid);
    out.after = sideOf(m_after, event, liquid);
    if (out.before.request && out.after.request) {
        out.places = compare(*out.before.request, *out.after.request, m_maskedHeaders);
        out.kind = out.places.empty() ? Impact::Unchanged : Impact::Changed;
    } else if (out.after.request) {
        out.kind = Impact::NewlySent;
        explainSilence(m_before.mapping, out.before, event, out);
    } else if (out.before.request) {
        out.kind = Impact::NoLongerSent;
        explainSilence(m_after.mapping, out.after, event, out);
    }
    return out;
}

} // namespace hookbench::pipeline
