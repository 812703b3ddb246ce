#include "ui/event/event_tree.h"

#include "core/json/stringify.h"
#include "ui/document/event_path_mime.h"
#include "ui/document/event_paths.h"
#include "ui/document/json_places.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMimeData>

#include <algorithm>

namespace hookbench::event_panel {

namespace {

constexpr std::size_t kMostOpenedAtFirst = 60;
constexpr int kKeyWidth = 160;

} // namespace

void EventTreeModel::setEvent(const json::Document &event)
{
    m_event = event;
    setDocument(event);
}

QString EventTreeModel::pathOf(const QModelIndex &index) const
{
    QString path;
    if (isRange(index))
        return path;
    for (const widgets::JsonStep &step : stepsTo(index)) {
        const QString key = QString::fromStdString(step.key);
        if (step.isItem)
            path += u'[' + key + u']';
        else if (!document::appendKey(path, key))
            return {};
    }
    return path;
}

void EventTreeModel::setMarked(const QStringList &paths)
{
    m_marked.clear();
    for (const QString &path : paths)
        if (QStringList steps = document::stepsOf(path); !steps.isEmpty())
            m_marked.push_back(std::move(steps));
}

std::optional<widgets::JsonPlace> EventTreeModel::firstMarked() const
{
    for (const QStringList &steps : m_marked) {
        widgets::JsonPlace place;
        json::Value at = m_event;
        for (const QString &step : steps) {
            std::size_t position = 0;
            if (at.isObject()) {
                const auto members = at.members();
                const std::string key = step.toStdString();
                position = static_cast<std::size_t>(std::ranges::find_if(members, [&](const json::Member &member) {
                    return member.name() == key;
                }) - members.begin());
            } else if (step != u"*") {
                position = step.toULongLong();
            }
            if (!at.isContainer() || position >= at.size())
                break;
            at = at.isObject() ? at.members()[position].value : at.at(position);
            place.push_back(position);
        }
        if (static_cast<qsizetype>(place.size()) == steps.size())
            return place;
    }
    return std::nullopt;
}

bool EventTreeModel::isMarked(const QModelIndex &index) const
{
    if (m_marked.empty() || isRange(index))
        return false;
    QStringList steps;
    for (const widgets::JsonStep &step : stepsTo(index))
        steps << QString::fromStdString(step.key);
    return std::ranges::any_of(m_marked, [&](const QStringList &path) { return document::leadsTo(path, steps); });
}

Qt::ItemFlags EventTreeModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = JsonTreeModel::flags(index);
    return pathOf(index).isEmpty() ? flags : flags | Qt::ItemIsDragEnabled;
}

QVariant EventTreeModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::BackgroundRole)
        return isMarked(index) ? QVariant(theme::tokens().sel) : QVariant();
    if (role == Qt::FontRole && isMarked(index)) { // not by colour alone
        QFont font = JsonTreeModel::data(index, role).value<QFont>();
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole && index.column() == KeyColumn) {
        const QString path = pathOf(index);
        return path.isEmpty() ? JsonTreeModel::data(index, role) : QVariant(QString(u"$." + path));
    }
    return JsonTreeModel::data(index, role);
}

QStringList EventTreeModel::mimeTypes() const
{
    return { QLatin1String(document::kEventPathMime), QStringLiteral("text/plain") };
}

QMimeData *EventTreeModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList paths;
    for (const QModelIndex &index : indexes)
        if (const QString path = index.column() == KeyColumn ? pathOf(index) : QString(); !path.isEmpty())
            paths << path;
    if (paths.isEmpty())
        return nullptr;
    auto *mime = new QMimeData;
    mime->setData(QLatin1String(document::kEventPathMime), paths.join(u'\n').toUtf8());
    mime->setText(QStringLiteral("$.") + paths.join(QStringLiteral("\n$.")));
    return mime;
}

