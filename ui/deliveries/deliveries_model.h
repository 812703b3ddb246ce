#pragma once
// The journal as a table: which deliveries are in it and in what order is asked elsewhere and arrives in pieces; what
// stands in a row is read when it is looked at. In memory are the numbers of all rows and the cells of those on the
// screen. In the order of time, newest first, new deliveries appear on top, or are held back while the list is not
// followed. Window thread only.
#include "core/journal/listing.h"
#include "core/pipeline/session.h"

#include <QAbstractTableModel>

#include <deque>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>

namespace hookbench::deliveries {

class DeliveriesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        MarkColumn, ///< unread, pinned
        TimeColumn,
        ResultColumn,
        MappingColumn,
        EventsColumn,
        MethodColumn,
        UrlColumn,
        SizeColumn,
        MsColumn,
        AttemptColumn,
        SignedColumn,
        ColumnCount
    };
    enum Role { IconRole = Qt::UserRole + 1, IdRole };

    explicit DeliveriesModel(pipeline::Session &session, QObject *parent = nullptr);
    ~DeliveriesModel() override;

    const query::Query &filter() const { return m_listing.filter; }
    /// Lists anew.
    void setFilter(query::Query filter);
    /// The same deliveries as they are now; new ones come in.
    void reload();
    /// Looks what is new.
    void refresh();
    /// Looks what is still there and still matches, and takes the others out of the list.
    void sift();
    /// While a list is not followed, or not in the order of time, new deliveries are held back.
    void setFollowed(bool followed);
    int held() const { return static_cast<int>(m_held.size()); }
    bool isListing() const { return m_isListing; }

    const journal::DeliveryRow *rowAt(int row) const;
    /// 0: no such row.
    std::int64_t sequenceAt(int row) const;
    std::vector<std::int64_t> sequences() const { return { m_sequences.begin(), m_sequences.end() }; }
    /// -1: not in the list.
    int rowOf(std::int64_t sequence) const;

    void setRead(const std::vector<std::int64_t> &sequences, bool read);
    void setAllRead();
    void setPinned(const std::vector<std::int64_t> &sequences, bool pinned);
    /// Takes them out of the journal.
    void remove(const std::vector<std::int64_t> &sequences);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void failed(const QString &message);
    /// Rows came or went, or are held back.
    void listed();

private:
    using Sequences = std::vector<std::int64_t>;
    void append(const Sequences &sequences);
    void prepend(Sequences sequences); ///< newest first
    void takeOut(const Sequences &gone); ///< in the order of the list
    void forgetRows(const Sequences &sequences);
    void fail(const Error &error);
    bool isNewestFirst() const;
    void mark(const Sequences &sequences, std::function<Result<void>(journal::Journal &)> change);

    pipeline::Session &m_session;
    journal::Listing m_listing;
    std::deque<std::int64_t> m_sequences; ///< in the order of the list
    std::deque<std::int64_t> m_held; ///< newest first
    std::int64_t m_lookedUpTo = 0; ///< everything up to that sequence was looked at, and had its outcome
    std::stop_source m_stop;
    std::uint64_t m_generation = 0; ///< of listings; what an older one finds is dropped
    bool m_isListing = false;
    bool m_isRefreshing = false;
    bool m_refreshWanted = false;
    bool m_isSifting = false;
    bool m_followed = true;
    mutable std::unordered_map<std::int64_t, journal::DeliveryRow> m_rows; ///< those looked at
};

} // namespace hookbench::deliveries
