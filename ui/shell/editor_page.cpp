#include "ui/shell/editor_page.h"

#include "ui/document/workbench.h"
#include "ui/shell/action_catalogue.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/section_band.h"
#include "ui/widgets/switch.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::shell {

EditorPage::EditorPage(document::Workbench &workbench, const ActionCatalogue &actions, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_enabled(new widgets::Switch)
    , m_name(new widgets::ElidedLabel)
    , m_nameEdit(new QLineEdit)
    , m_place(new widgets::MutedLabel)
    , m_sections(new QVBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *header = new QWidget;
    header->setFixedHeight(theme::metric::kEditorHeader);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(9, 0, 8, 1);
    row->setSpacing(8);
    m_enabled->setAccessibleName(tr("Mapping enabled"));
    row->addWidget(m_enabled);
    m_name->setFont(theme::font(theme::Text::Title));
    m_name->installEventFilter(this);
    m_nameEdit->setFont(theme::font(theme::Text::Title));
    m_nameEdit->setAccessibleName(tr("Name of the mapping"));
    m_nameEdit->installEventFilter(this);
    m_nameEdit->hide();
    row->addWidget(m_name);
    row->addWidget(m_nameEdit);
    row->addWidget(m_place);
    row->addStretch(1);
    m_impact = new QToolButton;
    m_impact->setDefaultAction(actions.at("view.impact"));
    m_impact->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setRole(m_impact, theme::Role::Link);
    m_impact->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(m_impact);
    auto *more = new QToolButton;
    more->setAutoRaise(true);
    more->setFocusPolicy(Qt::StrongFocus);
    more->setIcon(theme::icon("more"));
    more->setToolTip(tr("More for this mapping"));
    more->setAccessibleName(tr("More for this mapping"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(more);
    for (const char *id : { "mapping.rename", "mapping.duplicate", "mapping.up", "mapping.down", "mapping.delete" })
        menu->addAction(actions.at(id));
    more->setMenu(menu);
    row->addWidget(more);
    layout->addWidget(header);

    auto *scroll = m_scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *inner = new QWidget;
    inner->setLayout(m_sections);
    m_sections->setContentsMargins(0, 0, 0, 0);
    m_sections->setSpacing(0);
    scroll->setWidget(inner);
    scroll->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    layout->addWidget(scroll, 1);

    document::ProjectDocument &document = workbench.document();
    connect(m_enabled, &QCheckBox::clicked, this,
        [this](bool on) { m_workbench.document().setMappingEnabled(m_workbench.document().currentMapping(), on); });
    connect(m_nameEdit, &QLineEdit::editingFinished, this, [this] { endRename(true); });
    connect(&document, &document::ProjectDocument::changed, this, &EditorPage::showMapping);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &EditorPage::showMapping);
    connect(&document, &document::ProjectDocument::modifiedChanged, this, &EditorPage::showMapping);
    // Behind the sections, which give the place the focus.
    connect(&workbench, &document::Workbench::jumpRequested, this, &EditorPage::showFocus, Qt::QueuedConnection);
    showMapping();
}

void EditorPage::showFocus()
{
    const QWidget *focus = window()->focusWidget(); // the palette may still be the active window
    QWidget *content = m_scroll->widget();
    if (!focus || !content->isAncestorOf(focus))
        return;
    QRect place = focus->rect();
    if (const auto *view = qobject_cast<const QAbstractItemView *>(focus); view && view->currentIndex().isValid())
        place = view->visualRect(view->currentIndex()).translated(view->viewport()->pos());
    else if (const auto *text = qobject_cast<const QPlainTextEdit *>(focus))
        place = text->cursorRect().translated(text->viewport()->pos());
    const QPoint centre = focus->mapTo(content, place.center());
    m_scroll->ensureVisible(centre.x(), centre.y(), 0, std::max(24, place.height()));
}

void EditorPage::addSection(widgets::SectionBand *section, bool takesRoom)
{
    m_sections->addWidget(section, takesRoom ? 1 : 0);
}

void EditorPage::rename()
{
    if (m_workbench.document().currentMapping() < 0)
        return;
    m_nameEdit->setText(m_name->text());
    m_name->hide();
    m_nameEdit->show();
    m_nameEdit->selectAll();
    m_nameEdit->setFocus(Qt::OtherFocusReason);
}

void EditorPage::endRename(bool keep)
{
    if (m_nameEdit->isHidden())
        return;
    m_nameEdit->hide();
    m_name->show();
    document::ProjectDocument &document = m_workbench.document();
    const QString name = m_nameEdit->text().trimmed();
    if (keep && !name.isEmpty() && document.currentMapping() >= 0)
        document.setMappingName(document.currentMapping(), name);
}

QWidget *EditorPage::firstFocus() const
{
    return m_enabled;
}

void EditorPage::showMapping()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int current = document.currentMapping();
    if (current < 0)
        return;
    const destination::Mapping &mapping = document.mapping(current);
    m_enabled->setChecked(mapping.enabled);
    m_enabled->setToolTip(
        mapping.enabled ? tr("This mapping is enabled") : tr("This mapping is disabled: no event is sent by it"));
    m_name->setText(mapping.name.empty() ? tr("Unnamed mapping") : QString::fromStdString(mapping.name));
    m_impact->setVisible(document.isMappingEdited(current));
    m_place->setText(tr("Mapping %1 of %2").arg(current + 1).arg(document.mappingCount()));
}

void EditorPage::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.base);
}

bool EditorPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_name && event->type() == QEvent::MouseButtonDblClick) {
        rename();
        return true;
    }
    if (watched == m_nameEdit && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        endRename(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookbench::shell
