// hookbench-shots DIR [--only NAME] [--size 1440x900]: the window in the states the mockups show, light and dark, as
// PNG files. Everything stays on this computer: settings and journal in a temporary folder, secrets in memory, the
// receiver on a free port.
#include "core/journal/journal.h"
#include "core/json/parse.h"
#include "core/pipeline/session.h"
#include "core/storage/secret_store.h"
#include "core/storage/settings.h"
#include "ui/data/data_section.h"
#include "ui/data/fields_panel.h"
#include "ui/data/functions.h"
#include "ui/data/mapping_view.h"
#include "ui/data/value_form.h"
#include "ui/data/value_popover.h"
#include "ui/data/visual_mapping.h"
#include "ui/deliveries/deliveries_panel.h"
#include "ui/deliveries/filter_bar.h"
#include "ui/document/workbench.h"
#include "ui/event/event_panel.h"
#include "ui/exchange/destination_dialog.h"
#include "ui/exchange/export_dialog.h"
#include "ui/impact/impact_panel.h"
#include "ui/inspector/compare_window.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/message_page.h"
#include "ui/inspector/trace_view.h"
#include "ui/settings/secret_dialog.h"
#include "ui/settings/settings_dialog.h"
#include "ui/shell/bottom_dock.h"
#include "ui/shell/journal_care.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_files.h"
#include "ui/theme/theme.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/find_bar.h"
#include "ui/widgets/section_band.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QCommandLineParser>
#include <QDir>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QThread>
#include <QToolButton>
#include <QTranslator>
#include <QUndoStack>

#include <cstdio>
#include <functional>

using namespace hookbench;

namespace {

/// Lets the program do what it does, until `done` or the time is over.
bool settle(const std::function<bool()> &done, int milliseconds = 15'000)
{
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < milliseconds) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    }
    return done();
}

void rest(int milliseconds)
{
    settle([] { return false; }, milliseconds);
}

class Studio
{
public:
    Studio(const QString &folder, QSize size, const QString &only)
        : m_folder(folder)
        , m_size(size)
        , m_only(only)
        , m_settings(m_scratch.filePath(QStringLiteral("hookbench.ini")).toStdString())
        , m_theme(theme::Scheme::Light)
        , m_secret(storage::makeMemorySecretStore())
        , m_workbench(m_document, m_session, m_secret, m_settings)
        , m_window(m_workbench)
    {
        m_settings.set(storage::settings::receiverPort, 0);
        if (const auto opened
            = m_session.openJournal(m_scratch.filePath(QStringLiteral("journal.sqlite")).toStdString());
            !opened)
            std::fprintf(stderr, "%s\n", opened.error().message.c_str());
        m_window.resize(size);
        m_window.show();
        rest(300);
    }

    /// A header that the user masks, beside one that always is, and one that is not.
    void shootMasked()
    {
        const int mapping = m_document.currentMapping();
        const json::Document headers
            = json::parse("{\"X-Tenant\":\"acme\",\"Authorization\":\"Bearer hb-demo-token-3f9c\",\"X-Api-Key\":"
                          "\"key-4711-abcdef\"}")
                  .value();
        m_document.setSetting(mapping, "/headers", headers, QStringLiteral("Change headers"));
        m_document.setHeaderMasked(QStringLiteral("X-Api-Key"), true);
        rest(300);
        shoot("request-masked");
        while (m_document.undoStack()->canUndo())
            m_document.undoStack()->undo();
        rest(300);
    }

