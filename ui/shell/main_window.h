#pragma once
// Puts the rooms of the screen together: toolbar, docks, editor, status bar, and the commands that are nobody else's.
#include "ui/document/recovery.h"

#include <QMainWindow>

class QDockWidget;
class QMenu;
class QStackedWidget;

namespace hookbench::data {
class DataSection;
}
namespace hookbench::document {
class Workbench;
}
namespace hookbench::exchange {
class DestinationImport;
}
namespace hookbench::deliveries {
class DeliveriesPanel;
}
namespace hookbench::golden {
class GoldenPanel;
}
namespace hookbench::mappings {
class MappingsPanel;
}
namespace hookbench::widgets {
class Banner;
class Panel;
class PanelHeader;
} // namespace hookbench::widgets

namespace hookbench::shell {

class ActionCatalogue;
class BottomDock;
class CommandPalette;
class EditorPage;
class FirstRunPage;
class JournalCare;
class ProblemsPanel;
class ProjectFiles;
class Regions;
class Toolbar;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(document::Workbench &workbench);
    ~MainWindow() override;

    ProjectFiles *files() const { return m_files; }
    BottomDock *bottom() const { return m_bottom; }
    JournalCare *journalCare() const { return m_journalCare; }
    /// Docks and sizes as the last time, or as they are meant to be.
    void restoreLayout();
    /// Says that work was left behind and offers it.
    void offerLeftWork(const std::vector<document::LeftWork> &left);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    /// Asks first; what is on its way may end.
    void stopAndClose();
    void makeCentre();
    void makeDocks();
    void makeMenus();
    void bindActions();
    void bindExchange();
    void bindMappingActions();
    void bindViewActions();
    void bindSending();
    QDockWidget *addDock(const char *name, const QString &title, Qt::DockWidgetArea area, QWidget *content,
        widgets::PanelHeader *header);
    void resetLayout();
    void saveLayout();
    void setBottomMaximised(bool maximised);
    void showTitle();
    void showPage();
    void goTo(const std::string &pointer);
    void updateActions();
    void tellWhyNotSent();
    void updateSendActions();
    void openSecret();
    void openSettings(int page);
    void renameDestination();
    void showKeys();
    void showAbout();

    document::Workbench &m_workbench;
    ActionCatalogue *m_actions;
    ProjectFiles *m_files;
    exchange::DestinationImport *m_import;
    Regions *m_regions;
    QMenu *m_mainMenu;
    Toolbar *m_toolbar = nullptr;
    CommandPalette *m_palette = nullptr;
    QStackedWidget *m_centre = nullptr;
    widgets::Banner *m_conflict = nullptr;
    widgets::Banner *m_left = nullptr;
    widgets::Banner *m_journalBanner = nullptr;
    JournalCare *m_journalCare = nullptr;
    FirstRunPage *m_firstRun = nullptr;
    EditorPage *m_editor = nullptr;
    mappings::MappingsPanel *m_mappings = nullptr;
    data::DataSection *m_data = nullptr;
    widgets::Panel *m_event = nullptr;
    QDockWidget *m_leftDock = nullptr;
    QDockWidget *m_rightDock = nullptr;
    QDockWidget *m_bottomDock = nullptr;
    BottomDock *m_bottom = nullptr;
    ProblemsPanel *m_problems = nullptr;
    golden::GoldenPanel *m_golden = nullptr;
    deliveries::DeliveriesPanel *m_deliveries = nullptr;
    QByteArray m_stateBeforeMaximise;
    bool m_shown = false;
    bool m_closesWhenStopped = false;
};

} // namespace hookbench::shell
