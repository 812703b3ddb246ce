#pragma once
// The mapping of data as JSON text, with completion, mistakes in place, and beside it what the current event becomes.
// Text that is no valid mapping stays in the editor and never replaces the data in force.
#include "ui/data/json_completion.h"
#include "ui/data/mapping_model.h"

#include <QWidget>

#include <optional>
#include <string>

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class CodeEditor;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::data {

class JsonMapping : public QWidget
{
    Q_OBJECT
public:
    explicit JsonMapping(document::Workbench &workbench, QWidget *parent = nullptr);

    void setMapping(int index, const json::Document &value);
    void setResolved(const ResolvedData &resolved);
    /// Puts the cursor on the value of that place below data.
    void reveal(const std::string &pointer);
    /// The text is what the document has, not something that is still being written.
    bool isTaken() const { return m_taken; }
    /// The document has no other half-typed text for the mapping than the one that is shown.
    bool isCurrent() const;
    widgets::CodeEditor *editor() const { return m_editor; }
    widgets::CodeEditor *preview() const { return m_preview; }

Q_SIGNALS:
    void takenChanged(bool taken);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showMapping();
    void showPreview();
    void takeText();
    widgets::CodeEditor::Completions complete(const QString &text, int cursor);
    /// What is wrong with the text, marked in it; true: it can be used.
    bool markMistakes(const std::string &text);

    document::Workbench &m_workbench;
    widgets::CodeEditor *m_editor;
    widgets::CodeEditor *m_preview;
    widgets::StatusLabel *m_problem;
    widgets::StatusLabel *m_result;
    std::optional<std::vector<EventPath>> m_paths; ///< of the current event, when somebody asked
    json::Document m_data; ///< of the document
    ResolvedData m_resolved;
    json::Document m_shown; ///< what the text says; older than m_data while nobody sees it
    int m_index = -1;
    int m_shownIndex = -1;
    std::optional<std::string> m_draft; ///< the text, when it is not taken
    bool m_taken = true;
};

} // namespace hookbench::data