    void shootAll()
    {
        shoot("first-run");
        m_workbench.startReceiver();
        settle([this] { return m_session.isReceiverRunning(); });
        m_window.files()->trySample();
        settle([this] {
            return m_workbench.evaluation() && !m_workbench.evaluationIsOld() && m_document.issuesAreCurrent();
        });
        rest(300);
        shoot("sample");
        for (const auto which :
            { document::SendWhich::CurrentEvent, document::SendWhich::AllEvents, document::SendWhich::CurrentEvent }) {
            m_workbench.send(which);
            settle([this] { return !m_session.isRunning(); });
            rest(300);
        }
        shoot("main");
        shootMasked();
        shootInspector();
        shootEventTree();
        shootSignature();
        shootRun();
        shootData();
        for (int tab = 1; tab < m_window.bottom()->count(); ++tab) {
            m_window.bottom()->setCurrent(tab);
            rest(100);
            shoot(qPrintable(QStringLiteral("tab-%1").arg(tab)));
        }
        shootImpact();
        shootProblems();
        shootTests();
        shootJournal();
        m_window.bottom()->setCurrent(0);
        QAction *maximise = m_workbench.action("view.maximise");
        maximise->setChecked(true);
        rest(200);
        shoot("maximised");
        maximise->setChecked(false);
        m_workbench.action("app.palette")->trigger();
        rest(200);
        shootWindow("palette", QApplication::activePopupWidget());
        if (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
        shootTriggers();
        ui::SettingsDialog settings(m_workbench, &m_window);
        for (int page = 0; page < 4; ++page) {
            settings.showPage(static_cast<ui::SettingsDialog::Page>(page));
            shootWindow(qPrintable(QStringLiteral("settings-%1").arg(page)), &settings);
        }
        ui::SecretDialog secret(m_workbench, &m_window);
        shootWindow("secret", &secret);
        shootExchange();
    }

    /// The export in each format, and the choice among several destinations of an import.
    void shootExchange()
    {
        using destination::Format;
        exchange::ExportDialog dialog(m_workbench, Format::Terraform, &m_window);
        for (const auto &[name, format] : { std::pair{ "export-terraform", Format::Terraform },
                 { "export-segment", Format::Segment }, { "export-curl", Format::Curl } }) {
            dialog.setFormat(format);
            shootWindow(name, &dialog);
        }
        destination::Imported several;
        for (const char *name : { "Orders to warehouse", "Webhook one", "Webhook two" }) {
            several.destinations.push_back({ destination::newProject(name), "62a9f0c1d4e5", {}, {} });
            several.destinations.back().project.mappings = m_document.project().mappings;
        }
        several.otherDestinations = 4;
        exchange::DestinationDialog choice(several, &m_window);
        shootWindow("import-choice", &choice);
    }

    /// Rows of every kind, one of them unfinished; none at all; a text that rows cannot show; a trap.
    void shootTriggers()
    {
        const int mapping = m_document.currentMapping();
        const std::string before = m_document.mapping(mapping).trigger;
        const auto show = [&](const char *name, const char *fql) {
            m_document.setMappingTrigger(mapping, fql);
            settle([this] { return !m_workbench.evaluationIsOld(); });
            rest(100);
            shoot(name);
        };
        show("trigger-rows",
            "type = \"track\" and contains(event, \"Completed\") and properties.total >= 50 and "
            "properties.total = \"27.5\" and properties.coupon != null and properties.products.\\0.sku = \"G-32\"");
        for (QToolButton *button : m_window.findChildren<QToolButton *>())
            if (button->accessibleName() == u"Add condition")
                button->click();
        rest(100);
        shoot("trigger-draft");
        show("trigger-empty", "");
        show("trigger-fql", "type = \"track\" and (event = \"Order Completed\" or properties.total > 50)");
        show("trigger-trap", "type = 'track' and event = \"Order Completed\"");
        m_document.setMappingTrigger(mapping, before);
        rest(100);
    }

private:
    /// A delivery that took three attempts, in every tab; two deliveries beside each other.
    void shootInspector()
    {
        auto *inspector = m_window.findChild<inspector::Inspector *>();
        const auto settled = [&] {
            settle([&] {
                return inspector->isSettled() && inspector->request()->view()->isSettled()
                    && inspector->response()->view()->isSettled();
            });
            rest(150);
        };
        const auto journal = journal::Journal::open(m_session.journal()->path());
        const journal::RecordPtr sent = inspector->record();
        if (!journal || !sent)
            return;
        journal::Delivery delivery = sent->delivery;
        delivery.id = "three-attempts";
        journal::Batch batch;
        journal::Attempt attempt = sent->attempts.empty() ? journal::Attempt() : sent->attempts.back();
        attempt.delivery = delivery.id;
        for (const auto &[status, after] : { std::pair{ 503, 0 }, std::pair{ 429, 1320 }, std::pair{ 200, 5100 } }) {
            attempt.number = static_cast<int>(batch.attempts.size()) + 1;
            attempt.started = delivery.created + after;
            attempt.durationMs = 98 + after / 100.0;
            attempt.phases = { { "queued", 1.4 }, { "blocked", 0.6 }, { "connect", 11.8 }, { "send", 0.9 },
                { "wait", attempt.durationMs - 20 }, { "receive", 6.7 } };
            attempt.status = status;
            attempt.reason.clear();
            attempt.failure = status == 200 ? "" : "http-status";
            attempt.responseHeaders
                = { { "Content-Type", "application/json" }, { "Retry-After", "3" }, { "Set-Cookie", "session=7f3a" } };
            attempt.responseBody
                = R"({"ok":true,"stored":[{"id":17,"at":"2026-05-20T14:03:24.117Z"},{"id":18,"note":"caf\u00e9 \u001b[31m"}],"next":null})";
            batch.attempts.push_back(attempt);
        }
        delivery.body.insert(delivery.body.size() - 1, R"(,"extra":1)");
        batch.deliveries.push_back(delivery);
        if (!journal->get()->append(batch))
            return;
        Q_EMIT m_session.journalChanged();
        settle([&] { return inspector->record() && inspector->record()->delivery.id == "three-attempts"; });
        auto *dock = m_window.findChild<QDockWidget *>(QStringLiteral("log"));
        m_window.resizeDocks({ dock }, { 400 }, Qt::Vertical);
        const auto tab = [&](int index) {
            inspector->tabs()->setCurrentIndex(index);
            settled();
        };
        widgets::BodyView *response = inspector->response()->view();
        tab(0);
        shoot("inspector-request");
        tab(1);
        shoot("inspector-response");
        response->setMode(widgets::BodyView::Tree);
        settled();
        shoot("inspector-tree");
        response->setMode(widgets::BodyView::Hex);
        response->find();
        response->findBar()->edit()->setText(QStringLiteral("stored"));
        settled();
        shoot("inspector-hex");
        response->setMode(widgets::BodyView::Pretty);
        settled();
        shoot("inspector-find");
        Q_EMIT response->findBar()->closed();
        tab(3);
        shoot("inspector-attempts");
        for (int i = 0; i < inspector->tabs()->count(); ++i)
            if (inspector->tabs()->tabText(i) == u"Trace")
                tab(i);
        inspector->trace()->steps()->setCurrentRow(1);
        rest(100);
        shoot("inspector-trace");
        tab(0);
        if (inspector::CompareWindow *compare = inspector->compare(sent, inspector->record())) {
            settle([&] { return compare->isSettled(); });
            shootWindow("compare-fields", compare);
            compare->setView(inspector::CompareWindow::Text);
            shootWindow("compare-text", compare);
            compare->setView(inspector::CompareWindow::Bytes);
            shootWindow("compare-bytes", compare);
            delete compare;
        }
        m_window.resizeDocks({ dock }, { 230 }, Qt::Vertical);
        rest(200);
    }

    /// What a field is made of, marked in the tree of the event.
    void shootEventTree()
    {
        auto *panel = m_window.findChild<event::EventPanel *>();
        auto *section = m_window.findChild<data::DataSection *>();
        panel->setView(event::EventPanel::Tree);
        section->visual()->view()->goTo("/items/@arrayPath/1/price");
        rest(200);
        shoot("event-tree");
        section->visual()->view()->goTo("/order_id");
        panel->setView(event::EventPanel::Text);
    }

    void loadOrders(int count)
    {
        const QString path = m_scratch.filePath(QStringLiteral("orders-2026-05.ndjson"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return;
        for (int i = 0; i < count; ++i)
            file.write(QStringLiteral("{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"user_%1\","
                                      "\"timestamp\":\"2026-05-20T14:03:22.418Z\",\"context\":{\"traits\":{\"email\":"
                                      "\"jane.kerr+%1@example.com\"}},\"properties\":{\"order_id\":\"50314b8e9bcf%1\","
                                      "\"affiliation\":\"Google Store\",\"total\":%2,\"currency\":\"USD\","
                                      "\"coupon\":\"hasbros\",\"products\":[{\"sku\":\"45790-32\",\"quantity\":1,"
                                      "\"price\":19}]}}\n")
                           .arg(7731 + i)
                           .arg(i % 90 + 10.5)
                           .toUtf8());
        file.close();
        m_workbench.openEvents(path);
        settle([&] { return m_document.events().size() == count; });
    }

    /// A batch with the log over the whole window: what its signature covers, the code of a receiver, the gap.
    void shootSignature()
    {
        auto *panel = m_window.findChild<deliveries::DeliveriesPanel *>();
        auto *inspector = m_window.findChild<inspector::Inspector *>();
        loadOrders(3);
        m_workbench.send(document::SendWhich::AllEvents);
        settle([this] { return !m_session.isRunning(); });
        QAction *maximise = m_workbench.action("view.maximise");
        maximise->setChecked(true);
        panel->filterBar()->line()->apply(QStringLiteral("mapping:Orders events>1"));
        settle([&] { return inspector->record() && inspector->record()->delivery.batch; });
        for (const auto &[name, title] :
            { std::pair{ "signature", u"Signature" }, std::pair{ "as-code", u"As code" } }) {
            for (int i = 0; i < inspector->tabs()->count(); ++i)
                if (inspector->tabs()->tabText(i) == title)
                    inspector->tabs()->setCurrentIndex(i);
            rest(300);
            shoot(name);
        }
        maximise->setChecked(false);
        rest(200);
        inspector->tabs()->setCurrentIndex(2);
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 450 }, Qt::Vertical);
        rest(200);
        shoot("signature-beside");
        inspector->tabs()->setCurrentIndex(0);
        panel->filterBar()->line()->apply({});
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 230 }, Qt::Vertical);
        rest(200);
    }

