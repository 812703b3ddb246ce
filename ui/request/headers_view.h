#pragma once
// The headers of the current mapping: a table, or the directive's JSON when a directive makes them, and a note of
// what is wrong with the current row.
#include "ui/request/header_list.h"

#include <QWidget>

class QLineEdit;

namespace hookbench::document {
struct OpenEditor;
class Workbench;
} // namespace hookbench::document
namespace hookbench::widgets {
class KeyValueTable;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::request {

class HeadersView : public QWidget
{
    Q_OBJECT
public:
    explicit HeadersView(document::Workbench &workbench, QWidget *parent = nullptr);

    void showMapping(int index);
    /// The keyboard goes to the header of that name; to the table when there is none.
    void jumpTo(const std::string &name);
    widgets::KeyValueTable *table() const { return m_table; }
    /// For the owner to place where a sentence has room.
    widgets::StatusLabel *note() const { return m_note; }

private:
    void refresh();
    void showNote();
    HeaderList list() const;
    void replace(const HeaderList &list, const QString &words);
    void setHeader(int row, const widgets::KeyValueRow &before, const widgets::KeyValueRow &after);
    void addHeader(const widgets::KeyValueRow &row);
    void removeHeader(int row);
    void moveHeader(int from, int to);
    void maskHeader(int row, bool masked);
    void keepTyping(int row, int column, const QString &text);
    void openEditor(const document::OpenEditor &editor);
    void takeDirective();

    document::Workbench &m_workbench;
    widgets::KeyValueTable *m_table;
    QLineEdit *m_directive;
    widgets::StatusLabel *m_note;
    int m_index = -1;
};

} // namespace hookbench::request
