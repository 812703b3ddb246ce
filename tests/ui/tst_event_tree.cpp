// The event as a tree: what is dragged from it lands in the mapping, what a field is made of is marked in it, and both
// stay quick with thousands of fields.
#include "window_fixture.h"

#include "core/json/stringify.h"
#include "ui/data/data_section.h"
#include "ui/data/mapping_view.h"
#include "ui/data/visual_mapping.h"
#include "ui/document/event_path_mime.h"
#include "ui/document/event_paths.h"
#include "ui/event/event_panel.h"
#include "ui/event/event_tree.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QElapsedTimer>
#include <QMimeData>

#include <functional>

using namespace hookbench;
using event_panel::EventTree;
using event_panel::EventTreeModel;

class TestEventTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void paths();
    void model();
    void marks_data();
    void marks();
    void dropsIntoTheMapping_data();
    void dropsIntoTheMapping();
    void addsByKeyboard();
    void provenanceBothWays();
    void staysOpenFromEventToEvent();
    void manyFields();
};

namespace {

constexpr auto kEvent = R"({"type":"track","event":"Order","properties":{"total":27.5,"products":[{"sku":"a","n":1},)"
                        R"({"sku":"b","n":2}],"odd.key":1,"with space":2}})";
constexpr auto kSettings = R"({"url":"https://example.com/x","method":"POST","data":{"total":{"@path":)"
                           R"("$.properties.total"},"items":{"@arrayPath":["$.properties.products",{"sku":{"@path":)"
                           R"("$.sku"}}]}}})";

QString latin(const char *text)
{
    return QString::fromLatin1(text);
}

QModelIndex indexOf(const EventTreeModel &model, const QString &path, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (model.pathOf(index) == path && index.parent().isValid())
            return index;
        if (const QModelIndex below = indexOf(model, path, index); below.isValid())
            return below;
    }
    return {};
}

struct Bench : Window
{
    event::EventPanel *panel = window.findChild<event::EventPanel *>();
    EventTree *tree = panel->tree();
    data::DataSection *section = window.findChild<data::DataSection *>();

    explicit Bench(const char *event = kEvent)
        : Window({ mappingOf("Orders", kSettings) }, event)
    {
        window.activateWindow();
        panel->setView(event::EventPanel::Tree);
        section->setView(data::DataSection::Visual);
    }
    ~Bench() { document.undoStack()->setClean(); }
    void go(const char *path) const
    {
        tree->setFocus();
        tree->setCurrentIndex(indexOf(*tree->tree(), latin(path)));
    }
    QString data() const { return QString::fromStdString(json::stringify(document.setting(0, "/data"))); }
};

} // namespace

void TestEventTree::paths()
{
    QStringList got;
    QStringList plain;
    for (const document::EventPath &path : document::eventPaths(*json::parse(kEvent))) {
        got << path.path + (path.isContainer ? latin("/") : u'=' + path.sample);
        if (path.fitsTemplate && !path.isContainer)
            plain << path.path;
    }
    QCOMPARE(got,
        QStringList({ latin("type=\"track\""), latin("event=\"Order\""), latin("properties/"),
            latin("properties.total=27.5"), latin("properties.products/"), latin("properties.products[0]/"),
            latin("properties.products[0].sku=\"a\""), latin("properties.products[0].n=1"),
            latin("properties.with space=2") }));
    QVERIFY(plain.contains(latin("properties.products[0].n")) && !plain.contains(latin("properties.with space")));
    QVERIFY(document::eventPaths(json::Value()).empty());
    QVERIFY(document::eventPaths(json::Value::string("x")).empty());
}

void TestEventTree::model()
{
    EventTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEvent(*json::parse(kEvent));
    const QModelIndex sku = indexOf(model, latin("properties.products[1].sku"));
    QVERIFY(sku.isValid());
    QVERIFY(model.flags(sku) & Qt::ItemIsDragEnabled);
    QCOMPARE(model.data(sku, Qt::ToolTipRole).toString(), latin("$.properties.products[1].sku"));
    const std::unique_ptr<QMimeData> mime(
        model.mimeData({ sku, sku.siblingAtColumn(1), indexOf(model, latin("type")) }));
    QCOMPARE(mime->data(latin(document::kEventPathMime)), QByteArray("properties.products[1].sku\ntype"));
    QCOMPARE(mime->text(), latin("$.properties.products[1].sku\n$.type"));
    const QModelIndex properties = indexOf(model, latin("properties"));
    for (int row = 0; row < model.rowCount(properties); ++row) {
        const QModelIndex index = model.index(row, 0, properties);
        if (index.data().toString() == u"odd.key") { // no path can name it
            QVERIFY(!(model.flags(index) & Qt::ItemIsDragEnabled));
            QVERIFY(!model.mimeData({ index }));
        }
    }
}

