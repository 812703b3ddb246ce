// The document: edits, undo, merging, files, the current event, checks off the window's thread.
#include "core/destination/document.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/document/project_document.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <cstdio>

using namespace hookbench;
using namespace hookbench::document;
using Merging = hookbench::document::Edit;

class TestProjectDocument : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void editsAreUndone_data();
    void editsAreUndone();
    void walksFiveHundredSteps();
    void typingIsOneStep();
    void typingBackIsNoStep();
    void otherPlaceIsAnotherStep();
    void settingMakesObjectsOnTheWay();
    void sameValueIsNoEdit();
    void currentMappingFollows();
    void limitOfMappings();
    void savesOnlyWhatWasEdited();
    void saveAsMakesANewId();
    void brokenFileLeavesTheDocumentAlone();
    void reloadIsUndoable();
    void noticesOtherPrograms_data();
    void noticesOtherPrograms();
    void testsFollowTheirMapping_data();
    void testsFollowTheirMapping();
    void typingThroughAnotherNameLeavesNoTrace();
    void neverReplacesWhatOthersWrote();
    void keepingMineIsAnEditToSave();
    void aFileThatIsGoneIsUnsaved();
    void readsTheEvent_data();
    void readsTheEvent();
    void largeEventIsReadElsewhere();
    void walksTheEvents();
    void checksInTheBackground();

private:
    static json::Document json(const char *text) { return *json::parse(text); }
};

namespace {

constexpr auto kProject = R"({
  "hookbench": 1,
  "id": "abcdefghijklmnopqrst",
  "name": "Acme",
  "enabled": true,
  "settings": {},
  "mappings": [
    {
      "name": "Orders",
      "enabled": true,
      "action": "send",
      "trigger": "type = \"track\"",
      "settings": {
        "url": "https://example.com/orders",
        "method": "POST",
        "data": {
          "@path": "$."
        }
      }
    }
  ],
  "events": [
    {
      "name": "Order Completed",
      "event": {
        "type": "track",
        "event": "Order Completed"
      }
    }
  ]
}
)";

QString put(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    const QString path = folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

QByteArray get(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Opened
{
    QTemporaryDir folder;
    QString path = put(folder, QStringLiteral("a.hookbench"), kProject);
    ProjectDocument document;
    Opened()
    {
        if (const auto opened = document.open(path); !opened)
            qFatal("%s", opened.error().message.c_str());
    }
};

using EditFunction = std::function<void(ProjectDocument &)>;

} // namespace

Q_DECLARE_METATYPE(EditFunction)

void TestProjectDocument::editsAreUndone_data()
{
    QTest::addColumn<EditFunction>("edit");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, EditFunction edit, const char *words) {
        QTest::newRow(name) << std::move(edit) << QString::fromUtf8(words);
    };
    row(
        "destination name", [](ProjectDocument &d) { d.setDestinationName(QStringLiteral("Other")); },
        "Rename destination");
    row(
        "destination enabled", [](ProjectDocument &d) { d.setDestinationEnabled(false); }, "Disable destination");
    row(
        "add", [](ProjectDocument &d) { d.addMapping(QStringLiteral("New")); }, "New mapping");
    row(
        "duplicate", [](ProjectDocument &d) { d.duplicateMapping(0); }, "Duplicate mapping");
    row(
        "remove", [](ProjectDocument &d) { d.removeMapping(0); }, "Delete mapping “Orders”");
    row(
        "name", [](ProjectDocument &d) { d.setMappingName(0, QStringLiteral("X")); }, "Rename mapping");
    row(
        "enabled", [](ProjectDocument &d) { d.setMappingEnabled(0, false); }, "Disable mapping");
    row(
        "trigger", [](ProjectDocument &d) { d.setMappingTrigger(0, "type = \"page\""); }, "Change trigger");
    row(
        "setting",
        [](ProjectDocument &d) {
            d.setSetting(0, "/url", json::Value::string("http://x"), QStringLiteral("Change URL"));
        },
        "Change URL");
    row(
        "nested setting",
        [](ProjectDocument &d) {
            d.setSetting(0, "/headers/X-A", json::Value::string("1"), QStringLiteral("Change header"));
        },
        "Change header");
    row(
        "remove setting", [](ProjectDocument &d) { d.removeSetting(0, "/method", QStringLiteral("Remove method")); },
        "Remove method");
    row(
        "save event", [](ProjectDocument &d) { d.addSavedEvent(QStringLiteral("E"), json("{\"type\":\"page\"}")); },
        "Save event");
    row(
        "remove event", [](ProjectDocument &d) { d.removeSavedEvent(0); }, "Remove saved event");
    row(
        "rename event", [](ProjectDocument &d) { d.renameSavedEvent(0, QStringLiteral("E")); }, "Rename saved event");
    row(
        "replace event", [](ProjectDocument &d) { d.replaceSavedEvent(0, json("{\"type\":\"page\"}")); },
        "Change saved event");
}

