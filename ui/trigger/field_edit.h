#pragma once
// The field of a condition: a line to type a path into, which completes from the loaded events. While the keyboard is
// elsewhere it shows the field's name, as "Event type".
#include <QCompleter>
#include <QLineEdit>
#include <QStyledItemDelegate>

namespace hookbench::trigger {

class FieldCatalogue;

/// Completes fields by any part of their path or name. One serves all rows: the line with the focus has it.
class FieldCompleter : public QCompleter
{
    Q_OBJECT
public:
    explicit FieldCompleter(FieldCatalogue &catalogue, QObject *parent = nullptr);
    QString pathFromIndex(const QModelIndex &index) const override;
    /// All fields, below `rect` of the widget it serves.
    void showAll(const QRect &rect);
};

class FieldEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit FieldEdit(FieldCompleter &completer, QWidget *parent = nullptr);

Q_SIGNALS:
    /// A field was taken from the list, or the keyboard left the line.
    void chosen();

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showFields();

    FieldCompleter &m_completer;
};

} // namespace hookbench::trigger
