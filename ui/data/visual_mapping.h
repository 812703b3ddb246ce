#pragma once
// The mapping as a tree that can be edited: rows, the value editor, the fields of the events beside it. Turns what the
// user does into edits of the document, each with a name; shows what comes back.
#include "ui/data/loaded_events.h"
#include "ui/data/mapping_edit.h"
#include "ui/data/mapping_model.h"
#include "ui/document/project_document.h"

#include <QWidget>

#include <functional>

class QSplitter;
class QStackedWidget;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class EmptyState;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::data {

class FieldsPanel;
class MappingView;
class ValuePopover;
struct Suggestion;

class VisualMapping : public QWidget
{
    Q_OBJECT
public:
    VisualMapping(document::Workbench &workbench, LoadedEvents &events, QWidget *parent = nullptr);

    /// The data of that mapping, as it is in the document.
    void setMapping(int index, const json::Document &value);
    void setResolved(const ResolvedData &resolved);
    /// A new field or item beside or in the current row, its name to be typed.
    void addField();
    /// Fields that take these paths of the event, into or behind the current row.
    void addFields(const QStringList &paths);
    /// Shows the row of that place below data.
    void reveal(const std::string &pointer);
    /// Opens the value editor of that place as ValuePopover::unfinished told it.
    void openEditor(const std::string &pointer, const json::Document &state);
    void setFieldsShown(bool shown);
    bool fieldsShown() const { return m_fieldsShown; }

    MappingModel *model() const { return m_model; }
    MappingView *view() const { return m_view; }
    FieldsPanel *fields() const { return m_fields; }
    ValuePopover *popover() const { return m_popover; }

Q_SIGNALS:
    void fieldsShownChanged(bool shown);
    void rowChosen(const std::string &pointer);

private:
    bool apply(const Result<Edited> &edited, const QString &words);
    void openValue(const QModelIndex &index);
    void takeValue(const std::string &pointer, const json::Document &value);
    void tryPart(const std::string &pointer, const json::Document &part, const QObject *context,
        const std::function<void(const Outcome &)> &answer);
    void addAt(const std::string &container, std::size_t before, bool item);
    void addPaths(const QStringList &paths, const std::string &container, int before);
    void addSuggestions(const std::vector<Suggestion> &suggestions);
    void copy(const std::string &pointer);
    void paste();
    void showParts();
    void suggest();
    void showOutcome();
    void keepEditor();
    /// Where something new goes: into the current row when it takes fields, else behind it.
    struct Place
    {
        std::string container;
        std::size_t before = 0;
        bool takesItems = false;
    };
    std::optional<Place> placeForNew(bool intoCurrent) const;
    QString absenceOf(const Row &row) const;

    document::Workbench &m_workbench;
    LoadedEvents &m_events;
    MappingModel *m_model;
    MappingView *m_view;
    FieldsPanel *m_fields;
    widgets::StatusLabel *m_hint;
    QSplitter *m_split;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_empty;
    ValuePopover *m_popover = nullptr;
    int m_index = -1;
    json::Document m_data;
    bool m_fieldsShown = false;
    std::string m_fresh; ///< a field whose name is being typed for the first time
};

} // namespace hookbench::data