void TestProjectDocument::editsAreUndone()
{
    QFETCH(EditFunction, edit);
    QFETCH(QString, words);
    Opened opened;
    ProjectDocument &document = opened.document;
    const destination::Project before = document.project();
    QSignalSpy changed(&document, &ProjectDocument::changed);
    QSignalSpy modified(&document, &ProjectDocument::modifiedChanged);
    edit(document);
    const destination::Project after = document.project();
    QVERIFY(!(after == before));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(document.undoStack()->count(), 1);
    QCOMPARE(document.undoStack()->undoText(), words);
    QVERIFY(document.isModified());
    document.undoStack()->undo();
    QVERIFY(document.project() == before);
    QVERIFY(!document.isModified());
    document.undoStack()->redo();
    QVERIFY(document.project() == after);
    QCOMPARE(changed.count(), 3);
    QCOMPARE(modified.count(), 3);
}

// The same documents on the way back and forth, whatever the edits were.
void TestProjectDocument::walksFiveHundredSteps()
{
    Opened opened;
    ProjectDocument &document = opened.document;
    document.undoStack()->setUndoLimit(0);
    QRandomGenerator random(11);
    QList<QByteArray> states{ QByteArray::fromStdString(destination::write(document.project())) };
    for (int step = 0; states.size() <= 500; ++step) {
        QVERIFY(step < 5'000);
        const QString fresh = QString::number(step);
        const int count = document.mappingCount();
        const int mapping = count > 0 ? random.bounded(count) : -1;
        const int kind = mapping < 0 ? 0 : random.bounded(10);
        const json::Document text = json(qPrintable(QStringLiteral("{\"n\":[%1]}").arg(step)));
        if (kind == 0)
            document.addMapping(fresh);
        else if (kind == 1)
            document.duplicateMapping(mapping);
        else if (kind == 2)
            document.removeMapping(mapping);
        else if (kind == 3)
            document.moveMapping(mapping, random.bounded(count));
        else if (kind == 4)
            document.setMappingTrigger(mapping, "event = \"" + fresh.toStdString() + "\"");
        else if (kind == 5)
            document.removeSetting(mapping, "/data/f" + std::to_string(random.bounded(4)), QStringLiteral("Remove"));
        else if (kind == 6)
            document.addSavedEvent(fresh, text);
        else if (kind == 7)
            document.setDestinationName(fresh);
        else
            document.setSetting(mapping, "/data/f" + std::to_string(random.bounded(4)), text, QStringLiteral("Set"));
        if (document.undoStack()->count() == states.size())
            states.append(QByteArray::fromStdString(destination::write(document.project())));
    }
    QCOMPARE(document.undoStack()->count(), 500);
    for (int round = 0; round < 2; ++round) {
        for (qsizetype at = states.size() - 1; at-- > 0;) {
            document.undoStack()->undo();
            QCOMPARE(QByteArray::fromStdString(destination::write(document.project())), states[at]);
        }
        QVERIFY(!document.undoStack()->canUndo());
        for (qsizetype at = 1; at < states.size(); ++at) {
            document.undoStack()->redo();
            QCOMPARE(QByteArray::fromStdString(destination::write(document.project())), states[at]);
        }
    }
}

void TestProjectDocument::typingIsOneStep()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    for (const char *text : { "type = \"p", "type = \"pa", "type = \"page\"" })
        d.setMappingTrigger(0, text, Merging::Typing);
    QCOMPARE(d.undoStack()->count(), 1);
    d.endTyping();
    d.setMappingTrigger(0, "type = \"screen\"", Merging::Typing);
    QCOMPARE(d.undoStack()->count(), 2);
    d.undoStack()->undo();
    QCOMPARE(d.mapping(0).trigger, std::string("type = \"page\""));
    d.undoStack()->undo();
    QCOMPARE(d.mapping(0).trigger, std::string("type = \"track\""));
}

