#pragma once
// Names and values, edited in place, with a table's keyboard: Enter or F2 edits, Delete removes, typing in the last,
// empty row adds. Rows may be read-only with a note, or masked until shown.
#include <QAbstractTableModel>
#include <QTableView>

#include <vector>

namespace hookbench::widgets {

struct KeyValueRow
{
    QString key;
    QString value;
    bool readOnly = false;
    bool masked = false; ///< shown as dots and the last four characters, until the eye is pressed or the cell is edited
    QByteArray iconName; ///< in front of the value of a read-only row
    QString problem; ///< why this row is wrong; shown with a warning shape and as tool tip
    friend bool operator==(const KeyValueRow &, const KeyValueRow &) = default;
};

class KeyValueModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };
    enum Role { RowRole = Qt::UserRole + 1 /* bool: masked now */, ReadOnlyRole, IconRole, ProblemRole, MaskableRole };

    explicit KeyValueModel(QObject *parent = nullptr);

    void setTitles(const QString &key, const QString &value);
    /// Keeps the selection when only texts change.
    void setRows(std::vector<KeyValueRow> rows);
    const std::vector<KeyValueRow> &rows() const { return m_rows; }
    /// An empty row at the end to add by typing into it.
    void setAddable(bool addable, const QString &placeholder = {});
    void setRevealed(int row, bool revealed);
    bool isRevealed(int row) const;
    bool isAddRow(int row) const { return m_addable && row == static_cast<int>(m_rows.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// The user changed a row; the model already shows it. The owner answers with setRows when it sees it otherwise.
    void rowEdited(
        int row, const hookbench::widgets::KeyValueRow &before, const hookbench::widgets::KeyValueRow &after);
    void rowAdded(const hookbench::widgets::KeyValueRow &row);

private:
    std::vector<KeyValueRow> m_rows;
    std::vector<bool> m_revealed;
    QString m_keyTitle;
    QString m_valueTitle;
    QString m_placeholder;
    bool m_addable = false;
};

class KeyValueTable : public QTableView
{
    Q_OBJECT
public:
    explicit KeyValueTable(QWidget *parent = nullptr);
    KeyValueModel *rows() const { return m_model; }
    /// Starts typing a new row.
    void editNewRow();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested(int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    KeyValueModel *m_model;
};

} // namespace hookbench::widgets
