#include "core/destination/golden_test.h"

#include "core/json/pointer.h"
#include "core/json/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace hookbench::destination {

namespace {

constexpr std::array<std::string_view, 7> kExpectKeys
    = { "fires", "method", "url", "headers", "body", "fields", "absent" };

/// Reads one test and notes what is wrong with it.
class TestReader
{
public:
    TestReader(const Project &project, std::size_t index, Issues &issues)
        : m_project(project)
        , m_test(project.tests.arena(), project.tests->at(index))
        , m_pointer(json::childPointer("/tests", index))
        , m_issues(issues)
    {
    }

    GoldenTest read()
    {
        GoldenTest test;
        if (!m_test->isObject()) {
            note("test-expect-invalid", m_pointer, "A test", "an object", m_test);
            return test;
        }
        test.name = text(m_test, "name", m_pointer, "test-name-missing").value_or(std::string());
        test.mapping = text(m_test, "mapping", m_pointer, "test-mapping-missing").value_or(std::string());
        if (m_test->find("mapping").isString())
            if (const Result<std::size_t> meant = mappingMeant(m_project, test.mapping); !meant)
                m_issues.push_back({ Severity::Error,
                    meant.error().code == "mapping-ambiguous" ? "test-mapping-ambiguous" : "test-mapping-missing",
                    json::childPointer(m_pointer, "mapping"), meant.error().message });
        test.event = share(m_test->find("event"));
        if (!test.event->isObject())
            note("test-event-invalid", m_pointer + "/event", "The event of a test", "an object", test.event);
        readExpect(m_test->find("expect"), m_pointer + "/expect", test.expect);
        return test;
    }

private:
    json::Document share(json::Value value) const { return json::Document(m_test.arena(), value); }

    void note(const char *code, std::string path, std::string_view what, std::string_view wanted, json::Value found)
    {
        m_issues.push_back({ Severity::Error, code, std::move(path),
            fmt::format("{} must be {}, found {}.", what, wanted,
                found.isUndefined() ? "nothing" : json::kindName(found.kind())) });
    }

    std::optional<std::string> text(
        json::Value object, std::string_view key, const std::string &pointer, const char *code)
    {
        const json::Value value = object.find(key);
        if (value.isString())
            return std::string(value.asString());
        note(code, json::childPointer(pointer, key), fmt::format("\"{}\" of a test", key), "a text", value);
        return std::nullopt;
    }

    void readExpect(json::Value expect, const std::string &pointer, Expectation &out)
    {
        if (!expect.isObject())
            return note("test-expect-invalid", pointer, "\"expect\" of a test", "an object", expect);
        bool says = false;
        for (const json::Member &member : expect.members()) {
            const std::string_view key = member.name();
            const std::string at = json::childPointer(pointer, key);
            if (std::find(kExpectKeys.begin(), kExpectKeys.end(), key) == kExpectKeys.end()) {
                m_issues.push_back({ Severity::Warning, "test-expect-unknown", at,
                    fmt::format("\"{}\" is nothing that can be expected, so it tests nothing. There are: {}.", key,
                        fmt::join(kExpectKeys, ", ")) });
                continue;
            }
            says = true;
            readMember(key, member.value, at, out);
        }
        if (!says)
            m_issues.push_back({ Severity::Error, "test-expect-empty", pointer,
                "The test expects nothing, so it could not fail. Add \"fires\", \"body\" or \"fields\"." });
        if (!out.fires
            && (out.method || out.url || !out.headers.empty() || !out.body->isUndefined() || !out.fields.empty()))
            m_issues.push_back({ Severity::Error, "test-expect-invalid", pointer + "/fires",
                "When the trigger does not match there is no request to expect anything of. Remove \"fires\": false, "
                "or the rest." });
    }

