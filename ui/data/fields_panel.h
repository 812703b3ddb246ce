#pragma once
// The fields of the loaded events, to choose for the mapping: name, path, how often it is there, a sample. Ticked ones
// are added together; any can be dragged onto the mapping.
#include "ui/data/suggestions.h"

#include <QAbstractTableModel>
#include <QWidget>

class QLineEdit;
class QSortFilterProxyModel;
class QToolButton;
class QTreeView;

namespace hookbench::widgets {
class MutedLabel;
}

namespace hookbench::data {

class SuggestionsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, PathColumn, SeenColumn, SampleColumn, ColumnCount };

    explicit SuggestionsModel(QObject *parent = nullptr);
    /// Keeps the ticks of paths that are still there; `tickTypical` ticks what is worth proposing.
    void setSuggestions(std::vector<Suggestion> suggestions, bool tickTypical);
    std::vector<Suggestion> ticked() const;
    int tickedCount() const;
    void tickAll(bool on);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

Q_SIGNALS:
    void ticksChanged();

private:
    std::vector<Suggestion> m_suggestions;
    std::vector<bool> m_ticked;
};

class FieldsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit FieldsPanel(QWidget *parent = nullptr);

    void setSuggestions(std::vector<Suggestion> suggestions, bool tickTypical);
    SuggestionsModel *model() const { return m_model; }
    QTreeView *list() const { return m_list; }
    QLineEdit *filter() const { return m_filter; }
    QToolButton *addButton() const { return m_add; }

Q_SIGNALS:
    void addRequested(const std::vector<hookbench::data::Suggestion> &suggestions);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showCount();

    SuggestionsModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QLineEdit *m_filter;
    QTreeView *m_list;
    QToolButton *m_add;
    QToolButton *m_all;
};

} // namespace hookbench::data
