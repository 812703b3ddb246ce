// The mapping as rows, edits of it, what the events have for it, and the model over all that. Plain JSON, no window.
#include "ui/data/loaded_events.h"
#include "ui/data/mapping_edit.h"
#include "ui/data/mapping_model.h"
#include "ui/data/mapping_tree.h"
#include "ui/data/sources.h"
#include "ui/data/suggestions.h"
#include "ui/document/event_path_mime.h"

#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/mapping/mapping.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <fmt/format.h>

using namespace hookbench;
using namespace hookbench::data;

class TestDataTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rows_data();
    void rows();
    void outputsAreWhereTheyCome();
    void scopes();
    void edits_data();
    void edits();
    void refusals_data();
    void refusals();
    void coverage();
    void sourcesOfFields_data();
    void sourcesOfFields();
    void readersOfParts_data();
    void readersOfParts();
    void suggestions();
    void suggestionsFindNames();
    void model();
    void modelKeepsRowsWhileValuesChange();
    void modelShowsFailures();
    void modelTakesDrops();
    void largeMappingsAreQuick();
};

namespace {

json::Document parsed(const std::string &text)
{
    return json::parse(text).value();
}

QString text(json::Value value)
{
    return QString::fromStdString(json::stringify(value));
}

const char *const kOrders = R"({"order_id":{"@path":"$.properties.order_id"},
  "amount":{"total":{"@path":"$.properties.total"},"currency":"USD"},
  "items":{"@arrayPath":["$.properties.products",{"sku":{"@path":"$.sku"}}]},
  "tags":["a",{"b":1}],
  "all":{"@merge":{"direction":"right","objects":[{"x":1},{"@path":"$.traits"}]}},
  "clean":{"@excludeWhenNull":{"y":{"@path":"$.nope"}}}})";

const char *const kEvent = R"({"properties":{"order_id":"o-1","total":27.5,"products":[{"sku":"s1"},{"sku":"s2"}]},
  "traits":{"z":3}})";

ResolvedData resolve(const json::Document &data, const json::Document &event)
{
    auto arena = std::make_shared<json::Arena>();
    ResolvedData resolved;
    resolved.known = true;
    const auto value = mapping::Mapping::compile(data)->resolve(event, *arena);
    if (value)
        resolved.value = json::Document::copyOf(*value);
    else
        resolved.error = value.error();
    return resolved;
}

} // namespace

void TestDataTree::rows_data()
{
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("{}") << QStringList();
    QTest::newRow(R"({"@path":"$."})") << QStringList{ QStringLiteral("data @") };
    QTest::newRow(R"([1])") << QStringList{ QStringLiteral("data @"), QStringLiteral(" [0] @/0") };
    QTest::newRow(R"({"a":{"b":1,"2":0}})")
        << QStringList{ QStringLiteral("a @/a"), QStringLiteral(" 2 @/a/2"), QStringLiteral(" b @/a/b") };
    QTest::newRow(R"({"a/b":{"@arrayPath":["$.x",{"c":1}]}})")
        << QStringList{ QStringLiteral("a/b @/a~1b"), QStringLiteral(" c @/a~1b/@arrayPath/1/c") };
    QTest::newRow(R"({"m":{"@merge":{"direction":"right","objects":[{"x":1},{"@path":"$.t"}]}}})")
        << QStringList{ QStringLiteral("m @/m"), QStringLiteral(" Object 1 @/m/@merge/objects/0"),
               QStringLiteral("  x @/m/@merge/objects/0/x") };
    QTest::newRow(R"({"j":{"@json":{"mode":"encode","value":{"@excludeWhenNull":{"k":1}}}}})")
        << QStringList{ QStringLiteral("j @/j"), QStringLiteral(" Value @/j/@json/value"),
               QStringLiteral("  k @/j/@json/value/@excludeWhenNull/k") };
    QTest::newRow(R"({"l":{"@literal":{"x":1}},"r":{"@bad":{"x":1}}})")
        << QStringList{ QStringLiteral("l @/l"), QStringLiteral("r @/r") };
}

