#include "ui/document/unfinished.h"

#include <algorithm>

namespace hookbench::document {

namespace {

constexpr double kMostMappings = 10'000;

std::optional<std::size_t> mappingOf(json::Value value)
{
    const json::Value mapping = value.find("mapping");
    if (!mapping.isNumber() || !(mapping.asNumber() >= 0 && mapping.asNumber() < kMostMappings))
        return std::nullopt;
    return static_cast<std::size_t>(mapping.asNumber());
}

} // namespace

bool Unfinished::empty() const
{
    return !data && std::ranges::all_of(triggers, [](const json::Document &draft) { return draft->isUndefined(); });
}

json::Document toJson(const Unfinished &unfinished)
{
    json::Arena arena;
    std::vector<json::Value> triggers;
    for (std::size_t i = 0; i < unfinished.triggers.size(); ++i)
        if (!unfinished.triggers[i]->isUndefined())
            triggers.push_back(json::ObjectBuilder(arena)
                                   .add("mapping", json::Value::number(static_cast<double>(i)))
                                   .add("draft", unfinished.triggers[i])
                                   .build());
    json::ObjectBuilder whole(arena);
    whole.add("triggers", json::makeArray(arena, triggers));
    if (unfinished.data)
        whole.add("data",
            json::ObjectBuilder(arena)
                .add("mapping", json::Value::number(unfinished.data->mapping))
                .add("text", json::makeString(arena, unfinished.data->text))
                .build());
    return json::Document::copyOf(whole.build());
}

Unfinished readUnfinished(json::Value from)
{
    Unfinished out;
    const json::Value triggers = from.find("triggers");
    for (std::size_t i = 0; triggers.isArray() && i < triggers.size(); ++i) {
        const auto mapping = mappingOf(triggers.at(i));
        if (!mapping)
            continue;
        out.triggers.resize(std::max(out.triggers.size(), *mapping + 1));
        out.triggers[*mapping] = json::Document::copyOf(triggers.at(i).find("draft"));
    }
    const json::Value data = from.find("data");
    if (const auto mapping = mappingOf(data); mapping && data.find("text").isString())
        out.data = UnfinishedText{ static_cast<int>(*mapping), std::string(data.find("text").asString()) };
    return out;
}

} // namespace hookbench::document
