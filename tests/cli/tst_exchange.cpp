// import and export as their users run them, and the curl script against a strict stand-in of the Public API.
#include "tests/cli/program.h"
#include "tests/support/scripted_server.h"

#include <mutex>
#include <set>

using namespace hookbench;
using namespace hookbench::test;

namespace {
class PublicApi;
}

// Here, since moc does not read on behind some raw strings.
class TestExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void importsOne();
    void listsSeveral();
    void keepsFiles();
    void readsFolders();
    void refuses_data();
    void refuses();
    void exportsWhatWasImported();
    void exportRefuses_data();
    void exportRefuses();
    void scriptCreates();
    void scriptStops_data();
    void scriptStops();

private:
    QString path(const QString &name) { return m_home.filePath(name); }
    QString write(const QString &name, const QByteArray &content)
    {
        QFile out(path(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
        return out.fileName();
    }
    static QByteArray read(const QString &name)
    {
        QFile in(name);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    Finished run(const QStringList &arguments) { return Program::run(m_home.path(), arguments); }
    QMap<QString, QString> variables(const PublicApi &api) const;

    QTemporaryDir m_home;
};

namespace {

const QString kShapes = QStringLiteral(HOOKBENCH_TEST_DATA "/terraform/");

/// POST /destinations and POST /destinations/{id}/subscriptions, as the Public API's schema has them: nothing unknown,
/// nothing missing, no wrong type.
class PublicApi
{
public:
    /// Answers the request of that number with that status.
    explicit PublicApi(int failing = -1, int status = 0)
        : m_server([this, failing, status](const WireRequest &request) {
            const std::lock_guard lock(m_mutex);
            if (request.number == failing)
                return Script().send(
                    response(status, R"({"errors":[{"type":"bad-request","message":"no\u001b[31m"}]})"));
            const std::string refusal = take(request);
            if (!refusal.empty())
                return Script().send(response(422, R"({"errors":[{"message":")" + refusal + "\"}]}"));
            return Script().send(response(200, m_answer));
        })
    {
    }

    QString url() const { return QString::fromStdString(m_server.url({})); }
    std::vector<json::Document> bodies()
    {
        const std::lock_guard lock(m_mutex);
        return m_bodies;
    }

private:
    using Schema = std::vector<std::tuple<std::string, json::Kind, bool>>; // name, kind, required

    static std::string mismatch(json::Value body, const Schema &schema)
    {
        std::set<std::string> known;
        for (const auto &[name, kind, required] : schema) {
            known.insert(name);
            const json::Value value = body.find(name);
            if (value.isUndefined() ? required : value.kind() != kind)
                return name + " is missing or of a wrong type";
        }
        for (const json::Member &member : body.members())
            if (!known.contains(std::string(member.name())))
                return std::string(member.name()) + " is unknown";
        return {};
    }

    std::string take(const WireRequest &request)
    {
        if (request.field("authorization").value_or("") != "Bearer t0ken")
            return "who are you";
        if (request.field("content-type").value_or("") != "application/json")
            return "no JSON";
        const auto body = json::parse(request.body());
        if (!body || !body->root().isObject())
            return "broken JSON";
        m_bodies.push_back(*body);
        if (request.requestLine() == "POST /destinations HTTP/1.1") {
            // The id is not the first one in the text.
            m_answer
                = R"({ "data" : {"note":{"destination":{"id":"wrong"}},"destination" : {"metadata":{"id":"x","logos":["{}"]},)"
                  R"("name":"a \"id\":\"no\" }", "id" : "dst_42","settings":{}}}})";
            return mismatch(*body,
                { { "sourceId", json::Kind::String, true }, { "metadataId", json::Kind::String, true },
                    { "enabled", json::Kind::Boolean, false }, { "name", json::Kind::String, false },
                    { "settings", json::Kind::Object, true } });
        }
        m_answer = R"({"data":{"destinationSubscription":{"id":"s"}}})";
        if (request.requestLine() != "POST /destinations/dst_42/subscriptions HTTP/1.1")
            return "no such place";
        return mismatch(*body,
            { { "name", json::Kind::String, true }, { "actionId", json::Kind::String, true },
                { "trigger", json::Kind::String, true }, { "enabled", json::Kind::Boolean, true },
                { "settings", json::Kind::Object, false }, { "modelId", json::Kind::String, false } });
    }

    std::mutex m_mutex;
    std::string m_answer;
    std::vector<json::Document> m_bodies;
    ScriptedServer m_server;
};

