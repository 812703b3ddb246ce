// What comes in: Terraform in JSON, several modules, the shapes of real files that others got wrong, and folders with
// all that may lie in them.
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/destination/formats/import_files.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

using namespace hookbench;
using namespace hookbench::destination;
using namespace std::string_literals;

// Here, since moc does not read on behind some raw strings.
class TestImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void terraformJson();
    void terraformJsonValues_data();
    void terraformJsonValues();
    void terraformJsonMistakes_data();
    void terraformJsonMistakes();
    void shapes_data();
    void shapes();
    void refusals_data();
    void refusals();
    void modulesKeepApart();
    void oneModuleMayReferToAnother();
    void folders_data();
    void folders();
    void foldersThatCannotBeSeen();
    void manyFiles();
    void cancels();
    void nestedEncodingIsBounded();
    void scripts_data();
    void scripts();
    void ownScriptComesBack();
};

namespace {

constexpr const char *kWebhooks = "614a3c7d791c91c41bae7599";

Result<Imported> importText(const std::string &text, const std::string &name = "x.tf")
{
    const NamedText texts[] = { { name, text } };
    return importTexts(texts);
}

std::string destinationBlock(const std::string &label, const std::string &rest = "settings = \"{}\"")
{
    return "resource \"segment_destination\" \"" + label + "\" {\n  name = \"" + label + "\"\n  metadata = { id = \""
        + kWebhooks + "\" }\n  " + rest + "\n}\n";
}

std::string mappingBlock(const std::string &label, const std::string &destination,
    const std::string &settings = "settings = jsonencode({ url = \"https://e.example/\", method = \"POST\" })")
{
    return "resource \"segment_destination_subscription\" \"" + label + "\" {\n  action_id = \""
        + std::string(kSendActionId) + "\"\n  destination_id = " + destination + "\n  name = \"" + label + "\"\n  "
        + settings + "\n}\n";
}

constexpr const char *kJson = R"({
  "//": "of Terraform's JSON syntax",
  "terraform": { "required_providers": { "segment": { "source": "segmentio/segment" } } },
  "variable": { "env": { "description": "not a template: ${" } },
  "import": [ { "to": "segment_destination.orders", "id": "64a1" } ],
  "data": { "segment_destination_metadata": { "webhook": { "id": "614a3c7d791c91c41bae7599" } } },
  "resource": {
    "//": "here too",
    "segment_destination": { "orders": {
      "//": "and here",
      "name": "Orders", "enabled": true,
      "metadata": { "id": "${data.segment_destination_metadata.webhook.id}" },
      "settings": "${jsonencode({\"sharedSecret\": var.secret})}" } },
    "segment_destination_subscription": [
      { "one": { "destination_id": "${segment_destination.orders.id}", "name": "One", "enabled": true,
          "action_id": "nFPnRozhz1mh4Gbx4MLvT5", "trigger": "type = \"track\"",
          "settings": "${jsonencode({url = \"https://h.example/${var.tenant}\", method = \"POST\"})}" } },
      { "two": [ { "destination_id": "${segment_destination.orders.id}", "name": "Two", "enabled": false,
          "action_id": "nFPnRozhz1mh4Gbx4MLvT5", "trigger": "type = \"page\"",
          "settings": "{\"url\": \"https://h.example/$${x}\", \"method\": \"PUT\", \"headers\": {\"X\": \"${var.x}\"}}"
        } ] } ]
  }
}
)";

/// A mapping of Terraform's JSON with that value at settings.data.v.
std::string jsonWith(const std::string &value)
{
    return R"({"resource":{"segment_destination_subscription":{"a":{"action_id":"nFPnRozhz1mh4Gbx4MLvT5",
"settings":{"url":"u","method":"POST","data":{"v":)"
        + value + "}}}}}}";
}

std::string issueAt(const Imported &imported, const std::string &path)
{
    for (const Issue &issue : imported.destinations.front().issues)
        if (issue.path == path)
            return issue.code + ": " + issue.message;
    return {};
}

void write(const QString &path, const std::string &content)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
        || file.write(content.data(), static_cast<qint64>(content.size())) < 0)
        qFatal("%s cannot be written", qPrintable(path));
}

