#include "ui/mappings/mappings_panel.h"

#include "core/destination/document.h"
#include "core/destination/limits.h"
#include "core/json/stringify.h"
#include "ui/document/workbench.h"
#include "ui/mappings/mapping_clipboard.h"
#include "ui/mappings/mapping_delegate.h"
#include "ui/mappings/mappings_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::mappings {

namespace {

constexpr int kStateLines = 2; // kept free, so that the list stays where it is

} // namespace

MappingsPanel::MappingsPanel(document::Workbench &workbench, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_model(new MappingsModel(workbench, this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit)
    , m_list(new QListView)
    , m_pages(new QStackedWidget)
    , m_empty(new widgets::EmptyState("mapping", tr("No mappings yet"),
          tr("A mapping decides which events are sent, where to, and in what shape.")))
    , m_matches(new widgets::StatusLabel(this))
    , m_full(new widgets::StatusLabel)
    , m_stateIcon(new widgets::StatusLabel)
    , m_state(new widgets::MutedLabel)
{
    m_shown->setSourceModel(m_model);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_search->setPlaceholderText(tr("Search mappings"));
    m_search->setAccessibleName(tr("Search mappings"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_shown->setFilterRole(MappingsModel::SearchRole);
    connect(m_search, &QLineEdit::textChanged, this, &MappingsPanel::search);

    auto *add = new QToolButton;
    add->setDefaultAction(workbench.action("mapping.new"));
    add->setToolButtonStyle(Qt::ToolButtonIconOnly);
    add->setFixedSize(theme::metric::kInput, theme::metric::kInput);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 6, 8, 6);
    top->setSpacing(6);
    top->addWidget(m_search, 1);
    top->addWidget(add);

    m_list->setModel(m_shown);
    m_list->setItemDelegate(new MappingDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Mappings"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const char *id : { "mapping.new", "mapping.duplicate", "mapping.rename", "mapping.toggle", "mapping.copy",
             "mapping.paste", "mapping.delete", "mapping.up", "mapping.down" })
        m_list->addAction(workbench.action(id));
    offerCopyAs(workbench.action("mapping.paste"));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && !m_searching)
            m_workbench.document().setCurrentMapping(m_shown->mapToSource(current).row());
        showState();
    });
    connect(m_list, &QAbstractItemView::entered, this, [this](const QModelIndex &index) {
        m_hovered = index;
        showState();
    });
    m_list->viewport()->installEventFilter(this);

    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(6, 2, 6, 2);
    bottom->setSpacing(2);
    for (const char *id : { "mapping.duplicate", "mapping.delete", "mapping.up", "mapping.down" }) {
        auto *button = new QToolButton;
        button->setDefaultAction(workbench.action(id));
        button->setAutoRaise(true);
        bottom->addWidget(button);
    }
    bottom->addStretch();

    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeState());
    layout->addLayout(bottom);

    workbench.bind("mapping.search", m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    const document::ProjectDocument &document = workbench.document();
    workbench.bind("mapping.copy", this, [this] { copy(); });
    workbench.bind("mapping.copySegment", this, [this] { copyAs(destination::Format::Segment); });
    workbench.bind("mapping.copyTerraform", this, [this] { copyAs(destination::Format::Terraform); });
    workbench.bind("mapping.copyCurl", this, [this] { copyAs(destination::Format::Curl); });
    workbench.bind("mapping.paste", this, [this] { paste(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        showCounts();
        selectCurrent();
        showState();
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &MappingsPanel::showState);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &MappingsPanel::selectCurrent);
    connect(&workbench, &document::Workbench::evaluationChanged, this, &MappingsPanel::showCounts);
    showCounts();
    selectCurrent();
    showState();
}

QWidget *MappingsPanel::makeState()
{
    auto *state = new QWidget;
    auto *lines = new QVBoxLayout(state);
    lines->setContentsMargins(10, 4, 10, 2);
    lines->setSpacing(4);
    lines->addWidget(m_full);
    m_full->setTextFont(theme::font(theme::Text::Small));
    auto *row = new QHBoxLayout;
    lines->addLayout(row);
    row->setSpacing(6);
    row->addWidget(m_stateIcon, 0, Qt::AlignTop);
    row->addWidget(m_state, 1, Qt::AlignTop);
    m_stateIcon->setFixedWidth(16);
    m_state->setFont(theme::font(theme::Text::Small));
    m_state->setWordWrap(true);
    m_state->installEventFilter(this);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setFixedHeight(kStateLines * QFontMetrics(m_state->font()).lineSpacing() + 2);
    m_state->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    return state;
}

QString MappingsPanel::countToolTip() const
{
    return tr("A destination takes up to %1 mappings. An older sentence of Segment's documentation says “up to 5”; the "
              "limits in its app and its framework say %1, and those are the ones that count.")
        .arg(destination::kMaxMappings);
}

bool MappingsPanel::renameInPlace()
{
    if (!m_list->hasFocus() || !m_list->currentIndex().isValid())
        return false;
    m_list->edit(m_list->currentIndex());
    return true;
}

QWidget *MappingsPanel::headerWidget()
{
    return m_matches;
}

QWidget *MappingsPanel::firstFocus()
{
    return m_pages->currentWidget() == m_list ? static_cast<QWidget *>(m_list) : m_search;
}

void MappingsPanel::showCounts()
{
    setCount(tr("%1 / %2").arg(m_workbench.document().mappingCount()).arg(destination::kMaxMappings));
    const std::optional<int> matches = m_workbench.matchCount();
    m_matches->setVisible(matches.has_value());
    if (matches)
        m_matches->setStatus(*matches > 0 ? "match" : "nomatch", tr("%n match", nullptr, *matches));
    const QString full = m_workbench.document().whyNotAddMapping();
    m_full->setVisible(!full.isEmpty());
    m_full->setStatus("info", tr("Full: %1 mappings are the limit").arg(destination::kMaxMappings));
    m_full->setToolTip(full);
    m_full->setAccessibleDescription(full);
    const bool none = m_shown->rowCount() == 0;
    if (none && !m_search->text().isEmpty()) {
        m_empty->setTitle(tr("No mapping found"));
        m_empty->setText(tr("No name, trigger or URL holds “%1”.").arg(m_search->text()));
    } else {
        m_empty->setTitle(tr("No mappings yet"));
        m_empty->setText(tr("A mapping decides which events are sent, where to, and in what shape."));
    }
    m_pages->setCurrentWidget(none ? static_cast<QWidget *>(m_empty) : m_list);
    m_state->parentWidget()->setVisible(m_workbench.document().mappingCount() > 0);
}

// The mapping being edited stays the current one, whether the search finds it or not.
void MappingsPanel::search(const QString &text)
{
    m_searching = true;
    m_shown->setFilterFixedString(text);
    m_searching = false;
    showCounts();
    selectCurrent();
}

void MappingsPanel::showState()
{
    const QModelIndex row = m_hovered.isValid() ? QModelIndex(m_hovered) : m_list->currentIndex();
    const QString words = row.data(MappingsModel::StateRole).toString();
    m_stateIcon->setStatus(row.data(MappingsModel::StateIconRole).toByteArray().constData(), QString());
    const QFontMetrics metrics(m_state->font());
    // Words do not fill lines to the brim: somewhat less than all of the room.
    const int room = kStateLines * m_state->width() - (kStateLines - 1) * metrics.averageCharWidth() * 9;
    m_state->setText(metrics.elidedText(words, Qt::ElideRight, room));
    m_state->setToolTip(words);
    m_state->setAccessibleName(words);
}

void MappingsPanel::copy()
{
    const document::ProjectDocument &document = m_workbench.document();
    if (document.currentMapping() < 0)
        return;
    const destination::Mapping &mapping = document.mapping(document.currentMapping());
    QGuiApplication::clipboard()->setText(QString::fromStdString(json::stringify(destination::toJson(mapping), 2)));
    QString words = tr("Copied “%1” as JSON.").arg(QString::fromStdString(mapping.name));
    // As a project file it is whole, to be pasted as it was; the other formats hide what is secret.
    destination::Project alone;
    alone.mappings = { mapping };
    alone.maskedHeaders = document.project().maskedHeaders;
    const Issues hidden = destination::exportProject(alone, destination::Format::Segment).issues;
    if (std::any_of(hidden.begin(), hidden.end(), [](const Issue &issue) { return issue.code == "secret-hidden"; }))
        words += u' ' + tr("It holds secrets in plain text.");
    m_workbench.say(words);
}

// "Copy as" in the list's menu, in front of `behind`: the commands of the catalogue under short names.
void MappingsPanel::offerCopyAs(QAction *behind)
{
    auto *menu = new QMenu(tr("C&opy as"), this);
    for (const auto &[id, words] :
        { std::pair{ "mapping.copy", tr("&Hookbench") }, { "mapping.copySegment", tr("&Segment JSON") },
            { "mapping.copyTerraform", tr("&Terraform") }, { "mapping.copyCurl", tr("&curl") } })
        connect(menu->addAction(words), &QAction::triggered, m_workbench.action(id), &QAction::trigger);
    QAction *action = menu->menuAction();
    m_list->insertAction(behind, action);
    const auto enable = [this, action] { action->setEnabled(m_workbench.document().currentMapping() >= 0); };
    connect(&m_workbench.document(), &document::ProjectDocument::currentMappingChanged, action, enable);
    enable();
}

void MappingsPanel::copyAs(destination::Format format)
{
    const document::ProjectDocument &document = m_workbench.document();
    const int current = document.currentMapping();
    if (current < 0)
        return;
    destination::ExportOptions options;
    options.only = { static_cast<std::size_t>(current) };
    const destination::Exported exported = destination::exportProject(document.project(), format, options);
    QGuiApplication::clipboard()->setText(QString::fromStdString(exported.text));
    QString words = tr("Copied “%1”.").arg(QString::fromStdString(document.mapping(current).name));
    for (const Issue &issue : exported.issues)
        if (issue.severity == Severity::Warning || issue.code == "secret-hidden") {
            words += u' ' + QString::fromStdString(issue.message);
            break;
        }
    m_workbench.say(words);
}

void MappingsPanel::paste()
{
    document::ProjectDocument &document = m_workbench.document();
    if (const QString why = document.whyNotAddMapping(); !why.isEmpty())
        return m_workbench.say(why);
    auto pasted = mappingsFromText(QGuiApplication::clipboard()->text().toStdString());
    if (!pasted)
        return m_workbench.say(
            tr("What was copied is no mapping: %1").arg(QString::fromStdString(pasted.error().message)));
    const std::size_t room = destination::kMaxMappings - document.project().mappings.size();
    if (pasted->size() > room)
        return m_workbench.say(tr("Nothing was pasted: %1 mappings were copied, and there is room for %2 until there "
                                  "are %3.")
                                   .arg(pasted->size())
                                   .arg(room)
                                   .arg(destination::kMaxMappings));
    const QString words = pasted->size() == 1 ? tr("Paste mapping") : tr("Paste %1 mappings").arg(pasted->size());
    int at = document.currentMapping() + 1;
    document.endTyping();
    document.undoStack()->beginMacro(words);
    for (destination::Mapping &mapping : *pasted) {
        mapping.enabled = false; // as every new one
        document.insertMapping(at++, std::move(mapping), words);
    }
    document.undoStack()->endMacro();
    if (pasted->size() > 1)
        m_workbench.say(tr("Pasted %1 mappings. They are disabled until you enable them.").arg(pasted->size()));
}

bool MappingsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list->viewport() && event->type() == QEvent::Leave) {
        m_hovered = QModelIndex();
        showState();
    }
    if (watched == m_state && event->type() == QEvent::Resize)
        showState();
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        const bool enters = key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter;
        if (enters && m_shown->rowCount() > 0) {
            if (!m_list->currentIndex().isValid())
                m_list->setCurrentIndex(m_shown->index(0, 0));
            m_list->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

void MappingsPanel::selectCurrent()
{
    const QModelIndex current = m_shown->mapFromSource(m_model->index(m_workbench.document().currentMapping()));
    if (current == m_list->currentIndex())
        return;
    m_list->setCurrentIndex(current);
    if (current.isValid())
        m_list->scrollTo(current);
}

} // namespace hookbench::mappings
