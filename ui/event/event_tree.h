#pragma once
// The event as a tree: fields are dragged from it onto a mapping, copied as paths, and marked when a field of the
// mapping is made of them. Rows are made as they are opened; what was opened stays open from event to event.
#include "ui/widgets/json_tree_model.h"

#include <QStringList>
#include <QTreeView>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hookbench::event_panel {

/// The tree's rows with their paths: what is dragged, and what is marked.
class EventTreeModel : public widgets::JsonTreeModel
{
    Q_OBJECT
public:
    using JsonTreeModel::JsonTreeModel;

    void setEvent(const json::Document &event);
    const json::Document &event() const { return m_event; }
    /// "properties.products[0].sku"; empty for the event itself, a range, and what no path can name.
    QString pathOf(const QModelIndex &index) const;
    /// "$.properties.products[*].sku": `[*]` is every item.
    void setMarked(const QStringList &paths);
    /// Where the first of the marked ones is.
    std::optional<widgets::JsonPlace> firstMarked() const;

    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

private:
    bool isMarked(const QModelIndex &index) const;

    json::Document m_event;
    std::vector<QStringList> m_marked; ///< steps of each path
};

class EventTree : public QTreeView
{
    Q_OBJECT
public:
    explicit EventTree(QWidget *parent = nullptr);

    /// An undefined document shows nothing.
    void setEvent(const json::Document &event);
    void mark(const QStringList &paths);
    EventTreeModel *tree() const { return m_model; }

Q_SIGNALS:
    /// The user went to that part: "properties.total"; empty: the event itself.
    void partChosen(const QString &path);
    /// To be added to the mapping.
    void fieldsWanted(const QStringList &paths);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    QStringList chosenPaths() const;
    void copyPaths();
    void copyValue();
    void openKept(const QModelIndex &parent);
    void updateActions();

    EventTreeModel *m_model;
    QAction *m_add;
    QAction *m_copyPath;
    std::set<std::string> m_open; ///< pointers
    bool m_filling = false;
};

} // namespace hookbench::event_panel