Finished runScript(const QByteArray &script, const QString &folder, const QMap<QString, QString> &variables)
{
    QFile file(folder + QStringLiteral("/create.sh"));
    if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
        qFatal("cannot write the script");
    file.close();
    QProcess bash;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.insert(it.key(), it.value());
    environment.insert(QStringLiteral("no_proxy"), QStringLiteral("127.0.0.1"));
    bash.setProcessEnvironment(environment);
    bash.start(QStringLiteral("bash"), { file.fileName() });
    const bool ended = bash.waitForFinished(60'000);
    return { ended ? bash.exitCode() : -1, bash.readAllStandardOutput(), bash.readAllStandardError() };
}

const QByteArray kProject
    = R"({"hookbench":1,"id":"i","name":"It's \"A\"\n$(x) `y`","enabled":false,"settings":{"other":{"n":1e21}},"mappings":[
  {"name":"One's","enabled":true,"action":"send","trigger":"type = \"track\" and event = \"a\\b'c\"","settings":{
    "url":"https://example.com/?a=$HOME","method":"POST","headers":{"Authorization":"Bearer x","X-A":"'\"\\"},
    "data":{"2":"\ud83d\ude00 \u00fc \ud800","1":"!\u0007 ${x} %{y}","path":{"@path":"$.a"}},"batch_size":5}},
  {"name":"Two","enabled":false,"action":"send","trigger":"event = \"b\"","settings":{"url":"https://b.example/","method":"PUT"}},
  {"name":"Three","enabled":true,"action":"send","trigger":"event = \"c\"","settings":{"url":"https://c.example/","method":"PUT"}}]})";

} // namespace

QMap<QString, QString> TestExchange::variables(const PublicApi &api) const
{
    return { { QStringLiteral("SEGMENT_API"), api.url() }, { QStringLiteral("SEGMENT_TOKEN"), QStringLiteral("t0ken") },
        { QStringLiteral("SEGMENT_SOURCE_ID"), QStringLiteral("src1") },
        { QStringLiteral("SEGMENT_SHARED_SECRET"), QStringLiteral("a\"b\\c'd\n\u00fc&\u0001") },
        { QStringLiteral("SECRET_ONE_S_AUTHORIZATION"), QStringLiteral("Bearer y") } };
}

void TestExchange::importsOne()
{
    const QString out = path(QStringLiteral("one.hookbench"));
    const Finished imported
        = run({ QStringLiteral("import"), kShapes + QStringLiteral("01-git-sync.tf"), QStringLiteral("-o"), out });
    QCOMPARE(imported.code, 0);
    QCOMPARE(imported.out, QByteArray());
    QVERIFY(imported.err.contains("masked"));
    QByteArrayList lines = read(out).split('\n');
    QVERIFY(lines.value(2).startsWith("  \"id\": \""));
    lines.removeAt(2);
    QCOMPARE(lines.join('\n'), read(kShapes + QStringLiteral("01-git-sync.expected.hookbench")));
    // A copy of a project is another project.
    const Finished copied = run({ QStringLiteral("import"), out });
    QCOMPARE(copied.code, 0);
    QVERIFY(copied.out != read(out));
    lines = copied.out.split('\n');
    lines.removeAt(2);
    QCOMPARE(lines.join('\n'), read(kShapes + QStringLiteral("01-git-sync.expected.hookbench")));
}

void TestExchange::listsSeveral()
{
    const QString workspace = kShapes + QStringLiteral("05-a-workspace.tf");
    const Finished listed = run({ QStringLiteral("import"), workspace });
    QCOMPARE(listed.code, 2);
    QCOMPARE(listed.lines().size(), std::size_t{ 2 });
    QCOMPARE(listed.lines()[1].root().find("destination").asString(), std::string_view("Webhook two"));
    QVERIFY(listed.err.contains("--destination"));
    for (const char *name : { "Webhook two", "w2" }) {
        const Finished chosen
            = run({ QStringLiteral("import"), workspace, QStringLiteral("--destination"), QLatin1String(name) });
        QCOMPARE(chosen.code, 0);
        QVERIFY(chosen.out.contains("\"Pages\""));
    }
    const Finished none = run({ QStringLiteral("import"), workspace, QStringLiteral("--destination"),
        QStringLiteral("Amplitude (Actions)") });
    QCOMPARE(none.code, 2);
    QVERIFY(none.err.contains("Amplitude"));
}

void TestExchange::keepsFiles()
{
    const QString out = path(QStringLiteral("kept.hookbench"));
    const QStringList call{ QStringLiteral("import"), kShapes + QStringLiteral("02-json-string.tf"),
        QStringLiteral("-o"), out };
    QCOMPARE(run(call).code, 0);
    const QByteArray first = read(out);
    const Finished again = run(call);
    QCOMPARE(again.code, 0);
    QVERIFY(again.err.contains("already"));
    QCOMPARE(read(out), first);
    QStringList other = call;
    other[1] = kShapes + QStringLiteral("04-by-hand.tf");
    const Finished refused = run(other);
    QCOMPARE(refused.code, 2);
    QVERIFY(refused.err.contains("--force"));
    QCOMPARE(read(out), first);
    QCOMPARE(run(other << QStringLiteral("--force")).code, 0);
    QVERIFY(read(out).contains("Webhook by hand"));
}