/// Names of the mappings, sorted.
QByteArray mappingsOf(const ImportedDestination &destination)
{
    QByteArrayList names;
    for (const Mapping &mapping : destination.project.mappings)
        names << QByteArray::fromStdString(mapping.name);
    std::sort(names.begin(), names.end());
    return names.join(' ');
}

} // namespace

void TestImport::terraformJson()
{
    for (const char *name : { "main.tf.json", "" }) { // by its name, and by what is in it
        const auto imported = importText(kJson, name);
        QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
        QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
        const ImportedDestination &found = imported->destinations[0];
        QCOMPARE(found.key, "64a1"s);
        QCOMPARE(found.project.name, "Orders"s);
        QVERIFY(!found.sharedSecret);
        QCOMPARE(mappingsOf(found), QByteArray("One Two"));
        QCOMPARE(json::stringify(found.project.mappings[0].settings),
            R"({"method":"POST","url":"https://h.example/${var.tenant}"})"s);
        QCOMPARE(json::stringify(found.project.mappings[1].settings),
            R"({"headers":{"X":"${var.x}"},"method":"PUT","url":"https://h.example/${x}"})"s);
        QVERIFY(found.project.mappings[0].enabled && !found.project.mappings[1].enabled);
        QVERIFY(issueAt(*imported, "/settings").starts_with("placeholder: The shared secret is unknown"));
        QVERIFY(issueAt(*imported, "/mappings/0/settings/url").find("line 17") != std::string::npos);
        QVERIFY(issueAt(*imported, "/mappings/1/settings/headers/X").starts_with("placeholder"));
        QVERIFY(issueAt(*imported, "/mappings/1/settings/url").empty()); // $${ is a plain ${
    }
}

void TestImport::terraformJsonValues_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("settings"); // what it is as JSON
    QTest::addColumn<bool>("isPlaceholder");
    const auto row = [](const char *name, const char *value, const char *settings, bool isPlaceholder = false) {
        QTest::newRow(name) << std::string(value) << std::string(settings) << isPlaceholder;
    };
    row("number", "1.50", "1.5");
    row("null", "null", "null");
    row("boolean", " true ", "true");
    row("text", R"("a\/b\u00fc\ud83d\ude00\n\"")",
        R"("a/b)"
        "\xC3\xBC\xF0\x9F\x98\x80"
        R"(\n\"")");
    row("half a pair", R"("\ud83d")", "\"\xEF\xBF\xBD\"");
    row("composed, as Terraform does", R"("e\u0301")", "\"\xC3\xA9\"");
    row("a reference", R"("${var.x}")", R"("${var.x}")", true);
    row("a reference inside a text", R"("a ${ var.x } b")", R"("a ${var.x} b")", true);
    row("a condition", R"("${var.a ? \"x\" : null}")", R"("${var.a ? \"x\" : null}")", true);
    row("a directive", R"("%{ if var.a }x%{ endif }")", R"("${%{ if var.a }x%{ endif }}")", true);
    row("a number inside a text", R"("${1}")", "1");
    row("escaped", R"("$${a} %%{b} $ %")", R"("${a} %{b} $ %")");
    row("jsonencode", R"("${jsonencode({\"b\" = [1, \"<\"]})}")", R"("{\"b\":[1,\"\\u003c\"]}")");
    row("inside arrays and objects", R"([{"a":["${var.x}"]}])", R"([{"a":["${var.x}"]}])", true);
    row("a name that is a template", R"({"${\"k\"}":1})", R"({"k":1})");
    row("twice the same name", R"({"k":1,"k":2})", R"({"k":2})");
}

void TestImport::terraformJsonValues()
{
    QFETCH(std::string, value);
    QFETCH(std::string, settings);
    QFETCH(bool, isPlaceholder);
    const auto imported = importText(jsonWith(value), "a.tf.json");
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    const json::Value got = json::valueAt(imported->destinations[0].project.mappings[0].settings, "/data/v");
    QCOMPARE(json::stringify(got), settings);
    const Issues &issues = imported->destinations[0].issues;
    QCOMPARE(std::any_of(issues.begin(), issues.end(),
                 [](const Issue &issue) { return issue.path.starts_with("/mappings/0/settings/data/v"); }),
        isPlaceholder);
}

void TestImport::terraformJsonMistakes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::size_t>("line");
    QTest::addColumn<std::size_t>("column");
    QTest::addColumn<std::string>("code");
    const auto row = [](const char *name, std::string text, std::size_t line, std::size_t column,
                         std::string code = "hcl-syntax") {
        QTest::newRow(name) << std::move(text) << line << column << std::move(code);
    };
    row("broken JSON", "{\"resource\":\n  nope}", 2, 4, "json-syntax");
    row("nothing", "", 1, 1, "json-empty");
    row("a list", "[]", 1, 1);
    row("resources are a text", "{\"resource\": \"a\"}", 1, 14);
    row("a type is a number", "{\"resource\":\n{\"a\": 5}}", 2, 7);
    row("a body is a number", "{\"resource\": {\"a\": {\n \"b\": 5}}}", 2, 7);
    row("an argument twice", "{\"resource\": {\"a\": {\"b\": {\"c\": 1,\n\"c\": 2}}}}", 2, 1);
    row("a template in a text", jsonWith("\n\"a\\n\\u00fc${var.x\""), 3, 18);
    row("a template in a name", jsonWith("\n{ \"${\": 1}"), 3, 6);
    row("a bracket too many", jsonWith("1}"), 2, 0, "json-syntax");
    row("too deep", jsonWith(std::string(2000, '[') + std::string(2000, ']')), 2, 0, "json-depth");
    row("too deep, part of it in a text",
        jsonWith(std::string(900, '[') + "\"${" + std::string(900, '(') + "1" + std::string(900, ')') + "}\""
            + std::string(900, ']')),
        2, 0, "hcl-depth");
    row("settings of a wrong kind",
        "{\"resource\": {\"segment_destination_subscription\": {\"a\": {\n  \"settings\": [1]}}}}", 2, 15,
        "import-shape");
}

void TestImport::terraformJsonMistakes()
{
    QFETCH(std::string, text);
    QFETCH(std::size_t, line);
    QFETCH(std::size_t, column);
    QFETCH(std::string, code);
    const NamedText texts[] = { { "good.tf.json", kJson }, { "dir/bad.tf.json", text } };
    const auto imported = importTexts(texts);
    QVERIFY(!imported.has_value());
    const std::string &message = imported.error().message;
    QVERIFY2(imported.error().code == code, message.c_str());
    QVERIFY2(message.starts_with("dir/bad.tf.json: "), message.c_str());
    if (column > 0)
        QVERIFY2(message.find("Line " + std::to_string(line) + ", column " + std::to_string(column)) == 17
                || code == "json-empty",
            message.c_str());
}

void TestImport::shapes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("settings"); // of the first mapping
    QTest::addColumn<std::string>("secret"); // empty: unknown
    const std::string plain = R"({"method":"POST","url":"https://e.example/"})";
    QTest::newRow("settings as blocks")
        << "resource \"segment_destination\" \"d\" {\n  name = \"d\"\n  metadata {\n    id = \""s + kWebhooks
            + "\"\n  }\n  settings {\n    sharedSecret = \"s3cret\"\n  }\n}\n"
            + mappingBlock("m", "segment_destination.d.id",
                "settings {\n    url = \"https://e.example/\"\n    method = \"POST\"\n  }")
        << plain << "s3cret"s;
    QTest::newRow("blocks inside blocks") << destinationBlock("d")
            + mappingBlock("m", "segment_destination.d.id",
                "settings {\n    url = var.u\n    headers {\n      X-A = \"1\"\n    }\n  }")
                                          << R"({"headers":{"X-A":"1"},"url":"${var.u}"})"s
                                          << ""s;
    QTest::newRow("settings as an object") << destinationBlock("d", "settings = { sharedSecret = \"s3cret\" }")
            + mappingBlock(
                "m", "segment_destination.d.id", "settings = { url = \"https://e.example/\", method = \"POST\" }")
                                           << plain << "s3cret"s;
    QTest::newRow("a secret that a text holds as a variable")
        << destinationBlock("d", "settings = <<-E\n    { \"sharedSecret\": \"${var.s}\" }\n  E")
            + mappingBlock("m", "segment_destination.d.id")
        << plain << ""s;
    for (const char *reference : { "one(segment_destination.d[*].id)", "try(segment_destination.d[0].id, null)",
             "var.on ? segment_destination.d[0].id : \"x\"", "element(concat(segment_destination.d.*.id, [\"\"]), 0)",
             "\"${segment_destination.d.id}\"", "segment_destination.d[\"eu\"].id" })
        QTest::newRow(reference) << destinationBlock("d") + mappingBlock("m", reference) << plain << ""s;
    QTest::newRow("comments everywhere, CRLF, a BOM")
        << "\xEF\xBB\xBF// c\r\n/* c\r\n*/ resource \"segment_destination\" \"d\" { # c\r\n  name = \"d\" // c\r\n"
           "  metadata = { /* c */ id = \""s
            + kWebhooks
            + "\" /* c */ } # c\r\n}\r\nresource segment_destination_subscription m {\r\n"
              "  destination_id = segment_destination.d.id\r\n  settings = jsonencode({ url = <<EOU\r\n"
              "https://e.example/\r\nEOU\r\n    method = \"POST\", })\r\n}\r\n"
        << R"({"method":"POST","url":"https://e.example/\r\n"})"s
        << ""s;
}

void TestImport::shapes()
{
    QFETCH(std::string, text);
    QFETCH(std::string, settings);
    QFETCH(std::string, secret);
    const auto imported = importText(text);
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
    const ImportedDestination &found = imported->destinations[0];
    QCOMPARE(found.project.name, "d"s);
    QCOMPARE(found.project.mappings.size(), std::size_t{ 1 });
    QCOMPARE(json::stringify(found.project.mappings[0].settings), settings);
    QCOMPARE(found.sharedSecret.value_or(std::string()), secret);
    QVERIFY(!found.project.settings->contains("sharedSecret"));
}

void TestImport::refusals_data()
{
    QTest::addColumn<QByteArrayList>("files"); // names and texts
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArrayList>("words");
    const QByteArray d = QByteArray::fromStdString(destinationBlock("d"));
    QTest::newRow("the same twice in a folder")
        << QByteArrayList{ "m/a.tf", d, "m/b.tf", "\n" + d } << QByteArray("terraform-duplicate")
        << QByteArrayList{ "m/b.tf: Line 2, column 1", "m/a.tf, line 1" };
    QTest::newRow("an override file") << QByteArrayList{ "m/a.tf", d, "m/prod_override.tf", d }
                                      << QByteArray("terraform-override")
                                      << QByteArrayList{ "m/prod_override.tf: Line 1", "replaces arguments" };
    QTest::newRow("nothing of ours") << QByteArrayList{ "m/a.tf", "module \"x\" {\n  source = \"./x\"\n}\n" }
                                     << QByteArray("import-nothing") << QByteArrayList{ "no mapping of one here. " };
    QTest::newRow("one of another kind") << QByteArrayList{
        "m/a.tf", "resource \"segment_destination\" \"x\" {\n  metadata = { id = \"other\" }\n}\n"
    } << QByteArray("import-nothing") << QByteArrayList{ "only 1 destination of another" };
}

void TestImport::refusals()
{
    QFETCH(QByteArrayList, files);
    QFETCH(QByteArray, code);
    QFETCH(QByteArrayList, words);
    std::vector<NamedText> texts;
    for (qsizetype i = 0; i + 1 < files.size(); i += 2)
        texts.push_back({ files[i].toStdString(), files[i + 1].toStdString() });
    const auto imported = importTexts(texts);
    QVERIFY(!imported.has_value());
    QCOMPARE(QByteArray::fromStdString(imported.error().code), code);
    for (const QByteArray &word : words)
        QVERIFY2(
            imported.error().message.find(word.toStdString()) != std::string::npos, imported.error().message.c_str());
}

void TestImport::modulesKeepApart()
{
    // What is called "this" in one module is another "this" in the other.
    const NamedText texts[] = { { "eu/main.tf", destinationBlock("this") },
        { "eu/subs.tf",
            mappingBlock("eu1", "segment_destination.this.id") + mappingBlock("eu2", "segment_destination.this.id") },
        { "./us/main.tf", destinationBlock("this") + mappingBlock("us1", "segment_destination.this.id") },
        { "us/subs.tf", mappingBlock("us2", "segment_destination.this.id") } };
    const auto imported = importTexts(texts);
    QVERIFY(imported.has_value());
    QCOMPARE(imported->destinations.size(), std::size_t{ 2 });
    QCOMPARE(mappingsOf(imported->destinations[0]), QByteArray("eu1 eu2"));
    QCOMPARE(mappingsOf(imported->destinations[1]), QByteArray("us1 us2"));
}

void TestImport::oneModuleMayReferToAnother()
{
    // An address that is there only once can be meant by no other.
    const NamedText texts[] = { { "d/main.tf", destinationBlock("only") },
        { "m/subs.tf", mappingBlock("one", "segment_destination.only.id") } };
    const auto imported = importTexts(texts);
    QVERIFY(imported.has_value());
    QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
    QCOMPARE(mappingsOf(imported->destinations[0]), QByteArray("one"));
}

void TestImport::folders_data()
{
    QTest::addColumn<QStringList>("paths"); // below the folder
    QTest::addColumn<QByteArrayList>("names"); // of the texts; empty: an error
    const auto rows = [](const char *name, const QStringList &paths, const QByteArrayList &names) {
        QTest::newRow(name) << paths << names;
    };
    const QString top = QStringLiteral(".");
    rows("all of it", { top }, { "a.tf", "b.tf.json", "inner/c.tf", "inner/link.tf" });
    rows("a file twice", { top, QStringLiteral("a.tf"), QStringLiteral("inner/../a.tf") },
        { "a.tf", "b.tf.json", "inner/c.tf", "inner/link.tf" });
    rows("a folder that a link names", { QStringLiteral("inner/up") },
        { "inner/up/a.tf", "inner/up/b.tf.json", "inner/up/inner/c.tf", "inner/up/inner/link.tf" });
    rows("without Terraform", { QStringLiteral("json") }, { "json/x.json", "json/y.hookbench" });
    rows("hidden", { QStringLiteral("hidden") }, {});
    rows("empty", { QStringLiteral("empty") }, {});
    rows("not there", { QStringLiteral("nowhere.tf") }, {});
}

void TestImport::folders()
{
    QFETCH(QStringList, paths);
    QFETCH(QByteArrayList, names);
    QTemporaryDir folder;
    const QDir top(folder.path());
    for (const char *name : { "a.tf", "b.tf.json", "notes.json", "inner/c.tf", "json/x.json", "json/y.hookbench",
             "hidden/.terraform/m.tf", "hidden/.x.tf", "shared.txt" })
        write(top.filePath(QLatin1String(name)), name);
    QVERIFY(top.mkpath(QStringLiteral("empty")));
    QVERIFY(QFile::link(folder.path(), top.filePath(QStringLiteral("inner/up")))); // a circle
    QVERIFY(QFile::link(top.filePath(QStringLiteral("shared.txt")), top.filePath(QStringLiteral("inner/link.tf"))));
    QVERIFY(QFile::link(QStringLiteral("nowhere"), top.filePath(QStringLiteral("inner/broken.tf"))));
    QCOMPARE(::mkfifo(top.filePath(QStringLiteral("inner/pipe.tf")).toLocal8Bit().constData(), 0600), 0);
    std::vector<std::string> asked;
    for (const QString &path : paths)
        asked.push_back((path == u"." ? folder.path() : top.filePath(path)).toStdString());
    const auto texts = readImportFiles(asked);
    QCOMPARE(texts.has_value(), !names.isEmpty());
    if (!texts) {
        QVERIFY(texts.error().message.find(asked.front()) != std::string::npos);
        return;
    }
    QByteArrayList got;
    for (const NamedText &text : *texts)
        got << QByteArray::fromStdString(text.name).mid(folder.path().toLocal8Bit().size() + 1);
    QCOMPARE(got, names);
}

void TestImport::foldersThatCannotBeSeen()
{
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("a.tf")), "");
    write(folder.filePath(QStringLiteral("locked/b.tf")), "");
    const QByteArray locked = folder.filePath(QStringLiteral("locked")).toLocal8Bit();
    QCOMPARE(::chmod(locked.constData(), 0), 0);
    QCOMPARE(::chmod(folder.path().toLocal8Bit().constData(), 0755), 0);
    const bool isRoot = ::geteuid() == 0; // who may look everywhere
    if (isRoot)
        QCOMPARE(::seteuid(65534), 0);
    const auto texts = readImportFiles({ folder.path().toStdString() });
    if (isRoot)
        QCOMPARE(::seteuid(0), 0);
    ::chmod(locked.constData(), 0700);
    QVERIFY(!texts.has_value());
    QCOMPARE(texts.error().code, "file-no-permission"s);
    QVERIFY(texts.error().message.find(locked.toStdString()) != std::string::npos);
}

