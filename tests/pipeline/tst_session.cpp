// The window's way in: evaluates off its thread, sends to the embedded receiver, records, stops.
#include "core/json/parse.h"
#include "core/pipeline/session.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::pipeline;
using namespace std::string_literals;

class TestSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void evaluates();
    void newerQuestionsOvertake();
    void sendsReceivesAndRecords();
    void refusesABadFile();
    void stops();
    void pausesAndGoesOn();

private:
    destination::Project project(const std::string &url) const;
    QString startReceiver();

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Session> m_session;
    const json::Document m_event = json::parse(R"({"type":"track","n":1})").value();
};

void TestSession::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>();
    QVERIFY(m_session->openJournal(m_home->filePath(QStringLiteral("journal.sqlite")).toStdString()));
}

void TestSession::cleanup()
{
    m_session.reset();
    m_home.reset();
}

destination::Project TestSession::project(const std::string &url) const
{
    destination::Project project = destination::newProject("test");
    destination::Mapping mapping = destination::defaultMapping("All");
    mapping.enabled = true;
    mapping.trigger = "type = \"track\"";
    mapping.settings = json::parse(R"({"url":")" + url + R"(","method":"POST","data":{"@path":"$."}})").value();
    project.mappings.push_back(mapping);
    return project;
}

QString TestSession::startReceiver()
{
    QSignalSpy started(m_session.get(), &Session::receiverStarted);
    m_session->setReceiverSecret("s");
    m_session->startReceiver(0, {});
    if (!started.wait(30'000))
        qFatal("the receiver did not start");
    return m_session->receiverUrl();
}

void TestSession::evaluates()
{
    EvaluationPtr got;
    connect(m_session.get(), &Session::evaluated, this, [&](const EvaluationPtr &evaluation) { got = evaluation; });
    const auto serial = m_session->evaluate(project("https://a.example/x"), { .secret = "s" }, m_event, 0);
    QTRY_VERIFY_WITH_TIMEOUT(got, 30'000);
    QCOMPARE(got->serial, serial);
    QVERIFY(got->triggers.at(0).matched);
    QCOMPARE(got->triggers.at(0).trace.conditions.size(), std::size_t{ 1 });
    QCOMPARE((*got->preview->request)->body, R"({"type":"track","n":1})"s);
    QCOMPARE((*got->preview->request)->signature, signing::Signer("s").sign(R"({"type":"track","n":1})"));
}

void TestSession::newerQuestionsOvertake()
{
    std::vector<std::uint64_t> answered;
    connect(m_session.get(), &Session::evaluated, this,
        [&](const EvaluationPtr &evaluation) { answered.push_back(evaluation->serial); });
    // On a busy machine the evaluator may keep up with whoever asks: then nothing is overtaken, and it is asked again.
    std::size_t asked = 0;
    for (int round = 0; round < 20 && answered.size() == asked; ++round) {
        std::uint64_t last = 0;
        for (int i = 0; i < 50; ++i, ++asked)
            last = m_session->evaluate(project("https://a.example/" + std::to_string(i)), {}, m_event, 0);
        QTRY_VERIFY_WITH_TIMEOUT(!answered.empty() && answered.back() == last, 30'000);
    }
    QVERIFY(answered.size() < asked);
    QVERIFY(std::is_sorted(answered.begin(), answered.end()));
}

void TestSession::sendsReceivesAndRecords()
{
    const std::string url = startReceiver().toStdString();
    std::vector<receiver::ReceivedRequest> received;
    connect(m_session.get(), &Session::received, this,
        [&](const receiver::ReceivedRequest &request) { received.push_back(request); });
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    QSignalSpy changed(m_session.get(), &Session::journalChanged);
    m_session->send(project(url + "/hook"), { .secret = "s" }, {},
        { .events = { m_event, json::parse(R"({"type":"page"})").value(), m_event } });
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
    const auto summary = finished.front().front().value<RunSummary>();
    QCOMPARE(summary.events, std::uint64_t{ 3 });
    QCOMPARE(summary.delivered, std::uint64_t{ 2 });
    QCOMPARE(summary.discarded, std::uint64_t{ 1 });
    QTRY_VERIFY(!m_session->isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(received.size(), std::size_t{ 2 }, 30'000);
    QCOMPARE(received[0].verdict, signing::Verdict::ValidWholeBody);
    QCOMPARE(received[0].body, R"({"type":"track","n":1})"s);
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->journal()->count().value_or(0), std::uint64_t{ 2 }, 30'000);
}

void TestSession::refusesABadFile()
{
    const QString path = m_home->filePath(QStringLiteral("events.ndjson"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"type\":\"track\"}\nnope\n");
    file.close();
    QSignalSpy refused(m_session.get(), &Session::runRefused);
    m_session->send(project("http://127.0.0.1:1/"), {}, {}, { .file = path.toStdString() });
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, 30'000);
    QVERIFY(refused.front().front().value<Error>().message.find("line 2") != std::string::npos);
    QTRY_VERIFY(!m_session->isRunning()); // the spy hears it in the sending thread, before the session does
    QCOMPARE(m_session->journal()->count().value_or(99), std::uint64_t{ 0 });
}

void TestSession::stops()
{
    const std::string url = startReceiver().toStdString();
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->send(project(url), {}, {}, { .events = std::vector<json::Document>(20'000, m_event) });
    QTest::qWait(100);
    m_session->stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QVERIFY(finished.front().front().value<RunSummary>().events < 20'000);
}

void TestSession::pausesAndGoesOn()
{
    constexpr std::size_t kEvents = 3'000;
    const std::string url = startReceiver().toStdString();
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    RunProgress last;
    connect(m_session.get(), &Session::runProgressed, this, [&last](const RunProgress &progress) { last = progress; });
    m_session->send(project(url), {}, {}, { .events = std::vector<json::Document>(kEvents, m_event) });
    m_session->pause(true);
    QTRY_VERIFY_WITH_TIMEOUT(last.paused && last.inFlight == 0, 30'000);
    const std::uint64_t done = last.soFar.deliveries;
    const double seconds = last.seconds;
    QVERIFY(done < kEvents);
    QTest::qWait(400); // four reports of progress
    QCOMPARE(last.soFar.deliveries, done);
    QCOMPARE(last.seconds, seconds); // the clock of the run stands still
    m_session->pause(false);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QCOMPARE(finished.front().front().value<RunSummary>().delivered, std::uint64_t{ kEvents });
    QVERIFY(!last.paused);
    QVERIFY(last.chart.bodyBytes >= kEvents * 22);
    QVERIFY(last.chart.p95Ms >= last.chart.p50Ms && last.chart.p50Ms > 0);

    finished.clear();
    m_session->send(project(url), {}, {}, { .events = std::vector<json::Document>(kEvents, m_event) });
    m_session->pause(true);
    QTRY_VERIFY_WITH_TIMEOUT(last.paused, 30'000);
    m_session->stop(); // while it is paused
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
