// Destinations in and out: the shapes of real workspaces, HCL piece by piece, Segment's JSON, and what goes out comes
// back as it was.
#include "core/destination/check.h"
#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/destination/formats/hcl.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/storage/file.h"

#include <QDir>
#include <QElapsedTimer>
#include <QtTest>

#include <algorithm>

using namespace hookbench;
using namespace hookbench::destination;
using namespace std::string_literals;

// Here, since moc does not read on behind some raw strings.
class TestFormats : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shapes_data();
    void shapes();
    void aWorkspace();
    void values_data();
    void values();
    void mistakes_data();
    void mistakes();
    void hostile_data();
    void hostile();
    void references_data();
    void references();
    void unknownValues();
    void sharedSecrets_data();
    void sharedSecrets();
    void segmentShapes_data();
    void segmentShapes();
    void segmentMistakes_data();
    void segmentMistakes();
    void comesBack_data();
    void comesBack();
    void terraformSorts();
    void someMappings();
    void secretsStayHere_data();
    void secretsStayHere();
    void sniffs_data();
    void sniffs();
    void standIns_data();
    void standIns();
};

namespace {

std::string fileText(const std::string &path)
{
    return storage::readFile(path).value_or(std::string());
}

Result<Imported> importText(const std::string &text, const std::string &name = "x.tf")
{
    const NamedText texts[] = { { name, text } };
    return importTexts(texts);
}

/// As a file, without the id.
std::string written(Project project)
{
    project.id.clear();
    return write(project);
}

bool hasIssue(const Issues &issues, std::string_view code, std::string_view path)
{
    return std::any_of(
        issues.begin(), issues.end(), [&](const Issue &issue) { return issue.code == code && issue.path == path; });
}

std::string resource(const std::string &settings)
{
    return "resource \"segment_destination_subscription\" \"a\" {\n  action_id = \"nFPnRozhz1mh4Gbx4MLvT5\"\n"
           "  destination_id = \"d\"\n  name = \"A\"\n  settings = "
        + settings + "\n  trigger = \"type = \\\"track\\\"\"\n}\n";
}

/// Every settings object of the vectors' cases, and every mapping as Data.
Project vectorProject()
{
    Project project = newProject("Vectors \"${x}\" \xC3\xBC");
    const QDir folder(QStringLiteral(HOOKBENCH_TEST_DATA "/vectors"));
    for (const QString &name : folder.entryList({ QStringLiteral("*.ndjson") })) {
        const std::string all = fileText(folder.filePath(name).toStdString());
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = std::min(all.find('\n', at), all.size());
            const auto line = json::parse(std::string_view(all).substr(at, end - at));
            at = end + 1;
            if (!line)
                continue;
            const json::Value op = line->root().find("op");
            Mapping mapping = defaultMapping("m" + std::to_string(project.mappings.size()));
            mapping.enabled = project.mappings.size() % 2 == 0;
            if (op.isString() && op.asString() == "deliver") {
                const json::Value subscription = line->root().find("subscription");
                if (!subscription.find("mapping").isObject())
                    continue;
                mapping.settings = json::Document::copyOf(subscription.find("mapping"));
                if (const json::Value trigger = subscription.find("subscribe"); trigger.isString())
                    mapping.trigger = trigger.asString();
            } else if (op.isString() && op.asString() == "transform") {
                const json::Value text = line->root().find("mapping_text");
                const auto parsed = text.isString() ? json::parse(text.asString()) : Result<json::Document>(*line);
                if (!parsed)
                    continue;
                mapping.settings = *json::replaced(
                    mapping.settings, "/data", text.isString() ? parsed->root() : line->root().find("mapping"));
                mapping.settings = json::Document::copyOf(mapping.settings);
            } else {
                continue;
            }
            project.mappings.push_back(std::move(mapping));
        }
    }
    return project;
}

/// batch_size and enable_batching as an import makes them.
json::Document typed(const json::Document &settings)
{
    json::Document out = settings;
    if (const json::Value size = settings->find("batch_size"); size.isString())
        if (const auto number = json::parse(size.asString()); number && number->root().isNumber())
            out = json::Document::copyOf(*json::replaced(out, "/batch_size", *number));
    return out;
}

const std::string kSecretProject = R"({"hookbench":1,"id":"i","name":"S","enabled":true,
  "settings":{"sharedSecret":"tops3cret","other":1},"mappings":[
  {"name":"A","enabled":true,"action":"send","trigger":"type = \"track\"","settings":{
    "url":"https://joe:pass3word@example.com/x","method":"POST","data":{"a":"e\u0301"},
    "headers":{"authorization":"Bearer tok3n","Cookie":{"@if":{"exists":{"@path":"$.a"},"then":"cook1e","else":"-"}},
               "Proxy-Authorization":{"@template":"Bearer {{properties.t}}"},"X-Tenant":"acme"}}},
  {"name":"B","enabled":false,"action":"send","trigger":"type = \"page\"","settings":{"url":"https://b.example/","method":"PUT"}}]})";

} // namespace

