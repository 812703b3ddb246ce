#include "ui/data/mapping_model.h"

#include "core/json/pointer.h"
#include "ui/data/functions.h"
#include "ui/document/event_path_mime.h"
#include "ui/theme/fonts.h"

#include <QMimeData>

#include <algorithm>

namespace hookbench::data {

MappingModel::MappingModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

void MappingModel::setMapping(json::Document data)
{
    MappingTree tree(std::move(data));
    if (!tree.rows().empty() && tree.hasShapeOf(m_tree)) {
        m_tree = std::move(tree);
        m_words.assign(m_tree.rows().size(), std::nullopt);
        tellColumnChanged(FieldColumn, PreviewColumn);
        return;
    }
    beginResetModel();
    m_tree = std::move(tree);
    m_words.assign(m_tree.rows().size(), std::nullopt);
    resolveRows();
    endResetModel();
}

void MappingModel::setResolved(ResolvedData resolved)
{
    m_resolved = std::move(resolved);
    resolveRows();
    tellColumnChanged(PreviewColumn, PreviewColumn);
}

void MappingModel::setAbsence(Absence absence)
{
    m_absence = std::move(absence);
}

void MappingModel::tellAbsenceChanged()
{
    tellColumnChanged(ValueColumn, PreviewColumn);
}

void MappingModel::setHighlighted(std::vector<std::string> pointers)
{
    if (pointers == m_highlighted)
        return;
    m_highlighted = std::move(pointers);
    tellColumnChanged(FieldColumn, PreviewColumn);
}

void MappingModel::resolveRows()
{
    m_outcomes.assign(m_tree.rows().size(), {});
    if (!m_resolved.known)
        return;
    if (m_resolved.error && m_resolved.value->isUndefined()) {
        for (Outcome &outcome : m_outcomes)
            outcome.state = Outcome::State::Waiting;
        markFaults();
        if (m_resolved.faults.empty())
            markFault(*m_resolved.error);
        return;
    }
    for (std::size_t i = 0; i < m_outcomes.size(); ++i) {
        const Row &row = m_tree.rows()[i];
        if (!row.output)
            continue;
        Outcome &outcome = m_outcomes[i];
        // From the parent's own result where that is one step away: deep mappings would be walked from the top again
        // and again.
        const Row *parent = row.parent < 0 ? nullptr : &m_tree.row(row.parent);
        const bool oneStep = parent && parent->output && row.output->starts_with(*parent->output)
            && row.output->find('/', parent->output->size() + 1) == std::string::npos
            && row.output->size() > parent->output->size();
        outcome.value = { m_resolved.value.arena(),
            oneStep ? json::valueAt(m_outcomes[static_cast<std::size_t>(row.parent)].value,
                std::string_view(*row.output).substr(parent->output->size()))
                    : json::valueAt(m_resolved.value, *row.output) };
        outcome.state = outcome.value->isUndefined() ? Outcome::State::LeftOut : Outcome::State::Known;
    }
    markFaults();
}

void MappingModel::markFaults()
{
    if (m_resolved.faults.empty())
        return;
    std::vector<char> gone(m_outcomes.size(), false); // with the part that fails
    for (const Error &fault : m_resolved.faults)
        if (const int row = markFault(fault); row >= 0)
            gone[static_cast<std::size_t>(row)] = true;
    for (std::size_t i = 0; i < gone.size(); ++i)
        if (const int parent = m_tree.rows()[i].parent; parent >= 0 && gone[static_cast<std::size_t>(parent)]) {
            gone[i] = true;
            if (m_outcomes[i].state != Outcome::State::Failed)
                m_outcomes[i].state = Outcome::State::Waiting;
        }
}

// The row and those around it, up to the top; which of several faults comes first stands there.
int MappingModel::markFault(const Error &fault)
{
    const int failed = m_tree.findNearest(fault.path);
    for (int at = failed; at >= 0; at = m_tree.row(at).parent) {
        Outcome &outcome = m_outcomes[static_cast<std::size_t>(at)];
        if (outcome.state == Outcome::State::Failed)
            continue;
        outcome.state = Outcome::State::Failed;
        outcome.message = shortened(fault.message);
    }
    return failed;
}

void MappingModel::tellColumnChanged(Column first, Column last)
{
    // One signal per parent: views repaint what is visible only.
    const auto tell = [&](const std::vector<int> &children) {
        if (!children.empty())
            Q_EMIT dataChanged(createIndex(0, first, static_cast<quintptr>(children.front())),
                createIndex(static_cast<int>(children.size()) - 1, last, static_cast<quintptr>(children.back())));
    };
    tell(m_tree.top());
    for (const Row &row : m_tree.rows())
        tell(row.children);
}

const Row *MappingModel::rowAt(const QModelIndex &index) const
{
    return index.isValid() ? &m_tree.row(static_cast<int>(index.internalId())) : nullptr;
}

QModelIndex MappingModel::indexOf(const std::string &pointer, int column) const
{
    const int number = m_tree.find(pointer);
    return number < 0 ? QModelIndex() : createIndex(m_tree.row(number).place, column, static_cast<quintptr>(number));
}

QModelIndex MappingModel::indexNear(const std::string &pointer) const
{
    const int number = m_tree.findNearest(pointer);
    return number < 0 ? QModelIndex()
                      : createIndex(m_tree.row(number).place, FieldColumn, static_cast<quintptr>(number));
}

const Words &MappingModel::words(const QModelIndex &index) const
{
    std::optional<Words> &known = m_words[static_cast<std::size_t>(index.internalId())];
    if (!known)
        known = wordsOf(rowAt(index)->value);
    return *known;
}

Outcome MappingModel::outcome(const QModelIndex &index) const
{
    return m_outcomes[static_cast<std::size_t>(index.internalId())];
}

const std::vector<int> &MappingModel::childrenOf(const QModelIndex &parent) const
{
    const Row *row = rowAt(parent);
    return row ? row->children : m_tree.top();
}

QModelIndex MappingModel::index(int row, int column, const QModelIndex &parent) const
{
    const std::vector<int> &children = childrenOf(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || row >= static_cast<int>(children.size())
        || (parent.isValid() && parent.column() != 0))
        return {};
    return createIndex(row, column, static_cast<quintptr>(children[static_cast<std::size_t>(row)]));
}

QModelIndex MappingModel::parent(const QModelIndex &index) const
{
    const Row *row = rowAt(index);
    if (!row || row->parent < 0)
        return {};
    return createIndex(m_tree.row(row->parent).place, 0, static_cast<quintptr>(row->parent));
}

int MappingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() && parent.column() != 0 ? 0 : static_cast<int>(childrenOf(parent).size());
}

int MappingModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant MappingModel::data(const QModelIndex &index, int role) const
{
    const Row *row = rowAt(index);
    if (!row)
        return {};
    switch (role) {
    case PointerRole:
        return QString::fromStdString(row->pointer);
    case HighlightRole:
        return std::ranges::find(m_highlighted, row->pointer) != m_highlighted.end();
    case Qt::FontRole:
        return theme::font(theme::Text::Mono);
    case NoteRole:
        return m_absence && row->output && !row->insideItems ? m_absence(*row) : QString();
    case Qt::EditRole:
        if (index.column() == FieldColumn && row->key.find_first_of(".[\"") != std::string::npos)
            return QString(u'"' + QString::fromStdString(row->key) + u'"');
        if (index.column() == FieldColumn)
            return QString::fromStdString(row->key);
        [[fallthrough]];
    case Qt::DisplayRole:
        if (index.column() == FieldColumn)
            return row->name;
        if (index.column() == ValueColumn)
            return plainText(words(index));
        switch (const Outcome outcome = this->outcome(index); outcome.state) {
        case Outcome::State::Known:
            return glanceAt(outcome.value).word.text;
        case Outcome::State::LeftOut:
            return tr("left out");
        case Outcome::State::Failed:
            return outcome.message;
        default:
            return QString();
        }
    case Qt::ToolTipRole:
        return toolTip(*row, index);
    case Qt::AccessibleTextRole: {
        const QString note = index.column() == PreviewColumn ? data(index, NoteRole).toString() : QString();
        const QString text = data(index, Qt::DisplayRole).toString();
        return note.isEmpty() ? text : QString(text + QStringLiteral(", ") + note);
    }
    default:
        return {};
    }
}

QString MappingModel::toolTip(const Row &row, const QModelIndex &index) const
{
    const QString text = index.column() == ValueColumn && kindOf(row.value) == ValueKind::Object
        ? QString()
        : data(index, Qt::DisplayRole).toString();
    const QString note = data(index, NoteRole).toString();
    if (index.column() == FieldColumn || note.isEmpty())
        return text;
    return text.isEmpty() ? note : QString(text + u'\n' + note);
}

