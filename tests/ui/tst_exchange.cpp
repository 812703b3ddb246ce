// Import and export in the window: from files, folders, drops and the clipboard; into the preview, the clipboard and
// files.
#include "window_fixture.h"

#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/destination/limits.h"
#include "ui/exchange/destination_dialog.h"
#include "ui/exchange/destination_import.h"
#include "ui/exchange/export_dialog.h"
#include "ui/exchange/import_notes.h"
#include "ui/mappings/mapping_clipboard.h"
#include "ui/shell/problems_model.h"
#include "ui/shell/project_files.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/segmented.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressDialog>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookbench;
using destination::Format;

class TestExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void imports_data();
    void imports();
    void dropsAreToldApart_data();
    void dropsAreToldApart();
    void asksForFiles();
    void asksWhichOfSeveral_data();
    void asksWhichOfSeveral();
    void unsavedWorkIsAskedFor_data();
    void unsavedWorkIsAskedFor();
    void errorsSayWhere_data();
    void errorsSayWhere();
    void cancelledNothingChanges();
    void notesFollowEdits_data();
    void notesFollowEdits();
    void exports_data();
    void exports();
    void exportNeedsAMapping();
    void savesWhatIsShown();
    void copiesAs_data();
    void copiesAs();
    void saysWhenSecretsAreCopied();
    void pastes_data();
    void pastes();
    void menusHoldThem();
};

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

QString terraformFile(const char *name)
{
    return latin(HOOKBENCH_TEST_DATA) + u"/terraform/" + latin(name);
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

/// A file of that name below the window's own folder.
QString fileOf(const Parts &parts, const char *name, const QByteArray &content)
{
    const QString path = parts.folder.filePath(latin(name));
    write(path, content);
    return path;
}

/// Does that with the next modal window of that type, once.
template <typename T>
void withModal(std::function<void(T *)> action)
{
    auto *timer = new QTimer(qApp);
    timer->setInterval(10);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, action = std::move(action)] {
        auto *window = qobject_cast<T *>(QApplication::activeModalWidget());
        if (!window)
            return;
        timer->stop();
        timer->deleteLater();
        action(window);
    });
    timer->start();
}

void press(QMessageBox *box, QMessageBox::StandardButton button)
{
    box->button(button)->click();
}

void choose(QFileDialog *dialog, const QString &path)
{
    dialog->findChild<QLineEdit *>(latin("fileNameEdit"))->setText(path);
    static_cast<QDialog *>(dialog)->accept();
}

/// Problems has a row of that code.
bool tells(const Window &w, const char *code)
{
    const auto *model = w.window.findChild<shell::ProblemsModel *>();
    for (int row = 0; row < model->rowCount(); ++row)
        if (model->issue(row).code == code)
            return true;
    return false;
}

constexpr const char *kSegment = R"({"destination":{"metadataId":"614a3c7d791c91c41bae7599","name":"From Segment",
 "enabled":false,"settings":{"sharedSecret":"s3cret"}},"subscriptions":[
 {"name":"One","actionId":"nFPnRozhz1mh4Gbx4MLvT5","trigger":"type = \"track\"","enabled":true,
  "settings":{"url":"https://hooks.example.com/1","method":"POST","data":{"@path":"$."}}},
 {"name":"Two","actionId":"nFPnRozhz1mh4Gbx4MLvT5","trigger":"type = \"page\"","enabled":false,
  "settings":{"url":"https://hooks.example.com/2","method":"PUT","data":{"@path":"$."}}}]})";
constexpr const char *kEvents = R"([{"type":"track","event":"A","userId":"u"},{"type":"identify","userId":"u"}])";

} // namespace

void TestExchange::imports_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("mappings");
    QTest::addColumn<QByteArray>("note"); // the code of an issue
    QTest::newRow("Git Sync") << terraformFile("01-git-sync.tf") << latin("Orders to warehouse")
                              << QStringList{ latin("Send") } << QByteArray("secret-masked");
    QTest::newRow("by hand") << terraformFile("04-by-hand.tf") << latin("Webhook by hand")
                             << QStringList{ latin("Orders") } << QByteArray("placeholder");
}