void TestExchange::readsFolders()
{
    QDir(m_home.path()).mkpath(QStringLiteral("ws/destinations/.terraform"));
    QDir(m_home.path()).mkpath(QStringLiteral("ws/destination_subscriptions"));
    write(QStringLiteral("ws/destinations/.terraform/broken.tf"), "{{{");
    write(QStringLiteral("ws/notes.txt"), "nothing");
    const QByteArrayList parts = read(kShapes + QStringLiteral("01-git-sync.tf")).split('\n');
    const qsizetype second = parts.lastIndexOf("import {");
    write(QStringLiteral("ws/destinations/a.tf"), parts.mid(0, second).join('\n'));
    write(QStringLiteral("ws/destination_subscriptions/b.tf"), parts.mid(second).join('\n'));
    const Finished imported = run({ QStringLiteral("import"), path(QStringLiteral("ws")) });
    QCOMPARE(imported.code, 0);
    QByteArrayList lines = imported.out.split('\n');
    lines.removeAt(2);
    QCOMPARE(lines.join('\n'), read(kShapes + QStringLiteral("01-git-sync.expected.hookbench")));
}

void TestExchange::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("broken HCL") << QByteArray("a {\n  b = [\n}\n") << QByteArray("in.tf: Line 3, column 1");
    QTest::newRow("broken JSON") << QByteArray("{\n \"a\":]}") << QByteArray("in.tf: Line 2, column 6");
    QTest::newRow("nothing in it") << QByteArray("resource \"x\" \"y\" {\n}\n") << QByteArray("no Webhooks (Actions)");
    QTest::newRow("empty") << QByteArray() << QByteArray("no Webhooks (Actions)");
}

void TestExchange::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, word);
    const QString out = path(QStringLiteral("never.hookbench"));
    const Finished refused
        = run({ QStringLiteral("import"), write(QStringLiteral("in.tf"), content), QStringLiteral("-o"), out });
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains(word), refused.err.constData());
    QVERIFY(!QFile::exists(out));
}

void TestExchange::exportsWhatWasImported()
{
    const QString project = write(QStringLiteral("all.hookbench"), kProject);
    for (const char *format : { "hookbench", "segment", "terraform" }) {
        const Finished exported = run({ QStringLiteral("export"), project, QStringLiteral("--format"),
            QLatin1String(format), QStringLiteral("--only"), QStringLiteral("#2"), QStringLiteral("--only"),
            QStringLiteral("Two"), QStringLiteral("--include-secret") });
        QCOMPARE(exported.code, 0);
        QCOMPARE(exported.out.contains("hb_demo_4f7c21d09be8"), QByteArray(format) != "hookbench");
        const Finished back = run({ QStringLiteral("import"), write(QStringLiteral("back.txt"), exported.out) });
        QCOMPARE(back.code, 0);
        const auto document = json::parse(back.out.toStdString()).value();
        QCOMPARE(document->find("mappings").size(), std::size_t{ 2 });
        QCOMPARE(document->find("mappings").at(0).find("name").asString(), std::string_view("Two"));
        QCOMPARE(document->find("mappings").at(1).find("name").asString(), std::string_view("Three"));
        QVERIFY(!back.out.contains("hb_demo_4f7c21d09be8"));
    }
}

void TestExchange::exportRefuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("word");
    const QString project = write(QStringLiteral("refused.hookbench"), kProject);
    const QString format = QStringLiteral("--format");
    QTest::newRow("no format") << QStringList{ project } << QByteArray("hookbench, segment, terraform, curl");
    QTest::newRow("unknown format") << QStringList{ project, format, QStringLiteral("yaml") }
                                    << QByteArray("hookbench, segment, terraform, curl");
    QTest::newRow("no file") << QStringList{ format, QStringLiteral("curl") } << QByteArray("project file");
    QTest::newRow("missing file") << QStringList{ path(QStringLiteral("nowhere")), format, QStringLiteral("curl") }
                                  << QByteArray("nowhere");
    QTest::newRow("unknown mapping") << QStringList{ project, format, QStringLiteral("curl"), QStringLiteral("--only"),
        QStringLiteral("Four") } << QByteArray("Four");
}

void TestExchange::exportRefuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    const Finished refused = run(QStringList{ QStringLiteral("export") } + arguments);
    QCOMPARE(refused.code, 2);
    QCOMPARE(refused.out, QByteArray());
    QVERIFY2(refused.err.contains(word), refused.err.constData());
}

