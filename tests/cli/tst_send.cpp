// Real events, two processes: what preview shows is what goes over the wire, and the receiver finds it valid.
#include "tests/cli/program.h"

#include "core/journal/journal.h"

using namespace hookbench;
using namespace hookbench::test;

namespace {

std::string text(json::Value value)
{
    return value.isString() ? std::string(value.asString()) : std::string();
}

} // namespace

class TestSend : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void demo();
    void documentedEvents_data();
    void documentedEvents();
    void streamsStandardInput();
    void reportsWhatFails();
    void stopsAtOnceWhenAsked();
    void journalHoldsTheBytes();

private:
    QString file(const QString &name, const QByteArray &content);
    QByteArray project(const QString &url, bool batching, int size) const;

    QTemporaryDir m_home;
    QByteArray m_events;
    int m_eventCount = 0;
};

QString TestSend::file(const QString &name, const QByteArray &content)
{
    const QString path = m_home.filePath(name);
    QFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

QByteArray TestSend::project(const QString &url, bool batching, int size) const
{
    return QStringLiteral(
        R"({"hookbench":1,"id":"test","name":"Test","enabled":true,"settings":{},"mappings":[{"name":"All","enabled":true,
"action":"send","trigger":"type != \"nothing\"","settings":{"url":"%1/hook","method":"POST","headers":{"X-Tenant":"acme"},
"data":{"@path":"$."},"enable_batching":%2,"batch_size":%3}}]})")
        .arg(url, batching ? QStringLiteral("true") : QStringLiteral("false"))
        .arg(size)
        .toUtf8();
}

void TestSend::initTestCase()
{
    QVERIFY(m_home.isValid());
    QFile docs(QStringLiteral(HOOKBENCH_TEST_DATA "/events_docs.ndjson"));
    QVERIFY(docs.open(QIODevice::ReadOnly));
    for (const QByteArray &line : docs.readAll().split('\n')) {
        const qsizetype at = line.indexOf("\"event\":{");
        if (at < 0)
            continue;
        m_events += line.mid(at + 8, line.size() - at - 9) + '\n';
        ++m_eventCount;
    }
    QVERIFY(m_eventCount > 100);
    file(QStringLiteral("events.ndjson"), m_events);
}

void TestSend::demo()
{
    const Finished finished = Program::run(m_home.path(), { QStringLiteral("demo") });
    QVERIFY2(finished.code == 0, finished.err.constData());
    const auto lines = finished.lines();
    QCOMPARE(lines.size(), std::size_t{ 2 });
    QCOMPARE(text(lines[0].root().find("signature")), std::string("fae7744101ed1a1bd2dc2c6b162c4e0e0b1e1127"));
    QCOMPARE(text(lines[1].root().find("verdict")), std::string("valid-whole-body"));
    QCOMPARE(text(lines[0].root().find("body")), text(lines[1].root().find("body")));
    QCOMPARE(finished.err.count("fae7744101ed1a1bd2dc2c6b162c4e0e0b1e1127"), 2);
}

void TestSend::documentedEvents_data()
{
    QTest::addColumn<bool>("batching");
    QTest::addColumn<int>("size");
    QTest::addColumn<std::string>("verdict");
    QTest::newRow("single") << false << 0 << std::string("valid-whole-body");
    QTest::newRow("batches of 1000") << true << 0 << std::string("valid-first-event");
    QTest::newRow("batches of 7") << true << 7 << std::string("valid-first-event");
}

void TestSend::documentedEvents()
{
    QFETCH(bool, batching);
    QFETCH(int, size);
    QFETCH(std::string, verdict);
    ReceiverProgram receiver(m_home.path());
    QVERIFY(!receiver.url().isEmpty());
    const QString destination = file(QStringLiteral("docs.hookbench"), project(receiver.url(), batching, size));
    const QStringList inputs{ QStringLiteral("--destination"), destination, QStringLiteral("--events"),
        m_home.filePath(QStringLiteral("events.ndjson")) };

    const Finished preview = Program::run(m_home.path(), QStringList{ QStringLiteral("preview") } + inputs);
    QVERIFY2(preview.code == 0, preview.err.constData());
    const Finished sent = Program::run(m_home.path(),
        QStringList{ QStringLiteral("send"), QStringLiteral("--in-flight"), QStringLiteral("1") } + inputs);
    QVERIFY2(sent.code == 0, sent.err.constData());
    const Finished received = receiver.stop();
    QCOMPARE(received.code, 0);

    const auto previews = preview.lines();
    const auto deliveries = sent.lines();
    const auto requests = received.lines();
    const std::size_t expected = batching
        ? static_cast<std::size_t>((m_eventCount + (size ? size : 1000) - 1) / (size ? size : 1000))
        : static_cast<std::size_t>(m_eventCount);
    QCOMPARE(previews.size(), expected);
    QCOMPARE(requests.size(), expected);
    QCOMPARE(deliveries.size(), expected + 1);
    for (std::size_t i = 0; i < expected; ++i) {
        const json::Value shown = previews[i].root();
        const json::Value arrived = requests[i].root();
        QCOMPARE(text(arrived.find("body")), text(shown.find("body")));
        QCOMPARE(text(arrived.find("method")), text(shown.find("method")));
        QCOMPARE(text(arrived.find("verdict")), verdict);
        for (const json::Value header : shown.find("headers").items()) {
            bool found = false;
            for (const json::Value other : arrived.find("headers").items())
                found = found
                    || (QString::fromStdString(text(other.at(0)))
                                .compare(QString::fromStdString(text(header.at(0))), Qt::CaseInsensitive)
                            == 0
                        && text(other.at(1)) == text(header.at(1)));
            QVERIFY2(found, text(header.at(0)).c_str());
        }
        QVERIFY(deliveries[i].root().find("delivered").asBoolean());
    }
    const json::Value summary = deliveries.back().root().find("summary");
    QCOMPARE(summary.find("events").asNumber(), static_cast<double>(m_eventCount));
    QCOMPARE(summary.find("matched").asNumber(), static_cast<double>(m_eventCount));
    QCOMPARE(summary.find("delivered").asNumber(), static_cast<double>(expected));
    QCOMPARE(summary.find("failed").asNumber(), 0.0);
}