void TestEventTree::marks_data()
{
    QTest::addColumn<QStringList>("marked");
    const auto row = [](const char *path, const QStringList &marked) { QTest::newRow(path) << marked; };
    row("$.properties.total", { latin("properties.total") });
    row("$.properties.products[*].sku", { latin("properties.products[0].sku"), latin("properties.products[1].sku") });
    row("$.properties.products[1]", { latin("properties.products[1]") });
    row("$.properties.nothing", {});
    row("$.", {});
}

void TestEventTree::marks()
{
    QFETCH(QStringList, marked);
    EventTreeModel model;
    model.setEvent(*json::parse(kEvent));
    model.setMarked({ latin(QTest::currentDataTag()) });
    QStringList got;
    const std::function<void(const QModelIndex &)> look = [&](const QModelIndex &parent) {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            if (index.data(Qt::BackgroundRole).isValid()) {
                got << model.pathOf(index);
                QVERIFY(index.data(Qt::FontRole).value<QFont>().bold());
            }
            look(index);
        }
    };
    look({});
    QCOMPARE(got, marked);
    QCOMPARE(model.firstMarked().has_value(), !marked.isEmpty());
    if (!marked.isEmpty())
        QCOMPARE(model.pathOf(model.indexOf(*model.firstMarked())), marked.first());
}

void TestEventTree::dropsIntoTheMapping_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("onto"); // the row of the mapping; empty: beside them
    QTest::addColumn<QString>("data");
    const auto row = [](const char *name, const char *path, const char *onto, const char *data) {
        QTest::newRow(name) << latin(path) << latin(onto) << latin(data);
    };
    constexpr auto kItems = R"("items":{"@arrayPath":["$.properties.products",{"sku":{"@path":"$.sku"}}]})";
    row("at the end", "properties.with space", "",
        qPrintable(QStringLiteral(R"({"total":{"@path":"$.properties.total"},%1,)"
                                  R"("with space":{"@path":"$.properties.with space"}})")
                       .arg(latin(kItems))));
    row("onto a value", "event", "/total",
        qPrintable(QStringLiteral(R"({"total":{"@path":"$.event"},%1})").arg(latin(kItems))));
    row("into items", "properties.products[1].n", "/items",
        R"({"total":{"@path":"$.properties.total"},"items":{"@arrayPath":["$.properties.products",)"
        R"({"sku":{"@path":"$.sku"},"n":{"@path":"$.n"}}]}})");
    row("into items that are others", "event", "/items",
        qPrintable(QStringLiteral(R"({"total":{"@path":"$.properties.total"},%1})").arg(latin(kItems))));
}

void TestEventTree::dropsIntoTheMapping()
{
    QFETCH(QString, path);
    QFETCH(QString, onto);
    Bench it;
    const std::unique_ptr<QMimeData> mime(it.tree->tree()->mimeData({ indexOf(*it.tree->tree(), path) }));
    data::MappingModel *model = it.section->visual()->model();
    const QModelIndex target = onto.isEmpty() ? QModelIndex() : model->indexOf(onto.toStdString());
    QVERIFY(model->canDropMimeData(mime.get(), Qt::CopyAction, -1, -1, target));
    model->dropMimeData(mime.get(), Qt::CopyAction, -1, -1, target);
    QCoreApplication::processEvents(); // it is taken when the drag is over
    QTEST(it.data(), "data");
}

