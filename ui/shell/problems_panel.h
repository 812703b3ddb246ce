#pragma once
// What is wrong or doubtful in the project. Double-click or Enter goes there.
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
    /// The worst there is, as an icon name.
    const char *iconName() const;

Q_SIGNALS:
    void iconChanged();

private:
    void showIssues();
    void jump(const QModelIndex &index);

    document::Workbench &m_workbench;
    ProblemsModel *m_model;
    QTableView *m_table;
    QStackedLayout *m_pages;
};

} // namespace hookbench::shell
