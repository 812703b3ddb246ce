// The list of mappings: what a row says, and every edit by mouse and keyboard.
#include "window_fixture.h"

#include "core/destination/limits.h"
#include "core/json/stringify.h"
#include "ui/mappings/mapping_words.h"
#include "ui/mappings/mappings_model.h"
#include "ui/mappings/mappings_panel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>

using namespace hookbench;
using mappings::MappingsModel;
using mappings::MappingsPanel;

class TestMappings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triggerWords_data();
    void triggerWords();
    void fitted_data();
    void fitted();
    void hostAndBatch_data();
    void hostAndBatch();
    void modelFollowsEveryEdit();
    void rowsTell();
    void newAndDuplicateAreAsInSegment();
    void theFiftyFirstIsRefused();
    void renamesInPlace();
    void deletesByKeyAndUndoes();
    void reordersByKeys();
    void reordersByDragging();
    void switchesByMouseAndSpace();
    void searches();
    void saysWhyNot();
    void aMappingWithErrorsStaysOut();
    void copiesAndPastes();

private:
    static MappingsPanel *panel(const Window &w) { return w.window.findChild<MappingsPanel *>(); }
    static QStringList names(const Window &w)
    {
        QStringList names;
        for (const destination::Mapping &mapping : w.document.project().mappings)
            names << QString::fromStdString(mapping.name);
        return names;
    }
};

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr auto kOrder = R"({"type":"track","event":"Order Completed","userId":"u1","properties":{"total":27.5}})";

} // namespace

void TestMappings::triggerWords_data()
{
    QTest::addColumn<QString>("fql");
    QTest::addColumn<QString>("words");
    QTest::newRow("type") << latin("type = \"track\"") << latin("track");
    QTest::newRow("two") << latin("type = \"track\" and event = \"A\"") << latin("track · event is \"A\"");
    QTest::newRow("or") << latin("type = \"track\" or type = \"page\"") << latin("track or page");
    QTest::newRow("number") << latin("properties.total > 10") << latin("properties.total > 10");
    QTest::newRow("a group") << latin("type = \"page\" and (properties.a = \"x\" or userId != null or context.b > 3)")
                             << QStringLiteral("page · (properties.a is \"x\" or userId exists or context.b > 3)");
    QTest::newRow("groups of any") << latin(
        "(type = \"page\" and name = \"A\") or (type = \"track\" and event = \"B\")")
                                   << QStringLiteral("(page · name is \"A\") or (track · event is \"B\")");
    QTest::newRow("empty") << QString() << latin("no trigger");
    QTest::newRow("broken stays as it is") << latin("nonsense  here") << latin("nonsense here");
}

void TestMappings::triggerWords()
{
    QFETCH(QString, fql);
    QFETCH(QString, words);
    QCOMPARE(mappings::triggerWords(fql.toStdString()), words);
}

void TestMappings::fitted_data()
{
    QTest::addColumn<QStringList>("parts");
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("shown");
    const QStringList three{ latin("track"), latin(" · event is \"Order Completed\""), latin(" · userId exists") };
    QTest::newRow("all") << three << 60 << three.join(QString());
    QTest::newRow("last one cut") << three << 48 << latin("track · event is \"Order Completed\" · userId exi…");
    QTest::newRow("no room for a piece of the last") << three << 40 << latin("track · event is \"Order Completed\" +1");
    QTest::newRow("second cut, third counted") << three << 30 << latin("track · event is \"Order Co… +1");
    QTest::newRow("only the first") << three << 12 << latin("track +2");
    QTest::newRow("one long one") << QStringList{ latin("abcdefghij") } << 5 << latin("abcd…");
    QTest::newRow("none") << QStringList() << 5 << QString();
}

void TestMappings::fitted()
{
    QFETCH(QStringList, parts);
    QFETCH(int, width);
    QFETCH(QString, shown);
    const QString got
        = mappings::fitted(parts, width, [](const QString &text) { return static_cast<int>(text.size()); });
    QCOMPARE(got, shown);
    QVERIFY(got.size() <= width);
}

