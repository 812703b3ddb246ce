#include "ui/mappings/mappings_model.h"

#include "ui/mappings/mapping_words.h"

#include <QMimeData>

namespace hookbench::mappings {

namespace {

constexpr QLatin1String kRowType("application/x-hookbench-mapping-row");

} // namespace

MappingsModel::MappingsModel(document::Workbench &workbench, QObject *parent)
    : QAbstractListModel(parent)
    , m_workbench(workbench)
{
    connect(&workbench.document(), &document::ProjectDocument::changed, this, &MappingsModel::take);
    connect(&workbench, &document::Workbench::evaluationChanged, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0), index(rowCount() - 1),
                { MatchRole, StateRole, StateIconRole, Qt::ToolTipRole, Qt::AccessibleDescriptionRole });
    });
    connect(&workbench.document(), &document::ProjectDocument::issuesChanged, this, &MappingsModel::takeIssues);
    takeIssues();
}

void MappingsModel::takeIssues()
{
    QStringList errors;
    for (int row = 0; row < rowCount(); ++row)
        errors << m_workbench.errorOf(row);
    if (errors == m_errors)
        return;
    m_errors = errors;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

// The document has changed already when it tells; a list of at most fifty is simply read again.
void MappingsModel::take(const document::Change &change)
{
    using What = document::Change::What;
    switch (change.what) {
    case What::Mapping:
        Q_EMIT dataChanged(index(change.index), index(change.index));
        return;
    case What::Everything:
    case What::MappingAdded:
    case What::MappingRemoved:
    case What::MappingMoved:
        beginResetModel();
        m_errors.clear(); // the places have changed; the next check is under way
        endResetModel();
        return;
    default:
        return;
    }
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

QString MappingsModel::stateWords(int row) const
{
    const bool enabled = m_workbench.document().mapping(row).enabled;
    if (const QString error = m_errors.value(row); !error.isEmpty())
        return tr("Nothing is sent: %1").arg(error);
    switch (matchOf(row)) {
    case Match::Yes:
        return enabled ? tr("Matches the current event") : tr("Matches the current event, but is disabled");
    case Match::No:
        return tr("Does not match: %1").arg(whyNot(row));
    case Match::Unknown:
        break;
    }
    return tr("There is no event to compare with");
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
        return triggerParts(mapping.trigger);
    case MethodRole:
        return methodWords(mapping);
    case HostRole:
        return hostWords(mapping);
    case BatchRole:
        return batchWords(mapping);
    case MatchRole:
        return static_cast<int>(matchOf(index.row()));
    case StateRole:
        return stateWords(index.row());
    case StateIconRole:
        return !m_errors.value(index.row()).isEmpty() ? QByteArray("fail")
            : matchOf(index.row()) == Match::Yes      ? QByteArray("match")
            : matchOf(index.row()) == Match::No       ? QByteArray("nomatch")
                                                      : QByteArray();
    case ErrorRole:
        return m_errors.value(index.row());
    case SearchRole:
        return QStringList{ name, triggerWords(mapping.trigger), QString::fromStdString(mapping.trigger),
            methodWords(mapping), urlWords(mapping) }
            .join(u'\n');
    case Qt::ToolTipRole:
        return QStringList{ name, triggerWords(mapping.trigger),
            QString(methodWords(mapping) + u' ' + urlWords(mapping)), stateWords(index.row()) }
            .join(u'\n');
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3, %4 %5, %6")
            .arg(name, mapping.enabled ? tr("enabled") : tr("disabled"), triggerWords(mapping.trigger),
                methodWords(mapping), hostWords(mapping), batchWords(mapping));
    case Qt::AccessibleDescriptionRole:
        return stateWords(index.row());
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
    // Between rows is outside of all of them: only there a drop is taken.
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled
            | Qt::ItemNeverHasChildren
                           : Qt::ItemIsDropEnabled;
}

QStringList MappingsModel::mimeTypes() const
{
    return { kRowType };
}

QMimeData *MappingsModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(kRowType, QByteArray::number(indexes.first().row()));
    return data;
}

bool MappingsModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(kRowType))
        return false;
    bool isRow = false;
    const int from = data->data(kRowType).toInt(&isRow);
    const int before = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    if (!isRow || from < 0 || from >= rowCount())
        return false;
    m_workbench.document().moveMapping(from, before > from ? before - 1 : before);
    return true;
}

} // namespace hookbench::mappings
