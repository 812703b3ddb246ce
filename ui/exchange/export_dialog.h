#pragma once
// The destination, or some of its mappings, in another format: the text as it will be, what the format cannot carry or
// what was hidden, Copy and Save. Secrets are left out unless they are asked for.
#include "core/destination/formats/exchange.h"

#include <QDialog>

class QCheckBox;
class QListWidget;
class QPushButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class CodeEditor;
class Segmented;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::exchange {

class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    ExportDialog(document::Workbench &workbench, destination::Format format, QWidget *parent = nullptr);

    void setFormat(destination::Format format);
    /// All of the text, which the preview may show the beginning of.
    const std::string &text() const { return m_exported.text; }

private:
    enum Which { All, Current, Chosen };
    QWidget *makeChoices();
    void choose(Which which);
    void showExport();
    void showIssues();
    void copy();
    void save();
    QString proposedName() const;
    QList<int> chosenRows() const;

    document::Workbench &m_workbench;
    destination::Format m_format;
    destination::Exported m_exported;
    bool m_isEmpty = false; ///< no mapping is chosen
    widgets::Segmented *m_formats;
    widgets::Segmented *m_which;
    QListWidget *m_mappings;
    QCheckBox *m_secrets;
    widgets::CodeEditor *m_preview;
    QListWidget *m_issues;
    widgets::StatusLabel *m_said;
    QPushButton *m_copy = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace hookbench::exchange