void TestExchange::imports()
{
    QFETCH(QString, path);
    QFETCH(QString, name);
    QFETCH(QStringList, mappings);
    QFETCH(QByteArray, note);
    Window w({ mappingOf("Before") });
    w.document.setMappingEnabled(0, false);
    w.trigger("edit.undo");
    w.window.files()->openAny(path);
    QTRY_COMPARE(w.document.displayName(), name);
    QStringList names;
    for (const destination::Mapping &mapping : w.document.project().mappings)
        names << QString::fromStdString(mapping.name);
    QCOMPARE(names, mappings);
    // A new document that nobody has saved: leaving it asks, and there is no way back into the one before.
    QVERIFY(w.document.isModified());
    QVERIFY(w.document.filePath().isEmpty());
    QVERIFY(!w.document.undoStack()->canUndo());
    QVERIFY(w.window.isWindowModified());
    QVERIFY(!w.document.project().id.empty());
    QVERIFY(tells(w, note.constData()));
    QVERIFY(w.settled());
    QVERIFY(tells(w, note.constData()));
    w.secret.set("known"); // it is what both of them miss
    QVERIFY(!tells(w, note.constData()));
    QVERIFY(w.document.saveAs(w.folder.filePath(latin("x.hookbench"))));
    QVERIFY(!w.document.isModified());
}

void TestExchange::dropsAreToldApart_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isFolder"); // the folder the file lies in is dropped
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("events");
    const QByteArray terraform = contentOf(terraformFile("04-by-hand.tf"));
    QTest::newRow("Terraform") << latin("main.tf") << terraform << false << latin("Webhook by hand") << 0;
    QTest::newRow("a folder") << latin("main.tf") << terraform << true << latin("Webhook by hand") << 0;
    QTest::newRow("Segment JSON") << latin("d.json") << QByteArray(kSegment) << false << latin("From Segment") << 0;
    QTest::newRow("a folder of JSON") << latin("d.json") << QByteArray(kSegment) << true << latin("From Segment") << 0;
    QTest::newRow("events") << latin("e.json") << QByteArray(kEvents) << false << latin("Acme") << 2;
    QTest::newRow("an event") << latin("e.json") << QByteArray(R"({"type":"track","event":"A","context":{}})") << false
                              << latin("Acme") << 1;
    QTest::newRow("Terraform in JSON") << latin("main.tf.json")
                                       << QByteArray(R"({"resource":{"segment_destination":{"d":{"name":"In JSON",
        "metadata":{"id":"614a3c7d791c91c41bae7599"},"settings":"{}"}}}})")
                                       << false << latin("In JSON") << 0;
    QTest::newRow("a script")
        << latin("create.sh")
        << QByteArray("#!/bin/sh\ncurl $api/destinations -d '{\"metadataId\":\"614a3c7d791c91c41bae7599\","
                      "\"name\":\"Scripted\"}'\n")
        << false << latin("Scripted") << 0;
    QTest::newRow("lines of events") << latin("e.ndjson") << QByteArray("{\"type\":\"page\"}\n{\"type\":\"page\"}\n")
                                     << false << latin("Acme") << 2;
}

void TestExchange::dropsAreToldApart()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(bool, isFolder);
    QFETCH(QString, name);
    QFETCH(int, events);
    Window w({ mappingOf("Before") });
    QTemporaryDir folder;
    write(folder.filePath(file), content);
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(isFolder ? folder.path() : folder.filePath(file)) });
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&w.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&w.window, &drop);
    QTRY_COMPARE(static_cast<int>(w.document.events().size()), events);
    QTRY_COMPARE(QString::fromStdString(w.document.project().name), name);
    if (name == u"From Segment") {
        QCOMPARE(w.secret.value(), std::string("s3cret"));
        QVERIFY(!w.document.project().enabled);
        QVERIFY(destination::write(w.document.project()).find("s3cret") == std::string::npos);
    }
}

void TestExchange::asksForFiles()
{
    Window w({ mappingOf("Before") });
    withModal<QFileDialog>([](QFileDialog *dialog) { choose(dialog, terraformFile("04-by-hand.tf")); });
    w.trigger("file.import");
    QTRY_COMPARE(w.document.displayName(), latin("Webhook by hand"));
    QTemporaryDir folder;
    write(folder.filePath(latin("d.json")), kSegment);
    withModal<QMessageBox>([&folder](QMessageBox *box) { press(box, QMessageBox::Discard); });
    withModal<QFileDialog>([&folder](QFileDialog *dialog) { choose(dialog, folder.path()); });
    w.trigger("file.importFolder");
    QTRY_COMPARE(w.document.displayName(), latin("From Segment"));
}

