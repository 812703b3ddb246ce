#pragma once
// The row at the top of the window, 44 px: menu, destination, signing, undo, palette, run, receiver, Stop and Send.
#include "core/pipeline/run.h"

#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QToolButton;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Chip;
class ElidedLabel;
class Switch;
} // namespace hookbench::widgets

namespace hookbench::shell {

class ActionCatalogue;
class PaletteField;
class SendButton;

class Toolbar : public QWidget
{
    Q_OBJECT
public:
    Toolbar(document::Workbench &workbench, const ActionCatalogue &actions, QMenu *mainMenu, QWidget *parent = nullptr);

    PaletteField *paletteField() const { return m_palette; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showDestination();
    void showSecret();
    void showReceiver();
    void endRun();
    void showKind();
    void showRun(const pipeline::RunProgress &progress);
    QToolButton *button(const char *action);
    QMenu *receiverMenu();

    document::Workbench &m_workbench;
    const ActionCatalogue &m_actions;
    QToolButton *m_menu;
    widgets::ElidedLabel *m_name;
    QLabel *m_kind;
    widgets::Switch *m_enabled;
    widgets::Chip *m_signed;
    PaletteField *m_palette;
    QWidget *m_run;
    QLabel *m_percent;
    QProgressBar *m_bar;
    QLabel *m_left;
    QToolButton *m_receiver;
    QToolButton *m_stop;
    SendButton *m_send;
};

} // namespace hookbench::shell