void TestProjectDocument::typingBackIsNoStep()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    d.setMappingName(0, QStringLiteral("Order"), Merging::Typing);
    d.setMappingName(0, QStringLiteral("Orders"), Merging::Typing);
    QCOMPARE(d.undoStack()->count(), 0);
    QVERIFY(!d.isModified());
}

void TestProjectDocument::otherPlaceIsAnotherStep()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    d.setSetting(0, "/url", json::Value::string("http://a"), QStringLiteral("Change URL"), Merging::Typing);
    d.setSetting(0, "/method", json::Value::string("PUT"), QStringLiteral("Change method"), Merging::Typing);
    QCOMPARE(d.undoStack()->count(), 2);
}

void TestProjectDocument::settingMakesObjectsOnTheWay()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    d.setSetting(0, "/headers/X-Tenant", json::Value::string("acme"), QStringLiteral("Add header"));
    QCOMPARE(json::stringify(d.setting(0, "/headers")), std::string(R"({"X-Tenant":"acme"})"));
    d.setSetting(0, "/headers/X-Tenant", json::Value(), QStringLiteral("Remove header"));
    QCOMPARE(json::stringify(d.setting(0, "/headers")), std::string("{}"));
    d.setSetting(0, "", json("{\"url\":\"u\"}"), QStringLiteral("Replace"));
    QCOMPARE(json::stringify(d.mapping(0).settings), std::string(R"({"url":"u"})"));
}

void TestProjectDocument::sameValueIsNoEdit()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    d.setDestinationEnabled(true);
    d.setMappingName(0, QStringLiteral("Orders"));
    d.setSetting(0, "/method", json::Value::string("POST"), QStringLiteral("Change method"));
    d.removeSetting(0, "/nothing", QStringLiteral("Remove"));
    d.moveMapping(0, 0);
    QCOMPARE(d.undoStack()->count(), 0);
}

void TestProjectDocument::currentMappingFollows()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    QCOMPARE(d.currentMapping(), 0);
    QSignalSpy current(&d, &ProjectDocument::currentMappingChanged);
    QCOMPARE(d.addMapping(d.freshMappingName()), 1);
    QCOMPARE(d.currentMapping(), 1);
    QCOMPARE(d.duplicateMapping(1), 2);
    QVERIFY(!d.mapping(2).enabled);
    d.moveMapping(2, 0);
    QCOMPARE(d.currentMapping(), 0);
    d.removeMapping(2);
    QCOMPARE(d.currentMapping(), 0);
    d.setCurrentMapping(1);
    d.removeMapping(1);
    QCOMPARE(d.currentMapping(), 0);
    d.removeMapping(0);
    QCOMPARE(d.currentMapping(), -1);
    d.undoStack()->undo();
    QCOMPARE(d.currentMapping(), 0);
    QVERIFY(current.count() >= 6);
}

void TestProjectDocument::limitOfMappings()
{
    ProjectDocument d;
    while (d.mappingCount() < 50)
        d.addMapping(d.freshMappingName());
    QVERIFY(!d.canAddMapping());
    QCOMPARE(d.mapping(49).name, std::string("Mapping 50"));
}

