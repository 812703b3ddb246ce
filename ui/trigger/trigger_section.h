#pragma once
// Section 1: which events the mapping takes. FQL with colours, mistakes in place with a way out, and every condition
// explained for the current event. Text that Segment would refuse never replaces the trigger in force.
#include "ui/widgets/section_band.h"

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class CodeEditor;
class StatusLabel;
class ElidedLabel;
} // namespace hookbench::widgets
class QToolButton;

namespace hookbench::trigger {

class ConditionsView;

class TriggerSection : public widgets::SectionBand
{
    Q_OBJECT
public:
    explicit TriggerSection(document::Workbench &workbench, QWidget *parent = nullptr);
    widgets::CodeEditor *editor() const { return m_editor; }

private:
    void showMapping();
    void takeText();
    void showFindings();
    void showEvaluation();
    void mend();

    document::Workbench &m_workbench;
    widgets::StatusLabel *m_status;
    widgets::ElidedLabel *m_summary;
    widgets::CodeEditor *m_editor;
    QWidget *m_finding;
    widgets::StatusLabel *m_message;
    QToolButton *m_mend;
    ConditionsView *m_conditions;
    std::string m_shown; ///< the document's trigger that the editor was filled with or gave
    int m_index = -1;
    int m_mendAt = 0;
    int m_mendLength = 0;
    QString m_mendText;
};

} // namespace hookbench::trigger
