#include "core/destination/document.h"

#include "core/destination/limits.h"
#include "core/destination/migrations.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/storage/file.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <initializer_list>

namespace hookbench::destination {

namespace {

constexpr std::array<std::string_view, 9> kProjectKeys
    = { "hookbench", "id", "name", "enabled", "settings", "mappings", "events", "tests", "masked_headers" };
constexpr std::array<std::string_view, 5> kMappingKeys = { "name", "enabled", "action", "trigger", "settings" };
constexpr std::array<std::string_view, 2> kEventKeys = { "name", "event" };

enum class Need { Required, Optional };

/// Reads the members of one object of the document and notes what is wrong with them.
class MemberReader
{
public:
    MemberReader(const json::Document &object, std::string pointer, std::string what, Issues &issues)
        : m_object(object)
        , m_pointer(std::move(pointer))
        , m_what(std::move(what))
        , m_issues(issues)
    {
    }

    std::string text(std::string_view key, Need need)
    {
        const json::Value value = member(key, json::Kind::String, need);
        return value.isString() ? std::string(value.asString()) : std::string();
    }
    bool flag(std::string_view key)
    {
        const json::Value value = member(key, json::Kind::Boolean, Need::Required);
        return value.isBoolean() && value.asBoolean();
    }
    json::Document document(std::string_view key, json::Kind kind, Need need) { return share(member(key, kind, need)); }
    /// Any kind of value.
    json::Document anything(std::string_view key)
    {
        const json::Value value = m_object->find(key);
        if (value.isUndefined())
            missing(key);
        return share(value);
    }
    json::Document extras(std::span<const std::string_view> known) const
    {
        std::vector<json::Member> rest;
        for (const json::Member &member : m_object->members())
            if (std::find(known.begin(), known.end(), member.name()) == known.end())
                rest.push_back(member);
        if (rest.empty())
            return {};
        const auto arena = std::make_shared<json::Arena>();
        arena->keepAlive(m_object.arena());
        return json::Document(arena, json::ObjectBuilder::build(*arena, rest));
    }

private:
    json::Document share(json::Value value) const { return json::Document(m_object.arena(), value); }

    json::Value member(std::string_view key, json::Kind kind, Need need)
    {
        const json::Value value = m_object->find(key);
        if (value.isUndefined()) {
            if (need == Need::Required)
                missing(key);
            return {};
        }
        if (value.kind() == kind)
            return value;
        m_issues.push_back({ Severity::Error, "project-wrong-type", json::childPointer(m_pointer, key),
            fmt::format("{} of {} must be of type {}, found {}.", key, m_what, json::kindName(kind),
                json::kindName(value.kind())) });
        return {};
    }
    void missing(std::string_view key)
    {
        m_issues.push_back({ Severity::Error, "project-missing-key", m_pointer,
            fmt::format("{} has no \"{}\". Add it.", m_what, key) });
    }

