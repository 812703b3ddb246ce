#include "core/destination/project.h"

#include "core/base/id.h"
#include "core/destination/fields.h"
#include "core/json/parse.h"

namespace hookbench::destination {

namespace {

json::Document emptyObject()
{
    const auto arena = std::make_shared<json::Arena>();
    return json::Document(arena, json::ObjectBuilder(*arena).build());
}

json::Document defaultSettings()
{
    const auto arena = std::make_shared<json::Arena>();
    json::ObjectBuilder settings(*arena);
    for (const Field &field : sendFields())
        settings.add(field.key, json::parseBorrowing(*arena, field.defaultJson).value_or(json::Value()));
    return json::Document(arena, settings.build());
}

} // namespace

Project newProject(std::string name)
{
    Project project;
    project.id = newId();
    project.name = std::move(name);
    project.settings = emptyObject();
    return project;
}

Mapping defaultMapping(std::string name)
{
    Mapping mapping;
    mapping.name = std::move(name);
    mapping.trigger = "type = \"track\"";
    mapping.settings = defaultSettings();
    return mapping;
}

Mapping duplicate(const Mapping &mapping)
{
    Mapping copy = mapping;
    copy.name += " (Copy)";
    copy.enabled = false;
    return copy;
}

std::vector<std::size_t> mappingsNamed(const Project &project, std::string_view name)
{
    std::vector<std::size_t> indexes;
    for (std::size_t i = 0; i < project.mappings.size(); ++i)
        if (project.mappings[i].name == name)
            indexes.push_back(i);
    return indexes;
}

} // namespace hookbench::destination
