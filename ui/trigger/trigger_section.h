#pragma once
// Section 1: which events the mapping takes, as rows or as FQL. Both edit the one trigger of the mapping. What cannot
// be a trigger yet, a row without a value or a text that Segment refuses, never replaces the trigger in force: it stays
// a draft of the document, which undo knows, Problems shows, and which holds back sending. Rows are shown only for
// triggers that they give back with the same meaning; all others are text.
#include "ui/widgets/section_band.h"

#include "core/fql/ast.h"
#include "ui/document/trigger_draft.h"

#include <optional>

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class CodeEditor;
class Segmented;
class StatusLabel;
class ElidedLabel;
} // namespace hookbench::widgets
class QComboBox;

namespace hookbench::trigger {

class FieldCatalogue;
class FqlView;
class RowsView;
struct Conditions;

class TriggerSection : public widgets::SectionBand
{
    Q_OBJECT
public:
    explicit TriggerSection(document::Workbench &workbench, QWidget *parent = nullptr);
    widgets::CodeEditor *editor() const;
    /// The rows are shown, not the text.
    bool isVisual() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addBandWidgets();
    void showMapping();
    void showRows(const std::optional<Conditions> &conditions, const QString &reason);
    void showView();
    void showEvaluation();
    void takeRows(const QString &name, bool typing);
    void takeText(const QString &text);
    void jump(const std::string &pointer);

    document::Workbench &m_workbench;
    FieldCatalogue *m_catalogue;
    widgets::StatusLabel *m_status;
    widgets::ElidedLabel *m_summary;
    widgets::Segmented *m_choice;
    QWidget *m_sentence;
    widgets::ElidedLabel *m_sentenceBegin;
    widgets::ElidedLabel *m_sentenceEnd;
    QComboBox *m_combinator;
    RowsView *m_rows;
    FqlView *m_text;
    std::string m_shown; ///< the document's trigger and draft that the views show
    document::TriggerDraftPtr m_shownDraft;
    int m_index = -1;
    bool m_wantsRows = true;
    bool m_staysText = false; ///< the text is being edited: it does not turn into rows under the cursor
    bool m_hasRows = false; ///< the trigger can be shown as rows
};

} // namespace hookbench::trigger
