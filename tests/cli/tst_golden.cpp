// hookbench-cli test as a team's CI runs it; watching; and a project that two people edit at once under git.
#include "tests/cli/program.h"

#include "core/destination/document.h"
#include "core/json/pointer.h"

#include <QRegularExpression>
#include <QStandardPaths>
#include <QXmlStreamReader>

#include <cstdio>
#include <functional>

using namespace hookbench;
using namespace hookbench::test;

class TestGoldenCli : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exitCodes_data();
    void exitCodes();
    void hostileNames();
    void watches();
    void oneEditChangesItsLines_data();
    void oneEditChangesItsLines();
    void editsOfTwoPeopleMerge();

private:
    QString path(const char *name) const { return m_home.filePath(QLatin1String(name)); }
    QString file(const char *name, const QByteArray &content) const;

    QTemporaryDir m_home;
};

namespace {

QByteArray testOf(const QByteArray &name, const QByteArray &mapping, const QByteArray &expect)
{
    return "{\"name\":" + name + ",\"mapping\":\"" + mapping
        + "\",\"event\":{\"type\":\"track\",\"messageId\":\"m1\"},\"expect\":" + expect + '}';
}

QByteArray document(const QByteArray &tests)
{
    const auto mapping = [](const QByteArray &name, const QByteArray &trigger) -> QByteArray {
        return "{\"name\":\"" + name + "\",\"enabled\":true,\"action\":\"send\",\"trigger\":\"type = \\\"" + trigger
            + "\\\"\",\"settings\":{\"url\":\"https://a.example/" + name
            + "\",\"method\":\"POST\",\"data\":{\"id\":{\"@path\":\"$.messageId\"},\"n\":1}}}";
    };
    return "{\"hookbench\":1,\"id\":\"t\",\"name\":\"T\",\"enabled\":true,\"settings\":{},\"mappings\":["
        + mapping("orders", "track") + ',' + mapping("pages", "page") + ',' + mapping("twin", "x") + ','
        + mapping("twin", "x") + "],\"tests\":[" + tests + "]}";
}

const QByteArray kPasses = testOf("\"good\"", "orders", R"({"body":{"id":"m1","n":1}})");
const QByteArray kFails = testOf("\"bad\"", "orders", R"({"fields":{"/id":"m2"}})");

} // namespace

