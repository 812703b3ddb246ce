// The palette over everything, and keys that can be changed.
#include "window_fixture.h"

#include "core/journal/journal.h"
#include "ui/data/data_section.h"
#include "ui/data/json_mapping.h"
#include "ui/data/mapping_view.h"
#include "ui/data/visual_mapping.h"
#include "ui/event/event_panel.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/keys_dialog.h"
#include "ui/shell/palette_field.h"
#include "ui/shell/palette_fields.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/row_delegate.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QListView>
#include <QTableView>
#include <QTreeWidget>
#include <QWindow>

#include <algorithm>
#include <limits>

using namespace hookbench;
using shell::ActionCatalogue;
using shell::CommandPalette;
using shell::KeysDialog;

class TestPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fields();
    void manyFieldsDoNotStall();
    void findsAndGoes_data();
    void findsAndGoes();
    void goesToTheField_data();
    void goesToTheField();
    void fieldsOnlyWhenTyped();
    void commandsAreCarriedOut();
    void keysAreChangedAndKept();
    void keysThatAreTakenAreRefused();
    void keysByKeyboard();
    void damagedKeysArePassedOver();
    void everyControlHasAName();
    void everyCellTellsItself();
};

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr auto kSettings
    = R"({"url":"https://example.com/x","method":"POST","headers":{"X-Tenant":"acme"},"batch_size":5000,)"
      R"("enable_batching":true,"data":{"total":{"@path":"$.properties.total"},"amount":{"currency":"EUR"},)"
      R"("items":{"@arrayPath":["$.properties.products",{"sku":{"@path":"$.sku"},"of":{"n":1}}]},)"
      R"("maybe":{"@excludeWhenNull":{"x":{"@path":"$.x"}}}}})";

void select(QTreeWidget *tree, const QString &command)
{
    for (int i = 0; i < tree->topLevelItemCount(); ++i)
        if (tree->topLevelItem(i)->text(0) == command)
            tree->setCurrentItem(tree->topLevelItem(i));
}

} // namespace

void TestPalette::fields()
{
    destination::Project project = destination::newProject("Acme");
    project.mappings = { mappingOf("Orders", kSettings), mappingOf("Refunds", R"({"data":{"@path":"$."}})") };
    QStringList words;
    for (const shell::PlacedField &field : shell::placedFields(project)) {
        words << field.words;
        QVERIFY(field.pointer.starts_with("/mappings/"));
    }
    for (const char *expected : { "Orders, URL", "Orders, Method", "Orders, Headers X-Tenant", "Orders, Batch size",
             "Orders, Enable batching", "Orders, Data total", "Orders, Data amount", "Orders, Data amount.currency",
             "Orders, Data items", "Orders, Data items[].sku", "Orders, Data items[].of.n", "Orders, Data maybe.x",
             "Orders, Trigger", "Orders, Name", "Refunds, Data" })
        QVERIFY2(words.contains(latin(expected)), expected);
    QVERIFY(words.filter(latin("@path")).isEmpty());
    QVERIFY(shell::placedFields(destination::newProject("Empty")).empty());
}

void TestPalette::manyFieldsDoNotStall()
{
    std::string data;
    for (int i = 0; i < 300; ++i)
        data += (i ? ",\"field_" : "\"field_") + std::to_string(i) + "\":{\"@path\":\"$.a\"}";
    const std::string settings = "{\"url\":\"https://example.com/\",\"method\":\"POST\",\"data\":{" + data + "}}";
    std::vector<destination::Mapping> mappings;
    for (int i = 0; i < 50; ++i)
        mappings.push_back(mappingOf(qPrintable(QStringLiteral("M%1").arg(i)), settings.c_str()));
    destination::Project project = destination::newProject("Acme");
    project.mappings = mappings;
    const auto fields = shell::placedFields(project);
    QVERIFY(fields.size() > 15'000);
    std::vector<shell::PaletteEntry> entries;
    for (const auto &field : fields)
        entries.push_back({ field.words, {}, {}, {}, true });
    shell::PaletteModel model;
    model.setEntries(std::move(entries));
    const QString typed = latin("field_299 m4");
    qint64 least = std::numeric_limits<qint64>::max(); // other programs may be in the way of a round
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        for (qsizetype i = 1; i <= typed.size(); ++i)
            model.setFilter(typed.left(i));
        least = std::min(least, timer.elapsed() / typed.size());
    }
    QVERIFY2(least < 16, qPrintable(QString::number(least)));
    QCOMPARE(model.rowCount(), 11); // M4 and M40…M49
}

