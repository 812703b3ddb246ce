// journal and resend, as their users call them.
#include "tests/cli/program.h"

#include "core/journal/journal.h"
#include "core/json/stringify.h"

#include <set>

using namespace hookbench;
using namespace hookbench::test;

class TestCliJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_file = m_home->filePath(QStringLiteral("journal.sqlite"));
        const auto journal = journal::Journal::open(m_file.toStdString()).value();
        journal::Batch batch;
        for (int i = 0; i < 3; ++i) {
            journal::Delivery delivery;
            delivery.id = "d" + std::to_string(i);
            delivery.run = "run";
            delivery.mappingName = i == 2 ? "=Users, \"new\"" : "Orders";
            delivery.method = "POST";
            delivery.url = "http://127.0.0.1:1/hook";
            delivery.headers = { { "authorization", "Bearer very-secret-token" }, { "Host", "127.0.0.1:1" } };
            delivery.body = "{\"n\":" + std::to_string(i) + "}";
            delivery.events = { static_cast<std::uint32_t>(i) };
            delivery.eventNames = { "Order Completed" };
            delivery.created = 1'800'000'000'000 + i;
            batch.deliveries.push_back(delivery);
            journal::Attempt attempt;
            attempt.delivery = delivery.id;
            attempt.status = i == 0 ? 503 : 200;
            attempt.failure = i == 0 ? "http-status" : "";
            attempt.responseBody = "\xFF";
            batch.attempts.push_back(attempt);
        }
        QVERIFY(journal->add({ "run", 0, "p", "P" }) && journal->append(batch));
    }

    void printsWhatAFilterFinds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("ids");
        QTest::newRow("all") << QString()
                             << QStringList{ QStringLiteral("d2"), QStringLiteral("d1"), QStringLiteral("d0") };
        QTest::newRow("status") << QStringLiteral("status:5xx") << QStringList{ QStringLiteral("d0") };
        QTest::newRow("text") << QStringLiteral("users or \"n 1\"")
                              << QStringList{ QStringLiteral("d2"), QStringLiteral("d1") };
        QTest::newRow("none") << QStringLiteral("method:PUT") << QStringList();
    }
    void printsWhatAFilterFinds()
    {
        QFETCH(QString, query);
        QFETCH(QStringList, ids);
        const Finished run
            = Program::run(m_home->path(), { QStringLiteral("journal"), m_file, QStringLiteral("--query"), query });
        QCOMPARE(run.code, 0);
        QStringList found;
        for (const json::Document &line : run.lines())
            found << QString::fromStdString(std::string(line.root().find("delivery").asString()));
        QCOMPARE(found, ids);
        QVERIFY(!run.out.contains("very-secret-token"));
        QVERIFY(ids.isEmpty() || run.out.contains("\"responseBase64\":\"/w==\""));
    }

    void printsCsv()
    {
        const Finished run = Program::run(m_home->path(),
            { QStringLiteral("journal"), m_file, QStringLiteral("--csv"), QStringLiteral("--limit"),
                QStringLiteral("1") });
        QCOMPARE(run.code, 0);
        const QList<QByteArray> lines = run.out.split('\n');
        QCOMPARE(lines.size(), 3); // the last is empty
        QVERIFY(lines[1].startsWith("d2,2027-01-15T08:00:00.002"));
        QVERIFY(lines[1].contains("\"'=Users, \"\"new\"\"\""));
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        const auto words = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
        QTest::newRow("no file") << words("journal") << QByteArray("give one journal");
        QTest::newRow("no such file") << words("journal /nowhere/j.sqlite") << QByteArray("There is no journal");
        QTest::newRow("query") << words("journal FILE --query status:abc") << QByteArray("character 8");
        QTest::newRow("two forms") << words("journal FILE --csv --ndjson") << QByteArray("give one of");
        QTest::newRow("resend nothing") << words("resend FILE") << QByteArray("--query");
        QTest::newRow("resend nobody") << words("resend FILE nobody") << QByteArray("no delivery \"nobody\"");
        QTest::newRow("destination") << words("resend FILE d0 --destination x") << QByteArray("--re-map");
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        arguments.replaceInStrings(QStringLiteral("FILE"), m_file);
        const Finished run = Program::run(m_home->path(), arguments);
        QCOMPARE(run.code, 2);
        QVERIFY2(run.err.contains(says), run.err.constData());
        QVERIFY(run.out.isEmpty());
    }

    void commandsNoTerminal_data()
    {
        QTest::addColumn<QString>("form");
        for (const char *form : { "--ndjson", "--har", "--csv", "--curl" })
            QTest::newRow(form) << QString::fromLatin1(form);
    }
    void commandsNoTerminal()
    {
        QFETCH(QString, form);
        const auto journal = journal::Journal::open(m_file.toStdString()).value();
        journal::Delivery delivery;
        delivery.id = "hostile";
        delivery.run = "run";
        delivery.mappingName = "\xE2\x80\xAE \x1B[31m";
        delivery.method = "POST";
        delivery.url = "http://127.0.0.1:1/";
        delivery.body = "{\"a\":\"\xE2\x80\xAE \xC2\x9B"
                        "31m \xC3\xA9\"}";
        journal::Attempt attempt;
        attempt.delivery = delivery.id;
        attempt.status = 200;
        attempt.responseBody = "\x1B[2J \xE2\x81\xA6 \xC2\x9B"
                               "2J \xC3\xA9";
        QVERIFY(journal->append({ { delivery }, { attempt } }));
        const QString command = QStringLiteral("'%1' journal '%2' --query id:hostile %3")
                                    .arg(QStringLiteral(HOOKBENCH_CLI), m_file, form);
        // Not a terminal: the very bytes.
        QProcess plain;
        plain.start(QStringLiteral("sh"), { QStringLiteral("-c"), command });
        QVERIFY(plain.waitForFinished(30'000));
        const QByteArray exact = plain.readAllStandardOutput();
        QVERIFY(exact.contains("\xE2\x80\xAE"));
        // A terminal, made by script(1).
        QProcess terminal;
        terminal.start(QStringLiteral("script"), { QStringLiteral("-qec"), command, QStringLiteral("/dev/null") });
        QVERIFY(terminal.waitForFinished(30'000));
        const QByteArray shown = terminal.readAllStandardOutput();
        for (const char *bad : { "\x1B", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xC2\x9B" })
            QVERIFY2(!shown.contains(bad), shown.constData());
        if (form != QLatin1String("--ndjson") && form != QLatin1String("--har"))
            return;
        QVERIFY(shown.contains("\xC3\xA9"));
        const auto before = json::parse(exact.trimmed().toStdString());
        const auto after = json::parse(shown.trimmed().toStdString());
        QVERIFY(before && after);
        QCOMPARE(json::stringify(before->root()), json::stringify(after->root()));
    }

    void salvagesADamagedOne_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("journal") << QStringList{ QStringLiteral("journal"), m_file };
        QTest::newRow("resend") << QStringList{ QStringLiteral("resend"), m_file, QStringLiteral("--query"),
            QStringLiteral("id:nobody") };
    }
    void salvagesADamagedOne()
    {
        QFETCH(QStringList, arguments);
        arguments[1] = m_file;
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(100) && file.write(QByteArray(12, '\xA5')) == 12);
        file.close();
        const Finished run = Program::run(m_home->path(), arguments);
        QCOMPARE(run.code, 0);
        QVERIFY2(run.err.contains(QByteArray(m_file.toUtf8() + ".damaged-")), run.err.constData());
        const Finished again = Program::run(m_home->path(), arguments);
        QCOMPARE(again.code, 0);
        QVERIFY(!again.err.contains("damaged"));
    }

    void commandsOfLongBodiesHaveTheirFile()
    {
        const std::string body(1'000'000, 'b');
        {
            const auto journal = journal::Journal::open(m_file.toStdString()).value();
            journal::Delivery delivery;
            delivery.id = "long";
            delivery.run = "run";
            delivery.method = "POST";
            delivery.url = "http://127.0.0.1:1/";
            delivery.hasBody = true;
            delivery.body = body;
            QVERIFY(journal->append({ { delivery }, {} }));
        }
        QStringList arguments{ QStringLiteral("journal"), m_file, QStringLiteral("--curl"), QStringLiteral("--query"),
            QStringLiteral("id:long") };
        const Finished without = Program::run(m_home->path(), arguments);
        QCOMPARE(without.code, 1);
        QVERIFY(without.out.isEmpty());
        QVERIFY2(without.err.contains("--bodies"), without.err.constData());
        const QString folder = m_home->filePath(QStringLiteral("bodies"));
        const Finished with = Program::run(m_home->path(), arguments << QStringLiteral("--bodies") << folder);
        QCOMPARE(with.code, 0);
        QFile file(folder + QStringLiteral("/long.body"));
        QVERIFY(with.out.contains(file.fileName().toUtf8()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), body);
        QCOMPARE(file.permissions() & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
    }

    void salvagesDamageThatShowsLater()
    {
        {
            const auto journal = journal::Journal::open(m_file.toStdString());
            QVERIFY(journal);
            for (int i = 0; i < 400; ++i) {
                journal::Delivery delivery;
                delivery.id = "filler" + std::to_string(i);
                delivery.run = "run";
                delivery.method = "POST";
                delivery.url = "https://a.example/" + std::to_string(i);
                delivery.body = std::string(1'000, 'b');
                delivery.hasBody = true;
                QVERIFY((*journal)->append({ { delivery }, {} }));
            }
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() * 3 / 4 / 4096 * 4096)
            && file.write(QByteArray(40'000, '\xA5')) > 0);
        file.close();
        const Finished plain = Program::run(m_home->path(), { QStringLiteral("journal"), m_file });
        QCOMPARE(plain.code, 1);
        QVERIFY2(plain.err.contains("--salvage"), plain.err.constData());
        QVERIFY(QDir(QFileInfo(m_file).path()).entryList({ QStringLiteral("*.damaged-*") }).isEmpty());
        const Finished run
            = Program::run(m_home->path(), { QStringLiteral("journal"), m_file, QStringLiteral("--salvage") });
        QCOMPARE(run.code, 0);
        QVERIFY2(run.err.contains(QByteArray(m_file.toUtf8() + ".damaged-")), run.err.constData());
        QVERIFY2(run.out.count('\n') > 100, run.err.constData());
        const Finished again = Program::run(m_home->path(), { QStringLiteral("journal"), m_file });
        QCOMPARE(again.code, 0);
        QCOMPARE(again.out, run.out);
    }

    void sendsAgain()
    {
        const Finished run = Program::run(m_home->path(),
            { QStringLiteral("resend"), m_file, QStringLiteral("--query"), QStringLiteral("status:2xx") });
        QCOMPARE(run.code, 1); // nothing listens on port 1
        const auto lines = run.lines();
        QCOMPARE(lines.size(), std::size_t{ 3 });
        // Both are on their way at once: either may end first.
        QCOMPARE((std::set{ lines[0].root().find("origin").asString(), lines[1].root().find("origin").asString() }),
            (std::set<std::string_view>{ "d1", "d2" }));
        const bool inOrder = lines[0].root().find("origin").asString() == "d1";
        QCOMPARE(lines[inOrder ? 0 : 1].root().find("body").asString(), std::string_view("{\"n\":1}"));
        QCOMPARE(lines[2].root().find("summary").find("failed").asNumber(), 2.0);
        const auto journal = journal::Journal::open(m_file.toStdString()).value();
        QCOMPARE(journal->count(query::parse("is:resent error:refused").value(), 0).value(), std::uint64_t{ 2 });
        const auto newest = journal->page(std::nullopt, 1).value().at(0);
        QCOMPARE(journal->delivery(newest.id).value()->delivery.headers.at(0).value,
            std::string("Bearer very-secret-token"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_home;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestCliJournal)
#include "tst_journal.moc"