void TestDataTree::rows()
{
    QFETCH(QStringList, rows);
    const MappingTree tree(parsed(QTest::currentDataTag()));
    QStringList got;
    for (const Row &row : tree.rows()) {
        int depth = 0;
        for (int at = row.parent; at >= 0; at = tree.row(at).parent)
            ++depth;
        got << QString(QString(depth, u' ') + row.name + QStringLiteral(" @") + QString::fromStdString(row.pointer));
        QCOMPARE(text(json::valueAt(tree.data(), row.pointer)), text(row.value));
        QCOMPARE(tree.find(row.pointer), tree.find(row.pointer));
        QCOMPARE(&tree.row(tree.find(row.pointer)), &row);
    }
    QCOMPARE(got, rows);
}

void TestDataTree::outputsAreWhereTheyCome()
{
    const json::Document data = parsed(kOrders);
    const ResolvedData resolved = resolve(data, parsed(kEvent));
    const MappingTree tree(data);
    const auto output = [&](const char *pointer) {
        const Row &row = tree.row(tree.find(pointer));
        return row.output ? text(json::valueAt(resolved.value, *row.output)) : QStringLiteral("(none)");
    };
    QCOMPARE(output("/order_id"), QStringLiteral("\"o-1\""));
    QCOMPARE(output("/amount/total"), QStringLiteral("27.5"));
    QCOMPARE(output("/items/@arrayPath/1/sku"), QStringLiteral("\"s1\""));
    QCOMPARE(output("/tags/1/b"), QStringLiteral("1"));
    QCOMPARE(output("/clean/@excludeWhenNull/y"), QString());
    QCOMPARE(output("/all/@merge/objects/0"), QStringLiteral("(none)"));
}

void TestDataTree::scopes()
{
    const json::Document data = parsed(kOrders);
    const json::Document event = parsed(kEvent);
    json::Arena arena;
    QCOMPARE(text(scopeAt(data, "/amount/total", event, arena)), text(event));
    QCOMPARE(text(scopeAt(data, "/items/@arrayPath/0", event, arena)), text(event));
    QCOMPARE(text(scopeAt(data, "/items/@arrayPath/1/sku", event, arena)), QStringLiteral(R"({"sku":"s1"})"));
    const json::Document made = parsed(R"({"@transform":{"apply":{"a":1},"mapping":{"b":{"@path":"$.a"}}}})");
    QVERIFY(scopeAt(made, "/@transform/mapping/b", event, arena).isUndefined());
    QCOMPARE(text(scopeAt(made, "/@transform/apply/a", event, arena)), text(event));

    const auto at = [&](const char *pointer, const char *path) {
        return QString::fromStdString(pathAtPlace(data, pointer, path).value_or("none"));
    };
    QCOMPARE(at("/amount", "properties.products[0].sku"), QStringLiteral("properties.products[0].sku"));
    QCOMPARE(at("/items/@arrayPath/1", "properties.products[3].sku"), QStringLiteral("sku"));
    QCOMPARE(at("/items/@arrayPath/1", "properties.products[3].a[0].b"), QStringLiteral("a[0].b"));
    for (const char *outside :
        { "event", "properties.products", "properties.products[0]", "properties.products2[0].x" })
        QCOMPARE(at("/items/@arrayPath/1", outside), QStringLiteral("none"));
}

