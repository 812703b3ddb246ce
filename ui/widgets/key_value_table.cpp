#include "ui/widgets/key_value_table.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace hookbench::widgets {

namespace {

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

class RowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static QRect trailing(const QStyleOptionViewItem &option)
    {
        const QRect &r = option.rect;
        return QStyle::visualRect(option.direction, r, QRect(r.right() - 22, r.center().y() - 7, 16, 16));
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const theme::Tokens &t = theme::tokens();
        QStyleOptionViewItem o = option;
        initStyleOption(&o, index);
        o.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &o, painter, o.widget);
        painter->fillRect(o.rect.left(), o.rect.bottom(), o.rect.width(), 1, t.line);
        painter->fillRect(o.direction == Qt::RightToLeft ? o.rect.left() : o.rect.right(), o.rect.top(),
            index.column() == 0 ? 1 : 0, o.rect.height(), t.line);
        QRect words = o.rect.adjusted(theme::metric::kCellPadding, 0, -theme::metric::kCellPadding, -1);
        const bool readOnly = index.data(KeyValueModel::ReadOnlyRole).toBool();
        const QByteArray iconName = index.data(KeyValueModel::IconRole).toByteArray();
        if (!iconName.isEmpty()) {
            const QRect box
                = QStyle::visualRect(o.direction, words, QRect(words.left(), words.center().y() - 7, 14, 14));
            theme::paintIcon(painter, box, iconName.constData(), t.muted);
            words = QStyle::visualRect(o.direction, words, words.adjusted(20, 0, 0, 0));
        }
        const bool maskable = index.data(KeyValueModel::MaskableRole).toBool();
        const bool problem = index.column() == KeyValueModel::ValueColumn
            && !index.data(KeyValueModel::ProblemRole).toString().isEmpty();
        if (maskable || problem) {
            const bool masked = index.data(KeyValueModel::RowRole).toBool();
            theme::paintIcon(painter, trailing(o),
                problem      ? "warn"
                    : masked ? "eye"
                             : "eye-off",
                problem ? t.warning : t.muted);
            words = QStyle::visualRect(o.direction, words, words.adjusted(0, 0, -22, 0));
        }
        const QString placeholder
            = index.data(Qt::DisplayRole).toString().isEmpty() ? index.data(Qt::WhatsThisRole).toString() : QString();
        const bool bytes = !readOnly || index.column() == KeyValueModel::KeyColumn;
        painter->setFont(theme::font(!placeholder.isEmpty() || !bytes ? theme::Text::Small : theme::Text::Mono));
        painter->setPen(readOnly || !placeholder.isEmpty() ? t.muted : t.text);
        const QString text = placeholder.isEmpty() ? index.data(Qt::DisplayRole).toString() : placeholder;
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        if (o.state & QStyle::State_HasFocus) {
            QStyleOptionFocusRect focus;
            focus.QStyleOption::operator=(o);
            o.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, o.widget);
        }
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        auto *line = new QLineEdit(parent);
        line->setFont(theme::font(theme::Text::Mono));
        line->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
        return line;
    }

    bool editorEvent(
        QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override
    {
        if (event->type() == QEvent::MouseButtonPress && index.data(KeyValueModel::MaskableRole).toBool()
            && trailing(option).adjusted(-4, -4, 4, 4).contains(static_cast<QMouseEvent *>(event)->pos())) {
            auto *rows = qobject_cast<KeyValueModel *>(model);
            rows->setRevealed(index.row(), !rows->isRevealed(index.row()));
            return true;
        }
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    }
};

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
            if (rows[i].key != m_rows[i].key)
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
    if (isAddRow(index.row()))
        return role == Qt::WhatsThisRole && index.column() == KeyColumn ? QVariant(m_placeholder) : QVariant();
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
        return value && !masked ? row.value : !value ? row.key : QString();
    case RowRole:
        return value && masked;
    case ReadOnlyRole:
        return row.readOnly;
    case IconRole:
        return value ? row.iconName : QByteArray();
    case ProblemRole:
        return row.problem;
    case MaskableRole:
        return value && row.masked;
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
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (isAddRow(index.row()))
        return index.column() == KeyColumn ? flags | Qt::ItemIsEditable : flags;
    if (!m_rows[static_cast<std::size_t>(index.row())].readOnly)
        flags |= Qt::ItemIsEditable;
    return flags;
}

KeyValueTable::KeyValueTable(QWidget *parent)
    : QTableView(parent)
    , m_model(new KeyValueModel(this))
{
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
        | QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(theme::metric::kTableRow);
    verticalHeader()->setDefaultSectionSize(theme::metric::kTableRow);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setFixedHeight(theme::metric::kTableHeader);
    horizontalHeader()->resizeSection(KeyValueModel::KeyColumn, 136);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const auto signal : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(m_model, signal, this, [this] { updateGeometry(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
}

void KeyValueTable::editNewRow()
{
    const QModelIndex last = m_model->index(m_model->rowCount() - 1, KeyValueModel::KeyColumn);
    if (!m_model->isAddRow(last.row()))
        return;
    scrollTo(last);
    setCurrentIndex(last);
    edit(last);
}

QSize KeyValueTable::sizeHint() const
{
    const int rows = std::clamp(m_model->rowCount(), 1, 8);
    return { 280, theme::metric::kTableHeader + rows * theme::metric::kTableRow + 2 * frameWidth() };
}

QSize KeyValueTable::minimumSizeHint() const
{
    return { 160, theme::metric::kTableHeader + 2 * theme::metric::kTableRow + 2 * frameWidth() };
}

void KeyValueTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if (current.isValid() && !m_model->isAddRow(current.row())
        && !m_model->data(current, KeyValueModel::ReadOnlyRole).toBool()
        && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested(current.row());
        return;
    }
    if (current.isValid() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) && state() != EditingState) {
        edit(current);
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace hookbench::widgets
