// Golden tests in the window: made from the preview, run as one edits, accepted, renamed, deleted, and all of it
// undone.
#include "tests/ui/window_fixture.h"

#include "core/json/stringify.h"
#include "ui/golden/golden_model.h"
#include "ui/golden/golden_panel.h"
#include "ui/shell/bottom_dock.h"
#include "ui/shell/report_file.h"
#include "ui/widgets/diff_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace hookbench;
using namespace hookbench::golden;

namespace {

constexpr const char *kEvent
    = "{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"m1\",\"properties\":{\"total\":27.5}}";
constexpr const char *kSettings = "{\"url\":\"https://a.example/"
                                  "o\",\"method\":\"POST\",\"data\":{\"id\":{\"@path\":\"$.messageId\"},\"total\":{\"@"
                                  "path\":\"$.properties.total\"}}}";

struct Tested : Window
{
    Tested()
        : Window(
            { mappingOf("Orders", kSettings, "type = \"track\""), mappingOf("Pages", kSettings, "type = \"page\"") },
            kEvent)
        , panel(window.findChild<GoldenPanel *>())
        , table(find<QTableView>(QStringLiteral("Golden tests")))
    {
    }
    bool press(const QString &words) const
    {
        for (QPushButton *button : panel->findChildren<QPushButton *>())
            if (button->text() == words && button->isEnabled()) {
                button->click();
                return true;
            }
        return false;
    }
    QStringList column(int column) const
    {
        QStringList list;
        for (int row = 0; row < panel->model()->rowCount(); ++row)
            list << panel->model()->index(row, column).data().toString();
        return list;
    }
    QStringList results() const { return column(GoldenModel::ResultColumn); }
    QByteArray expectation(std::size_t test) const
    {
        return QByteArray::fromStdString(json::stringify(document.project().tests->at(test).find("expect")));
    }

    GoldenPanel *panel;
    QTableView *table;
};

const QString kGood = QStringLiteral("As expected");

} // namespace

class TestGoldenPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void model();
    void wordsOfResults_data();
    void wordsOfResults();
    void fromThePreview();
    void saysWhyNot();
    void failsAndIsAccepted();
    void editsAreUndone();
    void followsItsMapping();
    void isReachedFromProblems();
    void fieldReport_data();
    void fieldReport();
};

void TestGoldenPanel::model()
{
    GoldenModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTests(json::parse("[{\"name\":\"a\\u001b\",\"mapping\":\"M\"},{}]").value());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, GoldenModel::NameColumn).data().toString(), QStringLiteral("a\\x1B"));
    QCOMPARE(model.index(1, GoldenModel::NameColumn).data().toString(), QStringLiteral("test 2"));
    QVERIFY(!model.outcomeAt(0));
    auto report = std::make_shared<pipeline::GoldenReport>();
    report->outcomes.resize(3);
    model.setReport(report); // of other tests
    QVERIFY(!model.outcomeAt(0));
    report->outcomes.resize(2);
    report->outcomes[0].verdict = pipeline::GoldenVerdict::Passed;
    model.setReport(report);
    QCOMPARE(model.failing(), 1);
    QSignalSpy renamed(&model, &GoldenModel::renamed);
    QVERIFY(model.setData(model.index(1, 0), QStringLiteral(" b "), Qt::EditRole));
    QVERIFY(!model.setData(model.index(1, 0), QStringLiteral(" "), Qt::EditRole));
    QCOMPARE(renamed.count(), 1);
    QCOMPARE(renamed.front().at(1).toString(), QStringLiteral("b"));
    model.setTests({});
    QCOMPARE(model.rowCount(), 0);
}

void TestGoldenPanel::wordsOfResults_data()
{
    QTest::addColumn<QByteArray>("test"); // mapping and expect
    QTest::addColumn<QString>("expected");
    QTest::newRow("good") << QByteArray("\"mapping\":\"Orders\",\"expect\":{\"fires\":true}") << kGood;
    QTest::newRow("silent") << QByteArray("\"mapping\":\"Pages\",\"expect\":{\"fires\":false}")
                            << QStringLiteral("Does not fire, as expected");
    QTest::newRow("fires") << QByteArray("\"mapping\":\"Orders\",\"expect\":{\"fires\":false}")
                           << QStringLiteral("Fires, and should not");
    QTest::newRow("does not") << QByteArray("\"mapping\":\"Pages\",\"expect\":{\"fires\":true}")
                              << QStringLiteral("Does not fire: type = page, saw \"track\"");
    QTest::newRow("many") << QByteArray("\"mapping\":\"Orders\",\"expect\":{\"url\":\"x\",\"method\":\"PUT\",\"body\":{"
                                        "\"id\":\"m2\",\"total\":1,\"more\":2}}")
                          << QStringLiteral("Not as expected: method, URL, id and 2 more");
    QTest::newRow("cannot") << QByteArray("\"mapping\":\"Nobody\",\"expect\":{\"fires\":false}")
                            << QStringLiteral(
                                   "Cannot be run: There is no mapping \"Nobody\". Names are case-sensitive.");
}

