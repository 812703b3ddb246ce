#include "ui/shell/palette_fields.h"

#include "core/json/pointer.h"
#include "ui/shell/problems_model.h"

#include <algorithm>

namespace hookbench::shell {

namespace {

constexpr std::size_t kMost = 20'000; // 50 mappings of 300 fields, and some

bool isDirective(json::Value value)
{
    return value.isObject() && std::ranges::any_of(value.members(), [](const json::Member &member) {
        return member.name().starts_with('@');
    });
}

void walk(const destination::Project &project, json::Value value, const std::string &pointer,
    std::vector<PlacedField> &fields)
{
    if (!value.isObject() || isDirective(value))
        return;
    for (const json::Member &member : value.members()) {
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
