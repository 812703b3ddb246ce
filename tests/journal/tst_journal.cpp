#include "tests/journal/records.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookbench;
using namespace hookbench::journal;

namespace {

QByteArray bytesIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

bool putBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// Runs statements with a plain SQLite connection of its own.
bool runSql(const QString &path, const QStringList &statements)
{
    const QString name = QStringLiteral("test");
    bool good = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(path);
        good = database.open();
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            good = good && query.exec(statement);
        }
    }
    QSqlDatabase::removeDatabase(name);
    return good;
}

} // namespace

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_file = m_folder->filePath(QStringLiteral("journal.sqlite"));
        m_path = m_file.toStdString();
    }

    void isForItsOwnerOnly()
    {
        const mode_t old = ::umask(0);
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        QVERIFY(journal->add({ "run", 0, "p", "P" }));
        ::umask(old);
        for (const char *suffix : { "", "-wal", "-shm" }) {
            struct stat info = {};
            QVERIFY2(::stat((m_path + suffix).c_str(), &info) == 0, suffix);
            QCOMPARE(info.st_mode & 07777U, 0600U);
        }
    }

    void usesAnEmptyFile()
    {
        QVERIFY(putBytes(m_file, {}));
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        QCOMPARE(journal->count().value(), std::uint64_t{ 0 });
        QVERIFY(journal->page(std::nullopt, 10).value().empty());
        QVERIFY(journal->pageAt(0, 10).value().empty());
        QCOMPARE(journal->delivery("nobody").value().has_value(), false);
    }

    void keepsEverythingByteForByte_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("hasBody");
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all.append(static_cast<char>(i));
        QTest::addRow("json") << QByteArray("{\"a\":\"ü\"}") << true;
        QTest::addRow("all bytes") << all << true;
        QTest::addRow("empty") << QByteArray() << true;
        QTest::addRow("none") << QByteArray() << false;
        QTest::addRow("5 MB") << all.repeated(20'000) << true;
    }
    void keepsEverythingByteForByte()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, hasBody);
        Delivery delivery = deliveryOf("d", body.toStdString());
        delivery.hasBody = hasBody;
        delivery.mappingName = "lone \xED\xA0\xBD surrogate"; // WTF-8, not valid UTF-8
        if (!hasBody) {
            delivery.signature.clear();
            delivery.signedBytes.reset();
        }
        Attempt attempt = attemptOf("d");
        attempt.responseBody = body.toStdString();
        attempt.reason = "gr\xFC\xDF";
        attempt.responseTruncated = true;
        attempt.redirects = { { 302, "GET", "https://example.com/" } };
        {
            const auto journal = openOrFail(m_path);
            QVERIFY(journal && journal->add({ "run", 77, "project", "Acme Ördërs" }));
            QCOMPARE(codeOf(journal->append({ { delivery }, { attempt } })), QByteArray("ok"));
        }
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        const auto found = journal->delivery("d").value();
        QVERIFY(found.has_value());
        const Delivery &kept = found->delivery;
        QCOMPARE(kept.id, delivery.id);
        QCOMPARE(kept.run, delivery.run);
        QCOMPARE(kept.mappingIndex, delivery.mappingIndex);
        QCOMPARE(kept.mappingName, delivery.mappingName);
        QCOMPARE(kept.method, delivery.method);
        QCOMPARE(kept.url, delivery.url);
        QVERIFY(kept.headers == delivery.headers);
        QCOMPARE(kept.hasBody, delivery.hasBody);
        QVERIFY(kept.body == delivery.body);
        QVERIFY(kept.events == delivery.events);
        QCOMPARE(kept.signature, delivery.signature);
        QVERIFY(kept.signedBytes == delivery.signedBytes);
        QCOMPARE(kept.created, delivery.created);
        QCOMPARE(found->attempts.size(), std::size_t{ 1 });
        const Attempt &keptAttempt = found->attempts.front();
        QCOMPARE(keptAttempt.delivery, attempt.delivery);
        QCOMPARE(keptAttempt.number, attempt.number);
        QCOMPARE(keptAttempt.started, attempt.started);
        QCOMPARE(keptAttempt.durationMs, attempt.durationMs);
        QVERIFY(keptAttempt.requestHeaders == attempt.requestHeaders);
        QCOMPARE(keptAttempt.status, attempt.status);
        QCOMPARE(keptAttempt.reason, attempt.reason);
        QVERIFY(keptAttempt.responseHeaders == attempt.responseHeaders);
        QVERIFY(keptAttempt.responseBody == attempt.responseBody);
        QCOMPARE(keptAttempt.responseTruncated, true);
        QCOMPARE(keptAttempt.failure, attempt.failure);
        QCOMPARE(keptAttempt.message, attempt.message);
        QVERIFY(keptAttempt.redirects == attempt.redirects);

        const DeliveryRow row = journal->page(std::nullopt, 1).value().at(0);
        QCOMPARE(row.sequence, found->sequence);
        QCOMPARE(row.eventCount, std::size_t{ 4 });
        QCOMPARE(row.bodyBytes, std::uint64_t{ delivery.body.size() });
        QCOMPARE(row.isSigned, hasBody);
        QCOMPARE(row.reason, attempt.reason);

        const Run run = journal->runs(1).value().at(0);
        QCOMPARE(run.id, std::string("run"));
        QCOMPARE(run.started, WallMs{ 77 });
        QCOMPARE(run.projectId, std::string("project"));
        QCOMPARE(run.projectName, std::string("Acme Ördërs"));
    }

    void listsNewestFirst()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        for (int i = 0; i < 3; ++i)
            QVERIFY(journal->append(batchOf("w", i)));
        QCOMPARE(journal->count().value(), std::uint64_t{ 21 });

        std::vector<std::string> byPage;
        std::optional<std::int64_t> before;
        for (;;) {
            const auto rows = journal->page(before, 8).value();
            if (rows.empty())
                break;
            for (const DeliveryRow &row : rows)
                byPage.push_back(row.id);
            before = rows.back().sequence;
        }
        QCOMPARE(byPage.size(), std::size_t{ 21 });
        QCOMPARE(byPage.front(), std::string("w-2-6"));
        QCOMPARE(byPage.back(), std::string("w-0-0"));
        for (std::size_t offset = 0; offset < 21; ++offset) {
            const auto rows = journal->pageAt(offset, 2).value();
            QCOMPARE(rows.size(), std::min<std::size_t>(2, 21 - offset));
            QCOMPARE(rows[0].id, byPage[offset]);
        }
        QVERIFY(journal->pageAt(21, 2).value().empty());
        QVERIFY(journal->pageAt(UINT64_MAX, 2).value().empty());
        QVERIFY(journal->page(std::nullopt, 0).value().empty());
    }

    void countsFromTheOldestThatIsLeft()
    {
        {
            const auto journal = openOrFail(m_path);
            QVERIFY(journal && journal->add({ "run", 0, "p", "P" }) && journal->append(batchOf("w", 0)));
            QCOMPARE(journal->remove(std::vector<std::int64_t>{ 1, 2, 3, 99 }).value().deliveries, std::uint64_t{ 3 });
        }
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        QCOMPARE(journal->count().value(), std::uint64_t{ 4 });
        QCOMPARE(journal->pageAt(3, 9).value().size(), std::size_t{ 1 });
        QCOMPARE(journal->pageAt(3, 9).value()[0].id, std::string("w-0-3"));
    }

    void showsTheLastAttempt()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        QVERIFY(journal->append({ { deliveryOf("d") }, {} }));
        DeliveryRow row = journal->page(std::nullopt, 1).value().at(0);
        QCOMPARE(row.attempts, 0);
        QCOMPARE(row.status, 0);

        QVERIFY(journal->append({ {}, { attemptOf("d", 1, 503) } }));
        row = journal->page(std::nullopt, 1).value().at(0);
        QCOMPARE(row.attempts, 1);
        QCOMPARE(row.status, 503);
        QCOMPARE(row.failure, std::string("http-status"));

        QVERIFY(journal->append({ {}, { attemptOf("d", 3), attemptOf("d", 2, 503) } })); // the second comes late
        row = journal->page(std::nullopt, 1).value().at(0);
        QCOMPARE(row.attempts, 3);
        QCOMPARE(row.status, 200);
        QCOMPARE(row.reason, std::string("OK"));
        QCOMPARE(row.failure, std::string());
        QCOMPARE(row.durationMs, 38.25 * 3);
        const auto attempts = journal->delivery("d").value()->attempts;
        QCOMPARE(attempts.size(), std::size_t{ 3 });
        for (int i = 0; i < 3; ++i)
            QCOMPARE(attempts[static_cast<std::size_t>(i)].number, i + 1);
    }

    void keepsAllOfABatchOrNothing_data()
    {
        QTest::addColumn<int>("mistake");
        QTest::addRow("a delivery twice") << 0;
        QTest::addRow("a delivery that is in the file") << 1;
        QTest::addRow("a run nobody added") << 2;
        QTest::addRow("an attempt at nothing") << 3;
        QTest::addRow("an attempt twice") << 4;
    }
    void keepsAllOfABatchOrNothing()
    {
        QFETCH(int, mistake);
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        QVERIFY(journal->append({ { deliveryOf("old") }, { attemptOf("old") } }));
        Batch batch = batchOf("w", 0);
        switch (mistake) {
        case 0:
            batch.deliveries.push_back(deliveryOf("w-0-0"));
            break;
        case 1:
            batch.deliveries.push_back(deliveryOf("old"));
            break;
        case 2:
            batch.deliveries.back().run = "nobody's";
            break;
        case 3:
            batch.attempts.push_back(attemptOf("nobody's"));
            break;
        default:
            batch.attempts.push_back(attemptOf("old"));
        }
        QCOMPARE(codeOf(journal->append(batch)), QByteArray("journal-conflict"));
        QCOMPARE(journal->count().value(), std::uint64_t{ 1 });
        QVERIFY(journal->append(batchOf("w", 0)));
        QCOMPARE(journal->count().value(), std::uint64_t{ 1 + kPerBatch });
        QCOMPARE(journal->pageAt(0, 100).value().size(), std::size_t{ 1 + kPerBatch });
    }

    void aRunIsAddedOnce()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        QCOMPARE(codeOf(journal->add({ "run", 1, "q", "Q" })), QByteArray("journal-conflict"));
    }

    void refusesAndLeavesAlone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("sql");
        QTest::addColumn<QByteArray>("code");
        QTest::addRow("text") << QByteArray("These are my notes.\n").repeated(100) << QStringList()
                              << QByteArray("journal-foreign");
        QTest::addRow("a few bytes") << QByteArray("x") << QStringList() << QByteArray("journal-foreign");
        QTest::addRow("somebody else's database")
            << QByteArray()
            << QStringList{ QStringLiteral("CREATE TABLE mine (x)"), QStringLiteral("INSERT INTO mine VALUES (1)") }
            << QByteArray("journal-foreign");
        QTest::addRow("a newer format") << QByteArray()
                                        << QStringList{ QStringLiteral("PRAGMA application_id = %1").arg(0x486B426A),
                                               QStringLiteral("PRAGMA user_version = 99"),
                                               QStringLiteral("CREATE TABLE mine (x)") }
                                        << QByteArray("journal-newer");
    }
    void refusesAndLeavesAlone()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, sql);
        QFETCH(QByteArray, code);
        QVERIFY(bytes.isEmpty() ? runSql(m_file, sql) : putBytes(m_file, bytes));
        const QByteArray before = bytesIn(m_file);
        const auto opened = Journal::open(m_path);
        QCOMPARE(codeOf(opened), code);
        QVERIFY2(opened.error().message.find(m_path) != std::string::npos, opened.error().message.c_str());
        QCOMPARE(bytesIn(m_file), before);
    }

    void saysThatItIsDamaged_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("length"); // -1: cut off from there
        QTest::addRow("header of the first page") << 100 << 12;
        QTest::addRow("page of the list") << 4096 << 4096 * 40;
        QTest::addRow("cut off") << 4096 * 3 << -1;
        QTest::addRow("cut off inside a page") << 4096 * 5 + 17 << -1;
    }
    void saysThatItIsDamaged()
    {
        QFETCH(int, from);
        QFETCH(int, length);
        {
            const auto journal = openOrFail(m_path);
            QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
            for (int i = 0; i < 20; ++i)
                QVERIFY(journal->append(batchOf("w", i)));
        }
        QByteArray bytes = bytesIn(m_file);
        QVERIFY(bytes.size() > from + std::max(length, 0));
        if (length < 0)
            bytes.truncate(from);
        else
            bytes.replace(from, length, QByteArray(length, '\xA5'));
        QVERIFY(putBytes(m_file, bytes));
        const auto opened = Journal::open(m_path);
        QCOMPARE(codeOf(opened), QByteArray("journal-damaged"));
        QVERIFY2(opened.error().message.find(m_path) != std::string::npos, opened.error().message.c_str());
        QCOMPARE(bytesIn(m_file), bytes);
    }

    void saysWhyItCannotOpen()
    {
        QCOMPARE(codeOf(Journal::open(m_folder->path().toStdString())), QByteArray("journal-open"));
        QCOMPARE(codeOf(Journal::open(m_path + "/below")), QByteArray("journal-open"));
        QCOMPARE(codeOf(Journal::open(m_folder->filePath(QStringLiteral("missing/journal.sqlite")).toStdString())),
            QByteArray("journal-open"));
        QCOMPARE(codeOf(Journal::open("/dev/full")), QByteArray("journal-open"));
        QVERIFY(putBytes(m_file, {}));
        QCOMPARE(::chmod(m_path.c_str(), 0400), 0);
        const bool root = ::geteuid() == 0;
        if (root)
            QCOMPARE(::seteuid(65'534), 0); // root may write anything
        const auto opened = Journal::open(m_path);
        if (root)
            QCOMPARE(::seteuid(0), 0);
        QCOMPARE(codeOf(opened), QByteArray("file-no-permission"));
    }

    void aFullDiskLosesNothing()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }) && journal->append(batchOf("w", 0)));
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit old{};
        ::getrlimit(RLIMIT_FSIZE, &old);
        const rlimit small{ 200'000, old.rlim_max };
        ::setrlimit(RLIMIT_FSIZE, &small);
        Result<void> appended;
        for (int i = 1; i < 20 && appended; ++i)
            appended = journal->append({ { deliveryOf("big" + std::to_string(i), std::string(50'000, 'x')) }, {} });
        ::setrlimit(RLIMIT_FSIZE, &old);
        std::signal(SIGXFSZ, handler);
        QVERIFY2(codeOf(appended) == "journal-full" || codeOf(appended) == "journal-io", codeOf(appended).constData());

        const std::uint64_t kept = journal->count().value();
        QVERIFY(kept >= kPerBatch && kept < 20);
        QVERIFY(journal->append(batchOf("w", 1)));
        QCOMPARE(openOrFail(m_path)->count().value(), kept + kPerBatch);
    }

    void isFastEnoughForARun()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        constexpr int kDeliveries = 5'000;
        constexpr int kInOne = 500;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < kDeliveries; i += kInOne) {
            Batch batch;
            for (int j = i; j < i + kInOne; ++j) {
                batch.deliveries.push_back(deliveryOf("d" + std::to_string(j), std::string(412, 'x')));
                batch.attempts.push_back(attemptOf("d" + std::to_string(j)));
            }
            QVERIFY(journal->append(batch));
        }
        const qint64 ms = std::max<qint64>(timer.elapsed(), 1);
        qInfo("%lld deliveries with an attempt each per second", kDeliveries * 1'000LL / ms);
        // A busy machine and sanitizers included; a commit for each delivery would be far below. An idle machine does
        // 10,000.
        QVERIFY2(ms < 10'000, "below 500 deliveries per second");
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::string m_path;
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
