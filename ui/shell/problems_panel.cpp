#include "ui/shell/problems_panel.h"

#include "ui/document/workbench.h"
#include "ui/shell/problems_model.h"
#include "ui/theme/style.h"
#include "ui/widgets/empty_state.h"

#include <QHeaderView>
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
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(theme::metric::kTableRow);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setFixedHeight(theme::metric::kTableHeader);
    header->setMinimumSectionSize(30);
    header->setSectionResizeMode(ProblemsModel::SeverityColumn, QHeaderView::Fixed);
    header->resizeSection(ProblemsModel::SeverityColumn, 34);
    header->setSectionResizeMode(ProblemsModel::MessageColumn, QHeaderView::Stretch);
    header->resizeSection(ProblemsModel::PlaceColumn, 260);
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
    m_model->setIssues(m_workbench.document().issues(), m_workbench.document().project());
    const int rows = m_model->rowCount();
    for (int row = 0; row < rows && !pointer.isEmpty(); ++row)
        if (m_model->index(row, 0).data(ProblemsModel::PointerRole).toString() == pointer) {
            m_table->setCurrentIndex(m_model->index(row, 0));
            break;
        }
    m_pages->setCurrentIndex(rows ? 0 : 1);
    setCount(rows ? QString::number(rows) : QString());
    Q_EMIT iconChanged();
}

void ProblemsPanel::jump(const QModelIndex &index)
{
    m_workbench.jumpTo(m_model->issue(index.row()).path);
}

} // namespace hookbench::shell
