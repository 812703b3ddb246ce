#pragma once
// The Attempts tab: what was tried when, how long it took and how long was waited, on a line of time and as a table.
// The chosen attempt is told in full below; Enter shows its response.
#include "core/journal/record.h"

#include <QAbstractTableModel>
#include <QWidget>

#include <vector>

class QLabel;
class QTableView;

namespace hookbench::inspector {

class PhaseBar;

/// Where an attempt lies in time, in milliseconds from the first one.
struct AttemptSpan
{
    double start = 0;
    double end = 0;
    double waitAfter = 0; ///< until the next one; 0 for the last
};
std::vector<AttemptSpan> spansOf(const std::vector<journal::Attempt> &attempts);
/// A round step for `span` milliseconds that gives at most `most` ticks.
double tickStep(double span, int most);

class AttemptsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NumberColumn, StartedColumn, ResultColumn, TookColumn, WaitColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setRecord(journal::RecordPtr record);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    journal::RecordPtr m_record;
    std::vector<AttemptSpan> m_spans;
};

class AttemptTimeline : public QWidget
{
    Q_OBJECT
public:
    explicit AttemptTimeline(QWidget *parent = nullptr);
    void setRecord(journal::RecordPtr record);
    void setCurrent(int attempt);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// The middle of an attempt's shape.
    QPoint shapeAt(int attempt) const;

Q_SIGNALS:
    void chosen(int attempt);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    int xOf(double ms) const;
    int attemptNear(QPoint point) const;

    journal::RecordPtr m_record;
    std::vector<AttemptSpan> m_spans;
    int m_current = -1;
};

class AttemptsView : public QWidget
{
    Q_OBJECT
public:
    explicit AttemptsView(QWidget *parent = nullptr);
    void show(const journal::RecordPtr &record, int attempt);
    QTableView *table() const { return m_table; }
    AttemptTimeline *timeline() const { return m_timeline; }
    QString details() const;

Q_SIGNALS:
    void attemptChosen(int attempt);
    void responseWanted(int attempt);

private:
    void showDetails();

    journal::RecordPtr m_record;
    QLabel *m_title;
    AttemptTimeline *m_timeline;
    AttemptsModel *m_model;
    QTableView *m_table;
    PhaseBar *m_phases;
    QLabel *m_details;
};

} // namespace hookbench::inspector