    const json::Document &m_object;
    std::string m_pointer;
    std::string m_what;
    Issues &m_issues;
};

bool isObject(const json::Document &value, const std::string &pointer, std::string_view what, Issues &issues)
{
    if (value->isObject())
        return true;
    issues.push_back({ Severity::Error, "project-wrong-type", pointer,
        fmt::format("{} must be of type object, found {}.", what, json::kindName(value->kind())) });
    return false;
}

Mapping readMapping(const json::Document &object, const std::string &pointer, std::size_t index, Issues &issues)
{
    Mapping mapping;
    const std::string what = fmt::format("Mapping {}", index + 1);
    if (!isObject(object, pointer, what, issues))
        return mapping;
    MemberReader reader(object, pointer, what, issues);
    mapping.name = reader.text("name", Need::Required);
    mapping.enabled = reader.flag("enabled");
    mapping.action = reader.text("action", Need::Optional);
    mapping.trigger = reader.text("trigger", Need::Required);
    mapping.settings = reader.document("settings", json::Kind::Object, Need::Optional);
    mapping.extras = reader.extras(kMappingKeys);
    return mapping;
}

SavedEvent readEvent(const json::Document &object, const std::string &pointer, std::size_t index, Issues &issues)
{
    SavedEvent event;
    const std::string what = fmt::format("Saved event {}", index + 1);
    if (!isObject(object, pointer, what, issues))
        return event;
    MemberReader reader(object, pointer, what, issues);
    event.name = reader.text("name", Need::Required);
    event.event = reader.anything("event");
    event.extras = reader.extras(kEventKeys);
    return event;
}

template <typename T>
std::vector<T> readList(const json::Document &list, std::string_view pointer,
    T (*readItem)(const json::Document &, const std::string &, std::size_t, Issues &), Issues &issues)
{
    std::vector<T> items;
    for (std::size_t i = 0; i < (list->isArray() ? list->size() : 0); ++i)
        items.push_back(readItem(json::Document(list.arena(), list->at(i)), json::childPointer(pointer, i), i, issues));
    return items;
}

HeaderNames readHeaderNames(json::Value list, std::string_view pointer, Issues &issues)
{
    HeaderNames names;
    for (std::size_t i = 0; i < (list.isArray() ? list.size() : 0); ++i) {
        const json::Value name = list.at(i);
        if (name.isString())
            names.emplace_back(name.asString());
        else
            issues.push_back({ Severity::Error, "project-wrong-type", json::childPointer(pointer, i),
                fmt::format("Masked header {} must be a header's name, of type string, found {}.", i + 1,
                    json::kindName(name.kind())) });
    }
    return names;
}

Project readProject(const json::Document &document, Issues &issues)
{
    Project project;
    if (!isObject(document, {}, "The project", issues))
        return project;
    MemberReader reader(document, {}, "The project", issues);
    project.id = reader.text("id", Need::Optional);
    project.name = reader.text("name", Need::Required);
    project.enabled = reader.flag("enabled");
    project.settings = reader.document("settings", json::Kind::Object, Need::Optional);
    const json::Document mappings = reader.document("mappings", json::Kind::Array, Need::Required);
    project.mappings = readList(mappings, "/mappings", readMapping, issues);
    const json::Document events = reader.document("events", json::Kind::Array, Need::Optional);
    project.events = readList(events, "/events", readEvent, issues);
    project.listsEvents = events->isArray();
    project.tests = reader.document("tests", json::Kind::Array, Need::Optional);
    for (std::size_t i = 0; i < (project.tests->isArray() ? project.tests->size() : 0); ++i)
        isObject(json::Document(nullptr, project.tests->at(i)), json::childPointer("/tests", i),
            fmt::format("Test {}", i + 1), issues);
    const json::Document masked = reader.document("masked_headers", json::Kind::Array, Need::Optional);
    project.maskedHeaders = readHeaderNames(masked, "/masked_headers", issues);
    project.extras = reader.extras(kProjectKeys);
    return project;
}

/// Builds one object of the document; what it refers to is kept alive by the arena.
class MemberWriter
{
public:
    explicit MemberWriter(json::Arena &arena)
        : m_arena(arena)
        , m_object(arena)
    {
    }
    void text(std::string_view key, std::string_view value) { m_object.add(key, json::makeString(m_arena, value)); }
    void textUnlessEmpty(std::string_view key, std::string_view value)
    {
        if (!value.empty())
            text(key, value);
    }
    void value(std::string_view key, json::Value value) { m_object.add(key, value); }
    void document(std::string_view key, const json::Document &document)
    {
        if (document->isUndefined())
            return;
        keep(document);
        m_object.add(key, document);
    }
    json::Value finish(const json::Document &extras)
    {
        if (extras->isObject()) {
            keep(extras);
            m_object.addAll(extras->members());
        }
        return m_object.build();
    }

private:
    void keep(const json::Document &document)
    {
        if (document.arena())
            m_arena.keepAlive(document.arena());
    }

