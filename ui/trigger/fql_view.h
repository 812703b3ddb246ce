#pragma once
// The trigger as text: FQL with colours and completion, mistakes in place with a way out, and every condition explained
// for the current event.
#include "core/fql/trigger.h"

#include <QWidget>

#include <optional>
#include <string>

class QToolButton;

namespace hookbench::widgets {
class CodeEditor;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::trigger {

class ConditionsView;
class FieldCatalogue;

/// What the problem with that message, as fql::lint has it, is about; nullopt: there is none such.
std::optional<fql::SourceRange> placeOfFinding(const std::string &fql, const std::string &message);

class FqlView : public QWidget
{
    Q_OBJECT
public:
    explicit FqlView(FieldCatalogue &catalogue, QWidget *parent = nullptr);

    widgets::CodeEditor *editor() const { return m_editor; }
    void show(const std::string &fql);
    /// Why rows hold back something that the text does not say yet; empty: they do not.
    void setUnfinished(const QString &why);
    void setTrace(const fql::Trace *trace);
    /// To the finding with that message, else to the worst one, else into the text.
    void focusFirst(const std::string &message = {});

Q_SIGNALS:
    /// The user changed the text.
    void typed(const QString &text);
    void typingEnded();
    /// What the rows hold back is to be forgotten.
    void discardRequested();

private:
    void showFindings();
    void mend();

    widgets::CodeEditor *m_editor;
    QWidget *m_finding;
    widgets::StatusLabel *m_message;
    QToolButton *m_mend;
    ConditionsView *m_conditions;
    QString m_unfinished;
    bool m_filling = false;
    QString m_shown; ///< colouring reports changes of a text that is the same
    int m_mendAt = 0;
    int m_mendLength = 0;
    QString m_mendText;
};

} // namespace hookbench::trigger
