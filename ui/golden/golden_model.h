#pragma once
// The project's golden tests and what each came to, one a row. Names can be edited in place. The icon of a row is a
// name under RowDelegate::kIconRole; its words are in the result column too.
#include "core/pipeline/session.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace hookbench::golden {

/// "order_id, amount.total differ", "does not fire: properties.total >= 20 saw 9", the error's message; "as expected".
QString resultWords(const pipeline::GoldenOutcome &outcome);

class GoldenModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, MappingColumn, ResultColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows keep what they came to as long as there are as many of them: the next report is on its way.
    void setTests(const json::Document &tests);
    /// Of as many tests as there are; another one is passed over.
    void setReport(pipeline::GoldenReportPtr report);
    const pipeline::GoldenReportPtr &report() const { return m_report; }
    /// nullptr while it has not been run.
    const pipeline::GoldenOutcome *outcomeAt(int row) const;
    /// How many do not pass; those not run yet are not counted.
    int failing() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Typed in place; the model shows it once the project says so.
    void renamed(int row, const QString &name);

private:
    json::Document m_tests;
    pipeline::GoldenReportPtr m_report;
};

} // namespace hookbench::golden
