#include "ui/widgets/key_value_table.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace hookbench::widgets {

class KeyValueDelegate final : public QStyledItemDelegate
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
        const bool eye = index.data(KeyValueModel::EyeRole).toBool();
        const bool problem = index.column() == KeyValueModel::ValueColumn
            && !index.data(KeyValueModel::ProblemRole).toString().isEmpty();
        if (eye) {
            const bool hidden = index.data(KeyValueModel::RowRole).toBool();
            const bool masked = index.data(KeyValueModel::MaskedRole).toBool();
            theme::paintIcon(painter, trailing(o), hidden ? "eye" : "eye-off", masked ? t.text : t.muted);
            words = QStyle::visualRect(o.direction, words, words.adjusted(0, 0, -22, 0));
        }
        if (problem) {
            const bool wrong = index.data(KeyValueModel::WrongRole).toBool();
            const QRect box = trailing(o).translated(eye ? (o.direction == Qt::RightToLeft ? 22 : -22) : 0, 0);
            theme::paintIcon(painter, box, wrong ? "fail" : "warn", wrong ? t.error : t.warning);
            words = QStyle::visualRect(o.direction, words, words.adjusted(0, 0, -22, 0));
        }
        const QString placeholder
            = index.data(Qt::DisplayRole).toString().isEmpty() ? index.data(Qt::WhatsThisRole).toString() : QString();
        const bool bytes = !readOnly || index.column() == KeyValueModel::KeyColumn;
        painter->setFont(theme::font(!placeholder.isEmpty() || !bytes ? theme::Text::Small : theme::Text::Mono));
        painter->setPen(readOnly || !placeholder.isEmpty() ? t.muted : t.text);
        const QString text = placeholder.isEmpty() ? index.data(Qt::DisplayRole).toString() : placeholder;
        painter->setLayoutDirection(Qt::LayoutDirectionAuto); // each text runs as its letters do
        painter->drawText(words,
            static_cast<int>(QStyle::visualAlignment(o.direction, Qt::AlignLeft | Qt::AlignVCenter))
                | Qt::TextSingleLine,
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
        qobject_cast<KeyValueTable *>(this->parent())->watchEditor(line, index);
        return line;
    }

    bool editorEvent(
        QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override
    {
        if (event->type() == QEvent::MouseButtonPress && index.data(KeyValueModel::EyeRole).toBool()
            && trailing(option).adjusted(-4, -4, 4, 4).contains(static_cast<QMouseEvent *>(event)->pos())) {
            qobject_cast<KeyValueModel *>(model)->pressEye(index.row());
            return true;
        }
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    }
};

namespace {

bool isMaskKey(const QKeyEvent *event)
{
    return event->key() == Qt::Key_M && event->modifiers() == Qt::ControlModifier;
}

} // namespace

KeyValueTable::KeyValueTable(QWidget *parent)
    : QTableView(parent)
    , m_model(new KeyValueModel(this))
{
    setModel(m_model);
    setItemDelegate(new KeyValueDelegate(this));
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
    // A row that was added or removed leaves the keyboard where it was.
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        m_cellBeforeReset
            = currentIndex().isValid() ? QPoint(currentIndex().column(), currentIndex().row()) : QPoint(-1, -1);
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        updateGeometry();
        if (m_cellBeforeReset.y() >= 0)
            setCurrentIndex(
                m_model->index(std::min(m_cellBeforeReset.y(), m_model->rowCount() - 1), m_cellBeforeReset.x()));
    });
    connect(m_model, &KeyValueModel::rowMoved, this, &KeyValueTable::moveRequested);
}

void KeyValueTable::setMovable(bool movable)
{
    m_movable = movable;
    m_model->setMovable(movable);
    setDragDropMode(movable ? QAbstractItemView::InternalMove : QAbstractItemView::NoDragDrop);
    setDragDropOverwriteMode(false);
    setDefaultDropAction(Qt::MoveAction);
}

void KeyValueTable::editCell(int row, int column)
{
    const QModelIndex cell = m_model->index(row, column);
    setCurrentIndex(cell);
    scrollTo(cell);
    setFocus(Qt::OtherFocusReason);
    edit(cell);
}

