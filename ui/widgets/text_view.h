#pragma once
// A text to read, of any length: only the rows on the screen are laid out. Selection with mouse and keyboard, copy,
// matches of a search marked, rows wrapped at the width or not. Positions are UTF-16 offsets into the text.
#include "ui/widgets/shown_text.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>

#include <vector>

namespace hookbench::widgets {

class TextView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TextView(QWidget *parent = nullptr);

    /// Never null; the view goes to its beginning.
    void setText(ShownTextPtr text);
    const ShownText &shown() const { return *m_text; }
    const ShownTextPtr &sharedText() const { return m_text; }
    QString text() const { return m_text->text; }
    void setLineWrapped(bool wrapped);
    bool isLineWrapped() const { return m_wraps; }

    /// Marks those places, `current` (-1: none) stronger, and shows it.
    void setMatches(std::vector<int> starts, int length, int current);
    int rowCount() const { return static_cast<int>(m_rows.size()); }
    int cursorPosition() const { return m_cursor; }
    QString selectedText() const;
    void select(int anchor, int cursor);
    void selectAll();
    void copy() const;
    QSize sizeHint() const override { return { 320, 120 }; }
    QSize minimumSizeHint() const override { return { 80, 40 }; }

Q_SIGNALS:
    void selectionChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int rowHeight() const;
    int columnWidth() const;
    int rowOf(int position) const;
    int rowEnd(int row) const; ///< behind its last character, before a line feed
    QString rowText(int row) const;
    int positionAt(QPoint point) const;
    qreal xOf(int position) const;
    void layOut();
    void setCursor(int position, bool extend);
    void ensureVisible(int position);

    ShownTextPtr m_text;
    std::vector<int> m_rows; ///< where they begin
    int m_columns = 0;
    bool m_wraps = true;
    int m_anchor = 0;
    int m_cursor = 0;
    std::vector<int> m_matches;
    int m_matchLength = 0;
    int m_currentMatch = -1;
    QBasicTimer m_autoScroll;
    QPoint m_dragged;
};

} // namespace hookbench::widgets