void TestFormats::shapes_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("destination");
    QTest::newRow("Git Sync") << "01-git-sync"s
                              << ""s;
    QTest::newRow("settings as JSON in a text") << "02-json-string"s
                                                << ""s;
    QTest::newRow("a root directive, no destination") << "03-root-directive"s
                                                      << ""s;
    QTest::newRow("by hand") << "04-by-hand"s
                             << ""s;
    QTest::newRow("a workspace") << "05-a-workspace"s
                                 << "Webhook two"s;
}

void TestFormats::shapes()
{
    QFETCH(std::string, name);
    QFETCH(std::string, destination);
    const std::string stem = HOOKBENCH_TEST_DATA "/terraform/" + name;
    const auto imported = importText(fileText(stem + ".tf"), name);
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    const auto found = std::find_if(imported->destinations.begin(), imported->destinations.end(),
        [&](const ImportedDestination &d) { return destination.empty() || d.project.name == destination; });
    QVERIFY(found != imported->destinations.end());
    QVERIFY(!found->project.id.empty());
    QCOMPARE(QByteArray::fromStdString(written(found->project)),
        QByteArray::fromStdString(fileText(stem + ".expected.hookbench")));
}

void TestFormats::aWorkspace()
{
    // Files of a folder refer to each other; a hundred other resources do not matter.
    std::string others;
    for (int i = 0; i < 100; ++i)
        others += "resource \"aws_thing\" \"t" + std::to_string(i)
            + "\" {\n  for_each = { for k, v in var.x : k => v... if v != null }\n  a = [for x in local.y : x.id if "
              "!x.off]\n"
              "  b = var.c ? \"${upper(var.d)}-%{ if var.e }e%{ else }f%{ endif }\" : data.a.b[0].c[*].d\n"
              "  dynamic \"rule\" {\n    for_each = []\n    content { x = -var.n + 1 * 2 }\n  }\n}\n";
    const NamedText texts[] = { { "a.tf", others },
        { "b.tf",
            "resource \"segment_destination_subscription\" \"s\" {\n  destination_id = "
            "segment_destination.w[\"eu\"].id\n"
            "  name = \"S\"\n  enabled = \"true\"\n  trigger = \"event = \\\"a\\\"\"\n  settings = jsonencode({ url = "
            "\"u\" })\n}\n" },
        { "c.tf",
            "data \"segment_destination_metadata\" \"hooks\" { id = \"614a3c7d791c91c41bae7599\" }\n"
            "resource \"segment_destination\" \"other\" {\n  metadata = { id = \"x\" }\n}\n" },
        { "d.tf",
            "resource \"segment_destination\" \"w\" {\n  count = 2\n  name = \"W\"\n  source_id = \"s\"\n"
            "  metadata = { id = data.segment_destination_metadata.hooks.id }\n}\n" } };
    const auto imported = importTexts(texts);
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
    QCOMPARE(imported->otherDestinations, std::size_t{ 1 });
    const ImportedDestination &w = imported->destinations[0];
    QCOMPARE(w.project.name, "W"s);
    QCOMPARE(w.project.mappings.size(), std::size_t{ 1 });
    QVERIFY(w.project.mappings[0].enabled);
    QVERIFY(hasIssue(w.issues, "terraform-repeated", ""));
    const NamedText alone[] = { texts[0], texts[2] };
    QCOMPARE(importTexts(alone).error().code, "import-nothing"s);
}