void TestProjectDocument::savesOnlyWhatWasEdited()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    QVERIFY(QFile::remove(opened.path));
    QVERIFY(d.save());
    QVERIFY2(!QFile::exists(opened.path), "nothing was edited, nothing is written");
    d.setMappingEnabled(0, false);
    QVERIFY(d.save());
    QVERIFY(!d.isModified());
    QCOMPARE(get(opened.path),
        QByteArray(kProject).replace("\"Orders\",\n      \"enabled\": true", "\"Orders\",\n      \"enabled\": false"));
    d.undoStack()->undo();
    QVERIFY(d.isModified());
}

void TestProjectDocument::saveAsMakesANewId()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    const std::string id = d.project().id;
    const QString copy = opened.folder.filePath(QStringLiteral("b.hookbench"));
    QSignalSpy path(&d, &ProjectDocument::pathChanged);
    QVERIFY(d.saveAs(copy));
    QVERIFY(d.project().id != id);
    QCOMPARE(d.filePath(), copy);
    QCOMPARE(path.count(), 1);
    QCOMPARE(get(opened.path), QByteArray(kProject));
    ProjectDocument again;
    QVERIFY(again.open(copy));
    QVERIFY(again.project() == d.project());

    ProjectDocument fresh; // has never had a file: the secret set so far stays its own
    const std::string own = fresh.project().id;
    QVERIFY(fresh.saveAs(opened.folder.filePath(QStringLiteral("c.hookbench"))));
    QCOMPARE(fresh.project().id, own);
}

void TestProjectDocument::brokenFileLeavesTheDocumentAlone()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    const destination::Project before = d.project();
    const auto broken = d.open(put(opened.folder, QStringLiteral("x.hookbench"), "{\"hookbench\": 1, "));
    QVERIFY(!broken);
    QVERIFY(QString::fromStdString(broken.error().message).contains(QStringLiteral("x.hookbench")));
    const auto newer = d.open(put(opened.folder, QStringLiteral("y.hookbench"), "{\"hookbench\": 99}"));
    QVERIFY(!newer);
    QVERIFY(d.project() == before);
    QCOMPARE(d.filePath(), opened.path);
}

void TestProjectDocument::reloadIsUndoable()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    d.setDestinationName(QStringLiteral("Mine"));
    put(opened.folder, QStringLiteral("a.hookbench"), QByteArray(kProject).replace("Acme", "Theirs"));
    QVERIFY(d.reload());
    QCOMPARE(d.project().name, std::string("Theirs"));
    QVERIFY(!d.isModified());
    d.undoStack()->undo();
    QCOMPARE(d.project().name, std::string("Mine"));
}

void TestProjectDocument::noticesOtherPrograms_data()
{
    using Write = std::function<void(const QTemporaryDir &, const QByteArray &)>;
    QTest::addColumn<Write>("write");
    QTest::addColumn<bool>("isLink");
    const auto path
        = [](const QTemporaryDir &folder, const char *name) { return folder.filePath(QLatin1String(name)); };
    const Write inPlace = [](const QTemporaryDir &folder, const QByteArray &theirs) {
        put(folder, QStringLiteral("real.hookbench"), theirs);
    };
    // As editors and git do.
    const Write renamed = [path](const QTemporaryDir &folder, const QByteArray &theirs) {
        put(folder, QStringLiteral("real.tmp"), theirs);
        const QByteArray from = path(folder, "real.tmp").toLocal8Bit();
        QCOMPARE(std::rename(from.constData(), path(folder, "real.hookbench").toLocal8Bit().constData()), 0);
    };
    const Write madeAgain = [path](const QTemporaryDir &folder, const QByteArray &theirs) {
        QVERIFY(QFile::remove(path(folder, "real.hookbench")));
        QTest::qWait(600); // long enough to be seen missing
        put(folder, QStringLiteral("real.hookbench"), theirs);
    };
    for (const bool isLink : { false, true }) {
        const char *how = isLink ? ", behind a link" : "";
        QTest::addRow("in place%s", how) << inPlace << isLink;
        QTest::addRow("replaced by a rename%s", how) << renamed << isLink;
        QTest::addRow("removed and made again%s", how) << madeAgain << isLink;
    }
}

