#pragma once
// What was sent, newest first, and the chosen delivery in the inspector beside it. Follows new rows until one is
// chosen; what did not become a delivery (no mapping matched, a mapping failed) is told in a line above the list.
#include "core/journal/record.h"
#include "core/pipeline/run.h"
#include "ui/widgets/panel.h"

class QStackedWidget;
class QTableView;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Banner;
class EmptyState;
} // namespace hookbench::widgets
namespace hookbench::deliveries {

class DeliveriesModel;
class Inspector;

class DeliveriesPanel : public widgets::Panel
{
    Q_OBJECT
public:
    explicit DeliveriesPanel(document::Workbench &workbench, QWidget *parent = nullptr);
    QWidget *firstFocus() override;
    QTableView *table() const { return m_table; }
    Inspector *inspector() const { return m_inspector; }

private:
    void refresh();
    void showChosen();
    void tell(const QString &text, const QString &detail);

    document::Workbench &m_workbench;
    DeliveriesModel *m_model;
    QTableView *m_table;
    QStackedWidget *m_pages;
    widgets::Banner *m_notice;
    Inspector *m_inspector;
    std::string m_chosen; ///< id; empty: the newest is followed
    bool m_following = true;
    bool m_selecting = false;
    int m_discarded = 0;
    int m_failed = 0;
};

} // namespace hookbench::deliveries
