#include "ui/deliveries/column_fit.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QTableView>

#include <utility>

namespace hookbench::deliveries {

ColumnFit::ColumnFit(QTableView *table, int stretched, int least, std::vector<int> first)
    : QObject(table)
    , m_table(table)
    , m_stretched(stretched)
    , m_least(least)
    , m_first(std::move(first))
{
    table->viewport()->installEventFilter(this);
    connect(table->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column != m_stretched && !m_fitting)
            fitSoon();
    });
}

void ColumnFit::setHidden(int column, bool hidden)
{
    if (hidden)
        m_hidden.insert(column);
    else
        m_hidden.erase(column);
    m_gone.erase(column);
    m_table->setColumnHidden(column, hidden);
    fit();
}

QByteArray ColumnFit::saveState()
{
    const QScopedValueRollback fitting(m_fitting, true);
    for (const auto &[column, width] : std::exchange(m_gone, {}))
        m_table->showColumn(column);
    fitSoon();
    return m_table->horizontalHeader()->saveState();
}

void ColumnFit::restoreState(const QByteArray &state)
{
    {
        const QScopedValueRollback fitting(m_fitting, true);
        m_table->horizontalHeader()->restoreState(state);
    }
    m_gone.clear();
    m_hidden.clear();
    for (int column = 0; column < m_table->horizontalHeader()->count(); ++column)
        if (m_table->isColumnHidden(column))
            m_hidden.insert(column);
    fitSoon();
}

bool ColumnFit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fitSoon();
    return QObject::eventFilter(watched, event);
}

// The header is still laying itself out when it tells of a new size.
void ColumnFit::fitSoon()
{
    QMetaObject::invokeMethod(this, &ColumnFit::fit, Qt::QueuedConnection);
}

void ColumnFit::fit()
{
    const int room = m_table->viewport()->width();
    if (m_fitting || room <= 0)
        return;
    const QScopedValueRollback fitting(m_fitting, true);
    const auto width = [this](int column) {
        if (column == m_stretched)
            return m_least;
        const auto gone = m_gone.find(column);
        return gone == m_gone.end() ? m_table->columnWidth(column) : gone->second;
    };
    int needed = 0;
    for (int column = 0; column < m_table->horizontalHeader()->count(); ++column)
        if (!isHidden(column))
            needed += width(column);
    std::map<int, int> gone;
    for (const int column : m_first) {
        if (needed <= room)
            break;
        if (isHidden(column))
            continue;
        gone[column] = width(column);
        needed -= gone[column];
    }
    for (const auto &[column, itsWidth] : std::exchange(m_gone, gone))
        if (gone.count(column) == 0)
            m_table->showColumn(column);
    for (const auto &[column, itsWidth] : gone)
        m_table->hideColumn(column);
}

} // namespace hookbench::deliveries