void TestProjectDocument::noticesOtherPrograms()
{
    using Write = std::function<void(const QTemporaryDir &, const QByteArray &)>;
    QFETCH(Write, write);
    QFETCH(bool, isLink);
    QTemporaryDir folder;
    QTemporaryDir links;
    QString path = put(folder, QStringLiteral("real.hookbench"), kProject);
    if (isLink) {
        path = links.filePath(QStringLiteral("link.hookbench"));
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("real.hookbench")), path));
    }
    ProjectDocument d;
    QVERIFY(d.open(path));
    QSignalSpy outside(&d, &ProjectDocument::fileChangedOutside);
    d.setDestinationName(QStringLiteral("Mine"));
    QVERIFY(d.save());
    QTest::qWait(500);
    QCOMPARE(outside.count(), 0); // never for our own
    // Twice: what was replaced is still watched.
    for (const char *name : { "Theirs", "Theirs again" }) {
        write(folder, QByteArray(kProject).replace("Acme", name));
        QTRY_COMPARE_WITH_TIMEOUT(outside.count(), 1, 5000);
        outside.clear();
    }
    QVERIFY(d.reload());
    QCOMPARE(d.project().name, std::string("Theirs again"));
    // There and back, as when a branch is looked at.
    QSignalSpy known(&d, &ProjectDocument::fileAsKnown);
    const QByteArray mine = get(path);
    write(folder, QByteArray(kProject).replace("Acme", "Another branch"));
    QTRY_COMPARE_WITH_TIMEOUT(outside.count(), 1, 5000);
    QCOMPARE(known.count(), 0);
    write(folder, mine);
    QTRY_COMPARE_WITH_TIMEOUT(known.count(), 1, 5000);
    QVERIFY(!d.isModified());
}

void TestProjectDocument::testsFollowTheirMapping_data()
{
    QTest::addColumn<EditFunction>("edit");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, EditFunction edit, const char *said, const char *says) {
        QTest::newRow(name) << std::move(edit) << QString::fromUtf8(said) << QString::fromUtf8(says);
    };
    row(
        "renamed", [](ProjectDocument &d) { d.setMappingName(0, QStringLiteral("Sales")); }, "Orders", "Sales");
    row(
        "renamed as another", [](ProjectDocument &d) { d.setMappingName(1, QStringLiteral("Orders")); }, "Orders",
        "#0");
    row(
        "replaced under another name",
        [](ProjectDocument &d) {
            destination::Mapping mapping = d.mapping(0);
            mapping.name = "New";
            d.replaceMapping(0, mapping, QStringLiteral("Replace"));
        },
        "Orders", "New");
    row(
        "switched off", [](ProjectDocument &d) { d.setMappingEnabled(0, false); }, "Orders", "Orders");
    row(
        "moved", [](ProjectDocument &d) { d.moveMapping(0, 1); }, "#0", "#1");
    row(
        "another added before it", [](ProjectDocument &d) { d.insertMapping(0, d.mapping(1), {}); }, "#0", "#1");
    row(
        "duplicated", [](ProjectDocument &d) { d.duplicateMapping(0); }, "Orders", "Orders");
    row(
        "pasted under its name", [](ProjectDocument &d) { d.insertMapping(2, d.mapping(0), {}); }, "Orders", "#0");
    row(
        "removed", [](ProjectDocument &d) { d.removeMapping(0); }, "Orders", "Orders");
    row(
        "removed, by place", [](ProjectDocument &d) { d.removeMapping(0); }, "#0", "Orders");
}

