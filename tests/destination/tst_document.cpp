// The project file: the same bytes back, unknown keys kept, every structural mistake named with its place.
#include "core/destination/document.h"
#include "core/destination/limits.h"
#include "core/destination/migrations.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/storage/file.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::destination;
using namespace std::string_literals;

namespace {

const std::string kFull
    = storage::readFile(HOOKBENCH_TEST_DATA "/destination/full.hookbench", kMaxProjectBytes).value_or(std::string());

const std::string kSmallest = R"({
  "hookbench": 1,
  "name": "",
  "enabled": false,
  "mappings": []
}
)";

/// A document with `mapping` as its only mapping.
std::string withMapping(const std::string &mapping)
{
    return R"({"hookbench":1,"name":"n","enabled":true,"mappings":[)" + mapping + "]}";
}

Result<json::Document> addStep(const json::Document &document, const char *name)
{
    const auto arena = std::make_shared<json::Arena>();
    arena->keepAlive(document.arena());
    json::ObjectBuilder object(*arena);
    object.addAll(document->members()).add(name, json::Value::boolean(true));
    return json::Document(arena, object.build());
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void canonicalFilesComeBackByteForByte_data();
    void canonicalFilesComeBackByteForByte();
    void otherFilesAreReformatted_data();
    void otherFilesAreReformatted();
    void fieldsAreRead();
    void textErrors_data();
    void textErrors();
    void structure_data();
    void structure();
    void everyMistakeIsListed();
    void whatIsReadIsWrittenAgain();
    void mappingsAsJson();
    void migrations();
    void filesKeepTheirName();
    void whatCannotBeReadIsNotSaved();
    void newProjects();
};

void TestDocument::canonicalFilesComeBackByteForByte_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("full") << kFull;
    QTest::newRow("smallest") << kSmallest;
    QTest::newRow("empty lists")
        << "{\n  \"hookbench\": 1,\n  \"id\": \"a\",\n  \"name\": \"n\",\n  \"enabled\": true,\n"
           "  \"settings\": {},\n  \"mappings\": [],\n  \"events\": [],\n  \"tests\": []\n}\n"s;
    QTest::newRow("masked headers stand behind the known keys")
        << "{\n  \"hookbench\": 1,\n  \"name\": \"n\",\n  \"enabled\": true,\n  \"mappings\": [],\n  \"tests\": [],\n"
           "  \"masked_headers\": [\n    \"X-Api-Key\",\n    \"x-token\"\n  ],\n  \"later\": 1\n}\n"s;
    QTest::newRow("an unknown key that is an index comes first, as in JavaScript")
        << "{\n  \"7\": 1,\n  \"hookbench\": 1,\n  \"name\": \"n\",\n  \"enabled\": true,\n  \"mappings\": []\n}\n"s;
}

void TestDocument::canonicalFilesComeBackByteForByte()
{
    QFETCH(std::string, bytes);
    const auto file = readProjectFile(bytes);
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QVERIFY(file->canonical);
    QCOMPARE(file->version, 1);
    QCOMPARE(QByteArray::fromStdString(write(file->project)), QByteArray::fromStdString(bytes));
    QCOMPARE(*read(bytes), file->project);
}

void TestDocument::otherFilesAreReformatted_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("rewritten");
    QTest::newRow("no line feed at the end") << kSmallest.substr(0, kSmallest.size() - 1) << kSmallest;
    QTest::newRow("compact") << R"({"hookbench":1,"name":"","enabled":false,"mappings":[]})"s << kSmallest;
    QTest::newRow("number of another spelling")
        << R"({"hookbench":1.0,"name":"","enabled":false,"mappings":[]})"s << kSmallest;
    QTest::newRow("key order") << R"({"mappings":[],"name":"","enabled":false,"hookbench":1})"s << kSmallest;
    QTest::newRow("key twice") << R"({"hookbench":1,"name":"x","enabled":false,"mappings":[],"name":""})"s << kSmallest;
    QTest::newRow("unknown keys move behind the known ones")
        << R"({"z":1,"hookbench":1,"y":2,"name":"","enabled":false,"mappings":[]})"s
        << kSmallest.substr(0, kSmallest.size() - 3) + ",\n  \"z\": 1,\n  \"y\": 2\n}\n";
}

