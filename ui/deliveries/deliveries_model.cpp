#include "ui/deliveries/deliveries_model.h"

#include "core/base/clock.h"
#include "core/base/display.h"
#include "core/base/redact.h"
#include "ui/deliveries/delivery_words.h"
#include "ui/document/outcome_words.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/row_delegate.h"

#include <QLocale>

#include <algorithm>
#include <unordered_set>

namespace hookbench::deliveries {

namespace {

constexpr qsizetype kLongestTip = 1'000; // a server may say as much as it likes
constexpr int kRowsAtOnce = 64;
constexpr std::size_t kMostRows = 4'096;
constexpr std::size_t kFirstPiece = 256;
constexpr std::size_t kLargestPiece = 65'536;
constexpr std::size_t kMostStretches = 64; // more of them are dearer to take out than to list anew

journal::WallMs now()
{
    return SystemClock().wall().time_since_epoch().count();
}

std::optional<journal::SortBy> orderOf(int column)
{
    using journal::SortBy;
    switch (column) {
    case DeliveriesModel::TimeColumn:
        return SortBy::Time;
    case DeliveriesModel::ResultColumn:
        return SortBy::Status;
    case DeliveriesModel::MappingColumn:
        return SortBy::Mapping;
    case DeliveriesModel::EventsColumn:
        return SortBy::Events;
    case DeliveriesModel::MethodColumn:
        return SortBy::Method;
    case DeliveriesModel::UrlColumn:
        return SortBy::Url;
    case DeliveriesModel::SizeColumn:
        return SortBy::Bytes;
    case DeliveriesModel::MsColumn:
        return SortBy::Duration;
    case DeliveriesModel::AttemptColumn:
        return SortBy::Attempts;
    case DeliveriesModel::SignedColumn:
        return SortBy::Signature;
    default:
        return std::nullopt;
    }
}

bool isNumber(int column)
{
    return column == DeliveriesModel::EventsColumn || column == DeliveriesModel::SizeColumn
        || column == DeliveriesModel::MsColumn || column == DeliveriesModel::AttemptColumn;
}

QVariant alignment(int column)
{
    const bool centred = column == DeliveriesModel::SignedColumn || column == DeliveriesModel::MarkColumn;
    return QVariant(Qt::AlignVCenter
        | (isNumber(column) ? Qt::AlignRight
                : centred   ? Qt::AlignHCenter
                            : Qt::AlignLeft));
}

bool isOnItsWay(const journal::DeliveryRow &row)
{
    return row.verdict == journal::Verdict::Waiting || row.verdict == journal::Verdict::Parked;
}

/// The newest sequence up to which every delivery has its outcome, so that none has to be looked at again. One that is
/// on its way for long lost whoever sent it.
Result<std::int64_t> settledUpTo(const journal::Journal &journal)
{
    const auto newest = journal.page(std::nullopt, 1);
    if (!newest)
        return tl::unexpected<Error>(newest.error());
    if (newest->empty())
        return 0;
    std::int64_t settled = newest->front().sequence;
    const auto waiting = query::parse("verdict:waiting since:10m");
    if (!waiting)
        return tl::unexpected<Error>(waiting.error());
    const auto listed
        = journal.list({ *waiting, journal::SortBy::Time, false }, now(), {}, [&](std::span<const std::int64_t> found) {
              settled = std::min(settled, found.front() - 1);
              return false;
          });
    if (!listed)
        return tl::unexpected<Error>(listed.error());
    return settled;
}

} // namespace

DeliveriesModel::DeliveriesModel(pipeline::Session &session, QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{
}

DeliveriesModel::~DeliveriesModel()
{
    m_stop.request_stop();
}

void DeliveriesModel::fail(const Error &error)
{
    if (error.code == "journal-damaged")
        Q_EMIT m_session.journalFailed(error); // there is something to be done about it
    else
        Q_EMIT failed(QString::fromStdString(error.message));
}

bool DeliveriesModel::isNewestFirst() const
{
    return m_listing.sortBy == journal::SortBy::Time && m_listing.descending;
}

void DeliveriesModel::setFilter(query::Query filter)
{
    m_listing.filter = std::move(filter);
    reload();
}

void DeliveriesModel::sort(int column, Qt::SortOrder order)
{
    const auto by = orderOf(column);
    const bool descending = order == Qt::DescendingOrder;
    if (!by || (*by == m_listing.sortBy && descending == m_listing.descending))
        return;
    m_listing.sortBy = *by;
    m_listing.descending = descending;
    reload();
}

void DeliveriesModel::reload()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    const std::uint64_t generation = ++m_generation;
    beginResetModel();
    m_sequences.clear();
    m_held.clear();
    m_rows.clear();
    m_lookedUpTo = 0;
    endResetModel();
    m_isListing = m_session.journal() != nullptr;
    m_isRefreshing = false;
    Q_EMIT listed();
    using Lane = pipeline::Session::Lane;
    m_session.onJournal(Lane::Listing, this,
        [this, generation, listing = m_listing, stop = m_stop.get_token()](
            const journal::Journal &journal, const pipeline::Session::Tell &tell) {
            if (stop.stop_requested())
                return;
            const Result<std::int64_t> settled = settledUpTo(journal);
            Sequences piece;
            std::size_t wanted = kFirstPiece;
            const auto hand = [&] {
                tell([this, generation, piece = std::move(piece)] {
                    if (generation == m_generation)
                        append(piece);
                });
                piece = {};
                wanted = std::min(2 * wanted, kLargestPiece);
            };
            const Result<void> done = journal.list(listing, now(), stop, [&](std::span<const std::int64_t> found) {
                piece.insert(piece.end(), found.begin(), found.end());
                if (piece.size() >= wanted)
                    hand();
                return !stop.stop_requested();
            });
            if (!piece.empty())
                hand();
            tell([this, generation, settled, done] {
                if (generation != m_generation)
                    return;
                m_isListing = false;
                m_lookedUpTo = settled.value_or(0);
                if (!settled)
                    fail(settled.error());
                else if (!done)
                    fail(done.error());
                Q_EMIT listed();
                if (m_refreshWanted)
                    refresh();
            });
        });
}

void DeliveriesModel::refresh()
{
    m_refreshWanted = m_isListing || m_isRefreshing;
    if (m_refreshWanted)
        return;
    m_isRefreshing = m_session.journal() != nullptr;
    journal::Listing listing = m_listing;
    listing.sortBy = journal::SortBy::Time;
    listing.descending = true;
    listing.newerThan = m_lookedUpTo;
    using Lane = pipeline::Session::Lane;
    m_session.onJournal(Lane::Listing, this,
        [this, generation = m_generation, listing, stop = m_stop.get_token()](
            const journal::Journal &journal, const pipeline::Session::Tell &tell) {
            if (stop.stop_requested())
                return;
            const Result<std::int64_t> settled = settledUpTo(journal);
            Sequences fresh;
            const Result<void> done = journal.list(listing, now(), stop, [&](std::span<const std::int64_t> found) {
                fresh.insert(fresh.end(), found.begin(), found.end());
                return true;
            });
            tell([this, generation, settled, done, fresh = std::move(fresh)] {
                if (generation != m_generation)
                    return;
                m_isRefreshing = false;
                if (settled && done) {
                    m_lookedUpTo = *settled;
                    prepend(fresh);
                } else {
                    fail(settled ? done.error() : settled.error());
                }
                if (m_refreshWanted)
                    refresh();
            });
        });
}

void DeliveriesModel::sift()
{
    if (m_isListing || m_isSifting || m_sequences.empty() || !m_session.journal())
        return;
    m_isSifting = true;
    journal::Listing listing = m_listing;
    listing.sortBy = journal::SortBy::Time;
    using Lane = pipeline::Session::Lane;
    m_session.onJournal(Lane::Listing, this,
        [this, generation = m_generation, listing, listed = m_sequences, stop = m_stop.get_token()](
            const journal::Journal &journal, const pipeline::Session::Tell &tell) {
            Sequences there;
            const Result<void> done = journal.list(listing, now(), stop, [&](std::span<const std::int64_t> found) {
                there.insert(there.end(), found.begin(), found.end());
                return !stop.stop_requested();
            });
            std::sort(there.begin(), there.end());
            Sequences gone;
            for (const std::int64_t sequence : listed)
                if (!std::binary_search(there.begin(), there.end(), sequence))
                    gone.push_back(sequence);
            tell([this, generation, done, gone = std::move(gone)] {
                m_isSifting = false;
                if (done && generation == m_generation)
                    takeOut(gone);
            });
        });
}

// In the order of the list. Nothing but what comes in on top may have happened to it meanwhile.
void DeliveriesModel::takeOut(const Sequences &gone)
{
    struct Stretch
    {
        int first;
        int last;
    };
    std::vector<Stretch> stretches;
    auto next = gone.begin();
    for (int row = 0; next != gone.end() && row < static_cast<int>(m_sequences.size()); ++row) {
        if (m_sequences[static_cast<std::size_t>(row)] != *next)
            continue;
        if (stretches.empty() || stretches.back().last + 1 != row)
            stretches.push_back({ row, row });
        else
            stretches.back().last = row;
        ++next;
    }
    if (stretches.size() > kMostStretches)
        return reload();
    for (auto stretch = stretches.rbegin(); stretch != stretches.rend(); ++stretch) {
        beginRemoveRows({}, stretch->first, stretch->last);
        m_sequences.erase(m_sequences.begin() + stretch->first, m_sequences.begin() + stretch->last + 1);
        endRemoveRows();
    }
    for (const std::int64_t sequence : gone)
        m_rows.erase(sequence);
    if (!gone.empty())
        Q_EMIT listed();
}

void DeliveriesModel::append(const Sequences &sequences)
{
    if (sequences.empty())
        return;
    const int first = static_cast<int>(m_sequences.size());
    beginInsertRows({}, first, first + static_cast<int>(sequences.size()) - 1);
    m_sequences.insert(m_sequences.end(), sequences.begin(), sequences.end());
    endInsertRows();
    Q_EMIT listed();
}

void DeliveriesModel::prepend(Sequences sequences)
{
    // Those that were on their way may have been listed before.
    std::erase_if(m_rows, [](const auto &row) { return isOnItsWay(row.second); });
    if (!sequences.empty()) {
        const std::int64_t oldest = sequences.back();
        std::unordered_set<std::int64_t> known;
        for (const auto *list : { &m_held, &m_sequences })
            if (isNewestFirst() || list == &m_held) {
                for (auto at = list->begin(); at != list->end() && *at >= oldest; ++at)
                    known.insert(*at);
            } else {
                for (const std::int64_t sequence : *list)
                    if (sequence >= oldest)
                        known.insert(sequence);
            }
        std::erase_if(sequences, [&](std::int64_t sequence) { return known.contains(sequence); });
    }
    const bool shows = isNewestFirst() && m_followed;
    if (!shows) {
        m_held.insert(m_held.begin(), sequences.begin(), sequences.end());
    } else if (!sequences.empty() || !m_held.empty()) {
        sequences.insert(sequences.end(), m_held.begin(), m_held.end());
        std::sort(sequences.begin(), sequences.end(), std::greater<>());
        m_held.clear();
        beginInsertRows({}, 0, static_cast<int>(sequences.size()) - 1);
        m_sequences.insert(m_sequences.begin(), sequences.begin(), sequences.end());
        endInsertRows();
    }
    if (!m_sequences.empty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_sequences.size()) - 1, ColumnCount - 1));
    Q_EMIT listed();
}

