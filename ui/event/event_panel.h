#pragma once
// The event at hand, which mappings it matches, and the request that the chosen mapping would send: exact bytes and
// signature.
#include "ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Badge;
class Banner;
class CodeEditor;
class ElidedLabel;
class EmptyState;
class Segmented;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::event_panel {
class EventTree;
}

namespace hookbench::event {

class EventPanel : public widgets::Panel
{
    Q_OBJECT
public:
    explicit EventPanel(document::Workbench &workbench, QWidget *parent = nullptr);
    QWidget *firstFocus() override;
    QWidget *headerWidget() override;
    enum View { Text, Tree };
    void setView(View view);
    widgets::CodeEditor *editor() const { return m_editor; }
    event_panel::EventTree *tree() const { return m_tree; }
    widgets::CodeEditor *preview() const { return m_body; }
    /// Takes the events of a file; answers later.
    void load(const QString &path);
    /// Marks these parts of the event ("$.properties.products[*].sku") in its text, until others are.
    void markParts(const QStringList &paths);

Q_SIGNALS:
    /// The text cursor stands in that part of the event: "properties.total".
    void partChosen(const QString &path);
    /// Fields of the event are to be added to the mapping.
    void fieldsWanted(const QStringList &paths);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showMarkedParts();
    void tellPart();
    QWidget *makeChooser();
    QWidget *makePreview();
    void bindActions();
    void fillChooser();
    void choose(int row);
    void generate(const char *type);
    void showEvent();
    void showEvaluation();
    void askForFile();
    void save();

    document::Workbench &m_workbench;
    QComboBox *m_chooser;
    QToolButton *m_previous;
    QToolButton *m_next;
    QMenu *m_generate;
    widgets::Segmented *m_views;
    QStackedWidget *m_eventPages;
    widgets::CodeEditor *m_editor;
    event_panel::EventTree *m_tree;
    widgets::StatusLabel *m_problem;
    widgets::Banner *m_matches;
    QToolButton *m_mapping;
    widgets::Badge *m_method;
    widgets::ElidedLabel *m_target;
    QLabel *m_size;
    widgets::StatusLabel *m_signature;
    QStackedWidget *m_pages;
    widgets::CodeEditor *m_body;
    widgets::EmptyState *m_none;
    QStringList m_marked;
    bool m_filling = false;
    int m_shown = 0; ///< CurrentEvent::shown of what the editor has
};

} // namespace hookbench::event