void TestDocument::otherFilesAreReformatted()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, rewritten);
    const auto file = readProjectFile(bytes);
    QVERIFY(file.has_value());
    QVERIFY(!file->canonical);
    QCOMPARE(QByteArray::fromStdString(write(file->project)), QByteArray::fromStdString(rewritten));
    QVERIFY(readProjectFile(rewritten)->canonical);
}

void TestDocument::fieldsAreRead()
{
    const auto project = read(kFull);
    QVERIFY(project.has_value());
    QCOMPARE(project->id, "k3v9"s);
    QCOMPARE(project->name, "Acme"s);
    QVERIFY(project->enabled);
    QCOMPARE(json::stringify(project->settings), R"({"region":"eu"})"s);
    QCOMPARE(project->mappings.size(), std::size_t{ 1 });
    const Mapping &mapping = project->mappings[0];
    QCOMPARE(mapping.name, "Orders"s);
    QVERIFY(!mapping.enabled);
    QCOMPARE(mapping.action, "send"s);
    QCOMPARE(mapping.trigger, "type = \"track\""s);
    QCOMPARE(json::stringify(mapping.settings->find("data")), R"({"@path":"$."})"s);
    QCOMPARE(json::stringify(mapping.extras), R"({"color":"red","notes":[]})"s);
    QCOMPARE(project->events[0].name, "One"s);
    QCOMPARE(json::stringify(project->events[0].extras), R"({"pinned":true})"s);
    QCOMPARE(json::stringify(project->extras), R"({"zeta":null,"alpha":{"b":1,"a":2}})"s);
    QVERIFY(read(kSmallest)->settings->isUndefined());
    QVERIFY(!read(kSmallest)->listsEvents);
}

void TestDocument::textErrors_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("empty") << ""s
                           << "json-empty"s << 1 << 1;
    QTest::newRow("cut") << "{\n  \"hookbench\": 1,\n"s
                         << "json-syntax"s << 3 << 1;
    QTest::newRow("comma") << "{\"hookbench\":1,}"s
                           << "json-syntax"s << 1 << 16;
    QTest::newRow("UTF-8") << "{\"hookbench\":1,\"name\":\"\xFF\"}"s
                           << "json-utf8"s << 1 << 24;
    QTest::newRow("deep") << std::string(1025, '[') << "json-depth"s << 1 << 1025;
}

void TestDocument::textErrors()
{
    QFETCH(std::string, bytes);
    const auto file = readProjectFile(bytes);
    QVERIFY(!file.has_value());
    QTEST(file.error().code, "code");
    QVERIFY(file.error().position.has_value());
    QTEST(static_cast<int>(file.error().position->line), "line");
    QTEST(static_cast<int>(file.error().position->column), "column");
}