EventTree::EventTree(QWidget *parent)
    : QTreeView(parent)
    , m_model(new EventTreeModel(this))
    , m_add(new QAction(theme::icon("plus"), tr("&Add to the mapping"), this))
    , m_copyPath(new QAction(theme::icon("copy"), tr("Copy &path"), this))
{
    setModel(m_model);
    setAccessibleName(tr("Event as a tree"));
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setTabKeyNavigation(false);
    setIndentation(14);
    setLayoutDirection(Qt::LeftToRight); // code, as the text of the event
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    header()->setFixedHeight(theme::metric::kTableHeader);
    header()->setSectionResizeMode(widgets::JsonTreeModel::KeyColumn, QHeaderView::Interactive);
    header()->resizeSection(widgets::JsonTreeModel::KeyColumn, kKeyWidth);
    auto *copyValue = new QAction(tr("Copy &value"), this);
    m_add->setShortcut(Qt::Key_Insert);
    m_copyPath->setShortcut(QKeySequence::Copy);
    for (QAction *action : { m_add, m_copyPath, copyValue }) {
        action->setShortcutContext(Qt::WidgetShortcut);
        addAction(action);
    }
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_add, &QAction::triggered, this, [this] {
        if (const QStringList paths = chosenPaths(); !paths.isEmpty())
            Q_EMIT fieldsWanted(paths);
    });
    connect(m_copyPath, &QAction::triggered, this, &EventTree::copyPaths);
    connect(copyValue, &QAction::triggered, this, &EventTree::copyValue);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &EventTree::updateActions);
    const auto keep = [this](const QModelIndex &index, bool open) {
        if (m_filling || m_model->isRange(index))
            return;
        if (open)
            m_open.insert(m_model->pointerOf(index));
        else
            m_open.erase(m_model->pointerOf(index));
    };
    connect(this, &QTreeView::expanded, this, [keep](const QModelIndex &index) { keep(index, true); });
    connect(this, &QTreeView::collapsed, this, [keep](const QModelIndex &index) { keep(index, false); });
    updateActions();
}

void EventTree::setEvent(const json::Document &event)
{
    if (json::identical(event, m_model->event()))
        return;
    const bool first = m_open.empty();
    const std::string current = m_model->pointerOf(currentIndex());
    m_filling = true;
    m_model->setEvent(event);
    const QModelIndex top = m_model->index(0, 0);
    setRootIndex(top); // its members are the first rows
    std::size_t rows = event->isContainer() ? event->size() : 0;
    for (int row = 0; first && row < m_model->rowCount(top); ++row) {
        const QModelIndex index = m_model->index(row, 0, top);
        const json::Value value = m_model->valueAt(index);
        if (value.isContainer() && (rows += value.size()) <= kMostOpenedAtFirst)
            m_open.insert(m_model->pointerOf(index));
    }
    openKept(top);
    m_filling = false;
}

void EventTree::openKept(const QModelIndex &parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        if (m_model->rowCount(index) > 0 && m_open.contains(m_model->pointerOf(index))) {
            expand(index);
            openKept(index);
        }
    }
}

void EventTree::mark(const QStringList &paths)
{
    m_model->setMarked(paths);
    viewport()->update();
    if (hasFocus())
        return;
    const auto place = m_model->firstMarked();
    if (!place)
        return;
    m_filling = true; // opened to be seen, not by the user
    const QModelIndex index = m_model->indexOf(*place);
    for (QModelIndex around = index.parent(); around.isValid(); around = around.parent())
        expand(around);
    scrollTo(index);
    m_filling = false;
}

QStringList EventTree::chosenPaths() const
{
    QStringList paths;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        if (const QString path = m_model->pathOf(index); !path.isEmpty())
            paths << path;
    return paths;
}

void EventTree::copyPaths()
{
    if (const QStringList paths = chosenPaths(); !paths.isEmpty())
        QGuiApplication::clipboard()->setText(QStringLiteral("$.") + paths.join(QStringLiteral("\n$.")));
}

void EventTree::copyValue()
{
    const json::Value value = m_model->valueAt(currentIndex());
    QGuiApplication::clipboard()->setText(QString::fromStdString(
        value.isString() ? std::string(value.asString()) : json::stringify(value, value.isContainer() ? 2 : 0)));
}

void EventTree::updateActions()
{
    const bool any = !chosenPaths().isEmpty();
    m_add->setEnabled(any);
    m_copyPath->setEnabled(any);
}

void EventTree::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (m_filling || !hasFocus())
        return;
    m_model->setMarked({});
    viewport()->update();
    Q_EMIT partChosen(m_model->pathOf(current));
}

} // namespace hookbench::event_panel
