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
    return data.empty() && !editor
        && std::ranges::all_of(triggers, [](const json::Document &draft) { return draft->isUndefined(); });
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
    std::vector<json::Value> data;
    for (const UnfinishedText &text : unfinished.data)
        data.push_back(json::ObjectBuilder(arena)
                           .add("mapping", json::Value::number(text.mapping))
                           .add("text", json::makeString(arena, text.text))
                           .build());
    whole.add("data", json::makeArray(arena, data));
    if (unfinished.editor)
        whole.add("editor",
            json::ObjectBuilder(arena)
                .add("mapping", json::Value::number(unfinished.editor->mapping))
                .add("pointer", json::makeString(arena, unfinished.editor->pointer))
                .add("state", unfinished.editor->state)
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
    const auto addText = [&](json::Value one) {
        if (const auto mapping = mappingOf(one); mapping && one.find("text").isString())
            out.data.push_back({ static_cast<int>(*mapping), std::string(one.find("text").asString()) });
    };
    for (std::size_t i = 0; data.isArray() && i < data.size(); ++i)
        addText(data.at(i));
    if (data.isObject()) // as versions wrote it that knew one
        addText(data);
    const json::Value editor = from.find("editor");
    if (const auto mapping = mappingOf(editor); mapping && editor.find("pointer").isString())
        out.editor = OpenEditor{ static_cast<int>(*mapping), std::string(editor.find("pointer").asString()),
            json::Document::copyOf(editor.find("state")) };
    return out;
}

} // namespace hookbench::document