void TestPalette::findsAndGoes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("focus");
    QTest::addColumn<int>("mapping");
    const auto row = [](const char *typed, const char *focus, int mapping) {
        QTest::newRow(typed) << latin(typed) << latin(focus) << mapping;
    };
    row("orders, url", "URL", 1);
    row("orders, method", "Method", 1);
    row("orders headers x-tenant", "Headers", 1);
    row("orders, batch size: batch", "Batch size", 1); // the problem
    row("first, enable batching", "Enable batching", 0);
}

void TestPalette::findsAndGoes()
{
    QFETCH(QString, typed);
    QFETCH(QString, focus);
    QFETCH(int, mapping);
    Window w({ mappingOf("First"), mappingOf("Orders", kSettings) });
    w.document.setCurrentMapping(1 - mapping);
    QVERIFY(w.settled());
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.trigger("app.palette");
    auto *palette = w.window.findChild<CommandPalette *>();
    auto *line = palette->findChild<QLineEdit *>();
    QTest::keyClicks(line, typed);
    QVERIFY(palette->findChild<QListView *>()->model()->rowCount() >= 1);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(w.document.currentMapping(), mapping);
    QTRY_VERIFY(w.window.focusWidget() && w.window.focusWidget()->accessibleName() == focus);
}

void TestPalette::goesToTheField_data()
{
    QTest::addColumn<bool>("asJson");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found"); // the row, or the text at the cursor
    const auto row = [](bool asJson, const char *typed, const char *found) {
        QTest::addRow("%s%s", typed, asJson ? ", JSON" : "") << asJson << latin(typed) << latin(found);
    };
    row(false, "data amount.currency", "/amount/currency");
    row(false, "items[].of.n", "/items/@arrayPath/1/of/n");
    row(false, "maybe.x", "/maybe/@excludeWhenNull/x");
    row(false, "data items[].bad", "/items/@arrayPath/1/bad"); // the problem
    row(true, "data amount.currency", "\"currency\": \"EUR\"");
    row(true, "items[].of.n", "\"n\": 1");
}

void TestPalette::goesToTheField()
{
    QFETCH(bool, asJson);
    QFETCH(QString, typed);
    QFETCH(QString, found);
    Window it({ mappingOf("First", R"({"data":{}})"), mappingOf("Orders", kSettings) });
    it.window.resize(1280, 720); // the data is not all in sight
    if (!asJson)
        it.document.setSetting(
            1, "/data/items/@arrayPath/1/bad", *json::parse(R"({"@case":{"operator":"lower"}})"), latin("Change"));
    QVERIFY(it.settled());
    it.trigger("view.maximise"); // what covers the place goes
    auto *section = it.window.findChild<data::DataSection *>();
    section->setView(asJson ? data::DataSection::Json : data::DataSection::Visual);
    it.trigger("app.palette");
    auto *palette = it.window.findChild<CommandPalette *>();
    auto *line = palette->findChild<QLineEdit *>();
    line->setText(typed);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(it.document.currentMapping(), 1);
    QTRY_VERIFY(!it.workbench.action("view.maximise")->isChecked());
    if (asJson) {
        QTRY_COMPARE(section->json()->editor()->textCursor().selectedText(), found);
        QCOMPARE(it.window.focusWidget(), section->json()->editor());
    } else {
        QTRY_VERIFY(section->visual()->view()->currentRow());
        QTRY_COMPARE(QString::fromStdString(section->visual()->view()->currentRow()->pointer), found);
        QCOMPARE(it.window.focusWidget(), section->visual()->view());
        const data::MappingView *view = section->visual()->view();
        QTRY_VERIFY(!view->viewport()->visibleRegion().intersected(view->visualRect(view->currentIndex())).isEmpty());
    }
}

void TestPalette::fieldsOnlyWhenTyped()
{
    Window w({ mappingOf("Orders", kSettings) });
    QVERIFY(w.settled());
    w.trigger("app.palette");
    auto *palette = w.window.findChild<CommandPalette *>();
    const QAbstractItemModel *model = palette->findChild<QListView *>()->model();
    QStringList details;
    for (int row = 0; row < model->rowCount(); ++row)
        details << model->index(row, 0).data(shell::PaletteModel::DetailRole).toString();
    QVERIFY(!details.contains(latin("Field")));
    QVERIFY(details.contains(latin("Mapping")));
    QTest::keyClicks(palette->findChild<QLineEdit *>(), latin("Orders"));
    QVERIFY(model->rowCount() > 5);
    palette->close();
}

void TestPalette::commandsAreCarriedOut()
{
    Window w({ mappingOf("Orders") });
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTest::keyClick(&w.window, Qt::Key_K, Qt::ControlModifier);
    auto *palette = w.window.findChild<CommandPalette *>();
    QTRY_VERIFY(palette->isVisible());
    QTest::keyClicks(palette->findChild<QLineEdit *>(), latin("duplicate"));
    QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_COMPARE(w.document.mappingCount(), 2);
    QVERIFY(!palette->isVisible());
}