void TestGoldenPanel::wordsOfResults()
{
    QFETCH(QByteArray, test);
    destination::Project project = destination::newProject("t");
    project.mappings
        = { mappingOf("Orders", kSettings, "type = \"track\""), mappingOf("Pages", kSettings, "type = \"page\"") };
    project.tests
        = json::parse("[{\"name\":\"n\",\"event\":" + std::string(kEvent) + ',' + test.toStdString() + "}]").value();
    QTEST(resultWords(pipeline::GoldenTests(project, {}).run(0, nullptr)), "expected");
}

void TestGoldenPanel::fromThePreview()
{
    Tested t;
    QVERIFY(t.settled());
    QVERIFY(t.panel->count().isEmpty());
    t.trigger("test.add");
    QCOMPARE(destination::testCount(t.document.project()), std::size_t{ 1 });
    QVERIFY(t.panel->isVisible()); // its tab comes to the front
    QTRY_COMPARE(t.results(), QStringList{ kGood });
    QCOMPARE(t.panel->count(), QStringLiteral("1"));
    QCOMPARE(t.expectation(0),
        QByteArray("{\"method\":\"POST\",\"url\":\"https://a.example/o\",\"body\":{\"id\":\"m1\",\"total\":27.5}}"));
    t.document.setCurrentMapping(1);
    t.trigger("test.add"); // the preview is of the other mapping yet: it waits
    QTRY_COMPARE(t.results(), (QStringList{ kGood, QStringLiteral("Does not fire, as expected") }));
    QCOMPARE(t.expectation(1), QByteArray("{\"fires\":false}"));
    QCOMPARE(t.column(GoldenModel::MappingColumn), (QStringList{ QStringLiteral("Orders"), QStringLiteral("Pages") }));
    QCOMPARE(t.table->currentIndex().row(), 1);
    t.document.setMappingName(1, QStringLiteral("Orders")); // a name says no longer which
    QVERIFY(t.settled());
    t.trigger("test.add");
    QTRY_COMPARE(t.column(GoldenModel::MappingColumn).value(2), QStringLiteral("#1"));
    t.document.undoStack()->setClean();
}

void TestGoldenPanel::saysWhyNot()
{
    Tested t;
    QSignalSpy said(&t.workbench, &document::Workbench::said);
    t.document.setSetting(0, "/url", json::Value::string("nowhere"), QStringLiteral("Change URL"));
    QVERIFY(t.settled());
    t.trigger("test.add");
    QCOMPARE(destination::testCount(t.document.project()), std::size_t{ 0 });
    QVERIFY(said.back().front().toString().contains(QStringLiteral("fails on this event")));
    t.document.setEventText("{");
    t.trigger("test.add");
    QTRY_VERIFY(said.back().front().toString().contains(QStringLiteral("not valid")));
    QCOMPARE(destination::testCount(t.document.project()), std::size_t{ 0 });
    t.document.undoStack()->setClean();
}

void TestGoldenPanel::failsAndIsAccepted()
{
    Tested t;
    QVERIFY(t.settled());
    t.trigger("test.add");
    QTRY_COMPARE(t.results(), QStringList{ kGood });
    const QByteArray before = t.expectation(0);
    t.document.setSetting(0, "/data/total", json::Value::number(3), QStringLiteral("Change total"));
    QTRY_COMPARE(t.results(), QStringList{ QStringLiteral("Not as expected: total") });
    QCOMPARE(t.panel->count(), QStringLiteral("✗ 1"));
    const auto *diff = t.panel->findChild<widgets::DiffView *>();
    QCOMPARE(diff->changeCount(), 1);
    QVERIFY(t.press(QStringLiteral("Accept new")));
    QTRY_COMPARE(t.results(), QStringList{ kGood });
    QCOMPARE(t.expectation(0), QByteArray(before).replace("27.5", "3"));
    QCOMPARE(diff->changeCount(), 0);
    QVERIFY(!t.press(QStringLiteral("Accept new"))); // nothing is left to accept
    QCOMPARE(t.undoText(), QStringLiteral("Accept new result of 1 test(s)"));
    t.trigger("edit.undo");
    QTRY_COMPARE(t.results(), QStringList{ QStringLiteral("Not as expected: total") });
    t.trigger("edit.undo");
    QTRY_COMPARE(t.results(), QStringList{ kGood });
    t.document.undoStack()->setClean();
}

