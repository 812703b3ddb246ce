#pragma once
// What was sent, newest first, with the inspector of the chosen delivery beside it and the run that is going on above.
// Follows new rows until one is chosen; what did not become a delivery (no mapping matched, a mapping failed) is told
// in a line above the list.
#include "core/journal/record.h"
#include "core/pipeline/run.h"
#include "ui/widgets/panel.h"

#include <QTimer>

#include <utility>
#include <vector>

class QAction;
class QMenu;
class QSplitter;
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

class ColumnFit;
class DeliveriesModel;
class DeliveryActions;
class FilterBar;
class RunStrip;

class DeliveriesPanel : public widgets::Panel
{
    Q_OBJECT
public:
    /// `inspector` stands beside the list and is told what is chosen.
    DeliveriesPanel(document::Workbench &workbench, QWidget *inspector, QWidget *parent = nullptr);
    ~DeliveriesPanel() override;
    QWidget *headerWidget() override;
    QWidget *firstFocus() override;
    /// The same whether a run is told of or not: the window is not laid out anew when one begins.
    QSize minimumSizeHint() const override;
    QTableView *table() const { return m_table; }
    DeliveriesModel *model() const { return m_model; }
    FilterBar *filterBar() const { return m_filter; }
    DeliveryActions *actions() const { return m_actions; }
    /// The chosen one as it was read last; null: none.
    const journal::RecordPtr &record() const { return m_record; }
    void askToDiscardParked();
    void askToRemove(const std::vector<std::int64_t> &sequences);

Q_SIGNALS:
    void chosen(const hookbench::journal::RecordPtr &record);
    /// Two deliveries side by side, the older one first.
    void compareRequested(const hookbench::journal::RecordPtr &before, const hookbench::journal::RecordPtr &after);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeTable();
    void setReading(bool reading);
    QWidget *makeList();
    void listen();
    void showMenu(const QPoint &place);
    void showColumnsMenu(const QPoint &place);
    void addForRecord(QMenu &menu, const char *id, std::int64_t sequence);
    void filterBy(const query::Query &filter);
    void follow(bool followed);
    void onListed();
    void showCount();
    void choose(int row);
    void showChosenSoon();
    void showChosen();
    void compareChosen();
    std::vector<std::int64_t> selection() const;
    void tell(const QString &text, const QString &detail);

    document::Workbench &m_workbench;
    DeliveriesModel *m_model;
    QTableView *m_table;
    FilterBar *m_filter;
    RunStrip *m_run;
    DeliveryActions *m_actions;
    ColumnFit *m_columns = nullptr;
    QSplitter *m_split;
    QList<int> m_otherSizes; ///< of the splitter in the way that is not shown now
    bool m_reading = false;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_nothingFound;
    widgets::Banner *m_notice;
    journal::RecordPtr m_record; ///< the chosen one
    QTimer m_showSoon;
    quint64 m_asked = 0; ///< questions to the journal; an older answer is not shown
    std::int64_t m_chosen = 0; ///< sequence; 0: none
    std::pair<std::int64_t, QAction *> m_afterRead; ///< what is to be done with that delivery once it is read
    bool m_following = true;
    bool m_selecting = false;
    int m_discarded = 0;
    int m_failed = 0;
};

} // namespace hookbench::deliveries
