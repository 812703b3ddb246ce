#include "ui/shell/main_window.h"

#include "core/storage/settings.h"
#include "ui/data/data_section.h"
#include "ui/deliveries/deliveries_panel.h"
#include "ui/document/workbench.h"
#include "ui/event/event_panel.h"
#include "ui/exchange/destination_import.h"
#include "ui/golden/golden_panel.h"
#include "ui/impact/impact_panel.h"
#include "ui/inspector/inspector.h"
#include "ui/mappings/mappings_panel.h"
#include "ui/received/received_panel.h"
#include "ui/request/request_section.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/bottom_dock.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/editor_page.h"
#include "ui/shell/first_run_page.h"
#include "ui/shell/journal_care.h"
#include "ui/shell/palette_field.h"
#include "ui/shell/problems_panel.h"
#include "ui/shell/project_files.h"
#include "ui/shell/regions.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/toolbar.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/trigger/trigger_section.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/section_band.h"

#include <QAbstractButton>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QUndoStack>
#include <QVBoxLayout>

namespace hookbench::shell {

namespace {

namespace keys = storage::settings;

constexpr int kStateVersion = 1; // raised when docks change, so that an old layout is not forced on new ones
constexpr int kLeftWidth = 288;
constexpr int kRightWidth = 392;
constexpr int kBottomHeight = 232;

} // namespace

MainWindow::MainWindow(document::Workbench &workbench)
    : m_workbench(workbench)
    , m_actions(new ActionCatalogue(workbench, this))
    , m_files(new ProjectFiles(workbench, this))
    , m_import(new exchange::DestinationImport(workbench, this, [this] { return m_files->mayLeave(); }))
    , m_regions(new Regions(this))
    , m_mainMenu(new QMenu(this))
{
    setWindowIcon(theme::icon("webhook", theme::Tint::Accent));
    setAcceptDrops(true);
    setMinimumSize(880, 560);
    setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks);
    setDocumentMode(true);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    setContextMenuPolicy(Qt::NoContextMenu);

    makeCentre();
    makeDocks();
    m_toolbar = new Toolbar(workbench, *m_actions, m_mainMenu);
    setMenuWidget(m_toolbar);
    setStatusBar(new StatusBar(workbench));
    m_palette = new CommandPalette(*m_actions, workbench, this);
    bindActions();
    m_journalCare = new JournalCare(workbench, m_journalBanner, this);
    makeMenus();
    connect(m_actions, &ActionCatalogue::keysChanged, this, [this] {
        m_toolbar->paletteField()->setKeys(m_actions->at("app.palette")->shortcut().toString(QKeySequence::NativeText));
        updateActions(); // tool tips name the keys
        updateSendActions();
    });
    m_actions->takeKeys(workbench.settings().get(keys::keyBindings));

    m_regions->add({ m_toolbar, [this] { return m_toolbar; }, {} });
    m_regions->add({ m_leftDock, [this] { return m_mappings->firstFocus(); }, [this] { m_leftDock->show(); } });
    m_regions->add({ m_centre,
        [this] { return m_centre->currentWidget() == m_editor ? m_editor->firstFocus() : m_firstRun->firstFocus(); },
        {} });
    m_regions->add({ m_rightDock, [this] { return m_event->firstFocus(); }, [this] { m_rightDock->show(); } });
    m_regions->add({ m_bottomDock, [this] { return m_bottom->panel(m_bottom->current())->firstFocus(); },
        [this] { m_bottomDock->show(); } });

