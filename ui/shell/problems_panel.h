#pragma once
// What is wrong or doubtful in the project, as it is now. Enter or a double-click goes there; Ctrl+. or a click on the
// quick fix mends it.
#include "core/base/issue.h"
#include "ui/widgets/panel.h"

class QStackedLayout;
class QTableView;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::shell {

class ProblemsModel;

class ProblemsPanel : public widgets::Panel
{
    Q_OBJECT
public:
    explicit ProblemsPanel(document::Workbench &workbench, QWidget *parent = nullptr);
    QWidget *firstFocus() override;
    QTableView *table() const { return m_table; }
    /// What stands in front of the document's issues: what an import had to say.
    void setNotes(const Issues &notes);
    /// The worst there is, as an icon name.
    const char *iconName() const;

Q_SIGNALS:
    void iconChanged();

private:
    void showIssues();
    void jump(const QModelIndex &index);
    void mend(int row);
    void updateAction();
    void showMenu(const QPoint &at);

    document::Workbench &m_workbench;
    Issues m_notes;
    ProblemsModel *m_model;
    QTableView *m_table;
    QStackedLayout *m_pages;
};

} // namespace hookbench::shell
