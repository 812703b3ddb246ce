// "What would this change do?": groups, their model, and the panel over a real session.
#include "tests/support/workbench_parts.h"
#include "window_fixture.h"

#include "core/journal/journal.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/storage/secret_store.h"
#include "core/storage/settings.h"
#include "ui/document/counterpart.h"
#include "ui/document/workbench.h"
#include "ui/impact/impact_groups.h"
#include "ui/impact/impact_model.h"
#include "ui/impact/impact_panel.h"
#include "ui/shell/main_window.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/trigger/drafts.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/empty_state.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QUndoStack>

using namespace hookbench;
using namespace hookbench::impact;
using pipeline::Impact;

class TestImpactPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void counterparts_data();
    void counterparts();
    void groups();
    void words_data();
    void words();
    void model();
    void panel();
    void journalledEvents();
    void unfinishedTrigger();

private:
    theme::Theme m_theme{ theme::Scheme::Light };
};

void TestImpactPanel::counterparts_data()
{
    QTest::addColumn<QStringList>("saved");
    QTest::addColumn<QStringList>("now");
    QTest::addColumn<QList<int>>("expected");
    const auto row = [](const char *name, const char *saved, const char *now, const QList<int> &expected) {
        const auto names = [](const char *text) { return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts); };
        QTest::newRow(name) << names(saved) << names(now) << expected;
    };
    row("same", "a b c", "a b c", { 0, 1, 2 });
    row("moved", "a b c", "c a b", { 2, 0, 1 });
    row("one removed", "a b c", "a c", { 0, 2 });
    row("one added", "a b", "a x b", { 0, -1, 1 });
    row("renamed", "a b", "a x", { 0, 1 });
    row("renamed while its name lives on", "a b", "b x", { 1, -1 });
    row("twins", "a a", "a a a", { 0, 1, -1 });
    row("all new", "", "a", { -1 });
}

void TestImpactPanel::counterparts()
{
    QFETCH(QStringList, saved);
    QFETCH(QStringList, now);
    const auto mappings = [](const QStringList &names) {
        std::vector<destination::Mapping> out;
        for (const QString &name : names)
            out.push_back(destination::defaultMapping(name.toStdString()));
        return out;
    };
    QList<int> got;
    for (int i = 0; i < now.size(); ++i)
        got.append(document::counterpart(mappings(saved), mappings(now), i).value_or(-1));
    QTEST(got, "expected");
}

namespace {

pipeline::EventImpact changed(std::size_t event, std::initializer_list<const char *> places)
{
    pipeline::EventImpact impact;
    impact.event = event;
    impact.kind = Impact::Changed;
    for (const char *place : places)
        impact.places.push_back({ place, "25", "27.5" });
    return impact;
}

pipeline::EventImpact silent(std::size_t event, Impact kind, const char *reason = "", const char *saw = "")
{
    pipeline::EventImpact impact;
    impact.event = event;
    impact.kind = kind;
    impact.reason = reason;
    impact.reasonSaw = saw;
    return impact;
}

pipeline::ReplayPtr replay()
{
    auto out = std::make_shared<pipeline::Replay>();
    out->impacts = { changed(0, { "total" }), silent(1, Impact::NoLongerSent, "total >= 20", "9"),
        changed(2, { "items[0].price", "items[1].price" }), silent(3, Impact::Unchanged), silent(4, Impact::NewlySent),
        changed(5, { "items[4].price" }), silent(6, Impact::NotSent) };
    for (int i = 0; i < 7; ++i)
        out->events.push_back(
            json::parse(R"({"type":"track","event":"Order","userId":"u)" + std::to_string(i) + R"("})").value());
    return out;
}

} // namespace

void TestImpactPanel::groups()
{
    const std::vector<Group> groups = groupsOf(*replay());
    QStringList got;
    for (const Group &group : groups) {
        QString line = group.title;
        for (const std::size_t member : group.members)
            line += u' ' + QString::number(member);
        got.append(line);
    }
    QCOMPARE(got,
        (QStringList{ QStringLiteral("items[].price 5 2"), QStringLiteral("total 0"), QStringLiteral("Newly sent 4"),
            QStringLiteral("No longer sent: asks for total >= 20 1") }));
    Counts counts = countsOf(*replay());
    QCOMPARE(countOf(counts, Impact::Changed), 3);
    QCOMPARE(affected(counts), 5);
}

