#include "ui/data/mapping_view.h"

#include "ui/data/mapping_delegate.h"
#include "ui/data/mapping_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace hookbench::data {

namespace {

constexpr int kFieldWidth = 150;
constexpr int kPreviewWidth = 230;
constexpr int kIndent = 16;

} // namespace

MappingView::MappingView(MappingModel &model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new MappingDelegate(model, this));
    setAccessibleName(tr("Mapping of the data"));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(kIndent);
    setAllColumnsShowFocus(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setTabKeyNavigation(false);
    setDragEnabled(true);
    setAcceptDrops(true);
    setDropIndicatorShown(true);
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setAutoExpandDelay(600);
    header()->setFixedHeight(theme::metric::kTableHeader);
    header()->setHighlightSections(false);
    header()->setSectionsMovable(false);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(80);
    header()->setSectionResizeMode(MappingModel::FieldColumn, QHeaderView::Interactive);
    header()->setSectionResizeMode(MappingModel::ValueColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(MappingModel::PreviewColumn, QHeaderView::Interactive);
    header()->resizeSection(MappingModel::FieldColumn, kFieldWidth);
    header()->resizeSection(MappingModel::PreviewColumn, kPreviewWidth);
    connect(header(), &QHeaderView::sectionResized, this,
        [this] { m_sized = m_sized || QGuiApplication::mouseButtons() != Qt::NoButton; });
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_restoring = true; });
    connect(&model, &QAbstractItemModel::modelReset, this, &MappingView::expandRows);
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        if (!m_restoring)
            m_folded.insert(m_model.rowAt(index)->pointer);
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (!m_restoring)
            m_folded.erase(m_model.rowAt(index)->pointer);
    });
    expandRows();
}

const Row *MappingView::currentRow() const
{
    return m_model.rowAt(currentIndex());
}

void MappingView::goTo(const std::string &pointer)
{
    const QModelIndex index = m_model.indexNear(pointer);
    if (!index.isValid())
        return;
    const int column = currentIndex().isValid() ? currentIndex().column() : 0;
    setCurrentIndex(index.siblingAtColumn(column));
    scrollTo(index);
}

void MappingView::rename(const std::string &pointer)
{
    const QModelIndex index = m_model.indexOf(pointer);
    if (!index.isValid() || !(index.flags() & Qt::ItemIsEditable))
        return;
    setCurrentIndex(index);
    scrollTo(index);
    setFocus();
    edit(index);
}

void MappingView::expandRows()
{
    m_restoring = true;
    expandAll();
    for (const std::string &pointer : m_folded)
        if (const QModelIndex index = m_model.indexOf(pointer); index.isValid())
            collapse(index);
    if (!m_current.empty())
        if (const QModelIndex index = m_model.indexNear(m_current); index.isValid())
            setCurrentIndex(index);
    m_restoring = false;
}

void MappingView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    const Row *row = m_model.rowAt(current);
    if (m_restoring || !row)
        return;
    m_current = row->pointer;
    Q_EMIT rowChosen(m_current);
}

bool MappingView::isOurKey(const QKeyEvent *event) const
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    switch (event->key()) {
    case Qt::Key_F2:
    case Qt::Key_Delete:
    case Qt::Key_Insert:
        return modifiers == Qt::NoModifier;
    case Qt::Key_Up:
    case Qt::Key_Down:
        return modifiers == Qt::AltModifier;
    case Qt::Key_D:
        return modifiers == Qt::ControlModifier;
    default:
        return event->matches(QKeySequence::Copy) || event->matches(QKeySequence::Cut)
            || event->matches(QKeySequence::Paste);
    }
}

