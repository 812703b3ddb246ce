#pragma once
// Golden tests: what each mapping must make of an event, run again after every edit. One click keeps the preview as a
// test; a test that fails shows both sides, and what it got can be accepted. Nothing is sent.
#include "core/pipeline/session.h"
#include "ui/widgets/panel.h"

#include <QTimer>

#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class Banner;
class DiffView;
class EmptyState;
class StatusLabel;
} // namespace hookbench::widgets

namespace hookbench::golden {

class GoldenModel;

class GoldenPanel : public widgets::Panel
{
    Q_OBJECT
public:
    explicit GoldenPanel(document::Workbench &workbench, QWidget *parent = nullptr);
    ~GoldenPanel() override;
    QWidget *firstFocus() override;
    QString countToolTip() const override;
    GoldenModel *model() const { return m_model; }

    /// Keeps what the current mapping makes of the current event as a test, or says why that cannot be.
    void addFromPreview();
    /// Shows the test at `/tests/3/…`.
    void goTo(std::size_t test);

Q_SIGNALS:
    /// A test was added: the panel wants to be seen.
    void wantsToBeSeen();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeList();
    QWidget *makeDetail();
    QPushButton *addButton(const char *icon, const QString &text, const QString &toolTip);
    QString whyNotAdd() const;
    void refresh();
    void run();
    void take(const pipeline::GoldenReportPtr &report);
    void showState();
    void showChosen();
    std::vector<int> chosenRows() const;
    void choose(int row);
    void accept();
    void rename();
    void remove();
    void useEvent();
    void showMenu(const QPoint &at);

    document::Workbench &m_workbench;
    GoldenModel *m_model;
    QStackedWidget *m_pages;
    widgets::StatusLabel *m_state;
    QPushButton *m_accept;
    QPushButton *m_useEvent;
    QPushButton *m_rename;
    QPushButton *m_remove;
    QTableView *m_table;
    widgets::Banner *m_reason;
    QLabel *m_expected;
    QLabel *m_actual;
    widgets::DiffView *m_diff;
    QTimer m_delay;
    std::uint64_t m_asked = 0;
    bool m_adding = false; ///< the preview is of an older edit: as soon as the newer one is there
    int m_chosen = 0;
};

} // namespace hookbench::golden
