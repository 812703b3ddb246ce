// The list of deliveries over a real journal: order, filter, what comes in while it is looked at, marks; the filter's
// line; the strip of a run; the small chart.
#include "tests/journal/records.h"
#include "tests/ui/window_fixture.h"
#include "ui/deliveries/column_fit.h"
#include "ui/deliveries/deliveries_model.h"
#include "ui/deliveries/deliveries_panel.h"
#include "ui/deliveries/delivery_actions.h"
#include "ui/deliveries/filter_bar.h"
#include "ui/deliveries/resend_dialog.h"
#include "ui/deliveries/run_strip.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/line_chart.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

using namespace hookbench;
using namespace hookbench::deliveries;

namespace {

constexpr int kRows = 700; // more than one piece

/// Deliveries 0…count-1 behind those that are there: every tenth answered 503, the others 200, ms as their number.
void fill(const std::string &path, int first, int count)
{
    const auto journal = journal::openOrFail(path);
    QVERIFY(journal);
    if (first == 0)
        QVERIFY(journal->add(journal::Run{ "run", 1'779'285'802'418, "project", "Acme" }));
    journal::Batch batch;
    for (int i = first; i < first + count; ++i) {
        const std::string id = "d" + std::to_string(i);
        journal::Delivery delivery = journal::deliveryOf(id);
        delivery.mappingName = i % 2 ? "Orders" : "Refunds & more";
        delivery.created += i;
        batch.deliveries.push_back(delivery);
        journal::Attempt attempt = journal::attemptOf(id, 1, i % 10 ? 200 : 503);
        attempt.durationMs = i;
        batch.attempts.push_back(attempt);
    }
    QVERIFY(journal->append(batch));
}

} // namespace

class TestDeliveries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void filterSpansAreColoured_data();
    void filterSpansAreColoured();
    void listsNewestFirst();
    void sortsAndFilters();
    void newOnesComeOnTop();
    void newOnesAreHeldBackWhileOneIsLookedAt();
    void whatIsOnItsWayIsShownWhenItArrives();
    void whatAnEndedProgramSentIsUnknown();
    void marks();
    void removes();
    void filterLine();
    void panel();
    void columnsMakeRoom();
    void savedFilters();
    void strip();
    void roundNumbers();
    void headerLines_data();
    void headerLines();
    void exportsToFiles();
    void sendsAgain();
    void asksBeforeMany();
    void asksBeforeRemoving();
    void editsBeforeSendingAgain();

private:
    bool settle(DeliveriesModel &model)
    {
        return QTest::qWaitFor([&] { return !model.isListing(); }, 20'000);
    }
    QString id(const DeliveriesModel &model, int row) const
    {
        return model.index(row, 0).data(DeliveriesModel::IdRole).toString();
    }

    /// The window's actions that the panel shows or carries out.
    static void registerActions(Parts &parts)
    {
        for (const char *id : { "send.current", "view.filter", "delivery.resend", "delivery.curl" })
            parts.workbench.registerAction(id, new QAction(&parts.workbench));
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::string m_path;
    std::unique_ptr<pipeline::Session> m_session;
};

void TestDeliveries::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_path = m_home->filePath(QStringLiteral("journal.sqlite")).toStdString();
    fill(m_path, 0, kRows);
    m_session = std::make_unique<pipeline::Session>();
    QVERIFY(m_session->openJournal(m_path));
}

void TestDeliveries::cleanup()
{
    m_session.reset();
    m_home.reset();
}

void TestDeliveries::filterSpansAreColoured_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("spans"); // a letter a character: k key, t text, w word
    const auto row = [](const char *text, const char *spans) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(spans);
    };
    row("", "");
    row("plain words", "...........");
    row("status:5xx", "kkkkkk....");
    row("status>=400 and ms>5", "kkkkkk......www.kk..");
    row("mapping:\"and or\"", "kkkkkkk.tttttttt");
    row("header[x-a]:b", "kkkkkkkkkkk..");
    row("not \"open", "www.ttttt");
    row("url!=ä", "kkk...");
}

