// Quick fixes as functions: an issue and the project in, the project without that issue out.
#include "ui/document/quick_fix.h"

#include "core/destination/check.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/document/project_document.h"

#include <QTest>
#include <QUndoStack>

#include <algorithm>

using namespace hookbench;
using namespace hookbench::document;

class TestQuickFix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void settings_data();
    void settings();
    void triggers_data();
    void triggers();
    void noSingleAnswer_data();
    void noSingleAnswer();
    void action();
    void secretInFile();
    void staleIssueIsLeftAlone();
    void isOneUndoStep();
};

namespace {

destination::Project projectWith(const QString &settings, const char *trigger = "type = \"track\"")
{
    destination::Project project = destination::newProject("Acme");
    project.mappings.push_back(destination::defaultMapping("Other"));
    destination::Mapping mapping = destination::defaultMapping("Orders");
    mapping.settings = *json::parse(settings.toStdString());
    mapping.trigger = trigger;
    project.mappings.push_back(std::move(mapping));
    return project;
}

const Issue *issueOf(const Issues &issues, const QByteArray &code)
{
    const auto at = std::find_if(issues.begin(), issues.end(),
        [&](const Issue &issue) { return issue.code == code.toStdString() && issue.path.starts_with("/mappings/1"); });
    return at == issues.end() ? nullptr : &*at;
}

/// "{url, method, data, and what is given}".
QString with(const char *members)
{
    return QStringLiteral("{\"url\":\"https://example.com/x\",\"method\":\"POST\",\"data\":{\"@path\":\"$.\"},%1}")
        .arg(QString::fromUtf8(members));
}

} // namespace

void TestQuickFix::settings_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *code, const char *before, const char *words, const char *after) {
        QTest::newRow(name) << QByteArray(code) << with(before) << QString::fromUtf8(words) << with(after);
    };
    const auto url = [](const char *name, const char *code, const char *before, const char *words, const char *after) {
        const QString all = QStringLiteral("{\"url\":\"%1\",\"method\":\"POST\",\"data\":{\"@path\":\"$.\"}}");
        QTest::newRow(name) << QByteArray(code) << all.arg(QString::fromUtf8(before)) << QString::fromUtf8(words)
                            << all.arg(QString::fromUtf8(after));
    };
    row("batch size too large", "batch-size-range", R"("batch_size":5000)", "Set the batch size to 4000",
        R"("batch_size":4000)");
    row("batch size with a fraction", "batch-size-range", R"("batch_size":10.5)", "Set the batch size to 10",
        R"("batch_size":10)");
    row("batch size below nothing", "batch-size-range", R"("batch_size":-1)",
        "Set the batch size to 0, which means 1000", R"("batch_size":0)");
    row("batch size as text", "batch-size-range", R"("batch_size":"5000")", "Set the batch size to 4000",
        R"("batch_size":4000)");
    row("forbidden header", "header-framing", R"("headers":{"A":"1","Content-Length":"5","B":"2"})",
        "Remove the header Content-Length", R"("headers":{"A":"1","B":"2"})");
    row("content type", "header-content-type", R"("headers":{"Content-Type":"text/plain"})",
        "Remove the header Content-Type", R"("headers":{})");
    row("mapped signature", "header-signature-mapped", R"("headers":{"x-signature":"abc"})",
        "Remove the header x-signature", R"("headers":{})");
    row("header with a colon", "header-name", R"("headers":{"A":"1","X-Tenant: ":"acme","B":"2"})",
        "Rename the header to X-Tenant", R"("headers":{"A":"1","X-Tenant":"acme","B":"2"})");
    row("line end of a copied value", "header-value", R"("headers":{"X-Key":"abc\n"})",
        "Remove the line break around the value of X-Key", R"("headers":{"X-Key":"abc"})");
    row("the same header twice", "header-duplicate", R"("headers":{"X-A":"1","x-a":"1"})", "Remove the header x-a",
        R"("headers":{"X-A":"1"})");
    row("slash in a header's name is a step in the pointer", "header-framing", R"("headers":{"TE":"a/b~c"})",
        "Remove the header TE", R"("headers":{})");
    url("space around the URL", "url-invalid", " https://example.com/x ", "Remove the space around the URL",
        "https://example.com/x");
    url("characters of a URL", "url-invalid", "https://example.com/ä b", "Escape the characters a URL cannot hold",
        "https://example.com/%C3%A4%20b");
    url("fragment", "url-fragment", "https://example.com/x#top", "Cut the URL at #", "https://example.com/x");
    url("target that Qt writes otherwise", "url-normalised", "https://example.com/a/../b",
        "Write the URL as it is sent", "https://example.com/b");
    QTest::newRow("user and password")
        << QByteArray("url-userinfo")
        << QStringLiteral(
               "{\"url\":\"https://ann:s%40cret@example.com/x?a@b\",\"method\":\"POST\",\"headers\":{\"A\":\"1\"}}")
        << QStringLiteral("Move user name and password into the headers")
        << QStringLiteral(
               "{\"url\":\"https://example.com/"
               "x?a@b\",\"method\":\"POST\",\"headers\":{\"A\":\"1\",\"Authorization\":\"Basic YW5uOnNAY3JldA==\"}}");
    QTest::newRow("method in small letters")
        << QByteArray("method-invalid") << QStringLiteral("{\"url\":\"https://example.com/x\",\"method\":\"put\"}")
        << QStringLiteral("Write the method PUT")
        << QStringLiteral("{\"url\":\"https://example.com/x\",\"method\":\"PUT\"}");
    row("batching as text", "batching-not-boolean", R"("enable_batching":"true")", "Switch batching on",
        R"("enable_batching":true)");
    row("batching as a number", "batching-not-boolean", R"("enable_batching":0)", "Switch batching off",
        R"("enable_batching":false)");
    row("unknown batch keys", "batch-keys-unknown", R"("batch_keys":["url","nope","headers"])",
        "Remove the unknown batch keys", R"("batch_keys":["url","headers"])");
    row("unknown setting", "settings-unknown", R"("header":1,"batch_size":7)", "Remove “header”, which is not sent",
        R"("batch_size":7)");
    row("path as plain text", "literal-path", R"("headers":{"X-User":"$.userId"})", "Take the value from the event",
        R"("headers":{"X-User":{"@path":"$.userId"}})");
    row("template as plain text", "literal-template", R"("headers":{"X-User":"u-{{userId}}"})", "Fill in the {{…}}",
        R"("headers":{"X-User":{"@template":"u-{{userId}}"}})");
    row("template path with $.", "template-path", R"("headers":{"X":{"@template":"{{ $.a }}-{{$.b}}-{{{$.c}}}"}})",
        "Leave out the $.", R"("headers":{"X":{"@template":"{{ a }}-{{b}}-{{{c}}}"}})");
    row("Liquid with event.", "liquid-event", R"("headers":{"X":{"@liquid":"{{ event.properties.a | upcase }}"}})",
        "Leave out the “event.”", R"("headers":{"X":{"@liquid":"{{ properties.a | upcase }}"}})");
}

