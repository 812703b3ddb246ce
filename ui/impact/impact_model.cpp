#include "ui/impact/impact_model.h"

#include "ui/theme/fonts.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>

namespace hookbench::impact {

namespace {

const char *iconOf(pipeline::Impact kind)
{
    return kind == pipeline::Impact::Changed ? "diff" : kind == pipeline::Impact::NewlySent ? "plus" : "minus";
}

} // namespace

void ImpactModel::setReplay(pipeline::ReplayPtr replay, std::size_t first)
{
    m_first = first;
    m_replay = std::move(replay);
    regroup();
}

void ImpactModel::setShown(std::set<pipeline::Impact> kinds)
{
    m_kinds = std::move(kinds);
    regroup();
}

void ImpactModel::regroup()
{
    beginResetModel();
    m_groups = m_replay ? groupsOf(*m_replay) : std::vector<Group>();
    std::erase_if(m_groups, [&](const Group &group) { return !m_kinds.empty() && !m_kinds.contains(group.kind); });
    endResetModel();
}

const pipeline::EventImpact *ImpactModel::impactAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    const Group &group = m_groups[index.internalId() - 1];
    return &m_replay->impacts[group.members[static_cast<std::size_t>(index.row())]];
}

QModelIndex ImpactModel::indexOf(std::size_t impact) const
{
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const std::vector<std::size_t> &members = m_groups[g].members;
        const auto found = std::find(members.begin(), members.end(), impact);
        if (found != members.end())
            return createIndex(static_cast<int>(found - members.begin()), 0, g + 1);
    }
    return {};
}

// A group has internal id 0, an event the number of its group from 1.
QModelIndex ImpactModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex ImpactModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId() - 1), 0, quintptr{ 0 });
}

int ImpactModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].members.size());
}

int ImpactModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ImpactModel::groupData(const Group &group, int column, int role) const
{
    if (role == Qt::DisplayRole && column == TimeColumn)
        return group.title;
    if (role == Qt::DisplayRole && column == ChangeColumn)
        return QString::number(group.members.size());
    if (role == Qt::FontRole)
        return theme::font(theme::Text::Strong);
    if (role == Qt::ToolTipRole)
        return group.title;
    if (role == Qt::AccessibleTextRole && column == TimeColumn)
        return tr("%1, %n event(s)", nullptr, static_cast<int>(group.members.size())).arg(group.title);
    if (role == widgets::RowDelegate::kIconRole && column == TimeColumn)
        return QByteArray(iconOf(group.kind));
    return {};
}

QVariant ImpactModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == ChangeColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (index.internalId() == 0)
        return groupData(m_groups[static_cast<std::size_t>(index.row())], index.column(), role);
    const pipeline::EventImpact &impact = *impactAt(index);
    if (role == Qt::FontRole)
        return index.column() == EventColumn ? QVariant() : theme::font(theme::Text::Mono);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const json::Value event = m_replay->events[impact.event];
    switch (index.column()) {
    case TimeColumn: {
        const QString time = timeWords(event);
        return time.isEmpty() ? tr("event %1").arg(m_first + impact.event + 1) : time;
    }
    case EventColumn:
        return eventWords(event);
    case ChangeColumn:
        return changeWords(impact);
    default:
        return {};
    }
}

QVariant ImpactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == ChangeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Event time");
    case EventColumn:
        return tr("Event");
    case ChangeColumn:
        return tr("Change");
    default:
        return {};
    }
}

} // namespace hookbench::impact