QString TestGoldenCli::file(const char *name, const QByteArray &content) const
{
    const QString path = this->path(name);
    QFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

void TestGoldenCli::exitCodes_data()
{
    QTest::addColumn<QByteArray>("project");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("lines"); // the lines of TAP that are no diagnostics
    const auto row = [](const char *name, const QByteArray &project, int code, const QByteArray &lines,
                         const QStringList &more = {}) { QTest::newRow(name) << project << more << code << lines; };
    const QByteArray head = "TAP version 14\n";
    row("passes", document(kPasses), 0, head + "1..1\nok 1 - orders: good\n");
    row("does not fire", document(testOf("\"x\"", "pages", R"({"fires":false})")), 0, head + "1..1\nok 1 - pages: x\n");
    row("one fails", document(kPasses + ',' + kFails), 1, head + "1..2\nok 1 - orders: good\nnot ok 2 - orders: bad\n");
    row("mapping missing", document(kPasses + ',' + testOf("\"x\"", "Orders", R"({"fires":false})")), 1,
        head + "1..2\nok 1 - orders: good\nnot ok 2 - Orders: x\n");
    row("mapping ambiguous", document(testOf("\"x\"", "twin", R"({"fires":false})")), 1,
        head + "1..1\nnot ok 1 - twin: x\n");
    row("malformed test", document(testOf("\"x\"", "orders", "{}")), 1, head + "1..1\nnot ok 1 - orders: x\n");
    row("no tests", document({}), 0, head + "1..0 # SKIP the project has no tests\n");
    row("broken project", document(kPasses).chopped(1), 2, head + "Bail out! *");
    row("newer project", document(kPasses).replace("\"hookbench\":1", "\"hookbench\":99"), 2, head + "Bail out! *");
    row("a test that is no object", document("1"), 2, head + "Bail out! *");
    row("JUnit to no folder", document(kPasses), 2, head + "1..1\nok 1 - orders: good\n",
        { QStringLiteral("--junit"), QStringLiteral("/nowhere/at/all.xml") });
    row("unknown option", document(kPasses), 2, "", { QStringLiteral("--watsch") });
    row("two files", document(kPasses), 2, "", { QStringLiteral("other.hookbench") });
}

void TestGoldenCli::exitCodes()
{
    QFETCH(QByteArray, project);
    QFETCH(QStringList, more);
    QFETCH(int, code);
    QFETCH(QByteArray, lines);
    const Finished run
        = Program::run(m_home.path(), QStringList{ QStringLiteral("test"), file("codes.hookbench", project) } + more);
    QCOMPARE(run.code, code);
    QByteArray got;
    for (const QByteArray &line : run.out.split('\n'))
        if (!line.startsWith(' ') && !line.isEmpty())
            got += line + '\n';
    if (lines.endsWith('*'))
        got = got.left(lines.size() - 1) + '*';
    QCOMPARE(got, lines);
    QCOMPARE(code == 2, run.err.contains("hookbench-cli:"));
}

void TestGoldenCli::hostileNames()
{
    const QByteArray name = R"("# TODO \\ \n<&\">]]>\u001b[31m\u0000 \ud800 \uffff \u202e")";
    const QByteArray project = document(
        testOf(name, "orders", R"({"headers":{"x-\u0001<":"\u0007"},"fields":{"/a\u001b":"\n...\nok 3 - no"}})") + ','
        + kPasses);
    const QString junit = path("junit.xml");
    const Finished run = Program::run(m_home.path(),
        { QStringLiteral("test"), file("hostile.hookbench", project), QStringLiteral("--junit"), junit });
    QCOMPARE(run.code, 1);
    static const QRegularExpression kControl(QStringLiteral("[\\x{0}-\\x{9}\\x{b}-\\x{1f}\\x{202e}\\x{2028}]"));
    QVERIFY(!QString::fromUtf8(run.out).contains(kControl));
    const QByteArrayList lines = run.out.split('\n');
    QVERIFY2(lines.value(2).startsWith(R"(not ok 1 - orders: \# TODO \\ \\x0A<&">]]>)"), lines.value(2).constData());
    for (const QByteArray &line : lines)
        QVERIFY2(!line.trimmed().startsWith("ok 3"), line.constData()); // it stays inside a quoted value
    QCOMPARE(lines.value(lines.size() - 2), QByteArray("ok 2 - orders: good"));
    QFile xml(junit);
    QVERIFY(xml.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&xml);
    QStringList cases;
    int failures = 0;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == u"testcase")
            cases << reader.attributes().value(QStringLiteral("name")).toString();
        failures += reader.name() == u"failure";
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(failures, 1);
    QCOMPARE(cases.size(), 2);
    QVERIFY(cases[0].startsWith(QStringLiteral("# TODO \\ \\x0A<&\">]]>\\x1B[31m")));
}

