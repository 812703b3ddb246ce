// Problems: every issue as a row, Enter to the very place, one key to the one right answer.
#include "window_fixture.h"

#include "core/json/stringify.h"
#include "ui/request/request_section.h"
#include "ui/shell/bottom_dock.h"
#include "ui/shell/problems_model.h"
#include "ui/shell/problems_panel.h"
#include "ui/theme/icons.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/row_delegate.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

using namespace hookbench;
using shell::ProblemsModel;
using shell::ProblemsPanel;

class TestProblems : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void modelOffersFixes();
    void areLive();
    void enterJumps_data();
    void enterJumps();
    void enterJumpsToTheCondition_data();
    void enterJumpsToTheCondition();
    void fixesByKey();
    void fixesByMouse();
    void fixesByContextMenu();
    void keepsItsPlace();

private:
    static QTableView *table(const Window &w) { return w.window.findChild<ProblemsPanel *>()->table(); }
    static int rowOf(const Window &w, const QString &part)
    {
        const QAbstractItemModel *model = table(w)->model();
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->index(row, ProblemsModel::MessageColumn).data().toString().contains(part))
                return row;
        return -1;
    }
    static void open(Window &w)
    {
        w.trigger("view.problems");
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        QVERIFY(w.settled());
    }
};

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr auto kSettings = R"({"url":"https://example.com/x","method":"POST","headers":{"A":"1","TE":"x","B":"2"},)"
                           R"("enable_batching":true,"batch_size":5000,"data":{"@path":"$."}})";

} // namespace

void TestProblems::modelOffersFixes()
{
    destination::Project project = destination::newProject("Acme");
    project.mappings.push_back(mappingOf("Orders", kSettings));
    ProblemsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Issue size{ Severity::Error, "batch-size-range", "/mappings/0/settings/batch_size", "too many" };
    model.setIssues({ { Severity::Info, "mappings-none", "/mappings", "none" }, size }, project);
    const QModelIndex fix = model.index(0, ProblemsModel::FixColumn);
    QCOMPARE(fix.data().toString(), latin("Set the batch size to 4000"));
    QCOMPARE(fix.data(Qt::AccessibleTextRole).toString(), latin("Set the batch size to 4000"));
    QVERIFY(model.fix(0));
    QVERIFY(!model.fix(1));
    QVERIFY(model.index(1, ProblemsModel::FixColumn).data().toString().isEmpty());
    // The same issues of another project may have other fixes.
    project.mappings[0].settings = *json::parse(R"({"batch_size":-3})");
    model.setIssues({ { Severity::Info, "mappings-none", "/mappings", "none" }, size }, project);
    QCOMPARE(fix.data().toString(), latin("Set the batch size to 0, which means 1000"));
    model.setIssues({}, project);
    QCOMPARE(model.rowCount(), 0);
}

void TestProblems::areLive()
{
    Window w({ mappingOf("Orders") });
    QVERIFY(w.settled());
    const int before = table(w)->model()->rowCount();
    w.document.setSetting(0, "/batch_size", json::Value::number(9000), latin("Change batch size"));
    QVERIFY(w.settled());
    QTRY_COMPARE(table(w)->model()->rowCount(), before + 1);
    const QModelIndex first = table(w)->model()->index(0, ProblemsModel::SeverityColumn);
    QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), latin("Error"));
    QVERIFY(theme::hasIcon(first.data(widgets::RowDelegate::kIconRole).toByteArray().constData()));
    w.trigger("edit.undo");
    QVERIFY(w.settled());
    QTRY_COMPARE(table(w)->model()->rowCount(), before);
}

void TestProblems::enterJumps_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("focus"); ///< accessible name
    QTest::addColumn<int>("row"); ///< of the headers, -1: no matter
    const auto row = [](const char *name, const char *settings, const char *message, const char *focus, int at = -1) {
        QTest::newRow(name) << latin(settings) << latin(message) << latin(focus) << at;
    };
    row("header", kSettings, "frames the request", "Headers", 1);
    row("batch size", kSettings, "Batch Size is 5000", "Batch size");
    row("URL", R"({"url":"no","method":"POST","data":{"@path":"$."}})", "URL", "URL");
    row("method", R"({"url":"https://example.com/","method":"GET","data":{"@path":"$."}})", "Method must", "Method");
    row("batching", R"({"url":"https://example.com/","method":"POST","enable_batching":true,"data":{"@path":"$."}})",
        "X-Signature covers only", "Enable batching");
}

void TestProblems::enterJumps()
{
    QFETCH(QString, settings);
    QFETCH(QString, message);
    QFETCH(QString, focus);
    QFETCH(int, row);
    Window w({ mappingOf("First"), mappingOf("Second", settings.toUtf8().constData()) });
    open(w);
    const int problem = rowOf(w, message);
    QVERIFY(problem >= 0);
    table(w)->setCurrentIndex(table(w)->model()->index(problem, 1));
    table(w)->setFocus();
    QTest::keyClick(table(w), Qt::Key_Return);
    QCOMPARE(w.document.currentMapping(), 1);
    QTRY_VERIFY(QApplication::focusWidget() && QApplication::focusWidget()->accessibleName() == focus);
    if (row >= 0)
        QCOMPARE(w.window.findChild<request::RequestSection *>()->headers()->currentIndex().row(), row);
}

