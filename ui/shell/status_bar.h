#pragma once
// The file and its state at the start, counts and the text cursor at the end; sentences for some seconds over both.
#include <QStatusBar>

class QLabel;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::shell {

class StatusBar : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusBar(document::Workbench &workbench, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showFile();
    void showCounts();

    document::Workbench &m_workbench;
    QLabel *m_icon;
    QLabel *m_file;
    QLabel *m_saved;
    QLabel *m_mappings;
    QLabel *m_events;
    QLabel *m_cursor;
};

} // namespace hookbench::shell
