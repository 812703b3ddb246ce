#pragma once
// The mappings of the destination: search, add, switch, rename, reorder, copy, and which of them the current event
// matches. Below the list stands why the one under the mouse, or else the current one, does or does not.
#include "core/destination/formats/exchange.h"
#include "ui/widgets/panel.h"

#include <QPersistentModelIndex>

class QLabel;
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
    QString countToolTip() const override;
    QWidget *firstFocus() override;
    QListView *list() const { return m_list; }
    /// Types into the row when the keyboard is in the list; false: it is elsewhere.
    bool renameInPlace();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeState();
    void showCounts();
    void selectCurrent();
    void search(const QString &text);
    void showState();
    void offerCopyAs(QAction *behind);
    void copy();
    void copyAs(destination::Format format);
    void paste();

    document::Workbench &m_workbench;
    MappingsModel *m_model;
    QSortFilterProxyModel *m_shown;
    QLineEdit *m_search;
    QListView *m_list;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_empty;
    widgets::StatusLabel *m_matches;
    widgets::StatusLabel *m_full;
    widgets::StatusLabel *m_stateIcon;
    QLabel *m_state;
    QPersistentModelIndex m_hovered;
    bool m_searching = false;
};

} // namespace hookbench::mappings