void TestDocument::structure_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("says");
    const auto row
        = [](const char *name, const std::string &bytes, const char *code, const char *path, const char *says) {
              QTest::newRow(name) << bytes << std::string(code) << std::string(path) << std::string(says);
          };
    row("array", "[]", "project-version", "", "found an array");
    row("text", "\"x\"", "project-version", "", "found a string");
    row("other JSON", "{\"mappings\":[]}", "project-version", "", "import");
    row("version as text", R"({"hookbench":"1"})", "project-version", "/hookbench", "The format is 1");
    row("version 0", R"({"hookbench":0})", "project-version", "/hookbench", "The format is 0");
    row("version 1.5", R"({"hookbench":1.5})", "project-version", "/hookbench", "1.5");
    row("version 1e400", R"({"hookbench":1e400})", "project-version", "/hookbench", "Infinity");
    row("newer", R"({"hookbench":2})", "project-newer", "/hookbench", "format 2");
    row("no name", R"({"hookbench":1,"enabled":true,"mappings":[]})", "project-structure", "", "no \"name\"");
    row("name is a number", R"({"hookbench":1,"name":7,"enabled":true,"mappings":[]})", "project-structure", "/name",
        "type string, found number");
    row("enabled is text", R"({"hookbench":1,"name":"n","enabled":"yes","mappings":[]})", "project-structure",
        "/enabled", "type boolean");
    row("id is null", R"({"hookbench":1,"id":null,"name":"n","enabled":true,"mappings":[]})", "project-structure",
        "/id", "null");
    row("settings is an array", R"({"hookbench":1,"name":"n","enabled":true,"settings":[],"mappings":[]})",
        "project-structure", "/settings", "type object, found array");
    row("no mappings", R"({"hookbench":1,"name":"n","enabled":true})", "project-structure", "", "no \"mappings\"");
    row("mappings is an object", R"({"hookbench":1,"name":"n","enabled":true,"mappings":{}})", "project-structure",
        "/mappings", "type array, found object");
    row("a mapping is null", withMapping("null"), "project-structure", "/mappings/0",
        "Mapping 1 must be of type object");
    row("a mapping without trigger", withMapping(R"({"name":"a","enabled":true})"), "project-structure", "/mappings/0",
        "no \"trigger\"");
    row("settings of a mapping", withMapping(R"({"name":"a","enabled":true,"trigger":"","settings":"x"})"),
        "project-structure", "/mappings/0/settings", "found string");
    row("an action that is no text", withMapping(R"({"name":"a","enabled":true,"trigger":"","action":1})"),
        "project-structure", "/mappings/0/action", "found number");
    row("events", R"({"hookbench":1,"name":"n","enabled":true,"mappings":[],"events":{}})", "project-structure",
        "/events", "found object");
    row("an event without event", R"({"hookbench":1,"name":"n","enabled":true,"mappings":[],"events":[{"name":"e"}]})",
        "project-structure", "/events/0", "no \"event\"");
    row("a test that is a number", R"({"hookbench":1,"name":"n","enabled":true,"mappings":[],"tests":[{},7]})",
        "project-structure", "/tests/1", "Test 2");
    row("masked headers as an object", R"({"hookbench":1,"name":"n","enabled":true,"mappings":[],"masked_headers":{}})",
        "project-structure", "/masked_headers", "type array, found object");
    row("a masked header that is no text",
        R"({"hookbench":1,"name":"n","enabled":true,"mappings":[],"masked_headers":["a",7]})", "project-structure",
        "/masked_headers/1", "Masked header 2 must be a header's name");
}

void TestDocument::structure()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, says);
    const auto project = read(bytes);
    QVERIFY(!project.has_value());
    QTEST(project.error().code, "code");
    QTEST(project.error().path, "path");
    QVERIFY2(project.error().message.find(says) != std::string::npos, project.error().message.c_str());
}

void TestDocument::everyMistakeIsListed()
{
    const auto document = json::parse(
        R"({"hookbench":1,"enabled":1,"mappings":[{"name":"a","enabled":true,"trigger":7},5],"tests":{}})");
    std::vector<std::string> found;
    for (const Issue &issue : structureIssues(*document)) {
        QCOMPARE(issue.severity, Severity::Error);
        found.push_back(issue.code + " " + issue.path);
    }
    const std::vector<std::string> expected{ "project-missing-key ", "project-wrong-type /enabled",
        "project-wrong-type /mappings/0/trigger", "project-wrong-type /mappings/1", "project-wrong-type /tests" };
    QCOMPARE(found, expected);
    QVERIFY(structureIssues(*json::parse(kFull)).empty());
}

void TestDocument::whatIsReadIsWrittenAgain()
{
    int readable = 0;
    for (std::size_t at = 0; at < kFull.size(); ++at) {
        QVERIFY(!read(kFull.substr(0, at)).has_value() || at == kFull.size() - 1); // only the line feed may be missing
        for (const char c : { '0', 'x', '"', '{', '}', ',', ' ', '\\', '\xff' }) {
            std::string bytes = kFull;
            bytes[at] = c;
            const auto project = read(bytes);
            if (!project)
                continue;
            ++readable;
            const auto again = readProjectFile(write(*project));
            QVERIFY(again.has_value());
            QVERIFY(again->canonical);
            QCOMPARE(again->project, *project);
        }
    }
    QVERIFY(readable > 1000);
}

