// Bad input: a clear sentence, the right exit code, and nothing is sent: the receiver counts.
#include "tests/cli/program.h"

using namespace hookbench;
using namespace hookbench::test;

class TestRefusals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void refuses_data();
    void refuses();
    void skipsInvalidLines();
    void calls_data();
    void calls();
    void cleanupTestCase();

private:
    QString file(const QString &name, const QByteArray &content);

    QTemporaryDir m_home;
    std::unique_ptr<ReceiverProgram> m_receiver;
};

namespace {

QByteArray document(const QByteArray &mappings, const QByteArray &version = "1")
{
    return "{\"hookbench\":" + version + ",\"id\":\"t\",\"name\":\"T\",\"enabled\":true,\"settings\":{},\"mappings\":["
        + mappings + "]}";
}

QByteArray mapping(const QByteArray &settings)
{
    return "{\"name\":\"M\",\"enabled\":true,\"action\":\"send\",\"trigger\":\"type = \\\"track\\\"\",\"settings\":{"
        + settings + "}}";
}

const QByteArray kGood = "\"url\":\"URL\",\"method\":\"POST\",\"data\":{\"@path\":\"$.\"}";
const QByteArray kEvent = "{\"type\":\"track\"}\n";

} // namespace

QString TestRefusals::file(const QString &name, const QByteArray &content)
{
    const QString path = m_home.filePath(name);
    QFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

void TestRefusals::initTestCase()
{
    m_receiver = std::make_unique<ReceiverProgram>(m_home.path());
    QVERIFY(!m_receiver->url().isEmpty());
}

void TestRefusals::refuses_data()
{
    QTest::addColumn<QByteArray>("project");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("word"); // that the message must hold
    const QByteArray good = document(mapping(kGood));
    QTest::newRow("broken JSON project") << good.chopped(3) << kEvent << QByteArray("column");
    QTest::newRow("invalid UTF-8 project")
        << QByteArray(good).replace("\"T\"", "\"\xFF\"") << kEvent << QByteArray("UTF-8");
    QTest::newRow("empty project") << QByteArray() << kEvent << QByteArray("empty");
    QTest::newRow("newer project") << document(mapping(kGood), "2") << kEvent << QByteArray("newer");
    QTest::newRow("deep project") << document(
        mapping("\"data\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']')))
                                  << kEvent << QByteArray("deeper");
    QTest::newRow("unknown directive") << document(
        mapping("\"url\":\"URL\",\"method\":\"POST\",\"data\":{\"x\":{\"@nope\":1}}"))
                                       << kEvent << QByteArray("@nope");
    QByteArrayList many;
    for (int i = 0; i < 51; ++i)
        many << mapping(kGood);
    QTest::newRow("51 mappings") << document(many.join(',')) << kEvent << QByteArray("50");
    QTest::newRow("batch_size 4001") << document(mapping(kGood + ",\"enable_batching\":true,\"batch_size\":4001"))
                                     << kEvent << QByteArray("4000");
    QTest::newRow("no URL") << document(mapping("\"method\":\"POST\",\"data\":{\"@path\":\"$.\"}")) << kEvent
                            << QByteArray("url");
    QTest::newRow("relative URL") << document(
        mapping("\"url\":\"/hook\",\"method\":\"POST\",\"data\":{\"@path\":\"$.\"}"))
                                  << kEvent << QByteArray("/hook");
    QTest::newRow("method GET") << document(mapping(QByteArray(kGood).replace("POST", "GET"))) << kEvent
                                << QByteArray("GET");
    QTest::newRow("header with CR LF") << document(mapping(kGood + ",\"headers\":{\"X-A\":\"1\\r\\nX-B: 2\"}"))
                                       << kEvent << QByteArray("X-A");
    QTest::newRow("header name with a space")
        << document(mapping(kGood + ",\"headers\":{\"X A\":\"1\"}")) << kEvent << QByteArray("X A");
    QTest::newRow("header above U+00FF") << document(mapping(kGood + ",\"headers\":{\"X-A\":\"\xE2\x82\xAC\"}"))
                                         << kEvent << QByteArray("X-A");
    QTest::newRow("broken JSON event") << good << QByteArray("{\"type\":\"track\"}\n{\"type\":\n")
                                       << QByteArray("line 2");
    QTest::newRow("invalid UTF-8 event") << good << QByteArray("{\"type\":\"track\"}\n{\"a\":\"\xFF\"}\n")
                                         << QByteArray("UTF-8");
    QTest::newRow("event is no object") << good << QByteArray("{\"type\":\"track\"}\n3\n") << QByteArray("object");
    QTest::newRow("deep event") << good
                                << kEvent + "{\"a\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}\n"
                                << QByteArray("deeper");
    QTest::newRow("empty events") << good << QByteArray() << QByteArray("no event");
}

void TestRefusals::refuses()
{
    QFETCH(QByteArray, project);
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, word);
    project.replace("URL", m_receiver->url().toUtf8());
    const Finished sent = Program::run(m_home.path(),
        { QStringLiteral("send"), QStringLiteral("--destination"), file(QStringLiteral("bad.hookbench"), project),
            QStringLiteral("--events"), file(QStringLiteral("bad.ndjson"), events) });
    QCOMPARE(sent.code, 2);
    QVERIFY2(sent.err.toLower().contains(word.toLower()), sent.err.constData());
    QVERIFY2(sent.err.size() < 4000, "a message is a sentence, not a dump");
}

void TestRefusals::skipsInvalidLines()
{
    const QByteArray good = document(mapping(kGood)).replace("URL", "http://127.0.0.1:1/");
    const Finished preview = Program::run(m_home.path(),
        { QStringLiteral("preview"), QStringLiteral("--skip-invalid"), QStringLiteral("--destination"),
            file(QStringLiteral("skip.hookbench"), good), QStringLiteral("--events"),
            file(QStringLiteral("skip.ndjson"), "{\"type\":\"track\"}\nnope\n{\"type\":\"track\",\"n\":2}\n") });
    QCOMPARE(preview.code, 1);
    const auto lines = preview.lines();
    QCOMPARE(lines.size(), std::size_t{ 3 });
    QCOMPARE(lines[1].root().find("line").asNumber(), 2.0);
    QCOMPARE(lines[2].root().find("events").at(0).asNumber(), 1.0);
}

void TestRefusals::calls_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString missing = QStringLiteral("/nowhere/at/all.hookbench");
    QTest::newRow("no command") << QStringList();
    QTest::newRow("unknown command") << QStringList{ QStringLiteral("sendd") };
    QTest::newRow("unknown option") << QStringList{ QStringLiteral("send"), QStringLiteral("--bogus") };
    QTest::newRow("no destination") << QStringList{ QStringLiteral("send") };
    QTest::newRow("missing file") << QStringList{ QStringLiteral("send"), QStringLiteral("--destination"), missing };
    QTest::newRow("check of a missing file") << QStringList{ QStringLiteral("check"), missing };
    QTest::newRow("folder") << QStringList{ QStringLiteral("check"), QStringLiteral("/") };
    QTest::newRow("bad trigger") << QStringList{ QStringLiteral("match"), QStringLiteral("--trigger"),
        QStringLiteral("typo"), QStringLiteral("--events"), missing };
    QTest::newRow("bad port") << QStringList{ QStringLiteral("receive"), QStringLiteral("--port"),
        QStringLiteral("70000") };
    QTest::newRow("bad mode") << QStringList{ QStringLiteral("sign"), QStringLiteral("--signature-mode"),
        QStringLiteral("both") };
    QTest::newRow("missing secret file") << QStringList{ QStringLiteral("sign"), QStringLiteral("--secret-file"),
        missing };
}

void TestRefusals::calls()
{
    QFETCH(QStringList, arguments);
    const Finished finished = Program::run(m_home.path(), arguments);
    QCOMPARE(finished.code, 2);
    QVERIFY(!finished.err.isEmpty());
}

void TestRefusals::cleanupTestCase()
{
    const Finished received = m_receiver->stop();
    QCOMPARE(received.out, QByteArray()); // nothing ever arrived
}

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