void TestDataTree::edits_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("edit");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *before, const char *edit, const char *after, const char *pointer) {
        QTest::newRow(edit) << QString::fromUtf8(before) << QString::fromUtf8(edit) << QString::fromUtf8(after)
                            << QString::fromUtf8(pointer);
    };
    row(R"({"a":1,"b":2})", "add  1 c", R"({"a":1,"c":0,"b":2})", "/c");
    row(R"({"a":1})", "add  9 c", R"({"a":1,"c":0})", "/c");
    row(R"({"a":1})", "add  0 7", R"({"7":0,"a":1})", "/7");
    row("{}", "add  0 info.name", R"({"info":{"name":0}})", "/info/name");
    row("{}", "add  0 info[0].email", R"({"info":[{"email":0}]})", "/info/0/email");
    row(R"({"info":{"id":1}})", "add  0 info.name", R"({"info":{"id":1,"name":0}})", "/info/name");
    row(R"({"info":[{"id":1}]})", "add  0 info[0].email", R"({"info":[{"id":1,"email":0}]})", "/info/0/email");
    row("{}", "add  0 \"info.name\"", R"({"info.name":0})", "/info.name");
    row("{}", "add  0 a/b~", R"({"a/b~":0})", "/a~1b~0");
    row(R"({"x":[1]})", "item /x 0", R"({"x":[0,1]})", "/x/0");
    row(R"({"a":{"z":1,"y":[2]},"b":2})", "rename /a c", R"({"c":{"z":1,"y":[2]},"b":2})", "/c");
    row(R"({"a":1,"b":2})", "rename /a a", R"({"a":1,"b":2})", "/a");
    row(R"({"a":1,"b":2})", "rename /a in.a", R"({"in":{"a":1},"b":2})", "/in/a");
    row(R"({"a":1,"b":{"c":2}})", "remove /b/c", R"({"a":1,"b":{}})", "/b");
    row(R"({"a":[1,2,3]})", "remove /a/1", R"({"a":[1,3]})", "/a");
    row(R"({"a":1,"b":2})", "duplicate /a", R"({"a":1,"a 2":1,"b":2})", "/a 2");
    row(R"({"a":[1,2]})", "duplicate /a/0", R"({"a":[1,1,2]})", "/a/1");
    row(R"({"a":1,"b":2,"c":3})", "move /c  0", R"({"c":3,"a":1,"b":2})", "/c");
    row(R"({"a":1,"b":2,"c":3})", "move /a  3", R"({"b":2,"c":3,"a":1})", "/a");
    row(R"({"a":1,"b":{"c":3}})", "move /a /b 1", R"({"b":{"c":3,"a":1}})", "/b/a");
    row(R"({"a":1,"b":{"c":3}})", "move /b/c  0", R"({"c":3,"a":1,"b":{}})", "/c");
    row(R"({"a":[1,2,3]})", "move /a/2 /a 0", R"({"a":[3,1,2]})", "/a/0");
    row(R"({"a":[[1],[2]]})", "move /a/0 /a/1 0", R"({"a":[[[1],2]]})", "/a/0/0");
    row(R"({"a":[[1,9],[2]]})", "move /a/0/0 /a 0", R"({"a":[1,[9],[2]]})", "/a/0");
    row(R"({"a":[1],"field":2})", "move /a/0  0", R"({"field 2":1,"a":[],"field":2})", "/field 2");
    row(R"({"a":1,"l":[2]})", "move /a /l 0", R"({"l":[1,2]})", "/l/0");
    row(R"({"a":1,"b":2})", "nudge /b -1", R"({"b":2,"a":1})", "/b");
    row(R"({"a":1,"b":2})", "nudge /a 1", R"({"b":2,"a":1})", "/a");
    row(R"({"a":1,"b":2})", "nudge /a -1", R"({"a":1,"b":2})", "/a");
    row(R"({"i":{"@arrayPath":["$.x",{"a":1,"b":2}]}})", "nudge /i/@arrayPath/1/b -1",
        R"({"i":{"@arrayPath":["$.x",{"b":2,"a":1}]}})", "/i/@arrayPath/1/b");
}

namespace {

Result<Edited> carryOut(const json::Document &data, const QString &edit)
{
    const QStringList words = edit.split(u' ');
    const auto word = [&](int i) { return words.value(i).toStdString(); };
    const auto number = [&](int i) { return static_cast<std::size_t>(words.value(i).toInt()); };
    const json::Document zero = parsed("0");
    if (word(0) == "add")
        return insertField(data, word(1), number(2), words.mid(3).join(u' ').toStdString(), zero);
    if (word(0) == "item")
        return insertItem(data, word(1), number(2), zero);
    if (word(0) == "rename")
        return renameField(data, word(1), words.mid(2).join(u' ').toStdString());
    if (word(0) == "remove")
        return removeAt(data, word(1));
    if (word(0) == "duplicate")
        return duplicateAt(data, word(1));
    if (word(0) == "move")
        return moveTo(data, word(1), word(2), number(3));
    return nudge(data, word(1), words.value(2).toInt());
}

} // namespace

void TestDataTree::edits()
{
    QFETCH(QString, before);
    QFETCH(QString, edit);
    QFETCH(QString, after);
    QFETCH(QString, pointer);
    const json::Document data = parsed(before.toStdString());
    const Result<Edited> edited = carryOut(data, edit);
    QVERIFY2(edited, edited ? "" : edited.error().message.c_str());
    QCOMPARE(text(edited->data), after);
    QCOMPARE(QString::fromStdString(edited->pointer), pointer);
    QCOMPARE(text(data), before); // the old document is as it was
}

