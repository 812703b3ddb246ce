// What goes and what stays: retention by age and size, removal, compaction, and a damaged file.
#include "tests/journal/records.h"

#include "core/journal/salvage.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

using namespace hookbench;
using namespace hookbench::journal;

namespace {

constexpr WallMs kNow = 1'800'000'000'000;
constexpr int kDeliveries = 400;

/// Deliveries a minute apart, two events each, the second shared with the next one.
Batch numbered(int count)
{
    Batch batch;
    for (int i = 0; i < count; ++i) {
        Delivery delivery = deliveryOf("d" + std::to_string(i), std::string(2'000, 'x') + " word" + std::to_string(i));
        delivery.created = kNow - WallMs{ 60'000 } * (count - i);
        delivery.events = { static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1) };
        delivery.eventNames = { i % 2 == 0 ? "Even" : "Odd" };
        batch.deliveries.push_back(delivery);
        batch.attempts.push_back(attemptOf(delivery.id));
        batch.events.push_back({ "run", static_cast<std::uint32_t>(i), "{\"n\":" + std::to_string(i) + "}" });
    }
    return batch;
}

std::vector<std::int64_t> found(const Journal &journal, const char *filter)
{
    std::vector<std::int64_t> all;
    (void)journal.list({ query::parse(filter).value() }, kNow, {}, [&](std::span<const std::int64_t> piece) {
        all.insert(all.end(), piece.begin(), piece.end());
        return true;
    });
    return all;
}

/// Every delivery whole; what was wrong.
std::string readToTheEnd(const Journal &journal)
{
    std::string wrong;
    for (const std::int64_t sequence : found(journal, "")) {
        const auto row = journal.rows({ &sequence, 1 });
        if (!row)
            return row.error().message;
        for (const DeliveryRow &one : *row)
            if (const auto record = journal.delivery(one.id); !record)
                return record.error().message;
    }
    return wrong;
}

} // namespace

class TestUpkeep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("journal.sqlite"));
        m_path = m_file.toStdString();
    }

    void removesWhatIsTooOld()
    {
        const auto journal = filled();
        QVERIFY(journal->setPinned(std::vector<std::int64_t>{ 5 }, true));
        const auto removed = journal->enforce({ kNow - 60'000 * 100, 0 }).value();
        QCOMPARE(removed.deliveries, std::uint64_t{ kDeliveries - 100 - 1 });
        QVERIFY(removed.bytes > 100'000);
        QCOMPARE(journal->count().value(), std::uint64_t{ 101 });
        QVERIFY(journal->delivery("d4").value()); // the pinned one
        QVERIFY(!journal->delivery("d5").value());
        QCOMPARE(found(*journal, "is:pinned").size(), std::size_t{ 1 });
        QCOMPARE(found(*journal, "event:odd").size(), std::size_t{ 50 });
        // The events of what is there, and few others: they are kept some in a row.
        QVERIFY((journal->eventTexts("run", std::vector<std::uint32_t>{ 4, 5, 100, 200, 300, 399, 400 }).value()
            == std::vector<std::string>{ "{\"n\":4}", "{\"n\":5}", "", "", "{\"n\":300}", "{\"n\":399}", "" }));
        QCOMPARE(journal->enforce({ kNow - 60'000 * 100, 0 }).value().deliveries, std::uint64_t{ 0 });
    }

    void removesWhatIsTooMuch()
    {
        const auto journal = filled();
        while (journal->indexSome(1'000).value()) { }
        const std::uint64_t before = journal->usedBytes().value();
        const auto removed = journal->enforce({ 0, before / 2 }).value();
        QVERIFY(removed.deliveries > 0 && removed.deliveries < kDeliveries);
        QVERIFY(journal->usedBytes().value() <= before / 2);
        QVERIFY(journal->delivery("d399").value() || removed.deliveries == kDeliveries);
        QVERIFY(!journal->delivery("d0").value());
    }

    void stopsWhenAsked()
    {
        const auto journal = filled();
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(codeOf(journal->enforce({ kNow, 0 }, stop.get_token())), QByteArray("journal-stopped"));
        QCOMPARE(journal->count().value(), std::uint64_t{ kDeliveries });
    }

    void givesSpaceBack()
    {
        const auto journal = filled();
        while (journal->indexSome(1'000).value()) { }
        const auto before = static_cast<qint64>(journal->usedBytes().value());
        std::vector<std::int64_t> most;
        for (std::int64_t sequence = 1; sequence <= 390; ++sequence)
            most.push_back(sequence);
        QCOMPARE(journal->remove(most).value().deliveries, std::uint64_t{ 390 });
        QVERIFY(found(*journal, "word38").empty());
        QVERIFY(journal->compact());
        QVERIFY(QFile(m_file).size() < before / 3);
        QCOMPARE(found(*journal, "word39").size(), std::size_t{ 10 }); // before full text is made anew
        while (journal->indexSome(1'000).value()) { }
        QCOMPARE(found(*journal, "word39").size(), std::size_t{ 10 });
        QVERIFY(journal->append({ { deliveryOf("new") }, {} }));
        QCOMPARE(journal->count().value(), std::uint64_t{ 11 });
    }

    void savesWhatItCan_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("length"); // -1: cut off from there
        QTest::addColumn<bool>("some");
        QTest::addRow("header of the first page") << 100 << 12 << false;
        QTest::addRow("roots of all tables") << 4096 << 4096 * 3 << false;
        QTest::addRow("a stretch of pages") << 4096 * 30 << 4096 * 40 << true;
        QTest::addRow("cut off in the middle") << 4096 * 150 << -1 << true;
    }
    void savesWhatItCan()
    {
        QFETCH(int, from);
        QFETCH(int, length);
        QFETCH(bool, some);
        (void)filled();
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (length < 0)
            QVERIFY(file.resize(from));
        else
            QVERIFY(file.seek(from) && file.write(QByteArray(length, '\xA5')) == length);
        file.close();
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray damaged = file.readAll();
        file.close();

        auto opened = openOrSalvage(m_path, kNow);
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        if (!opened->salvage) { // the damage is where opening does not look: whoever reads finds it
            QVERIFY(length > 0 && some);
            QVERIFY(readToTheEnd(*opened->journal).find("damaged") != std::string::npos);
            opened = salvage(m_path, kNow);
            QVERIFY2(opened && opened->salvage, opened ? "" : opened.error().message.c_str());
        }
        const Salvage &salvage = *opened->salvage;
        QCOMPARE(QString::fromStdString(salvage.movedTo), m_file + QStringLiteral(".damaged-20270115-080000"));
        QFile aside(QString::fromStdString(salvage.movedTo));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.size(), damaged.size());
        QVERIFY(!salvage.isComplete);
        QVERIFY(!salvage.message.empty());
        const Journal &journal = *opened->journal;
        QCOMPARE(journal.count().value(), salvage.deliveries);
        QCOMPARE(salvage.deliveries > 0, some);
        struct stat info = {};
        QVERIFY(::stat(m_path.c_str(), &info) == 0);
        QCOMPARE(info.st_mode & 07777U, 0600U);
        // What is there is whole.
        for (const std::int64_t sequence : found(journal, "")) {
            const auto row = journal.rows({ &sequence, 1 }).value().at(0);
            const auto record = journal.delivery(row.id).value();
            QVERIFY(record);
            const std::string number = row.id.substr(1);
            QVERIFY(record->delivery.body == std::string(2'000, 'x') + " word" + number);
            QVERIFY(record->delivery.eventNames.size() == 1);
        }
        QVERIFY(opened->journal->add({ "after", 0, "p", "P" }));
        Delivery delivery = deliveryOf("after");
        delivery.run = "after";
        QVERIFY(opened->journal->append({ { delivery }, {} }));
        QVERIFY(!openOrSalvage(m_path, kNow)->salvage);
    }

    void leavesOthersAlone()
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("These are my notes.") > 0);
        file.close();
        QCOMPARE(codeOf(openOrSalvage(m_path, kNow)), QByteArray("journal-foreign"));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
        // Unless somebody asks for it: then it lies beside the new one, as it was.
        const auto opened = salvage(m_path, kNow);
        QVERIFY2(opened && opened->salvage, opened ? "" : opened.error().message.c_str());
        QCOMPARE(opened->salvage->deliveries, std::uint64_t{ 0 });
        QFile aside(QString::fromStdString(opened->salvage->movedTo));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), QByteArray("These are my notes."));
    }

    void explainsWhatIsNoFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("code");
        QTest::addRow("a directory") << QStringLiteral("folder") << QByteArray("journal-open");
        QTest::addRow("unreadable") << QStringLiteral("locked") << QByteArray("file-no-permission");
        QTest::addRow("no such folder") << QStringLiteral("nowhere/journal") << QByteArray("journal-open");
        QTest::addRow("empty: a new one") << QStringLiteral("empty") << QByteArray("ok");
    }
    void explainsWhatIsNoFile()
    {
        QFETCH(QString, path);
        const QDir folder(m_folder->path());
        QVERIFY(folder.mkdir(QStringLiteral("folder")));
        for (const char *name : { "locked", "empty" }) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QVERIFY(QFile::setPermissions(folder.filePath(QStringLiteral("locked")), QFileDevice::Permissions()));
        QVERIFY(QFile::setPermissions(m_folder->path(), QFileDevice::Permissions(0x7777)));
        const bool isRoot = ::geteuid() == 0; // may read everything
        QVERIFY(!isRoot || ::seteuid(65534) == 0);
        if (path == QLatin1String("empty") && isRoot)
            QVERIFY(::seteuid(0) == 0);
        const auto opened = openOrSalvage(folder.filePath(path).toStdString(), kNow);
        QVERIFY(!isRoot || ::seteuid(0) == 0);
        QTEST(codeOf(opened), "code");
        if (!opened)
            QVERIFY(opened.error().message.find(path.toStdString()) != std::string::npos);
        QCOMPARE(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), opened ? 5 : 3);
    }

private:
    std::unique_ptr<Journal> filled()
    {
        auto journal = openOrFail(m_path);
        if (!journal || !journal->add({ "run", 0, "p", "P" }) || !journal->append(numbered(kDeliveries)))
            return nullptr;
        return journal;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::string m_path;
};

QTEST_GUILESS_MAIN(TestUpkeep)
#include "tst_upkeep.moc"
