// The Public API's destination and subscription objects: as it answers them (in a data envelope, alone or in lists) and
// as it is asked for them. Source: CreateDestinationV1Input, DestinationV1, CreateDestinationSubscriptionAlphaInput and
// DestinationSubscription of Segment's MIT-licensed @segment/public-api-sdk-typescript.
#include "core/destination/formats/findings.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/text.h"

#include <fmt/format.h>

namespace hookbench::destination {

namespace {

using json::Value;

std::string textOf(Value value)
{
    return value.isString() ? std::string(value.asString()) : std::string();
}

class SegmentReader
{
public:
    SegmentReader(const NamedText &text, json::Document root, Findings &findings)
        : m_text(text)
        , m_root(std::move(root))
        , m_findings(findings)
    {
    }

    Result<void> run()
    {
        read(m_root, {}, {});
        if (m_error)
            return fail(inText(std::move(*m_error), m_text.name));
        return {};
    }

private:
    /// Whatever shape it has. `owner`: the destination that a nested mapping belongs to.
    void read(Value value, const std::string &pointer, const std::string &owner)
    {
        if (m_error)
            return;
        if (value.isArray()) {
            for (std::size_t i = 0; i < value.size(); ++i)
                read(value.at(i), json::childPointer(pointer, i), owner);
            return;
        }
        if (!value.isObject())
            return wrong(pointer,
                fmt::format("a destination or a subscription is an object, found {}.", json::kindName(value.kind())));
        if (value.contains("metadataId") || value.contains("metadata")
            || (value.contains("sourceId") && value.contains("settings")))
            return readDestination(value, pointer);
        if (value.contains("trigger") || value.contains("actionId") || value.contains("subscribe"))
            return readMapping(value, pointer, owner);
        bool any = false;
        std::string nested = owner;
        for (const char *envelope : { "data", "input", "destination", "destinations", "subscription", "subscriptions",
                 "destinationSubscription" }) {
            const json::Member *member = value.findMember(envelope);
            if (!member || member->value.isNull())
                continue;
            any = true;
            read(member->value, json::childPointer(pointer, envelope), nested);
            if (std::string_view(envelope) == "destination" && !m_findings.destinations.empty())
                nested = m_findings.destinations.back().names.front().name;
        }
        if (!any)
            wrong(pointer,
                "neither a destination (with metadataId or metadata), nor a subscription (with trigger and actionId), "
                "nor a "
                "list of them was found.");
    }

    void readDestination(Value value, const std::string &pointer)
    {
        FoundDestination found;
        const Value metadata = value.find("metadata");
        const std::string kind = textOf(metadata.isObject() ? metadata.find("id") : value.find("metadataId"));
        found.isWebhooks = kind == kWebhooksMetadataId;
        found.isKindKnown = !kind.empty();
        found.key = textOf(value.find("id"));
        // Without an id, only mappings beside it can be its own; no id of Segment's looks like this.
        const std::string name = found.key.empty() ? fmt::format("#{}", m_findings.destinations.size()) : found.key;
        found.names = { { {}, name } };
        found.name = value.find("name").isString() ? textOf(value.find("name"))
            : found.key.empty()                    ? "Imported destination"
                                                   : found.key;
        found.enabled = flag(value, "enabled", pointer);
        found.settings = settings(value.find("settings"), json::childPointer(pointer, "settings"));
        m_findings.destinations.push_back(std::move(found));
        if (const json::Member *list = value.findMember("subscriptions"); list && !list->value.isNull())
            read(list->value, json::childPointer(pointer, "subscriptions"), name);
    }

    void readMapping(Value value, const std::string &pointer, const std::string &owner)
    {
        // A mapping of a project, and the names the actions' own framework uses, come along.
        const bool isFramework = value.contains("subscribe");
        FoundMapping found;
        found.destination.name = textOf(value.find("destinationId"));
        if (found.destination.name.empty())
            found.destination.name = owner;
        found.actionId = textOf(value.find("actionId"));
        if (found.actionId.empty())
            found.actionId = textOf(value.find(isFramework ? "partnerAction" : "action"));
        const Value trigger = value.find(isFramework ? "subscribe" : "trigger");
        if (!trigger.isString() && !trigger.isNullish())
            return wrong(json::childPointer(pointer, isFramework ? "subscribe" : "trigger"),
                fmt::format("a trigger is a text, found {}.", json::kindName(trigger.kind())));
        found.mapping.name = textOf(value.find("name"));
        found.mapping.enabled = flag(value, "enabled", pointer);
        found.mapping.trigger = textOf(trigger);
        const char *key = isFramework ? "mapping" : "settings";
        found.mapping.settings = settings(value.find(key), json::childPointer(pointer, key));
        if (!textOf(value.find("modelId")).empty())
            found.issues.push_back({ Severity::Info, "model-left-out", {},
                "It is fed by a model, not by events of a source; that is left out here." });
        m_findings.mappings.push_back(std::move(found));
    }

    bool flag(Value value, const char *key, const std::string &pointer)
    {
        const Value flag = value.find(key);
        if (flag.isBoolean())
            return flag.asBoolean();
        if (!flag.isNullish())
            wrong(json::childPointer(pointer, key),
                fmt::format("{} is true or false, found {}.", key, json::kindName(flag.kind())));
        return true;
    }

    json::Document settings(Value value, const std::string &pointer)
    {
        const auto arena = std::make_shared<json::Arena>();
        arena->keepAlive(m_root.arena());
        if (value.isNullish())
            return json::Document(arena, json::ObjectBuilder(*arena).build());
        if (value.isString()) {
            const Result<Value> parsed = json::parseBorrowing(*arena, value.asString());
            if (parsed)
                value = *parsed;
        }
        if (!value.isObject())
            wrong(pointer, fmt::format("settings are an object, found {}.", json::kindName(value.kind())));
        return json::Document(arena, value);
    }

    void wrong(const std::string &pointer, const std::string &what)
    {
        if (!m_error)
            m_error = Error{ "import-shape", fmt::format("At \"{}\": {}", pointer, what), pointer, std::nullopt };
    }

    const NamedText &m_text;
    json::Document m_root;
    Findings &m_findings;
    std::optional<Error> m_error;
};

} // namespace

Result<void> findInSegmentJson(const NamedText &text, Findings &findings)
{
    std::string_view bytes = text.text;
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    const Result<json::Document> root = json::parse(bytes);
    if (!root)
        return fail(inText(root.error(), text.name));
    return SegmentReader(text, *root, findings).run();
}

} // namespace hookbench::destination
