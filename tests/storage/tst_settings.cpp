#include "core/storage/file.h"
#include "core/storage/locations.h"
#include "core/storage/settings.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace hookbench;
using namespace hookbench::storage;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("config/hookbench.ini")).toStdString();
    }

    void answersDefaultsBeforeThereIsAFile()
    {
        const Settings fresh(m_path);
        QVERIFY(!fresh.problem());
        QCOMPARE(fresh.get(settings::theme), std::string("system"));
        QCOMPARE(fresh.get(settings::timeoutMs), 10'000);
        QCOMPARE(fresh.get(settings::receiverPort), 8765);
        QCOMPARE(fresh.get(settings::followRedirects), false);
        QCOMPARE(fresh.get(settings::journalOn), true);
        QCOMPARE(fresh.get(settings::userAgent), std::string("Segment (Actions)"));
        QVERIFY(fresh.get(settings::windowState).isEmpty());
        QVERIFY(fresh.get(settings::recentProjects).empty());
    }

    void keepsEveryType()
    {
        const QByteArray bytes("\0\xff\n,;\"", 6);
        const TextList files{ "/a/b, c.hookbench", "/ü/\"quoted\".hookbench", "" };
        {
            Settings first(m_path);
            first.set(settings::theme, "dark");
            first.set(settings::userAgent, "ünï, \"agent\"; \\ %41");
            first.set(settings::inFlight, 12);
            first.set(settings::keepAlive, true);
            first.set(settings::journalOn, false);
            first.set(settings::windowState, bytes);
            first.set(settings::recentProjects, files);
            const Result<void> saved = first.save();
            QVERIFY2(saved, saved ? "" : saved.error().message.c_str());
        }
        const Settings second(m_path);
        QCOMPARE(second.get(settings::theme), std::string("dark"));
        QCOMPARE(second.get(settings::userAgent), std::string("ünï, \"agent\"; \\ %41"));
        QCOMPARE(second.get(settings::inFlight), 12);
        QCOMPARE(second.get(settings::keepAlive), true);
        QCOMPARE(second.get(settings::journalOn), false);
        QCOMPARE(second.get(settings::windowState), bytes);
        QCOMPARE(second.get(settings::recentProjects), files);
    }

    void isForItsOwnerOnly()
    {
        Settings mine(m_path);
        mine.set(settings::proxy, "http://user:password@proxy.example");
        QVERIFY(mine.save());
        struct stat info = {};
        QCOMPARE(::stat(m_path.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0600U);
    }

    void readsOddValuesAsTheDefault_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addRow("word for a number") << QByteArray("timeout-ms=soon");
        QTest::addRow("number below its range") << QByteArray("timeout-ms=0");
        QTest::addRow("number above its range") << QByteArray("timeout-ms=999999999");
        QTest::addRow("too long for a number") << QByteArray("timeout-ms=99999999999999999999");
        QTest::addRow("no choice") << QByteArray("signature-mode=both");
        QTest::addRow("part of a choice") << QByteArray("signature-mode=first");
        QTest::addRow("neither true nor false") << QByteArray("follow-redirects=maybe");
        QTest::addRow("a list for a text") << QByteArray("user-agent=a, b");
    }
    void readsOddValuesAsTheDefault()
    {
        QFETCH(QByteArray, line);
        write("[delivery]\n" + line + "\n");
        const Settings odd(m_path);
        QVERIFY(!odd.problem());
        QCOMPARE(odd.get(settings::timeoutMs), 10'000);
        QCOMPARE(odd.get(settings::signatureMode), std::string("first-event"));
        QCOMPARE(odd.get(settings::followRedirects), false);
        QCOMPARE(odd.get(settings::userAgent), std::string("Segment (Actions)"));
    }

    void bringsValuesIntoRange()
    {
        Settings clamped(m_path);
        clamped.set(settings::inFlight, 0);
        QCOMPARE(clamped.get(settings::inFlight), settings::inFlight.least);
        clamped.set(settings::inFlight, 1'000'000);
        QCOMPARE(clamped.get(settings::inFlight), settings::inFlight.most);
        clamped.set(settings::theme, "purple");
        QCOMPARE(clamped.get(settings::theme), std::string("system"));
    }

    void prependsOnceAndForgetsTheOldest()
    {
        Settings recent(m_path);
        for (int i = 0; i < 20; ++i)
            recent.prepend(settings::recentProjects, std::to_string(i));
        recent.prepend(settings::recentProjects, "15");
        const TextList list = recent.get(settings::recentProjects);
        QCOMPARE(list.size(), settings::recentProjects.most);
        QCOMPARE(list[0], std::string("15"));
        QCOMPARE(list[1], std::string("19"));
        QCOMPARE(std::count(list.begin(), list.end(), "15"), std::ptrdiff_t{ 1 });
    }

    void goesBackToTheDefault()
    {
        Settings changed(m_path);
        changed.set(settings::receiverPort, 1);
        changed.reset(settings::receiverPort);
        QCOMPARE(changed.get(settings::receiverPort), 8765);
    }

    void keepsKeysItDoesNotKnow()
    {
        write("[delivery]\nfrom-the-future=7\n[other]\nword=kept\n");
        Settings mine(m_path);
        mine.set(settings::inFlight, 3);
        QVERIFY(mine.save());
        const std::string text = readFile(m_path).value();
        QVERIFY2(text.find("from-the-future=7") != std::string::npos, text.c_str());
        QVERIFY2(text.find("word=kept") != std::string::npos, text.c_str());
        QVERIFY2(text.find("in-flight=3") != std::string::npos, text.c_str());
    }

    void leavesADamagedFileAlone()
    {
        const QByteArray damaged("[delivery]\nin-flight=3\nthis is no setting\n\0\1\2");
        write(damaged);
        {
            Settings mine(m_path);
            QVERIFY(mine.problem());
            QCOMPARE(mine.problem()->code, std::string("settings-damaged"));
            QVERIFY(mine.problem()->message.find(m_path) != std::string::npos);
            mine.set(settings::inFlight, 9);
            QCOMPARE(mine.get(settings::inFlight), 9);
            mine.reset(settings::inFlight);
            QCOMPARE(mine.get(settings::inFlight), 6);
            QVERIFY(!mine.save());
        }
        QCOMPARE(QByteArray::fromStdString(readFile(m_path).value()), damaged);
    }

    void saysWhenItCannotBeWritten()
    {
        QVERIFY(writeFileAtomically(
            m_folder->filePath(QStringLiteral("config")).toStdString(), "a file where the folder should be"));
        Settings mine(m_path);
        mine.set(settings::inFlight, 9);
        const Result<void> saved = mine.save();
        QVERIFY(!saved);
        QVERIFY2(saved.error().message.find(m_path) != std::string::npos, saved.error().message.c_str());
        QCOMPARE(mine.get(settings::inFlight), 9);
    }

    void livesWhereTheDesktopSays()
    {
        const std::string folder = m_folder->path().toStdString();
        qputenv("XDG_CONFIG_HOME", (m_folder->path() + QStringLiteral("/c")).toUtf8());
        qputenv("XDG_DATA_HOME", (m_folder->path() + QStringLiteral("/d")).toUtf8());
        QCOMPARE(settingsPath(), folder + "/c/hookbench/hookbench.ini");
        QCOMPARE(dataFolder(), folder + "/d/hookbench");
        QCOMPARE(journalPath(), folder + "/d/hookbench/journal.sqlite");
        struct stat info = {};
        QVERIFY(::stat(dataFolder().c_str(), &info) != 0);
        QCOMPARE(prepareJournalPath().value(), journalPath());
        QCOMPARE(::stat(dataFolder().c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0700U);
    }

private:
    void write(const QByteArray &bytes)
    {
        QVERIFY(makeFolder(m_folder->filePath(QStringLiteral("config")).toStdString()));
        QVERIFY(writeFileAtomically(m_path, bytes.toStdString()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
