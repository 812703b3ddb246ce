#pragma once
// Two texts side by side, lines that belong together on one row: line numbers, - and + beside the colours, changed
// characters marked. Both halves scroll as one. n/p or Alt+Down/Up: next and previous change. Ctrl+C copies the half
// that was clicked last (the right one at first); the context menu names both.
#include "ui/widgets/text_diff.h"
#include "ui/widgets/tokens.h"

#include <QAbstractScrollArea>

#include <array>

namespace hookbench::widgets {

class DiffView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit DiffView(QWidget *parent = nullptr);

    void setLexer(LineLexer lexer);
    /// Words for the halves in the context menu and for screen readers: "Before", "After".
    void setTitles(const QString &left, const QString &right);
    void setTexts(const QString &left, const QString &right);
    const std::vector<DiffRow> &rows() const { return m_rows; }
    int changeCount() const { return static_cast<int>(m_changes.size()); }
    /// Shows the next (or previous) changed block; false when there is none further on.
    bool goToChange(bool next);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    struct Half
    {
        QString title;
        QString text;
        QStringList lines;
        std::vector<TokenSpans> spans; ///< by line
    };

    void lex(Half &half) const;
    void layOut();
    void showChange();
    void copy(int half) const;
    int rowHeight() const;
    int gutterWidth() const;
    void paintHalf(QPainter &painter, const QRect &area, int half);

    std::array<Half, 2> m_halves;
    LineLexer m_lexer;
    std::vector<DiffRow> m_rows;
    std::vector<int> m_changes; ///< first rows of changed blocks
    int m_change = 0; ///< into m_changes: the one last gone to
    int m_clicked = 1;
};

} // namespace hookbench::widgets