void TestFormats::values_data()
{
    QTest::addColumn<std::string>("hcl");
    QTest::addColumn<std::string>("json");
    QTest::addColumn<int>("placeholders");
    const auto row = [](const char *name, std::string hcl, std::string json, int placeholders = 0) {
        QTest::newRow(name) << std::move(hcl) << std::move(json) << placeholders;
    };
    row("numbers", "[0, -1, 1.50, 1e3, 1E-2, 007, -(-2), 9007199254740993]",
        "[0,-1,1.5,1000,0.01,7,2,9007199254740992]");
    row("words", "[true, false, null, [], {}]", "[true,false,null,[],{}]");
    row("keys of all kinds", "{ a = 1, b-c : 2, \"d e\" = 3, 5 = 4, (\"f\") = 5, null = 6\n true : 7 }",
        R"({"5":4,"a":1,"b-c":2,"d e":3,"f":5,"null":6,"true":7})");
    row("the last of equal keys", "{ a = 1, b = 2, a = 3 }", R"({"a":3,"b":2})");
    row("commas, lines, comments", "{ # x\n a = 1 // y\n /* z\n */ b = [ # c\n 1, // d\n 2,\n ],\n}",
        R"({"a":1,"b":[1,2]})");
    row("escapes", R"("\n\r\t\"\\\u00fc\U0001F600 \u0000")",
        R"("\n\r\t\"\\)"
        "\xC3\xBC\xF0\x9F\x98\x80"
        R"( \u0000")");
    row("dollars", R"("$${a} $$${a} %%{b} $ % $$ $a \u0024{c}")", R"("${a} $${a} %{b} $ % $$ $a ${c}")");
    row("NFC", R"("e\u0301")", "\"\xC3\xA9\"");
    row("templates of literals", R"("a${1.50}b${true}c${"d"}")", R"("a1.5btruecd")");
    row("a template alone gives the value", R"(["${1}", "${[1]}", "${{ a = 1 }}"])", R"([1,[1],{"a":1}])");
    row("strip markers", R"("a ${~ "b" ~} c")", R"("abc")");
    row("parentheses over lines", "(\n  1\n)", "1");
    row("heredoc", "<<EOT\n  a \"b\" \\n\n$${c}\nEOT", R"("  a \"b\" \\n\n${c}\n")");
    row("flush heredoc", "<<-EOT\n    a\n\n      b\n  EOT", R"("a\n\n  b\n")");
    row("empty heredoc", "<<EOT\nEOT", R"("")");
    row("jsonencode inside", R"({ a = jsonencode({ b = "<&>", a = [1] }) })",
        R"({"a":"{\"a\":[1],\"b\":\"\\u003c\\u0026\\u003e\"}"})");
    row("variable", "var.x", R"("${var.x}")", 1);
    row("inside a text", R"("https://${var.host}/x")", R"("https://${var.host}/x")", 1);
    row("function", "{ a = upper( \"x\",\n  [1]...) }", R"({"a":"${upper( \"x\", [1]...)}"})", 1);
    row("provider function", "provider::a::b(1)", R"("${provider::a::b(1)}")", 1);
    row("operators", "1 + 2 >= var.x && !false", R"("${1 + 2 >= var.x && !false}")", 1);
    row("condition", "var.a ? { b = 1 } : null", R"("${var.a ? { b = 1 } : null}")", 1);
    row("loop", "[for k, v in { a = 1 } : \"${k}\" if v > 0]", R"("${[for k, v in { a = 1 } : \"${k}\" if v > 0]}")",
        1);
    row("a text with directives", R"("%{ if true }a%{ endif }")", R"("${\"%{ if true }a%{ endif }\"}")", 1);
    row("index and splat", "a.b[0].*.c[\"d\"]", R"("${a.b[0].*.c[\"d\"]}")", 1);
    row("null in a text", R"("a${null}")", R"("a${null}")", 1);
}

void TestFormats::values()
{
    QFETCH(std::string, hcl);
    QFETCH(std::string, json);
    QFETCH(int, placeholders);
    const auto file = hcl::parse("x = " + hcl + "\n");
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(file->body.attributes.size(), std::size_t{ 1 });
    QCOMPARE(QByteArray::fromStdString(json::stringify(file->body.attributes[0].expression.value)),
        QByteArray::fromStdString(json));
    QCOMPARE(static_cast<int>(file->placeholders.size()), placeholders);
}

void TestFormats::mistakes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::size_t>("line");
    QTest::addColumn<std::size_t>("column");
    QTest::addColumn<std::string>("code");
    const auto row = [](const char *name, std::string text, std::size_t line, std::size_t column,
                         std::string code = "hcl-syntax") {
        QTest::newRow(name) << std::move(text) << line << column << std::move(code);
    };
    row("no value", "a = \n", 1, 5);
    row("open block", "a {\n  b = 1\n", 3, 1);
    row("open object", "a = {\n  b = 1\n", 3, 1);
    row("open text", "\n a = \"b\n", 2, 6);
    row("open heredoc", "a = <<EOT\nb\n", 1, 5);
    row("open comment", "a = 1 /* b", 1, 7);
    row("open interpolation", "a = \"${b\"\n", 1, 9);
    row("unknown escape", "a = \"\\q\"\n", 1, 6);
    row("short escape", "a = \"\\u12\"\n", 1, 6);
    row("two on a line", "a = 1 b = 2\n", 1, 7);
    row("twice", "a = 1\na = 2\n", 2, 1);
    row("a list without commas", "a = [1 2]\n", 1, 8);
    row("a member without a value", "a = { b }\n", 1, 9);
    row("a key that is a list", "a = { [1] = 2 }\n", 1, 7);
    row("stray bracket", "}\n", 1, 1);
    row("a label with a reference", "a \"${b}c\" {\n", 1, 3);
    row("half a loop", "a = [for x y]\n", 1, 12);
    row("JSON in a broken place", "a = {\"b\": }\n", 1, 11);
    row("NUL", "a = \0\n"s, 1, 5);
    row("a condition without an end", "a = \"x%{ if b }c\"\n", 1, 7);
    row("a loop without an end", "a = <<E\n\n%{ for x in y }\nE\n", 3, 1);
    row("an end without a condition", "a = \"%{ endif }\"\n", 1, 6);
    row("the end of another", "a = \"%{ for x in y }%{ endif }\"\n", 1, 21);
    row("two elses", "a = \"%{ if x }%{ else }%{ else }%{ endif }\"\n", 1, 24);
    row("an argument behind the last one", "a = f(1..., 2)\n", 1, 11);
    row("a member's value on the next line", "a = { b =\n1 }\n", 1, 10);
    row("two arguments of a block on one line", "a { b = 1\n}\n", 1, 10);
    row("a block in a block on one line", "a { b {} }\n", 1, 5);
    row("a block that ends on an argument's line", "a {\nb = 1 }\n", 2, 7);
    row("column counts code points", "a = [\"\xC3\xBC\xC3\xBC\" \"\"]\n", 1, 11);
    row("no UTF-8", "a = 1\nb = \"\xFF\"\n", 2, 6, "hcl-utf8");
    row("settings that are no JSON", resource("\"{\\\"a\\\":\""), 5, 14, "json-syntax");
    row("settings that are a list", resource("jsonencode([1])"), 5, 14, "import-shape");
}

void TestFormats::mistakes()
{
    QFETCH(std::string, text);
    QFETCH(std::size_t, line);
    QFETCH(std::size_t, column);
    QFETCH(std::string, code);
    // Nothing of the good file comes through either.
    const NamedText texts[]
        = { { "good/x.tf", resource("jsonencode({ url = \"u\", method = \"POST\" })") }, { "bad.tf", text } };
    const auto imported = importTexts(texts);
    QVERIFY(!imported.has_value());
    QCOMPARE(imported.error().code, code);
    QVERIFY2(imported.error().message.starts_with(
                 "bad.tf: Line " + std::to_string(line) + ", column " + std::to_string(column) + ":"),
        imported.error().message.c_str());
    QVERIFY(imported.error().position.has_value());
    QCOMPARE(imported.error().position->line, line);
}

void TestFormats::hostile_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("code"); // empty: it is read
    const auto times = [](std::size_t count, const std::string &text) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i)
            out += text;
        return out;
    };
    QTest::newRow("deep lists") << "a = " + std::string(100'000, '[') << "hcl-depth"s;
    QTest::newRow("deep objects") << "a = " + times(100'000, "{a=") << "hcl-depth"s;
    QTest::newRow("deep blocks") << times(100'000, "a{\n") << "hcl-depth"s;
    QTest::newRow("deep templates") << "a = " + times(100'000, "\"${") << "hcl-depth"s;
    QTest::newRow("deep parentheses") << "a = " + std::string(100'000, '(') << "hcl-depth"s;
    QTest::newRow("deep conditions") << "a = " + times(100'000, "b?") << "hcl-depth"s;
    QTest::newRow("heredocs in each other") << "a = " + times(2'000, "<<A\n${") + "\nA\n"
                                            << "hcl-depth"s;
    QTest::newRow("jsonencode of jsonencode")
        << "a = [" + times(60, "jsonencode(") + "\"\\\"\"" + std::string(60, ')') + "]\n"
        << "hcl-size"s;
    QTest::newRow("many signs") << "a = " + std::string(1'000'000, '-') + "1\n"
                                << ""s;
    QTest::newRow("many operands") << "a = 1" + times(300'000, "+1") + "\n"
                                   << ""s;
    QTest::newRow("many steps") << "a = b" + times(300'000, ".c") + "\n"
                                << ""s;
    QTest::newRow("many placeholders") << resource("jsonencode({ url = [" + times(100'000, "a.b,\n")
        + "], method = 1 })") << ""s;
    QTest::newRow("many keys") << "a = {" +
            [] {
                std::string keys;
                for (int i = 0; i < 200'000; ++i)
                    keys += "k" + std::to_string(i) + "=1\n";
                return keys;
            }()
            + "}\n"
                               << ""s;
    QTest::newRow("too big") << std::string(hcl::kMaxBytes + 1, ' ') << "hcl-size"s;
    QTest::newRow("deep but in bounds") << "a = " + std::string(1000, '[') + std::string(1000, ']') + "\n"
                                        << ""s;
}

void TestFormats::hostile()
{
    QFETCH(std::string, text);
    QFETCH(std::string, code);
    QElapsedTimer timer;
    timer.start();
    const auto file = hcl::parse(text);
    QCOMPARE(file ? std::string() : file.error().code, code);
    const auto imported = importText(text);
    QVERIFY(imported.has_value() || !imported.error().message.empty());
    QVERIFY2(timer.elapsed() < 30'000, "it took too long");
}

void TestFormats::references_data()
{
    QTest::addColumn<std::string>("id");
    QTest::newRow("reference") << "segment_destination.w.id"s;
    QTest::newRow("old style") << "\"${segment_destination.w.id}\""s;
    QTest::newRow("indexed") << "segment_destination.w[0].id"s;
    QTest::newRow("the id that an import block tells") << "\"d77\""s;
}

void TestFormats::references()
{
    QFETCH(std::string, id);
    const auto imported = importText("resource \"segment_destination_subscription\" \"s\" {\n  destination_id = " + id
        + "\n  action_id = var.action\n  trigger = \"\"\n  settings = jsonencode({})\n}\n"
          "import {\n  to = segment_destination.w\n  id = \"d77\"\n}\n"
          "resource \"segment_destination\" \"w\" {\n  name = \"W\"\n  metadata = { id = \"614a3c7d791c91c41bae7599\" "
          "}\n}\n");
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
    QCOMPARE(imported->destinations[0].project.mappings.size(), std::size_t{ 1 });
    QCOMPARE(imported->destinations[0].key, "d77"s);
}

void TestFormats::unknownValues()
{
    const auto imported
        = importText("resource \"segment_destination_subscription\" \"s\" {\n"
                     "  destination_id = var.d\n  action_id = \"nFPnRozhz1mh4Gbx4MLvT5\"\n"
                     "  name = var.n\n  enabled = var.on\n  trigger = local.t\n"
                     "  settings = jsonencode({ url = \"https://${var.host}/\", method = \"POST\", "
                     "data = { a = [1, upper(\"x\")] }, "
                     "headers = { Authorization = \"Bearer \xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"
                     "1234\" } })\n}\n"
                + resource("local.settings"),
            "f.tf");
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    QCOMPARE(imported->destinations.size(), std::size_t{ 2 });
    const Issues &issues = imported->destinations[0].issues;
    const Mapping &mapping = imported->destinations[0].project.mappings[0];
    QVERIFY(!mapping.enabled);
    QCOMPARE(mapping.trigger, "${local.t}"s);
    for (const char *path : { "/mappings/0/name", "/mappings/0/enabled", "/mappings/0/trigger",
             "/mappings/0/settings/url", "/mappings/0/settings/data/a/1" })
        QVERIFY2(hasIssue(issues, "placeholder", path), path);
    QVERIFY(hasIssue(issues, "value-masked", "/mappings/0/settings/headers/Authorization"));
    QVERIFY(issues[0].message.find("f.tf, line 4") != std::string::npos);
    QVERIFY(hasIssue(imported->destinations[1].issues, "placeholder", "/mappings/0/settings"));
    // They are still listed when the project is opened again.
    const Issues later = check(imported->destinations[0].project);
    QVERIFY(hasIssue(later, "placeholder", "/mappings/0/settings/url"));
    QVERIFY(hasIssue(later, "placeholder", "/mappings/0/settings/data/a/1"));
    QVERIFY(hasIssue(later, "value-masked", "/mappings/0/settings/headers/Authorization"));
    // A placeholder goes out as the text it is, never as an expression that Terraform would work out.
    const Exported exported = exportProject(imported->destinations[0].project, Format::Terraform);
    QVERIFY(exported.text.find("\"https://$${var.host}/\"") != std::string::npos);
    QVERIFY(hasIssue(exported.issues, "placeholder", "/mappings/0/settings/url"));
}

void TestFormats::sharedSecrets_data()
{
    QTest::addColumn<std::string>("hcl");
    QTest::addColumn<std::string>("secret");
    QTest::addColumn<std::string>("code");
    QTest::newRow("text") << "\"s3cret\""s
                          << "s3cret"s
                          << ""s;
    QTest::newRow("number") << "123"s
                            << "123"s
                            << ""s;
    QTest::newRow("empty") << "\"\""s
                           << ""s
                           << ""s;
    QTest::newRow("null") << "null"s
                          << ""s
                          << ""s;
    QTest::newRow("masked") << "\"\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"
                               "6354\""s
                            << ""s
                            << "secret-masked"s;
    QTest::newRow("variable") << "var.s"s
                              << ""s
                              << "placeholder"s;
    QTest::newRow("text with a variable") << "\"a${var.s}\""s
                                          << ""s
                                          << "placeholder"s;
}

void TestFormats::sharedSecrets()
{
    QFETCH(std::string, hcl);
    QFETCH(std::string, secret);
    QFETCH(std::string, code);
    const auto imported = importText("resource \"segment_destination\" \"w\" {\n  metadata = { id = "
                                     "\"614a3c7d791c91c41bae7599\" }\n  settings = jsonencode({ sharedSecret = "
        + hcl + ", kept = 1 })\n}\n");
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    const ImportedDestination &destination = imported->destinations[0];
    QCOMPARE(destination.sharedSecret.value_or(""), secret);
    QCOMPARE(json::stringify(destination.project.settings), R"({"kept":1})"s);
    QCOMPARE(destination.issues.empty() ? std::string() : destination.issues[0].code, code);
    QVERIFY(secret.empty() || write(destination.project).find(secret) == std::string::npos);
}

void TestFormats::segmentShapes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("name");
    QTest::addColumn<int>("mappings");
    const std::string destination
        = R"({"id":"d1","name":"N","enabled":true,"sourceId":"s","settings":{"sharedSecret":"x"},)"
          R"("metadata":{"id":"614a3c7d791c91c41bae7599","name":"Webhooks"}})";
    const std::string request = R"({"sourceId":"s","metadataId":"614a3c7d791c91c41bae7599","name":"N","settings":{}})";
    const std::string subscription = R"({"id":"u","name":"S","actionId":"nFPnRozhz1mh4Gbx4MLvT5","actionSlug":"send",)"
                                     R"("destinationId":"d1","modelId":"","enabled":true,"trigger":"type = \"track\"",)"
                                     R"("settings":{"url":"https://a.example/","method":"POST"}})";
    const std::string other = R"({"id":"d2","name":"O","metadata":{"id":"zz"},"settings":{}})";
    QTest::newRow("get") << R"({"data":{"destination":)" + destination + "}}"
                         << "N"s << 0;
    QTest::newRow("list") << R"({"data":{"destinations":[)" + other + "," + destination
            + R"(],"pagination":{"current":"MA=="}}})"
                          << "N"s << 0;
    QTest::newRow("bare") << destination << "N"s << 0;
    QTest::newRow("request") << request << "N"s << 0;
    QTest::newRow("subscription alone") << R"({"data":{"subscription":)" + subscription + "}}"
                                        << "d1"s << 1;
    QTest::newRow("answer of create") << R"({"data":{"destinationSubscription":)" + subscription + "}}"
                                      << "d1"s << 1;
    QTest::newRow("subscriptions") << R"({"data":{"subscriptions":[)" + subscription + "," + subscription + "]}}"
                                   << "d1"s << 2;
    QTest::newRow("both") << R"({"destination":)" + destination + R"(,"subscriptions":[)" + subscription + "]}"
                          << "N"s << 1;
    QTest::newRow("bare list of both") << "[" + subscription + "," + destination + "]"
                                       << "N"s << 1;
    QTest::newRow("inside the destination")
        << R"({"metadataId":"614a3c7d791c91c41bae7599","name":"N","subscriptions":[{"name":"x",)"
           R"("trigger":"","settings":{}}]})"s
        << "N"s << 1;
    QTest::newRow("a mapping of a project")
        << R"({"name":"S","enabled":true,"action":"send","trigger":"","settings":{}})"s
        << "Imported mappings"s << 1;
    QTest::newRow("the framework's words") << R"({"name":"S","partnerAction":"send","subscribe":"","mapping":{}})"s
                                           << "Imported mappings"s << 1;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + destination << "N"s << 0;
}

void TestFormats::segmentShapes()
{
    QFETCH(std::string, text);
    QFETCH(std::string, name);
    QFETCH(int, mappings);
    const auto imported = importText(text, "x.json");
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
    QCOMPARE(imported->destinations[0].project.name, name);
    QCOMPARE(static_cast<int>(imported->destinations[0].project.mappings.size()), mappings);
    QVERIFY(!imported->destinations[0].project.settings->contains("sharedSecret"));
}

void TestFormats::segmentMistakes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<std::string>("path");
    QTest::newRow("no JSON") << "{\"data\":\n  x}"s
                             << "json-syntax"s
                             << ""s;
    QTest::newRow("nothing of it") << R"({"data":{"source":{}}})"s
                                   << "import-shape"s
                                   << "/data"s;
    QTest::newRow("a number") << "[1]"s
                              << "import-shape"s
                              << "/0"s;
    QTest::newRow("a trigger that is none") << R"({"subscriptions":[{"actionId":"a","trigger":5}]})"s
                                            << "import-shape"s
                                            << "/subscriptions/0/trigger"s;
    QTest::newRow("settings that are a list") << R"({"trigger":"","settings":[]})"s
                                              << "import-shape"s
                                              << "/settings"s;
    QTest::newRow("enabled that is a text") << R"({"trigger":"","enabled":"yes"})"s
                                            << "import-shape"s
                                            << "/enabled"s;
    QTest::newRow("an empty list") << R"({"data":{"destinations":[]}})"s
                                   << "import-nothing"s
                                   << ""s;
    QTest::newRow("another destination") << R"({"metadataId":"zz","settings":{}})"s
                                         << "import-nothing"s
                                         << ""s;
    QTest::newRow("a newer project") << R"({"hookbench":99})"s
                                     << "project-newer"s
                                     << "/hookbench"s;
}

void TestFormats::segmentMistakes()
{
    QFETCH(std::string, text);
    QFETCH(std::string, code);
    QFETCH(std::string, path);
    const auto imported = importText(text, "x.json");
    QVERIFY(!imported.has_value());
    QCOMPARE(imported.error().code, code);
    QCOMPARE(imported.error().path, path);
    QVERIFY2(
        code == "import-nothing" || imported.error().message.starts_with("x.json: "), imported.error().message.c_str());
}

void TestFormats::comesBack_data()
{
    QTest::addColumn<int>("format");
    for (const Format format : { Format::Hookbench, Format::Segment, Format::Terraform })
        QTest::newRow(formatName(format).data()) << static_cast<int>(format);
}

void TestFormats::comesBack()
{
    QFETCH(int, format);
    const Project project = vectorProject();
    QVERIFY(project.mappings.size() > 2000);
    ExportOptions options;
    options.includeSecret = true;
    options.sharedSecret = "se${c}ret \"\xF0\x9F\x98\x80";
    const Exported exported = exportProject(project, static_cast<Format>(format), options);
    const auto imported = importText(exported.text, "back");
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    QCOMPARE(imported->destinations.size(), std::size_t{ 1 });
    const Project &back = imported->destinations[0].project;
    QCOMPARE(back.name, project.name);
    QCOMPARE(back.enabled, project.enabled);
    QCOMPARE(imported->destinations[0].sharedSecret.value_or(""),
        static_cast<Format>(format) == Format::Hookbench ? std::string() : options.sharedSecret);
    QCOMPARE(back.mappings.size(), project.mappings.size());
    for (std::size_t i = 0; i < project.mappings.size(); ++i) {
        const Mapping &was = project.mappings[i];
        const Mapping &is = back.mappings[i];
        QCOMPARE(is.name, was.name);
        QCOMPARE(is.enabled, was.enabled);
        QCOMPARE(QByteArray::fromStdString(is.trigger), QByteArray::fromStdString(was.trigger));
        if (static_cast<Format>(format) == Format::Hookbench) {
            QVERIFY(json::identical(is.settings, was.settings));
            continue;
        }
        json::Arena arena;
        const json::Document expected = typed(was.settings);
        const json::Value ordered = static_cast<Format>(format) == Format::Terraform
            ? hcl::inTerraformOrder(arena, expected)
            : expected.root();
        QCOMPARE(QByteArray::fromStdString(json::stringify(is.settings)),
            QByteArray::fromStdString(json::stringify(ordered)));
    }
}

void TestFormats::terraformSorts()
{
    // Built objects change their order and so their bytes; what directives are given does not.
    Project project = newProject("P");
    project.mappings = { defaultMapping("kept"), defaultMapping("sorted") };
    const auto data = [](std::string_view text) { return json::parse(text).value(); };
    project.mappings[0].settings = json::Document::copyOf(*json::replaced(project.mappings[0].settings, "/data",
        data(R"({"9":1,"10":1,"a":{"@if":{"then":1,"exists":{"@path":"$.a"}}},"b":[{"c":1,"d":2}]})")));
    project.mappings[1].settings = json::Document::copyOf(
        *json::replaced(project.mappings[1].settings, "/data", data(R"({"@merge":{"objects":[{"z":1,"a":1}]}})")));
    const Exported exported = exportProject(project, Format::Terraform);
    QVERIFY(!hasIssue(exported.issues, "terraform-key-order", "/mappings/0/settings/data"));
    QVERIFY(hasIssue(exported.issues, "terraform-key-order", "/mappings/1/settings/data"));
    QVERIFY(exported.text.find("X-Signature") != std::string::npos);
    project.mappings[1].name = "e\xCC\x81";
    QVERIFY(hasIssue(exportProject(project, Format::Terraform).issues, "terraform-text-changes", "/mappings/1/name"));
}

void TestFormats::someMappings()
{
    const Project project = read(kSecretProject).value();
    ExportOptions options;
    options.only = { 1 };
    for (const Format format : { Format::Hookbench, Format::Segment, Format::Terraform, Format::Curl }) {
        const auto imported = importText(exportProject(project, format, options).text);
        QVERIFY(imported.has_value());
        QCOMPARE(imported->destinations[0].project.mappings.size(), std::size_t{ 1 });
        QCOMPARE(imported->destinations[0].project.mappings[0].name, "B"s);
    }
    const std::string script = exportProject(project, Format::Curl, options).text;
    QVERIFY(script.find("\"name\":\"B\"") != std::string::npos);
    QVERIFY(script.find("\"name\":\"A\"") == std::string::npos);
    // Tests go with their mappings, and mean them wherever they are now.
    Project tested = project;
    tested.tests = *json::parse(R"([{"mapping":"A"},{"mapping":"B"},{"mapping":"#1"},{"mapping":"Nobody"}])");
    const Result<Project> back = read(exportProject(tested, Format::Hookbench, options).text);
    QVERIFY(back.has_value());
    QCOMPARE(json::stringify(back->tests), R"([{"mapping":"B"},{"mapping":"#0"},{"mapping":"Nobody"}])"s);
}

void TestFormats::secretsStayHere_data()
{
    QTest::addColumn<int>("format");
    for (const Format format : { Format::Hookbench, Format::Segment, Format::Terraform, Format::Curl })
        QTest::newRow(formatName(format).data()) << static_cast<int>(format);
}

void TestFormats::secretsStayHere()
{
    QFETCH(int, format);
    const Project project = read(kSecretProject).value();
    ExportOptions options;
    options.sharedSecret = "tops3cret";
    const Exported hidden = exportProject(project, static_cast<Format>(format), options);
    for (const char *secret : { "tops3cret", "tok3n", "cook1e", "pass3word" })
        QVERIFY2(hidden.text.find(secret) == std::string::npos, secret);
    for (const char *kept : { "X-Tenant", "acme", "Bearer {{properties.t}}" })
        QVERIFY2(hidden.text.find(kept) != std::string::npos, kept);
    for (const char *path : { "/mappings/0/settings/url", "/mappings/0/settings/headers/authorization",
             "/mappings/0/settings/headers/Cookie/@if/then" })
        QVERIFY2(hasIssue(hidden.issues, "secret-hidden", path), path);
    QVERIFY(!hasIssue(hidden.issues, "secret-hidden", "/mappings/0/settings/headers/X-Tenant"));
    Project tested = project;
    tested.tests = *json::parse(
        R"([{"mapping":"A","expect":{"headers":{"Authorization":"Bearer t3sted"},"url":"https://u:t3sted@e.com/"}}])");
    const Exported tests = exportProject(tested, static_cast<Format>(format), options);
    QVERIFY(tests.text.find("t3sted") == std::string::npos);
    QCOMPARE(hasIssue(tests.issues, "secret-hidden", "/tests/0/expect/headers/Authorization"),
        static_cast<Format>(format) == Format::Hookbench);
    options.includeSecret = true;
    const Exported shown = exportProject(project, static_cast<Format>(format), options);
    for (const char *secret : { "tok3n", "cook1e", "pass3word" })
        QVERIFY2(shown.text.find(secret) != std::string::npos, secret);
    const bool isProject = static_cast<Format>(format) == Format::Hookbench;
    QCOMPARE(shown.text.find("tops3cret") == std::string::npos, isProject);
    if (static_cast<Format>(format) == Format::Terraform || static_cast<Format>(format) == Format::Curl) {
        QVERIFY(shown.text.starts_with("# This file holds secrets in plain text."));
        QVERIFY(hidden.text.find("holds secrets") == std::string::npos);
    }
}

void TestFormats::sniffs_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("format");
    QTest::newRow("project") << kSecretProject << static_cast<int>(Format::Hookbench);
    QTest::newRow("Segment") << " \n[{}]"s << static_cast<int>(Format::Segment);
    QTest::newRow("broken JSON") << "{"s << static_cast<int>(Format::Segment);
    QTest::newRow("Terraform") << "# x\nresource {}"s << static_cast<int>(Format::Terraform);
    QTest::newRow("empty") << ""s << static_cast<int>(Format::Terraform);
    QTest::newRow("Terraform in JSON") << "{\"resource\": {}}"s << static_cast<int>(Format::Terraform);
    QTest::newRow("a script") << "#!/bin/sh\ncurl $api/destinations"s << static_cast<int>(Format::Curl);
    QTest::newRow("another script") << "#!/bin/sh\nls"s << static_cast<int>(Format::Terraform);
}

void TestFormats::sniffs()
{
    QFETCH(std::string, text);
    QFETCH(int, format);
    QCOMPARE(static_cast<int>(sniffFormat(text)), format);
}

void TestFormats::standIns_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("code");
    QTest::newRow("variable") << "a ${var.x} b"s
                              << "placeholder"s;
    QTest::newRow("function") << "${lower(x)}"s
                              << "placeholder"s;
    QTest::newRow("resource") << "${segment_source.a.id}"s
                              << "placeholder"s;
    QTest::newRow("masked") << "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"
                               "12"s
                            << "value-masked"s;
    QTest::newRow("JavaScript") << "${name} ${a + b} $(x)"s
                                << ""s;
    QTest::newRow("open") << "${"s
                          << ""s;
    QTest::newRow("one bullet") << "\xE2\x80\xA2 item"s
                                << ""s;
}

void TestFormats::standIns()
{
    QFETCH(std::string, text);
    QFETCH(std::string, code);
    Project project = newProject("P");
    project.mappings = { defaultMapping("M") };
    json::Arena arena;
    const json::Value value = json::ObjectBuilder(arena).add("t", json::makeString(arena, text)).build();
    project.mappings[0].settings
        = json::Document::copyOf(*json::replaced(project.mappings[0].settings, "/data", value));
    std::string found;
    for (const Issue &issue : check(project))
        if (issue.path == "/mappings/0/settings/data/t")
            found = issue.code;
    QCOMPARE(found, code);
}

QTEST_APPLESS_MAIN(TestFormats)
#include "tst_formats.moc"