void TestProjectDocument::testsFollowTheirMapping()
{
    QFETCH(EditFunction, edit);
    QFETCH(QString, said);
    QFETCH(QString, says);
    Opened opened;
    ProjectDocument &d = opened.document;
    destination::Mapping other = d.mapping(0);
    other.name = "Other";
    d.insertMapping(1, other, QStringLiteral("Insert"));
    const QString tests = QStringLiteral(R"([{"name":"n","mapping":"%1","event":{},"expect":{"fires":true},"own":1}])");
    d.setTests(json(qPrintable(tests.arg(said))), QStringLiteral("Tests"));
    const destination::Project before = d.project();
    const int steps = d.undoStack()->index();
    edit(d);
    QCOMPARE(d.undoStack()->index(), steps + 1); // one step for both
    QCOMPARE(QString::fromStdString(json::stringify(d.project().tests)), tests.arg(says));
    const destination::Project after = d.project();
    d.undoStack()->undo();
    QVERIFY(d.project() == before);
    d.undoStack()->redo();
    QVERIFY(d.project() == after);
}

void TestProjectDocument::typingThroughAnotherNameLeavesNoTrace()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    destination::Mapping other = d.mapping(0);
    other.name = "Order";
    d.insertMapping(1, other, QStringLiteral("Insert"));
    const char *tests = R"([{"mapping":"Orders"},{"mapping":"Order"}])";
    d.setTests(json(tests), QStringLiteral("Tests"));
    for (const char *typed : { "Order", "Orde", "Order", "Order!" }) // on the way it is called as the other
        d.setMappingName(0, QString::fromLatin1(typed), Merging::Typing);
    QCOMPARE(json::stringify(d.project().tests), std::string(R"([{"mapping":"Order!"},{"mapping":"Order"}])"));
    d.undoStack()->undo();
    QCOMPARE(d.mapping(0).name, std::string("Orders"));
    QCOMPARE(json::stringify(d.project().tests), std::string(tests));
    d.setMappingName(0, QStringLiteral("Order"), Merging::Typing);
    d.setMappingName(0, QStringLiteral("Orders"), Merging::Typing); // back: no step, and no trace
    QCOMPARE(json::stringify(d.project().tests), std::string(tests));
}

void TestProjectDocument::neverReplacesWhatOthersWrote()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    d.setDestinationName(QStringLiteral("Mine"));
    const QByteArray theirs = QByteArray(kProject).replace("Acme", "Theirs");
    put(opened.folder, QStringLiteral("a.hookbench"), theirs);
    const auto saved = d.save(); // at once: before the watcher has said a word
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, std::string("file-changed-outside"));
    QCOMPARE(get(opened.path), theirs);
    QVERIFY(d.isModified());
    QTest::qWait(500); // and after it has
    QVERIFY(!d.save());
    QCOMPARE(get(opened.path), theirs);
    QVERIFY(d.save(Overwrite::Yes));
    QVERIFY(get(opened.path).contains("Mine"));
    QVERIFY(!d.isModified());
    d.setDestinationName(QStringLiteral("Mine again"));
    QVERIFY(d.save());
}

void TestProjectDocument::keepingMineIsAnEditToSave()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    QSignalSpy outside(&d, &ProjectDocument::fileChangedOutside);
    put(opened.folder, QStringLiteral("a.hookbench"), QByteArray(kProject).replace("Acme", "Theirs"));
    QTRY_COMPARE_WITH_TIMEOUT(outside.count(), 1, 5000);
    QCOMPARE(d.project().name, std::string("Acme")); // offered, not taken
    QVERIFY(!d.isModified());
    d.keepMine();
    QVERIFY(d.isModified());
    QVERIFY(d.save());
    QVERIFY(get(opened.path).contains("Acme"));
}