    void readMember(std::string_view key, json::Value value, const std::string &at, Expectation &out)
    {
        const char *const code = "test-expect-invalid";
        const std::string what = fmt::format("\"{}\" of an expectation", key);
        if (key == "fires") {
            if (value.isBoolean())
                out.fires = value.asBoolean();
            else
                note(code, at, what, "true or false", value);
        } else if (key == "method" || key == "url") {
            if (value.isString())
                (key == "url" ? out.url : out.method) = std::string(value.asString());
            else
                note(code, at, what, "a text", value);
        } else if (key == "headers") {
            readHeaders(value, at, out);
        } else if (key == "body") {
            if (value.isContainer() || value.isNull())
                out.body = share(value);
            else
                note(code, at, what, "an object, an array, or null for no body", value);
        } else if (key == "fields") {
            if (!value.isObject())
                return note(code, at, what, "an object of JSON pointers", value);
            for (const json::Member &field : value.members())
                if (isPointer(field.name(), json::childPointer(at, field.name())))
                    out.fields.push_back({ std::string(field.name()), share(field.value) });
        } else if (key == "absent") {
            if (!value.isArray())
                return note(code, at, what, "an array of JSON pointers", value);
            for (std::size_t i = 0; i < value.size(); ++i)
                if (!value.at(i).isString())
                    note(code, json::childPointer(at, i), "A place that must be absent", "a JSON pointer", value.at(i));
                else if (isPointer(value.at(i).asString(), json::childPointer(at, i)))
                    out.fields.push_back({ std::string(value.at(i).asString()), {} });
        }
    }

    bool isPointer(std::string_view text, const std::string &at)
    {
        if (text.starts_with('/'))
            return true;
        m_issues.push_back({ Severity::Error, "test-expect-invalid", at,
            fmt::format("\"{}\" is no place in the body. Write a JSON pointer such as /amount/total.", text) });
        return false;
    }

    void readHeaders(json::Value value, const std::string &at, Expectation &out)
    {
        if (!value.isObject())
            return note("test-expect-invalid", at, "\"headers\" of an expectation", "an object", value);
        for (const json::Member &header : value.members()) {
            if (header.value.isString())
                out.headers.push_back({ std::string(header.name()), std::string(header.value.asString()) });
            else if (header.value.isNull())
                out.headers.push_back({ std::string(header.name()), std::nullopt });
            else
                note("test-expect-invalid", json::childPointer(at, header.name()),
                    fmt::format("Header {} of an expectation", header.name()), "a text, or null for a header not sent",
                    header.value);
        }
    }

    const Project &m_project;
    json::Document m_test;
    std::string m_pointer;
    Issues &m_issues;
};

/// How a test that said `said` has to name the mapping that is at `place` now.
std::string nameFor(const Project &after, std::size_t place, std::string_view said)
{
    const std::string &name = after.mappings[place].name;
    const bool byPlace = said.starts_with('#') && said != name;
    const Result<std::size_t> meant = mappingMeant(after, name);
    return !byPlace && meant && *meant == place ? name : fmt::format("#{}", place);
}

/// A name no mapping has, for a test whose mapping is gone.
std::string nameOfGone(const Project &after, std::string name)
{
    while (mappingMeant(after, name) || !mappingsNamed(after, name).empty())
        name += " (deleted)";
    return name;
}

/// `value` with what it refers to kept alive.
json::Value kept(json::Arena &arena, const json::Document &value)
{
    if (value.arena())
        arena.keepAlive(value.arena());
    return value;
}

json::Document edited(const Project &project, const Result<json::Document> &tests)
{
    return tests ? json::Document::copyOf(*tests) : project.tests;
}

} // namespace

std::size_t testCount(const Project &project)
{
    return project.tests->isArray() ? project.tests->size() : 0;
}

Result<GoldenTest> goldenTest(const Project &project, std::size_t index)
{
    Issues issues;
    GoldenTest test = TestReader(project, index, issues).read();
    const auto wrong = std::find_if(
        issues.begin(), issues.end(), [](const Issue &issue) { return issue.severity == Severity::Error; });
    if (wrong != issues.end())
        return fail(wrong->code, wrong->message, wrong->path);
    return test;
}

Issues goldenTestIssues(const Project &project)
{
    Issues issues;
    for (std::size_t i = 0; i < testCount(project); ++i)
        TestReader(project, i, issues).read();
    return issues;
}

Result<std::size_t> mappingMeant(const Project &project, std::string_view name)
{
    if (name.size() > 1 && name[0] == '#') {
        std::size_t index = 0;
        const auto [end, failed] = std::from_chars(name.data() + 1, name.data() + name.size(), index);
        if (failed == std::errc() && end == name.data() + name.size()) {
            if (index < project.mappings.size())
                return index;
            return fail("mapping-not-found",
                fmt::format(
                    "There is no mapping {}: the project has {}, counted from #0.", name, project.mappings.size()));
        }
    }
    const std::vector<std::size_t> found = mappingsNamed(project, name);
    if (found.size() == 1)
        return found.front();
    if (found.empty())
        return fail("mapping-not-found", fmt::format("There is no mapping \"{}\". Names are case-sensitive.", name));
    std::string places;
    for (const std::size_t index : found)
        places += fmt::format("{}\"#{}\"", places.empty() ? "" : " or ", index);
    return fail("mapping-ambiguous",
        fmt::format("{} mappings have the name \"{}\". Name one by its place: {}.", found.size(), name, places));
}