void TestQuickFix::settings()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, before);
    QFETCH(QString, words);
    QFETCH(QString, after);
    const destination::Project project = projectWith(before);
    const Issues issues = destination::check(project);
    const Issue *issue = issueOf(issues, code);
    QVERIFY2(issue, "the project has no such issue");
    const auto fix = quickFix(project, *issue);
    QVERIFY(fix);
    QCOMPARE(fix->words, words);
    const destination::Project fixed = fixedProject(project, *fix);
    QCOMPARE(QString::fromStdString(json::stringify(fixed.mappings[1].settings)),
        QString::fromStdString(json::stringify(*json::parse(after.toStdString()))));
    QVERIFY(fixed.mappings[0] == project.mappings[0]);
    const Issues left = destination::check(fixed);
    QVERIFY2(std::find(left.begin(), left.end(), *issue) == left.end(), "the issue is still there");
}

void TestQuickFix::triggers_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("single quotes") << QStringLiteral("type = 'track'") << QStringLiteral("type = \"track\"");
    QTest::newRow("connective in capitals") << QStringLiteral("type = \"track\" OR type = \"page\"")
                                            << QStringLiteral("type = \"track\" or type = \"page\"");
}

void TestQuickFix::triggers()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    destination::Project project = projectWith(with(R"("batch_size":1)"), before.toUtf8().constData());
    // One fix after the other, until the trigger has no more.
    for (int round = 0; round < 5; ++round) {
        const Issues issues = destination::check(project);
        const auto at = std::find_if(issues.begin(), issues.end(),
            [&](const Issue &issue) { return issue.path == "/mappings/1/trigger" && quickFix(project, issue); });
        if (at == issues.end())
            break;
        project = fixedProject(project, *quickFix(project, *at));
    }
    QCOMPARE(QString::fromStdString(project.mappings[1].trigger), after);
}