void TestImport::manyFiles()
{
    QTemporaryDir folder;
    for (int i = 0; i < 10'000; ++i) {
        const std::string label = "m" + std::to_string(i);
        write(folder.filePath(QStringLiteral("d%1/%2.tf").arg(i / 100).arg(i)),
            i < 20 ? (i == 0 ? destinationBlock("only") : std::string())
                    + mappingBlock(label, "segment_destination.only.id")
                   : "locals {\n  a = 1\n}\n");
    }
    const auto texts = readImportFiles({ folder.path().toStdString() });
    QVERIFY(texts.has_value());
    QCOMPARE(texts->size(), std::size_t{ 10'000 });
    const auto imported = importTexts(*texts);
    QVERIFY(imported.has_value());
    QCOMPARE(imported->destinations[0].project.mappings.size(), std::size_t{ 20 });
}

void TestImport::cancels()
{
    const std::atomic<bool> cancelled = true;
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("a.tf")), destinationBlock("a"));
    const auto texts = readImportFiles({ folder.path().toStdString() }, &cancelled);
    QVERIFY(!texts.has_value());
    QCOMPARE(texts.error().code, "import-cancelled"s);
    for (const char *name : { "a.tf", "a.tf.json" }) {
        const NamedText some[] = { { name, destinationBlock("a") } };
        const auto imported = importTexts(some, &cancelled);
        QVERIFY(!imported.has_value());
        QCOMPARE(imported.error().code, "import-cancelled"s);
    }
}