void TestExchange::asksWhichOfSeveral_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("accept");
    QTest::addColumn<QString>("name");
    QTest::newRow("the first") << QString() << true << latin("Webhook one");
    QTest::newRow("by name") << latin("TWO") << true << latin("Webhook two");
    QTest::newRow("by id") << latin("w2") << true << latin("Webhook two");
    QTest::newRow("cancel") << QString() << false << latin("Acme");
}

void TestExchange::asksWhichOfSeveral()
{
    QFETCH(QString, typed);
    QFETCH(bool, accept);
    QFETCH(QString, name);
    Window w({ mappingOf("Before") });
    bool asked = false;
    withModal<exchange::DestinationDialog>([&](exchange::DestinationDialog *dialog) {
        asked = true;
        QCOMPARE(dialog->findChild<QTreeWidget *>()->topLevelItemCount(), 2);
        auto *filter = dialog->findChild<QLineEdit *>();
        filter->setText(latin("nowhere"));
        QPushButton *import = nullptr;
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->text().remove(u'&') == u"Import")
                import = button;
        QVERIFY(import);
        QVERIFY(!import->isEnabled());
        filter->setText(typed);
        QVERIFY(import->isEnabled());
        accept ? import->click() : dialog->reject();
    });
    w.window.files()->openAny(terraformFile("05-a-workspace.tf"));
    QTRY_VERIFY(asked);
    QTRY_COMPARE(QString::fromStdString(w.document.project().name), name);
    QCOMPARE(w.document.isModified(), accept);
}

void TestExchange::unsavedWorkIsAskedFor_data()
{
    QTest::addColumn<int>("button");
    QTest::addColumn<QString>("name");
    QTest::newRow("cancel") << static_cast<int>(QMessageBox::Cancel) << latin("Mine");
    QTest::newRow("discard") << static_cast<int>(QMessageBox::Discard) << latin("Orders");
}

void TestExchange::unsavedWorkIsAskedFor()
{
    QFETCH(int, button);
    QFETCH(QString, name);
    Window w({ mappingOf("Before") });
    w.document.setMappingName(0, latin("Mine"));
    bool asked = false;
    withModal<QMessageBox>([&](QMessageBox *box) {
        asked = true;
        QCOMPARE(QString::fromStdString(w.document.mapping(0).name), latin("Mine"));
        press(box, static_cast<QMessageBox::StandardButton>(button));
    });
    w.window.files()->openAny(terraformFile("04-by-hand.tf"));
    QTRY_VERIFY(asked);
    QTRY_COMPARE(QString::fromStdString(w.document.mapping(0).name), name);
}

void TestExchange::errorsSayWhere_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("Terraform") << latin("broken.tf") << QByteArray("resource \"a\" \"b\" {\n  name = = 1\n}\n")
                               << QStringList{ latin("broken.tf"), latin("Line 2, column 10") };
    QTest::newRow("JSON") << latin("broken.json") << QByteArray("{\"destination\":\n  nope}")
                          << QStringList{ latin("broken.json"), latin("Line 2, column 4") };
    QTest::newRow("nothing of ours") << latin("other.tf") << QByteArray("variable \"x\" {}\n")
                                     << QStringList{ latin("no Webhooks (Actions) destination") };
    QTest::newRow("an empty folder") << latin("empty") << QByteArray()
                                     << QStringList{ latin("empty"), latin("no .tf, .json or .hookbench file") };
    QTest::newRow("not there") << latin("gone.tf") << QByteArray() << QStringList{ latin("gone.tf") };
}