void TestSend::streamsStandardInput()
{
    ReceiverProgram receiver(m_home.path(), { QStringLiteral("--count"), QStringLiteral("2") });
    const QString destination = file(QStringLiteral("stream.hookbench"), project(receiver.url(), true, 1000));
    Program sender(m_home.path());
    sender.start({ QStringLiteral("send"), QStringLiteral("--destination"), destination, QStringLiteral("--events"),
        QStringLiteral("-"), QStringLiteral("--flush-interval"), QStringLiteral("0.2") });
    QVERIFY(sender.process().waitForStarted());
    sender.process().write("{\"type\":\"track\",\"n\":1}\n{\"type\":\"track\",\"n\":2}\n");
    QVERIFY(
        sender.process().waitForReadyRead(10'000)); // the flush interval sent the batch while the input is still open
    sender.process().write("not json\n{\"type\":\"track\",\"n\":3}\n");
    sender.process().closeWriteChannel();
    const Finished sent = sender.finish();
    QCOMPARE(sent.code, 1); // the bad line
    const auto lines = sent.lines();
    QCOMPARE(lines.size(), std::size_t{ 4 });
    QCOMPARE(text(lines[0].root().find("body")), std::string(R"([{"type":"track","n":1},{"type":"track","n":2}])"));
    QCOMPARE(lines[1].root().find("line").asNumber(), 3.0);
    QCOMPARE(text(lines[2].root().find("body")), std::string(R"([{"type":"track","n":3}])"));
    QCOMPARE(receiver.finish().code, 0);
}

void TestSend::reportsWhatFails()
{
    const QString destination
        = file(QStringLiteral("refused.hookbench"), project(QStringLiteral("http://127.0.0.1:1"), false, 0));
    const QString events = file(QStringLiteral("one.json"), "{\"type\":\"track\"}");
    const Finished sent = Program::run(m_home.path(),
        { QStringLiteral("send"), QStringLiteral("--no-journal"), QStringLiteral("--destination"), destination,
            QStringLiteral("--events"), events });
    QCOMPARE(sent.code, 1);
    const auto lines = sent.lines();
    QCOMPARE(lines.size(), std::size_t{ 2 });
    QVERIFY(lines[0].root().find("status").isNull());
    QCOMPARE(text(lines[0].root().find("error").find("code")), std::string("refused"));
    QVERIFY(!lines[0].root().find("delivered").asBoolean());

    const QString none = file(QStringLiteral("none.hookbench"),
        project(QStringLiteral("http://127.0.0.1:1"), false, 0)
            .replace("type != \\\"nothing\\\"", "type = \\\"page\\\""));
    const Finished discarded = Program::run(m_home.path(),
        { QStringLiteral("send"), QStringLiteral("--no-journal"), QStringLiteral("--destination"), none,
            QStringLiteral("--events"), events });
    QCOMPARE(discarded.code, 0);
    QCOMPARE(text(discarded.lines()[0].root().find("discarded")), std::string("No matching mapping"));
}

void TestSend::stopsAtOnceWhenAsked()
{
    ReceiverProgram receiver(m_home.path());
    const QString destination = file(QStringLiteral("stop.hookbench"), project(receiver.url(), false, 0));
    Program sender(m_home.path());
    sender.start({ QStringLiteral("send"), QStringLiteral("--no-journal"), QStringLiteral("--destination"), destination,
        QStringLiteral("--events"), QStringLiteral("-") });
    QVERIFY(sender.process().waitForStarted());
    sender.process().write("{\"type\":\"track\"}\n");
    QVERIFY(sender.process().waitForReadyRead(10'000));
    sender.process().terminate();
    const Finished sent = sender.finish(10'000);
    QCOMPARE(sent.code, 1);
    QVERIFY(sent.out.contains("\"summary\""));
}

void TestSend::journalHoldsTheBytes()
{
    ReceiverProgram receiver(m_home.path(), { QStringLiteral("--count"), QStringLiteral("1") });
    const QString destination = file(QStringLiteral("journal.hookbench"), project(receiver.url(), true, 0));
    const QString path = m_home.filePath(QStringLiteral("other.sqlite"));
    const Finished sent = Program::run(m_home.path(),
        { QStringLiteral("send"), QStringLiteral("--journal"), path, QStringLiteral("--destination"), destination,
            QStringLiteral("--events"), m_home.filePath(QStringLiteral("events.ndjson")) });
    QCOMPARE(sent.code, 0);
    const auto journal = journal::Journal::open(path.toStdString());
    QVERIFY(journal);
    const auto rows = (*journal)->page(std::nullopt, 10);
    QVERIFY(rows && rows->size() == 1);
    const auto record = (*journal)->delivery(rows->front().id);
    QVERIFY(record && *record);
    const auto received = receiver.finish().lines();
    QCOMPARE((*record)->delivery.body, text(received[0].root().find("body")));
    QCOMPARE((*record)->delivery.signature, text(sent.lines()[0].root().find("signature")));
    QCOMPARE((*record)->attempts.front().status, 200);
    QCOMPARE((*record)->attempts.front().responseBody, std::string(R"({"received":true})"));
    QCOMPARE(static_cast<int>((*record)->delivery.events.size()), m_eventCount);
}

QTEST_GUILESS_MAIN(TestSend)
#include "tst_send.moc"
