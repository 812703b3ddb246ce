#pragma once
// The groups of a replay and, below each, its events. Columns: time, event, change. The icon of a group is a name under
// RowDelegate::kIconRole.
#include "ui/impact/impact_groups.h"

#include <QAbstractItemModel>

#include <optional>
#include <set>

namespace hookbench::impact {

class ImpactModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, EventColumn, ChangeColumn, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    /// `first`: the place of the first event in the list it is from, which an event without a time is named by.
    void setReplay(pipeline::ReplayPtr replay, std::size_t first = 0);
    /// Groups of other kinds are left out; empty: all are shown.
    void setShown(std::set<pipeline::Impact> kinds);
    const pipeline::ReplayPtr &replay() const { return m_replay; }
    /// The answer of a row; nullptr for a group.
    const pipeline::EventImpact *impactAt(const QModelIndex &index) const;
    /// The row of an answer (into Replay::impacts), invalid when it is not shown.
    QModelIndex indexOf(std::size_t impact) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void regroup();
    QVariant groupData(const Group &group, int column, int role) const;

    pipeline::ReplayPtr m_replay;
    std::size_t m_first = 0;
    std::set<pipeline::Impact> m_kinds;
    std::vector<Group> m_groups;
};

} // namespace hookbench::impact