void TestExchange::errorsSayWhere()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QStringList, words);
    Window w({ mappingOf("Before") });
    const destination::Project before = w.document.project();
    QTemporaryDir folder;
    if (!content.isEmpty())
        write(folder.filePath(file), content);
    if (file == u"empty")
        QVERIFY(QDir(folder.path()).mkdir(file));
    write(folder.filePath(latin("good.tf")), contentOf(terraformFile("04-by-hand.tf")));
    QString told;
    withModal<QMessageBox>([&told](QMessageBox *box) {
        told = box->informativeText();
        press(box, QMessageBox::Ok);
    });
    auto *import = w.window.findChild<exchange::DestinationImport *>();
    QStringList paths{ folder.filePath(file) };
    if (words.size() > 1)
        paths << folder.filePath(latin("good.tf")); // one bad file: nothing of the good one either
    import->read(paths);
    QTRY_VERIFY(!told.isEmpty());
    for (const QString &word : words)
        QVERIFY2(told.contains(word), qPrintable(told));
    QVERIFY(w.document.project() == before);
    QVERIFY(!w.document.isModified());
    QVERIFY(!import->isReading());
}

void TestExchange::cancelledNothingChanges()
{
    Window w({ mappingOf("Before") });
    auto *import = w.window.findChild<exchange::DestinationImport *>();
    // A pipe that nobody closes: reading goes on and on.
    const QString slow = w.folder.filePath(latin("slow.tf"));
    QCOMPARE(::mkfifo(slow.toLocal8Bit().constData(), 0600), 0);
    const int writer = ::open(slow.toLocal8Bit().constData(), O_RDWR);
    QVERIFY(writer >= 0);
    import->read({ slow });
    QVERIFY(import->isReading());
    QTRY_VERIFY_WITH_TIMEOUT(w.window.findChild<QProgressDialog *>()->isVisible(), 5000);
    QSignalSpy words(&w.workbench, &document::Workbench::said);
    import->read({ terraformFile("04-by-hand.tf") }); // one at a time
    QVERIFY(words.last().first().toString().contains(latin("still going on")));
    w.window.findChild<QProgressDialog *>()->findChild<QPushButton *>()->click();
    QVERIFY(!import->isReading());
    QVERIFY(words.last().first().toString().contains(latin("Nothing has changed")));
    const std::string text = contentOf(terraformFile("04-by-hand.tf")).toStdString();
    QCOMPARE(::write(writer, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(writer); // it ends, too late
    import->read({ terraformFile("01-git-sync.tf") });
    QTRY_COMPARE(w.document.displayName(), latin("Orders to warehouse"));
    QTRY_VERIFY(!w.window.findChild<QProgressDialog *>());
}

void TestExchange::notesFollowEdits_data()
{
    using What = document::Change::What;
    QTest::addColumn<document::Change>("change");
    QTest::addColumn<QStringList>(
        "paths"); // of the notes at /settings, /mappings/1, /mappings/1/settings/url and /mappings/2
    const auto row = [](const char *name, const document::Change &change, const QStringList &paths) {
        QTest::newRow(name) << change << paths;
    };
    const QString head = latin("/settings");
    const QString url = latin("/mappings/1/settings/url");
    const QString one = latin("/mappings/1/enabled");
    const QString two = latin("/mappings/2/settings");
    row("another project", { What::Everything, -1, -1, {} }, {});
    row("the destination", { What::Destination, -1, -1, {} }, { one, url, two });
    row("the very place", { What::Mapping, 1, -1, "/settings/url" }, { head, one, two });
    row("below it", { What::Mapping, 2, -1, "/settings/data/x" }, { head, one, url });
    row("above it", { What::Mapping, 1, -1, "/settings" }, { head, one, two });
    row("all of a mapping", { What::Mapping, 1, -1, "" }, { head, two });
    row("beside it", { What::Mapping, 1, -1, "/settings/urls" }, { head, one, url, two });
    row("another mapping", { What::Mapping, 0, -1, "" }, { head, one, url, two });
    row("removed", { What::MappingRemoved, 1, -1, {} }, { head, latin("/mappings/1/settings") });
    row("added before", { What::MappingAdded, 0, -1, {} },
        { head, latin("/mappings/2/enabled"), latin("/mappings/2/settings/url"), latin("/mappings/3/settings") });
    row("moved down", { What::MappingMoved, 1, 2, {} },
        { head, latin("/mappings/2/enabled"), latin("/mappings/2/settings/url"), latin("/mappings/1/settings") });
    row("moved up", { What::MappingMoved, 2, 0, {} },
        { head, latin("/mappings/2/enabled"), latin("/mappings/2/settings/url"), latin("/mappings/0/settings") });
    row("an event", { What::EventAdded, 1, -1, {} }, { head, one, url, two });
}

void TestExchange::notesFollowEdits()
{
    QFETCH(document::Change, change);
    QFETCH(QStringList, paths);
    Issues notes;
    for (const char *path : { "/settings", "/mappings/1/enabled", "/mappings/1/settings/url", "/mappings/2/settings" })
        notes.push_back({ Severity::Warning, "note", path, "words" });
    const Issues before = notes;
    const bool changed = exchange::followChange(notes, change);
    QCOMPARE(changed, notes != before);
    QStringList left;
    for (const Issue &note : notes)
        left << QString::fromStdString(note.path);
    QCOMPARE(left, paths);
}

void TestExchange::exports_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<int>("format");
    QTest::newRow("Segment JSON") << QByteArray("file.exportSegment") << static_cast<int>(Format::Segment);
    QTest::newRow("Terraform") << QByteArray("file.exportTerraform") << static_cast<int>(Format::Terraform);
    QTest::newRow("curl") << QByteArray("file.exportCurl") << static_cast<int>(Format::Curl);
}

void TestExchange::exports()
{
    QFETCH(QByteArray, action);
    QFETCH(int, format);
    Window w({ mappingOf("One"),
        mappingOf("Two", R"({"url":"https://e.com/","headers":{"Authorization":"tok3n"},"method":"POST"})"),
        mappingOf("Three") });
    w.document.ensureId();
    w.secret.set("tops3cret");
    w.document.setCurrentMapping(2);
    bool done = false;
    withModal<exchange::ExportDialog>([&](exchange::ExportDialog *dialog) {
        const auto expected = [&](std::vector<std::size_t> only, bool secrets) {
            destination::ExportOptions options{ std::move(only), secrets, "tops3cret" };
            return destination::exportProject(w.document.project(), static_cast<Format>(format), options).text;
        };
        const auto shown = [dialog] {
            const QString text = dialog->findChild<widgets::CodeEditor *>()->toPlainText();
            return text == QString::fromStdString(dialog->text()) ? text.toStdString() : std::string("another preview");
        };
        const auto segmented = dialog->findChildren<widgets::Segmented *>();
        widgets::Segmented *which = nullptr;
        for (widgets::Segmented *one : segmented)
            if (one->accessibleName() == u"Which mappings")
                which = one;
        QVERIFY(which);
        auto *list = dialog->findChildren<QListWidget *>().first();
        QCOMPARE(shown(), expected({ 0, 1, 2 }, false));
        QVERIFY(shown().find("tok3n") == std::string::npos);
        which->button(1)->click();
        QCOMPARE(shown(), expected({ 2 }, false));
        list->item(1)->setCheckState(Qt::Checked);
        QCOMPARE(which->current(), 2);
        QCOMPARE(shown(), expected({ 1, 2 }, false));
        dialog->findChild<QCheckBox *>()->click();
        QCOMPARE(shown(), expected({ 1, 2 }, true));
        QVERIFY(shown().find("tok3n") != std::string::npos);
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->text() == u"&Copy")
                button->click();
        QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), expected({ 1, 2 }, true));
        done = true;
        dialog->reject();
    });
    w.trigger(action.constData());
    QVERIFY(done);
    QVERIFY(!w.document.isModified() || w.document.undoStack()->count() > 0);
}