void TestGoldenCli::watches()
{
    const QString path = file("watch.hookbench", document(kPasses));
    const QString output = this->path("watch.tap");
    Program program(m_home.path());
    program.process().setStandardOutputFile(output);
    program.start({ QStringLiteral("test"), path, QStringLiteral("--watch") });
    const auto documents = [&] {
        QFile tap(output);
        const QByteArray text = tap.open(QIODevice::ReadOnly) ? tap.readAll() : QByteArray();
        QByteArrayList list;
        for (const QByteArray &part : text.split('\n'))
            if (part.startsWith("ok") || part.startsWith("not ok") || part.startsWith("Bail out!"))
                list << part.left(part.startsWith("Bail") ? 9 : 6);
        return list;
    };
    QByteArrayList expected{ "ok 1 -" };
    QTRY_COMPARE_WITH_TIMEOUT(documents(), expected, 20'000);
    const auto rename = [](const QString &from, const QString &to) {
        return std::rename(from.toUtf8().constData(), to.toUtf8().constData()) == 0;
    };

    file("watch.hookbench", document(kFails)); // truncated and written
    expected << "not ok";
    QTRY_COMPARE_WITH_TIMEOUT(documents(), expected, 20'000);
    file("new.tmp", document(kPasses)); // renamed over it, twice: the second is another inode again
    QVERIFY(rename(this->path("new.tmp"), path));
    expected << "ok 1 -";
    QTRY_COMPARE_WITH_TIMEOUT(documents(), expected, 20'000);
    file("new.tmp", document(kFails));
    QVERIFY(rename(this->path("new.tmp"), path));
    expected << "not ok";
    QTRY_COMPARE_WITH_TIMEOUT(documents(), expected, 20'000);
    QVERIFY(QFile::remove(path)); // removed, then made again, as git does
    QTest::qWait(150);
    file("watch.hookbench", document(kPasses));
    expected << "ok 1 -";
    QTRY_COMPARE_WITH_TIMEOUT(documents(), expected, 20'000);
    file("watch.hookbench", "{"); // broken in between: it says so and goes on watching
    expected << "Bail out!";
    QTRY_COMPARE_WITH_TIMEOUT(documents(), expected, 20'000);
    file("watch.hookbench", document(kFails));
    expected << "not ok";
    QTRY_COMPARE_WITH_TIMEOUT(documents(), expected, 20'000);
    file("watch.hookbench", document(kFails)); // the same bytes
    QTest::qWait(300);
    QCOMPARE(documents(), expected);
    program.process().terminate();
    QCOMPARE(program.finish().code, 1);
}

namespace {

using Edit = std::function<void(destination::Project &)>;

void set(destination::Mapping &mapping, const char *pointer, const char *json)
{
    mapping.settings = json::replaced(mapping.settings, pointer, json::parse(json).value()).value();
}

destination::Project projectOf(const QByteArray &bytes)
{
    return destination::read({ bytes.constData(), static_cast<std::size_t>(bytes.size()) }).value();
}

QByteArray textOf(const destination::Project &project)
{
    return QByteArray::fromStdString(destination::write(project));
}

QByteArray canonical()
{
    return textOf(projectOf(document(kPasses + ',' + kFails)));
}

} // namespace

Q_DECLARE_METATYPE(Edit)

void TestGoldenCli::oneEditChangesItsLines_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<int>("gone"); // lines
    QTest::addColumn<int>("come");
    QTest::newRow("nothing") << Edit([](destination::Project &) {}) << 0 << 0;
    QTest::newRow("trigger") << Edit([](destination::Project &p) { p.mappings[1].trigger = "type = \"x\""; }) << 1 << 1;
    QTest::newRow("switch") << Edit([](destination::Project &p) { p.mappings[0].enabled = false; }) << 1 << 1;
    QTest::newRow("a value") << Edit([](destination::Project &p) { set(p.mappings[1], "/data/n", "2"); }) << 1 << 1;
    QTest::newRow("a field more") << Edit([](destination::Project &p) { set(p.mappings[0], "/data/m", "2"); }) << 1
                                  << 2;
    QTest::newRow("a mapping less") << Edit([](destination::Project &p) { p.mappings.erase(p.mappings.begin() + 1); })
                                    << 16 << 0;
    QTest::newRow("a test more") << Edit([](destination::Project &p) {
        const json::Document test = json::parse(R"({"name":"n"})").value();
        p.tests = json::replaced(p.tests, "/-", test).value();
    }) << 0 << 3; // its comma stands in a line that is there
}

void TestGoldenCli::oneEditChangesItsLines()
{
    QFETCH(Edit, edit);
    const QByteArray before = canonical();
    const QString path = file("lines.hookbench", before);
    destination::Project project = destination::load(path.toStdString()).value();
    edit(project);
    QVERIFY(destination::save(project, path.toStdString()));
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    const QByteArrayList was = before.split('\n');
    const QByteArrayList is = saved.readAll().split('\n');
    qsizetype head = 0;
    while (head < std::min(was.size(), is.size()) && was[head] == is[head])
        ++head;
    qsizetype tail = 0;
    while (tail < std::min(was.size(), is.size()) - head && was[was.size() - 1 - tail] == is[is.size() - 1 - tail])
        ++tail;
    QTEST(static_cast<int>(was.size() - head - tail), "gone");
    QTEST(static_cast<int>(is.size() - head - tail), "come");
}

void TestGoldenCli::editsOfTwoPeopleMerge()
{
    const QString git = QStandardPaths::findExecutable(QStringLiteral("git"));
    QVERIFY2(!git.isEmpty(), "git is not installed");
    QVERIFY(QDir(m_home.path()).mkdir(QStringLiteral("team")));
    const QString project = path("team/acme.hookbench");
    const auto run = [&](const char *arguments) {
        QProcess process;
        process.setWorkingDirectory(path("team"));
        process.start(git,
            QStringList{ QStringLiteral("-c"), QStringLiteral("user.name=t"), QStringLiteral("-c"),
                QStringLiteral("user.email=t@example.com"), QStringLiteral("-c"),
                QStringLiteral("commit.gpgsign=false") }
                + QString::fromLatin1(arguments).split(u' '));
        process.waitForFinished();
        return process.exitCode() == 0 ? QByteArray("done") : process.readAll() + process.readAllStandardError();
    };
    const auto save = [&](const Edit &edit) {
        destination::Project mine = destination::load(project.toStdString()).value();
        edit(mine);
        QVERIFY(destination::save(mine, project.toStdString()));
        QCOMPARE(run("commit -aqm edit"), QByteArray("done"));
    };
    QCOMPARE(run("init -q -b main"), QByteArray("done"));
    file("team/acme.hookbench", canonical());
    QCOMPARE(run("add acme.hookbench"), QByteArray("done"));
    QCOMPARE(run("commit -qm first"), QByteArray("done"));
    QCOMPARE(run("checkout -qb ann"), QByteArray("done"));
    save([](destination::Project &p) {
        p.mappings[0].trigger = "type = \"identify\"";
        set(p.mappings[0], "/data/total", R"({"@path":"$.properties.total"})");
    });
    QCOMPARE(run("checkout -qb bob main"), QByteArray("done"));
    save([](destination::Project &p) {
        p.mappings[1].name = "Pages";
        set(p.mappings[1], "/url", R"("https://b.example/")");
        p.mappings[1].enabled = false;
    });
    QCOMPARE(run("merge -q --no-edit ann"), QByteArray("done"));

    QFile merged(project);
    QVERIFY(merged.open(QIODevice::ReadOnly));
    const QByteArray bytes = merged.readAll();
    const destination::Project both = projectOf(bytes);
    QCOMPARE(textOf(both), bytes); // saving it again changes no byte
    QCOMPARE(both.mappings[0].trigger, std::string("type = \"identify\""));
    QVERIFY(both.mappings[0].settings->find("data").contains("total"));
    QCOMPARE(both.mappings[1].name, std::string("Pages"));
    QVERIFY(!both.mappings[1].enabled);
    QCOMPARE(Program::run(m_home.path(), { QStringLiteral("check"), project }).code, 0);
    // Ann's trigger is held against the tests.
    QCOMPARE(Program::run(m_home.path(), { QStringLiteral("test"), project }).code, 1);
}

QTEST_GUILESS_MAIN(TestGoldenCli)
#include "tst_golden.moc"