void TestDeliveries::filterSpansAreColoured()
{
    QFETCH(QString, text);
    QFETCH(QString, spans);
    QString got(text.size(), u'.');
    for (const widgets::TokenSpan &span : filterSpans(text))
        for (int i = span.start; i < span.start + span.length; ++i)
            got[i] = span.kind == widgets::TokenKind::Key ? u'k' : span.kind == widgets::TokenKind::Word ? u'w' : u't';
    QCOMPARE(got, spans);
}

void TestDeliveries::listsNewestFirst()
{
    DeliveriesModel model(*m_session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reload();
    QVERIFY(settle(model));
    QCOMPARE(model.rowCount(), kRows);
    QCOMPARE(id(model, 0), QStringLiteral("d699"));
    QCOMPARE(id(model, kRows - 1), QStringLiteral("d0"));
    QCOMPARE(model.index(0, DeliveriesModel::MsColumn).data().toString(), QStringLiteral("699"));
    QCOMPARE(
        model.index(9, DeliveriesModel::ResultColumn).data().toString(), QStringLiteral("503 Service Unavailable"));
    for (int row : { 0, 1, 350, kRows - 1 })
        QCOMPARE(model.rowOf(model.sequenceAt(row)), row);
    QCOMPARE(model.rowOf(123'456), -1);
    QVERIFY(!model.rowAt(-1) && !model.rowAt(kRows));
}

void TestDeliveries::sortsAndFilters()
{
    DeliveriesModel model(*m_session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.sort(DeliveriesModel::MsColumn, Qt::AscendingOrder);
    QVERIFY(settle(model));
    QCOMPARE(id(model, 0), QStringLiteral("d0"));
    QCOMPARE(model.rowOf(model.sequenceAt(77)), 77);
    model.sort(DeliveriesModel::MsColumn, Qt::DescendingOrder);
    QVERIFY(settle(model));
    QCOMPARE(id(model, 0), QStringLiteral("d699"));
    model.setFilter(*query::parse("status:5xx ms<=100"));
    QVERIFY(settle(model));
    QCOMPARE(model.rowCount(), 11);
    QCOMPARE(id(model, 0), QStringLiteral("d100"));
    model.setFilter(*query::parse("mapping:nobody"));
    model.setFilter(*query::parse("mapping:Orders")); // overtakes the one before
    QVERIFY(settle(model));
    QCOMPARE(model.rowCount(), kRows / 2);
}

void TestDeliveries::newOnesComeOnTop()
{
    DeliveriesModel model(*m_session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter(*query::parse("mapping:Orders"));
    QVERIFY(settle(model));
    const QPersistentModelIndex looked(model.index(5, 0));
    const std::int64_t sequence = model.sequenceAt(5);
    fill(m_path, kRows, 10);
    model.refresh();
    model.refresh();
    QTRY_COMPARE(model.rowCount(), kRows / 2 + 5);
    QCOMPARE(id(model, 0), QStringLiteral("d709"));
    QCOMPARE(model.sequenceAt(looked.row()), sequence);
    model.refresh(); // nothing new: nothing twice
    QTest::qWait(100);
    QCOMPARE(model.rowCount(), kRows / 2 + 5);
}

void TestDeliveries::newOnesAreHeldBackWhileOneIsLookedAt()
{
    DeliveriesModel model(*m_session);
    model.reload();
    QVERIFY(settle(model));
    model.setFollowed(false);
    fill(m_path, kRows, 3);
    model.refresh();
    QTRY_COMPARE(model.held(), 3);
    fill(m_path, kRows + 3, 4);
    model.refresh();
    QTRY_COMPARE(model.held(), 7);
    QCOMPARE(model.rowCount(), kRows);
    model.setFollowed(true);
    QCOMPARE(model.held(), 0);
    QCOMPARE(model.rowCount(), kRows + 7);
    QCOMPARE(id(model, 0), QStringLiteral("d706"));
    QCOMPARE(id(model, 7), QStringLiteral("d699"));

    model.sort(DeliveriesModel::MsColumn, Qt::AscendingOrder); // another order: they are held back too
    QVERIFY(settle(model));
    fill(m_path, kRows + 7, 2);
    model.refresh();
    QTRY_COMPARE(model.held(), 2);
    model.setFollowed(false);
    model.setFollowed(true);
    QVERIFY(settle(model));
    QCOMPARE(model.held(), 0);
    QCOMPARE(model.rowCount(), kRows + 9);
}

void TestDeliveries::whatIsOnItsWayIsShownWhenItArrives()
{
    DeliveriesModel model(*m_session);
    model.reload();
    QVERIFY(settle(model));
    const auto journal = journal::openOrFail(m_path);
    journal::Delivery delivery = journal::deliveryOf("slow");
    delivery.created = SystemClock().wall().time_since_epoch().count();
    QVERIFY(journal->append({ { delivery }, {}, {} }));
    model.refresh();
    QTRY_COMPARE(model.rowCount(), kRows + 1);
    const QModelIndex result = model.index(0, DeliveriesModel::ResultColumn);
    QCOMPARE(result.data().toString(), QStringLiteral("Waiting"));
    QVERIFY(journal->append({ {}, { journal::attemptOf("slow") }, {} }));
    model.refresh();
    QTRY_COMPARE(model.index(0, DeliveriesModel::ResultColumn).data().toString(), QStringLiteral("200 OK"));
    QCOMPARE(model.rowCount(), kRows + 1);
}

void TestDeliveries::whatAnEndedProgramSentIsUnknown()
{
    {
        const auto journal = journal::openOrFail(m_path);
        journal::Delivery delivery = journal::deliveryOf("left");
        delivery.created = SystemClock().wall().time_since_epoch().count();
        QVERIFY(journal->append({ { delivery }, {}, {}, {} }));
    }
    QVERIFY(journal::openOrFail(m_path));
    DeliveriesModel model(*m_session);
    model.reload();
    QVERIFY(settle(model));
    QCOMPARE(model.rowAt(0)->id, std::string("left"));
    const QModelIndex result = model.index(0, DeliveriesModel::ResultColumn);
    QCOMPARE(result.data().toString(), QStringLiteral("Unknown, program ended"));
    QVERIFY(!result.data(Qt::ToolTipRole).toString().isEmpty());
}

void TestDeliveries::marks()
{
    DeliveriesModel model(*m_session);
    model.reload();
    QVERIFY(settle(model));
    const auto mark = [&](int row) {
        return model.index(row, DeliveriesModel::MarkColumn).data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(mark(0), QStringLiteral("Unread"));
    model.setRead({ model.sequenceAt(0) }, true);
    QTRY_COMPARE(mark(0), QString());
    model.setPinned({ model.sequenceAt(0), model.sequenceAt(1) }, true);
    QTRY_COMPARE(mark(0), QStringLiteral("Pinned"));
    QCOMPARE(mark(1), QStringLiteral("Pinned, unread"));
    model.setAllRead();
    QTRY_COMPARE(mark(2), QString());
    QCOMPARE(mark(1), QStringLiteral("Pinned"));
    QCOMPARE(*m_session->journal()->unread(), std::uint64_t{ 0 });
}

void TestDeliveries::removes()
{
    DeliveriesModel model(*m_session);
    model.reload();
    QVERIFY(settle(model));
    model.remove({ model.sequenceAt(0), model.sequenceAt(2) });
    QTRY_COMPARE(model.rowCount(), kRows - 2);
    QVERIFY(settle(model));
    QCOMPARE(id(model, 0), QStringLiteral("d698"));
    QCOMPARE(id(model, 1), QStringLiteral("d696"));
}

void TestDeliveries::filterLine()
{
    widgets::FilterLine line;
    line.setCompleter([](const QString &text, int cursor) {
        widgets::FilterLine::Choices choices{ 0, cursor, {} };
        if (QStringLiteral("status").startsWith(text) && text != u"status:")
            choices.items.push_back({ QStringLiteral("status"), QStringLiteral("status:"), QStringLiteral("answer") });
        return choices;
    });
    line.show();
    line.setFocus();
    QStringList settled;
    connect(&line, &widgets::FilterLine::settled, this, [&](const QString &text) { settled += text; });
    QTest::keyClicks(&line, QStringLiteral("st"));
    QVERIFY(line.popup()->popup()->isVisible());
    QTest::keyClick(&line, Qt::Key_Tab);
    QCOMPARE(line.text(), QStringLiteral("status:"));
    QTest::keyClicks(&line, QStringLiteral("5xx"));
    QTest::keyClick(&line, Qt::Key_Return);
    QCOMPARE(settled, QStringList{ QStringLiteral("status:5xx") });
    QTest::keyClicks(&line, QStringLiteral(" a"));
    QTRY_COMPARE(settled.size(), 2); // after a pause
    line.setMistake(widgets::FilterLine::Mistake{ 0, 6, QStringLiteral("no such field") });
    QCOMPARE(line.toolTip(), QStringLiteral("no such field"));
    QTest::keyClick(&line, Qt::Key_Escape);
    QCOMPARE(line.text(), QString());
    QCOMPARE(settled.last(), QString());
}

void TestDeliveries::panel()
{
    Parts parts;
    registerActions(parts);
    QVERIFY(parts.session.openJournal(m_path));
    auto *inspector = new QWidget;
    DeliveriesPanel panel(parts.workbench, inspector);
    panel.resize(1200, 300);
    panel.show();
    DeliveriesModel &model = *panel.model();
    QVERIFY(settle(model));
    QTRY_COMPARE(panel.count(), QStringLiteral("700"));
    QCOMPARE(panel.table()->currentIndex().row(), 0); // the newest is followed
    QTRY_VERIFY(panel.record());
    QCOMPARE(panel.record()->delivery.id, std::string("d699"));
    QTRY_VERIFY(!model.rowAt(0)->unread); // looked at

    FilterBar &bar = *panel.filterBar();
    bar.setParent(&panel); // the shell puts it into the row of tabs
    bar.show();
    auto *follow = bar.findChild<QCheckBox *>();
    const auto chips = bar.findChildren<widgets::Chip *>();
    QCOMPARE(chips.size(), 1);
    panel.table()->setFocus();
    QTest::keyClick(panel.table(), Qt::Key_Down);
    QTRY_COMPARE(panel.record()->delivery.id, std::string("d698"));
    QVERIFY(!follow->isChecked());
    fill(m_path, kRows, 12);
    model.refresh();
    QTRY_COMPARE(chips.front()->text(), QStringLiteral("12 new"));
    QVERIFY(chips.front()->isVisible());
    QCOMPARE(model.rowCount(), kRows);
    QTest::mouseClick(chips.front(), Qt::LeftButton);
    QCOMPARE(model.rowCount(), kRows + 12);
    QVERIFY(follow->isChecked() && !chips.front()->isVisible());
    QTRY_COMPARE(panel.record()->delivery.id, std::string("d711"));

    QTest::keyClicks(bar.line(), QStringLiteral("status:5xx maping:x"));
    QTest::keyClick(bar.line(), Qt::Key_Return);
    QVERIFY(bar.line()->mistake());
    QCOMPARE(bar.line()->text().mid(bar.line()->mistake()->start, 6), QStringLiteral("maping"));
    QCOMPARE(model.rowCount(), kRows + 12); // a mistake filters nothing
    bar.line()->apply(QStringLiteral("status:5xx mapping:\"Refunds & more\""));
    QVERIFY(!bar.line()->mistake());
    QVERIFY(settle(model));
    QTRY_COMPARE(panel.count(), QStringLiteral("72"));
    bar.line()->apply(QStringLiteral("mapping:nobody"));
    QVERIFY(settle(model));
    QTRY_COMPARE(panel.count(), QStringLiteral("0"));
    QTRY_VERIFY(!panel.record());
    bar.line()->apply({});
    QVERIFY(settle(model));
    QTRY_COMPARE(model.rowCount(), kRows + 12);

    // Another order keeps the chosen one.
    panel.table()->setCurrentIndex(model.index(4, 0));
    const std::int64_t chosen = model.sequenceAt(4);
    panel.table()->horizontalHeader()->setSortIndicator(DeliveriesModel::MsColumn, Qt::AscendingOrder);
    QVERIFY(settle(model));
    QTRY_COMPARE(model.sequenceAt(panel.table()->currentIndex().row()), chosen);
}

void TestDeliveries::columnsMakeRoom()
{
    QTableWidget table(1, 4);
    for (int column = 0; column < 4; ++column)
        table.setColumnWidth(column, 100);
    table.horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    ColumnFit fit(&table, 1, 80, { 3, 1, 2 });
    const auto shown = [&] {
        QString columns;
        for (int column = 0; column < 4; ++column)
            if (!table.isColumnHidden(column))
                columns += QString::number(column);
        return columns;
    };
    table.resize(600, 200);
    table.show();
    QTRY_COMPARE(shown(), QStringLiteral("0123"));
    table.resize(table.width() - table.viewport()->width() + 300, 200);
    QTRY_COMPARE(shown(), QStringLiteral("012"));
    table.resize(table.width() - table.viewport()->width() + 150, 200);
    QTRY_COMPARE(shown(), QStringLiteral("0"));
    fit.setHidden(0, true);
    QTRY_COMPARE(shown(), QStringLiteral("2"));
    const QByteArray state = fit.saveState(); // what only made room is not remembered
    table.resize(600, 200);
    QTRY_COMPARE(shown(), QStringLiteral("123"));
    fit.setHidden(0, false);
    fit.setHidden(3, true);
    QTRY_COMPARE(shown(), QStringLiteral("012"));
    fit.restoreState(state);
    QTRY_COMPARE(shown(), QStringLiteral("123"));
}

void TestDeliveries::savedFilters()
{
    Parts parts;
    FilterBar bar(parts.workbench);
    bar.line()->apply(QStringLiteral("ms>500"));
    auto *menu = bar.findChild<QMenu *>();
    const auto entry = [&](const QString &text) -> QAction * {
        Q_EMIT menu->aboutToShow();
        for (QAction *action : menu->actions())
            if (action->text() == text)
                return action;
        return nullptr;
    };
    QVERIFY(!entry(QStringLiteral("ms>500")));
    entry(QStringLiteral("Save this filter"))->trigger();
    QVERIFY(entry(QStringLiteral("ms>500")));
    bar.line()->apply(QStringLiteral("sig:none"));
    entry(QStringLiteral("ms>500"))->trigger();
    QCOMPARE(bar.line()->text(), QStringLiteral("ms>500"));
    entry(QStringLiteral("Forget this filter"))->trigger();
    QVERIFY(!entry(QStringLiteral("ms>500")));
    bar.line()->apply(QStringLiteral("status:zzz"));
    QVERIFY(!entry(QStringLiteral("Save this filter"))->isEnabled()); // a mistake is not kept
}

void TestDeliveries::strip()
{
    Parts parts;
    QSignalSpy started(&parts.session, &pipeline::Session::receiverStarted);
    parts.session.startReceiver(0, {});
    QVERIFY(started.wait(30'000));
    QWidget window;
    RunStrip strip(parts.workbench);
    strip.setParent(&window);
    window.show();
    QVERIFY(!strip.isVisible());
    const std::string url = parts.session.receiverUrl().toStdString();
    destination::Project project = destination::newProject("Acme");
    project.mappings.push_back(mappingOf("All",
        ("{\"url\":\"" + url + "\",\"method\":\"POST\",\"data\":{\"@path\":\"$.\"}}").c_str(), "type = \"track\""));
    const json::Document event = json::parse("{\"type\":\"track\"}").value();
    QSignalSpy finished(&parts.session, &pipeline::Session::runFinished);
    parts.session.send(project, {}, {}, { .events = std::vector<json::Document>(2'000, event) });
    parts.session.pause(true);
    QTRY_VERIFY_WITH_TIMEOUT(strip.isVisible(), 20'000);
    QToolButton *pause = nullptr;
    for (QToolButton *button : strip.findChildren<QToolButton *>())
        if (button->text() == QStringLiteral("Go on"))
            pause = button;
    QVERIFY(pause);
    pause->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QTRY_VERIFY(!pause->isVisible()); // it stays until it is closed
    QVERIFY(strip.isVisible());
    const auto labels = strip.findChildren<widgets::StatusLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const widgets::StatusLabel *label) { return label->text() == QStringLiteral("2,000 delivered"); }));
}

void TestDeliveries::roundNumbers()
{
    const std::pair<double, double> rows[] = { { 0, 1 }, { -4, 1 }, { 1, 0.25 }, { 4, 1 }, { 4.01, 2 }, { 10, 2.5 },
        { 11, 5 }, { 20'000, 5'000 }, { 4'880, 2'000 }, { 0.03, 0.01 }, { 337, 100 }, { 401, 200 } };
    for (const auto &[value, expected] : rows)
        QVERIFY2(qFuzzyCompare(widgets::stepOfAxis(value, 4), expected), qPrintable(QString::number(value)));
}

void TestDeliveries::headerLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // "name=value," or the error's code
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("two") << QStringLiteral("X-A: 1\n\n x-b :  two : 2 ") << QStringLiteral("X-A=1,x-b=two : 2,");
    QTest::newRow("empty value") << QStringLiteral("X-A:") << QStringLiteral("X-A=,");
    QTest::newRow("latin 1") << QStringLiteral("X-A: gr\u00fc\u00df") << QStringLiteral("X-A=gr\u00fc\u00df,");
    QTest::newRow("no colon") << QStringLiteral("X-A: 1\nnonsense") << QStringLiteral("resend-header");
    QTest::newRow("no name") << QStringLiteral(": 1") << QStringLiteral("resend-header");
    QTest::newRow("not HTTP's") << QStringLiteral("X-A: \u4f60") << QStringLiteral("resend-header");
}

void TestDeliveries::headerLines()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const Result<Headers> headers = headersFromLines(text);
    if (!headers) {
        QCOMPARE(QString::fromStdString(headers.error().code), expected);
        return;
    }
    QString got;
    for (const Header &header : *headers)
        got += QString::fromLatin1(header.name.c_str()) + QLatin1Char('=') + QString::fromLatin1(header.value.c_str())
            + QLatin1Char(',');
    QCOMPARE(got, expected);
}

void TestDeliveries::exportsToFiles()
{
    const auto journal = journal::openOrFail(m_path);
    std::vector<std::int64_t> some;
    QVERIFY(journal->list({}, 0, {}, [&](std::span<const std::int64_t> found) {
        some.insert(some.end(), found.begin(), found.end());
        return some.size() < 20;
    }));
    some.resize(20);
    const auto path = [&](const char *name) { return m_home->filePath(QLatin1String(name)).toStdString(); };
    const auto bytes = [&](const char *name) {
        QFile file(m_home->filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const journal::Redaction redaction;
    QCOMPARE(*exportDeliveries(*journal, some, ExportForm::Ndjson, redaction, path("a.ndjson")), std::size_t{ 20 });
    const QList<QByteArray> lines = bytes("a.ndjson").split('\n');
    QCOMPARE(lines.size(), 21);
    QVERIFY(json::parse(lines.first().toStdString()));
    QCOMPARE(*exportDeliveries(*journal, some, ExportForm::Csv, redaction, path("a.csv")), std::size_t{ 20 });
    QCOMPARE(bytes("a.csv").count("\r\n"), 21);
    QCOMPARE(*exportDeliveries(*journal, some, ExportForm::Har, redaction, path("a.har")), std::size_t{ 20 });
    const auto har = json::parse(bytes("a.har").toStdString());
    QVERIFY(har);
    QCOMPARE(har->root().find("log").find("entries").size(), std::size_t{ 20 });
    QCOMPARE(*exportDeliveries(*journal, some, ExportForm::Bodies, redaction, path("a.zip")), std::size_t{ 20 });
    QVERIFY(bytes("a.zip").startsWith("PK"));
    QVERIFY(bytes("a.zip").contains("d699-request") && bytes("a.zip").contains("d699-response-1"));

    std::stop_source stop;
    stop.request_stop();
    const auto stopped = exportDeliveries(*journal, some, ExportForm::Ndjson, redaction, path("b"), stop.get_token());
    QVERIFY(!stopped && !QFile::exists(m_home->filePath(QStringLiteral("b"))));
    const std::vector<std::int64_t> tooMany(kMostInHar + 1, 1);
    QCOMPARE(exportDeliveries(*journal, tooMany, ExportForm::Har, redaction, path("b")).error().code,
        std::string("export-many"));
    QCOMPARE(exportDeliveries(*journal, some, ExportForm::Csv, redaction, path("no/such/folder")).error().code,
        std::string("export-write"));
}

void TestDeliveries::sendsAgain()
{
    Parts parts;
    registerActions(parts);
    QVERIFY(parts.session.openJournal(m_path));
    QSignalSpy started(&parts.session, &pipeline::Session::receiverStarted);
    parts.session.startReceiver(0, {});
    QVERIFY(started.wait(30'000));
    std::vector<receiver::ReceivedRequest> received;
    connect(&parts.session, &pipeline::Session::received, this,
        [&](const receiver::ReceivedRequest &request) { received.push_back(request); });
    DeliveriesPanel panel(parts.workbench, new QWidget);
    DeliveriesModel &model = *panel.model();
    QVERIFY(settle(model));
    QSignalSpy finished(&parts.session, &pipeline::Session::runFinished);
    panel.actions()->resendTo(
        parts.session.receiverUrl() + QStringLiteral("/again"), { model.sequenceAt(0), model.sequenceAt(1) });
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
    QTRY_COMPARE(received.size(), std::size_t{ 2 });
    QCOMPARE(received.front().target, std::string("/again"));
    QCOMPARE(QByteArray::fromStdString(received.front().body), QByteArray("{\"n\":1}"));
    QTRY_COMPARE(model.rowCount(), kRows + 2);
    QCOMPARE(model.rowAt(0)->origin, std::string("d699")); // each links to its origin, oldest first
    QCOMPARE(model.rowAt(1)->origin, std::string("d698"));
}

void TestDeliveries::asksBeforeMany()
{
    Parts parts;
    registerActions(parts);
    QVERIFY(parts.session.openJournal(m_path));
    DeliveriesPanel panel(parts.workbench, new QWidget);
    DeliveriesModel &model = *panel.model();
    QVERIFY(settle(model));
    QSignalSpy runs(&parts.session, &pipeline::Session::runStarted);
    const std::vector<std::int64_t> all = model.sequences();
    QString asked;
    answerQuestion(this, false, &asked);
    panel.actions()->resendAsItWas(all);
    QTRY_VERIFY(!asked.isEmpty());
    const QString host = QUrl(QString::fromStdString(model.rowAt(0)->url)).host();
    QVERIFY2(asked.startsWith(QStringLiteral("Send 700 deliveries again?|They go to ") + host), qPrintable(asked));
    asked.clear();
    answerQuestion(this, false, &asked);
    panel.actions()->resendTo(QStringLiteral("http://127.0.0.1:1/x"), all);
    QTRY_COMPARE(asked, QStringLiteral("Send 700 deliveries again?|They go to 127.0.0.1:1."));
    QTest::qWait(20);
    QCOMPARE(runs.count(), 0);
    QSignalSpy finished(&parts.session, &pipeline::Session::runFinished);
    answerQuestion(this, true, &asked);
    panel.actions()->resendTo(QStringLiteral("http://127.0.0.1:1/x"),
        std::vector<std::int64_t>(all.begin(), all.begin() + DeliveryActions::kManyToSend + 1));
    QTRY_COMPARE(runs.count(), 1);
    parts.session.stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
}

void TestDeliveries::asksBeforeRemoving()
{
    Parts parts;
    registerActions(parts);
    QVERIFY(parts.session.openJournal(m_path));
    DeliveriesPanel panel(parts.workbench, new QWidget);
    DeliveriesModel &model = *panel.model();
    QVERIFY(settle(model));
    const std::vector<std::int64_t> two{ model.sequenceAt(0), model.sequenceAt(1) };
    QVERIFY(journal::openOrFail(m_path)->setPinned(std::span(two).first(1), true));
    QString asked;
    answerQuestion(this, false, &asked);
    panel.askToRemove(two);
    QTRY_COMPARE(
        asked, QStringLiteral("Remove 2 from the journal?|They cannot be brought back.\nPinned among them: 1."));
    QTest::qWait(20);
    QCOMPARE(model.rowCount(), kRows);
    answerQuestion(this, true, &asked);
    panel.askToRemove(two);
    QTRY_COMPARE(model.rowCount(), kRows - 2);
}

void TestDeliveries::editsBeforeSendingAgain()
{
    auto record = std::make_shared<journal::DeliveryRecord>();
    record->delivery = journal::deliveryOf("d");
    ResendDialog dialog(record, "secret");
    auto *body = dialog.findChild<widgets::CodeEditor *>();
    auto *url = dialog.findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly);
    for (QLineEdit *line : dialog.findChildren<QLineEdit *>())
        if (line->accessibleName() == QStringLiteral("URL"))
            url = line;
    auto *box = dialog.findChild<QDialogButtonBox *>();
    QVERIFY(body && url && box);
    const auto send = [&] {
        for (QAbstractButton *button : box->buttons())
            if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
                button->click();
    };
    url->setText(QStringLiteral("ftp://nowhere"));
    send();
    QCOMPARE(dialog.result(), int(QDialog::Rejected)); // it stays open and says why
    QCOMPARE(dialog.focusWidget(), url); // where it is to be mended
    const auto warns = [&dialog] {
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            if (label->text().contains(QStringLiteral("its signature is the old one")))
                return label->isVisibleTo(&dialog);
        return false;
    };
    QVERIFY(!warns());
    auto *sign = dialog.findChild<QCheckBox *>(QStringLiteral("sign"));
    QVERIFY(sign && sign->isChecked());
    sign->setChecked(false);
    QVERIFY(!warns()); // the body is what it was
    QTest::keyClicks(body, QStringLiteral(" "));
    QVERIFY(warns());
    sign->setChecked(true);
    QVERIFY(!warns());
    url->setText(QString::fromStdString(record->delivery.url));
    body->setPlainText(QStringLiteral("{\"n\":2}"));
    send();
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    QCOMPARE(dialog.resend().body, std::optional<std::string>("{\"n\":2}"));
    QVERIFY(dialog.resend().reSign); // it was signed
    QVERIFY(!dialog.resend().url && !dialog.resend().method && !dialog.resend().headers);
}

QTEST_MAIN(TestDeliveries)
#include "tst_deliveries.moc"