void TestProblems::enterJumpsToTheCondition_data()
{
    QTest::addColumn<bool>("asText");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("found"); // the accessible name, or the text chosen
    QTest::newRow("row 2") << false << latin("properties.items.0.sku") << latin("Field of condition 2");
    QTest::newRow("row 3") << false << latin("tilde") << latin("Field of condition 3");
    QTest::newRow("text 2") << true << latin("properties.items.0.sku") << latin("properties.items.\\0.sku = \"x\"");
    QTest::newRow("text 3") << true << latin("tilde") << latin("event = \"a~b\"");
}

void TestProblems::enterJumpsToTheCondition()
{
    QFETCH(bool, asText);
    QFETCH(QString, message);
    QFETCH(QString, found);
    Window w({ mappingOf("First"),
        mappingOf("Second", nullptr,
            "type = \"track\" and properties.items.\\0.sku = \"x\" and event = \"a~b\" and userId != null") });
    w.document.setCurrentMapping(1);
    open(w);
    if (asText)
        for (QToolButton *button : w.window.findChildren<QToolButton *>())
            if (button->text() == u"FQL")
                button->click();
    const int problem = rowOf(w, message);
    QVERIFY(problem >= 0);
    table(w)->setCurrentIndex(table(w)->model()->index(problem, 1));
    table(w)->setFocus();
    QTest::keyClick(table(w), Qt::Key_Return);
    QTRY_VERIFY(QApplication::focusWidget() != table(w));
    if (const auto *text = qobject_cast<const QPlainTextEdit *>(QApplication::focusWidget()))
        QCOMPARE(text->textCursor().selectedText(), found);
    else
        QCOMPARE(QApplication::focusWidget()->accessibleName(), found);
}

void TestProblems::fixesByKey()
{
    Window w({ mappingOf("First"), mappingOf("Second", kSettings) });
    open(w);
    table(w)->setCurrentIndex(table(w)->model()->index(rowOf(w, latin("frames the request")), 1));
    table(w)->setFocus();
    QAction *fix = w.workbench.action("problem.fix");
    QCOMPARE(fix->text(), latin("Remove the header TE"));
    QTest::keyClick(table(w), Qt::Key_Period, Qt::ControlModifier);
    QCOMPARE(
        QString::fromStdString(json::stringify(w.document.setting(1, "/headers"))), latin("{\"A\":\"1\",\"B\":\"2\"}"));
    QCOMPARE(w.undoText(), latin("Remove the header TE"));
    QCOMPARE(w.document.currentMapping(), 1);
    QVERIFY(w.settled());
    QTRY_COMPARE(rowOf(w, latin("frames the request")), -1);
    w.trigger("edit.undo");
    QVERIFY(w.settled());
    QTRY_VERIFY(rowOf(w, latin("frames the request")) >= 0);
    // A row without a single answer offers none.
    table(w)->setCurrentIndex(table(w)->model()->index(rowOf(w, latin("X-Signature covers only")), 1));
    QVERIFY(!fix->isEnabled());
}

void TestProblems::fixesByMouse()
{
    Window w({ mappingOf("Orders", kSettings) });
    open(w);
    const QModelIndex cell = table(w)->model()->index(rowOf(w, latin("Batch Size is")), ProblemsModel::FixColumn);
    table(w)->scrollTo(cell);
    QTest::mouseClick(table(w)->viewport(), Qt::LeftButton, {}, table(w)->visualRect(cell).center());
    QCOMPARE(w.document.setting(0, "/batch_size").asNumber(), 4000.0);
    // The row is there until the next check: once more changes nothing.
    const int steps = w.document.undoStack()->count();
    QTest::mouseClick(table(w)->viewport(), Qt::LeftButton, {}, table(w)->visualRect(cell).center());
    QCOMPARE(w.document.undoStack()->count(), steps);
}

void TestProblems::fixesByContextMenu()
{
    Window w({ mappingOf("Orders", kSettings) });
    open(w);
    const QModelIndex cell = table(w)->model()->index(rowOf(w, latin("Batch Size is")), ProblemsModel::MessageColumn);
    Q_EMIT table(w)->customContextMenuRequested(table(w)->visualRect(cell).center());
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList words;
    for (QAction *action : menu->actions())
        words << action->text();
    QCOMPARE(
        words, QStringList({ latin("&Go there"), latin("Set the batch size to 4000"), latin("&Copy the message") }));
    menu->actions().at(2)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(latin("Batch Size is 5000")));
    menu->actions().at(1)->trigger();
    QCOMPARE(w.document.setting(0, "/batch_size").asNumber(), 4000.0);
    menu->close();
}

void TestProblems::keepsItsPlace()
{
    Window w({ mappingOf("First", R"({"url":"no","method":"POST"})"), mappingOf("Second", kSettings) });
    open(w);
    table(w)->setCurrentIndex(table(w)->model()->index(rowOf(w, latin("Batch Size is")), 1));
    w.document.setSetting(0, "/url", json::Value::string("https://example.com/"), latin("Change URL"));
    QVERIFY(w.settled());
    QTRY_COMPARE(table(w)->currentIndex().row(), rowOf(w, latin("Batch Size is")));
}

QTEST_MAIN(TestProblems)
#include "tst_problems.moc"
