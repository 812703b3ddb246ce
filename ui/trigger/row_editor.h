#pragma once
// One condition as a row: grip, field, operator, value, what the event says to it, and a button that removes it. Shows
// what it is given and says what the user did; it keeps nothing of its own.
#include "ui/trigger/conditions.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QStringListModel;
class QToolButton;

namespace hookbench::widgets {
class StatusLabel;
}

namespace hookbench::trigger {

class FieldCatalogue;
class FieldCompleter;
class FieldEdit;

enum class RowPart { Field, Operator, Value, Remove };

/// Where the parts of a row stand: left edge and width, from left to right. All rows of one width agree.
struct RowColumns
{
    struct Column
    {
        int left = 0;
        int width = 0;
    };
    Column grip, field, op, value, live, remove;
};
RowColumns rowColumns(int width);

class RowEditor : public QWidget
{
    Q_OBJECT
public:
    RowEditor(FieldCatalogue &catalogue, FieldCompleter &completer, QWidget *parent = nullptr);

    /// `number` counts from 1, for the ear.
    void show(const ConditionRow &row, int number, const RowState &state);
    /// The part with the keyboard, if it is here.
    std::optional<RowPart> focusedPart() const;
    void focus(RowPart part);
    /// The part to mend first.
    RowPart wrongPart() const;
    void setLifted(bool lifted); ///< it is being dragged
    /// Puts the row's parts behind `before` in the order of Tab; returns the last of them.
    QWidget *followInTabOrder(QWidget *before);
    QWidget *lastPart() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void fieldTyped(const QString &field);
    void fieldChosen(const QString &field); ///< from the list, or the keyboard left it
    void operatorChosen(hookbench::fql::Operator op);
    void valueTyped(const QString &value);
    void valueChosen(const QString &value);
    void typingEnded();
    void removeRequested();
    void moveRequested(int by);
    void dragged(int globalY);
    void dropped(bool here); ///< false: the drag was given up

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Grip;

    void layOut();
    void showOperators(const ConditionRow &row);
    void showValue(const ConditionRow &row);
    void showState(int number, const RowState &state);
    void offerValues();
    bool takesKey(const QObject *watched, int key, Qt::KeyboardModifiers modifiers) const;

    FieldCatalogue &m_catalogue;
    Grip *m_grip;
    FieldEdit *m_field;
    QComboBox *m_operator;
    QLineEdit *m_value;
    QComboBox *m_call; ///< instead of the value, for the event type
    widgets::StatusLabel *m_live;
    widgets::StatusLabel *m_doubt;
    QToolButton *m_remove;
    QStringListModel *m_values = nullptr; ///< to choose the value from; made when the keyboard first gets there
    const std::vector<fql::Operator> *m_operators = nullptr;
    RowPart m_wrong = RowPart::Field;
};

} // namespace hookbench::trigger
