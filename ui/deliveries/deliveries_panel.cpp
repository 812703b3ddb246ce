#include "ui/deliveries/deliveries_panel.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/storage/settings.h"
#include "ui/deliveries/column_fit.h"
#include "ui/deliveries/deliveries_model.h"
#include "ui/deliveries/delivery_actions.h"
#include "ui/deliveries/filter_bar.h"
#include "ui/deliveries/run_strip.h"
#include "ui/document/workbench.h"
#include "ui/theme/style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/row_delegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace hookbench::deliveries {

namespace {

constexpr std::array<int, DeliveriesModel::ColumnCount> kColumnWidths{ 24, 104, 144, 118, 54, 60, 246, 74, 52, 62, 60 };
constexpr int kLeastUrl = 150;
constexpr int kLeastWidth = 560;
constexpr int kLeastHeight = 140;
constexpr int kInspectorWidth = 480;
constexpr int kListBesideInspector = 366; // of a log that has the whole window
constexpr int kRoomForReading = 560; // from this height on the inspector gets the width
constexpr int kRoomForCharts = 330;
constexpr std::size_t kRowsAsked = 500;
// Of a run that is followed the newest is read a few times a second, not with every report.
constexpr std::chrono::milliseconds kFollowEvery{ 200 };

} // namespace

DeliveriesPanel::DeliveriesPanel(document::Workbench &workbench, QWidget *inspector, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_model(new DeliveriesModel(workbench.session(), this))
    , m_table(new QTableView)
    , m_filter(new FilterBar(workbench, this))
    , m_run(new RunStrip(workbench))
    , m_actions(new DeliveryActions(workbench, this))
    , m_split(new QSplitter(Qt::Horizontal))
    , m_pages(new QStackedWidget)
    , m_nothingFound(new widgets::EmptyState("filter", tr("No delivery matches"), {}))
    , m_notice(new widgets::Banner(widgets::Tone::Warning))
{
    makeTable();
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(makeList());
    m_split->addWidget(inspector);
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({ 960, kInspectorWidth });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_run);
    layout->addWidget(m_split, 1);
    m_showSoon.setSingleShot(true);
    m_showSoon.setInterval(kFollowEvery);
    listen();
    m_model->reload();
}

DeliveriesPanel::~DeliveriesPanel()
{
    m_workbench.settings().set(storage::settings::deliveryColumns, m_columns->saveState());
}

void DeliveriesPanel::makeTable()
{
    m_table->setModel(m_model);
    widgets::dressTable(m_table, { DeliveriesModel::UrlColumn }, { DeliveriesModel::TimeColumn });
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAccessibleName(tr("Deliveries"));
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(24);
    for (int column = 0; column < DeliveriesModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, kColumnWidths[static_cast<std::size_t>(column)]);
    header->setSectionResizeMode(DeliveriesModel::UrlColumn, QHeaderView::Stretch);
    header->setSectionsMovable(true);
    using Model = DeliveriesModel;
    m_columns = new ColumnFit(m_table, Model::UrlColumn, kLeastUrl,
        { Model::AttemptColumn, Model::SignedColumn, Model::MethodColumn, Model::SizeColumn, Model::UrlColumn,
            Model::MappingColumn, Model::MarkColumn });
    m_columns->restoreState(m_workbench.settings().get(storage::settings::deliveryColumns));
    // The order of time is what a new start begins with, whatever was looked at before.
    header->setSortIndicator(DeliveriesModel::TimeColumn, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &DeliveriesPanel::showColumnsMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &DeliveriesPanel::showMenu);
}

QWidget *DeliveriesPanel::makeList()
{
    auto *empty
        = new widgets::EmptyState("", tr("No deliveries yet"), tr("Every request you send is listed here. Send with"));
    empty->setKeys(m_workbench.action("send.current")->shortcut().toString(QKeySequence::NativeText));
    connect(m_nothingFound->addButton(tr("Clear the filter"), "close"), &QAbstractButton::clicked, this,
        [this] { m_filter->line()->apply({}); });
    m_pages->addWidget(m_table);
    m_pages->addWidget(empty);
    m_pages->addWidget(m_nothingFound);
    m_notice->setClosable(true);
    m_notice->hide();
    connect(m_notice, &widgets::Banner::closed, m_notice, &QWidget::hide);
    auto *list = new QWidget;
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);
    return list;
}