json::Document toJson(const Expectation &expect)
{
    const auto arena = std::make_shared<json::Arena>();
    json::ObjectBuilder out(*arena);
    const auto text = [&](const std::string &value) { return json::makeString(*arena, value); };
    if (!expect.fires)
        out.add("fires", json::Value::boolean(false));
    if (expect.method)
        out.add("method", text(*expect.method));
    if (expect.url)
        out.add("url", text(*expect.url));
    json::ObjectBuilder headers(*arena);
    for (const ExpectedHeader &header : expect.headers)
        headers.add(header.name, header.value ? text(*header.value) : json::Value::null());
    if (!headers.empty())
        out.add("headers", headers.build());
    if (!expect.body->isUndefined())
        out.add("body", kept(*arena, expect.body));
    json::ObjectBuilder fields(*arena);
    std::vector<json::Value> absent;
    for (const ExpectedField &field : expect.fields)
        if (field.value->isUndefined())
            absent.push_back(text(field.pointer));
        else
            fields.add(field.pointer, kept(*arena, field.value));
    if (!fields.empty())
        out.add("fields", fields.build());
    if (!absent.empty())
        out.add("absent", json::makeArray(*arena, absent));
    if (out.empty())
        out.add("fires", json::Value::boolean(true));
    return json::Document(arena, out.build());
}

json::Document toJson(const GoldenTest &test)
{
    const auto arena = std::make_shared<json::Arena>();
    json::ObjectBuilder out(*arena);
    out.add("name", json::makeString(*arena, test.name));
    out.add("mapping", json::makeString(*arena, test.mapping));
    out.add("event", kept(*arena, test.event));
    out.add("expect", kept(*arena, toJson(test.expect)));
    return json::Document(arena, out.build());
}

json::Document withTest(const Project &project, const GoldenTest &test)
{
    json::Arena arena;
    std::vector<json::Value> tests;
    if (project.tests->isArray())
        tests.assign(project.tests->items().begin(), project.tests->items().end());
    const json::Document added = toJson(test);
    tests.push_back(added);
    return json::Document::copyOf(json::makeArray(arena, tests));
}

json::Document withoutTest(const Project &project, std::size_t index)
{
    return edited(project, json::removed(project.tests, json::childPointer({}, index)));
}

json::Document withTestName(const Project &project, std::size_t index, std::string_view name)
{
    return edited(
        project, json::replaced(project.tests, json::childPointer({}, index) + "/name", json::Value::string(name)));
}

json::Document testsFollowing(const Project &before, const Project &after, const NewPlace &newPlace)
{
    json::Document tests = before.tests;
    for (std::size_t i = 0; i < testCount(before); ++i) {
        const json::Value said = before.tests->at(i).find("mapping");
        const Result<std::size_t> meant = said.isString() ? mappingMeant(before, said.asString()) : fail({}, {});
        if (!meant)
            continue;
        const std::optional<std::size_t> place = newPlace(*meant);
        const Result<std::size_t> means = mappingMeant(after, said.asString());
        if (place ? means && *means == *place : !means)
            continue;
        const std::string name
            = place ? nameFor(after, *place, said.asString()) : nameOfGone(after, before.mappings[*meant].name);
        tests = *json::replaced(tests, json::childPointer({}, i) + "/mapping", json::Value::string(name));
        tests = json::Document::copyOf(tests);
    }
    return tests;
}

json::Document withExpectation(const Project &project, std::size_t index, const Expectation &expect)
{
    const std::string pointer = json::childPointer({}, index) + "/expect";
    const json::Value before = json::valueAt(project.tests, pointer);
    json::Arena arena;
    json::ObjectBuilder out(arena);
    const json::Document after = toJson(expect);
    out.addAll(after->members());
    if (before.isObject())
        for (const json::Member &member : before.members())
            if (std::find(kExpectKeys.begin(), kExpectKeys.end(), member.name()) == kExpectKeys.end())
                out.add(member.key, member.value);
    return edited(project, json::replaced(project.tests, pointer, out.build()));
}

} // namespace hookbench::destination