void TestEventTree::addsByKeyboard()
{
    Bench it;
    it.section->visual()->view()->goTo("/total");
    it.go("event");
    it.tree->selectionModel()->select(
        indexOf(*it.tree->tree(), latin("type")), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTest::keyClick(it.tree, Qt::Key_Insert);
    QVERIFY(it.data().startsWith(latin(R"({"total":{"@path":"$.properties.total"},"event":{"@path":"$.event"},)"
                                       R"("type":{"@path":"$.type"},"items")")));
    QCOMPARE(it.undoText(), latin("Add fields"));
    it.document.undoStack()->undo();
    it.go("properties.total");
    QTest::keyClick(it.tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), latin("$.properties.total"));

    it.document.setSetting(0, "/data", *json::parse(R"({"@path":"$."})"), latin("Whole"));
    it.go("event");
    QTest::keyClick(it.tree, Qt::Key_Insert); // only an object takes fields: it says so
    QCOMPARE(it.data(), latin(R"({"@path":"$."})"));
}

void TestEventTree::provenanceBothWays()
{
    Bench it;
    it.section->visual()->view()->setFocus();
    it.section->visual()->view()->goTo("/total");
    const auto isMarked
        = [&](const char *path) { return indexOf(*it.tree->tree(), latin(path)).data(Qt::BackgroundRole).isValid(); };
    QVERIFY(isMarked("properties.total") && !isMarked("event"));
    it.section->visual()->view()->goTo("/items/@arrayPath/1/sku");
    QVERIFY(isMarked("properties.products[1].sku") && !isMarked("properties.total"));

    QSignalSpy chosen(it.panel, &event::EventPanel::partChosen);
    it.go("properties.total");
    QCOMPARE(chosen.last().first().toString(), latin("properties.total"));
    QVERIFY(!isMarked("properties.products[1].sku")); // the marks are now on the other side
    const data::MappingModel *model = it.section->visual()->model();
    QVERIFY(model->indexOf("/total").data(data::MappingModel::HighlightRole).toBool());
    QVERIFY(!model->indexOf("/items").data(data::MappingModel::HighlightRole).toBool());
}

void TestEventTree::staysOpenFromEventToEvent()
{
    Bench it;
    const QModelIndex products = indexOf(*it.tree->tree(), latin("properties.products"));
    QVERIFY(it.tree->isExpanded(products.parent())); // few fields are all shown
    it.tree->expand(products);
    it.document.showEvent(latin("Another"),
        R"({"type":"track","properties":{"products":[{"sku":"c"}],"total":1},"context":{"ip":"1.2.3.4"}})");
    const QModelIndex again = indexOf(*it.tree->tree(), latin("properties.products"));
    QVERIFY(it.tree->isExpanded(again) && it.tree->isExpanded(again.parent()));
    it.document.setEventText(R"({"type": )"); // half typed: what it was stays in sight
    QVERIFY(indexOf(*it.tree->tree(), latin("properties.products")).isValid());
    it.document.showEvent(QString(), std::string());
    QCOMPARE(it.tree->tree()->rowCount(), 0);
}

void TestEventTree::manyFields()
{
    std::string text = R"({"type":"track","properties":{)";
    for (int i = 0; i < 5000; ++i)
        text += (i ? ",\"field_" : "\"field_") + std::to_string(i) + "\":\"value " + std::to_string(i) + "\"";
    Bench it;
    it.document.showEvent(latin("Large"), text + "}}");
    QTRY_VERIFY(!it.document.currentEvent().parsing);
    QTRY_VERIFY(it.document.currentEvent().event->isObject());
    QElapsedTimer timer;
    timer.start();
    it.tree->setEvent(it.document.currentEvent().event);
    it.tree->mark({ latin("$.properties.field_4321") });
    it.tree->grab();
    const qint64 shown = timer.restart();
    const auto place = it.tree->tree()->firstMarked();
    QVERIFY(place);
    const QModelIndex index = it.tree->tree()->indexOf(*place);
    QVERIFY(it.tree->isExpanded(index.parent()));
    QCOMPARE(it.tree->tree()->pathOf(index), latin("properties.field_4321"));
    it.tree->setFocus();
    it.tree->setCurrentIndex(index);
    constexpr int kKeys = 50;
    timer.restart();
    for (int i = 0; i < kKeys; ++i) {
        QTest::keyClick(it.tree, Qt::Key_Down);
        it.tree->grab();
    }
    const qint64 each = timer.elapsed() / kKeys;
    qInfo("5000 fields: shown and marked in %lld ms, %lld ms for a key and the picture", static_cast<long long>(shown),
        static_cast<long long>(each));
    QVERIFY(shown < 1'000 && each < 100); // far below when nothing else runs; the limits hold under load
}

QTEST_MAIN(TestEventTree)
#include "tst_event_tree.moc"
