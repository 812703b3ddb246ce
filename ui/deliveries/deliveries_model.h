#pragma once
// The journal as a table, newest first, read as it is looked at: only the pages on the screen are in memory. Rows keep
// their identity while newer ones arrive above them. Window thread only; a page is one small query.
#include "core/journal/journal.h"

#include <QAbstractTableModel>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace hookbench::deliveries {

class DeliveriesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
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
    enum Role { IconRole = Qt::UserRole + 1, ToneRole, IdRole };

    explicit DeliveriesModel(QObject *parent = nullptr);

    /// nullptr: no journal, no rows. Must outlive the model or be taken back.
    void setJournal(const journal::Journal *journal);
    /// Looks what is new.
    void refresh();
    std::optional<journal::DeliveryRow> rowAt(int row) const;
    /// The row of that delivery among those in memory, or -1.
    int rowOf(const std::string &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void failed(const QString &message);

private:
    using Page = std::vector<journal::DeliveryRow>; ///< by rank, oldest first
    const journal::DeliveryRow *find(int row) const;

    const journal::Journal *m_journal = nullptr;
    int m_count = 0;
    mutable std::unordered_map<int, Page> m_pages; ///< by rank / kPageSize; ranks count from the oldest
};

} // namespace hookbench::deliveries