    /// On the way through 100,000 events, one request each.
    void shootRun()
    {
        loadOrders(100'000);
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 500 }, Qt::Vertical);
        m_workbench.send(document::SendWhich::AllEvents);
        rest(9'000);
        shoot("run");
        m_workbench.action("send.stop")->trigger();
        settle([this] { return !m_session.isRunning(); });
        m_session.discardParked();
        settle([this] { return m_session.parked() == 0; });
        m_window.files()->trySample();
        settle([this] { return m_workbench.evaluation() && !m_workbench.evaluationIsOld(); });
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 230 }, Qt::Vertical);
        rest(200);
    }

    /// A run that was stopped; a journal that was damaged.
    void shootJournal()
    {
        m_window.bottom()->setCurrent(0);
        auto *dock = m_window.findChild<QDockWidget *>(QStringLiteral("log"));
        m_window.resizeDocks({ dock }, { 400 }, Qt::Vertical);
        pipeline::SendWhat what;
        what.events.assign(20'000, json::parse(R"({"type":"track","event":"Order Completed"})").value());
        destination::Project project = m_document.project();
        for (destination::Mapping &mapping : project.mappings)
            mapping.trigger = "type = \"track\"";
        m_session.send(std::move(project), m_workbench.planOptions(), m_workbench.runOptions(), std::move(what));
        rest(1'500);
        m_session.stop();
        rest(50);
        shoot("parking");
        settle([this] { return !m_session.isRunning() && m_session.parked() > 0; });
        rest(300);
        shoot("parked");
        m_session.discardParked();
        settle([this] { return m_session.parked() == 0; });
        m_workbench.action("journal.compact")->trigger(); // so that all of it is in the file
        settle([this] { return !m_window.journalCare()->isCompacting(); });
        const QString damaged = m_scratch.filePath(QStringLiteral("damaged.sqlite"));
        QFile::copy(QString::fromStdString(m_session.journal()->path()), damaged);
        QFile file(damaged);
        if (file.open(QIODevice::ReadWrite))
            (void)(file.seek(100) && file.write(QByteArray(12, '\xA5')) > 0);
        file.close();
        const journal::Journal *before = m_session.journal();
        m_window.journalCare()->open(damaged.toStdString());
        settle([&] { return m_session.journal() != before; });
        rest(300);
        shoot("journal-damaged");
        m_window.journalCare()->open(m_scratch.path().toStdString());
        rest(300);
        shoot("journal-refused");
        m_window.journalCare()->open(m_scratch.filePath(QStringLiteral("journal.sqlite")).toStdString());
        rest(500);
        m_window.resizeDocks({ dock }, { 230 }, Qt::Vertical);
        rest(200);
    }

    /// A condition more, one field changed.
    void shootImpact()
    {
        const std::string trigger = m_document.mapping(0).trigger;
        m_document.setMappingTrigger(0, trigger + " and properties.total >= 20");
        m_document.setSetting(0, "/data/email", json::parse(R"({"@path":"$.context.traits.email"})").value(),
            QStringLiteral("Change email"));
        m_workbench.action("view.impact")->trigger();
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 450 }, Qt::Vertical);
        rest(800);
        shoot("impact");
        auto *from = m_window.findChild<impact::ImpactPanel *>()->findChildren<QComboBox *>().last();
        from->setCurrentIndex(1);
        for (QToolButton *button : m_window.findChildren<QToolButton *>())
            if (button->accessibleName() == u"Add condition")
                button->click();
        rest(800);
        shoot("impact-journal");
        from->setCurrentIndex(0);
        while (!m_document.undoStack()->isClean() && m_document.undoStack()->canUndo())
            m_document.undoStack()->undo();
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 230 }, Qt::Vertical);
        rest(200);
    }

    /// Golden tests: three as expected, then one that an edit breaks, one whose mapping was renamed.
    void shootTests()
    {
        const int steps = m_document.undoStack()->index();
        const auto settled = [this] {
            settle([this] { return !m_workbench.evaluationIsOld(); });
            rest(500);
        };
        for (const int mapping : { 0, 1, 2 }) {
            m_document.setCurrentMapping(mapping);
            settled();
            m_workbench.action("test.add")->trigger();
        }
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 360 }, Qt::Vertical);
        settled();
        shoot("tests-good");
        m_document.setCurrentMapping(0);
        m_document.setSetting(0, "/data/amount/total", json::parse(R"({"@path":"$.properties.revenue"})").value(),
            QStringLiteral("Change total"));
        m_document.setSetting(0, "/data/channel", json::Value::string("web"), QStringLiteral("Add channel"));
        m_document.setMappingName(2, QStringLiteral("Returns"));
        m_workbench.jumpTo("/tests/0");
        settled();
        shoot("tests");
        m_document.undoStack()->setIndex(steps);
        m_window.resizeDocks({ m_window.findChild<QDockWidget *>(QStringLiteral("log")) }, { 230 }, Qt::Vertical);
        settled();
    }

    /// A mapping with a fault of every sort, a URL that is filled in, and the list of what can be mended.
    void shootProblems()
    {
        const auto settled = [this] {
            settle([this] { return m_document.issuesAreCurrent() && !m_workbench.evaluationIsOld(); });
            rest(100);
        };
        const auto set = [this](const char *pointer, const char *json) {
            m_document.setSetting(0, pointer, *json::parse(json), QStringLiteral("Change"));
        };
        const int steps = m_document.undoStack()->index();
        m_document.setCurrentMapping(0);
        set("/url", R"({"@template":"http://127.0.0.1:8765/{{userId}}/orders"})");
        set("/headers",
            R"({"Authorization":"Bearer hb-demo-token-3f9c","Transfer-Encoding":"x","X-User":{"@path":"$.userId"}})");
        set("/enable_batching", "true");
        set("/batch_size", "5000");
        m_document.setMappingTrigger(1, "type = 'track'");
        m_window.bottom()->setCurrent(2);
        settled();
        shoot("problems");
        m_document.undoStack()->setIndex(steps);
        settled();
    }

    // Section 3 with the others folded: the tree, the value editor on a function, Liquid and text, JSON, suggestions.
    void shootData()
    {
        auto *section = m_window.findChild<data::DataSection *>();
        const auto bands = m_window.findChildren<widgets::SectionBand *>();
        for (widgets::SectionBand *band : bands)
            band->setFolded(band != section);
        rest(100);
        data::VisualMapping *visual = section->visual();
        visual->view()->goTo("/email");
        visual->view()->setFocus();
        shoot("data");
        for (const auto &[name, pointer] : { std::pair{ "data-coalesce", "/amount/currency" },
                 std::pair{ "data-text", "/summary" }, std::pair{ "data-liquid", "/coupon" },
                 std::pair{ "data-items", "/items" }, std::pair{ "data-variable", "/order_id" } }) {
            visual->view()->goTo(pointer);
            const int before = m_document.undoStack()->index();
            Q_EMIT visual->view()->valueRequested(visual->view()->currentIndex());
            rest(100);
            shoot(name);
            if (m_only.isEmpty() || m_only == QLatin1String("data-nested")) {
                data::ValueForm *form = visual->popover()->form();
                if (QLatin1String(name) == QLatin1String("data-variable")) {
                    for (const auto kind : { data::ValueKind::Replace, data::ValueKind::Coalesce }) {
                        form->kindBox()->setCurrentIndex(form->kindBox()->findData(static_cast<int>(kind)));
                        Q_EMIT form->kindBox()->activated(form->kindBox()->currentIndex());
                        rest(150);
                    }
                    shoot("data-nested");
                }
            }
            visual->popover()->close();
            m_document.undoStack()->setIndex(before);
        }
        section->setView(data::DataSection::Json);
        shoot("data-json");
        section->setView(data::DataSection::Visual);
        m_document.setSetting(0, "/data", json::Value::object({}), QStringLiteral("Empty"));
        rest(200);
        shoot("data-suggestions");
        m_document.setSetting(0, "/data", data::variableOf({}), QStringLiteral("Whole"));
        rest(200);
        shoot("data-whole");
        m_document.undoStack()->undo();
        m_document.undoStack()->undo();
        for (widgets::SectionBand *band : bands)
            band->setFolded(false);
        rest(100);
    }

    void shoot(const char *name) { shootWindow(name, &m_window); }

    void shootWindow(const char *name, QWidget *widget)
    {
        if (!widget || (!m_only.isEmpty() && m_only != QLatin1String(name)))
            return;
        widget->show();
        for (const auto scheme : { theme::Scheme::Light, theme::Scheme::Dark }) {
            m_theme.setScheme(scheme);
            rest(80);
            const QString file = QStringLiteral("%1/%2%3-%4x%5.png")
                                     .arg(m_folder, QLatin1String(name),
                                         scheme == theme::Scheme::Dark ? QStringLiteral("-dark") : QString())
                                     .arg(m_size.width())
                                     .arg(m_size.height());
            if (!widget->grab().save(file))
                std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
            std::printf("%s\n", qPrintable(file));
        }
        m_theme.setScheme(theme::Scheme::Light);
        rest(30);
        if (widget != &m_window)
            widget->hide();
    }

    QString m_folder;
    QSize m_size;
    QString m_only;
    QTemporaryDir m_scratch;
    storage::Settings m_settings;
    theme::Theme m_theme;
    document::ProjectDocument m_document;
    document::Secret m_secret;
    pipeline::Session m_session;
    document::Workbench m_workbench;
    shell::MainWindow m_window;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QTranslator words; // "1 difference", as users see it
    if (words.load(QStringLiteral(":/i18n/hookbench_en.qm")))
        QApplication::installTranslator(&words);
    QCommandLineParser parser;
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("This state only."), QStringLiteral("name"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window."), QStringLiteral("WxH"),
        QStringLiteral("1440x900"));
    parser.addOptions({ only, size });
    parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("Where the pictures go."));
    parser.addHelpOption();
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);
    const QString folder = parser.positionalArguments().first();
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "cannot make the folder %s\n", qPrintable(folder));
        return 2;
    }
    const QStringList sides = parser.value(size).split(u'x');
    const QSize wanted = sides.size() == 2 ? QSize(sides.at(0).toInt(), sides.at(1).toInt()) : QSize();
    if (wanted.width() < 320 || wanted.height() < 240) {
        std::fprintf(stderr, "--size wants WxH, for example 1440x900\n");
        return 2;
    }
    Studio(folder, wanted, parser.value(only)).shootAll();
    return 0;
}
