// What is typed survives a kill.
#include "ui/document/project_document.h"
#include "ui/document/recovery.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
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
    void keepsWhatIsHalfTyped();
    void halfTypedDataFollowsItsMapping();

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

namespace {

struct Draft final : TriggerDraft
{
    explicit Draft(std::string typed)
        : TriggerDraft({ "unfinished", "Something is missing.", {}, {} })
        , text(std::move(typed))
    {
    }
    json::Document toJson() const override { return json::Document::copyOf(json::Value::string("")); }
    const std::string text;
};

} // namespace

void TestRecovery::keepsWhatIsHalfTyped()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.hookbench"));
    ProjectDocument d;
    d.addMapping(QStringLiteral("Orders"));
    d.addMapping(QStringLiteral("Refunds"));
    QVERIFY(d.saveAs(path));
    QTemporaryDir kept;
    Recovery recovery(d, kept.path());
    d.editTrigger(1, d.mapping(1).trigger, std::make_shared<Draft>("type = "), QStringLiteral("Change trigger"));
    d.keepDataText(1, "[");
    d.keepDataText(0, "{\"a\": ");
    d.setCurrentMapping(0);
    const OpenEditor editor{ 1, "/settings/headers", json::Document::copyOf(json::Value::string("typed")) };
    d.keepEditor(editor);
    QVERIFY(d.save()); // nothing of it goes into the file
    QTRY_COMPARE_WITH_TIMEOUT(files(kept).size(), 1, 10'000);
    forgetLocks(kept);
    const auto left = Recovery::find(kept.path());
    QCOMPARE(left.size(), std::size_t{ 1 });
    QVERIFY(left[0].unfinished.triggers.size() == 2 && left[0].unfinished.triggers[0]->isUndefined());
    QVERIFY((left[0].unfinished.data == std::vector<UnfinishedText>{ { 1, "[" }, { 0, "{\"a\": " } }));
    QVERIFY(left[0].unfinished.editor == editor);

    ProjectDocument again;
    again.setDraftReader([](const json::Document &from) -> TriggerDraftPtr {
        return from->isString() ? std::make_shared<Draft>("again") : nullptr;
    });
    QSignalSpy found(&again, &ProjectDocument::dataTextFound);
    QSignalSpy opened(&again, &ProjectDocument::editorFound);
    again.restore(left[0].project, left[0].path, left[0].eventText, left[0].unfinished);
    QVERIFY(!again.triggerDraft(0));
    QVERIFY(again.triggerDraft(1));
    QCOMPARE(found.size(), 1);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(again.currentMapping(), 1); // of the open editor
    QCOMPARE(again.dataText(0), std::optional<std::string>("{\"a\": "));
    QCOMPARE(again.dataText(1), std::optional<std::string>("["));
    again.undoStack()->undo();
    QVERIFY(!again.triggerDraft(1));
    QVERIFY(!again.dataText(0));

    d.keepDataText(0, {});
    d.keepDataText(1, {});
    d.keepEditor({});
    d.editTrigger(1, d.mapping(1).trigger, nullptr, QStringLiteral("Change trigger"));
    QVERIFY(d.save());
    QTRY_VERIFY_WITH_TIMEOUT(files(kept).isEmpty(), 10'000);
}

void TestRecovery::halfTypedDataFollowsItsMapping()
{
    ProjectDocument d;
    for (const char *name : { "a", "b", "c" })
        d.addMapping(QString::fromLatin1(name));
    d.keepDataText(1, "{\"b\"");
    d.moveMapping(1, 2);
    QVERIFY(!d.dataText(1));
    QCOMPARE(d.dataText(2), std::optional<std::string>("{\"b\""));
    d.removeMapping(0);
    QCOMPARE(d.dataText(1), std::optional<std::string>("{\"b\""));
    d.removeMapping(1);
    QVERIFY(d.unfinished().empty());
    d.undoStack()->undo();
    QCOMPARE(d.dataText(1), std::optional<std::string>("{\"b\""));
    // Over other data it is not shown; over those it was typed over it is.
    d.setSetting(1, "/data", json::Value::number(1), QStringLiteral("Change data"));
    QVERIFY(!d.dataText(1));
    QVERIFY(d.unfinished().empty());
    d.undoStack()->undo();
    QCOMPARE(d.dataText(1), std::optional<std::string>("{\"b\""));
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