void TestExchange::scriptCreates()
{
    const Finished exported = run({ QStringLiteral("export"), write(QStringLiteral("curl.hookbench"), kProject),
        QStringLiteral("--format"), QStringLiteral("curl") });
    QCOMPARE(exported.code, 0);
    QVERIFY(exported.out.startsWith("#!/usr/bin/env bash\n"));
    PublicApi api;
    const Finished created = runScript(exported.out, m_home.path(), variables(api));
    QVERIFY2(created.code == 0, created.err.constData());
    QCOMPARE(created.out, QByteArray("Created destination dst_42 with 3 mappings.\n"));
    const auto bodies = api.bodies();
    QCOMPARE(bodies.size(), std::size_t{ 4 });
    const json::Document project = json::parse(kProject.toStdString()).value();
    const json::Value destination = bodies[0];
    QCOMPARE(destination.find("sourceId").asString(), std::string_view("src1"));
    QCOMPARE(destination.find("metadataId").asString(), std::string_view("614a3c7d791c91c41bae7599"));
    QVERIFY(json::identical(destination.find("name"), project->find("name")));
    QVERIFY(json::identical(destination.find("enabled"), project->find("enabled")));
    QVERIFY(json::identical(destination.find("settings").find("other"), project->find("settings").find("other")));
    QCOMPARE(QString::fromStdString(std::string(destination.find("settings").find("sharedSecret").asString())),
        variables(api)[QStringLiteral("SEGMENT_SHARED_SECRET")]);
    for (std::size_t i = 0; i < 3; ++i) {
        const json::Value is = bodies[i + 1];
        const json::Value was = project->find("mappings").at(i);
        for (const char *key : { "name", "enabled", "trigger" })
            QVERIFY2(json::identical(is.find(key), was.find(key)), key);
        QCOMPARE(is.find("actionId").asString(), std::string_view("nFPnRozhz1mh4Gbx4MLvT5"));
        for (const json::Member &member : was.find("settings").members())
            if (member.name() != "headers")
                QVERIFY2(json::identical(is.find("settings").find(member.name()), member.value),
                    std::string(member.name()).c_str());
    }
    const json::Value headers = bodies[1].root().find("settings").find("headers");
    QCOMPARE(headers.find("Authorization").asString(), std::string_view("Bearer y"));
    QCOMPARE(headers.find("X-A").asString(), std::string_view("'\"\\"));
}

void TestExchange::scriptStops_data()
{
    QTest::addColumn<int>("failing");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("without"); // a variable that is not set
    QTest::addColumn<int>("requests"); // that were taken
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("the destination") << 0 << 403 << QString() << 0 << QByteArray("destination with 403");
    QTest::newRow("a mapping") << 2 << 400 << QString() << 2 << QByteArray("mapping \"Two\" with 400");
    QTest::newRow("what was done") << 2 << 400 << QString() << 2
                                   << QByteArray("destination dst_42 with 1 of 3 mappings");
    QTest::newRow("no token") << -1 << 0 << QStringLiteral("SEGMENT_TOKEN") << 0 << QByteArray("SEGMENT_TOKEN");
    QTest::newRow("no source") << -1 << 0 << QStringLiteral("SEGMENT_SOURCE_ID") << 0
                               << QByteArray("SEGMENT_SOURCE_ID");
    QTest::newRow("no header") << -1 << 0 << QStringLiteral("SECRET_ONE_S_AUTHORIZATION") << 0
                               << QByteArray("Authorization");
    QTest::newRow("nobody there") << -1 << 0 << QStringLiteral("the API") << 0 << QByteArray("no answer");
}

void TestExchange::scriptStops()
{
    QFETCH(int, failing);
    QFETCH(int, status);
    QFETCH(QString, without);
    QFETCH(int, requests);
    QFETCH(QByteArray, word);
    const Finished exported = run({ QStringLiteral("export"), write(QStringLiteral("stop.hookbench"), kProject),
        QStringLiteral("--format"), QStringLiteral("curl") });
    PublicApi api(failing, status);
    QMap<QString, QString> set = variables(api);
    set.remove(without);
    if (without == QLatin1String("the API"))
        set[QStringLiteral("SEGMENT_API")] = QStringLiteral("http://127.0.0.1:1");
    const Finished stopped = runScript(exported.out, m_home.path(), set);
    QVERIFY(stopped.code != 0);
    QCOMPARE(stopped.out, QByteArray());
    QVERIFY2(stopped.err.contains(word), stopped.err.constData());
    QVERIFY(!stopped.err.contains('\x1b') && !stopped.err.contains("t0ken"));
    QCOMPARE(static_cast<int>(api.bodies().size()), requests);
}

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