void DeliveriesPanel::listen()
{
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
            if (m_selecting || !current.isValid())
                return;
            m_chosen = m_model->sequenceAt(current.row());
            follow(current.row() == 0 && m_model->held() == 0); // choosing the newest goes on following
            showChosen();
        });
    connect(m_filter, &FilterBar::filterChanged, this, &DeliveriesPanel::filterBy);
    connect(m_filter, &FilterBar::followed, this, [this](bool followed) {
        follow(followed);
        if (followed && m_model->rowCount() > 0) {
            m_table->sortByColumn(DeliveriesModel::TimeColumn, Qt::DescendingOrder);
            choose(0);
            m_table->scrollToTop();
            showChosen();
        }
    });
    connect(m_model, &DeliveriesModel::listed, this, &DeliveriesPanel::onListed);
    connect(m_model, &DeliveriesModel::failed, this,
        [this](const QString &message) { tell(tr("The journal cannot be read"), message); });
    connect(m_actions, &DeliveryActions::told, this, &DeliveriesPanel::tell);
    m_workbench.bind("delivery.resend", this, [this] {
        if (const std::vector<std::int64_t> chosen = selection(); !chosen.empty())
            m_actions->resendAsItWas(chosen);
    });
    connect(&m_showSoon, &QTimer::timeout, this, &DeliveriesPanel::showChosen);
    m_workbench.bind("view.filter", this, [this] {
        if (isVisible())
            m_filter->line()->setFocus(Qt::ShortcutFocusReason);
    });

    pipeline::Session &session = m_workbench.session();
    connect(&session, &pipeline::Session::journalOpened, m_model, &DeliveriesModel::reload);
    connect(&session, &pipeline::Session::journalChanged, m_model, &DeliveriesModel::refresh);
    connect(&session, &pipeline::Session::journalThinned, m_model, &DeliveriesModel::sift);
    // What was sent again, or went on, may not match the filter any more.
    connect(&session, &pipeline::Session::runFinished, m_model, [this] {
        if (!m_model->filter().isAll())
            m_model->sift();
    });
    connect(&session, &pipeline::Session::journalFailed, this, [this](const Error &error) {
        if (error.code != "journal-damaged") // told by whoever can mend it
            tell(tr("Deliveries are not recorded"), QString::fromStdString(error.message));
    });
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
}

QWidget *DeliveriesPanel::headerWidget()
{
    return m_filter;
}

void DeliveriesPanel::askToDiscardParked()
{
    m_run->askToDiscard();
}

QWidget *DeliveriesPanel::firstFocus()
{
    return m_table;
}

QSize DeliveriesPanel::minimumSizeHint() const
{
    return { kLeastWidth, kLeastHeight };
}

void DeliveriesPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    m_run->setCompact(height() < kRoomForCharts);
    setReading(height() >= kRoomForReading);
}

/// With the whole window to itself the log is read, not watched: the list gets small, the inspector wide. Either way
/// has its own sizes, which the user may change.
void DeliveriesPanel::setReading(bool reading)
{
    if (reading == m_reading)
        return;
    m_reading = reading;
    QList<int> sizes = std::exchange(m_otherSizes, m_split->sizes());
    if (sizes.isEmpty())
        sizes = { std::max(kListBesideInspector, width() / 2), width() - std::max(kListBesideInspector, width() / 2) };
    m_split->setStretchFactor(0, reading ? 0 : 1);
    m_split->setStretchFactor(1, reading ? 1 : 0);
    m_split->setSizes(sizes);
}

void DeliveriesPanel::tell(const QString &text, const QString &detail)
{
    m_notice->setText(text, detail);
    m_notice->show();
}

void DeliveriesPanel::filterBy(const query::Query &filter)
{
    if (filter == m_model->filter())
        return;
    follow(true);
    m_model->setFilter(filter);
}

void DeliveriesPanel::follow(bool followed)
{
    m_following = followed;
    m_filter->setFollowed(followed);
    m_model->setFollowed(followed);
}

void DeliveriesPanel::choose(int row)
{
    m_selecting = true;
    m_table->setCurrentIndex(m_model->index(row, DeliveriesModel::TimeColumn));
    m_selecting = false;
    m_chosen = m_model->sequenceAt(row);
}

void DeliveriesPanel::showCount()
{
    const int rows = m_model->rowCount();
    const bool filtered = !m_model->filter().isAll();
    if (rows > 0)
        m_pages->setCurrentWidget(m_table);
    else if (!m_model->isListing())
        m_pages->setCurrentIndex(filtered ? 2 : 1);
    setCount(rows > 0 || filtered ? QLocale().toString(rows) : QString());
    m_filter->setHeld(m_model->held());
}

