// The window's way in: evaluates off its thread, sends to the embedded receiver, records, stops.
#include "core/json/parse.h"
#include "core/pipeline/session.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <limits>
#include <set>

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
    void stopParksTheRest();
    void whatIsParkedOutlivesTheProgram();
    void endingParksWhatWaits();
    void discardsWhatIsParked();
    void aSecondStopReadsNoFurther();
    void opensElsewhere_data();
    void opensElsewhere();
    void compactsBetweenTransactions();
    void pausesAndGoesOn();

private:
    /// Sends `events` numbered events and stops when the first are delivered; the summary.
    RunSummary sendAndStop(const std::string &url, int events);
    std::uint64_t count(const char *filter) const
    {
        return m_session->journal()->count(query::parse(filter).value(), 0).value_or(~0ULL);
    }
    QString file() const { return m_home->filePath(QStringLiteral("journal.sqlite")); }
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

RunSummary TestSession::sendAndStop(const std::string &url, int events)
{
    std::vector<json::Document> list;
    for (int i = 0; i < events; ++i)
        list.push_back(json::parse(R"({"type":"track","n":)" + std::to_string(i) + "}").value());
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    QSignalSpy delivered(m_session.get(), &Session::delivered);
    m_session->send(project(url), { .secret = "s" }, {}, { .events = std::move(list) });
    (void)QTest::qWaitFor([&] { return delivered.count() > 0; }, 30'000);
    m_session->stop();
    (void)QTest::qWaitFor([&] { return finished.count() > 0 && !m_session->isRunning(); }, 60'000);
    return finished.isEmpty() ? RunSummary() : finished.front().front().value<RunSummary>();
}

void TestSession::stopParksTheRest()
{
    constexpr int kEvents = 1'500;
    const std::string url = startReceiver().toStdString();
    std::multiset<std::string> bodies;
    std::size_t invalid = 0;
    connect(m_session.get(), &Session::received, this, [&](const receiver::ReceivedRequest &request) {
        bodies.insert(request.body);
        invalid += request.verdict == signing::Verdict::ValidWholeBody ? 0 : 1;
    });
    const RunSummary stopped = sendAndStop(url, kEvents);
    QVERIFY(stopped.delivered > 0 && stopped.parked > 0);
    QCOMPARE(stopped.failed, std::uint64_t{ 0 });
    QCOMPARE(stopped.delivered + stopped.parked, std::uint64_t{ kEvents });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->parked(), stopped.parked, 30'000);
    QCOMPARE(count("verdict:parked"), stopped.parked);
    QCOMPARE(count("error:any"), std::uint64_t{ 0 });

    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->continueParked({});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    const auto continued = finished.front().front().value<RunSummary>();
    QCOMPARE(continued.delivered, stopped.parked);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->parked(), quint64{ 0 }, 30'000);
    // Every event once, signed as it was; no delivery twice, none with an origin.
    QTRY_COMPARE_WITH_TIMEOUT(bodies.size(), std::size_t{ kEvents }, 30'000);
    QCOMPARE(std::set<std::string>(bodies.begin(), bodies.end()).size(), std::size_t{ kEvents });
    QCOMPARE(invalid, std::size_t{ 0 });
    QTRY_COMPARE_WITH_TIMEOUT(count("verdict:delivered attempt:1"), std::uint64_t{ kEvents }, 30'000);
    QCOMPARE(count("is:resent"), std::uint64_t{ 0 });
    QCOMPARE(m_session->journal()->runs(10).value().size(), std::size_t{ 1 });
}

void TestSession::whatIsParkedOutlivesTheProgram()
{
    const std::string url = startReceiver().toStdString();
    RunSummary stopped = sendAndStop(url, 1'200);
    m_session = std::make_unique<Session>();
    QVERIFY(m_session->openJournal(file().toStdString()));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->parked(), stopped.parked, 30'000);
    // Retention leaves it alone.
    QVERIFY(m_session->journal()->count().value() >= stopped.parked);
    {
        auto journal = journal::Journal::open(file().toStdString()).value();
        QVERIFY(journal->enforce({ std::numeric_limits<journal::WallMs>::max(), 1 }));
        QCOMPARE(journal->count().value(), stopped.parked);
    }
    // It goes on, is stopped again, and goes on again. Nobody listens: each fails, none is lost.
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    QSignalSpy delivered(m_session.get(), &Session::delivered);
    m_session->continueParked({});
    QTRY_VERIFY_WITH_TIMEOUT(delivered.count() > 0, 30'000);
    m_session->stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    const auto first = finished.takeFirst().front().value<RunSummary>();
    QCOMPARE(first.failed + first.parked, stopped.parked);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->parked(), first.parked, 30'000);
    QCOMPARE(count("verdict:parked"), first.parked);
    QTRY_VERIFY(!m_session->isRunning());
    m_session->continueParked({});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(count("error:refused attempt:1"), stopped.parked, 30'000);
}

void TestSession::endingParksWhatWaits()
{
    const std::string url = startReceiver().toStdString();
    QSignalSpy delivered(m_session.get(), &Session::delivered);
    m_session->send(project(url), {}, {}, { .events = std::vector<json::Document>(5'000, m_event) });
    QTRY_VERIFY_WITH_TIMEOUT(delivered.count() > 0, 30'000);
    m_session = std::make_unique<Session>();
    QVERIFY(m_session->openJournal(file().toStdString()));
    QTRY_VERIFY_WITH_TIMEOUT(m_session->parked() > 0, 30'000);
    QCOMPARE(count("verdict:waiting"), std::uint64_t{ 0 });
    // What was on the wire may have arrived: nobody waits for its answer any more.
    const std::string ended
        = std::string("verdict:unknown error:") + delivery::failureName(delivery::Failure::ProgramEnded);
    QCOMPARE(count(ended.c_str()), count("verdict:unknown"));
    QVERIFY(count(ended.c_str()) <= delivery::QueueLimits().inFlightPerHost);
}

void TestSession::discardsWhatIsParked()
{
    const RunSummary stopped = sendAndStop(startReceiver().toStdString(), 1'500);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->parked(), stopped.parked, 30'000);
    m_session->discardParked();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->parked(), quint64{ 0 }, 30'000);
    QCOMPARE(count("verdict:discarded"), stopped.parked);
    QCOMPARE(count("verdict:failed"), std::uint64_t{ 0 });
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->continueParked({}); // nothing is left
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
    QCOMPARE(finished.front().front().value<RunSummary>().attempts, std::uint64_t{ 0 });
}

void TestSession::aSecondStopReadsNoFurther()
{
    const std::string url = startReceiver().toStdString();
    constexpr std::size_t kMany = 60'000;
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    RunProgress last;
    connect(m_session.get(), &Session::runProgressed, this, [&last](const RunProgress &progress) { last = progress; });
    m_session->send(project(url), {}, {}, { .events = std::vector<json::Document>(kMany, m_event) });
    QTRY_VERIFY_WITH_TIMEOUT(last.soFar.delivered > 0, 30'000);
    m_session->stop();
    QTRY_VERIFY_WITH_TIMEOUT(last.parking && last.soFar.parked > 0, 30'000);
    m_session->stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    const auto summary = finished.front().front().value<RunSummary>();
    QVERIFY(summary.events < kMany);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->parked(), summary.parked, 30'000);
}

void TestSession::opensElsewhere_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("refused");
    QTest::addColumn<bool>("salvaged");
    QByteArray damaged;
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("j"));
        (void)journal::Journal::open(path.toStdString());
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            damaged = file.readAll();
        damaged.replace(4096, 4096 * 3, QByteArray(4096 * 3, '\xA5'));
        damaged.replace(100, 12, QByteArray(12, '\xA5'));
    }
    QTest::newRow("a new one") << QByteArray() << QByteArray() << false;
    QTest::newRow("damaged") << damaged << QByteArray() << true;
    QTest::newRow("something else") << QByteArray("notes") << QByteArray("journal-foreign") << false;
}

void TestSession::opensElsewhere()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, refused);
    QFETCH(bool, salvaged);
    m_session = std::make_unique<Session>();
    QFile written(m_home->filePath(QStringLiteral("other.sqlite")));
    QVERIFY(written.open(QIODevice::WriteOnly) && written.write(content) == content.size());
    written.close();
    QSignalSpy opened(m_session.get(), &Session::journalOpened);
    QSignalSpy refusals(m_session.get(), &Session::journalRefused);
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->openJournalSoon(written.fileName().toStdString());
    m_session->send(project("http://127.0.0.1:1/"), {}, {}, { .events = { m_event } }); // waits for the journal
    QTRY_COMPARE_WITH_TIMEOUT(opened.count() + refusals.count(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
    if (!refused.isEmpty()) {
        QCOMPARE(QByteArray::fromStdString(refusals.front().front().value<Error>().code), refused);
        QVERIFY(!m_session->journal());
        QTRY_VERIFY(!m_session->isRunning());
        m_session->salvageJournal(written.fileName().toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        QVERIFY(opened.front().front().value<SalvagePtr>());
        return;
    }
    const auto salvage = opened.front().front().value<SalvagePtr>();
    QCOMPARE(salvage != nullptr, salvaged);
    QVERIFY(!salvaged || QFile::exists(QString::fromStdString(salvage->movedTo)));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->journal()->count().value_or(9), std::uint64_t{ 1 }, 30'000);
}

void TestSession::compactsBetweenTransactions()
{
    const std::string url = startReceiver().toStdString();
    QSignalSpy finished(m_session.get(), &Session::runFinished);
    m_session->send(project(url), {}, {}, { .events = std::vector<json::Document>(2'000, m_event) });
    int compacted = 0;
    for (int i = 0; i < 3; ++i)
        m_session->onJournal(Session::Lane::Writing, this, [&](journal::Journal &journal, const Session::Tell &tell) {
            tell([&compacted, done = journal.compact().has_value()] { compacted += done ? 1 : 0; });
        });
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(compacted, 3, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(count("verdict:delivered"), std::uint64_t{ 2'000 }, 30'000);
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
    // What is read and waits for its turn is not done.
    QVERIFY(last.part.has_value());
    QCOMPARE(*last.part, static_cast<double>(done) / kEvents);
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
