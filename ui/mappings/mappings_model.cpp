#include "ui/mappings/mappings_model.h"

#include "ui/mappings/mapping_words.h"

namespace hookbench::mappings {

MappingsModel::MappingsModel(document::Workbench &workbench, QObject *parent)
    : QAbstractListModel(parent)
    , m_workbench(workbench)
{
    connect(&workbench.document(), &document::ProjectDocument::changed, this, &MappingsModel::take);
    connect(&workbench, &document::Workbench::evaluationChanged, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0), index(rowCount() - 1),
                { MatchRole, WhyRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole });
    });
}

// The document has changed already when it tells; a list of at most fifty is simply read again.
void MappingsModel::take(const document::Change &change)
{
    if (change.what == document::Change::What::Mapping && change.index >= 0 && change.index < rowCount()) {
        Q_EMIT dataChanged(index(change.index), index(change.index));
        return;
    }
    beginResetModel();
    endResetModel();
}

int MappingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_workbench.document().mappingCount();
}

Match MappingsModel::matchOf(int row) const
{
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    if (!evaluation || static_cast<std::size_t>(row) >= evaluation->triggers.size())
        return Match::Unknown;
    return evaluation->triggers[static_cast<std::size_t>(row)].matched ? Match::Yes : Match::No;
}

QString MappingsModel::whyNot(int row) const
{
    if (matchOf(row) != Match::No)
        return {};
    const pipeline::TriggerResult &result = m_workbench.evaluation()->triggers[static_cast<std::size_t>(row)];
    return result.error ? QString::fromStdString(result.error->message) : whyNoMatch(result.trace);
}

QVariant MappingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const destination::Mapping &mapping = m_workbench.document().mapping(index.row());
    const QString name = QString::fromStdString(mapping.name);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return name;
    case EnabledRole:
        return mapping.enabled;
    case TriggerRole:
        return triggerWords(mapping.trigger);
    case MethodRole:
        return methodWords(mapping);
    case HostRole:
        return hostWords(mapping);
    case BatchRole:
        return batchWords(mapping);
    case MatchRole:
        return static_cast<int>(matchOf(index.row()));
    case WhyRole:
        return whyNot(index.row());
    case Qt::ToolTipRole: {
        const QString why = whyNot(index.row());
        const QString trigger = triggerWords(mapping.trigger);
        return why.isEmpty() ? trigger : tr("%1\nDoes not match this event: %2").arg(trigger, why);
    }
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3")
            .arg(name, mapping.enabled ? tr("enabled") : tr("disabled"), triggerWords(mapping.trigger));
    case Qt::AccessibleDescriptionRole:
        return matchOf(index.row()) == Match::Yes ? tr("matches the current event") : whyNot(index.row());
    default:
        return {};
    }
}

bool MappingsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    if (role == EnabledRole) {
        m_workbench.document().setMappingEnabled(index.row(), value.toBool());
        return true;
    }
    if (role == Qt::EditRole && !value.toString().trimmed().isEmpty()) {
        m_workbench.document().setMappingName(index.row(), value.toString().trimmed());
        return true;
    }
    return false;
}

Qt::ItemFlags MappingsModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

} // namespace hookbench::mappings