void TestPalette::keysAreChangedAndKept()
{
    Parts parts;
    const QKeySequence other(QStringLiteral("Ctrl+Alt+J"));
    {
        shell::MainWindow window(parts.workbench);
        auto *actions = window.findChild<ActionCatalogue *>();
        KeysDialog dialog(*actions, parts.settings, &window);
        QVERIFY(dialog.assign("app.palette", other));
        QCOMPARE(actions->at("app.palette")->shortcut(), other);
        QVERIFY(actions->at("app.palette")->toolTip().contains(other.toString(QKeySequence::NativeText)));
        QVERIFY(dialog.assign("file.open", {}));
        QVERIFY(actions->at("file.open")->shortcuts().isEmpty());
        QVERIFY(dialog.assign("send.current", QKeySequence(QStringLiteral("Ctrl+Shift+Return"))) == false);
        QCOMPARE(actions->changedKeys(), ActionCatalogue::KeyList({ "file.open=", "app.palette=Ctrl+Alt+J" }));
    }
    // The next start has them.
    storage::Settings again(parts.folder.filePath(QStringLiteral("hookbench.ini")).toStdString());
    document::Workbench workbench(parts.document, parts.session, parts.secret, again);
    shell::MainWindow window(workbench);
    auto *actions = window.findChild<ActionCatalogue *>();
    QCOMPARE(actions->at("app.palette")->shortcut(), other);
    QVERIFY(actions->at("file.open")->shortcut().isEmpty());
    QCOMPARE(actions->at("file.save")->shortcut(), QKeySequence(QStringLiteral("Ctrl+S")));
}

void TestPalette::keysThatAreTakenAreRefused()
{
    Window w({ mappingOf("Orders") });
    auto *actions = w.window.findChild<ActionCatalogue *>();
    KeysDialog dialog(*actions, w.settings, &w.window);
    QVERIFY(!dialog.assign("app.palette", QKeySequence(QStringLiteral("Ctrl+S"))));
    QVERIFY(dialog.message().contains(latin("“Save”")));
    QVERIFY(!dialog.assign("app.palette", QKeySequence(QStringLiteral("Ctrl+Return")))); // Enter's other key
    QVERIFY(!dialog.assign("app.palette", QKeySequence(QStringLiteral("J")))); // a letter is for typing
    QVERIFY(!dialog.assign("app.palette", QKeySequence(QStringLiteral("Shift+J"))));
    QCOMPARE(actions->at("app.palette")->shortcut(), QKeySequence(QStringLiteral("Ctrl+K")));
    QVERIFY(actions->changedKeys().empty());
    QVERIFY(dialog.assign("app.palette", QKeySequence(QStringLiteral("F9"))));
    QCOMPARE(actions->at("app.palette")->shortcut(), QKeySequence(Qt::Key_F9));
}