void TestImport::nestedEncodingIsBounded()
{
    // Each is within the bound, all of them would be hours.
    std::string deep = "\"x\"";
    for (int i = 0; i < 18; ++i)
        deep = "jsonencode([" + deep + "])";
    std::string text = "a = [\n";
    for (int i = 0; i < 5000; ++i)
        text += deep + ",\n";
    QElapsedTimer timer;
    timer.start();
    const auto imported = importText(text + "]\n");
    QVERIFY(!imported.has_value());
    QCOMPARE(imported.error().code, "hcl-size"s);
    QVERIFY2(timer.elapsed() < 30'000, "it took too long");
}

void TestImport::scripts_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("mappings"); // names of those of each destination
    QTest::addColumn<std::string>("words"); // of the error
    const std::string d = R"({"metadataId":"614a3c7d791c91c41bae7599","name":"D","settings":{}})";
    const std::string m = R"({"actionId":"nFPnRozhz1mh4Gbx4MLvT5","name":"M","trigger":"","settings":{"url":"it's"}})";
    const auto quoted = [](std::string text, const char *quote) {
        for (std::size_t at = 0; (at = text.find(quote[0] == '\'' ? '\'' : '"', at)) != std::string::npos;) {
            text.replace(at, 1, quote[0] == '\'' ? "'\\''" : "\\\"");
            at += quote[0] == '\'' ? 4 : 2;
        }
        return quote + text + quote;
    };
    const std::string head = "#!/bin/sh\n# curl -d '{ \"metadataId\": no\n";
    QTest::newRow("by hand") << head + "curl https://api.segmentapis.com/destinations -d " + quoted(d, "'")
            + "\ncurl \"$api/destinations/$id/subscriptions\" --json " + quoted(m, "'") + " | jq '{a: .actionId}'\n"
                             << "M\n"s
                             << ""s;
    QTest::newRow("double quotes") << "curl -XPOST https://api.segmentapis.com/destinations -d " + quoted(d, "\"")
            + "\ncurl \\\n  -d " + quoted(m, "\"") + "\n"
                                   << "M\n"s
                                   << ""s;
    QTest::newRow("two") << head + "/destinations " + quoted(d, "'") + " " + quoted(m, "'") + "\n" + quoted(d, "'")
            + "\n"
                         << "M\n\n"s
                         << ""s;
    QTest::newRow("broken") << head + "/destinations\n  " + quoted(d.substr(0, d.size() - 1), "'") + "\n"
                            << ""s
                            << "x.sh: Line 4, column 3: the JSON that begins here: Line 1"s;
    QTest::newRow("without an end") << head + "/destinations\n  '" + d.substr(0, 50) << ""s
                                    << "x.sh: Line 4"s;
    QTest::newRow("no UTF-8") << head + "/destinations \xFF"
                              << ""s
                              << "x.sh: Line 3, column 15"s;
    QTest::newRow("nothing") << head + "curl $api/destinations -d '{}'\n"
                             << ""s
                             << "no Webhooks (Actions) destination"s;
}

