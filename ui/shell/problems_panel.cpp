#include "ui/shell/problems_panel.h"

#include "ui/document/workbench.h"
#include "ui/exchange/import_notes.h"
#include "ui/shell/problems_model.h"
#include "ui/theme/icons.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/row_delegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QStackedLayout>
#include <QTableView>

namespace hookbench::shell {

ProblemsPanel::ProblemsPanel(document::Workbench &workbench, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_model(new ProblemsModel(this))
    , m_table(new QTableView)
    , m_pages(new QStackedLayout(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Problems"));
    widgets::dressTable(m_table, {}, { ProblemsModel::PlaceColumn });
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(30);
    header->setSectionResizeMode(ProblemsModel::SeverityColumn, QHeaderView::Fixed);
    header->resizeSection(ProblemsModel::SeverityColumn, 34);
    header->setSectionResizeMode(ProblemsModel::MessageColumn, QHeaderView::Stretch);
    header->resizeSection(ProblemsModel::FixColumn, 280);
    header->resizeSection(ProblemsModel::PlaceColumn, 260);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->addAction(workbench.action("problem.fix"));
    m_table->viewport()->setMouseTracking(true);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ProblemsPanel::showMenu);
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == ProblemsModel::FixColumn)
            mend(index.row());
    });
    connect(m_table, &QAbstractItemView::entered, this, [this](const QModelIndex &index) {
        const bool mends = index.column() == ProblemsModel::FixColumn && m_model->fix(index.row());
        m_table->viewport()->setCursor(mends ? Qt::PointingHandCursor : Qt::ArrowCursor);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ProblemsPanel::updateAction);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ProblemsPanel::updateAction);
    workbench.bind("problem.fix", this, [this] { mend(m_table->currentIndex().row()); });
    m_pages->addWidget(m_table);
    m_pages->addWidget(new widgets::EmptyState("check", tr("No problems"),
        tr("What is wrong or doubtful in this destination is listed here, before it is sent.")));
    connect(m_table, &QAbstractItemView::activated, this, &ProblemsPanel::jump);
    connect(&workbench.document(), &document::ProjectDocument::issuesChanged, this, &ProblemsPanel::showIssues);
    showIssues();
}

QWidget *ProblemsPanel::firstFocus()
{
    return m_model->rowCount() ? static_cast<QWidget *>(m_table) : this;
}

const char *ProblemsPanel::iconName() const
{
    return m_model->errors() ? "fail" : m_model->warnings() ? "warn" : "info";
}

void ProblemsPanel::showIssues()
{
    const QString pointer = m_table->currentIndex().data(ProblemsModel::PointerRole).toString();
    m_model->setIssues(exchange::withNotes(m_notes, m_workbench.document().issues()), m_workbench.document().project());
    const int rows = m_model->rowCount();
    for (int row = 0; row < rows && !pointer.isEmpty(); ++row)
        if (m_model->index(row, 0).data(ProblemsModel::PointerRole).toString() == pointer) {
            m_table->setCurrentIndex(m_model->index(row, 0));
            break;
        }
    updateAction(); // the fixes may be others though the rows are the same
    m_pages->setCurrentIndex(rows ? 0 : 1);
    setCount(rows ? QString::number(rows) : QString());
    Q_EMIT iconChanged();
}

void ProblemsPanel::setNotes(const Issues &notes)
{
    m_notes = notes;
    showIssues();
}

void ProblemsPanel::updateAction()
{
    const int row = m_table->currentIndex().row();
    QAction *action = m_workbench.action("problem.fix");
    const bool mends = row >= 0 && row < m_model->rowCount() && m_model->fix(row);
    action->setEnabled(mends);
    action->setText(mends ? QString(m_model->fix(row)->words).replace(u'&', QStringLiteral("&&")) : tr("&Quick fix"));
}

void ProblemsPanel::mend(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    document::ProjectDocument &document = m_workbench.document();
    // Against the project as it is now: it may have been edited since the check.
    const auto fix = document::quickFix(document.project(), m_model->issue(row));
    if (!fix)
        return;
    if (fix->mapping >= 0)
        document.setCurrentMapping(fix->mapping);
    document.endTyping();
    document.applyFix(*fix);
    m_workbench.say(tr("Done: %1. Undo takes it back.").arg(fix->words));
}

void ProblemsPanel::showMenu(const QPoint &at)
{
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid())
        return;
    m_table->setCurrentIndex(index);
    const int row = index.row();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(theme::icon("arrow-right"), tr("&Go there")), &QAction::triggered, this,
        [this, issue = m_model->issue(row)] { m_workbench.jumpTo(issue.path, issue.message); });
    if (m_model->fix(row))
        menu->addAction(m_workbench.action("problem.fix"));
    connect(menu->addAction(theme::icon("copy"), tr("&Copy the message")), &QAction::triggered, this,
        [message = m_model->issue(row).message] {
            QGuiApplication::clipboard()->setText(QString::fromStdString(message));
        });
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void ProblemsPanel::jump(const QModelIndex &index)
{
    const Issue issue = m_model->issue(index.row());
    m_workbench.jumpTo(issue.path, issue.message);
}

} // namespace hookbench::shell