void DeliveriesPanel::onListed()
{
    showCount();
    const int rows = m_model->rowCount();
    if (rows == 0) {
        if (!m_model->isListing()) {
            m_chosen = 0;
            showChosen();
        }
        return;
    }
    if (m_following && m_model->sequenceAt(0) != m_chosen) {
        choose(0);
        m_table->scrollToTop();
    } else if (!m_table->currentIndex().isValid()) {
        // Listed anew: the chosen one is looked for until everything is there.
        if (const int row = m_model->rowOf(m_chosen); row >= 0)
            choose(row);
        else if (!m_model->isListing())
            choose(0);
    }
    showChosenSoon();
}

void DeliveriesPanel::showChosenSoon()
{
    if (!m_workbench.session().isRunning())
        showChosen();
    else if (!m_showSoon.isActive())
        m_showSoon.start();
}

// Bodies may be large: they are read elsewhere, and again only when something came to be known of the delivery.
void DeliveriesPanel::showChosen()
{
    ++m_asked;
    const journal::DeliveryRow *row = m_chosen == 0 ? nullptr : m_model->rowAt(m_model->rowOf(m_chosen));
    if (!row) {
        if (m_record) {
            m_record.reset();
            Q_EMIT chosen(m_record);
        }
        return;
    }
    if (row->unread && !m_workbench.session().isRunning())
        m_model->setRead({ m_chosen }, true);
    if (m_record && m_record->sequence == m_chosen
        && m_record->attempts.size() == static_cast<std::size_t>(row->attempts) && m_record->verdict == row->verdict)
        return;
    m_workbench.session().readDeliveries(
        { row->id }, this, [this, asked = m_asked](const Result<pipeline::Session::Records> &records) {
            if (asked != m_asked)
                return;
            if (!records) {
                tell(tr("The journal cannot be read"), QString::fromStdString(records.error().message));
                return;
            }
            m_record = records->front();
            Q_EMIT chosen(m_record);
            const auto [sequence, action] = std::exchange(m_afterRead, {});
            if (action && m_record && m_record->sequence == sequence)
                action->trigger();
        });
}

std::vector<std::int64_t> DeliveriesPanel::selection() const
{
    std::vector<std::int64_t> sequences;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        sequences.push_back(m_model->sequenceAt(row.row()));
    return sequences;
}

void DeliveriesPanel::showMenu(const QPoint &place)
{
    const QModelIndex under = m_table->indexAt(place);
    const journal::DeliveryRow *row = m_model->rowAt(under.row());
    if (!row)
        return;
    const std::vector<std::int64_t> chosen = selection();
    const QString url = QString::fromStdString(redactUrl(row->url));
    const QString mapping = QString::fromStdString("mapping:" + query::asValue(row->mappingName));
    const bool pinned = row->pinned;
    const bool unread = row->unread;
    QMenu menu(this);
    menu.addAction(m_workbench.action("delivery.resend"));
    m_actions->fillResend(menu.addMenu(tr("Send again")), chosen, m_model->sequences(), m_record);
    menu.addSeparator();
    menu.addAction(m_workbench.action("delivery.curl"));
    for (const char *id : { "delivery.har", "delivery.raw" })
        addForRecord(menu, id, row->sequence);
    menu.addSeparator();
    const bool two = chosen.size() == 2;
    menu.addAction(two ? tr("Compare the two chosen") : tr("Compare the two chosen (choose two with Ctrl and click)"),
            this, &DeliveriesPanel::compareChosen)
        ->setEnabled(two);
    addForRecord(menu, "delivery.now", row->sequence);
    menu.addSeparator();
    for (const char *id : { "delivery.event", "delivery.sample" })
        addForRecord(menu, id, row->sequence);
    menu.addSeparator();
    menu.addAction(tr("Copy URL"), this, [url] { QGuiApplication::clipboard()->setText(url); });
    const bool isRead = m_record && m_record->sequence == row->sequence;
    QAction *copyBody = menu.addAction(
        !isRead || m_record->delivery.hasBody ? tr("Copy body") : tr("Copy body (there is none)"), this,
        [record = m_record] { QGuiApplication::clipboard()->setText(QString::fromStdString(record->delivery.body)); });
    copyBody->setEnabled(isRead && m_record->delivery.hasBody);
    m_actions->fillExport(menu.addMenu(tr("Export")), chosen, m_model->sequences());
    menu.addAction(tr("Only this mapping"), this, [this, mapping] { m_filter->line()->apply(mapping); });
    menu.addSeparator();
    menu.addAction(
            pinned ? tr("Unpin") : tr("Pin"), this, [this, chosen, pinned] { m_model->setPinned(chosen, !pinned); })
        ->setToolTip(tr("Pinned deliveries stay when old ones are removed"));
    menu.addAction(unread ? tr("Mark as read") : tr("Mark as unread"), this,
        [this, chosen, unread] { m_model->setRead(chosen, unread); });
    menu.addAction(tr("Mark all as read"), m_model, &DeliveriesModel::setAllRead);
    menu.addSeparator();
    menu.addAction(tr("Remove from the journal…"), this, [this, chosen] { askToRemove(chosen); });
    menu.setToolTipsVisible(true);
    menu.exec(m_table->viewport()->mapToGlobal(place));
}