bool MappingModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const Row *row = rowAt(index);
    if (!row || role != Qt::EditRole || index.column() != FieldColumn || row->kind != Row::Kind::Field)
        return false;
    const QString name = value.toString();
    if (name.trimmed().isEmpty() || name == data(index, Qt::EditRole).toString())
        return false;
    Q_EMIT renameRequested(row->pointer, name);
    return true;
}

QVariant MappingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FieldColumn:
        return tr("Destination field");
    case ValueColumn:
        return tr("Value");
    default:
        return tr("Preview");
    }
}

Qt::ItemFlags MappingModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    const Row *row = rowAt(index);
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    if (row->kind == Row::Kind::Field && index.column() == FieldColumn)
        flags |= Qt::ItemIsEditable;
    if (row->kind == Row::Kind::Field || row->kind == Row::Kind::Item)
        flags |= Qt::ItemIsDragEnabled;
    return flags | Qt::ItemIsDropEnabled;
}

QStringList MappingModel::mimeTypes() const
{
    return { QLatin1String(kFieldMime), QLatin1String(document::kEventPathMime), QStringLiteral("text/plain") };
}

QMimeData *MappingModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *mime = new QMimeData;
    mime->setData(QLatin1String(kFieldMime), QByteArray::fromStdString(rowAt(indexes.first())->pointer));
    return mime;
}

std::optional<MappingModel::Target> MappingModel::targetOf(int row, const QModelIndex &parent) const
{
    const Row *on = rowAt(parent);
    if (!on) {
        const auto container = m_tree.topContainer();
        if (!container)
            return std::nullopt;
        return Target{ *container, row < 0 ? static_cast<int>(m_tree.top().size()) : row };
    }
    if (!on->container)
        return std::nullopt;
    return Target{ *on->container, row < 0 ? static_cast<int>(on->children.size()) : row };
}

std::optional<MappingModel::Target> MappingModel::fieldTargetOf(int row, const QModelIndex &parent) const
{
    const Row *on = rowAt(parent);
    if (!on || on->container || on->kind == Row::Kind::Part || on->kind == Row::Kind::Whole)
        return targetOf(row, parent);
    const auto container = on->parent < 0 ? m_tree.topContainer() : m_tree.row(on->parent).container;
    return container ? std::optional(Target{ *container, on->place + 1 }) : std::nullopt;
}

bool MappingModel::canDropMimeData(const QMimeData *mime, Qt::DropAction, int row, int, const QModelIndex &parent) const
{
    if (mime->hasFormat(QLatin1String(kFieldMime))) {
        const auto target = fieldTargetOf(row, parent);
        const std::string pointer = mime->data(QLatin1String(kFieldMime)).toStdString();
        return target && target->container != pointer && !target->container.starts_with(pointer + '/');
    }
    const auto target = targetOf(row, parent);
    // A path dropped on a row that holds no fields becomes its value.
    return (target || parent.isValid()) && !droppedPaths(mime).isEmpty();
}

bool MappingModel::dropMimeData(
    const QMimeData *mime, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    if (!canDropMimeData(mime, action, row, column, parent))
        return false;
    if (mime->hasFormat(QLatin1String(kFieldMime))) {
        const auto target = fieldTargetOf(row, parent);
        Q_EMIT moveRequested(mime->data(QLatin1String(kFieldMime)).toStdString(), target->container, target->before);
        return false; // the view would remove the row it was dragged from
    }
    const auto target = targetOf(row, parent);
    const QStringList paths = droppedPaths(mime);
    if (target)
        Q_EMIT pathsDropped(paths, target->container, target->before);
    else
        Q_EMIT pathsDropped(paths, rowAt(parent)->pointer, -1);
    return true;
}

QStringList droppedPaths(const QMimeData *mime)
{
    constexpr qsizetype kMost = 500;
    QStringList paths;
    if (mime->hasFormat(QLatin1String(document::kEventPathMime))) {
        paths = QString::fromUtf8(mime->data(QLatin1String(document::kEventPathMime))).split(u'\n', Qt::SkipEmptyParts);
    } else if (mime->hasText() && mime->text().size() < 100'000) {
        for (const QString &line : mime->text().split(u'\n', Qt::SkipEmptyParts)) {
            const QString path = line.trimmed();
            if (!path.startsWith(QLatin1String("$.")))
                return {};
            paths << path.mid(2);
        }
    }
    return paths.mid(0, kMost);
}

} // namespace hookbench::data
