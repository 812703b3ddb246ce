// One file, several writers: threads, processes, and one that is killed.
#include "tests/journal/records.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

using namespace hookbench;
using namespace hookbench::journal;

namespace {

/// The program started as a writer by the tests below: appends batches until it is killed, or `count` of them.
int writeBatches(const std::string &path, const std::string &writer, int count)
{
    const auto journal = Journal::open(path);
    if (!journal)
        return 2;
    (void)(*journal)->add({ "run", 0, "project", "Acme Orders" }); // the first writer's succeeds
    for (int i = 0; i < count; ++i) {
        if (!(*journal)->append(batchOf(writer, i)))
            return 3;
        std::puts("batch");
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

class TestSharing : public QObject
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

    void waitsForAnotherWriter()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        std::atomic<bool> held = false;
        std::atomic<bool> released = false;
        std::thread other([&] {
            {
                QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
                database.setDatabaseName(m_file);
                database.open();
                QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE"));
                held = true;
                QThread::msleep(300);
                released = true;
                QSqlQuery(database).exec(QStringLiteral("COMMIT"));
            }
            QSqlDatabase::removeDatabase(QStringLiteral("other"));
        });
        while (!held)
            QThread::msleep(1);
        const Result<void> appended = journal->append(batchOf("w", 0));
        const bool waited = released;
        other.join();
        QCOMPARE(codeOf(appended), QByteArray("ok"));
        QVERIFY(waited);
    }

    void isSharedByThreads()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        std::atomic<int> failures = 0;
        const auto round = [&](int number) {
            std::vector<std::thread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&, writer = "t" + std::to_string(number) + std::to_string(t)] {
                    for (int i = 0; i < 25; ++i) {
                        if (!journal->append(batchOf(writer, i)) || !journal->page(std::nullopt, 5))
                            ++failures;
                    }
                });
            }
            for (std::thread &thread : threads)
                thread.join();
            return QDir(QStringLiteral("/proc/self/fd")).count();
        };
        // A thread takes its connection with it. (SQLite itself holds on to a few descriptors, to use them again.)
        const auto before = round(1);
        QCOMPARE(round(2), before);
        QCOMPARE(failures.load(), 0);
        QCOMPARE(journal->count().value(), std::uint64_t{ 2 * 4 * 25 * kPerBatch });
        QCOMPARE(journal->pageAt(0, 10'000).value().size(), std::size_t{ 2 * 4 * 25 * kPerBatch });
    }

    void leavesAloneWhatALivingOneSends()
    {
        auto sender = openOrFail(m_path);
        auto another = openOrFail(m_path); // in this process too: it is the journal that counts
        QVERIFY(sender && another && sender->add({ "run", 0, "p", "P" }));
        Delivery parked = deliveryOf("parked");
        parked.parked = true;
        Delivery late = deliveryOf("late");
        late.parked = true;
        QVERIFY(sender->append({ { deliveryOf("waits"), deliveryOf("answered"), parked, late } }));
        QVERIFY(sender->append({ {}, { attemptOf("answered") } }));
        QCOMPARE(another->unpark(std::vector<std::int64_t>{ 4 }).value(), std::vector<std::int64_t>{ 4 });
        const auto verdictOf = [](const Journal &journal, const char *id) {
            return QByteArray(wordOf(journal.delivery(id).value()->verdict));
        };
        auto reader = openOrFail(m_path);
        QCOMPARE(verdictOf(*reader, "waits"), QByteArray("waiting"));
        QCOMPARE(verdictOf(*reader, "late"), QByteArray("waiting"));
        QCOMPARE(reader->settleAbandoned().value(), std::uint64_t{ 0 });

        sender.reset();
        reader = openOrFail(m_path);
        QCOMPARE(verdictOf(*reader, "waits"), QByteArray("unknown"));
        QCOMPARE(verdictOf(*reader, "answered"), QByteArray("delivered"));
        QCOMPARE(verdictOf(*reader, "parked"), QByteArray("parked"));
        QCOMPARE(verdictOf(*reader, "late"), QByteArray("waiting")); // another claimed it, and lives
        const auto record = reader->delivery("waits").value();
        QCOMPARE(record->attempts.size(), std::size_t{ 1 });
        QVERIFY(record->attempts[0].outcomeUnknown);
        QCOMPARE(record->attempts[0].failure, std::string("program-ended"));
        QVERIFY(!record->attempts[0].message.empty());

        another.reset();
        QCOMPARE(reader->settleAbandoned().value(), std::uint64_t{ 1 });
        QCOMPARE(verdictOf(*reader, "late"), QByteArray("unknown"));
        QCOMPARE(reader->settleAbandoned().value(), std::uint64_t{ 0 });
        // The file of the locks holds nothing and is nobody else's to read.
        const QFileInfo locks(m_file + QStringLiteral("-owners"));
        QVERIFY(locks.exists() && locks.size() == 0);
        QCOMPARE(locks.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    }

    void settlesManyAtOnce()
    {
        constexpr std::uint64_t kMany = 1'203;
        Batch batch;
        for (std::uint64_t i = 0; i < kMany; ++i)
            batch.deliveries.push_back(deliveryOf("d" + std::to_string(i)));
        {
            const auto sender = openOrFail(m_path);
            QVERIFY(sender && sender->add({ "run", 0, "p", "P" }) && sender->append(batch));
        }
        const auto journal = openOrFail(m_path);
        const auto count = [&](const char *filter) {
            return query::parse(filter)
                .and_then([&](const query::Query &query) { return journal->count(query, 0); })
                .value();
        };
        QCOMPARE(count("verdict:unknown error:program-ended attempt:1"), kMany);
        QCOMPARE(count("verdict:waiting"), std::uint64_t{ 0 });
    }

    void mayGoBeforeItsThreads()
    {
        auto journal = openOrFail(m_path);
        QVERIFY(journal);
        std::atomic<bool> used = false;
        std::atomic<bool> gone = false;
        std::thread thread([&] {
            (void)journal->count();
            used = true;
            while (!gone)
                QThread::msleep(1);
        });
        while (!used)
            QThread::msleep(1);
        journal.reset();
        gone = true;
        thread.join();
        QVERIFY(!QFile::exists(m_file + QStringLiteral("-wal"))); // the last connection tidied up
    }

    void keepsItsLogWhileOthersComeAndGo()
    {
        const auto journal = openOrFail(m_path);
        QVERIFY(journal && journal->add({ "run", 0, "p", "P" }));
        std::uint64_t expected = 0;
        for (int round = 0; round < 3; ++round) {
            std::thread([&] { QVERIFY(journal->append(batchOf("here" + std::to_string(round), 0))); }).join();
            QVERIFY(journal->append(batchOf("mine" + std::to_string(round), 0)));
            const auto again = openOrFail(m_path); // a second look at the file while it is in use
            QVERIFY(again);
            const auto other = startWriter(QStringLiteral("other%1").arg(round), 1);
            QVERIFY(other->waitForFinished(60'000));
            QCOMPARE(other->exitCode(), 0);
            expected += 3 * kPerBatch;
            QCOMPARE(again->count().value(), expected);
            const QDir descriptors(QStringLiteral("/proc/self/fd"));
            for (const QString &one : descriptors.entryList(QDir::Files | QDir::System))
                QVERIFY2(!QFileInfo(descriptors.filePath(one)).symLinkTarget().endsWith(QLatin1String("(deleted)")),
                    qPrintable(QFileInfo(descriptors.filePath(one)).symLinkTarget()));
        }
        QCOMPARE(journal->count().value(), expected);
    }

    void isSharedByProcesses()
    {
        std::vector<std::unique_ptr<QProcess>> writers;
        for (int i = 0; i < 3; ++i)
            writers.push_back(startWriter(QStringLiteral("p%1").arg(i), 20)); // all of them make the file
        for (const auto &writer : writers) {
            QVERIFY(writer->waitForFinished(60'000));
            QCOMPARE(writer->exitCode(), 0);
        }
        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        QCOMPARE(journal->count().value(), std::uint64_t{ 3 * 20 * kPerBatch });
        QCOMPARE(journal->pageAt(0, 10'000).value().size(), std::size_t{ 3 * 20 * kPerBatch });
    }

    void survivesAKill_data()
    {
        QTest::addColumn<int>("batches");
        for (const int batches : { 0, 1, 5, 60 })
            QTest::addRow("after %d batches", batches) << batches;
    }
    void survivesAKill()
    {
        QFETCH(int, batches);
        const auto writer = startWriter(QStringLiteral("k"), 1'000'000);
        int told = 0;
        QElapsedTimer timer;
        timer.start();
        while (told < batches && writer->state() == QProcess::Running && timer.elapsed() < 60'000) {
            writer->waitForReadyRead(1'000);
            told += static_cast<int>(writer->readAll().count("batch"));
        }
        QVERIFY(told >= batches);
        QCOMPARE(::kill(static_cast<pid_t>(writer->processId()), SIGKILL), 0);
        QVERIFY(writer->waitForFinished(10'000));
        told += static_cast<int>(writer->readAll().count("batch"));

        const auto journal = openOrFail(m_path);
        QVERIFY(journal);
        const auto rows = journal->pageAt(0, SIZE_MAX / 2).value();
        QCOMPARE(rows.size() % kPerBatch, std::size_t{ 0 });
        QVERIFY(static_cast<int>(rows.size()) >= told * kPerBatch); // what was told is there
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t place = rows.size() - 1 - i;
            const int batch = static_cast<int>(place / kPerBatch);
            const Batch expected = batchOf("k", batch);
            const Delivery &delivery = expected.deliveries[place % kPerBatch];
            QCOMPARE(rows[i].id, delivery.id);
            QCOMPARE(rows[i].status, 200);
            const auto record = journal->delivery(delivery.id).value();
            QVERIFY(record.has_value());
            QVERIFY(record->delivery.body == delivery.body);
            QCOMPARE(record->attempts.size(), std::size_t{ 1 });
        }
        if (rows.empty())
            (void)journal->add({ "run", 0, "p", "P" });
        QCOMPARE(codeOf(journal->append(batchOf("after", 0))), QByteArray("ok"));
    }

private:
    std::unique_ptr<QProcess> startWriter(const QString &writer, int batches)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(),
            { QStringLiteral("--write"), m_file, writer, QString::number(batches) });
        process->waitForStarted();
        return process;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::string m_path;
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 5 && arguments[1] == QLatin1String("--write"))
        return writeBatches(arguments[2].toStdString(), arguments[3].toStdString(), arguments[4].toInt());
    TestSharing test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_sharing.moc"
