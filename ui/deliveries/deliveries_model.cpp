#include "ui/deliveries/deliveries_model.h"

#include "core/base/redact.h"
#include "ui/deliveries/delivery_words.h"
#include "ui/document/outcome_words.h"
#include "ui/theme/fonts.h"

#include <QLocale>

#include <algorithm>

namespace hookbench::deliveries {

namespace {

constexpr int kPageSize = 128;
constexpr std::size_t kMostPages = 64;

} // namespace

DeliveriesModel::DeliveriesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void DeliveriesModel::setJournal(const journal::Journal *journal)
{
    beginResetModel();
    m_journal = journal;
    m_pages.clear();
    const auto count = journal ? journal->count() : Result<std::uint64_t>(0);
    m_count = static_cast<int>(count.value_or(0));
    endResetModel();
    if (!count)
        Q_EMIT failed(QString::fromStdString(count.error().message));
}

void DeliveriesModel::refresh()
{
    if (!m_journal)
        return;
    const auto count = m_journal->count();
    if (!count) {
        Q_EMIT failed(QString::fromStdString(count.error().message));
        return;
    }
    const int now = static_cast<int>(*count);
    if (now < m_count) { // somebody cleaned up: start over
        setJournal(m_journal);
        return;
    }
    // Pages hold finished deliveries for ever; those with one on its way, and the growing last one, are read again.
    std::erase_if(m_pages, [](const auto &page) {
        return static_cast<int>(page.second.size()) < kPageSize
            || std::any_of(page.second.begin(), page.second.end(),
                [](const journal::DeliveryRow &row) { return row.attempts == 0; });
    });
    if (now > m_count) {
        beginInsertRows({}, 0, now - m_count - 1);
        m_count = now;
        endInsertRows();
    }
    if (m_count > 0)
        Q_EMIT dataChanged(index(0, 0), index(std::min(m_count, 4 * kPageSize) - 1, ColumnCount - 1));
}

const journal::DeliveryRow *DeliveriesModel::find(int row) const
{
    if (!m_journal || row < 0 || row >= m_count)
        return nullptr;
    const int rank = m_count - 1 - row;
    const int pageNumber = rank / kPageSize;
    auto page = m_pages.find(pageNumber);
    if (page == m_pages.end()) {
        if (m_pages.size() >= kMostPages)
            m_pages.clear();
        const int newestRank = std::min((pageNumber + 1) * kPageSize, m_count) - 1;
        const int size = newestRank - pageNumber * kPageSize + 1;
        auto rows
            = m_journal->pageAt(static_cast<std::uint64_t>(m_count - 1 - newestRank), static_cast<std::size_t>(size));
        if (!rows)
            return nullptr;
        std::reverse(rows->begin(), rows->end());
        page = m_pages.emplace(pageNumber, std::move(*rows)).first;
    }
    const auto within = static_cast<std::size_t>(rank % kPageSize);
    return within < page->second.size() ? &page->second[within] : nullptr;
}

std::optional<journal::DeliveryRow> DeliveriesModel::rowAt(int row) const
{
    const journal::DeliveryRow *found = find(row);
    return found ? std::optional(*found) : std::nullopt;
}

int DeliveriesModel::rowOf(const std::string &id) const
{
    for (const auto &[number, page] : m_pages)
        for (std::size_t i = 0; i < page.size(); ++i)
            if (page[i].id == id)
                return m_count - 1 - (number * kPageSize + static_cast<int>(i));
    return -1;
}

int DeliveriesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

int DeliveriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DeliveriesModel::data(const QModelIndex &index, int role) const
{
    const journal::DeliveryRow *row = find(index.row());
    if (!row)
        return {};
    const auto text = [&]() -> QString {
        switch (index.column()) {
        case TimeColumn:
            return document::timeText(row->created);
        case ResultColumn:
            return resultWords(*row).text;
        case MappingColumn:
            return QString::fromStdString(row->mappingName);
        case EventsColumn:
            return QLocale().toString(static_cast<qulonglong>(row->eventCount));
        case MethodColumn:
            return QString::fromStdString(row->method);
        case UrlColumn:
            return QString::fromStdString(redactUrl(row->url));
        case SizeColumn:
            return document::sizeText(row->bodyBytes);
        case MsColumn:
            return row->attempts == 0 ? QStringLiteral("–")
                                      : QString::number(row->durationMs, 'f', row->durationMs < 10 ? 1 : 0);
        case AttemptColumn:
            return QString::number(std::max(row->attempts, 1));
        case SignedColumn:
            return row->isSigned ? tr("Signed") : tr("Unsigned");
        default:
            return {};
        }
    };
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == SignedColumn ? QVariant() : QVariant(text());
    case Qt::ToolTipRole:
        return index.column() == ResultColumn && !row->failure.empty()
            ? tr("%1 (%2)").arg(text(), QString::fromStdString(row->failure))
            : text();
    case Qt::AccessibleTextRole:
        return text();
    case Qt::TextAlignmentRole: {
        const bool numeric = index.column() == EventsColumn || index.column() == SizeColumn
            || index.column() == MsColumn || index.column() == AttemptColumn;
        return QVariant(Qt::AlignVCenter
            | (numeric                               ? Qt::AlignRight
                    : index.column() == SignedColumn ? Qt::AlignHCenter
                                                     : Qt::AlignLeft));
    }
    case Qt::FontRole:
        return index.column() == ResultColumn || index.column() == MappingColumn
            ? QVariant()
            : QVariant(theme::font(theme::Text::Mono));
    case IconRole:
        if (index.column() == ResultColumn)
            return QByteArray(resultWords(*row).icon);
        if (index.column() == SignedColumn)
            return QByteArray(row->isSigned ? "lock" : "dash");
        return {};
    case ToneRole:
        return static_cast<int>(index.column() == ResultColumn ? resultWords(*row).tone : widgets::Tone::Neutral);
    case IdRole:
        return QString::fromStdString(row->id);
    default:
        return {};
    }
}

QVariant DeliveriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool numeric
            = section == EventsColumn || section == SizeColumn || section == MsColumn || section == AttemptColumn;
        return QVariant(Qt::AlignVCenter
            | (numeric                        ? Qt::AlignRight
                    : section == SignedColumn ? Qt::AlignHCenter
                                              : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case ResultColumn:
        return tr("Result");
    case MappingColumn:
        return tr("Mapping");
    case EventsColumn:
        return tr("Events");
    case MethodColumn:
        return tr("Method");
    case UrlColumn:
        return tr("URL");
    case SizeColumn:
        return tr("Size");
    case MsColumn:
        return tr("ms");
    case AttemptColumn:
        return tr("Attempt");
    case SignedColumn:
        return tr("Signed");
    default:
        return {};
    }
}

} // namespace hookbench::deliveries