void TestPalette::keysByKeyboard()
{
    Window w({ mappingOf("Orders") });
    auto *actions = w.window.findChild<ActionCatalogue *>();
    KeysDialog dialog(*actions, w.settings, &w.window);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    select(dialog.list(), latin("Duplicate mapping"));
    QTest::keyClick(dialog.list(), Qt::Key_Return);
    auto *editor = dialog.list()->findChild<QKeySequenceEdit *>();
    QVERIFY(editor);
    QTest::keyClick(editor, Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(
        actions->at("mapping.duplicate")->shortcut(), QKeySequence(QStringLiteral("Ctrl+Alt+J")), 5000);
    QVERIFY(dialog.isVisible());
    // The new keys work in the window, the old ones do not.
    dialog.hide();
    w.window.activateWindow();
    w.window.windowHandle()->requestActivate();
    QTRY_COMPARE(QApplication::activeWindow(), &w.window);
    QTest::keyClick(&w.window, Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(w.document.mappingCount(), 1);
    QTest::keyClick(&w.window, Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(w.document.mappingCount(), 2);
    dialog.show();
    select(dialog.list(), latin("Duplicate mapping"));
    QTest::keyClick(dialog.list(), Qt::Key_Delete);
    QVERIFY(actions->at("mapping.duplicate")->shortcut().isEmpty());
    for (QAbstractButton *button : dialog.findChildren<QAbstractButton *>())
        if (button->text() == latin("Reset &all"))
            button->click();
    QVERIFY(actions->changedKeys().empty());
    auto *filter = dialog.findChild<QLineEdit *>();
    QTest::keyClicks(filter, latin("duplic"));
    int shown = 0;
    for (int i = 0; i < dialog.list()->topLevelItemCount(); ++i)
        shown += dialog.list()->topLevelItem(i)->isHidden() ? 0 : 1;
    QCOMPARE(shown, 1);
}

void TestPalette::damagedKeysArePassedOver()
{
    Window w({ mappingOf("Orders") });
    auto *actions = w.window.findChild<ActionCatalogue *>();
    actions->takeKeys({ "nonsense", "no.such=Ctrl+J", "=Ctrl+J", "app.palette=Ctrl+S", "file.open=Ctrl+Alt+O" });
    QCOMPARE(actions->changedKeys(), ActionCatalogue::KeyList({ "file.open=Ctrl+Alt+O" }));
}

// What the keyboard can reach says what it is.
void TestPalette::everyControlHasAName()
{
    Window w({ mappingOf("Orders", kSettings), mappingOf("Refunds") }, R"({"type":"track","event":"A"})");
    QVERIFY(w.settled());
    QStringList nameless;
    int looked = 0;
    for (QWidget *widget : w.window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
            continue;
        ++looked;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty() || accessible->role() == QAccessible::NoRole)
            nameless << QString(QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName() + u" in "
                + QLatin1String(widget->parentWidget()->metaObject()->className()));
    }
    QVERIFY(looked > 20);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

namespace {

/// What the first cells of a view do not tell to a screen reader, though something is seen in them.
QStringList silentCells(QAbstractItemView *view, int &looked)
{
    QStringList silent;
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(view);
    QAccessibleTableInterface *table = accessible ? accessible->tableInterface() : nullptr;
    if (!table)
        return { view->accessibleName() + u": no table" };
    const QAbstractItemModel *model = view->model();
    for (int row = 0; row < std::min(6, table->rowCount()); ++row)
        for (int column = 0; column < table->columnCount(); ++column) {
            const QModelIndex index = model->index(row, column, view->rootIndex());
            const auto *tableView = qobject_cast<const QTableView *>(view);
            if (!index.isValid() || (tableView && tableView->isColumnHidden(column)))
                continue;
            const bool seen = !index.data().toString().isEmpty() || !index.data(Qt::DecorationRole).isNull()
                || (qobject_cast<const widgets::RowDelegate *>(view->itemDelegate())
                    && !index.data(widgets::RowDelegate::kIconRole).toByteArray().isEmpty());
            QAccessibleInterface *cell = table->cellAt(row, column);
            ++looked;
            if (seen && (!cell || cell->text(QAccessible::Name).isEmpty() || cell->role() == QAccessible::NoRole))
                silent << QStringLiteral("%1: row %2, column %3").arg(view->accessibleName()).arg(row).arg(column);
        }
    return silent;
}

} // namespace

void TestPalette::everyCellTellsItself()
{
    Window w({ mappingOf("Orders", kSettings), mappingOf("Refunds") },
        R"({"type":"track","event":"A","properties":{"total":1}})");
    w.document.addSavedEvent(latin("A"), w.document.currentEvent().event);
    QVERIFY(w.session.openJournal(w.folder.filePath(latin("j.sqlite")).toStdString()));
    journal::Batch batch;
    batch.deliveries.push_back({});
    batch.deliveries[0].id = "d";
    batch.deliveries[0].run = "r";
    batch.deliveries[0].mappingName = "Orders";
    batch.deliveries[0].url = "http://127.0.0.1:9/";
    batch.deliveries[0].method = "POST";
    batch.deliveries[0].signature = "ab";
    const auto journal = journal::Journal::open(w.session.journal()->path());
    QVERIFY(journal->get()->add({ "r", 1, "", "", "send" }) && journal->get()->append(batch));
    Q_EMIT w.session.journalChanged();
    w.window.findChild<event::EventPanel *>()->setView(event::EventPanel::Tree);
    w.document.setCurrentMapping(0);
    w.document.setSetting(0, "/data/n", json::Value::number(1), latin("Change"));
    w.trigger("test.add");
    QVERIFY(w.settled());
    int looked = 0;
    QStringList silent;
    QStringList names;
    for (const char *tab : { "view.log", "view.received", "view.problems", "view.impact", "view.tests" }) {
        w.trigger(tab);
        QTest::qWait(300);
        for (QAbstractItemView *view : w.window.findChildren<QAbstractItemView *>())
            if (!qobject_cast<QHeaderView *>(view) && view->isVisible() && view->model()
                && view->model()->rowCount(view->rootIndex()) > 0) {
                silent += silentCells(view, looked);
                names << view->accessibleName();
            }
    }
    for (const char *name : { "Mappings", "Headers", "Mapping of the data", "Event as a tree", "Deliveries", "Problems",
             "Events that this change affects", "Golden tests" })
        QVERIFY2(names.contains(latin(name)), qPrintable(QString(latin(name) + u" not in " + names.join(u", "))));
    QVERIFY(looked > 60);
    silent.removeDuplicates();
    QVERIFY2(silent.isEmpty(), qPrintable(silent.join(u'\n')));
    w.document.undoStack()->setClean();
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