void TestExchange::exportNeedsAMapping()
{
    Window w({ mappingOf("One") });
    exchange::ExportDialog dialog(w.workbench, Format::Terraform, &w.window);
    const auto enabled = [&dialog] {
        int count = 0;
        for (const QPushButton *button : dialog.findChildren<QPushButton *>())
            count += button->isEnabled() ? 1 : 0;
        return count;
    };
    QCOMPARE(enabled(), 3);
    dialog.findChildren<QListWidget *>().first()->item(0)->setCheckState(Qt::Unchecked);
    QCOMPARE(enabled(), 1); // Close
    QVERIFY(dialog.text().empty()); // not all of them, which an empty choice means to the core
    // Without a mapping there is nothing to export, and the commands say so by being grey.
    w.trigger("mapping.delete");
    for (const char *id : { "file.exportSegment", "file.exportTerraform", "file.exportCurl", "mapping.copyTerraform" })
        QVERIFY2(!w.workbench.action(id)->isEnabled(), id);
}

void TestExchange::savesWhatIsShown()
{
    Window w({ mappingOf("One") });
    const QString path = fileOf(w, "there.tf", "somebody's");
    exchange::ExportDialog dialog(w.workbench, Format::Terraform, &w.window);
    dialog.show();
    QPushButton *save = nullptr;
    for (QPushButton *button : dialog.findChildren<QPushButton *>())
        if (button->text() == u"&Save…")
            save = button;
    QVERIFY(save);
    // The file dialog asks before it gives a file that is there.
    withModal<QFileDialog>([&](QFileDialog *files) {
        withModal<QMessageBox>([&](QMessageBox *box) { press(box, QMessageBox::No); });
        choose(files, path);
        QVERIFY(files->isVisible());
        files->reject();
    });
    save->click();
    QCOMPARE(contentOf(path), QByteArray("somebody's"));
    QVERIFY(dialog.isVisible());
    // The suffix is the format's, and part of the question.
    withModal<QFileDialog>([&](QFileDialog *files) {
        withModal<QMessageBox>([&](QMessageBox *box) { press(box, QMessageBox::Yes); });
        choose(files, path.chopped(3));
    });
    save->click();
    QCOMPARE(contentOf(path).toStdString(), dialog.text());
    QVERIFY(!dialog.isVisible());
    const auto back
        = destination::importTexts(std::array{ destination::NamedText{ {}, contentOf(path).toStdString() } });
    QVERIFY(back.has_value());
    QCOMPARE(back->destinations.front().project.mappings.front().name, std::string("One"));
}