void TestDataTree::refusals_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *edit, const char *before, const char *code) {
        QTest::newRow(edit) << QString::fromUtf8(before) << QString::fromUtf8(code);
    };
    row("add  0 a", R"({"a":1})", "field-exists");
    row("add  0 a.b", R"({"a":{"@path":"$.x"}})", "field-exists");
    row("add /x 0 a", "{}", "pointer-not-found");
    row("rename /a b", R"({"a":1,"b":2})", "field-exists");
    row("rename /c b", R"({"a":1})", "pointer-not-found");
    row("remove ", "{}", "pointer-not-found");
    row("remove /a", "{}", "pointer-not-found");
    row("move /a /a 0", R"({"a":{}})", "field-into-itself");
    row("move /a /a/b 0", R"({"a":{"b":{}}})", "field-into-itself");
    row("move /a /b 0", R"({"a":1,"b":{"a":2}})", "field-exists");
    row("move /a /b 1", R"({"a":1,"b":"text"})", "pointer-not-found");
}

void TestDataTree::refusals()
{
    QFETCH(QString, before);
    QFETCH(QString, code);
    const Result<Edited> edited = carryOut(parsed(before.toStdString()), QLatin1String(QTest::currentDataTag()));
    QVERIFY(!edited);
    QCOMPARE(QString::fromStdString(edited.error().code), code);
    QVERIFY(!edited.error().message.empty());
}

void TestDataTree::coverage()
{
    const std::vector<json::Document> events{ parsed(R"({"a":{"b":1}})"), parsed(R"({"a":null})"), parsed("{}") };
    QCOMPARE(coverageOf("a.b", events), (Coverage{ 1, 3 })); // null on the way is the result
    QCOMPARE(coverageOf("a", events), (Coverage{ 1, 3 }));
    QCOMPARE(coverageOf("c", events), (Coverage{ 3, 3 }));
    QCOMPARE(coverageOf("c", {}), (Coverage{ 0, 0 }));
}

namespace {

std::vector<mapping::Source> provenance(const char *data)
{
    const std::string settings = fmt::format(R"({{"url":{{"@path":"$.properties.total"}},"data":{}}})", data);
    return mapping::Mapping::compile(parsed(settings))->provenance();
}

} // namespace

void TestDataTree::sourcesOfFields_data()
{
    QTest::addColumn<QString>("paths");
    QTest::newRow("/order_id") << QStringLiteral("$.properties.order_id");
    QTest::newRow("/amount") << QStringLiteral("$.properties.total");
    QTest::newRow("/amount/currency") << QString();
    QTest::newRow("/items/@arrayPath/1/sku") << QStringLiteral("$.properties.products[*].sku");
    QTest::newRow("/all/@merge/objects/0") << QString();
    QTest::newRow("/clean/@excludeWhenNull/y") << QStringLiteral("$.nope");
}

void TestDataTree::sourcesOfFields()
{
    QFETCH(QString, paths);
    const MappingTree tree(parsed(kOrders));
    const int row = tree.find(QTest::currentDataTag());
    QVERIFY(row >= 0);
    QStringList got;
    for (const std::string &path : sourcesOf(tree.row(row), provenance(kOrders)))
        got << QString::fromStdString(path);
    QCOMPARE(got.join(u' '), paths);
}

void TestDataTree::readersOfParts_data()
{
    QTest::addColumn<QString>("rows");
    QTest::newRow("properties.total") << QStringLiteral("/amount/total");
    QTest::newRow("properties.products[1].sku") << QStringLiteral("/items/@arrayPath/1/sku");
    QTest::newRow("properties") << QStringLiteral("/order_id /amount/total /items/@arrayPath/1/sku");
    QTest::newRow("traits.z") << QStringLiteral("/all");
    QTest::newRow("context") << QString();
    QTest::newRow("") << QString();
}

void TestDataTree::readersOfParts()
{
    QFETCH(QString, rows);
    QStringList got;
    for (const std::string &pointer :
        readersOf(QTest::currentDataTag(), MappingTree(parsed(kOrders)), provenance(kOrders)))
        got << QString::fromStdString(pointer);
    QCOMPARE(got.join(u' '), rows);
}