void TestDocument::mappingsAsJson()
{
    const Mapping mapping = read(kFull)->mappings[0];
    const json::Document json = toJson(mapping);
    QCOMPARE(*mappingFromJson(json), mapping);
    QCOMPARE(mappingFromJson(*json::parse("{}"), "/mappings/3").error().path, "/mappings/3"s);
}

void TestDocument::migrations()
{
    const Migration steps[] = {
        { 1, [](const json::Document &document) { return addStep(document, "one"); } },
        { 2, [](const json::Document &document) { return addStep(document, "two"); } },
    };
    const auto upgrade = [&](const char *text, int current) { return migrated(*json::parse(text), current, steps); };
    QCOMPARE(json::stringify(*upgrade(R"({"hookbench":1})", 3)), R"({"hookbench":3,"one":true,"two":true})"s);
    QCOMPARE(json::stringify(*upgrade(R"({"hookbench":2})", 3)), R"({"hookbench":3,"two":true})"s);
    QCOMPARE(json::stringify(*upgrade(R"({"hookbench":3})", 3)), R"({"hookbench":3})"s);
    QCOMPARE(upgrade(R"({"hookbench":4})", 3).error().code, "project-newer"s);
    QCOMPARE(upgrade(R"({"hookbench":3})", 4).error().code, "project-version"s);
}

void TestDocument::filesKeepTheirName()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a.hookbench")).toStdString();
    QVERIFY(save(*read(kFull), path).has_value());
    QCOMPARE(*storage::readFile(path, 1 << 20), kFull);
    QCOMPARE(*load(path), *read(kFull));

    QVERIFY(storage::writeFileAtomically(path, "{\n  oops").has_value());
    const auto broken = load(path);
    QVERIFY(!broken.has_value());
    QVERIFY2(broken.error().message.starts_with(path + ": Line 2, column 3"), broken.error().message.c_str());

    const auto missing = load(path + "x");
    QCOMPARE(missing.error().code, "file-not-found"s);
    QVERIFY(missing.error().message.find(path + "x") != std::string::npos);
}

void TestDocument::whatCannotBeReadIsNotSaved()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a.hookbench")).toStdString();
    Project project = *read(kFull);
    QVERIFY(save(project, path).has_value());
    project.name = "\xFF"s;
    QCOMPARE(save(project, path).error().code, "project-unreadable"s);
    project.name = std::string(kMaxProjectBytes, 'x');
    QCOMPARE(save(project, path).error().code, "project-unreadable"s);
    QCOMPARE(*storage::readFile(path, 1 << 20), kFull);
}

void TestDocument::newProjects()
{
    const Project project = newProject("Acme");
    QVERIFY(!project.id.empty());
    QVERIFY(project.id != newProject("Acme").id);
    QCOMPARE(*read(write(project)), project);

    const Mapping mapping = defaultMapping("Orders");
    QVERIFY(!mapping.enabled);
    QCOMPARE(json::stringify(mapping.settings),
        R"({"url":"","method":"POST","headers":{},"data":{"@path":"$."},"enable_batching":false,"batch_size":0,)"
        R"("batch_keys":["url","method","headers"]})"s);
    Mapping original = mapping;
    original.enabled = true;
    const Mapping copy = duplicate(original);
    QCOMPARE(copy.name, "Orders (Copy)"s);
    QVERIFY(!copy.enabled);
    QCOMPARE(copy.settings, mapping.settings);

    Project two = project;
    two.mappings = { mapping, copy, mapping };
    QCOMPARE(mappingsNamed(two, "Orders"), (std::vector<std::size_t>{ 0, 2 }));
    QVERIFY(mappingsNamed(two, "orders").empty());
    QCOMPARE(*read(write(two)), two);
}

QTEST_APPLESS_MAIN(TestDocument)
#include "tst_document.moc"