void DeliveriesModel::setFollowed(bool followed)
{
    if (followed == m_followed)
        return;
    m_followed = followed;
    if (!followed || m_held.empty())
        return;
    if (isNewestFirst())
        prepend({});
    else
        reload();
}

const journal::DeliveryRow *DeliveriesModel::rowAt(int row) const
{
    const int size = static_cast<int>(m_sequences.size());
    const journal::Journal *journal = m_session.journal();
    if (!journal || row < 0 || row >= size)
        return nullptr;
    const std::int64_t sequence = m_sequences[static_cast<std::size_t>(row)];
    if (const auto found = m_rows.find(sequence); found != m_rows.end())
        return &found->second;
    if (m_rows.size() > kMostRows)
        m_rows.clear();
    Sequences wanted;
    const int first = row / kRowsAtOnce * kRowsAtOnce;
    for (int at = first; at < std::min(first + kRowsAtOnce, size); ++at)
        if (const std::int64_t other = m_sequences[static_cast<std::size_t>(at)]; !m_rows.contains(other))
            wanted.push_back(other);
    const Result<std::vector<journal::DeliveryRow>> rows = journal->rows(wanted);
    if (!rows)
        return nullptr;
    for (const journal::DeliveryRow &read : *rows)
        m_rows.insert_or_assign(read.sequence, read);
    const auto found = m_rows.find(sequence);
    return found == m_rows.end() ? nullptr : &found->second;
}

