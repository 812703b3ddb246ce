#pragma once
// Bytes as they are, sixteen to a row: offset, hexadecimal, ASCII. Nothing is made in advance, so that any size opens
// at once. Selection with mouse and keyboard; Ctrl+C copies hexadecimal, the context menu the ASCII as well.
#include <QAbstractScrollArea>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace hookbench::widgets {

using BytesPtr = std::shared_ptr<const std::string>; ///< may share the life of what it is a part of

class HexView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    static constexpr std::size_t kColumns = 16;

    explicit HexView(QWidget *parent = nullptr);

    void setBytes(BytesPtr bytes); ///< never null
    /// Marks those places; `current` (-1: none) stronger, and shows it.
    void setMatches(std::vector<std::size_t> starts, std::size_t length, int current);
    void select(std::size_t from, std::size_t length);
    /// First byte and length.
    std::pair<std::size_t, std::size_t> selection() const;
    QString selectedHex() const; ///< "7B 22 61"
    QString selectedAscii() const; ///< dots for what is no ASCII
    QSize sizeHint() const override { return { 320, 120 }; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int rowHeight() const;
    int offsetWidth() const;
    int hexX(std::size_t column) const;
    int asciiX(std::size_t column) const;
    std::size_t rowCount() const;
    std::size_t byteAt(QPoint point) const;
    void layOut();
    void setCursor(std::size_t byte, bool extend);
    void announce();

    BytesPtr m_bytes;
    std::size_t m_anchor = 0;
    std::size_t m_cursor = 0;
    std::vector<std::size_t> m_matches;
    std::size_t m_matchLength = 0;
    int m_currentMatch = -1;
};

} // namespace hookbench::widgets
