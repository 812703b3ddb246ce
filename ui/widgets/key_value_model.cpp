#include "ui/widgets/key_value_model.h"

#include <QMimeData>

namespace hookbench::widgets {

namespace {

constexpr QLatin1String kRowType("application/x-hookbench-row");

QString maskOf(const QString &value)
{
    constexpr qsizetype kShown = 4;
    const QString dots(12, QChar(0x2022));
    // "Bearer abcdef" keeps its scheme; short values keep nothing.
    const qsizetype space = value.indexOf(u' ');
    const QString scheme = space > 0 && space < 12 ? value.left(space + 1) : QString();
    const QString rest = value.mid(scheme.size());
    return QString(scheme + dots + (rest.size() >= 3 * kShown ? rest.right(kShown) : QString()));
}

} // namespace

KeyValueModel::KeyValueModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_keyTitle(tr("Name"))
    , m_valueTitle(tr("Value"))
{
}

void KeyValueModel::setTitles(const QString &key, const QString &value)
{
    m_keyTitle = key;
    m_valueTitle = value;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, 1);
}

void KeyValueModel::setRows(std::vector<KeyValueRow> rows)
{
    if (rows == m_rows)
        return;
    if (rows.size() == m_rows.size()) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].key != m_rows[i].key || rows[i].masked != m_rows[i].masked)
                m_revealed[i] = false;
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, ValueColumn));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    m_revealed.assign(m_rows.size(), false);
    endResetModel();
}

void KeyValueModel::setAddable(bool addable, const QString &placeholder)
{
    beginResetModel();
    m_addable = addable;
    m_placeholder = placeholder;
    endResetModel();
}

void KeyValueModel::setRevealed(int row, bool revealed)
{
    m_revealed.at(static_cast<std::size_t>(row)) = revealed;
    Q_EMIT dataChanged(index(row, 0), index(row, ValueColumn));
}

bool KeyValueModel::isRevealed(int row) const
{
    return row < static_cast<int>(m_revealed.size()) && m_revealed[static_cast<std::size_t>(row)];
}

bool KeyValueModel::isMasked(int row) const
{
    return row >= 0 && row < static_cast<int>(m_rows.size()) && m_rows[static_cast<std::size_t>(row)].masked;
}

bool KeyValueModel::isMaskable(int row) const
{
    return row >= 0 && row < static_cast<int>(m_rows.size()) && m_rows[static_cast<std::size_t>(row)].maskable;
}

void KeyValueModel::pressEye(int row)
{
    if (isMasked(row))
        setRevealed(row, !isRevealed(row));
    else
        toggleMask(row);
}

void KeyValueModel::toggleMask(int row)
{
    if (isMaskable(row))
        Q_EMIT maskWanted(row, !isMasked(row));
}

int KeyValueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size()) + (m_addable ? 1 : 0);
}

int KeyValueModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeyValueModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (isAddRow(index.row())) {
        const bool says = role == Qt::WhatsThisRole || role == Qt::AccessibleTextRole;
        return says && index.column() == KeyColumn ? QVariant(m_placeholder) : QVariant();
    }
    const KeyValueRow &row = m_rows[static_cast<std::size_t>(index.row())];
    const bool value = index.column() == ValueColumn;
    const bool masked = row.masked && !isRevealed(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return !value ? row.key : masked ? maskOf(row.value) : row.value;
    case Qt::EditRole:
        return value ? row.value : row.key;
    case Qt::ToolTipRole:
        if (!row.problem.isEmpty())
            return row.problem;
        if (!value)
            return row.key;
        if (masked || row.maskNote.isEmpty())
            return masked ? row.maskNote : row.value;
        return QString(row.value + u'\n' + row.maskNote);
    case RowRole:
        return value && masked;
    case ReadOnlyRole:
        return row.readOnly;
    case IconRole:
        return value ? row.iconName : QByteArray();
    case ProblemRole:
        return row.problem;
    case Qt::AccessibleDescriptionRole:
        return row.problem.isEmpty() && value ? row.maskNote : row.problem;
    case WrongRole:
        return row.wrong;
    case EyeRole:
        return value && (row.masked || row.maskable);
    case MaskedRole:
        return row.masked;
    default:
        return {};
    }
}

bool KeyValueModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    const QString text = value.toString();
    if (isAddRow(index.row())) {
        if (text.trimmed().isEmpty())
            return false;
        KeyValueRow row;
        (index.column() == KeyColumn ? row.key : row.value) = text;
        Q_EMIT rowAdded(row);
        return true;
    }
    const KeyValueRow before = m_rows[static_cast<std::size_t>(index.row())];
    KeyValueRow after = before;
    (index.column() == KeyColumn ? after.key : after.value) = text;
    if (after == before || before.readOnly)
        return false;
    m_rows[static_cast<std::size_t>(index.row())] = after;
    Q_EMIT dataChanged(index, index);
    Q_EMIT rowEdited(index.row(), before, after);
    return true;
}

QVariant KeyValueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return section == KeyColumn ? m_keyTitle : m_valueTitle;
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags KeyValueModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return m_movable ? Qt::ItemIsDropEnabled : Qt::NoItemFlags;
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (isAddRow(index.row()))
        return index.column() == KeyColumn ? flags | Qt::ItemIsEditable : flags;
    if (!m_rows[static_cast<std::size_t>(index.row())].readOnly)
        flags |= Qt::ItemIsEditable;
    if (isMovable(index.row()))
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

bool KeyValueModel::isMovable(int row) const
{
    return m_movable && row >= 0 && row < static_cast<int>(m_rows.size())
        && !m_rows[static_cast<std::size_t>(row)].readOnly;
}

QStringList KeyValueModel::mimeTypes() const
{
    return { kRowType };
}

QMimeData *KeyValueModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(kRowType, QByteArray::number(indexes.first().row()));
    return data;
}

bool KeyValueModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(kRowType))
        return false;
    bool isRow = false;
    const int from = data->data(kRowType).toInt(&isRow);
    int before = row >= 0 ? row : parent.isValid() ? parent.row() : static_cast<int>(m_rows.size());
    while (before > 0 && !isMovable(before - 1))
        --before; // not behind the rows that belong to others
    const int to = before > from ? before - 1 : before;
    if (!isRow || !isMovable(from) || to == from)
        return false;
    Q_EMIT rowMoved(from, to);
    return true;
}

} // namespace hookbench::widgets
