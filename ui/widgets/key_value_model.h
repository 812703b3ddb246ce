#pragma once
// Rows of a name and a value: what a KeyValueTable shows. Knows nothing of where they come from; its owner answers
// every edit with setRows.
#include <QAbstractTableModel>
#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace hookbench::widgets {

struct KeyValueRow
{
    QString key;
    QString value;
    bool readOnly = false;
    bool masked = false; ///< shown as dots and the last four characters, until the eye is pressed or the cell is edited
    bool maskable = false; ///< the user may mask and unmask it
    QString maskNote; ///< what being masked means, why it always is, or how to mask it; for the value's tool tip
    QByteArray iconName; ///< in front of the value of a read-only row
    QString problem; ///< what is wrong or doubtful with this row; shown with its shape and as tool tip
    bool wrong = false; ///< the problem is an error, not a warning
    friend bool operator==(const KeyValueRow &, const KeyValueRow &) = default;
};

class KeyValueModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };
    enum Role {
        RowRole = Qt::UserRole + 1 /* bool: hidden now */,
        ReadOnlyRole,
        IconRole,
        ProblemRole,
        WrongRole,
        EyeRole, ///< bool: the cell has an eye
        MaskedRole ///< bool: masked, hidden now or not
    };

    explicit KeyValueModel(QObject *parent = nullptr);

    void setTitles(const QString &key, const QString &value);
    /// Keeps the selection when only texts change.
    void setRows(std::vector<KeyValueRow> rows);
    const std::vector<KeyValueRow> &rows() const { return m_rows; }
    /// An empty row at the end to add by typing into it.
    void setAddable(bool addable, const QString &placeholder = {});
    /// Rows can be dragged between others.
    void setMovable(bool movable) { m_movable = movable; }
    bool isMovable(int row) const;
    void setRevealed(int row, bool revealed);
    bool isRevealed(int row) const;
    bool isMasked(int row) const; ///< shown or not
    bool isMaskable(int row) const;
    /// Presses the eye: hides or shows a masked value, asks to mask another.
    void pressEye(int row);
    /// Asks the owner to mask or unmask the row, if that may be asked.
    void toggleMask(int row);
    bool isAddRow(int row) const { return m_addable && row == static_cast<int>(m_rows.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

Q_SIGNALS:
    /// The user changed a row; the model already shows it. The owner answers with setRows when it sees it otherwise.
    void rowEdited(
        int row, const hookbench::widgets::KeyValueRow &before, const hookbench::widgets::KeyValueRow &after);
    void rowAdded(const hookbench::widgets::KeyValueRow &row);
    /// The row was dropped at another place; the owner answers with setRows.
    void rowMoved(int from, int to);
    /// The user wants the row masked, or not any more; the owner answers with setRows.
    void maskWanted(int row, bool masked);

private:
    std::vector<KeyValueRow> m_rows;
    std::vector<bool> m_revealed;
    QString m_keyTitle;
    QString m_valueTitle;
    QString m_placeholder;
    bool m_addable = false;
    bool m_movable = false;
};

} // namespace hookbench::widgets
