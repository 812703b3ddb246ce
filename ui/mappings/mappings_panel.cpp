#include "ui/mappings/mappings_panel.h"

#include "core/destination/limits.h"
#include "ui/document/workbench.h"
#include "ui/mappings/mapping_delegate.h"
#include "ui/mappings/mappings_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::mappings {

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
{
    m_shown->setSourceModel(m_model);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_search->setPlaceholderText(tr("Search mappings"));
    m_search->setAccessibleName(tr("Search mappings"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_shown->setFilterFixedString(text);
        showCounts();
        selectCurrent();
    });

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
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const char *id : { "mapping.new", "mapping.duplicate", "mapping.delete", "mapping.up", "mapping.down" })
        m_list->addAction(workbench.action(id));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.isValid())
            m_workbench.document().setCurrentMapping(m_shown->mapToSource(current).row());
    });

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
    layout->addLayout(bottom);

    workbench.bind("mapping.search", m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    const document::ProjectDocument &document = workbench.document();
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        showCounts();
        selectCurrent();
    });
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &MappingsPanel::selectCurrent);
    connect(&workbench, &document::Workbench::evaluationChanged, this, &MappingsPanel::showCounts);
    showCounts();
    selectCurrent();
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
    const bool none = m_shown->rowCount() == 0;
    if (none && !m_search->text().isEmpty()) {
        m_empty->setTitle(tr("No mapping found"));
        m_empty->setText(tr("No name holds “%1”.").arg(m_search->text()));
    } else {
        m_empty->setTitle(tr("No mappings yet"));
        m_empty->setText(tr("A mapping decides which events are sent, where to, and in what shape."));
    }
    m_pages->setCurrentWidget(none ? static_cast<QWidget *>(m_empty) : m_list);
}

void MappingsPanel::selectCurrent()
{
    const QModelIndex current = m_shown->mapFromSource(m_model->index(m_workbench.document().currentMapping()));
    if (current.isValid() && current != m_list->currentIndex()) {
        m_list->setCurrentIndex(current);
        m_list->scrollTo(current);
    }
}

} // namespace hookbench::mappings
