// The inspector over a journal on disk: attempts in time, two messages beside each other, how a request came to be, and
// what is done with its event.
#include "core/destination/document.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "tests/support/workbench_parts.h"
#include "ui/deliveries/deliveries_panel.h"
#include "ui/document/outcome_words.h"
#include "ui/inspector/attempts_view.h"
#include "ui/inspector/compare_window.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/message_page.h"
#include "ui/inspector/trace_view.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/text_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace hookbench;
using namespace hookbench::inspector;

namespace {

constexpr journal::WallMs kStarted = 1780000000000;
constexpr auto kEvent = R"({"type":"track","event":"Order Completed","userId":"u1","properties":{"total":27.5}})";

destination::Mapping ordersMapping()
{
    destination::Mapping mapping = destination::defaultMapping("Orders");
    mapping.enabled = true;
    mapping.trigger = "type = \"track\"";
    mapping.settings = *json::parse(R"({"url":"http://127.0.0.1:9/orders","method":"POST",)"
                                    R"("headers":{"Authorization":"Bearer hb-demo-token-3f9c"},)"
                                    R"("data":{"user":{"@path":"$.userId"},"total":{"@path":"$.properties.total"}}})");
    return mapping;
}

journal::Delivery sentDelivery(const std::string &id, const std::string &body)
{
    journal::Delivery out;
    out.id = id;
    out.run = "run";
    out.mappingName = "Orders";
    out.method = "POST";
    out.url = "http://127.0.0.1:9/orders?x=1";
    out.headers = { { "content-type", "application/json" }, { "authorization", "Bearer hb-demo-token-3f9c" } };
    out.body = body;
    out.events = { 0 };
    out.created = kStarted;
    return out;
}

journal::Attempt attemptOf(const std::string &id, int number, journal::WallMs after, int status)
{
    journal::Attempt out;
    out.delivery = id;
    out.number = number;
    out.started = kStarted + after;
    out.durationMs = 100;
    out.status = status;
    out.failure = status == 0 ? "timeout" : status < 300 ? "" : "http-status";
    out.message = status == 0 ? "No answer within 10 s." : "";
    if (status > 0) {
        out.responseHeaders = { { "Content-Type", "text/plain" }, { "Set-Cookie", "session=secret" } };
        out.responseBody = "answer " + std::to_string(number);
    }
    return out;
}

journal::RecordPtr recordOf(journal::Delivery of, std::vector<journal::Attempt> attempts)
{
    auto out = std::make_shared<journal::DeliveryRecord>();
    out->delivery = std::move(of);
    out->attempts = std::move(attempts);
    return out;
}

struct Bench : Parts
{
    Inspector *inspector = nullptr; ///< the panel owns it
    std::unique_ptr<deliveries::DeliveriesPanel> panel;

    Bench()
    {
        for (const char *id : { "send.current", "send.pause", "send.stop", "view.filter", "delivery.resend",
                 "delivery.curl", "delivery.har", "delivery.raw", "delivery.now", "delivery.event", "delivery.sample" })
            workbench.registerAction(id, new QAction(&workbench));
        destination::Project project = destination::newProject("Acme");
        project.mappings = { ordersMapping() };
        document.startWith(std::move(project), QStringLiteral("Acme"));
        document.showEvent(QStringLiteral("Order"), kEvent);
        if (!session.openJournal(folder.filePath(QStringLiteral("journal.sqlite")).toStdString()))
            qFatal("no journal");
    }
    void open()
    {
        inspector = new Inspector(workbench);
        panel = std::make_unique<deliveries::DeliveriesPanel>(workbench, inspector);
        QObject::connect(panel.get(), &deliveries::DeliveriesPanel::chosen, inspector, &Inspector::show);
        QObject::connect(panel.get(), &deliveries::DeliveriesPanel::compareRequested, inspector, &Inspector::compare);
        panel->resize(1400, 400);
        panel->show();
    }
    void keep(std::vector<journal::Delivery> deliveries, std::vector<journal::Attempt> attempts)
    {
        const auto journal = other();
        QVERIFY(journal->add(journal::Run{ "run", 0, "p", "Acme" }));
        QVERIFY(journal->append(journal::Batch{ std::move(deliveries), std::move(attempts), {} }));
    }
    /// The same file as another program sees it.
    std::unique_ptr<journal::Journal> other() { return std::move(*journal::Journal::open(session.journal()->path())); }
    void tab(const char *title)
    {
        QTabBar *tabs = inspector->tabs();
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->tabText(i) == QLatin1String(title))
                tabs->setCurrentIndex(i);
        QCOMPARE(tabs->tabText(tabs->currentIndex()), QLatin1String(title));
        QTRY_VERIFY(inspector->isSettled());
    }
};