void TestQuickFix::noSingleAnswer_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("settings");
    const auto row = [](const char *name, const char *code, const char *settings) {
        QTest::newRow(name) << QByteArray(code) << QString::fromUtf8(settings);
    };
    row("no URL", "url-missing", R"({"method":"POST"})");
    row("no method", "method-missing", R"({"url":"https://example.com/"})");
    row("method of another kind", "method-invalid", R"({"url":"https://example.com/","method":"GET"})");
    row("two headers that differ", "header-duplicate",
        R"({"url":"https://example.com/","method":"POST","headers":{"X-A":"1","x-a":"2"}})");
    row("a header name nobody can guess", "header-name",
        R"({"url":"https://example.com/","method":"POST","headers":{"a b":"2"}})");
    row("a name that is taken", "header-name",
        R"({"url":"https://example.com/","method":"POST","headers":{"A":"1","A:":"2"}})");
    row("characters inside a value", "header-value",
        R"({"url":"https://example.com/","method":"POST","headers":{"A":"a\nb"}})");
    row("a template in the URL", "url-invalid", R"({"url":"https://example.com/{{id}}","method":"POST"})");
    row("no URL at all in it", "url-invalid", R"({"url":"example com","method":"POST"})");
    row("user and password beside Authorization", "url-userinfo",
        R"({"url":"https://a:b@example.com/","method":"POST","headers":{"authorization":"x"}})");
    row("batch size that is no number", "batch-size-invalid",
        R"({"url":"https://example.com/","method":"POST","batch_size":"many"})");
}

void TestQuickFix::noSingleAnswer()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, settings);
    const destination::Project project = projectWith(settings);
    const Issues issues = destination::check(project);
    const Issue *issue = issueOf(issues, code);
    QVERIFY2(issue, "the project has no such issue");
    QVERIFY(!quickFix(project, *issue));
}

void TestQuickFix::action()
{
    destination::Project project = projectWith(with(R"("batch_size":1)"));
    project.mappings[1].action = "sendBatch";
    const Issues issues = destination::check(project);
    const Issue *issue = issueOf(issues, "mapping-action");
    QVERIFY(issue);
    const auto fix = quickFix(project, *issue);
    QVERIFY(fix);
    QCOMPARE(fixedProject(project, *fix).mappings[1].action, std::string("send"));
}

void TestQuickFix::secretInFile()
{
    destination::Project project = projectWith(with(R"("batch_size":1)"));
    project.settings = *json::parse(R"({"a":1,"sharedSecret":"x","b":2})");
    const Issues issues = destination::check(project);
    const auto at
        = std::find_if(issues.begin(), issues.end(), [](const Issue &issue) { return issue.code == "secret-in-file"; });
    QVERIFY(at != issues.end());
    const auto fix = quickFix(project, *at);
    QVERIFY(fix);
    QCOMPARE(json::stringify(fixedProject(project, *fix).settings), std::string("{\"a\":1,\"b\":2}"));
}

void TestQuickFix::staleIssueIsLeftAlone()
{
    const destination::Project before = projectWith(with(R"("batch_size":5000)"));
    const Issues issues = destination::check(before);
    const Issue *issue = issueOf(issues, "batch-size-range");
    QVERIFY(issue);
    QVERIFY(!quickFix(projectWith(with("\"batch_size\":7")), *issue)); // mended meanwhile
    QVERIFY(!quickFix(projectWith(with("\"headers\":{}")), *issue)); // gone meanwhile
    destination::Project less = before;
    less.mappings.pop_back();
    QVERIFY(!quickFix(less, *issue));
    QVERIFY(!quickFix(before, { Severity::Error, "batch-size-range", "/mappings/x/settings", "" }));
    QVERIFY(!quickFix(before, { Severity::Error, "batch-size-range", "", "" }));
}

void TestQuickFix::isOneUndoStep()
{
    ProjectDocument document;
    document.startWith(projectWith(with("\"batch_size\":5000")), QStringLiteral("Acme"));
    const destination::Project before = document.project();
    const Issues issues = destination::check(before);
    const auto fix = quickFix(before, *issueOf(issues, "batch-size-range"));
    document.applyFix(*fix);
    QCOMPARE(document.undoStack()->count(), 1);
    QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Set the batch size to 4000"));
    QVERIFY(document.setting(1, "/batch_size").asNumber() == 4000);
    document.undoStack()->undo();
    QVERIFY(document.project() == before);
}

QTEST_GUILESS_MAIN(TestQuickFix)
#include "tst_quick_fix.moc"
