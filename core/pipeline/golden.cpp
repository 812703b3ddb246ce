#include "core/pipeline/golden.h"

#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/json/difference.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::pipeline {

namespace {

using destination::Expectation;
using destination::ExpectedField;
using destination::ExpectedHeader;

std::string fromLatin1(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes)
        appendCodePoint(out, static_cast<unsigned char>(c));
    return out;
}

std::string jsonText(json::Value value)
{
    return value.isUndefined() ? std::string() : json::stringify(value);
}

std::optional<std::string> headerOf(const delivery::Request &request, std::string_view name)
{
    const Header *header = findHeader(request.headers, name);
    return header ? std::optional(fromLatin1(header->value)) : std::nullopt;
}

/// Differences are printed by command lines and CI: credentials stay hidden.
std::string shownHeader(std::string_view name, const std::optional<std::string> &value, const HeaderNames &masked)
{
    if (!value)
        return {};
    return isSecretHeader(name, masked) ? redactHeaderValue(*value) : *value;
}

/// Undefined when there is none.
json::Document bodyOf(const delivery::Request &request)
{
    return request.hasBody ? json::parse(request.body).value_or(json::Document()) : json::Document();
}

void compareBody(json::Value expected, const delivery::Request &request, std::vector<GoldenDifference> &out)
{
    const std::string wanted = expected.isNull() ? std::string() : json::stringify(expected);
    if (expected.isNull() ? !request.hasBody : request.hasBody && request.body == wanted)
        return;
    const json::Document body = bodyOf(request);
    if (expected.isNull() || body->isUndefined()) {
        out.push_back({ "body", wanted, request.body });
        return;
    }
    for (const json::Difference &difference : json::differences(expected, body))
        out.push_back({ "body" + difference.pointer, jsonText(difference.before), jsonText(difference.after) });
}

std::vector<GoldenDifference> compare(
    const Expectation &expect, const delivery::Request &request, const HeaderNames &masked)
{
    std::vector<GoldenDifference> out;
    if (expect.method && *expect.method != request.method)
        out.push_back({ "method", *expect.method, request.method });
    if (expect.url && *expect.url != request.url)
        out.push_back({ "url", *expect.url, request.url });
    for (const ExpectedHeader &header : expect.headers)
        if (const auto actual = headerOf(request, header.name); actual != header.value)
            out.push_back({ "header " + header.name, shownHeader(header.name, header.value, masked),
                shownHeader(header.name, actual, masked) });
    if (!expect.body->isUndefined())
        compareBody(expect.body, request, out);
    if (!expect.fields.empty()) {
        const json::Document body = bodyOf(request);
        for (const ExpectedField &field : expect.fields)
            if (const json::Value actual = json::valueAt(body, field.pointer); !json::identical(field.value, actual))
                out.push_back({ "body" + field.pointer, jsonText(field.value), jsonText(actual) });
    }
    return out;
}

/// What nobody asked for: the client's own, which are capitalised, and what follows from body and secret.
bool isOurs(const Header &header, const delivery::Request &request)
{
    if (header.name == "x-signature")
        return header.value == request.signature;
    return header.name != asciiLower(header.name) || header.name == "user-agent"
        || (header.name == "content-type" && request.hasBody);
}

std::string pretty(json::Value value)
{
    return value.isUndefined() ? std::string() : json::stringify(value, 2);
}

/// The parts of a request that a test names, as one text.
class Shown
{
public:
    explicit Shown(const HeaderNames &masked)
        : m_masked(masked)
    {
    }
    void line(std::string_view text)
    {
        m_text += text;
        m_text += '\n';
    }
    void header(const std::string &name, const std::optional<std::string> &value)
    {
        if (value)
            line(fmt::format("{}: {}", name, shownHeader(name, value, m_masked)));
    }
    void body(json::Value value)
    {
        if (!m_text.empty())
            m_text += '\n';
        m_text += pretty(value);
    }
    std::string text() && { return std::move(m_text); }

private:
    const HeaderNames &m_masked;
    std::string m_text;
};

std::string shownExpected(const Expectation &expect, const HeaderNames &masked)
{
    Shown shown(masked);
    if (expect.method || expect.url)
        shown.line(fmt::format(
            "{}{}{}", expect.method.value_or(""), expect.method && expect.url ? " " : "", expect.url.value_or("")));
    for (const ExpectedHeader &header : expect.headers)
        shown.header(header.name, header.value);
    for (const ExpectedField &field : expect.fields)
        if (!field.value->isUndefined())
            shown.line(fmt::format("{}: {}", field.pointer, pretty(field.value)));
    if (!expect.body->isNullish())
        shown.body(expect.body);
    return std::move(shown).text();
}