void TestProjectDocument::aFileThatIsGoneIsUnsaved()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    QSignalSpy gone(&d, &ProjectDocument::fileGone);
    QVERIFY(QFile::remove(opened.path));
    QTRY_COMPARE_WITH_TIMEOUT(gone.count(), 1, 5000);
    QVERIFY(d.isModified());
    put(opened.folder, QStringLiteral("a.hookbench"), kProject); // back again
    QTRY_VERIFY_WITH_TIMEOUT(!d.isModified(), 5000);
    QVERIFY(QFile::remove(opened.path));
    QTRY_COMPARE_WITH_TIMEOUT(gone.count(), 2, 5000);
    d.setDestinationName(QStringLiteral("Edited"));
    put(opened.folder, QStringLiteral("a.hookbench"), kProject);
    QTest::qWait(600);
    QVERIFY(d.isModified()); // what is here is not in the file
    d.undoStack()->undo();
    QVERIFY(QFile::remove(opened.path));
    QTRY_COMPARE_WITH_TIMEOUT(gone.count(), 3, 5000);
    QVERIFY(d.save());
    QCOMPARE(get(opened.path), QByteArray(kProject));
    QVERIFY(!d.isModified());
}

void TestProjectDocument::readsTheEvent_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isEvent");
    QTest::addColumn<bool>("hasError");
    QTest::newRow("event") << QStringLiteral("{\"type\":\"track\"}") << true << false;
    QTest::newRow("empty") << QString() << false << false;
    QTest::newRow("array") << QStringLiteral("[1]") << false << true;
    QTest::newRow("broken") << QStringLiteral("{\"type\":") << false << true;
}

void TestProjectDocument::readsTheEvent()
{
    QFETCH(QString, text);
    QFETCH(bool, isEvent);
    QFETCH(bool, hasError);
    ProjectDocument d;
    d.setEventText("{}");
    QSignalSpy changed(&d, &ProjectDocument::currentEventChanged);
    d.setEventText(text.toStdString());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(d.currentEvent().event->isObject(), isEvent);
    QCOMPARE(d.currentEvent().error.has_value(), hasError);
    QVERIFY(!d.isModified());
}

void TestProjectDocument::largeEventIsReadElsewhere()
{
    ProjectDocument d;
    const std::string large = "{\"type\":\"track\",\"x\":\"" + std::string(400'000, 'a') + "\"}";
    d.setEventText(large);
    QVERIFY(d.currentEvent().parsing);
    d.setEventText("[]"); // overtakes the large one
    QVERIFY(!d.currentEvent().parsing);
    QVERIFY(d.currentEvent().error);
    QTest::qWait(200);
    QVERIFY(d.currentEvent().error);
    d.setEventText(large);
    QTRY_VERIFY(!d.currentEvent().parsing);
    QVERIFY(d.currentEvent().event->isObject());
}

void TestProjectDocument::walksTheEvents()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    QCOMPARE(d.events().size(), 1);
    QCOMPARE(d.currentEventIndex(), 0);
    QCOMPARE(d.currentEvent().name, QStringLiteral("Track – Order Completed"));
    QVERIFY(d.currentEvent().text.find('\n') != std::string::npos);
    d.addSavedEvent(QStringLiteral("Second"), json("{\"type\":\"page\"}"));
    QCOMPARE(d.currentEventIndex(), 1);
    QCOMPARE(d.currentEvent().name, QStringLiteral("Second"));
    d.setCurrentEventIndex(0);
    d.setEventText("{\"type\":\"x\"}");
    QVERIFY(d.currentEvent().edited);
    d.setCurrentEventIndex(1);
    QVERIFY(!d.currentEvent().edited);
    d.undoStack()->undo();
    QCOMPARE(d.events().size(), 1);
    QCOMPARE(d.currentEventIndex(), 0);
}

void TestProjectDocument::checksInTheBackground()
{
    Opened opened;
    ProjectDocument &d = opened.document;
    QSignalSpy issues(&d, &ProjectDocument::issuesChanged);
    d.setSetting(0, "/batch_size", json::Value::number(5000), QStringLiteral("Change batch size"));
    QVERIFY(!d.issuesAreCurrent());
    QTRY_VERIFY(d.issuesAreCurrent());
    QVERIFY(!issues.isEmpty());
    QVERIFY(hasErrors(d.issues()));
    d.undoStack()->undo();
    QTRY_VERIFY(d.issuesAreCurrent());
    QVERIFY(!hasErrors(d.issues()));
}

QTEST_GUILESS_MAIN(TestProjectDocument)
#include "tst_project_document.moc"
