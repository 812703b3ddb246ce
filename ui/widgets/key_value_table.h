#pragma once
// Names and values, edited in place, with a table's keyboard: Enter or F2 edits, Delete removes, Alt+Up and Alt+Down
// move, typing in the last, empty row adds. All of it is in the context menu too. Rows may be read-only with a note, or
// masked until shown; Ctrl+M and the eye mask those that may be masked.
#include "ui/widgets/key_value_model.h"

#include <QPointer>
#include <QTableView>

class QLineEdit;

namespace hookbench::widgets {

class KeyValueTable : public QTableView
{
    Q_OBJECT
public:
    explicit KeyValueTable(QWidget *parent = nullptr);
    KeyValueModel *rows() const { return m_model; }
    /// Starts typing a new row.
    void editNewRow();
    /// Makes the cell current, in view, and types into it.
    void editCell(int row, int column);
    /// Alt+Up, Alt+Down and dragging: moveRequested() tells.
    void setMovable(bool movable);
    /// As editCell, with that text in the editor, not yet entered.
    void typeIn(int row, int column, const QString &text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested(int row);
    void moveRequested(int from, int to);
    void currentRowChanged(int row);
    /// What stands in the cell's open editor; the model has the text before it.
    void typing(int row, int column, const QString &text);
    void typingEnded(); ///< the editor is gone, entered or not

protected:
    bool event(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    friend class KeyValueDelegate;
    void watchEditor(QLineEdit *line, const QModelIndex &index);
    bool moveBy(int step);
    bool isEditable(int row) const;

    KeyValueModel *m_model;
    QPointer<QLineEdit> m_editor; ///< the open one
    QPoint m_cellBeforeReset{ -1, -1 }; ///< column, row
    bool m_movable = false;
};

} // namespace hookbench::widgets
