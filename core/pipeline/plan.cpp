#include "core/pipeline/plan.h"

#include "core/json/pointer.h"

#include <algorithm>

namespace hookbench::pipeline {

namespace {

json::Document withUrl(const json::Document &settings, const std::optional<std::string> &url)
{
    if (!url)
        return settings;
    return json::replaced(settings, "/url", json::Value::string(*url)).value_or(settings);
}

ReadyMapping makeReady(const destination::Mapping &mapping, std::size_t index, const PlanOptions &options)
{
    const json::Document settings = withUrl(mapping.settings, options.url);
    destination::Mapping source = mapping;
    source.settings = settings;
    return { index, mapping.name, mapping.enabled, fql::parse(mapping.trigger),
        mapping::Mapping::compile(settings.root()),
        mapping::Mapping::compile(json::removed(settings, "/data").value_or(settings).root()), std::move(source) };
}

} // namespace

Plan::Plan(const destination::Project &project, PlanOptions options)
    : m_options(std::move(options))
    , m_projectId(project.id)
    , m_projectName(project.name)
    , m_maskedHeaders(project.maskedHeaders)
{
    m_mappings.reserve(project.mappings.size());
    for (std::size_t i = 0; i < project.mappings.size(); ++i)
        m_mappings.push_back(makeReady(project.mappings[i], i, m_options));
}

bool Plan::usesLiquid() const
{
    return std::any_of(m_mappings.begin(), m_mappings.end(),
        [](const ReadyMapping &mapping) { return mapping.settings && mapping.settings->usesLiquid(); });
}

} // namespace hookbench::pipeline