void TestExchange::copiesAs_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<int>("format");
    QTest::newRow("Segment JSON") << QByteArray("mapping.copySegment") << static_cast<int>(Format::Segment);
    QTest::newRow("Terraform") << QByteArray("mapping.copyTerraform") << static_cast<int>(Format::Terraform);
    QTest::newRow("curl") << QByteArray("mapping.copyCurl") << static_cast<int>(Format::Curl);
}

void TestExchange::copiesAs()
{
    QFETCH(QByteArray, action);
    QFETCH(int, format);
    Window w({ mappingOf("One"), mappingOf("Two") });
    w.document.setCurrentMapping(1);
    w.trigger(action.constData());
    const std::string text = QGuiApplication::clipboard()->text().toStdString();
    QCOMPARE(
        text, destination::exportProject(w.document.project(), static_cast<Format>(format), { { 1 }, false, {} }).text);
    const auto back = mappings::mappingsFromText(text);
    QVERIFY(back.has_value());
    QCOMPARE(back->size(), std::size_t{ 1 });
    // Terraform sorts the keys of objects.
    QVERIFY(json::equivalent(back->front().settings, w.document.mapping(1).settings));
    destination::Mapping rest = back->front();
    rest.settings = w.document.mapping(1).settings;
    QVERIFY(rest == w.document.mapping(1));
}

