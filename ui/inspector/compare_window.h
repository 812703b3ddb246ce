#pragma once
// Two messages beside each other in a window of their own: what differs place by place, as text, as bytes. Two
// deliveries, or a delivery and what the mapping makes now.
#include "core/journal/record.h"
#include "ui/inspector/comparison.h"

#include <QAbstractTableModel>
#include <QDialog>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

class QStackedWidget;
class QTableView;

namespace hookbench::widgets {
class Banner;
class DiffView;
class ElidedLabel;
class Segmented;
} // namespace hookbench::widgets

namespace hookbench::inspector {

class PlacesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { WhereColumn, BeforeColumn, AfterColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setPlaces(std::vector<ComparedPlace> places);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ComparedPlace> m_places;
};

class CompareWindow : public QDialog
{
    Q_OBJECT
public:
    enum View { Places, Text, Bytes };

    explicit CompareWindow(QWidget *parent = nullptr);
    ~CompareWindow() override;

    /// The last attempts of two deliveries: their requests, or their responses.
    void compare(const journal::RecordPtr &before, const journal::RecordPtr &after);
    /// Two messages as they are.
    void compare(ComparedMessage before, ComparedMessage after);
    void setView(View view);
    bool isSettled() const { return m_pending == 0; }
    const Comparison &comparison() const { return m_comparison; }
    QTableView *table() const { return m_table; }
    widgets::DiffView *diff() const { return m_diff; }
    widgets::Segmented *sides() const { return m_sides; }
    QString summary() const;

private:
    using Messages = std::pair<ComparedMessage, ComparedMessage>;
    void work(std::function<Messages()> make);
    void take(Comparison comparison, const Messages &messages);
    void present();

    std::function<Messages(bool response)> m_make;
    Comparison m_comparison;
    View m_view = Places;
    std::shared_ptr<std::atomic<quint64>> m_serial;
    int m_pending = 0;
    widgets::Segmented *m_sides;
    widgets::Segmented *m_views;
    widgets::Banner *m_summary;
    QString m_summaryText;
    widgets::ElidedLabel *m_before;
    widgets::ElidedLabel *m_after;
    QWidget *m_titles;
    QStackedWidget *m_pages;
    PlacesModel *m_model;
    QTableView *m_table;
    widgets::DiffView *m_diff;
    QThreadPool m_pool; ///< last: it waits for its work, which posts to this object
};

/// The request or the response of a delivery's last attempt.
ComparedMessage comparedMessage(const journal::RecordPtr &record, bool response);

} // namespace hookbench::inspector