void TestDataTree::suggestions()
{
    const std::vector<json::Document> events{ parsed(R"({"userId":"u","properties":{"total":1,"tags":["x"]}})"),
        parsed(R"({"properties":{"total":2,"a.b":1,"coupon":null}})") };
    QStringList got;
    for (const Suggestion &s : suggestFields(events, { "properties.coupon" }))
        got << QStringLiteral("%1=%2 %3/%4 %5")
                   .arg(QString::fromStdString(s.name), QString::fromStdString(s.path))
                   .arg(s.seen)
                   .arg(s.of)
                   .arg(s.sample);
    QCOMPARE(got,
        (QStringList{ QStringLiteral("userId=userId 1/2 \"u\""), QStringLiteral("total=properties.total 2/2 1"),
            QStringLiteral("tags=properties.tags 1/2 1 items") }));
    QVERIFY(isTypical(suggestFields(events)[1]));
    QVERIFY(!isTypical(suggestFields(events)[0])); // not in every event
}

void TestDataTree::suggestionsFindNames()
{
    QStringList names;
    for (const Suggestion &s :
        suggestFields({ parsed(R"({"id":1,"page":{"id":2},"context":{"page":{"id":3}},"page_id":4})") }))
        names << QString::fromStdString(s.name);
    QCOMPARE(names,
        (QStringList{ QStringLiteral("id"), QStringLiteral("page_id"), QStringLiteral("context_page_id"),
            QStringLiteral("page_id_2") }));
}

void TestDataTree::model()
{
    MappingModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setMapping(parsed(kOrders));
    model.setResolved(resolve(parsed(kOrders), parsed(kEvent)));
    QCOMPARE(model.rowCount(), 6);
    const QModelIndex amount = model.indexOf("/amount");
    QCOMPARE(model.rowCount(amount), 2);
    QCOMPARE(amount.data().toString(), QStringLiteral("amount"));
    const auto cell = [&](const char *pointer, int column) { return model.indexOf(pointer, column).data().toString(); };
    QCOMPARE(cell("/amount", MappingModel::ValueColumn), QStringLiteral("Object, 2 fields"));
    QCOMPARE(cell("/amount/total", MappingModel::ValueColumn), QStringLiteral("properties.total"));
    QCOMPARE(cell("/amount/total", MappingModel::PreviewColumn), QStringLiteral("27.5"));
    QCOMPARE(cell("/clean/@excludeWhenNull/y", MappingModel::PreviewColumn), QStringLiteral("left out"));
    QCOMPARE(cell("/items/@arrayPath/1/sku", MappingModel::PreviewColumn), QStringLiteral("\"s1\""));
    model.setAbsence([](const Row &row) { return QString::fromStdString(row.key); });
    QCOMPARE(model.indexOf("/order_id").data(MappingModel::NoteRole).toString(), QStringLiteral("order_id"));
    QVERIFY(model.indexOf("/order_id", MappingModel::PreviewColumn)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("order_id")));
    model.setMapping(parsed("{}"));
    QCOMPARE(model.rowCount(), 0);
    model.setMapping({});
    QCOMPARE(model.rowCount(), 0);
    model.setMapping(parsed("[1,[2]]"));
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
}

void TestDataTree::modelKeepsRowsWhileValuesChange()
{
    MappingModel model;
    model.setMapping(parsed(kOrders));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QPersistentModelIndex total = model.indexOf("/amount/total", MappingModel::ValueColumn);
    model.setMapping(json::replaced(parsed(kOrders), "/amount/total", parsed("12")).value());
    QCOMPARE(reset.count(), 0);
    QCOMPARE(total.data().toString(), QStringLiteral("12"));
    model.setMapping(removeAt(model.tree().data(), "/amount/total")->data);
    QCOMPARE(reset.count(), 1);
    QVERIFY(!total.isValid());
}

void TestDataTree::modelShowsFailures()
{
    MappingModel model;
    const json::Document data = parsed(R"({"ok":1,"in":{"bad":{"@json":{"mode":"encode","value":""}}}})");
    model.setMapping(data);
    model.setResolved(resolve(data, parsed("{}")));
    QCOMPARE(model.outcome(model.indexOf("/in/bad")).state, Outcome::State::Failed);
    QVERIFY(model.outcome(model.indexOf("/in/bad")).message.contains(QStringLiteral("@json")));
    QCOMPARE(model.outcome(model.indexOf("/in")).state, Outcome::State::Failed);
    QCOMPARE(model.outcome(model.indexOf("/ok")).state, Outcome::State::Waiting);
    model.setResolved({});
    QCOMPARE(model.outcome(model.indexOf("/ok")).state, Outcome::State::Unknown);
}

