#pragma once
// Columns of a table that make room when it gets narrow: the least needed ones go first, and come back. What the user
// hid stays hidden, and only that is remembered.
#include <QObject>

#include <map>
#include <set>
#include <vector>

class QTableView;

namespace hookbench::deliveries {

class ColumnFit : public QObject
{
    Q_OBJECT
public:
    /// The `stretched` column takes what is left and wants `least` pixels of it. `first`: those that go, in this order.
    ColumnFit(QTableView *table, int stretched, int least, std::vector<int> first);

    bool isHidden(int column) const { return m_hidden.count(column) != 0; }
    /// There is no room for it now.
    bool isLeftOut(int column) const { return m_gone.count(column) != 0; }
    void setHidden(int column, bool hidden);
    /// The header's, without what only made room.
    QByteArray saveState();
    void restoreState(const QByteArray &state);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    void fitSoon();

    QTableView *m_table;
    int m_stretched;
    int m_least;
    std::vector<int> m_first;
    std::set<int> m_hidden; ///< by the user
    std::map<int, int> m_gone; ///< what made room, and its width
    bool m_fitting = false;
};

} // namespace hookbench::deliveries
