// What is typed survives a kill.
#include "ui/document/project_document.h"
#include "ui/document/recovery.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace hookbench;
using namespace hookbench::document;

class TestRecovery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsUnsavedWorkWithinTwoSeconds();
    void goesWhenSaved();
    void runningOnesAreNotFound();
    void restoresOverTheFile();

private:
    static QStringList files(const QTemporaryDir &folder)
    {
        return QDir(folder.path()).entryList({ QStringLiteral("*.recovery") }, QDir::Files);
    }
    /// As a killed run leaves it: the lock's process is gone.
    static void forgetLocks(const QTemporaryDir &folder)
    {
        for (const QString &lock : QDir(folder.path()).entryList({ QStringLiteral("*.lock") }, QDir::Files))
            QFile::remove(folder.filePath(lock));
    }
};

void TestRecovery::keepsUnsavedWorkWithinTwoSeconds()
{
    QTemporaryDir folder;
    ProjectDocument d;
    Recovery recovery(d, folder.path());
    d.addMapping(QStringLiteral("Orders"));
    d.setEventText("{\"type\":\"track\"}");
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE_WITH_TIMEOUT(files(folder).size(), 1, 10'000);
    QCOMPARE(QFile::permissions(folder.filePath(files(folder).first())) & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());
    forgetLocks(folder);
    const auto left = Recovery::find(folder.path());
    QCOMPARE(left.size(), std::size_t{ 1 });
    QVERIFY(left[0].project == d.project());
    QCOMPARE(left[0].eventText, std::string("{\"type\":\"track\"}"));
    QVERIFY(left[0].path.isEmpty());
    Recovery::discard(left[0]);
    QVERIFY(files(folder).isEmpty());
}

void TestRecovery::goesWhenSaved()
{
    QTemporaryDir folder;
    ProjectDocument d;
    Recovery recovery(d, folder.path());
    d.addMapping(QStringLiteral("Orders"));
    QTRY_COMPARE_WITH_TIMEOUT(files(folder).size(), 1, 10'000);
    QVERIFY(d.saveAs(folder.filePath(QStringLiteral("a.hookbench"))));
    QTRY_VERIFY_WITH_TIMEOUT(files(folder).isEmpty(), 10'000);
}

void TestRecovery::runningOnesAreNotFound()
{
    QTemporaryDir folder;
    ProjectDocument d;
    {
        Recovery recovery(d, folder.path());
        d.addMapping(QStringLiteral("Orders"));
        QTRY_COMPARE_WITH_TIMEOUT(files(folder).size(), 1, 10'000);
        QVERIFY(Recovery::find(folder.path()).empty());
    }
    QVERIFY(files(folder).isEmpty());
}

void TestRecovery::restoresOverTheFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.hookbench"));
    destination::Project edited;
    {
        ProjectDocument d;
        QVERIFY(d.saveAs(path));
        d.addMapping(QStringLiteral("Orders"));
        edited = d.project();
    }
    ProjectDocument d;
    d.restore(edited, path, "{}");
    QVERIFY(d.project() == edited);
    QCOMPARE(d.filePath(), path);
    QVERIFY(d.isModified());
    QCOMPARE(d.currentEvent().text, std::string("{}"));
    d.undoStack()->undo();
    QCOMPARE(d.mappingCount(), 0);
    QVERIFY(!d.isModified());

    QVERIFY(QFile::remove(path));
    d.restore(edited, path, {});
    QVERIFY(d.project() == edited);
    QVERIFY(d.isModified());
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
