// What Problems and `hookbench-cli check` say: one row per rule, and silence where all is well.
#include "core/destination/check.h"
#include "core/destination/document.h"
#include "core/destination/limits.h"
#include "core/json/parse.h"

#include <QtTest>

using namespace hookbench;
using namespace hookbench::destination;
using namespace std::string_literals;

namespace {

const std::string kGood = R"({"url":"https://example.com/hook","method":"POST","data":{"@path":"$."}})";

Project projectWith(const std::string &settings, const std::string &trigger = "type = \"track\"")
{
    Project project = newProject("Acme");
    Mapping mapping = defaultMapping("Orders");
    mapping.trigger = trigger;
    mapping.settings = *json::parse(settings);
    project.mappings.push_back(mapping);
    return project;
}

/// "error url-invalid /url" for /mappings/0/settings/url.
std::vector<std::string> summary(const Issues &issues, const std::string &below)
{
    std::vector<std::string> lines;
    for (const Issue &issue : issues) {
        const std::string path = issue.path.starts_with(below) ? issue.path.substr(below.size()) : issue.path;
        lines.push_back(std::string(severityName(issue.severity)) + " " + issue.code + " " + path);
    }
    return lines;
}

std::string joined(const std::vector<std::string> &lines)
{
    std::string text;
    for (const std::string &line : lines)
        text += (text.empty() ? "" : "; ") + line;
    return text;
}

} // namespace

class TestCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void settings_data();
    void settings();
    void trigger();
    void mappingMistakes();
    void wholeProject();
    void fiftyMappings();
    void onlyOneMapping();
};