std::string bodyNow()
{
    return R"({"user":"u1","total":27.5})";
}

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waitsLieBetweenAttempts()
    {
        const auto spans
            = spansOf({ attemptOf("d", 1, 0, 503), attemptOf("d", 2, 1300, 503), attemptOf("d", 3, 1350, 200) });
        QCOMPARE(spans.size(), std::size_t{ 3 });
        QCOMPARE(spans[0].waitAfter, 1200.0);
        QCOMPARE(spans[1].waitAfter, 0.0); // clocks may be set back: never less
        QCOMPARE(spans[2].end, 1450.0);
        QVERIFY(spansOf({}).empty());
    }

    void ticksAreRound_data()
    {
        QTest::addColumn<double>("span");
        QTest::addColumn<int>("most");
        QTest::addColumn<double>("step");
        QTest::newRow("seconds") << 6200.0 << 7 << 1000.0;
        QTest::newRow("two") << 6200.0 << 4 << 2000.0;
        QTest::newRow("small") << 0.9 << 4 << 0.5;
        QTest::newRow("nothing") << 0.0 << 4 << 1.0;
    }
    void ticksAreRound()
    {
        QFETCH(double, span);
        QFETCH(int, most);
        QTEST(tickStep(span, most), "step");
    }

    void durationsAreToldInTheirUnit()
    {
        QCOMPARE(document::durationText(98), QStringLiteral("98 ms"));
        QCOMPARE(document::durationText(1234), QStringLiteral("1.2 s"));
        QCOMPARE(document::durationText(125000), QStringLiteral("2 min 5 s"));
        QCOMPARE(document::durationText(7260000), QStringLiteral("2 h 1 min"));
    }

    void attemptsAreListed()
    {
        const theme::Theme theme(theme::Scheme::Light);
        AttemptsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRecord(recordOf(sentDelivery("d", "{}"), { attemptOf("d", 1, 0, 503), attemptOf("d", 2, 2100, 0) }));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, AttemptsModel::WaitColumn).data().toString(), QStringLiteral("2.0 s"));
        QCOMPARE(model.index(1, AttemptsModel::WaitColumn).data().toString(), QStringLiteral("–"));
        QVERIFY(model.index(0, AttemptsModel::ResultColumn).data().toString().startsWith(QStringLiteral("503")));
        QVERIFY(model.index(1, AttemptsModel::ResultColumn).data().toString().startsWith(QStringLiteral("Timed out")));
    }

    void messagesAreCompared_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QStringList>("where");
        QTest::addColumn<int>("firstByte");
        QTest::newRow("same") << QByteArray("{\"a\":1}") << QByteArray("{\"a\":1}") << QStringList() << -1;
        QTest::newRow("a field") << QByteArray("{\"a\":1,\"b\":[1,2]}") << QByteArray("{\"a\":1,\"b\":[1,3]}")
                                 << QStringList{ QStringLiteral("/b/1") } << 14;
        QTest::newRow("only white space") << QByteArray("{\"a\":1}") << QByteArray("{\"a\": 1}") << QStringList() << 5;
        QTest::newRow("added") << QByteArray("{}") << QByteArray("{\"a\":1}") << QStringList{ QStringLiteral("/a") }
                               << 1;
        QTest::newRow("no JSON") << QByteArray("x") << QByteArray("xy") << QStringList{ QStringLiteral("body") } << 1;
    }
    void messagesAreCompared()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QStringList, where);
        QFETCH(int, firstByte);
        const auto message = [](const QByteArray &body) {
            return ComparedMessage{ {}, "POST /", { { "a", "b" } },
                std::make_shared<const std::string>(body.toStdString()) };
        };
        const Comparison comparison = compare(message(before), message(after), false);
        QStringList places;
        for (const ComparedPlace &place : comparison.places)
            places += place.where;
        QCOMPARE(places, where);
        QCOMPARE(comparison.firstDifferentByte ? static_cast<int>(*comparison.firstDifferentByte) : -1, firstByte);
        QCOMPARE(comparison.sameBodies, firstByte < 0);
    }

    void headersAreComparedAndCredentialsHidden()
    {
        ComparedMessage before{ {}, "POST /a", {}, std::make_shared<const std::string>() };
        ComparedMessage after = before;
        after.startLine = "PUT /a";
        before.headers
            = { { "Authorization", "Bearer hb-demo-token-1111" }, { "X-Two", "1" }, { "x-two", "2" }, { "gone", "1" } };
        after.headers = { { "authorization", "Bearer hb-demo-token-2222" }, { "x-two", "1" }, { "X-Two", "3" },
            { "new", "\x1B[2J" } };
        const Comparison comparison = compare(before, after, false);
        QStringList told;
        for (const ComparedPlace &place : comparison.places) {
            told += place.where;
            QVERIFY(!place.before.contains(QStringLiteral("1111")) && !place.after.contains(QStringLiteral("2222")));
            QVERIFY(!place.after.contains(QChar(0x1B)));
        }
        QCOMPARE(told,
            (QStringList{ QStringLiteral("start line"), QStringLiteral("header Authorization"),
                QStringLiteral("header x-two"), QStringLiteral("header gone"), QStringLiteral("header new") }));
        QVERIFY(!comparison.beforeText.contains(QStringLiteral("hb-demo-token")));
    }

    void hexLinesTellTheirOffset()
    {
        QCOMPARE(hexLines("AB\n", 32), QStringLiteral("000020  41 42 0A") + QString(41, u' ') + QStringLiteral("AB."));
    }

    void aTraceGoesThroughEveryStep()
    {
        pipeline::TraceQuestion question;
        question.mapping = ordersMapping();
        question.events = { kEvent };
        const pipeline::Trace trace = pipeline::trace(question, nullptr);
        QCOMPARE(trace.events.size(), std::size_t{ 1 });
        QVERIFY(trace.events[0].trigger.matched);
        QVERIFY(trace.request);
        QCOMPARE((*trace.request)->body, bodyNow());
        const auto sent = recordOf(sentDelivery("d", bodyNow()), {});
        const std::vector<TraceStep> steps = traceSteps(trace, 0, *sent);
        QCOMPARE(steps.size(), std::size_t{ 5 });
        QVERIFY(steps[1].text->text.contains(QStringLiteral("✓ type = track")));
        QVERIFY(steps[2].text->text.contains(QStringLiteral("$.userId")));
        QVERIFY(!steps[2].text->text.contains(QStringLiteral("3f9c"))); // a credential
        QVERIFY(steps[3].text->text.contains(QStringLiteral("the bytes that were sent")));
        QCOMPARE(QByteArray(steps[3].icon), QByteArray("ok"));
        QCOMPARE(QByteArray(traceSteps(trace, 0, *recordOf(sentDelivery("d", "{}"), {}))[3].icon), QByteArray("warn"));
    }

    void aTraceOfABatchBuildsItWhole()
    {
        pipeline::TraceQuestion question;
        question.mapping = ordersMapping();
        question.batch = true;
        question.events = { kEvent, R"({"type":"page","userId":"u2"})" };
        const pipeline::Trace trace = pipeline::trace(question, nullptr);
        QVERIFY(!trace.events[1].trigger.matched);
        QCOMPARE((*trace.request)->body, std::string(R"([{"user":"u1","total":27.5},{"user":"u2"}])"));
        question.events = { "{", kEvent };
        const pipeline::Trace broken = pipeline::trace(question, nullptr);
        QCOMPARE(QString::fromStdString(broken.request.error().code), QStringLiteral("trace-event"));
        QVERIFY(!traceSteps(broken, 0, *recordOf(sentDelivery("d", "{}"), {})).empty());
        question.events.clear();
        QCOMPARE(pipeline::trace(question, nullptr).request.error().code, std::string("trace-no-events"));
    }

    void requestAndResponseOfTheChosenAttempt()
    {
        Bench bench;
        bench.keep({ sentDelivery("d1", bodyNow()) }, { attemptOf("d1", 1, 0, 503), attemptOf("d1", 2, 1000, 200) });
        bench.open();
        QTRY_VERIFY(bench.inspector->record());
        MessagePage *request = bench.inspector->request();
        QTRY_VERIFY(request->view()->textView()->text().startsWith(QStringLiteral("POST /orders?x=1 HTTP/1.1\n")));
        QVERIFY(!request->view()->textView()->text().contains(QStringLiteral("3f9c")));
        request->setSecretsShown(true);
        QTRY_VERIFY(request->view()->textView()->text().contains(QStringLiteral("3f9c")));
        bench.tab("Response");
        MessagePage *response = bench.inspector->response();
        QTRY_VERIFY(response->view()->textView()->text().contains(QStringLiteral("answer 2")));
        QVERIFY(response->attempts()->isVisible());
        QTest::keyClick(response->attempts(), Qt::Key_Up);
        QTRY_VERIFY(response->view()->textView()->text().contains(QStringLiteral("answer 1")));
        QVERIFY(response->view()->textView()->text().startsWith(QStringLiteral("HTTP/1.1 503")));
        bench.tab("Attempts");
        AttemptsView *attempts = bench.inspector->attempts();
        QCOMPARE(attempts->table()->currentIndex().row(), 0);
        QTest::mouseClick(attempts->timeline(), Qt::LeftButton, {}, attempts->timeline()->shapeAt(1));
        QCOMPARE(attempts->table()->currentIndex().row(), 1);
        Q_EMIT attempts->table()->activated(attempts->table()->currentIndex());
        QCOMPARE(bench.inspector->tabs()->tabText(bench.inspector->tabs()->currentIndex()), QStringLiteral("Response"));
        QTRY_VERIFY(response->view()->textView()->text().contains(QStringLiteral("answer 2")));
    }

    void noAnswerIsSaid()
    {
        Bench bench;
        bench.keep({ sentDelivery("d1", "{}") }, { attemptOf("d1", 1, 0, 0) });
        bench.open();
        QTRY_VERIFY(bench.inspector->record());
        bench.tab("Response");
        QVERIFY(!bench.inspector->response()->view()->isVisible());
        bench.tab("Attempts");
        QVERIFY(bench.inspector->attempts()->details().contains(QStringLiteral("No answer within 10 s.")));
    }

    void twoDeliveriesAreCompared()
    {
        Bench bench;
        bench.keep({ sentDelivery("d1", R"({"a":1})"), sentDelivery("d2", R"({"a":2})") },
            { attemptOf("d1", 1, 0, 200), attemptOf("d2", 1, 0, 503) });
        bench.open();
        QTableView *table = bench.panel->table();
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->selectAll();
        QSignalSpy asked(bench.panel.get(), &deliveries::DeliveriesPanel::compareRequested);
        QTimer::singleShot(200, table, [] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            QVERIFY(menu);
            for (QAction *action : menu->actions())
                if (action->text().contains(QStringLiteral("ompare")) && action->isEnabled())
                    action->trigger();
            menu->close();
        });
        Q_EMIT table->customContextMenuRequested(table->visualRect(table->model()->index(0, 2)).center());
        QTRY_COMPARE(asked.size(), 1);
        auto *window = bench.inspector->window()->findChild<CompareWindow *>();
        QVERIFY(window);
        QTRY_VERIFY(window->isSettled());
        QCOMPARE(window->table()->model()->rowCount(), 1);
        QCOMPARE(window->table()->model()->index(0, PlacesModel::WhereColumn).data().toString(), QStringLiteral("/a"));
        QCOMPARE(window->table()->model()->index(0, PlacesModel::BeforeColumn).data().toString(), QStringLiteral("1"));
        const QAbstractItemModelTester tester(window->table()->model());
        window->setView(CompareWindow::Text);
        QVERIFY(window->diff()->isVisible());
        QCOMPARE(window->diff()->changeCount(), 1);
        window->setView(CompareWindow::Bytes);
        QCOMPARE(window->diff()->changeCount(), 1);
        QTest::mouseClick(window->sides()->button(1), Qt::LeftButton); // the responses
        QTRY_VERIFY(window->isSettled() && window->comparison().places.size() >= 1);
        QTRY_COMPARE(window->comparison().places.front().where, QStringLiteral("start line"));
        delete window;
    }

    void aDeliveryIsComparedWithWhatTheMappingGivesNow()
    {
        Bench bench;
        bench.keep({ sentDelivery("d1", bodyNow()) }, { attemptOf("d1", 1, 0, 200) });
        bench.open();
        QTRY_VERIFY(bench.inspector->record());
        bench.document.setSetting(0, "/data/total", json::Value::number(1), QStringLiteral("Change"));
        bench.inspector->compareWithNow();
        QTRY_VERIFY(bench.inspector->window()->findChild<CompareWindow *>());
        auto *window = bench.inspector->window()->findChild<CompareWindow *>();
        QTRY_VERIFY(window->isSettled());
        bool changed = false;
        for (const ComparedPlace &place : window->comparison().places)
            changed = changed || (place.where == u"/total" && place.before == u"27.5" && place.after == u"1");
        QVERIFY(changed);
        delete window;
    }

    void theTraceIsShownAndItsEventUsed()
    {
        Bench bench;
        bench.keep({ sentDelivery("d1", bodyNow()) }, { attemptOf("d1", 1, 0, 200) });
        bench.open();
        QTRY_VERIFY(bench.inspector->record());
        bench.tab("Trace");
        TraceView *trace = bench.inspector->trace();
        QTRY_COMPARE(trace->steps()->count(), 5);
        trace->steps()->setFocus();
        QTest::keyClick(trace->steps(), Qt::Key_Down);
        QVERIFY(trace->text()->text().contains(QStringLiteral("The event matches.")));

        bench.inspector->copyEvent();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Order Completed")));
        bench.document.setEventText("{}");
        bench.inspector->useAsTestEvent();
        QTRY_VERIFY(bench.document.currentEvent().text.find("Order Completed") != std::string::npos);
        bench.inspector->saveAsSample();
        QTRY_COMPARE(bench.document.project().events.size(), std::size_t{ 1 });
    }

    void aTraceThatCannotBeMadeSaysWhy()
    {
        Bench bench;
        bench.keep({ sentDelivery("d1", R"({"other":"mapping"})") }, { attemptOf("d1", 1, 0, 200) });
        bench.open();
        QTRY_VERIFY(bench.inspector->record());
        bench.tab("Trace");
        QTRY_VERIFY(bench.inspector->trace()->text()->text().contains(QStringLiteral("cannot be told")));
        QCOMPARE(bench.inspector->trace()->steps()->count(), 0);
    }

    void theKeptMappingAndEventGoFirst()
    {
        Bench bench;
        journal::Delivery kept = sentDelivery("d1", R"({"was":"u1"})");
        destination::Mapping was = ordersMapping();
        was.settings = *json::parse("{\"url\":\"http://127.0.0.1:9/o\",\"method\":\"POST\",\"data\":{\"was\":"
                                    "{\"@path\":\"$.userId\"}}}");
        kept.mapping = std::make_shared<const std::string>(json::stringify(destination::toJson(was)));
        bench.keep({ kept }, { attemptOf("d1", 1, 0, 200) });
        QVERIFY(bench.other()->append(journal::Batch{ {}, {}, { { "run", 0, R"({"type":"track","userId":"u1"})" } } }));
        bench.document.showEvent(QStringLiteral("Other"), "{\"type\":\"page\"}");
        bench.open();
        QTRY_VERIFY(bench.inspector->record());
        bench.tab("Trace");
        QTRY_COMPARE(bench.inspector->trace()->steps()->count(), 5);
        bench.inspector->trace()->steps()->setCurrentRow(3);
        QVERIFY2(bench.inspector->trace()->text()->text().contains(QStringLiteral("the bytes that were sent")),
            qPrintable(bench.inspector->trace()->text()->text()));
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