void TestImport::scripts()
{
    QFETCH(std::string, text);
    QFETCH(std::string, mappings);
    QFETCH(std::string, words);
    const auto imported = importText(text, "x.sh");
    QCOMPARE(imported.has_value(), words.empty());
    if (!imported) {
        QVERIFY2(imported.error().message.find(words) != std::string::npos, imported.error().message.c_str());
        return;
    }
    std::string got;
    for (const ImportedDestination &found : imported->destinations)
        got += mappingsOf(found).toStdString() + "\n";
    QCOMPARE(got, mappings);
}

void TestImport::ownScriptComesBack()
{
    Project project = newProject("It's \"A\"\n$(x) `y`");
    Mapping mapping = defaultMapping("One's");
    mapping.trigger = R"(type = "track" and event = "a\b'c")";
    mapping.enabled = true;
    json::Arena arena;
    json::ObjectBuilder headers(arena);
    headers.add("Authorization", json::makeString(arena, "Bearer t0ken"))
        .add("X-A", json::makeString(arena, "'\"\\$HOME"));
    mapping.settings = json::Document::copyOf(*json::replaced(mapping.settings, "/headers", headers.build()));
    project.mappings = { mapping };
    for (const bool withSecrets : { true, false }) {
        ExportOptions options{ {}, withSecrets, "s3cret" };
        const std::string script = exportProject(project, Format::Curl, options).text;
        QCOMPARE(sniffFormat(script), Format::Curl);
        const auto imported = importText(script, {});
        QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
        QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
        const ImportedDestination &found = imported->destinations[0];
        QCOMPARE(found.project.name, project.name);
        QCOMPARE(found.sharedSecret.value_or(std::string()), withSecrets ? "s3cret"s : std::string());
        Mapping expected = mapping;
        if (!withSecrets)
            expected.settings = json::Document::copyOf(*json::replaced(mapping.settings, "/headers/Authorization",
                json::makeString(arena, "${var.SECRET_ONE_S_AUTHORIZATION}")));
        QCOMPARE(json::stringify(toJson(found.project.mappings.at(0))), json::stringify(toJson(expected)));
        QCOMPARE(issueAt(*imported, "/settings").empty(), withSecrets);
        QCOMPARE(issueAt(*imported, "/mappings/0/settings/headers/Authorization").empty(), withSecrets);
    }
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
