#pragma once
// The filter of the list: the language of core/query with completion, the filters that were saved, what is held back
// and whether the newest is followed.
#include "core/query/query.h"
#include "ui/widgets/tokens.h"

#include <QWidget>

class QCheckBox;
class QMenu;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Chip;
class FilterLine;
} // namespace hookbench::widgets

namespace hookbench::deliveries {

/// Fields, quoted texts and joining words of a filter, also while it is being typed.
widgets::TokenSpans filterSpans(const QString &text);

class FilterBar : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(document::Workbench &workbench, QWidget *parent = nullptr);
    widgets::FilterLine *line() const { return m_line; }
    void setFollowed(bool followed);
    /// How many deliveries are held back.
    void setHeld(int held);

Q_SIGNALS:
    void filterChanged(const hookbench::query::Query &filter);
    void followed(bool followed);

private:
    void read(const QString &text);
    void learnNames();
    void fillMenu();
    bool eventFilter(QObject *watched, QEvent *event) override;

    document::Workbench &m_workbench;
    query::KnownNames m_names;
    widgets::FilterLine *m_line;
    QToolButton *m_saved;
    QMenu *m_menu;
    widgets::Chip *m_held;
    QCheckBox *m_follow;
};

} // namespace hookbench::deliveries
