#pragma once
// The mappings of the destination: search, add, switch, rename, reorder, and which of them the current event matches.
#include "ui/widgets/panel.h"

class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStackedWidget;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class EmptyState;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::mappings {

class MappingsModel;

class MappingsPanel : public widgets::Panel
{
    Q_OBJECT
public:
    explicit MappingsPanel(document::Workbench &workbench, QWidget *parent = nullptr);

    QWidget *headerWidget() override;
    QWidget *firstFocus() override;
    QListView *list() const { return m_list; }

private:
    void showCounts();
    void selectCurrent();

    document::Workbench &m_workbench;
    MappingsModel *m_model;
    QSortFilterProxyModel *m_shown;
    QLineEdit *m_search;
    QListView *m_list;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_empty;
    widgets::StatusLabel *m_matches;
};

} // namespace hookbench::mappings
