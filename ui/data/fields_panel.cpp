#include "ui/data/fields_panel.h"

#include "ui/document/event_path_mime.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::data {

SuggestionsModel::SuggestionsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void SuggestionsModel::setSuggestions(std::vector<Suggestion> suggestions, bool tickTypical)
{
    QSet<QByteArray> known;
    QSet<QByteArray> on;
    for (std::size_t i = 0; i < m_suggestions.size(); ++i) {
        known.insert(QByteArray::fromStdString(m_suggestions[i].path));
        if (m_ticked[i])
            on.insert(QByteArray::fromStdString(m_suggestions[i].path));
    }
    beginResetModel();
    m_suggestions = std::move(suggestions);
    m_ticked.clear();
    for (const Suggestion &suggestion : m_suggestions) {
        const QByteArray path = QByteArray::fromStdString(suggestion.path);
        m_ticked.push_back(known.contains(path) ? on.contains(path) : tickTypical && isTypical(suggestion));
    }
    endResetModel();
    Q_EMIT ticksChanged();
}

std::vector<Suggestion> SuggestionsModel::ticked() const
{
    std::vector<Suggestion> chosen;
    for (std::size_t i = 0; i < m_suggestions.size(); ++i)
        if (m_ticked[i])
            chosen.push_back(m_suggestions[i]);
    return chosen;
}

int SuggestionsModel::tickedCount() const
{
    return static_cast<int>(std::ranges::count(m_ticked, true));
}

void SuggestionsModel::tickAll(bool on)
{
    m_ticked.assign(m_suggestions.size(), on);
    if (!m_suggestions.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0), { Qt::CheckStateRole });
    Q_EMIT ticksChanged();
}

int SuggestionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_suggestions.size());
}

int SuggestionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SuggestionsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Suggestion &suggestion = m_suggestions[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::CheckStateRole:
        if (index.column() == NameColumn)
            return m_ticked[static_cast<std::size_t>(index.row())] ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::FontRole:
        return theme::font(index.column() == SeenColumn ? theme::Text::Small : theme::Text::Mono);
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case NameColumn:
            return QString::fromStdString(suggestion.name);
        case PathColumn:
            return QString::fromStdString(suggestion.path);
        case SeenColumn:
            return tr("%1 of %2").arg(suggestion.seen).arg(suggestion.of);
        default:
            return suggestion.sample;
        }
    default:
        return {};
    }
}

bool SuggestionsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    m_ticked[static_cast<std::size_t>(index.row())] = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, { Qt::CheckStateRole });
    Q_EMIT ticksChanged();
    return true;
}

QVariant SuggestionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("New field");
    case PathColumn:
        return tr("Event variable");
    case SeenColumn:
        return tr("Events");
    default:
        return tr("Sample");
    }
}

Qt::ItemFlags SuggestionsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
    return index.column() == NameColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

QStringList SuggestionsModel::mimeTypes() const
{
    return { QLatin1String(document::kEventPathMime), QStringLiteral("text/plain") };
}

QMimeData *SuggestionsModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList paths;
    for (const QModelIndex &index : indexes)
        if (index.column() == NameColumn)
            paths << index.siblingAtColumn(PathColumn).data().toString();
    auto *mime = new QMimeData;
    mime->setData(QLatin1String(document::kEventPathMime), paths.join(u'\n').toUtf8());
    mime->setText(QStringLiteral("$.") + paths.join(QStringLiteral("\n$.")));
    return mime;
}

FieldsPanel::FieldsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new SuggestionsModel(this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit)
    , m_list(new QTreeView)
    , m_add(new QToolButton)
    , m_all(new QToolButton)
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterKeyColumn(SuggestionsModel::PathColumn);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setPlaceholderText(tr("Find a field of the events"));
    m_filter->setAccessibleName(tr("Find a field of the events"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    m_list->setModel(m_proxy);
    m_list->setAccessibleName(tr("Fields of the events"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAlternatingRowColors(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setDragEnabled(true);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    m_list->setTabKeyNavigation(false);
    m_list->installEventFilter(this);
    QHeaderView *header = m_list->header();
    header->setFixedHeight(theme::metric::kTableHeader);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->resizeSection(SuggestionsModel::NameColumn, 150);
    header->resizeSection(SuggestionsModel::PathColumn, 220);
    header->resizeSection(SuggestionsModel::SeenColumn, 66);
    header->setStretchLastSection(true);
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setIcon(theme::icon("plus", theme::Tint::OnAccent));
    m_add->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(m_add, theme::Role::Primary);
    connect(m_add, &QToolButton::clicked, this, [this] { Q_EMIT addRequested(m_model->ticked()); });
    m_all->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(m_all, theme::Role::Link);
    connect(m_all, &QToolButton::clicked, this, [this] { m_model->tickAll(m_model->tickedCount() == 0); });
    connect(m_model, &SuggestionsModel::ticksChanged, this, &FieldsPanel::showCount);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 6);
    row->setSpacing(8);
    row->addWidget(m_filter, 1);
    row->addWidget(m_all);
    row->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_list, 1);
    showCount();
}

void FieldsPanel::setSuggestions(std::vector<Suggestion> suggestions, bool tickTypical)
{
    m_model->setSuggestions(std::move(suggestions), tickTypical);
}

void FieldsPanel::showCount()
{
    const int count = m_model->tickedCount();
    m_add->setText(count == 0 ? tr("Add fields") : tr("Add %n fields", nullptr, count));
    m_add->setEnabled(count > 0);
    m_add->setToolTip(count == 0 ? tr("Tick the fields to add, or drag them onto the mapping") : QString());
    m_all->setText(count == 0 ? tr("Tick all") : tr("Tick none"));
}

bool FieldsPanel::eventFilter(QObject *watched, QEvent *event)
{
    // Copied fields can be pasted into the mapping.
    if (watched == m_list && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        if (QMimeData *mime = m_proxy->mimeData(m_list->selectionModel()->selectedIndexes()))
            QGuiApplication::clipboard()->setMimeData(mime);
        return true;
    }
    // Space ticks all that is selected, not the current row alone.
    if (watched == m_list && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        const QModelIndexList rows = m_list->selectionModel()->selectedRows();
        if (!rows.isEmpty()) {
            const bool on = rows.first().data(Qt::CheckStateRole).toInt() != Qt::Checked;
            for (const QModelIndex &row : rows)
                m_proxy->setData(row, on ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookbench::data
