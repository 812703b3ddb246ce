#include "ui/shell/palette_fields.h"

#include "core/json/pointer.h"
#include "ui/shell/problems_model.h"

#include <algorithm>

namespace hookbench::shell {

namespace {

constexpr std::size_t kMost = 20'000; // 50 mappings of 300 fields, and some

/// The object a directive holds, which has fields of its own; undefined: it has none.
std::pair<std::string, json::Value> fieldsBehind(json::Value value)
{
    for (const json::Member &member : value.members()) {
        if (member.name() == "@arrayPath")
            return { "/@arrayPath/1", member.value.at(1) };
        if (member.name() == "@excludeWhenNull")
            return { "/@excludeWhenNull", member.value };
        if (member.name().starts_with('@'))
            return {};
    }
    return { {}, value };
}

void walk(const destination::Project &project, json::Value value, const std::string &pointer,
    std::vector<PlacedField> &fields)
{
    if (!value.isObject())
        return;
    const auto [below, object] = fieldsBehind(value);
    if (!below.empty())
        return walk(project, object, pointer + below, fields);
    for (const json::Member &member : object.members()) {
        if (fields.size() >= kMost)
            return;
        const std::string at = json::childPointer(pointer, member.name());
        fields.push_back({ at, placeWords(project, at) });
        walk(project, member.value, at, fields);
    }
}

} // namespace

std::vector<PlacedField> placedFields(const destination::Project &project)
{
    std::vector<PlacedField> fields;
    for (std::size_t i = 0; i < project.mappings.size(); ++i) {
        const std::string mapping = json::childPointer("/mappings", i);
        const auto add = [&](const std::string &pointer) {
            fields.push_back({ pointer, placeWords(project, pointer) });
        };
        add(mapping + "/name");
        add(mapping + "/trigger");
        const std::string settings = mapping + "/settings";
        for (const char *field : { "/url", "/method", "/headers" })
            add(settings + field);
        walk(project, project.mappings[i].settings->find("headers"), settings + "/headers", fields);
        for (const char *field : { "/enable_batching", "/batch_size", "/batch_keys", "/data" })
            add(settings + field);
        walk(project, project.mappings[i].settings->find("data"), settings + "/data", fields);
    }
    return fields;
}

} // namespace hookbench::shell