void TestGoldenPanel::editsAreUndone()
{
    Tested t;
    t.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&t.window));
    QVERIFY(t.settled());
    t.trigger("test.add");
    t.trigger("test.add");
    QTRY_COMPARE(t.results(), (QStringList{ kGood, kGood }));
    const QStringList names = t.column(GoldenModel::NameColumn);
    QCOMPARE(names[1], QString(names[0] + QStringLiteral(" 2")));
    t.table->setFocus();
    QTest::keyClick(t.table, Qt::Key_F2);
    auto *edit = t.table->findChild<QLineEdit *>();
    QVERIFY(edit);
    edit->setText(QStringLiteral("Renamed"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(t.column(GoldenModel::NameColumn).value(1), QStringLiteral("Renamed"));
    QCOMPARE(t.undoText(), QStringLiteral("Rename test"));

    t.document.showEvent(QStringLiteral("Other"), "{\"type\":\"page\"}");
    t.document.setCurrentMapping(1);
    QVERIFY(t.press(QStringLiteral("Show event")));
    QCOMPARE(t.document.currentMapping(), 0);
    QCOMPARE(t.document.currentEvent().event, json::parse(kEvent).value());

    t.table->setFocus();
    t.table->selectAll();
    QTest::keyClick(t.table, Qt::Key_Delete);
    QCOMPARE(t.panel->model()->rowCount(), 0);
    QCOMPARE(destination::testCount(t.document.project()), std::size_t{ 0 });
    t.trigger("edit.undo");
    QTRY_COMPARE(t.results(), (QStringList{ kGood, kGood }));
    t.trigger("edit.undo");
    QCOMPARE(t.column(GoldenModel::NameColumn), names);
    t.document.undoStack()->setClean();
}

void TestGoldenPanel::followsItsMapping()
{
    Tested w;
    QVERIFY(w.settled());
    w.trigger("test.add");
    QTRY_COMPARE(w.results(), QStringList{ kGood });
    w.document.setCurrentMapping(0);
    w.document.setMappingName(0, QStringLiteral("Sales"));
    QCOMPARE(w.column(GoldenModel::MappingColumn), QStringList{ QStringLiteral("Sales") });
    QCOMPARE(w.undoText(), QStringLiteral("Rename mapping"));
    QVERIFY(w.settled());
    QTRY_COMPARE(w.results(), QStringList{ kGood });
    w.trigger("mapping.delete");
    QTRY_COMPARE(w.results(),
        QStringList{ QStringLiteral("Cannot be run: There is no mapping \"Sales\". Names are case-sensitive.") });
    w.trigger("edit.undo");
    w.trigger("edit.undo");
    QCOMPARE(w.column(GoldenModel::MappingColumn), QStringList{ QStringLiteral("Orders") });
    QTRY_COMPARE(w.results(), QStringList{ kGood });
}

void TestGoldenPanel::isReachedFromProblems()
{
    Tested t;
    t.document.setTests(
        json::parse("[{\"name\":\"a\"},{\"name\":\"b\",\"mapping\":\"Orders\",\"event\":{},\"expect\":{\"boddy\":1}}]")
            .value(),
        QStringLiteral("Tests"));
    QVERIFY(t.settled());
    const Issues &issues = t.document.issues();
    QVERIFY(std::any_of(
        issues.begin(), issues.end(), [](const Issue &issue) { return issue.path == "/tests/1/expect/boddy"; }));
    QVERIFY(t.workbench.whyNotSend(document::SendWhich::CurrentEvent).isEmpty()); // a test sends nothing
    t.workbench.jumpTo("/tests/1/expect/boddy");
    QVERIFY(t.panel->isVisible());
    QCOMPARE(t.table->currentIndex().row(), 1);
    t.document.undoStack()->setClean();
}

void TestGoldenPanel::fieldReport_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("beginning"); // empty: it cannot be written
    QTest::newRow("HTML") << QStringLiteral("fields.html") << QByteArray("<!DOCTYPE html>");
    QTest::newRow("Markdown") << QStringLiteral("fields.MD") << QByteArray("# Webhooks of Acme");
    QTest::newRow("no folder") << QStringLiteral("no/such/folder.html") << QByteArray();
}

void TestGoldenPanel::fieldReport()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, beginning);
    Tested t;
    shell::ReportFile report(t.workbench, nullptr);
    QObject::disconnect(&report, &shell::ReportFile::failed, nullptr, nullptr); // nobody is there to answer a dialog
    QSignalSpy written(&report, &shell::ReportFile::written);
    QSignalSpy failed(&report, &shell::ReportFile::failed);
    const QString path = t.folder.filePath(name);
    report.write(path);
    QTRY_COMPARE(written.count() + failed.count(), 1);
    QCOMPARE(failed.count(), beginning.isEmpty() ? 1 : 0);
    QFile file(path);
    QCOMPARE(file.open(QIODevice::ReadOnly), !beginning.isEmpty());
    if (!beginning.isEmpty())
        QVERIFY(file.readAll().startsWith(beginning));
}

QTEST_MAIN(TestGoldenPanel)
#include "tst_golden.moc"
