#pragma once
// Section 3: the body. The mapping of `data` as JSON, with completion of the event's paths, mistakes in place, and
// beside it what the current event becomes. Text that is no valid mapping stays in the editor and never replaces the
// data in force.
#include "ui/data/event_paths.h"
#include "ui/widgets/section_band.h"

#include <string>

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class CodeEditor;
class Segmented;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::data {

class DataSection : public widgets::SectionBand
{
    Q_OBJECT
public:
    explicit DataSection(document::Workbench &workbench, QWidget *parent = nullptr);
    widgets::CodeEditor *editor() const { return m_editor; }
    widgets::CodeEditor *preview() const { return m_preview; }

private:
    void showMapping();
    void takeText();
    void showPreview();
    void choose(int shape);
    /// What is wrong with the text, marked in it; nothing: it can be used.
    bool markMistakes(const std::string &text);

    document::Workbench &m_workbench;
    widgets::Segmented *m_shape;
    widgets::CodeEditor *m_editor;
    widgets::CodeEditor *m_preview;
    widgets::StatusLabel *m_problem;
    widgets::StatusLabel *m_result;
    std::vector<EventPath> m_paths;
    json::Document m_shown;
    json::Document m_built; ///< the object that "Whole event" replaced, to come back to
    int m_index = -1;
};

} // namespace hookbench::data