std::string shownActual(const Expectation &expect, const delivery::Request &request, const HeaderNames &masked)
{
    const bool everything = !expect.fires; // nothing was expected, so nothing is named
    Shown shown(masked);
    if (everything || expect.method || expect.url)
        shown.line(fmt::format("{}{}{}", everything || expect.method ? request.method : "",
            everything || (expect.method && expect.url) ? " " : "", everything || expect.url ? request.url : ""));
    for (const ExpectedHeader &header : expect.headers)
        shown.header(header.name, headerOf(request, header.name));
    const json::Document body = bodyOf(request);
    for (const ExpectedField &field : expect.fields)
        if (const json::Value value = json::valueAt(body, field.pointer); !value.isUndefined())
            shown.line(fmt::format("{}: {}", field.pointer, pretty(value)));
    if (everything || !expect.body->isUndefined())
        shown.body(body);
    return std::move(shown).text();
}

} // namespace

GoldenTests::GoldenTests(destination::Project project, PlanOptions options)
    : m_project(std::move(project))
    , m_plan(m_project, [&] {
        options.testEvents = true;
        return std::move(options);
    }())
{
}

void GoldenTests::judge(GoldenOutcome &out, mapping::LiquidRenderer *liquid) const
{
    const destination::GoldenTest &test = *out.test;
    const ReadyMapping &mapping = m_plan.mappings()[*out.mappingIndex];
    const auto failsWith = [&](Error error) {
        out.verdict = GoldenVerdict::Error;
        out.error = std::move(error);
    };
    if (!mapping.trigger)
        return failsWith(mapping.trigger.error());
    const Result<bool> matches = mapping.trigger->matches(test.event);
    if (!matches)
        return failsWith(matches.error());
    out.fired = *matches;
    if (!out.fired) {
        out.verdict = test.expect.fires ? GoldenVerdict::Failed : GoldenVerdict::Passed;
        if (test.expect.fires) {
            out.silence = whySilent(mapping, test.event);
            out.differences.push_back({ "trigger", "fires", "does not fire" });
        }
        return;
    }
    Result<delivery::RequestPtr> request = preview(m_plan, mapping, test.event, liquid).request;
    if (!test.expect.fires) {
        if (request)
            out.request = std::move(*request);
        out.verdict = GoldenVerdict::Failed;
        out.differences.push_back({ "trigger", "does not fire", "fires" });
        return;
    }
    if (!request)
        return failsWith(std::move(request.error()));
    out.request = std::move(*request);
    out.differences = compare(test.expect, *out.request, out.maskedHeaders);
    out.verdict = out.differences.empty() ? GoldenVerdict::Passed : GoldenVerdict::Failed;
}

GoldenOutcome GoldenTests::run(std::size_t index, mapping::LiquidRenderer *liquid) const
{
    const auto start = std::chrono::steady_clock::now();
    GoldenOutcome out;
    out.index = index;
    out.maskedHeaders = m_project.maskedHeaders;
    const json::Value value = m_project.tests->at(index);
    if (value.find("name").isString())
        out.name = value.find("name").asString();
    if (value.find("mapping").isString())
        out.mapping = value.find("mapping").asString();
    if (const Result<std::size_t> meant = destination::mappingMeant(m_project, out.mapping))
        out.mappingIndex = *meant;
    Result<destination::GoldenTest> test = destination::goldenTest(m_project, index);
    if (test) {
        out.test = std::move(*test);
        judge(out, liquid);
    } else {
        out.error = std::move(test.error());
    }
    out.took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    return out;
}

Expectation expectationOf(const delivery::Request &request, const HeaderNames &masked)
{
    Expectation out;
    out.method = request.method;
    out.url = request.url;
    for (const Header &header : request.headers)
        if (!isOurs(header, request) && !isSecretHeader(header.name, masked))
            out.headers.push_back({ header.name, fromLatin1(header.value) });
    out.body = bodyOf(request);
    if (out.body->isUndefined())
        out.body = json::Document(nullptr, json::Value::null());
    return out;
}

Expectation accepted(const Expectation &before, const GoldenOutcome &outcome)
{
    Expectation out;
    out.fires = outcome.fired;
    if (!outcome.fired || !outcome.request)
        return out;
    const delivery::Request &request = *outcome.request;
    if (!before.fires)
        return expectationOf(request, outcome.maskedHeaders);
    if (before.method)
        out.method = request.method;
    if (before.url)
        out.url = request.url;
    for (const ExpectedHeader &header : before.headers)
        out.headers.push_back({ header.name, headerOf(request, header.name) });
    const json::Document body = bodyOf(request);
    if (!before.body->isUndefined())
        out.body = request.hasBody ? body : json::Document(nullptr, json::Value::null());
    for (const ExpectedField &field : before.fields)
        out.fields.push_back({ field.pointer, json::Document(body.arena(), json::valueAt(body, field.pointer)) });
    return out;
}

GoldenTexts goldenTexts(const GoldenOutcome &outcome)
{
    GoldenTexts out;
    if (!outcome.test)
        return out;
    out.expected = shownExpected(outcome.test->expect, outcome.maskedHeaders);
    if (outcome.request)
        out.actual = shownActual(outcome.test->expect, *outcome.request, outcome.maskedHeaders);
    return out;
}

} // namespace hookbench::pipeline