std::int64_t DeliveriesModel::sequenceAt(int row) const
{
    return row >= 0 && row < static_cast<int>(m_sequences.size()) ? m_sequences[static_cast<std::size_t>(row)] : 0;
}

int DeliveriesModel::rowOf(std::int64_t sequence) const
{
    const auto at = isNewestFirst()
        ? std::lower_bound(m_sequences.begin(), m_sequences.end(), sequence, std::greater<>())
        : std::find(m_sequences.begin(), m_sequences.end(), sequence);
    return at != m_sequences.end() && *at == sequence ? static_cast<int>(at - m_sequences.begin()) : -1;
}

void DeliveriesModel::forgetRows(const Sequences &sequences)
{
    for (const std::int64_t sequence : sequences)
        m_rows.erase(sequence);
    if (!m_sequences.empty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_sequences.size()) - 1, ColumnCount - 1));
}

void DeliveriesModel::mark(const Sequences &sequences, std::function<Result<void>(journal::Journal &)> change)
{
    m_session.onJournal(pipeline::Session::Lane::Reading, this,
        [this, sequences, change = std::move(change)](journal::Journal &journal, const pipeline::Session::Tell &tell) {
            const Result<void> done = change(journal);
            tell([this, sequences, done] {
                if (!done)
                    fail(done.error());
                forgetRows(sequences);
            });
        });
}