bool MappingView::event(QEvent *event)
{
    // The window has these keys too, for mappings: here they mean fields.
    if (event->type() == QEvent::ShortcutOverride && isOurKey(static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void MappingView::keyPressEvent(QKeyEvent *event)
{
    const Row *row = currentRow();
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (state() == EditingState) {
        QTreeView::keyPressEvent(event);
        return;
    }
    if (event->matches(QKeySequence::Paste)) {
        Q_EMIT pasteRequested();
        return;
    }
    if (event->key() == Qt::Key_Insert && modifiers == Qt::NoModifier) {
        Q_EMIT addRequested();
        return;
    }
    if (!row) {
        QTreeView::keyPressEvent(event);
        return;
    }
    const std::string pointer = row->pointer;
    const bool movable = row->kind == Row::Kind::Field || row->kind == Row::Kind::Item;
    if (enter && modifiers == Qt::NoModifier) {
        Q_EMIT valueRequested(currentIndex());
    } else if (event->key() == Qt::Key_F2) {
        if (currentIndex().column() == MappingModel::FieldColumn && row->kind == Row::Kind::Field)
            rename(pointer);
        else
            Q_EMIT valueRequested(currentIndex());
    } else if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested(pointer);
    } else if (movable && event->matches(QKeySequence::Cut)) {
        Q_EMIT cutRequested(pointer);
    } else if (movable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested(pointer);
    } else if (movable && event->key() == Qt::Key_D && modifiers == Qt::ControlModifier) {
        Q_EMIT duplicateRequested(pointer);
    } else if (movable && modifiers == Qt::AltModifier
        && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        Q_EMIT nudgeRequested(pointer, event->key() == Qt::Key_Up ? -1 : 1);
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void MappingView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    const Row *row = m_model.rowAt(index);
    if (!row || event->button() != Qt::LeftButton) {
        QTreeView::mouseDoubleClickEvent(event);
        return;
    }
    if (index.column() == MappingModel::FieldColumn && row->kind == Row::Kind::Field)
        rename(row->pointer);
    else
        Q_EMIT valueRequested(index);
}

void MappingView::contextMenuEvent(QContextMenuEvent *event)
{
    const Row *row = currentRow();
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard)
        place = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    else
        row = m_model.rowAt(indexAt(viewport()->mapFromGlobal(place)));
    QMenu menu(this);
    const auto add = [&](const QString &text, const char *icon, const QString &keys, auto act) {
        QAction *action = menu.addAction(*icon ? theme::icon(icon) : QIcon(), text, this, act);
        action->setShortcut(QKeySequence(keys));
        return action;
    };
    if (row) {
        const std::string pointer = row->pointer;
        const bool movable = row->kind == Row::Kind::Field || row->kind == Row::Kind::Item;
        add(tr("Edit value…"), "edit", QStringLiteral("Return"),
            [this, pointer] { Q_EMIT valueRequested(m_model.indexOf(pointer, MappingModel::ValueColumn)); });
        if (row->kind == Row::Kind::Field)
            add(tr("Rename field"), "", QStringLiteral("F2"), [this, pointer] { rename(pointer); });
        menu.addSeparator();
        add(row->takesItems ? tr("Add item") : tr("Add field"), "plus", QStringLiteral("Ins"),
            [this] { Q_EMIT addRequested(); });
        if (movable) {
            add(tr("Duplicate"), "copy", QStringLiteral("Ctrl+D"),
                [this, pointer] { Q_EMIT duplicateRequested(pointer); });
            add(tr("Move up"), "arrow-up", QStringLiteral("Alt+Up"),
                [this, pointer] { Q_EMIT nudgeRequested(pointer, -1); });
            add(tr("Move down"), "arrow-down", QStringLiteral("Alt+Down"),
                [this, pointer] { Q_EMIT nudgeRequested(pointer, 1); });
        }
        menu.addSeparator();
        if (movable)
            add(tr("Cut"), "", QStringLiteral("Ctrl+X"), [this, pointer] { Q_EMIT cutRequested(pointer); });
        add(tr("Copy"), "", QStringLiteral("Ctrl+C"), [this, pointer] { Q_EMIT copyRequested(pointer); });
        add(tr("Paste"), "", QStringLiteral("Ctrl+V"), [this] { Q_EMIT pasteRequested(); });
        if (movable) {
            menu.addSeparator();
            add(tr("Remove"), "trash", QStringLiteral("Del"), [this, pointer] { Q_EMIT removeRequested(pointer); });
        }
    } else {
        add(tr("Add field"), "plus", QStringLiteral("Ins"), [this] { Q_EMIT addRequested(); });
        add(tr("Paste"), "", QStringLiteral("Ctrl+V"), [this] { Q_EMIT pasteRequested(); });
    }
    menu.exec(place);
}

void MappingView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QTreeView::closeEditor(editor, QAbstractItemDelegate::NoHint);
    if (hint == QAbstractItemDelegate::SubmitModelCache)
        Q_EMIT renamed();
}

void MappingView::startDrag(Qt::DropActions actions)
{
    // QTreeView would take any selected cell; only fields and items can be dragged.
    const Row *row = currentRow();
    if (row && (row->kind == Row::Kind::Field || row->kind == Row::Kind::Item))
        QTreeView::startDrag(actions);
}

void MappingView::resizeEvent(QResizeEvent *event)
{
    if (!m_sized) {
        header()->resizeSection(MappingModel::FieldColumn, std::clamp(viewport()->width() / 5, 110, kFieldWidth));
        header()->resizeSection(
            MappingModel::PreviewColumn, std::clamp(viewport()->width() * 3 / 10, 130, kPreviewWidth));
    }
    QTreeView::resizeEvent(event);
}

} // namespace hookbench::data
