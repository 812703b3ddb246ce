#pragma once
// The embedded receiver: whether it runs and where, what it got, and whether each signature is valid.
#include "core/receiver/receiver.h"
#include "ui/widgets/panel.h"

#include <QTimer>

#include <vector>

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Banner;
class CodeEditor;
class EmptyState;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::received {

class ReceivedModel;

class ReceivedPanel : public widgets::Panel
{
    Q_OBJECT
public:
    explicit ReceivedPanel(document::Workbench &workbench, QWidget *parent = nullptr);
    QWidget *firstFocus() override;
    ReceivedModel *model() const { return m_model; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showArrived();
    QWidget *makeBar();
    QWidget *makeDetails();
    void showReceiver();
    void showChosen();
    void useAsEvent();

    document::Workbench &m_workbench;
    ReceivedModel *m_model;
    QTableView *m_table;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_empty;
    widgets::StatusLabel *m_state;
    QLabel *m_url;
    QToolButton *m_copyUrl;
    QToolButton *m_toggle;
    QToolButton *m_use;
    widgets::Banner *m_verdict;
    QLabel *m_signature;
    widgets::CodeEditor *m_text;
    std::vector<receiver::ReceivedRequest> m_arrived; ///< not in the list yet
    QTimer m_showArrived;
    bool m_following = true;
    bool m_selecting = false;
};

} // namespace hookbench::received
