#pragma once
// The centre: the current mapping's header, and below it its numbered sections.
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;
class QScrollArea;
class QVBoxLayout;

namespace hookbench::document {
class Workbench;
}
namespace hookbench::widgets {
class ElidedLabel;
class SectionBand;
class Switch;
} // namespace hookbench::widgets

namespace hookbench::shell {

class ActionCatalogue;

class EditorPage : public QWidget
{
    Q_OBJECT
public:
    EditorPage(document::Workbench &workbench, const ActionCatalogue &actions, QWidget *parent = nullptr);

    /// The last section takes the room that is left.
    void addSection(widgets::SectionBand *section, bool takesRoom);
    void rename();
    QWidget *firstFocus() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showMapping();
    void endRename(bool keep);
    void showFocus();

    document::Workbench &m_workbench;
    widgets::Switch *m_enabled;
    widgets::ElidedLabel *m_name;
    QLineEdit *m_nameEdit;
    QLabel *m_place;
    QToolButton *m_impact = nullptr; ///< only while the mapping is not as it was saved
    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_sections;
};

} // namespace hookbench::shell
