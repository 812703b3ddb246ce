// A sender that is stopped, and one that is killed: what is parked goes on and arrives once, byte for byte as it would
// have; what may have arrived is told and never sent by itself.
#include "tests/cli/program.h"

#include "core/journal/journal.h"
#include "tests/support/scripted_server.h"

#include <csignal>
#include <map>
#include <set>

using namespace hookbench;
using namespace hookbench::test;
using namespace std::chrono_literals;

namespace {

constexpr int kEvents = 120;

std::string text(json::Value value)
{
    return value.isString() ? std::string(value.asString()) : std::string();
}

std::uint64_t parkedOf(const Finished &finished)
{
    for (const json::Document &line : finished.lines())
        if (const json::Value parked = line.root().find("summary").find("parked"); parked.isNumber())
            return static_cast<std::uint64_t>(parked.asNumber());
    return 0;
}

int deliveredOf(const Finished &finished)
{
    int delivered = 0;
    for (const json::Document &line : finished.lines())
        delivered += line.root().find("delivered").isBoolean() && line.root().find("delivered").asBoolean() ? 1 : 0;
    return delivered;
}

} // namespace

class TestResume : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void goesOnWhereItWasStopped_data();
    void goesOnWhereItWasStopped();
    void twoThatGoOnSendNothingTwice();
    void aKilledSenderLeavesUnknownOutcomes();
    void parksWhatWasReadOfAStream();
    void hasNothingToDo();
    void refusesWhatCannotChange_data();
    void refusesWhatCannotChange();

private:
    QString file(const QString &name, const QByteArray &content) const;
    QString destination(bool batching) const;
    QString path(const char *name) const { return m_home->filePath(QLatin1String(name)); }
    QStringList sendAll(bool batching) const
    {
        return { QStringLiteral("send"), QStringLiteral("--journal"), path("j.sqlite"), QStringLiteral("--destination"),
            destination(batching), QStringLiteral("--events"), path("events.ndjson") };
    }
    QStringList resume() const
    {
        return { QStringLiteral("send"), QStringLiteral("--resume"), QStringLiteral("--journal"), path("j.sqlite") };
    }
    std::uint64_t count(const char *filter) const;
    /// Waits until the server was asked that often.
    bool waitForRequests(int many) const
    {
        return QTest::qWaitFor([&] { return m_server->requestCount() >= many; }, 30'000);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ScriptedServer> m_server;
};

void TestResume::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ScriptedServer>([](const WireRequest &) {
        Script script;
        script.pause(25ms).send(response(200, "{}"));
        return script;
    });
    QByteArray events;
    for (int i = 0; i < kEvents; ++i)
        events += "{\"type\":\"track\",\"event\":\"Order\",\"n\":" + QByteArray::number(i)
            + ",\"t\":\"\xC3\xA9\xE2\x80\xA8\"}\n";
    file(QStringLiteral("events.ndjson"), events);
}