/// An action of the inspector's, on the delivery of that row: when it is read, which is a moment after it was chosen.
void DeliveriesPanel::addForRecord(QMenu &menu, const char *id, std::int64_t sequence)
{
    QAction *action = m_workbench.action(id);
    menu.addAction(action->icon(), action->text(), this, [this, action, sequence] {
        if (m_record && m_record->sequence == sequence)
            return action->trigger();
        m_afterRead = { sequence, action };
        showChosen();
    });
}

// Pinned ones outlive any cleaning up, parked ones still wait to be sent: that they go too is said.
void DeliveriesPanel::askToRemove(const std::vector<std::int64_t> &sequences)
{
    using pipeline::Session;
    m_workbench.session().onJournal(
        Session::Lane::Listing, this, [this, sequences](const journal::Journal &journal, const Session::Tell &tell) {
            std::size_t pinned = 0;
            std::size_t parked = 0;
            const std::span all(sequences);
            for (std::size_t at = 0; at < all.size(); at += kRowsAsked)
                if (const auto rows = journal.rows(all.subspan(at, std::min(kRowsAsked, all.size() - at))))
                    for (const journal::DeliveryRow &each : *rows) {
                        pinned += each.pinned;
                        parked += each.verdict == journal::Verdict::Parked;
                    }
            tell([this, sequences, pinned, parked] {
                const QLocale locale;
                const auto number
                    = [&locale](std::size_t count) { return locale.toString(static_cast<qulonglong>(count)); };
                QStringList detail{ tr("They cannot be brought back.") };
                if (pinned > 0)
                    detail << tr("Pinned among them: %1.").arg(number(pinned));
                if (parked > 0)
                    detail << tr("Parked among them, so never sent: %1.").arg(number(parked));
                if (!isConfirmed(this, tr("Remove %1 from the journal?").arg(number(sequences.size())),
                        detail.join(u'\n'), tr("&Remove %1").arg(number(sequences.size()))))
                    return;
                m_chosen = 0;
                m_model->remove(sequences);
            });
        });
}

void DeliveriesPanel::showColumnsMenu(const QPoint &place)
{
    QHeaderView *header = m_table->horizontalHeader();
    QMenu menu(this);
    menu.addSection(tr("Columns"));
    for (int column = DeliveriesModel::TimeColumn; column < DeliveriesModel::ColumnCount; ++column) {
        QAction *shown = menu.addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        const bool noRoom = m_columns->isLeftOut(column);
        if (noRoom)
            shown->setText(tr("%1 (no room)").arg(shown->text()));
        shown->setCheckable(true);
        shown->setChecked(!m_columns->isHidden(column) && !noRoom);
        shown->setEnabled(column != DeliveriesModel::ResultColumn && !noRoom); // without it a row tells nothing
        connect(shown, &QAction::toggled, this, [this, column](bool on) { m_columns->setHidden(column, !on); });
    }
    menu.addSeparator();
    menu.addAction(tr("As at first"), this, [this, header] {
        for (int column = 0; column < DeliveriesModel::ColumnCount; ++column) {
            m_columns->setHidden(column, false);
            header->moveSection(header->visualIndex(column), column);
            header->resizeSection(column, kColumnWidths[static_cast<std::size_t>(column)]);
        }
    });
    menu.exec(header->mapToGlobal(place));
}

void DeliveriesPanel::compareChosen()
{
    std::vector<std::string> ids;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        ids.push_back(row.data(DeliveriesModel::IdRole).toString().toStdString());
    if (ids.size() != 2)
        return;
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