void TestCheck::settings_data()
{
    QTest::addColumn<std::string>("settings");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *name, const std::string &settings, const char *expected) {
        QTest::newRow(name) << settings << std::string(expected);
    };
    const auto url = [&](const char *name, const std::string &value, const char *expected) {
        row(name, R"({"url":)" + value + R"(,"method":"POST","data":{"@path":"$."}})", expected);
    };
    const auto headers = [&](const char *name, const std::string &value, const char *expected) {
        row(name, R"({"url":"https://example.com/","method":"POST","headers":)" + value + R"(,"data":{"@path":"$."}})",
            expected);
    };
    const auto batching = [&](const char *name, const std::string &members, const char *expected) {
        row(name, R"({"url":"https://example.com/","method":"POST","data":{"@path":"$."},)" + members + "}", expected);
    };

    row("all is well", kGood, "");
    row("nothing", "{}", "error url-missing /url; error method-missing /method; info data-missing ");
    row("evaluated fields are not judged",
        R"({"url":{"@path":"$.u"},"method":{"@path":"$.m"},"headers":{"@path":"$.h"},"data":{"@path":"$.d"},"batch_size":{"@path":"$.s"}})",
        "");
    row("a root directive",
        R"({"__segment_internal_directive":{"@merge":{"direction":"right","objects":[{"url":"x"}]}}})", "");
    row("unknown field", R"({"url":"https://example.com/","method":"POST","data":{},"retries":3})",
        "warning settings-unknown /retries");
    row("internal field",
        R"({"url":"https://example.com/","method":"POST","data":{},"__segment_internal_sync_mode":"add"})", "");
    row("method in small letters", R"({"url":"https://example.com/","method":"post","data":{}})",
        "error method-invalid /method");
    row("method in an array", R"({"url":"https://example.com/","method":["PUT"],"data":{}})", "");
    row("data is text", R"({"url":"https://example.com/","method":"POST","data":"x"})", "error data-invalid /data");
    row("no data", R"({"url":"https://example.com/","method":"POST","data":null})", "info data-missing ");

    url("empty url", R"("")", "error url-missing /url");
    url("relative url", R"("/hook")", "error url-invalid /url");
    url("url with a space", R"("https://example.com/a b")", "error url-invalid /url");
    url("url with a template", R"("https://example.com/{{x}}")",
        "error url-invalid /url; warning literal-template /url");
    url("no host", R"("https://")", "error url-not-absolute /url");
    url("ftp", R"("ftp://example.com/")", "error url-not-http /url");
    url("port", R"("https://example.com:99999/")", "error url-port /url");
    url("userinfo", R"("https://u:p@example.com/")", "warning url-userinfo /url");
    url("private", R"("http://127.0.0.1:8765/x")", "info url-private /url");
    url("metadata", R"("http://169.254.169.254/latest")", "error url-metadata /url");
    url("metadata in disguise", R"("http://0xa9fea9fe/latest")", "error url-metadata /url");
    url("fragment", R"("https://example.com/#top")", "info url-fragment /url");
    url("dot segments", R"("https://example.com/a/../b")", "warning url-normalised /url");
    url("needless escape", R"("https://example.com/%41")", "warning url-normalised /url");
    url("a host that Qt refuses", R"("https://a!b.example.com/")", "warning url-host /url");

    headers(
        "fine headers", R"({"X-Tenant":"acme","Authorization":{"@template":"Bearer {{x}}"},"User-Agent":"me"})", "");
    headers("headers as text", R"("x")", "error headers-invalid /headers");
    headers("name with a space", R"({"X Tenant":"a"})", "error header-name /headers/X Tenant");
    headers("no name", R"({"":"a"})", "error header-name /headers/");
    headers("line break", R"({"X":"a\r\nEvil: b"})", "error header-value /headers/X");
    headers("beyond Latin-1", R"({"X":"\u20ac"})", "error header-value /headers/X");
    headers("DEL", R"({"X":"\u007f"})", "error header-value /headers/X");
    headers("Latin-1", R"({"X":"\u00fc"})", "warning header-non-ascii /headers/X");
    headers("tab", R"({"X":"a\tb"})", "");
    headers("framing", R"({"content-LENGTH":"5","TE":{"@path":"$.x"}})",
        "warning header-framing /headers/content-LENGTH; warning header-framing /headers/TE");
    headers("host", R"({"Host":"other"})", "warning header-host /headers/Host");
    headers("signature", R"({"x-signature":""})", "warning header-signature-mapped /headers/x-signature");
    headers("undefined", R"({"User-Agent":"undefined"})", "warning header-deleted /headers/User-Agent");
    headers("null", R"({"X":null})", "warning header-null /headers/X");
    headers("object", R"({"X":{"a":1}})", "warning header-not-text /headers/X");
    headers("content type", R"({"Content-Type":"text/plain"})", "warning header-content-type /headers/Content-Type");
    headers("the right content type", R"({"content-type":"application/json"})", "");
    row("content type without data",
        R"({"url":"https://example.com/","method":"POST","headers":{"Content-Type":"text/plain"}})",
        "info data-missing ");
    headers("empty user agent", R"({"User-Agent":""})", "warning header-user-agent-empty /headers/User-Agent");
    headers("twice", R"({"X-a":"1","x-A":"2"})", "warning header-duplicate /headers/x-A");
    headers("template in plain text", R"({"X":"{{userId}}"})", "warning literal-template /headers/X");

    batching("batching", R"("enable_batching":true,"batch_size":4000)", "info batching-signature /enable_batching");
    batching("batching as text", R"("enable_batching":"true")", "warning batching-not-boolean /enable_batching");
    batching("size too big", R"("batch_size":4001)", "error batch-size-range /batch_size");
    batching("size as text too big", R"("batch_size":"5000")", "error batch-size-range /batch_size");
    batching("negative size", R"("batch_size":-1)", "error batch-size-range /batch_size");
    batching("half an event", R"("batch_size":1.5)", "error batch-size-range /batch_size");
    batching("size is no number", R"("batch_size":"many")", "error batch-size-invalid /batch_size");
    batching("default sizes", R"("batch_size":0)", "");
    batching("keys", R"("batch_keys":["url","tenant"])", "warning batch-keys-unknown /batch_keys");
    batching("keys of a wrong type", R"("batch_keys":[{"a":1}])", "error batch-keys-invalid /batch_keys/0");

    row("path in plain text", R"({"url":"https://example.com/","method":"POST","data":{"a":["$.userId"]}})",
        "warning literal-path /data/a/0");
    const auto data = [&](const char *name, const std::string &value, const char *expected) {
        row(name, R"({"url":"https://example.com/","method":"POST","data":{"a":)" + value + "}}", expected);
    };
    data("$. in a template", R"({"@template":"Hi {{ $.userId }}"})", "warning template-path /data/a/@template");
    data("$. in the third brace", R"({"@template":"{{{$.userId}}}"})", "warning template-path /data/a/@template");
    data("$. in front of a template", R"({"@template":"$.{{userId}}"})", "");
    data("$. in an item", R"([{"@template":"{{$.userId}}"}])", "warning template-path /data/a/0/@template");
    data("literal template", R"({"@literal":{"@template":"{{$.userId}}"}})", "");
    data("event. in Liquid", R"({"@liquid":"{{ event.properties.total }}"})", "warning liquid-event /data/a/@liquid");
    data("event in Liquid", R"({"@liquid":"{{ event | upcase }}"})", "");
    data("loop in Liquid", R"({"@liquid":"{%- for p in products %}x{% endfor %}"})",
        "warning liquid-tag /data/a/@liquid");
    data("other tags", R"({"@liquid":"{% if a %}x{% endif %}{% form %}"})", "");
    row("path in a directive",
        R"({"url":"https://example.com/","method":"POST","data":{"a":{"@template":"{{userId}}"}}})", "");
}

void TestCheck::settings()
{
    QFETCH(std::string, settings);
    QFETCH(std::string, expected);
    const Issues issues = issuesOf(projectWith(settings), 0);
    QCOMPARE(QByteArray::fromStdString(joined(summary(issues, "/mappings/0/settings"))),
        QByteArray::fromStdString(expected));
    for (const Issue &issue : issues)
        QVERIFY2(issue.message.size() > 20 && issue.message.ends_with('.'), issue.message.c_str());
}

void TestCheck::trigger()
{
    const Issues issues = issuesOf(projectWith(kGood, "type = \"track"), 0);
    QVERIFY(hasErrors(issues));
    QCOMPARE(issues.front().path, "/mappings/0/trigger"s);
    QVERIFY(!hasErrors(issuesOf(projectWith(kGood, "type = 'track'"), 0)));
    QVERIFY(!issuesOf(projectWith(kGood, "type = 'track'"), 0).empty());
}

void TestCheck::mappingMistakes()
{
    const Issues issues
        = issuesOf(projectWith(R"({"url":"https://example.com/","method":"POST","data":{"a":{"@nope":1}}})"), 0);
    QVERIFY(hasErrors(issues));
    QVERIFY2(issues.front().path.starts_with("/mappings/0/settings/data/a"), issues.front().path.c_str());
}

void TestCheck::wholeProject()
{
    Project project = projectWith(kGood);
    QCOMPARE(joined(summary(check(project), "")), ""s);
    project.mappings.push_back(project.mappings[0]);
    project.mappings.push_back(project.mappings[0]);
    project.mappings[2].name.clear();
    project.mappings[2].action = "receive";
    project.name.clear();
    project.settings = *json::parse(R"({"sharedSecret":"hunter2"})");
    project.events.push_back({ "List", *json::parse("[]"), {} });
    QCOMPARE(joined(summary(check(project), "")),
        "warning project-name-empty /name; warning secret-in-file /settings/sharedSecret; error event-no-object "
        "/events/0/event; info mapping-name-twice /mappings/1/name; warning mapping-name-empty /mappings/2/name; "
        "error mapping-action /mappings/2/action"s);
    for (const Issue &issue : check(project))
        QVERIFY(issue.message.find("hunter2") == std::string::npos);
    QCOMPARE(joined(summary(check(newProject("Empty")), "")), "info mappings-none /mappings"s);
}

void TestCheck::fiftyMappings()
{
    Project project = projectWith(kGood);
    for (std::size_t i = 1; i < kMaxMappings; ++i) {
        project.mappings.push_back(project.mappings[0]);
        project.mappings.back().name = "Orders " + std::to_string(i);
    }
    QVERIFY(check(project).empty());
    project.mappings.push_back(defaultMapping("One more"));
    QVERIFY(hasErrors(check(project)));
    QCOMPARE(check(project).front().code, "mappings-too-many"s);
    QVERIFY(read(write(project)).has_value());
}

void TestCheck::onlyOneMapping()
{
    Project project = projectWith("{}");
    project.mappings.push_back(projectWith(kGood).mappings[0]);
    project.mappings.back().name = "Other";
    QVERIFY(hasErrors(issuesOf(project, 0)));
    QVERIFY(issuesOf(project, 1).empty());
    QVERIFY(issuesOf(project, 2).empty());
}

QTEST_APPLESS_MAIN(TestCheck)
#include "tst_check.moc"
