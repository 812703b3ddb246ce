#pragma once
// What was sent, newest first, with the inspector of the chosen delivery beside it. Follows new rows until one is
// chosen; what did not become a delivery (no mapping matched, a mapping failed) is told in a line above the list.
#include "core/journal/record.h"
#include "core/pipeline/run.h"
#include "ui/widgets/panel.h"

#include <optional>

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

class DeliveriesPanel : public widgets::Panel
{
    Q_OBJECT
public:
    /// `inspector` stands beside the list and is told what is chosen.
    DeliveriesPanel(document::Workbench &workbench, QWidget *inspector, QWidget *parent = nullptr);
    QWidget *firstFocus() override;
    QTableView *table() const { return m_table; }
    /// The chosen one as it was read last; null: none.
    const journal::RecordPtr &record() const { return m_record; }

Q_SIGNALS:
    void chosen(const hookbench::journal::RecordPtr &record);
    /// Two deliveries side by side, the older one first.
    void compareRequested(const hookbench::journal::RecordPtr &before, const hookbench::journal::RecordPtr &after);

private:
    void refresh();
    void showChosen();
    void compareChosen();
    void tell(const QString &text, const QString &detail);

    document::Workbench &m_workbench;
    DeliveriesModel *m_model;
    QTableView *m_table;
    QStackedWidget *m_pages;
    widgets::Banner *m_notice;
    journal::RecordPtr m_record; ///< the chosen one
    quint64 m_asked = 0; ///< questions to the journal; an older answer is not shown
    std::string m_chosen; ///< id; empty: the newest is followed
    bool m_following = true;
    bool m_selecting = false;
    int m_discarded = 0;
    int m_failed = 0;
};

} // namespace hookbench::deliveries