void TestDataTree::modelTakesDrops()
{
    MappingModel model;
    model.setMapping(parsed(kOrders));
    QString moved;
    connect(&model, &MappingModel::moveRequested, this,
        [&](const std::string &pointer, const std::string &container, int before) {
            moved = QStringLiteral("%1 to %2 at %3")
                        .arg(QString::fromStdString(pointer), QString::fromStdString(container))
                        .arg(before);
        });
    const std::unique_ptr<QMimeData> field(model.mimeData({ model.indexOf("/order_id") }));
    const QModelIndex amount = model.indexOf("/amount");
    QVERIFY(!model.dropMimeData(field.get(), Qt::MoveAction, 1, 0, amount)); // the answer comes as another mapping
    QCOMPARE(moved, QStringLiteral("/order_id to /amount at 1"));
    model.dropMimeData(field.get(), Qt::MoveAction, -1, -1, model.indexOf("/items"));
    QCOMPARE(moved, QStringLiteral("/order_id to /items/@arrayPath/1 at 1"));
    model.dropMimeData(field.get(), Qt::MoveAction, -1, -1, model.indexOf("/amount/total"));
    QCOMPARE(moved, QStringLiteral("/order_id to /amount at 1")); // behind the row it was dropped on
    const std::unique_ptr<QMimeData> whole(model.mimeData({ amount }));
    QVERIFY(!model.canDropMimeData(whole.get(), Qt::MoveAction, 0, 0, amount));

    QString dropped;
    connect(&model, &MappingModel::pathsDropped, this,
        [&](const QStringList &paths, const std::string &container, int before) {
            dropped
                = QStringLiteral("%1 to %2 at %3").arg(paths.join(u'+'), QString::fromStdString(container)).arg(before);
        });
    QMimeData paths;
    paths.setData(QLatin1String(document::kEventPathMime), "properties.a\nproperties.b");
    QVERIFY(model.dropMimeData(&paths, Qt::CopyAction, 0, 0, {}));
    QCOMPARE(dropped, QStringLiteral("properties.a+properties.b to  at 0"));
    QMimeData text;
    text.setText(QStringLiteral("$.userId"));
    QVERIFY(model.dropMimeData(&text, Qt::CopyAction, -1, -1, model.indexOf("/order_id")));
    QCOMPARE(dropped, QStringLiteral("userId to /order_id at -1"));
    text.setText(QStringLiteral("anything else"));
    QVERIFY(!model.canDropMimeData(&text, Qt::CopyAction, -1, -1, {}));
}

// A mapping of 300 fields over an event of 5,000: nothing that happens on a keystroke may be felt.
void TestDataTree::largeMappingsAreQuick()
{
    std::string data = "{";
    for (int i = 0; i < 300; ++i)
        data += fmt::format(R"({}"f{}":{{"@path":"$.properties.p{}"}})", i ? "," : "", i, i * 16);
    std::string event = R"({"properties":{)";
    for (int i = 0; i < 5'000; ++i)
        event += fmt::format(R"({}"p{}":{})", i ? "," : "", i, i);
    const json::Document mapping = parsed(data + "}");
    const json::Document large = parsed(event + "}}");
    const ResolvedData resolved = resolve(mapping, large);
    MappingModel model;
    model.setMapping(mapping);
    std::vector<qint64> took;
    for (int i = 0; i < 20; ++i) {
        const json::Document typed = json::replaced(mapping, "/f150", parsed(fmt::format("\"{}\"", i))).value();
        QElapsedTimer timer;
        timer.start();
        model.setMapping(typed);
        model.setResolved(resolved);
        for (int row = 0; row < 40; ++row) // what is on the screen
            for (int column = 0; column < MappingModel::ColumnCount; ++column)
                QVERIFY(model.index(row, column).data().isValid());
        took.push_back(timer.nsecsElapsed());
    }
    std::ranges::sort(took);
    QVERIFY2(took[took.size() / 2] < 8'000'000, qPrintable(QString::number(took[took.size() / 2])));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(suggestFields({ large }).size(), std::size_t{ 2'000 });
    QVERIFY(timer.elapsed() < 200);
}

QTEST_MAIN(TestDataTree)
#include "tst_data_tree.moc"
