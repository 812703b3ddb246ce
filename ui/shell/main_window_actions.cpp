// What the window's own commands do, and when they can be done.
#include "core/json/pointer.h"
#include "ui/deliveries/deliveries_panel.h"
#include "ui/document/workbench.h"
#include "ui/exchange/destination_import.h"
#include "ui/exchange/export_dialog.h"
#include "ui/golden/golden_panel.h"
#include "ui/mappings/mappings_panel.h"
#include "ui/settings/secret_dialog.h"
#include "ui/settings/settings_dialog.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/bottom_dock.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/editor_page.h"
#include "ui/shell/first_run_page.h"
#include "ui/shell/keys_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/palette_field.h"
#include "ui/shell/problems_panel.h"
#include "ui/shell/project_files.h"
#include "ui/shell/regions.h"
#include "ui/shell/report_file.h"
#include "ui/shell/toolbar.h"
#include "ui/widgets/panel.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QDockWidget>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMessageBox>
#include <QStackedWidget>
#include <QUndoStack>

namespace hookbench::shell {

using document::SendWhich;

void MainWindow::bindActions()
{
    document::Workbench &w = m_workbench;
    w.bind("file.new", m_files, [this] { m_files->startNew(); });
    w.bind("file.open", m_files, [this] { m_files->askOpen(); });
    w.bind("file.sample", m_files, [this] { m_files->trySample(); });
    w.bind("file.save", m_files, [this] { m_files->save(); });
    w.bind("file.saveAs", m_files, [this] { m_files->saveAs(); });
    w.bind("file.reload", m_files, [this] { m_files->reload(); });
    auto *report = new ReportFile(w, this);
    w.bind("file.report", report, [report] { report->ask(); });
    w.bind("app.settings", this, [this] { openSettings(0); });
    w.bind("app.quit", this, [this] { close(); });

    QUndoStack *undo = w.document().undoStack();
    w.bind("edit.undo", undo, [this, undo] {
        m_workbench.document().endTyping();
        undo->undo();
    });
    w.bind("edit.redo", undo, [undo] { undo->redo(); });
    w.bind("destination.rename", this, [this] { renameDestination(); });
    w.bind("destination.toggle", this, [this](bool on) { m_workbench.document().setDestinationEnabled(on); });
    w.bind("secret.edit", this, [this] { openSecret(); });
    w.bind("help.keys", this, [this] { showKeys(); });
    w.bind("help.about", this, [this] { showAbout(); });
    w.bind(
        "app.palette", this, [this] { m_palette->popUp(m_toolbar->paletteField(), CommandPalette::What::Everything); });
    bindExchange();
    bindMappingActions();
    bindViewActions();
    bindSending();
}

void MainWindow::bindExchange()
{
    document::Workbench &w = m_workbench;
    w.bind("file.import", m_import, [this] { m_import->askFiles(); });
    w.bind("file.importFolder", m_import, [this] { m_import->askFolder(); });
    connect(m_files, &ProjectFiles::importRequested, m_import, &exchange::DestinationImport::read);
    connect(m_import, &exchange::DestinationImport::notesChanged, this,
        [this] { m_problems->setNotes(m_import->notes()); });
    connect(m_import, &exchange::DestinationImport::imported, this, [this](int notes) {
        if (notes > 0)
            m_workbench.action("view.problems")->trigger();
    });
    using destination::Format;
    for (const auto &[id, format] : { std::pair{ "file.exportSegment", Format::Segment },
             { "file.exportTerraform", Format::Terraform }, { "file.exportCurl", Format::Curl } })
        w.bind(id, this, [this, format = format] { exchange::ExportDialog(m_workbench, format, this).exec(); });
}

void MainWindow::bindMappingActions()
{
    document::Workbench &w = m_workbench;
    document::ProjectDocument &d = w.document();
    // The limit is told when it is met; a grey button would not say why.
    const auto mayAdd = [this, &d] {
        const QString why = d.whyNotAddMapping();
        if (!why.isEmpty())
            m_workbench.say(why);
        return why.isEmpty();
    };
    w.bind("mapping.new", &d, [this, &d, mayAdd] {
        if (!mayAdd())
            return;
        d.addMapping(d.freshMappingName());
        m_editor->rename();
    });
    w.bind("mapping.duplicate", &d, [&d, mayAdd] {
        if (mayAdd())
            d.duplicateMapping(d.currentMapping());
    });
    w.bind("mapping.rename", m_editor, [this] {
        if (!m_mappings->renameInPlace())
            m_editor->rename();
    });
    w.bind("mapping.toggle", &d, [&d](bool on) { d.setMappingEnabled(d.currentMapping(), on); });
    w.bind("mapping.delete", &d, [this, &d] {
        const QString name = QString::fromStdString(d.mapping(d.currentMapping()).name);
        d.removeMapping(d.currentMapping());
        m_workbench.say(tr("Deleted “%1”. Undo brings it back.").arg(name));
    });
    w.bind("mapping.up", &d, [&d] { d.moveMapping(d.currentMapping(), d.currentMapping() - 1); });
    w.bind("mapping.down", &d, [&d] { d.moveMapping(d.currentMapping(), d.currentMapping() + 1); });
    w.bind(
        "mapping.goto", this, [this] { m_palette->popUp(m_toolbar->paletteField(), CommandPalette::What::Mappings); });
}

void MainWindow::bindViewActions()
{
    document::Workbench &w = m_workbench;
    w.bind("view.mappings", m_regions, [this] { m_regions->enter(m_leftDock); });
    w.bind("view.editor", m_regions, [this] { m_regions->enter(m_centre); });
    w.bind("view.event", m_regions, [this] { m_regions->enter(m_rightDock); });
    static constexpr const char *kTabActions[]
        = { "view.log", "view.received", "view.problems", "view.impact", "view.tests" };
    for (int i = 0; i < m_bottom->count(); ++i)
        w.bind(kTabActions[i], m_regions, [this, i] {
            m_bottom->setCurrent(i);
            m_regions->enter(m_bottomDock);
        });
    w.bind("view.nextRegion", m_regions, [this] { m_regions->next(true); });
    w.bind("view.previousRegion", m_regions, [this] { m_regions->next(false); });
    w.bind("view.resetLayout", this, [this] { resetLayout(); });
    QAction *maximise = w.action("view.maximise");
    maximise->setVisible(true);
    connect(maximise, &QAction::toggled, this, &MainWindow::setBottomMaximised);
    connect(&w, &document::Workbench::jumpStarting, this, [this] {
        m_workbench.action("view.maximise")->setChecked(false); // the place is in the centre
    });
    connect(&w, &document::Workbench::jumpRequested, this, &MainWindow::goTo);
}

void MainWindow::bindSending()
{
    document::Workbench &w = m_workbench;
    w.bind("send.current", &w, [&w] { w.send(SendWhich::CurrentEvent); });
    w.bind("send.all", &w, [&w] { w.send(SendWhich::AllEvents); });
    w.bind("send.mapping", &w, [&w] { w.send(SendWhich::ThisMappingOnly); });
    tellWhyNotSent();
    w.bind("send.stop", &w, [&w] { w.stop(); });
    w.bind("send.continue", &w, [&w] { w.session().continueParked(w.runOptions()); });
    w.bind("send.discard", &w, [this] { m_deliveries->askToDiscardParked(); });
    connect(&w.session(), &pipeline::Session::parkedChanged, this, &MainWindow::updateSendActions);
    w.bind("send.settings", this, [this] { openSettings(static_cast<int>(ui::SettingsDialog::Page::Delivery)); });
    w.bind("receiver.toggle", &w, [&w] { w.session().isReceiverRunning() ? w.stopReceiver() : w.startReceiver(); });
    w.bind("receiver.copyUrl", &w, [&w] {
        QGuiApplication::clipboard()->setText(w.session().receiverUrl());
        w.say(tr("Copied %1").arg(w.session().receiverUrl()));
    });
    connect(&w, &document::Workbench::sendabilityChanged, this, &MainWindow::updateSendActions);
    connect(&w, &document::Workbench::receiverChanged, this, &MainWindow::updateSendActions);
    pipeline::Session &session = w.session();
    connect(&session, &pipeline::Session::runRefused, this, [this](const Error &error) {
        QMessageBox box(QMessageBox::Critical, tr("Nothing was sent"), tr("Nothing was sent."), QMessageBox::Ok, this);
        box.setTextFormat(Qt::PlainText);
        box.setInformativeText(QString::fromStdString(error.message));
        box.exec();
    });
    connect(&session, &pipeline::Session::journalFailed, this, [this](const Error &error) {
        m_workbench.say(tr("The journal failed: %1").arg(QString::fromStdString(error.message)));
    });
    connect(&session, &pipeline::Session::runFinished, this, [this](const pipeline::RunSummary &summary) {
        if (summary.parked > 0)
            m_workbench.say(tr("Stopped: %1 delivered, %2 failed, %3 parked.")
                                .arg(summary.delivered)
                                .arg(summary.failed)
                                .arg(summary.parked));
        else if (summary.matched == 0 && summary.failed == 0)
            m_workbench.say(tr("Discarded: no matching mapping."));
        else if (summary.failed > 0)
            m_workbench.say(tr("%1 delivered, %2 failed.").arg(summary.delivered).arg(summary.failed));
        else
            m_workbench.say(tr("%1 delivered.").arg(summary.delivered));
    });
}

// The keys of a grey action are dead: others of the same keys take their place and say why it is grey.
void MainWindow::tellWhyNotSent()
{
    for (const auto &[id, which] : { std::pair{ "send.current", SendWhich::CurrentEvent },
             { "send.all", SendWhich::AllEvents }, { "send.mapping", SendWhich::ThisMappingOnly } }) {
        QAction *sends = m_workbench.action(id);
        auto *tells = new QAction(this);
        const auto follow = [sends, tells] {
            tells->setShortcuts(sends->shortcuts());
            tells->setEnabled(!sends->isEnabled());
        };
        connect(sends, &QAction::changed, tells, follow);
        connect(tells, &QAction::triggered, this, [this, which = which] {
            if (const QString why = m_workbench.whyNotSend(which); !why.isEmpty())
                m_workbench.say(tr("Nothing was sent. %1").arg(why));
        });
        follow();
        addAction(tells);
    }
}

// Places that no section shows.
void MainWindow::goTo(const std::string &pointer)
{
    const std::vector<std::string> keys = json::pointerKeys(pointer);
    if (pointer == "/name")
        return renameDestination();
    if (keys.empty())
        return;
    if (keys[0] == "settings")
        return openSecret(); // the one setting a destination has
    if (keys[0] == "events")
        return m_regions->enter(m_rightDock);
    if (keys[0] == "tests") {
        m_workbench.action("view.tests")->trigger();
        if (keys.size() > 1)
            m_golden->goTo(std::strtoul(keys[1].c_str(), nullptr, 10));
        return;
    }
    if (keys.size() < 3 || keys[0] != "mappings")
        return m_regions->enter(m_leftDock);
    if (keys[2] == "name")
        return m_editor->rename();
    if (keys[2] == "settings" && keys.size() == 3)
        m_workbench.jumpTo(pointer + "/data"); // that there is no Data is told of the settings as a whole
}

void MainWindow::updateActions()
{
    const document::ProjectDocument &d = m_workbench.document();
    const int current = d.currentMapping();
    const int count = d.mappingCount();
    const auto enable = [this](const char *id, bool on) { m_workbench.action(id)->setEnabled(on); };
    enable("file.save", d.isModified() || d.filePath().isEmpty());
    enable("file.reload", !d.filePath().isEmpty());
    QUndoStack *undo = d.undoStack();
    enable("edit.undo", undo->canUndo());
    enable("edit.redo", undo->canRedo());
    const auto named = [this](const char *id, const QString &words, const QString &what) {
        QAction *action = m_workbench.action(id);
        action->setText(what.isEmpty() ? words : QString(words + u": " + what));
        action->setToolTip(ActionCatalogue::toolTip(action));
    };
    named("edit.undo", tr("&Undo"), undo->undoText());
    named("edit.redo", tr("&Redo"), undo->redoText());
    QAction *enabled = m_workbench.action("destination.toggle");
    enabled->setChecked(d.project().enabled);
    for (const char *id : { "mapping.new", "mapping.duplicate", "mapping.paste" }) {
        QAction *action = m_workbench.action(id);
        const QString why = d.whyNotAddMapping();
        action->setToolTip(why.isEmpty() ? ActionCatalogue::toolTip(action) : why);
    }
    for (const char *id : { "mapping.duplicate", "mapping.rename", "mapping.toggle", "mapping.copy",
             "mapping.copySegment", "mapping.copyTerraform", "mapping.copyCurl", "mapping.delete", "mapping.goto",
             "file.exportSegment", "file.exportTerraform", "file.exportCurl" })
        enable(id, current >= 0);
    m_workbench.action("mapping.toggle")->setChecked(current >= 0 && d.mapping(current).enabled);
    enable("mapping.up", current > 0);
    enable("mapping.down", current >= 0 && current + 1 < count);
    enable("view.editor", count > 0);
}

void MainWindow::updateSendActions()
{
    const auto offer = [this](const char *id, SendWhich which) {
        QAction *action = m_workbench.action(id);
        const QString why = m_workbench.whyNotSend(which);
        const QString leftOut = which == SendWhich::ThisMappingOnly ? QString() : m_workbench.whoIsLeftOut();
        const QString does = ActionCatalogue::toolTip(action);
        action->setEnabled(why.isEmpty());
        action->setToolTip(!why.isEmpty() ? why : leftOut.isEmpty() ? does : QString(does + u'\n' + leftOut));
    };
    const qsizetype events = m_workbench.document().events().size();
    m_workbench.action("send.all")
        ->setText(events > 0 ? tr("Send &all events (%1)").arg(locale().toString(events)) : tr("Send &all events"));
    offer("send.current", SendWhich::CurrentEvent);
    offer("send.all", SendWhich::AllEvents);
    offer("send.mapping", SendWhich::ThisMappingOnly);
    const pipeline::Session &session = m_workbench.session();
    m_workbench.action("send.stop")->setEnabled(session.isRunning());
    for (const char *id : { "send.continue", "send.discard" })
        m_workbench.action(id)->setEnabled(session.parked() > 0 && !session.isRunning());
    const bool receiving = session.isReceiverRunning();
    QAction *toggle = m_workbench.action("receiver.toggle");
    toggle->setText(receiving ? tr("Stop the &receiver") : tr("Start the &receiver"));
    toggle->setToolTip(ActionCatalogue::toolTip(toggle));
    m_workbench.action("receiver.copyUrl")->setEnabled(receiving);
}

void MainWindow::openSecret()
{
    ui::SecretDialog dialog(m_workbench, this);
    dialog.exec();
}

void MainWindow::openSettings(int page)
{
    ui::SettingsDialog dialog(m_workbench, this);
    dialog.showPage(static_cast<ui::SettingsDialog::Page>(page));
    const auto port = m_workbench.settings().get(storage::settings::receiverPort);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const auto now = m_workbench.settings().get(storage::settings::receiverPort);
    m_firstRun->setReceiverPort(now);
    if (now != port && m_workbench.session().isReceiverRunning()) {
        m_workbench.stopReceiver();
        m_workbench.startReceiver();
    }
}

void MainWindow::renameDestination()
{
    bool ok = false;
    const QString name = QInputDialog::getText(this, tr("Rename the destination"), tr("Name of the destination"),
        QLineEdit::Normal, QString::fromStdString(m_workbench.document().project().name), &ok);
    if (ok && !name.trimmed().isEmpty())
        m_workbench.document().setDestinationName(name.trimmed());
}

void MainWindow::showKeys()
{
    KeysDialog dialog(*m_actions, m_workbench.settings(), this);
    dialog.exec();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Hookbench"),
        tr("<b>Hookbench %1</b><p>A workbench for Segment's Webhooks (Actions) destination: design mappings, sign and "
           "send "
           "events, see the exact bytes.</p><p>MIT license. Icons by Lucide (ISC).</p>")
            .arg(QCoreApplication::applicationVersion()));
}

} // namespace hookbench::shell
