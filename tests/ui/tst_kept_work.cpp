// What is half-typed is not lost: not by looking at another mapping, and not when the process is killed while it is
// being typed. The one that is killed is this program, with a window of its own.
#include "window_fixture.h"

#include "core/json/stringify.h"
#include "ui/data/data_section.h"
#include "ui/data/json_mapping.h"
#include "ui/data/mapping_view.h"
#include "ui/data/value_form.h"
#include "ui/data/value_popover.h"
#include "ui/data/visual_mapping.h"
#include "ui/document/recovery.h"
#include "ui/request/request_section.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/segmented.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QProcess>
#include <QUndoStack>

#include <cstdio>

using namespace hookbench;
using data::DataSection;
using data::JsonMapping;
using data::ValuePopover;
using widgets::KeyValueModel;
using widgets::KeyValueTable;

namespace {

std::vector<destination::Mapping> twoMappings()
{
    const char *settings
        = "{\"url\":\"https://example.com/x\",\"method\":\"POST\",\"headers\":{\"X-A\":\"a\",\"X-B\":\"b\"},"
          "\"data\":{\"n\":12,\"deep\":{\"@if\":{\"exists\":{\"@path\":\"$.a\"},\"then\":7}}}}";
    return { mappingOf("One", settings), mappingOf("Two", settings) };
}

DataSection *section(const Window &w)
{
    return w.window.findChild<DataSection *>();
}

KeyValueTable *headers(const Window &w)
{
    return w.window.findChild<request::RequestSection *>()->headers();
}

QLineEdit *cellEditor(const Window &w)
{
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    return line && headers(w)->isAncestorOf(line) ? line : nullptr;
}

/// The text controls of the open value sheet, in the order they were made.
QWidgetList textControls(const Window &w)
{
    QWidgetList out;
    for (QWidget *control : section(w)->visual()->popover()->form()->findChildren<QWidget *>())
        if (control->isVisible()
            && (qobject_cast<QLineEdit *>(control) || qobject_cast<widgets::CodeEditor *>(control)))
            out << control;
    return out;
}

QString textOf(const QWidget *control)
{
    if (const auto *line = qobject_cast<const QLineEdit *>(control))
        return line->text();
    return control ? static_cast<const widgets::CodeEditor *>(control)->toPlainText() : QString();
}

void openSheet(const Window &w, const char *pointer)
{
    data::VisualMapping *visual = section(w)->visual();
    visual->view()->goTo(pointer);
    QTest::keyClick(visual->view(), Qt::Key_Return);
}

void selectAndType(QWidget *control, const char *text)
{
    if (auto *line = qobject_cast<QLineEdit *>(control))
        line->selectAll();
    else
        static_cast<widgets::CodeEditor *>(control)->selectAll();
    QTest::keyClicks(control, QString::fromUtf8(text));
}

void typeJson(const Window &w, const char *text)
{
    section(w)->setView(DataSection::Json);
    selectAndType(section(w)->json()->editor(), text);
}

struct Scenario
{
    const char *name;
    void (*type)(Window &w);
    bool (*isBack)(Window &w);
};

const Scenario kScenarios[] = {
    { "the data of another mapping",
        [](Window &w) {
            typeJson(w, "{\"half\": tr");
            w.document.setCurrentMapping(1);
        },
        [](Window &w) {
            w.document.setCurrentMapping(0);
            return section(w)->json()->editor()->isVisible()
                && section(w)->json()->editor()->toPlainText().simplified() == QStringLiteral("{\"half\": tr")
                && !section(w)->json()->isTaken();
        } },
    { "the data of two mappings",
        [](Window &w) {
            typeJson(w, "[1,");
            w.document.setCurrentMapping(1);
            typeJson(w, "[2,");
        },
        [](Window &w) {
            w.document.setCurrentMapping(1);
            const QString second = section(w)->json()->editor()->toPlainText();
            w.document.setCurrentMapping(0);
            return second.simplified().startsWith(QStringLiteral("[2,"))
                && section(w)->json()->editor()->toPlainText().simplified().startsWith(QStringLiteral("[1,"));
        } },
    { "a number in the value sheet",
        [](Window &w) {
            openSheet(w, "/n");
            selectAndType(section(w)->visual()->popover()->form()->mainControl(), "12.5e");
        },
        [](Window &w) {
            const ValuePopover *sheet = section(w)->visual()->popover();
            return sheet && sheet->isOpen() && sheet->pointer() == "/n"
                && textOf(sheet->form()->mainControl()) == QStringLiteral("12.5e");
        } },
    { "inside a function in the value sheet",
        [](Window &w) {
            openSheet(w, "/deep");
            for (QWidget *control : textControls(w))
                if (textOf(control) == QStringLiteral("7"))
                    selectAndType(control, "7-");
        },
        [](Window &w) {
            const ValuePopover *sheet = section(w)->visual()->popover();
            if (!sheet || !sheet->isOpen() || sheet->pointer() != "/deep")
                return false;
            const QWidgetList controls = textControls(w);
            return std::any_of(controls.begin(), controls.end(),
                [](const QWidget *control) { return textOf(control) == QStringLiteral("7-"); });
        } },
    { "the value of a header",
        [](Window &w) {
            headers(w)->editCell(1, KeyValueModel::ValueColumn);
            selectAndType(cellEditor(w), "half a value");
        },
        [](Window &w) {
            const QLineEdit *line = cellEditor(w);
            return line && line->text() == QStringLiteral("half a value") && headers(w)->currentIndex().row() == 1
                && w.document.setting(0, "/headers/X-B").asString() == "b";
        } },
    { "the name of a new header",
        [](Window &w) {
            headers(w)->setFocus();
            headers(w)->editNewRow();
            selectAndType(cellEditor(w), "X-Ne");
        },
        [](Window &w) {
            const QLineEdit *line = cellEditor(w);
            return line && line->text() == QStringLiteral("X-Ne") && headers(w)->currentIndex().column() == 0;
        } },
};

const Scenario &scenario(const QString &name)
{
    return *std::find_if(std::begin(kScenarios), std::end(kScenarios),
        [&](const Scenario &one) { return QLatin1String(one.name) == name; });
}

/// The one to be killed: types, says so, and waits.
int beVictim(const QString &folder, const QString &name)
{
    Window w(twoMappings());
    const document::Recovery recovery(w.document, folder);
    w.window.activateWindow();
    (void)QTest::qWaitForWindowActive(&w.window);
    scenario(name).type(w);
    std::puts("typed");
    std::fflush(stdout);
    return QApplication::exec();
}

} // namespace

class TestKeptWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKillLosesNothing_data()
    {
        QTest::addColumn<QString>("name");
        for (const Scenario &one : kScenarios)
            QTest::newRow(one.name) << QString::fromLatin1(one.name);
    }
    void aKillLosesNothing()
    {
        QFETCH(QString, name);
        QTemporaryDir folder;
        QProcess victim;
        victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        victim.start(QCoreApplication::applicationFilePath(), { QStringLiteral("--victim"), folder.path(), name });
        QVERIFY(victim.waitForStarted());
        QByteArray said;
        while (!said.contains("typed") && victim.waitForReadyRead(30'000))
            said += victim.readAll();
        QVERIFY(said.contains("typed"));
        QTest::qSleep(2000);
        // A machine that is busy with other things may take longer to come to it.
        QTRY_VERIFY_WITH_TIMEOUT(
            !QDir(folder.path()).entryList({ QStringLiteral("*.recovery") }, QDir::Files).isEmpty(), 10'000);
        victim.kill();
        QVERIFY(victim.waitForFinished());
        QCOMPARE(victim.exitStatus(), QProcess::CrashExit);

        const auto left = document::Recovery::find(folder.path());
        QCOMPARE(left.size(), std::size_t{ 1 });
        Window w({ mappingOf("Other") });
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        w.window.offerLeftWork(left);
        QAbstractButton *restore = nullptr;
        for (auto *button : w.window.findChildren<QAbstractButton *>())
            if (button->isVisible() && button->text().contains(QStringLiteral("Restore it")))
                restore = button;
        QVERIFY(restore);
        w.document.undoStack()->setClean(); // nothing of the window's own is asked about
        QTest::mouseClick(restore, Qt::LeftButton);
        QCOMPARE(w.document.mappingCount(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(scenario(name).isBack(w), 5'000);
    }

    void halfTypedJsonSurvivesAnotherMapping()
    {
        Window w(twoMappings());
        typeJson(w, "{\"half\": ");
        JsonMapping *json = section(w)->json();
        const QString typed = json->editor()->toPlainText();
        QVERIFY(!json->isTaken());
        w.document.setCurrentMapping(1);
        QVERIFY(json->isTaken());
        QVERIFY(json->editor()->toPlainText().contains(QStringLiteral("\"n\": 12")));
        section(w)->setView(DataSection::Visual);
        w.document.setCurrentMapping(0);
        QCOMPARE(section(w)->views()->current(), static_cast<int>(DataSection::Json));
        QCOMPARE(json->editor()->toPlainText(), typed);
        QVERIFY(!json->isTaken());
        // An edit elsewhere, undone or not, leaves it alone.
        w.document.setMappingName(0, QStringLiteral("Renamed"));
        w.trigger("edit.undo");
        QCOMPARE(json->editor()->toPlainText(), typed);
        // Finished, it is the data and no draft any more.
        json->editor()->moveCursor(QTextCursor::End);
        json->editor()->selectAll();
        json->editor()->insertPlainText(QStringLiteral("{\"whole\": 1}"));
        QVERIFY(json->isTaken());
        QVERIFY(w.document.unfinished().empty());
        QCOMPARE(json::stringify(w.document.setting(0, "/data")), std::string("{\"whole\":1}"));
    }

    void enteredOrLeftNothingIsKept()
    {
        Window w(twoMappings());
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        headers(w)->editCell(0, KeyValueModel::ValueColumn);
        QVERIFY(cellEditor(w));
        selectAndType(cellEditor(w), "new");
        QVERIFY(w.document.unfinished().editor.has_value());
        QTest::keyClick(cellEditor(w), Qt::Key_Return);
        QTRY_VERIFY(w.document.unfinished().empty());
        QCOMPARE(w.document.setting(0, "/headers/X-A").asString(), std::string_view("new"));
        openSheet(w, "/n");
        selectAndType(section(w)->visual()->popover()->form()->mainControl(), "1x");
        QVERIFY(w.document.unfinished().editor.has_value());
        section(w)->visual()->popover()->close();
        QVERIFY(w.document.unfinished().empty());
    }
};

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == QStringLiteral("--victim"))
        return beVictim(arguments[2], arguments[3]);
    TestKeptWork test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_kept_work.moc"
