#pragma once
// What the embedded receiver got, newest first. Bounded in number and in bytes: the oldest go.
#include "core/receiver/received_request.h"

#include <QAbstractTableModel>

#include <deque>
#include <vector>

namespace hookbench::received {

class ReceivedModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        TimeColumn,
        SignatureColumn,
        MethodColumn,
        PathColumn,
        EventsColumn,
        SizeColumn,
        AnsweredColumn,
        ColumnCount
    };
    enum Role { IconRole = Qt::UserRole + 1 };
    static constexpr std::size_t kMostBytes = 20'000'000; ///< of bodies

    explicit ReceivedModel(QObject *parent = nullptr);
    void setLimit(int requests);
    void add(const receiver::ReceivedRequest &request) { add(std::vector{ request }); }
    /// In the order they came.
    void add(std::vector<receiver::ReceivedRequest> requests);
    void clear();
    const receiver::ReceivedRequest &at(int row) const { return m_rows[static_cast<std::size_t>(row)].request; }
    /// Elements of a JSON array body, 1 for anything else.
    int eventsAt(int row) const { return m_rows[static_cast<std::size_t>(row)].events; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        receiver::ReceivedRequest request;
        int events = 1;
    };
    void drop();

    std::deque<Row> m_rows; ///< newest first
    std::size_t m_bytes = 0;
    int m_limit = 10'000;
};

/// "Valid, first of 3", "Valid, whole body", "Invalid", …
QString verdictWords(signing::Verdict verdict, int events);
const char *verdictIcon(signing::Verdict verdict);

} // namespace hookbench::received