void TestExchange::saysWhenSecretsAreCopied()
{
    Window w({ mappingOf("Open"),
        mappingOf("Secret", R"({"url":"https://e.com/","headers":{"Authorization":"tok3n"},"method":"POST"})") });
    QSignalSpy words(&w.workbench, &document::Workbench::said);
    const auto saysSo = [&](int mapping, const char *action) {
        w.document.setCurrentMapping(mapping);
        w.trigger(action);
        return words.last().first().toString().contains(latin("holds secrets"));
    };
    QVERIFY(!saysSo(0, "mapping.copy"));
    QVERIFY(saysSo(1, "mapping.copy")); // to be pasted as it was
    QVERIFY(QGuiApplication::clipboard()->text().contains(latin("tok3n")));
    for (const char *action : { "mapping.copySegment", "mapping.copyTerraform", "mapping.copyCurl" }) {
        QVERIFY(!saysSo(1, action));
        QVERIFY(!QGuiApplication::clipboard()->text().contains(latin("tok3n")));
        QVERIFY(words.last().first().toString().contains(latin("Authorization"))); // that is hidden
    }
}

void TestExchange::pastes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("there");
    QTest::addColumn<QStringList>("pasted");
    QTest::addColumn<QString>("said"); // a part of it
    const QString refused = latin("What was copied is no mapping");
    QTest::newRow("Segment JSON") << QByteArray(kSegment) << 1 << QStringList{ latin("One"), latin("Two") }
                                  << latin("Pasted 2");
    QTest::newRow("Terraform") << contentOf(terraformFile("04-by-hand.tf")) << 1 << QStringList{ latin("Orders") }
                               << QString();
    QTest::newRow("a project") << contentOf(terraformFile("01-git-sync.expected.hookbench")) << 1
                               << QStringList{ latin("Send") } << QString();
    QTest::newRow("a subscription") << QByteArray(
        R"({"id":"x","name":"Sub","actionId":"nFPnRozhz1mh4Gbx4MLvT5","enabled":true,
                         "trigger":"type = \"track\"","settings":{"url":"https://e.com","method":"POST"}})")
                                    << 1 << QStringList{ latin("Sub") } << QString();
    QTest::newRow("the last that fit") << QByteArray(kSegment) << 48 << QStringList{ latin("One"), latin("Two") }
                                       << latin("Pasted 2");
    QTest::newRow("one too many") << QByteArray(kSegment) << 49 << QStringList() << latin("there is room for 1");
    QTest::newRow("full") << QByteArray(kSegment) << 50 << QStringList() << latin("at most 50");
    QTest::newRow("words") << QByteArray("hello there") << 1 << QStringList() << refused;
    QTest::newRow("an event") << QByteArray(R"({"type":"track","event":"A"})") << 1 << QStringList() << refused;
    QTest::newRow("no mappings") << QByteArray(R"({"metadataId":"614a3c7d791c91c41bae7599","name":"x"})") << 1
                                 << QStringList() << refused;
}

void TestExchange::pastes()
{
    QFETCH(QByteArray, text);
    QFETCH(int, there);
    QFETCH(QStringList, pasted);
    QFETCH(QString, said);
    std::vector<destination::Mapping> mappings;
    for (int i = 0; i < there; ++i)
        mappings.push_back(mappingOf(qPrintable(latin("M%1").arg(i))));
    Window w(std::move(mappings));
    const destination::Project before = w.document.project();
    w.document.setCurrentMapping(0);
    QSignalSpy words(&w.workbench, &document::Workbench::said);
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    w.trigger("mapping.paste");
    if (!said.isEmpty()) {
        QVERIFY(!words.isEmpty());
        QVERIFY2(words.last().first().toString().contains(said), qPrintable(words.last().first().toString()));
    }
    QCOMPARE(w.document.mappingCount(), there + static_cast<int>(pasted.size()));
    for (int i = 0; i < pasted.size(); ++i) {
        const destination::Mapping &mapping = w.document.mapping(1 + i);
        QCOMPARE(QString::fromStdString(mapping.name), pasted.at(i));
        QVERIFY(!mapping.enabled);
        QVERIFY(mapping.extras->isUndefined() || mapping.extras->size() == 0);
    }
    QCOMPARE(w.document.undoStack()->count(), pasted.isEmpty() ? 0 : 1);
    if (!pasted.isEmpty()) {
        w.trigger("edit.undo");
        QVERIFY(w.document.project() == before);
        w.trigger("edit.redo");
        QCOMPARE(w.document.mappingCount(), there + static_cast<int>(pasted.size()));
    }
}

void TestExchange::menusHoldThem()
{
    Window w({ mappingOf("One") });
    const auto holds = [&w](const char *title, const char *id) {
        for (const QMenu *menu : w.window.findChildren<QMenu *>())
            if (menu->title() == latin(title) && menu->actions().contains(w.workbench.action(id)))
                return true;
        return false;
    };
    QVERIFY(holds("&File", "file.import"));
    QVERIFY(holds("&File", "file.importFolder"));
    for (const char *id : { "file.exportSegment", "file.exportTerraform", "file.exportCurl" })
        QVERIFY2(holds("E&xport", id), id);
    for (const char *id : { "mapping.copySegment", "mapping.copyTerraform", "mapping.copyCurl" })
        QVERIFY2(holds("C&opy as", id), id);
    // The list's own menu copies by the same commands, under short names.
    QGuiApplication::clipboard()->clear();
    for (QMenu *menu : w.window.findChildren<QMenu *>())
        for (QAction *action : menu->actions())
            if (action->text() == u"&Terraform")
                action->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(latin("segment_destination_subscription")));
}

QTEST_MAIN(TestExchange)
#include "tst_exchange.moc"