void TestMappings::hostAndBatch_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("batch");
    const auto row = [](const char *settings, const char *host, const char *batch) {
        QTest::newRow(settings) << latin(settings) << latin(host) << latin(batch);
    };
    row(R"({"url":"https://example.com/x"})", "example.com", "single");
    row(R"({"url":"http://127.0.0.1:8765/x","enable_batching":true})", "127.0.0.1:8765", "batch 1000");
    row(R"({"url":{"@path":"$.u"},"enable_batching":true,"batch_size":20})", "by the event", "batch 20");
    row(R"({"enable_batching":false,"batch_size":20})", "", "single");
}

void TestMappings::hostAndBatch()
{
    QFETCH(QString, settings);
    QFETCH(QString, host);
    QFETCH(QString, batch);
    const destination::Mapping mapping = mappingOf("A", settings.toUtf8().constData());
    QCOMPARE(mappings::hostWords(mapping), host);
    QCOMPARE(mappings::batchWords(mapping), batch);
}

void TestMappings::modelFollowsEveryEdit()
{
    Parts parts;
    MappingsModel model(parts.workbench);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    document::ProjectDocument &d = parts.document;
    d.addMapping(latin("A"));
    d.addMapping(latin("B"));
    d.duplicateMapping(0);
    QCOMPARE(model.rowCount(), 3);
    d.moveMapping(0, 2);
    QCOMPARE(model.index(2).data().toString(), latin("A"));
    QVERIFY(model.setData(model.index(2), latin(" Renamed "), Qt::EditRole));
    QCOMPARE(model.index(2).data().toString(), latin("Renamed"));
    QVERIFY(!model.setData(model.index(2), latin("  "), Qt::EditRole));
    QCOMPARE(model.index(2).data().toString(), latin("Renamed"));
    d.removeMapping(1);
    while (d.undoStack()->canUndo())
        d.undoStack()->undo();
    QCOMPARE(model.rowCount(), 0);
    while (d.undoStack()->canRedo())
        d.undoStack()->redo();
    QCOMPARE(model.rowCount(), 2);
    // Renaming the destination touches no row.
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    d.setDestinationName(latin("Other"));
    QCOMPARE(reset.count(), 0);
}

void TestMappings::rowsTell()
{
    Window w({ mappingOf("Orders",
                   R"({"url":"http://127.0.0.1:8765/orders","method":"PUT","enable_batching":true,"batch_size":20})",
                   "type = \"track\" and event = \"Order Completed\""),
                 mappingOf("Refunds", nullptr, "type = \"track\" and event = \"Order Refunded\"") },
        kOrder);
    QVERIFY(w.settled());
    const QAbstractItemModel *model = panel(w)->list()->model();
    const QString said = model->index(0, 0).data(Qt::AccessibleTextRole).toString();
    for (const char *part :
        { "Orders", "enabled", "track · event is \"Order Completed\"", "PUT", "127.0.0.1:8765", "batch 20" })
        QVERIFY2(said.contains(latin(part)), part);
    QCOMPARE(model->index(0, 0).data(Qt::AccessibleDescriptionRole).toString(), latin("Matches the current event"));
    QCOMPARE(model->index(1, 0).data(Qt::AccessibleDescriptionRole).toString(),
        latin("Does not match: event is \"Order Completed\""));
    QVERIFY(model->index(1, 0).data(Qt::ToolTipRole).toString().contains(latin("Does not match: event is")));
}

void TestMappings::newAndDuplicateAreAsInSegment()
{
    Window w({ mappingOf("Orders") });
    w.trigger("mapping.new");
    QCOMPARE(w.document.mappingCount(), 2);
    QCOMPARE(w.document.currentMapping(), 1);
    const destination::Mapping standard = destination::defaultMapping(w.document.mapping(1).name);
    QVERIFY(w.document.mapping(1) == standard);
    QVERIFY(!w.document.mapping(1).enabled);
    QCOMPARE(w.undoText(), latin("New mapping"));
    w.document.setCurrentMapping(0);
    w.trigger("mapping.duplicate");
    QCOMPARE(names(w).mid(0, 2), QStringList({ latin("Orders"), latin("Orders (Copy)") }));
    QVERIFY(!w.document.mapping(1).enabled);
    QCOMPARE(w.undoText(), latin("Duplicate mapping"));
}

void TestMappings::theFiftyFirstIsRefused()
{
    std::vector<destination::Mapping> many;
    for (std::size_t i = 0; i < destination::kMaxMappings; ++i)
        many.push_back(mappingOf(qPrintable(QStringLiteral("M%1").arg(i))));
    Window w(many);
    QSignalSpy said(&w.workbench, &document::Workbench::said);
    for (const char *id : { "mapping.new", "mapping.duplicate", "mapping.paste" }) {
        said.clear();
        w.trigger(id);
        QCOMPARE(w.document.mappingCount(), static_cast<int>(destination::kMaxMappings));
        QCOMPARE(said.count(), 1);
        QVERIFY(said.first().first().toString().contains(latin("50")));
        QVERIFY(w.workbench.action(id)->toolTip().contains(latin("at most 50 mappings")));
    }
    QCOMPARE(panel(w)->count(), latin("50 / 50"));
    bool noted = false;
    for (const QWidget *widget : panel(w)->findChildren<QWidget *>())
        noted = noted || (widget->isVisible() && widget->accessibleName().startsWith(latin("Full: 50")));
    QVERIFY(noted);
    QVERIFY(panel(w)->countToolTip().contains(latin("“up to 5”")));
    // The header of the dock shows it.
    bool explained = false;
    for (const QLabel *label : w.window.findChildren<QLabel *>())
        explained = explained || (label->text() == latin("50 / 50") && label->toolTip() == panel(w)->countToolTip());
    QVERIFY(explained);
    w.document.removeMapping(0);
    w.trigger("mapping.new");
    QCOMPARE(w.document.mappingCount(), static_cast<int>(destination::kMaxMappings));
}

void TestMappings::renamesInPlace()
{
    Window w({ mappingOf("Orders"), mappingOf("Refunds") });
    QListView *list = panel(w)->list();
    list->setCurrentIndex(list->model()->index(1, 0));
    list->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTRY_VERIFY(list->hasFocus());
    QTest::keyClick(list, Qt::Key_F2);
    auto *editor = list->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    QCOMPARE(editor->accessibleName(), latin("Name of the mapping"));
    QCOMPARE(editor->text(), latin("Refunds"));
    editor->selectAll();
    QTest::keyClicks(editor, latin("Returns"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(names(w), QStringList({ latin("Orders"), latin("Returns") }));
    QCOMPARE(w.undoText(), latin("Rename mapping"));
    w.trigger("edit.undo");
    QCOMPARE(names(w).last(), latin("Refunds"));

    // A double-click does the same; Escape keeps the name.
    const QRect row = list->visualRect(list->model()->index(0, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, row.topLeft() + QPoint(90, 16));
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, row.topLeft() + QPoint(90, 16));
    const auto editors = list->viewport()->findChildren<QLineEdit *>();
    QVERIFY(!editors.isEmpty());
    QTest::keyClicks(editors.last(), latin("zzz"));
    QTest::keyClick(editors.last(), Qt::Key_Escape);
    QCOMPARE(names(w).first(), latin("Orders"));
}

void TestMappings::deletesByKeyAndUndoes()
{
    Window w({ mappingOf("A"), mappingOf("B"), mappingOf("C") });
    QListView *list = panel(w)->list();
    list->setCurrentIndex(list->model()->index(1, 0));
    list->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(names(w), QStringList({ latin("A"), latin("C") }));
    QCOMPARE(w.undoText(), latin("Delete mapping “B”"));
    w.trigger("edit.undo");
    QCOMPARE(names(w), QStringList({ latin("A"), latin("B"), latin("C") }));
    QCOMPARE(w.document.currentMapping(), 1);
}

void TestMappings::reordersByKeys()
{
    Window w({ mappingOf("A"), mappingOf("B"), mappingOf("C") });
    QListView *list = panel(w)->list();
    list->setCurrentIndex(list->model()->index(0, 0));
    list->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(names(w), QStringList({ latin("B"), latin("A"), latin("C") }));
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(names(w), QStringList({ latin("B"), latin("C"), latin("A") }));
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier); // it is the last one
    QCOMPARE(w.document.undoStack()->count(), 2);
    QCOMPARE(list->currentIndex().data().toString(), latin("A"));
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(names(w), QStringList({ latin("B"), latin("A"), latin("C") }));
    QCOMPARE(w.undoText(), latin("Move mapping"));
}

void TestMappings::reordersByDragging()
{
    Window w({ mappingOf("A"), mappingOf("B"), mappingOf("C") });
    QListView *list = panel(w)->list();
    QCOMPARE(list->dragDropMode(), QAbstractItemView::InternalMove);
    QVERIFY(list->dragEnabled() && list->acceptDrops());
    QVERIFY(list->model()->flags(list->model()->index(0, 0)) & Qt::ItemIsDragEnabled);
    QVERIFY(list->model()->flags({}) & Qt::ItemIsDropEnabled); // between rows, not onto them
    QVERIFY(!(list->model()->flags(list->model()->index(0, 0)) & Qt::ItemIsDropEnabled));
    // What the view does with a drop: the rest of a drag needs a pointer.
    const auto drop = [&](int from, int before) {
        const std::unique_ptr<QMimeData> data(list->model()->mimeData({ list->model()->index(from, 0) }));
        return list->model()->dropMimeData(data.get(), Qt::MoveAction, before, 0, {});
    };
    QVERIFY(drop(2, 0));
    QCOMPARE(names(w), QStringList({ latin("C"), latin("A"), latin("B") }));
    QCOMPARE(w.undoText(), latin("Move mapping"));
    QCOMPARE(w.document.currentMapping(), 0);
    QVERIFY(drop(0, 2));
    QCOMPARE(names(w), QStringList({ latin("A"), latin("C"), latin("B") }));
    QVERIFY(drop(0, -1)); // below all
    QCOMPARE(names(w), QStringList({ latin("C"), latin("B"), latin("A") }));
    const int steps = w.document.undoStack()->count();
    drop(1, 1); // where it was
    drop(1, 2);
    QCOMPARE(w.document.undoStack()->count(), steps);
    // While a search hides the rows between, the row goes before the one it was dropped on.
    auto *search = w.find<QLineEdit>(latin("Search mappings"));
    w.document.setMappingName(0, latin("C found"));
    w.document.setMappingName(2, latin("A found"));
    QTest::keyClicks(search, latin("found"));
    QCOMPARE(list->model()->rowCount(), 2);
    QVERIFY(drop(1, 0));
    QCOMPARE(names(w), QStringList({ latin("A found"), latin("C found"), latin("B") }));
    QMimeData strange;
    strange.setText(latin("x"));
    QVERIFY(!list->model()->dropMimeData(&strange, Qt::MoveAction, 0, 0, {}));
    strange.setData(QStringLiteral("application/x-hookbench-mapping-row"), "99");
    QVERIFY(!list->model()->dropMimeData(&strange, Qt::MoveAction, 0, 0, {}));
}

void TestMappings::switchesByMouseAndSpace()
{
    Window w({ mappingOf("A"), mappingOf("B") });
    QListView *list = panel(w)->list();
    const QRect row = list->visualRect(list->model()->index(1, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, row.topLeft() + QPoint(20, 16));
    QVERIFY(!w.document.mapping(1).enabled);
    QCOMPARE(w.undoText(), latin("Disable mapping"));
    list->setCurrentIndex(list->model()->index(0, 0));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(!w.document.mapping(0).enabled);
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(w.document.mapping(0).enabled);
    QCOMPARE(w.undoText(), latin("Enable mapping"));
}

void TestMappings::searches()
{
    Window w({ mappingOf("Orders", R"({"url":"https://crm.example.com/in","method":"POST"})"),
        mappingOf("Refunds", nullptr, "type = \"track\" and event = \"Order Refunded\""), mappingOf("Profiles") });
    QListView *list = panel(w)->list();
    auto *search = w.find<QLineEdit>(latin("Search mappings"));
    QVERIFY(search);
    const auto shown = [&] {
        QStringList names;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            names << list->model()->index(row, 0).data().toString();
        return names;
    };
    QTest::keyClicks(search, latin("prof"));
    QCOMPARE(shown(), QStringList{ latin("Profiles") });
    QCOMPARE(w.document.currentMapping(), 0); // what is being edited stays
    QVERIFY(!list->currentIndex().isValid());
    search->clear();
    QCOMPARE(list->currentIndex().row(), 0);
    QTest::keyClicks(search, latin("order refunded"));
    QCOMPARE(shown(), QStringList{ latin("Refunds") });
    search->clear();
    QTest::keyClicks(search, latin("crm."));
    QCOMPARE(shown(), QStringList{ latin("Orders") });
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(shown().size(), 3);
    QTest::keyClicks(search, latin("refund"));
    QTest::keyClick(search, Qt::Key_Down);
    QCOMPARE(w.document.currentMapping(), 1);
    search->clear();
    QTest::keyClicks(search, latin("nothing has this"));
    QVERIFY(!list->isVisible());
}

void TestMappings::saysWhyNot()
{
    Window w({ mappingOf("Orders", nullptr, "type = \"track\""),
                 mappingOf("Refunds", nullptr, "type = \"track\" and event = \"Order Refunded\" and userId = \"u2\"") },
        kOrder);
    QVERIFY(w.settled());
    QListView *list = panel(w)->list();
    const auto shows = [&](const char *text) {
        for (const QLabel *label : panel(w)->findChildren<QLabel *>())
            if (label->isVisible() && label->text() == latin(text))
                return true;
        return false;
    };
    list->setCurrentIndex(list->model()->index(1, 0)); // by keyboard or click
    QVERIFY(w.settled());
    QVERIFY(shows("Does not match: event is \"Order Completed\" · userId is \"u1\""));
    QTest::mouseMove(list->viewport(), list->visualRect(list->model()->index(0, 0)).center());
    QTRY_VERIFY(shows("Matches the current event"));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(list->viewport(), &leave);
    QVERIFY(shows("Does not match: event is \"Order Completed\" · userId is \"u1\""));
}

void TestMappings::aMappingWithErrorsStaysOut()
{
    Window w({ mappingOf("Good"), mappingOf("Bad", R"({"method":"POST","data":{"@path":"$."}})") }, kOrder);
    QVERIFY(w.settled());
    using document::SendWhich;
    QVERIFY(w.workbench.whyNotSend(SendWhich::CurrentEvent).isEmpty());
    QVERIFY(w.workbench.whoIsLeftOut().contains(latin("“Bad”")));
    QVERIFY(w.workbench.action("send.current")->toolTip().contains(latin("“Bad”")));
    QVERIFY(w.workbench.whyNotSend(SendWhich::ThisMappingOnly).isEmpty());
    w.document.setCurrentMapping(1);
    QVERIFY(w.workbench.whyNotSend(SendWhich::ThisMappingOnly).contains(latin("“Bad”")));
    QVERIFY(!w.workbench.action("send.mapping")->isEnabled());
    const QModelIndex bad = panel(w)->list()->model()->index(1, 0);
    QVERIFY(bad.data(MappingsModel::StateRole).toString().startsWith(latin("Nothing is sent: ")));
    QCOMPARE(bad.data(MappingsModel::StateIconRole).toByteArray(), QByteArray("fail"));
    // With no good one left there is nothing to send.
    w.document.setMappingEnabled(0, false);
    QVERIFY(w.settled());
    QVERIFY(w.workbench.whyNotSend(SendWhich::CurrentEvent).contains(latin("“Bad”")));
    // Mended, it takes part again.
    w.document.setSetting(1, "/url", json::Value::string("https://example.com/"), latin("Change URL"));
    QVERIFY(w.settled());
    QVERIFY(w.workbench.whyNotSend(SendWhich::CurrentEvent).isEmpty());
    QVERIFY(w.workbench.whoIsLeftOut().isEmpty());
}

void TestMappings::copiesAndPastes()
{
    Window w({ mappingOf("Orders", R"({"url":"https://example.com/","x":1e3,"9":{"b":1,"a":2}})") });
    QListView *list = panel(w)->list();
    list->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.trigger("mapping.copy");
    QVERIFY(QGuiApplication::clipboard()->text().contains(latin("https://example.com/")));
    w.trigger("mapping.paste");
    QCOMPARE(w.document.mappingCount(), 2);
    QCOMPARE(w.undoText(), latin("Paste mapping"));
    QVERIFY(!w.document.mapping(1).enabled);
    QVERIFY(w.document.mapping(1).settings == w.document.mapping(0).settings);
    QSignalSpy said(&w.workbench, &document::Workbench::said);
    for (const char *text : { "", "not JSON", "[1]", "{\"name\":1}" }) {
        QGuiApplication::clipboard()->setText(latin(text));
        said.clear();
        w.trigger("mapping.paste");
        QCOMPARE(w.document.mappingCount(), 2);
        QCOMPARE(said.count(), 1);
    }
}

QTEST_MAIN(TestMappings)
#include "tst_mappings.moc"
