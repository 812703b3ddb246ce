#pragma once
// "What would this change do?": the current mapping as it was saved beside what it is now, over the last of the loaded
// events or of those in the journal. Works only while it is shown; nothing is sent.
#include "ui/impact/impact_groups.h"
#include "ui/widgets/panel.h"

#include <QTimer>

#include <cstdint>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Banner;
class Chip;
class DiffView;
class EmptyState;
class MutedLabel;
} // namespace hookbench::widgets

namespace hookbench::impact {

class ImpactModel;
class ImpactStrip;
class RecentEvents;

class ImpactPanel : public widgets::Panel
{
    Q_OBJECT
public:
    explicit ImpactPanel(document::Workbench &workbench, QWidget *parent = nullptr);
    ~ImpactPanel() override;
    QWidget *firstFocus() override;
    ImpactModel *model() const { return m_model; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeTimeline();
    QWidget *makeBody();
    void refreshSoon();
    void refresh();
    void ask();
    void showDraft();
    void waitFor();
    void endWaiting();
    void cancel();
    void take(const pipeline::ReplayPtr &replay);
    void say(const QString &title, const QString &text);
    void showCounts();
    void showChosen();
    void choose(int impact);
    void chooseFirst();
    void goToNext(bool forward);
    void revert();

    document::Workbench &m_workbench;
    ImpactModel *m_model;
    QStackedWidget *m_pages;
    widgets::EmptyState *m_empty;
    QComboBox *m_howMany;
    QComboBox *m_from;
    QPushButton *m_stop; ///< shown while an answer is long in coming
    widgets::Banner *m_draft;
    widgets::Chip *m_changed;
    widgets::Chip *m_gone;
    widgets::Chip *m_new;
    widgets::MutedLabel *m_unchanged;
    QPushButton *m_revert;
    QPushButton *m_keep;
    ImpactStrip *m_strip;
    QLabel *m_oldest;
    QLabel *m_newest;
    QTreeView *m_tree;
    QLabel *m_before;
    QLabel *m_after;
    widgets::DiffView *m_diff = nullptr;

    RecentEvents *m_events;
    QTimer m_delay;
    QTimer m_slow;
    std::uint64_t m_asked = 0;
};

} // namespace hookbench::impact
