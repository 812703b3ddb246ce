#pragma once
// The visual trigger: its conditions one below the other, a button for another one, and the FQL that comes of it.
#include "ui/trigger/conditions.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace hookbench::widgets {
class StatusLabel;
}

namespace hookbench::trigger {

class FieldCatalogue;
class FieldCompleter;
class FqlLine;
class RowEditor;
enum class RowPart;

class RowsView : public QWidget
{
    Q_OBJECT
public:
    explicit RowsView(FieldCatalogue &catalogue, QWidget *parent = nullptr);

    const Conditions &conditions() const { return m_conditions; }
    /// The keyboard stays where it is, as far as there still is such a row.
    void show(const Conditions &conditions);
    void setEvent(const json::Document &event);
    /// All or any of the conditions; a change like those made in the rows.
    void setCombinator(fql::Combinator combinator);
    /// To what has to be mended, else to the first row.
    void focusFirst();
    /// To that row, or to what focusFirst finds when there is none such.
    void focusRow(int row);

Q_SIGNALS:
    /// The user changed something; the view shows it already. `name` is for undo.
    void edited(const QString &name, bool typing);
    void typingEnded();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    RowEditor *makeRow();
    void showRows();
    void showRow(int index);
    void showFooter();
    int indexOf(const RowEditor *row) const;
    void change(int index, ConditionRow row, const QString &name, bool typing);
    void add();
    void takeAllCalls();
    void remove(int index);
    void move(int from, int to);
    void drag(int index, int globalY);
    void drop(int index, bool here);
    int gapAt(int y) const;

    FieldCatalogue &m_catalogue;
    FieldCompleter *m_completer;
    Conditions m_conditions;
    json::Document m_event;
    std::vector<RowEditor *> m_rows;
    QVBoxLayout *m_rowsLayout;
    QWidget *m_anchor; ///< never seen: the first row comes behind it in the order of Tab
    QLabel *m_empty;
    QToolButton *m_add;
    QToolButton *m_allCalls;
    QWidget *m_line; ///< between the button and the text
    FqlLine *m_fql;
    widgets::StatusLabel *m_why;
    QWidget *m_dropLine;
    int m_gap = -1; ///< where a dragged row would go
};

} // namespace hookbench::trigger