void TestImpactPanel::words_data()
{
    QTest::addColumn<int>("impact");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one place") << 0 << QStringLiteral("25 → 27.5");
    QTest::newRow("what it saw") << 1 << QStringLiteral("saw 9");
    QTest::newRow("several") << 2 << QStringLiteral("2 places");
    QTest::newRow("a switch") << 4 << QString();
}

void TestImpactPanel::words()
{
    QFETCH(int, impact);
    const pipeline::ReplayPtr all = replay();
    QTEST(changeWords(all->impacts[static_cast<std::size_t>(impact)]), "expected");
}

void TestImpactPanel::model()
{
    ImpactModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setReplay(replay());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
    const QModelIndex row = model.indexOf(1);
    QVERIFY(row.isValid());
    QCOMPARE(model.impactAt(row)->event, std::size_t{ 1 });
    QCOMPARE(row.siblingAtColumn(ImpactModel::EventColumn).data().toString(), QStringLiteral("Order · u1"));
    QVERIFY(!model.indexOf(3).isValid());
    auto timeless = std::make_shared<pipeline::Replay>(*replay());
    timeless->events.assign(timeless->events.size(), json::parse("{\"type\":\"track\"}").value());
    model.setReplay(timeless, 4'800); // an event is named by its own place in the list
    QCOMPARE(model.indexOf(1).siblingAtColumn(ImpactModel::TimeColumn).data().toString(), QStringLiteral("event 4802"));
    model.setReplay(replay());
    model.setShown({ Impact::NoLongerSent });
    QCOMPARE(model.rowCount(), 1);
    model.setReplay(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestImpactPanel::panel()
{
    Parts parts;
    document::ProjectDocument &project = parts.document;
    document::Workbench &workbench = parts.workbench;
    shell::MainWindow window(workbench);
    window.resize(1280, 720);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));

    destination::Project start = destination::newProject("Acme");
    destination::Mapping mapping = destination::defaultMapping("Orders");
    mapping.settings = json::parse(
        R"({"url":"http://127.0.0.1:9/","method":"POST","data":{"total":{"@path":"$.properties.total"}}})")
                           .value();
    start.mappings.push_back(mapping);
    for (int i = 0; i < 30; ++i)
        start.events.push_back({ "e" + std::to_string(i),
            json::parse(R"({"type":"track","event":"E","properties":{"total":)" + std::to_string(i) + "}}").value(),
            {} });
    project.startWith(start, QStringLiteral("Acme"));
    QAction *show = workbench.action("view.impact");
    QVERIFY(show->isVisible());
    show->trigger();
    auto *panel = window.findChild<ImpactPanel *>();
    QVERIFY(panel->isVisible());
    QVERIFY(!panel->model()->replay()); // nothing is edited

    project.setMappingTrigger(0, "type = \"track\" and properties.total >= 10");
    project.setSetting(0, "/data/n", json::Value::number(1), QStringLiteral("Add field"));
    QTRY_VERIFY(panel->model()->replay());
    QTRY_COMPARE(panel->count(), QStringLiteral("30"));
    QCOMPARE(panel->model()->rowCount(), 2);
    const auto *diff = panel->findChild<widgets::DiffView *>();
    QCOMPARE(diff->changeCount(), 1);
    auto *tree = panel->findChild<QTreeView *>();
    const QModelIndex first = tree->currentIndex();
    QVERIFY(panel->model()->impactAt(first));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_F8);
    QVERIFY(tree->currentIndex() != first);

    for (widgets::Chip *chip : panel->findChildren<widgets::Chip *>())
        if (chip->text() == QStringLiteral("10 no longer sent"))
            QTest::mouseClick(chip, Qt::LeftButton);
    QCOMPARE(panel->model()->rowCount(), 1);

    const auto buttons = panel->findChildren<QPushButton *>();
    const auto revert = std::find_if(buttons.begin(), buttons.end(),
        [](const QPushButton *button) { return button->text().contains(QStringLiteral("Revert")); });
    QTest::mouseClick(*revert, Qt::LeftButton);
    QVERIFY(!project.isMappingEdited(0));
    QCOMPARE(project.mapping(0), mapping);
    QTRY_VERIFY(!panel->model()->replay());
    project.undoStack()->undo();
    QTRY_VERIFY(panel->model()->replay());
    project.undoStack()->setClean(); // nobody is asked on closing
}

namespace {

constexpr auto kTotal
    = R"({"url":"http://127.0.0.1:9/","method":"POST","data":{"total":{"@path":"$.properties.total"}}})";

/// A window with one mapping, whose total is then changed, and a journal.
struct Impacted : Window
{
    ImpactPanel *panel = window.findChild<ImpactPanel *>();
    QComboBox *from = find<QComboBox>(QStringLiteral("Which events are replayed"));

    Impacted()
        : Window({ mappingOf("Orders", kTotal) })
    {
        const std::string path = folder.filePath(QStringLiteral("j.sqlite")).toStdString();
        QVERIFY(session.openJournal(path));
        QVERIFY(settled());
        trigger("view.impact");
    }
    ~Impacted() { document.undoStack()->setClean(); }
    void change() { document.setSetting(0, "/data/n", json::Value::number(1), QStringLiteral("Add field")); }
    void keep(const char *run, int count) const
    {
        const auto journal = journal::Journal::open(session.journal()->path());
        QVERIFY(journal->get()->add({ run, 1, "", "", "send" }));
        journal::Batch batch;
        for (int i = 0; i < count; ++i)
            batch.events.push_back({ run, static_cast<std::uint32_t>(i),
                R"({"type":"track","event":"E","properties":{"total":)" + std::to_string(i) + "}}" });
        QVERIFY(journal->get()->append(batch));
    }
};

bool isAccented(const QPushButton *button)
{
    return theme::roleOf(button) == theme::Role::Primary;
}

} // namespace

void TestImpactPanel::journalledEvents()
{
    Impacted it;
    it.change();
    const auto titles = [&] {
        QString shown;
        for (const auto *state : it.panel->findChildren<widgets::EmptyState *>())
            for (const QLabel *label : state->findChildren<QLabel *>())
                shown += label->text();
        return shown;
    };
    QTRY_VERIFY(titles().contains(u"No events to replay"));
    it.from->setCurrentIndex(1); // the journal is empty as well
    QTRY_VERIFY(titles().contains(u"The journal holds none yet"));

    it.keep("one", 250);
    Q_EMIT it.session.journalChanged();
    QTRY_VERIFY(it.panel->model()->replay());
    QCOMPARE(it.panel->model()->replay()->events.size(), std::size_t{ 200 });
    QCOMPARE(json::stringify(it.panel->model()->replay()->events.back()->find("properties")),
        std::string(R"({"total":249})")); // the last, in their order
    QCOMPARE(it.panel->count(), QStringLiteral("200"));

    it.keep("two", 1);
    Q_EMIT it.session.journalChanged();
    QTRY_COMPARE(
        json::stringify(it.panel->model()->replay()->events.back()->find("properties")), std::string(R"({"total":0})"));
    it.from->setCurrentIndex(0);
    QTRY_VERIFY(!it.panel->model()->replay());

    int accented = 0;
    for (const QPushButton *button : it.panel->findChildren<QPushButton *>())
        accented += isAccented(button) ? 1 : 0;
    QCOMPARE(accented, 1);
}

void TestImpactPanel::unfinishedTrigger()
{
    Impacted it;
    it.document.showEvent(QStringLiteral("E"), R"({"type":"track"})");
    it.document.addSavedEvent(QStringLiteral("E"), json::parse(R"({"type":"track","properties":{"total":3}})").value());
    it.change();
    QTRY_VERIFY(it.panel->model()->replay());
    const auto shown = [&] {
        for (const widgets::Banner *banner : it.panel->findChildren<widgets::Banner *>())
            if (banner->isVisible())
                return true;
        return false;
    };
    QVERIFY(!shown());
    const auto draft = trigger::readDraft(json::parse(R"({"fql":"type = \"track"})").value());
    QVERIFY(draft);
    it.document.editTrigger(0, it.document.mapping(0).trigger, draft, QStringLiteral("Change trigger"));
    QTRY_VERIFY(shown());
    QTRY_VERIFY(it.panel->model()->replay());
    it.document.undoStack()->undo();
    QTRY_VERIFY(!shown());
}

QTEST_MAIN(TestImpactPanel)
#include "tst_impact.moc"