QString TestResume::file(const QString &name, const QByteArray &content) const
{
    QFile out(m_home->filePath(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    return out.fileName();
}

QString TestResume::destination(bool batching) const
{
    const QByteArray project = "{\"hookbench\":1,\"id\":\"t\",\"name\":\"T\",\"enabled\":true,\"settings\":{},"
                               "\"mappings\":[{\"name\":\"All\",\"enabled\":true,\"action\":\"send\",\"trigger\":"
                               "\"type = \\\"track\\\"\",\"settings\":{\"url\":\""
        + QByteArray::fromStdString(m_server->url("/hook"))
        + "\",\"method\":\"POST\",\"headers\":{\"X-Tenant\":\"acme\"},\"data\":{\"@path\":\"$.\"},"
          "\"enable_batching\":"
        + (batching ? "true,\"batch_size\":2" : "false") + "}}]}";
    return file(QStringLiteral("t.hookbench"), project);
}

std::uint64_t TestResume::count(const char *filter) const
{
    const auto journal = journal::Journal::open(path("j.sqlite").toStdString());
    return query::parse(filter)
        .and_then([&](const query::Query &query) { return (*journal)->count(query, 0); })
        .value();
}

void TestResume::goesOnWhereItWasStopped_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<bool>("batching");
    QTest::newRow("SIGTERM") << SIGTERM << false;
    QTest::newRow("Ctrl+C, batches") << SIGINT << true;
}

void TestResume::goesOnWhereItWasStopped()
{
    QFETCH(int, how);
    QFETCH(bool, batching);
    QStringList preview = sendAll(batching);
    preview[0] = QStringLiteral("preview");
    preview.remove(1, 2); // it keeps no journal
    std::map<std::string, std::string> signatures; // by body
    for (const json::Document &line : Program::run(m_home->path(), preview).lines())
        signatures[text(line.root().find("body"))] = text(line.root().find("signature"));
    const int all = batching ? kEvents / 2 : kEvents;
    QCOMPARE(static_cast<int>(signatures.size()), all);

    Program sender(m_home->path());
    sender.start(sendAll(batching));
    QVERIFY(sender.process().waitForStarted());
    QVERIFY(waitForRequests(10));
    ::kill(static_cast<pid_t>(sender.process().processId()), how);
    const Finished stopped = sender.finish();
    QCOMPARE(stopped.code, 1);
    QVERIFY2(stopped.err.contains(QByteArray("send --resume --journal '" + path("j.sqlite").toUtf8())),
        stopped.err.constData());
    const int sent = deliveredOf(stopped);
    QVERIFY(sent >= 10 && sent < all);
    QCOMPARE(m_server->requestCount(), sent); // what was in flight ended
    QCOMPARE(parkedOf(stopped), static_cast<std::uint64_t>(all - sent));
    QCOMPARE(count("verdict:parked"), static_cast<std::uint64_t>(all - sent));
    QCOMPARE(count("verdict:waiting or verdict:unknown"), std::uint64_t{ 0 });

    Program again(m_home->path()); // and stopped again
    again.start(resume());
    QVERIFY(again.process().waitForStarted());
    QVERIFY(waitForRequests(sent + 5));
    ::kill(static_cast<pid_t>(again.process().processId()), how);
    const Finished halfway = again.finish();
    QCOMPARE(halfway.code, 1);
    QVERIFY(parkedOf(halfway) > 0);

    const Finished rest = Program::run(m_home->path(), resume());
    QVERIFY2(rest.code == 0, rest.err.constData());
    QCOMPARE(sent + deliveredOf(halfway) + deliveredOf(rest), all);
    QVERIFY(rest.out.contains("\"summary\"") && !rest.out.contains("\"parked\""));
    QCOMPARE(m_server->requestCount(), all);
    std::set<std::string> seen;
    for (const WireRequest &request : m_server->requests()) {
        const std::string body(request.body());
        QVERIFY(seen.insert(body).second);
        QVERIFY(signatures.contains(body));
        QCOMPARE(request.field("x-signature"), std::optional(signatures[body]));
        QCOMPARE(request.field("x-tenant"), std::optional<std::string>("acme"));
    }
    QCOMPARE(count("verdict:delivered attempt:1 -is:resent"), static_cast<std::uint64_t>(all));
    QCOMPARE(static_cast<int>(count("")), all);
}

void TestResume::twoThatGoOnSendNothingTwice()
{
    Program sender(m_home->path());
    sender.start(sendAll(false));
    QVERIFY(sender.process().waitForStarted());
    QVERIFY(waitForRequests(3));
    sender.process().terminate();
    const int sent = deliveredOf(sender.finish());
    Program one(m_home->path());
    Program other(m_home->path());
    one.start(resume());
    other.start(resume());
    const Finished first = one.finish();
    const Finished second = other.finish();
    QCOMPARE(first.code, 0);
    QCOMPARE(second.code, 0);
    QCOMPARE(sent + deliveredOf(first) + deliveredOf(second), kEvents);
    QCOMPARE(m_server->requestCount(), kEvents);
    QCOMPARE(count("verdict:delivered"), static_cast<std::uint64_t>(kEvents));
}

void TestResume::aKilledSenderLeavesUnknownOutcomes()
{
    Program sender(m_home->path());
    sender.start(sendAll(false));
    QVERIFY(sender.process().waitForStarted());
    QVERIFY(waitForRequests(10));
    QVERIFY(QTest::qWaitFor([&] { return count("verdict:waiting") > 0; }, 10'000));
    QCOMPARE(count("verdict:unknown"), std::uint64_t{ 0 }); // it lives: opening the journal touches nothing
    sender.process().kill();
    QVERIFY(sender.process().waitForFinished());
    QTest::qWait(100);
    const int arrived = m_server->requestCount();
    const std::uint64_t recorded = count("");

    const Finished listed = Program::run(m_home->path(),
        { QStringLiteral("journal"), path("j.sqlite"), QStringLiteral("--query"),
            QStringLiteral("verdict:unknown error:program-ended") });
    QCOMPARE(listed.code, 0);
    const std::uint64_t unknown = count("verdict:unknown error:program-ended");
    QVERIFY(unknown > 0);
    QCOMPARE(listed.lines().size(), static_cast<std::size_t>(unknown));
    QVERIFY(listed.out.contains("program-ended"));
    QCOMPARE(count("verdict:waiting or verdict:parked"), std::uint64_t{ 0 });
    QCOMPARE(count("verdict:delivered") + unknown, recorded);
    QVERIFY(static_cast<std::uint64_t>(arrived) >= count("verdict:delivered"));

    const Finished resumed = Program::run(m_home->path(), resume());
    QCOMPARE(resumed.code, 0);
    QVERIFY2(resumed.err.contains("unknown outcome") && resumed.err.contains("error:program-ended"),
        resumed.err.constData());
    QCOMPARE(m_server->requestCount(), arrived); // never by itself
    const Finished resent = Program::run(m_home->path(),
        { QStringLiteral("resend"), path("j.sqlite"), QStringLiteral("--query"),
            QStringLiteral("error:program-ended") });
    QCOMPARE(resent.code, 0);
    QCOMPARE(m_server->requestCount(), arrived + static_cast<int>(unknown));
}

/// A stream may never end: what was read of it is parked, full batch or not.
void TestResume::parksWhatWasReadOfAStream()
{
    QStringList arguments = sendAll(true);
    arguments.last() = QStringLiteral("-");
    Program sender(m_home->path());
    sender.start(arguments << QStringLiteral("--flush-interval") << QStringLiteral("600"));
    QVERIFY(sender.process().waitForStarted());
    sender.process().write(
        "{\"type\":\"track\",\"n\":1}\n{\"type\":\"track\",\"n\":2}\n{\"type\":\"track\",\"n\":3}\n");
    QVERIFY(sender.process().waitForReadyRead(10'000)); // the first two went out
    sender.process().terminate();
    const Finished stopped = sender.finish(10'000);
    QCOMPARE(stopped.code, 1);
    QCOMPARE(parkedOf(stopped), std::uint64_t{ 1 });
    QCOMPARE(Program::run(m_home->path(), resume()).code, 0);
    QCOMPARE(m_server->requestCount(), 2);
    QCOMPARE(std::string(m_server->requests().back().body()), std::string("[{\"type\":\"track\",\"n\":3}]"));
}

void TestResume::hasNothingToDo()
{
    const Finished missing = Program::run(m_home->path(), resume());
    QCOMPARE(missing.code, 2);
    QVERIFY(!QFile::exists(path("j.sqlite")));
    QCOMPARE(Program::run(m_home->path(), sendAll(true)).code, 0);
    const Finished nothing = Program::run(m_home->path(), resume());
    QCOMPARE(nothing.code, 0);
    QVERIFY(nothing.err.contains("Nothing is parked"));
    QCOMPARE(nothing.lines().size(), std::size_t{ 1 });
    QCOMPARE(m_server->requestCount(), kEvents / 2);
}

void TestResume::refusesWhatCannotChange_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *option : { "--destination", "--events", "--only", "--url", "--flush-interval" })
        QTest::newRow(option) << QStringList{ QLatin1String(option), QStringLiteral("x") };
    QTest::newRow("--no-journal") << QStringList{ QStringLiteral("--no-journal") };
}

void TestResume::refusesWhatCannotChange()
{
    QFETCH(QStringList, arguments);
    const Finished refused = Program::run(m_home->path(), resume() + arguments);
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("--resume"), refused.err.constData());
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