void DeliveriesModel::setRead(const std::vector<std::int64_t> &sequences, bool read)
{
    mark(sequences, [sequences, read](journal::Journal &journal) { return journal.setRead(sequences, read); });
}

void DeliveriesModel::setAllRead()
{
    Sequences seen;
    for (const auto &[sequence, row] : m_rows)
        seen.push_back(sequence);
    mark(seen, [](journal::Journal &journal) { return journal.setAllRead(); });
}

void DeliveriesModel::setPinned(const std::vector<std::int64_t> &sequences, bool pinned)
{
    mark(sequences, [sequences, pinned](journal::Journal &journal) { return journal.setPinned(sequences, pinned); });
}

void DeliveriesModel::remove(const std::vector<std::int64_t> &sequences)
{
    m_session.onJournal(pipeline::Session::Lane::Reading, this,
        [this, sequences](journal::Journal &journal, const pipeline::Session::Tell &tell) {
            const Result<journal::Removal> removed = journal.remove(sequences);
            tell([this, removed] {
                if (!removed)
                    fail(removed.error());
                reload();
            });
        });
}

int DeliveriesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sequences.size());
}

int DeliveriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DeliveriesModel::data(const QModelIndex &index, int role) const
{
    const journal::DeliveryRow *row = rowAt(index.row());
    if (!row)
        return {};
    const auto text = [&]() -> QString {
        switch (index.column()) {
        case MarkColumn:
            return row->pinned ? (row->unread ? tr("Pinned, unread") : tr("Pinned"))
                : row->unread  ? tr("Unread")
                               : QString();
        case TimeColumn:
            return document::timeText(row->created);
        case ResultColumn:
            return resultWords(*row).text;
        case MappingColumn:
            return QString::fromStdString(escapeForDisplay(row->mappingName));
        case EventsColumn:
            return QLocale().toString(static_cast<qulonglong>(row->eventCount));
        case MethodColumn:
            return QString::fromStdString(escapeForDisplay(row->method));
        case UrlColumn:
            return QString::fromStdString(escapeForDisplay(redactUrl(row->url)));
        case SizeColumn:
            return document::sizeText(row->bodyBytes);
        case MsColumn:
            return row->attempts == 0 ? QStringLiteral("–")
                                      : QString::number(row->durationMs, 'f', row->durationMs < 10 ? 1 : 0);
        case AttemptColumn:
            return row->attempts == 0 ? QStringLiteral("–") : QString::number(row->attempts);
        case SignedColumn:
            return row->isSigned ? tr("Signed") : tr("Unsigned");
        default:
            return {};
        }
    };
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == SignedColumn || index.column() == MarkColumn ? QVariant() : QVariant(text());
    case Qt::ToolTipRole:
        return index.column() == ResultColumn && !row->failure.empty()
            ? tr("%1 (%2)").arg(text().left(kLongestTip), QString::fromStdString(row->failure))
            : text().left(kLongestTip);
    case Qt::AccessibleTextRole:
        return text();
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::FontRole:
        return index.column() == ResultColumn || index.column() == MappingColumn
            ? QVariant()
            : QVariant(theme::font(theme::Text::Mono));
    case IconRole:
        if (index.column() == MarkColumn)
            return QByteArray(row->pinned ? "pin" : row->unread ? "unread" : "");
        if (index.column() == ResultColumn)
            return QByteArray(resultWords(*row).icon);
        if (index.column() == SignedColumn)
            return QByteArray(row->isSigned ? "lock" : "dash");
        return {};
    case widgets::RowDelegate::kToneRole:
        return index.column() == SignedColumn && row->isSigned ? QVariant(static_cast<int>(widgets::Tone::Success))
                                                               : QVariant();
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
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    if (role == Qt::AccessibleTextRole && section == MarkColumn)
        return tr("Unread or pinned");
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
