#pragma once
// A numbered section of an editor: a band of 32 px with a chevron, number, title and room for widgets, above a body
// that folds away. Space or Enter on the title, or a click on the band, folds it.
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace hookbench::widgets {

class SectionBand : public QWidget
{
    Q_OBJECT
public:
    /// `number` 0 shows none.
    SectionBand(int number, const QString &title, QWidget *parent = nullptr);

    /// Behind the title, in front of the stretch.
    void addLeading(QWidget *widget);
    /// At the far end.
    void addTrailing(QWidget *widget);
    /// Shown instead of the leading widgets while the section is folded: a summary in one line.
    void setFoldedSummary(QWidget *widget);
    /// Takes the body; the section owns it.
    void setBody(QWidget *body);
    QWidget *body() const { return m_body; }
    bool isFolded() const { return m_folded; }
    void setFolded(bool folded);

Q_SIGNALS:
    void foldedChanged(bool folded);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showParts();

    QWidget *m_band;
    QToolButton *m_fold;
    QWidget *m_leading;
    QWidget *m_summary = nullptr;
    QWidget *m_body = nullptr;
    QHBoxLayout *m_leadingLayout;
    QHBoxLayout *m_trailingLayout;
    QVBoxLayout *m_layout;
    int m_gap = 0; ///< place of what fills the band in its layout
    bool m_folded = false;
};

} // namespace hookbench::widgets
