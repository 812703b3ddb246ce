#pragma once
// The value editor: a sheet over the window, below the row it edits. What is typed is in force at once, as one undo
// step; Enter, Esc or a click elsewhere closes the sheet and keeps it. What Segment would refuse is told and not taken.
#include "ui/data/mapping_model.h"
#include "ui/data/path_edit.h"
#include "ui/data/trial.h"

#include <QFrame>
#include <QPointer>

class QScrollArea;

namespace hookbench::widgets {
class ElidedLabel;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::data {

class OutcomeLine;
class ValueForm;

class ValuePopover : public QFrame
{
    Q_OBJECT
public:
    explicit ValuePopover(QWidget *window);

    /// Opens for the value of a place. `row` is where it stands on the screen, `cell` what it should not be wider than;
    /// both in global coordinates. The focus goes back to `from`.
    void open(const std::string &pointer, const QString &title, const json::Document &value, EventPaths paths,
        Trial trial, const QRect &row, QWidget *from);
    /// What was taken stays in force.
    void close();
    bool isOpen() const { return !isHidden(); }
    const std::string &pointer() const { return m_pointer; }
    /// The value is another one now, by undo or from elsewhere.
    void follow(const json::Document &value);
    void showOutcome(const Outcome &outcome, const QString &note);
    /// What is written in it and not in force; undefined: all of it is.
    json::Document unfinished() const;
    /// Writes it again, into the editor that is open for the same value.
    void restore(const json::Document &unfinished);
    ValueForm *form() const { return m_form; }

Q_SIGNALS:
    void edited(const std::string &pointer, const hookbench::json::Document &value);
    void closed();
    void unfinishedChanged();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take(const json::Document &value);
    void place();
    void watchFocus(QWidget *now);

    std::string m_pointer;
    QRect m_row;
    QPointer<QWidget> m_from;
    widgets::ElidedLabel *m_title;
    QScrollArea *m_scroll;
    ValueForm *m_form = nullptr;
    widgets::StatusLabel *m_problem;
    OutcomeLine *m_outcome;
};

} // namespace hookbench::data