void KeyValueTable::typeIn(int row, int column, const QString &text)
{
    editCell(row, column);
    if (!m_editor)
        return;
    m_editor->setText(text);
    Q_EMIT typing(row, column, text);
}

void KeyValueTable::watchEditor(QLineEdit *line, const QModelIndex &index)
{
    m_editor = line;
    const QPersistentModelIndex cell = index;
    connect(line, &QLineEdit::textEdited, this, [this, cell](const QString &text) {
        if (cell.isValid())
            Q_EMIT typing(cell.row(), cell.column(), text);
    });
    connect(line, &QObject::destroyed, this, &KeyValueTable::typingEnded);
}

bool KeyValueTable::isEditable(int row) const
{
    return row >= 0 && !m_model->isAddRow(row) && !m_model->index(row, 0).data(KeyValueModel::ReadOnlyRole).toBool();
}

bool KeyValueTable::moveBy(int step)
{
    const int row = currentIndex().row();
    if (!m_movable || !m_model->isMovable(row) || !m_model->isMovable(row + step))
        return false;
    const int column = currentIndex().column();
    Q_EMIT moveRequested(row, row + step);
    setCurrentIndex(m_model->index(row + step, column));
    return true;
}

void KeyValueTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row() || current.isValid() != previous.isValid())
        Q_EMIT currentRowChanged(current.row());
}

bool KeyValueTable::event(QEvent *event)
{
    // The window has these keys for something else; here they are the table's.
    if (event->type() == QEvent::ShortcutOverride && m_movable) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down))
            event->accept();
    }
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_F2 || (isMaskKey(key) && m_model->isMaskable(currentIndex().row())))
            event->accept();
    }
    return QTableView::event(event);
}

void KeyValueTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex at = byMouse ? indexAt(event->pos()) : currentIndex();
    if (!at.isValid())
        return;
    setCurrentIndex(at);
    const int row = at.row();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, const QString &keys, bool enabled, auto &&carryOut) {
        QAction *action = menu->addAction(keys.isEmpty() ? text : QString(text + u'\t' + keys));
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, carryOut);
    };
    const auto keysOf
        = [](const char *keys) { return QKeySequence(QLatin1String(keys)).toString(QKeySequence::NativeText); };
    add(tr("&Edit"), keysOf("F2"), bool(m_model->flags(at) & Qt::ItemIsEditable),
        [this, at = QPersistentModelIndex(at)] { edit(at); });
    if (!m_model->isAddRow(row)) {
        const bool masked = m_model->isMasked(row);
        const bool revealed = m_model->isRevealed(row);
        if (masked)
            add(revealed ? tr("&Hide the value") : tr("&Show the value"), {}, true,
                [this, row, revealed] { m_model->setRevealed(row, !revealed); });
        if (masked || m_model->isMaskable(row))
            add(masked ? tr("U&nmask") : tr("&Mask"), keysOf("Ctrl+M"), m_model->isMaskable(row),
                [this, row] { m_model->toggleMask(row); });
        // What is hidden is not copied by accident: it is shown first.
        add(tr("&Copy the value"), {}, isEditable(row) && (!masked || revealed), [this, row] {
            QGuiApplication::clipboard()->setText(
                m_model->index(row, KeyValueModel::ValueColumn).data(Qt::EditRole).toString());
        });
        if (m_movable) {
            add(tr("Move &up"), keysOf("Alt+Up"), m_model->isMovable(row) && m_model->isMovable(row - 1),
                [this] { moveBy(-1); });
            add(tr("Move &down"), keysOf("Alt+Down"), m_model->isMovable(row) && m_model->isMovable(row + 1),
                [this] { moveBy(1); });
        }
        add(tr("&Remove"), keysOf("Del"), isEditable(row), [this, row] { Q_EMIT removeRequested(row); });
    }
    menu->popup(byMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(at).bottomLeft()));
    event->accept();
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
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveBy(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    if (isMaskKey(event) && m_model->isMaskable(current.row())) {
        m_model->toggleMask(current.row());
        return;
    }
    if (isEditable(current.row()) && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
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
