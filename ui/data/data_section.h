#pragma once
// Section 3: the body. The mapping of `data`, the whole event or a built object, as a tree of fields or as JSON: two
// views of the same thing.
#include "core/mapping/provenance.h"
#include "ui/data/loaded_events.h"
#include "ui/data/mapping_model.h"
#include "ui/widgets/section_band.h"

#include <string>

class QStackedWidget;
class QToolButton;

namespace hookbench::document {
struct OpenEditor;
class Workbench;
} // namespace hookbench::document
namespace hookbench::widgets {
class CodeEditor;
class Segmented;
} // namespace hookbench::widgets

namespace hookbench::data {

class JsonMapping;
class VisualMapping;

class DataSection : public widgets::SectionBand
{
    Q_OBJECT
public:
    explicit DataSection(document::Workbench &workbench, QWidget *parent = nullptr);
    enum View { Visual, Json };
    void setView(View view);
    VisualMapping *visual() const { return m_visual; }
    JsonMapping *json() const { return m_json; }
    widgets::Segmented *shape() const { return m_shape; }
    widgets::Segmented *views() const { return m_views; }
    QToolButton *addButton() const { return m_add; }
    QToolButton *fieldsButton() const { return m_fields; }
    /// Adds fields that take these paths of the event, in or behind the current one.
    void addFields(const QStringList &eventPaths);
    /// Marks the fields that take something of that part of the event.
    void markReadersOf(const QString &eventPath);

Q_SIGNALS:
    /// What the chosen field is made of: paths of the event, "$.properties.products[*].sku".
    void sourcesChosen(const QStringList &eventPaths);

private:
    const std::vector<mapping::Source> &sources();
    void tellSources();
    void showMapping();
    void showPreview();
    void choose(int shape);
    void jump(const std::string &pointer);
    void openEditor(const document::OpenEditor &editor);

    document::Workbench &m_workbench;
    LoadedEvents m_events;
    widgets::Segmented *m_shape;
    widgets::Segmented *m_views;
    QToolButton *m_add;
    QToolButton *m_fields;
    QStackedWidget *m_pages;
    VisualMapping *m_visual;
    JsonMapping *m_json;
    std::optional<std::vector<mapping::Source>> m_sources; ///< of the mapping shown, when somebody asked
    json::Document m_shown;
    json::Document m_built; ///< the object that "Whole event" replaced, to come back to
    int m_index = -1;
};

} // namespace hookbench::data