    document::ProjectDocument &document = workbench.document();
    connect(&document, &document::ProjectDocument::changed, this, [this] {
        showTitle();
        showPage();
        updateActions();
    });
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &MainWindow::updateActions);
    connect(&document, &document::ProjectDocument::modifiedChanged, this, &MainWindow::showTitle);
    connect(&document, &document::ProjectDocument::pathChanged, this, [this] {
        m_conflict->hide();
        showTitle();
        updateActions();
    });
    connect(document.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
    showTitle();
    showPage();
    updateActions();
    updateSendActions();
    m_centre->currentWidget() == m_firstRun ? m_firstRun->firstFocus()->setFocus() : m_editor->firstFocus()->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre()
{
    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_conflict = new widgets::Banner(widgets::Tone::Warning);
    connect(m_conflict->addAction(tr("Read the file again")), &QAbstractButton::clicked, this, [this] {
        m_conflict->hide();
        m_files->reload();
    });
    connect(m_conflict->addAction(tr("Keep mine")), &QAbstractButton::clicked, this, [this] {
        m_conflict->hide();
        m_workbench.document().keepMine();
    });
    connect(m_files, &ProjectFiles::conflictFound, this, [this] {
        m_conflict->setText(tr("Another program changed this file"),
            m_workbench.document().isModified() ? tr("There are unsaved changes here too.")
                                                : tr("Shown is what was in it before."));
        m_conflict->show();
    });
    connect(m_files, &ProjectFiles::conflictSolved, m_conflict, &QWidget::hide);
    m_conflict->hide();
    layout->addWidget(m_conflict);
    m_left = new widgets::Banner(widgets::Tone::Accent);
    m_left->hide();
    layout->addWidget(m_left);
    m_journalBanner = new widgets::Banner;
    layout->addWidget(m_journalBanner);
    m_centre = new QStackedWidget;
    layout->addWidget(m_centre, 1);
    m_firstRun = new FirstRunPage(*m_actions);
    m_firstRun->setReceiverPort(m_workbench.settings().get(keys::receiverPort));
    m_editor = new EditorPage(m_workbench, *m_actions);
    m_centre->addWidget(m_firstRun);
    m_centre->addWidget(m_editor);
    m_editor->addSection(new trigger::TriggerSection(m_workbench, m_editor), false);
    m_editor->addSection(new request::RequestSection(m_workbench, m_editor), false);
    m_data = new data::DataSection(m_workbench, m_editor);
    m_editor->addSection(m_data, true);
    setCentralWidget(central);
}

QDockWidget *MainWindow::addDock(
    const char *name, const QString &title, Qt::DockWidgetArea area, QWidget *content, widgets::PanelHeader *header)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(content);
    if (header) {
        dock->setFeatures(
            QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable);
        header->attachTo(dock);
    } else {
        dock->setFeatures(QDockWidget::NoDockWidgetFeatures);
        dock->setTitleBarWidget(new QWidget(dock));
    }
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::makeDocks()
{
    const auto panelDock = [this](const char *name, const QString &title, Qt::DockWidgetArea area,
                               widgets::Panel *panel, int leastWidth) {
        auto *header = new widgets::PanelHeader(title);
        header->setCount(panel->count());
        header->setCountToolTip(panel->countToolTip());
        connect(panel, &widgets::Panel::countChanged, header, &widgets::PanelHeader::setCount);
        if (QWidget *own = panel->headerWidget())
            header->addWidget(own);
        panel->setMinimumWidth(leastWidth);
        return addDock(name, title, area, panel, header);
    };
    m_mappings = new mappings::MappingsPanel(m_workbench, this);
    m_leftDock = panelDock("mappings", tr("Mappings"), Qt::LeftDockWidgetArea, m_mappings, 240);
    auto *event = new event::EventPanel(m_workbench, this);
    connect(m_data, &data::DataSection::sourcesChosen, event, &event::EventPanel::markParts);
    connect(event, &event::EventPanel::partChosen, m_data, &data::DataSection::markReadersOf);
    connect(event, &event::EventPanel::fieldsWanted, m_data, [this](const QStringList &paths) {
        if (m_workbench.document().currentMapping() < 0)
            return m_workbench.say(tr("There is no mapping to add them to. Make one first."));
        m_data->addFields(paths);
    });
    m_event = event;
    m_rightDock = panelDock("event", tr("Event"), Qt::RightDockWidgetArea, m_event, 320);
    m_bottom = new BottomDock(m_actions->at("view.maximise"));
    auto *inspector = new inspector::Inspector(m_workbench);
    auto *deliveries = new deliveries::DeliveriesPanel(m_workbench, inspector, m_bottom);
    connect(deliveries, &deliveries::DeliveriesPanel::chosen, inspector, &inspector::Inspector::show);
    connect(deliveries, &deliveries::DeliveriesPanel::compareRequested, inspector, &inspector::Inspector::compare);
    m_deliveries = deliveries;
    m_bottom->addPanel(deliveries, tr("Deliveries"), "send");
    m_bottom->addPanel(new received::ReceivedPanel(m_workbench, m_bottom), tr("Received"), "inbox");
    m_problems = new ProblemsPanel(m_workbench, m_bottom);
    const int problems = m_bottom->addPanel(m_problems, tr("Problems"), m_problems->iconName());
    connect(m_problems, &ProblemsPanel::iconChanged, this,
        [this, problems] { m_bottom->setIcon(problems, m_problems->iconName()); });
    m_bottom->addPanel(new impact::ImpactPanel(m_workbench, m_bottom), tr("Impact"), "diff");
    m_golden = new golden::GoldenPanel(m_workbench, m_bottom);
    m_bottom->addPanel(m_golden, tr("Tests"), "flask");
    connect(m_golden, &golden::GoldenPanel::wantsToBeSeen, m_workbench.action("view.tests"), &QAction::trigger);
    m_bottomDock = addDock("log", tr("Deliveries, received and problems"), Qt::BottomDockWidgetArea, m_bottom, nullptr);
}

void MainWindow::makeMenus()
{
    QMenu *menu = nullptr;
    Menu last = Menu::None;
    for (const ActionEntry &entry : actionEntries()) {
        if (entry.menu == Menu::None)
            continue;
        if (entry.menu != last) {
            menu = m_mainMenu->addMenu(menuTitle(entry.menu));
            menu->setToolTipsVisible(true);
            last = entry.menu;
        }
        QAction *action = m_actions->at(entry.id);
        if (!action->isVisible())
            continue;
        if (*entry.submenu) {
            const QString title = submenuTitle(entry);
            auto *inner = menu->findChild<QMenu *>(title);
            if (!inner) {
                inner = menu->addMenu(title);
                inner->setObjectName(title);
            }
            inner->addAction(action);
            continue;
        }
        if (entry.startsGroup && !menu->isEmpty())
            menu->addSeparator();
        menu->addAction(action);
        if (action->objectName() == QLatin1String("file.open")) {
            QMenu *recent = menu->addMenu(theme::icon("history"), tr("Open &recent"));
            connect(m_mainMenu, &QMenu::aboutToShow, recent, [this, recent] { m_files->fillRecentMenu(recent); });
        }
    }
}

void MainWindow::restoreLayout()
{
    const storage::Settings &settings = m_workbench.settings();
    if (!restoreGeometry(settings.get(keys::windowGeometry)))
        resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    if (!restoreState(settings.get(keys::windowState), kStateVersion))
        resetLayout();
}

void MainWindow::offerLeftWork(const std::vector<document::LeftWork> &left)
{
    if (left.empty())
        return;
    const document::LeftWork work = left.front();
    const QString name
        = work.path.isEmpty() ? QString::fromStdString(work.project.name) : QFileInfo(work.path).fileName();
    m_left->setText(tr("Unsaved work on “%1” was kept").arg(name),
        tr("The program ended without saving it, %1.").arg(locale().toString(work.time, QLocale::ShortFormat)));
    connect(m_left->addAction(tr("Restore it")), &QAbstractButton::clicked, this, [this, work] {
        if (!m_files->mayLeave())
            return;
        m_workbench.document().restore(work.project, work.path, work.eventText, work.unfinished);
        document::Recovery::discard(work);
        m_left->hide();
    });
    connect(m_left->addAction(tr("Discard it")), &QAbstractButton::clicked, this, [this, work] {
        document::Recovery::discard(work);
        m_left->hide();
    });
    m_left->show();
}

void MainWindow::resetLayout()
{
    m_workbench.action("view.maximise")->setChecked(false);
    QList<QDockWidget *> sides;
    QList<int> widths;
    for (const auto &[dock, area, width] : { std::tuple{ m_leftDock, Qt::LeftDockWidgetArea, kLeftWidth },
             std::tuple{ m_rightDock, Qt::RightDockWidgetArea, kRightWidth } }) {
        dock->setFloating(false);
        addDockWidget(area, dock);
        dock->show();
        sides << dock;
        widths << width;
    }
    m_bottomDock->show();
    resizeDocks(sides, widths, Qt::Horizontal);
    resizeDocks({ m_bottomDock }, { kBottomHeight }, Qt::Vertical);
}

void MainWindow::saveLayout()
{
    if (m_workbench.action("view.maximise")->isChecked())
        m_workbench.action("view.maximise")->setChecked(false);
    storage::Settings &settings = m_workbench.settings();
    settings.set(keys::windowGeometry, saveGeometry());
    settings.set(keys::windowState, saveState(kStateVersion));
    if (const auto saved = settings.save(); !saved)
        qWarning("%s", saved.error().message.c_str());
}

void MainWindow::setBottomMaximised(bool maximised)
{
    if (maximised) {
        m_stateBeforeMaximise = saveState(kStateVersion);
        for (QDockWidget *dock : { m_leftDock, m_rightDock })
            if (!dock->isFloating())
                dock->hide();
        centralWidget()->hide();
        m_bottomDock->show();
    } else {
        centralWidget()->show();
        restoreState(m_stateBeforeMaximise, kStateVersion);
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (m_shown)
        return;
    m_shown = true;
    // Sizes of docks only hold once the window has its own.
    if (m_workbench.settings().get(keys::windowState).isEmpty())
        QMetaObject::invokeMethod(this, &MainWindow::resetLayout, Qt::QueuedConnection);
}

void MainWindow::showTitle()
{
    const document::ProjectDocument &document = m_workbench.document();
    setWindowTitle(tr("%1[*] – Hookbench").arg(document.displayName()));
    setWindowFilePath(document.filePath());
    setWindowModified(document.isModified());
}

void MainWindow::showPage()
{
    m_centre->setCurrentWidget(
        m_workbench.document().mappingCount() > 0 ? static_cast<QWidget *>(m_editor) : m_firstRun);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->ignore();
    if (m_workbench.session().isRunning())
        return stopAndClose();
    if (!m_files->mayLeave())
        return;
    saveLayout();
    event->accept();
}

void MainWindow::stopAndClose()
{
    pipeline::Session &session = m_workbench.session();
    if (m_closesWhenStopped)
        return;
    QMessageBox box(
        QMessageBox::Question, tr("Still sending"), tr("A run is still going on."), QMessageBox::Cancel, this);
    box.setInformativeText(tr("What is on its way may end; the rest is parked, and can go on when Hookbench is started "
                              "again."));
    QPushButton *stop = box.addButton(tr("Stop and Quit"), QMessageBox::AcceptRole);
    box.button(QMessageBox::Cancel)->setText(tr("Go On Sending"));
    box.setDefaultButton(stop);
    box.exec();
    if (box.clickedButton() != stop)
        return;
    if (!session.isRunning()) {
        close();
        return;
    }
    m_closesWhenStopped = true;
    m_workbench.say(tr("Stopping: what is on its way may end, the rest is parked."));
    connect(
        &session, &pipeline::Session::runFinished, this,
        [this] {
            if (std::exchange(m_closesWhenStopped, false))
                close();
        },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    session.stop();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!ProjectFiles::acceptedFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList paths = ProjectFiles::acceptedFiles(event->mimeData());
    event->acceptProposedAction();
    // After the drag has ended: opening may ask a question.
    QMetaObject::invokeMethod(
        m_files, [this, paths] { m_files->openAll(paths); }, Qt::QueuedConnection);
}

} // namespace hookbench::shell
