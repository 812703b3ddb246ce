#include "ui/deliveries/deliveries_panel.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "ui/deliveries/deliveries_model.h"
#include "ui/document/workbench.h"
#include "ui/theme/style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/row_delegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <array>

namespace hookbench::deliveries {

namespace {

constexpr std::array<int, DeliveriesModel::ColumnCount> kWidths{ 104, 144, 118, 54, 60, 246, 62, 52, 60, 58 };
constexpr int kInspectorWidth = 480;

} // namespace

DeliveriesPanel::DeliveriesPanel(document::Workbench &workbench, QWidget *inspector, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_model(new DeliveriesModel(this))
    , m_table(new QTableView)
    , m_pages(new QStackedWidget)
    , m_notice(new widgets::Banner(widgets::Tone::Warning))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(
        new widgets::RowDelegate({ DeliveriesModel::UrlColumn }, { DeliveriesModel::TimeColumn }, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Deliveries"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setMinimumSectionSize(theme::metric::kTableRow);
    m_table->verticalHeader()->setDefaultSectionSize(theme::metric::kTableRow);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(40);
    for (int column = 0; column < DeliveriesModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, kWidths[static_cast<std::size_t>(column)]);
    header->setSectionResizeMode(DeliveriesModel::UrlColumn, QHeaderView::Stretch);

    auto *copyUrl = new QAction(tr("Copy URL"), m_table);
    auto *copyBody = new QAction(tr("Copy body"), m_table);
    connect(copyUrl, &QAction::triggered, this, [this] {
        if (const auto row = m_model->rowAt(m_table->currentIndex().row()))
            QGuiApplication::clipboard()->setText(QString::fromStdString(redactUrl(row->url)));
    });
    connect(copyBody, &QAction::triggered, this, [this] {
        if (m_record)
            QGuiApplication::clipboard()->setText(QString::fromStdString(m_record->delivery.body));
    });
    auto *compare = new QAction(tr("Compare the two chosen"), m_table);
    compare->setEnabled(false);
    connect(compare, &QAction::triggered, this, &DeliveriesPanel::compareChosen);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, compare, [this, compare] {
        const bool two = m_table->selectionModel()->selectedRows().size() == 2;
        compare->setEnabled(two);
        compare->setToolTip(two ? QString() : tr("Choose two deliveries with Ctrl and click"));
    });
    m_table->addActions({ copyUrl, copyBody, compare });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto *empty
        = new widgets::EmptyState("", tr("No deliveries yet"), tr("Every request you send is listed here. Send with"));
    empty->setKeys(workbench.action("send.current")->shortcut().toString(QKeySequence::NativeText));
    m_pages->addWidget(m_table);
    m_pages->addWidget(empty);
    m_notice->setClosable(true);
    m_notice->hide();
    connect(m_notice, &widgets::Banner::closed, m_notice, &QWidget::hide);

    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(m_notice);
    leftLayout->addWidget(m_pages, 1);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(left);
    split->addWidget(inspector);
    split->setStretchFactor(0, 1);
    split->setSizes({ 960, kInspectorWidth });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);

    pipeline::Session &session = workbench.session();
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
            if (m_selecting || !current.isValid())
                return;
            m_following = current.row() == 0; // choosing the newest goes on following
            m_chosen = current.data(DeliveriesModel::IdRole).toString().toStdString();
            showChosen();
        });
    connect(&session, &pipeline::Session::journalChanged, this, &DeliveriesPanel::refresh);
    connect(m_model, &DeliveriesModel::failed, this,
        [this](const QString &message) { tell(tr("The journal cannot be read"), message); });
    connect(&session, &pipeline::Session::journalFailed, this,
        [this](const Error &error) { tell(tr("Deliveries are not recorded"), QString::fromStdString(error.message)); });
    connect(&session, &pipeline::Session::runStarted, this, [this] {
        m_discarded = 0;
        m_failed = 0;
        m_notice->hide();
    });
    connect(&session, &pipeline::Session::discarded, this, [this](quint64 event) {
        ++m_discarded;
        tell(tr("%n events discarded", nullptr, m_discarded), tr("Event %1: No matching mapping").arg(event));
    });
    connect(&session, &pipeline::Session::runFailed, this, [this](const pipeline::FailureReport &report) {
        ++m_failed;
        const QString message = QString::fromStdString(escapeForDisplay(report.error.message));
        tell(tr("%n deliveries could not be made", nullptr, m_failed),
            report.mapping ? tr("%1: %2").arg(QString::fromStdString(report.mappingName), message) : message);
    });
    connect(&session, &pipeline::Session::runRefused, this,
        [this](const Error &error) { tell(tr("Nothing was sent"), QString::fromStdString(error.message)); });
    m_model->setJournal(session.journal());
    refresh();
}

QWidget *DeliveriesPanel::firstFocus()
{
    return m_table;
}

void DeliveriesPanel::tell(const QString &text, const QString &detail)
{
    m_notice->setText(text, detail);
    m_notice->show();
}

void DeliveriesPanel::refresh()
{
    m_selecting = true;
    if (m_workbench.session().journal() && m_model->rowCount() == 0)
        m_model->setJournal(m_workbench.session().journal());
    else
        m_model->refresh();
    const int rows = m_model->rowCount();
    m_pages->setCurrentIndex(rows > 0 ? 0 : 1);
    setCount(rows > 0 ? QLocale().toString(rows) : QString());
    if (rows > 0 && m_following && m_table->currentIndex().row() != 0) {
        m_table->setCurrentIndex(m_model->index(0, 0));
        m_table->scrollToTop();
    }
    m_selecting = false;
    if (rows > 0)
        m_chosen = m_table->currentIndex().data(DeliveriesModel::IdRole).toString().toStdString();
    showChosen();
}

// Bodies may be large: they are read elsewhere, and again only when something came to be known of the delivery.
void DeliveriesPanel::showChosen()
{
    ++m_asked;
    if (m_chosen.empty()) {
        m_record.reset();
        Q_EMIT chosen(m_record);
        return;
    }
    const std::optional<journal::DeliveryRow> row = m_model->rowAt(m_model->rowOf(m_chosen));
    if (row && m_record && m_record->delivery.id == m_chosen
        && m_record->attempts.size() == static_cast<std::size_t>(row->attempts))
        return;
    m_workbench.session().readDeliveries(
        { m_chosen }, this, [this, asked = m_asked](const Result<pipeline::Session::Records> &records) {
            if (asked != m_asked)
                return;
            if (!records) {
                tell(tr("The journal cannot be read"), QString::fromStdString(records.error().message));
                return;
            }
            m_record = records->front();
            Q_EMIT chosen(m_record);
        });
}

void DeliveriesPanel::compareChosen()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.size() != 2)
        return;
    std::vector<std::string> ids;
    for (const QModelIndex &row : rows)
        ids.push_back(row.data(DeliveriesModel::IdRole).toString().toStdString());
    m_workbench.session().readDeliveries(ids, this, [this](const Result<pipeline::Session::Records> &records) {
        if (!records) {
            tell(tr("The journal cannot be read"), QString::fromStdString(records.error().message));
            return;
        }
        journal::RecordPtr before = records->front();
        journal::RecordPtr after = records->back();
        if (!before || !after)
            return;
        if (before->sequence > after->sequence)
            std::swap(before, after);
        Q_EMIT compareRequested(before, after);
    });
}

} // namespace hookbench::deliveries