    json::Arena &m_arena;
    json::ObjectBuilder m_object;
};

json::Value writeMapping(json::Arena &arena, const Mapping &mapping)
{
    MemberWriter writer(arena);
    writer.text("name", mapping.name);
    writer.value("enabled", json::Value::boolean(mapping.enabled));
    writer.textUnlessEmpty("action", mapping.action);
    writer.text("trigger", mapping.trigger);
    writer.document("settings", mapping.settings);
    return writer.finish(mapping.extras);
}

json::Value writeEvent(json::Arena &arena, const SavedEvent &event)
{
    MemberWriter writer(arena);
    writer.text("name", event.name);
    writer.document("event", event.event);
    return writer.finish(event.extras);
}

template <typename T>
json::Value writeList(
    json::Arena &arena, const std::vector<T> &items, json::Value (*writeItem)(json::Arena &, const T &))
{
    std::vector<json::Value> values;
    for (const T &item : items)
        values.push_back(writeItem(arena, item));
    return json::makeArray(arena, values);
}

json::Value writeHeaderNames(json::Arena &arena, const HeaderNames &names)
{
    std::vector<json::Value> values;
    for (const std::string &name : names)
        values.push_back(json::makeString(arena, name));
    return json::makeArray(arena, values);
}

Error structureError(const Issues &issues)
{
    const std::string others
        = issues.size() > 1 ? fmt::format(" ({} more mistakes of this kind.)", issues.size() - 1) : std::string();
    return Error{ "project-structure", issues.front().message + others, issues.front().path, std::nullopt };
}

Error inFile(Error error, const std::string &path)
{
    error.message = fmt::format("{}: {}", path, error.message);
    return error;
}

} // namespace

Result<ProjectFile> readProjectFile(std::string_view bytes)
{
    json::ParseLimits limits;
    limits.bytes = kMaxProjectBytes;
    const Result<json::Document> document = json::parse(bytes, limits);
    if (!document)
        return fail(document.error());
    const Result<json::Document> current = migrated(*document, kFormatVersion, migrations());
    if (!current)
        return fail(current.error());
    Issues issues;
    ProjectFile file;
    file.project = readProject(*current, issues);
    if (!issues.empty())
        return fail(structureError(issues));
    file.version = *versionOf(*document);
    file.canonical = write(file.project) == bytes;
    return file;
}

Result<ProjectFile> loadProjectFile(const std::string &path)
{
    const Result<std::string> bytes = storage::readFile(path, kMaxProjectBytes);
    if (!bytes)
        return fail(bytes.error());
    Result<ProjectFile> file = readProjectFile(*bytes);
    if (!file)
        return fail(inFile(std::move(file).error(), path));
    return file;
}

Result<Project> read(std::string_view bytes)
{
    return readProjectFile(bytes).map([](ProjectFile &&file) { return std::move(file.project); });
}

Result<Project> load(const std::string &path)
{
    return loadProjectFile(path).map([](ProjectFile &&file) { return std::move(file.project); });
}

std::string write(const Project &project)
{
    return json::stringify(toJson(project), 2) + "\n";
}

Result<void> save(const Project &project, const std::string &path)
{
    const std::string bytes = write(project);
    if (const Result<Project> again = read(bytes); !again)
        return fail(
            inFile(Error{ "project-unreadable",
                       fmt::format("Not saved, since the file could not be opened again. {}", again.error().message),
                       again.error().path, std::nullopt },
                path));
    return storage::writeFileAtomically(path, bytes);
}

Issues structureIssues(json::Value document)
{
    Issues issues;
    readProject(json::Document(nullptr, document), issues);
    return issues;
}

json::Document toJson(const Project &project)
{
    const auto arena = std::make_shared<json::Arena>();
    MemberWriter writer(*arena);
    writer.value("hookbench", json::Value::number(kFormatVersion));
    writer.textUnlessEmpty("id", project.id);
    writer.text("name", project.name);
    writer.value("enabled", json::Value::boolean(project.enabled));
    writer.document("settings", project.settings);
    writer.value("mappings", writeList(*arena, project.mappings, writeMapping));
    if (project.listsEvents || !project.events.empty())
        writer.value("events", writeList(*arena, project.events, writeEvent));
    writer.document("tests", project.tests);
    if (!project.maskedHeaders.empty())
        writer.value("masked_headers", writeHeaderNames(*arena, project.maskedHeaders));
    return json::Document(arena, writer.finish(project.extras));
}

json::Document toJson(const Mapping &mapping)
{
    const auto arena = std::make_shared<json::Arena>();
    return json::Document(arena, writeMapping(*arena, mapping));
}

Result<Mapping> mappingFromJson(const json::Document &mapping, std::string_view pointer)
{
    Issues issues;
    Mapping result = readMapping(mapping, std::string(pointer), 0, issues);
    if (!issues.empty())
        return fail(structureError(issues));
    return result;
}

} // namespace hookbench::destination
