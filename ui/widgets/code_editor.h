#pragma once
// A plain text editor for code: gutter with line numbers or byte offsets, the current line tinted, colours by a
// LineLexer, squiggles with tool tips, marked ranges, completion. Positions are UTF-16 offsets into the text;
// `fromByteOffset` converts. Tab moves the focus; Ctrl+Space completes; Enter keeps the indentation.
#include "ui/widgets/tokens.h"

#include <QBrush>
#include <QPlainTextEdit>

#include <functional>
#include <memory>
#include <vector>

class QCompleter;
class QStandardItemModel;

namespace hookbench::widgets {

class CodeEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    enum class Gutter { None, Lines, ByteOffsets };

    struct Mark
    {
        int start = 0;
        int length = 0;
        bool isWarning = false;
        QString message;
    };
    struct Range
    {
        int start = 0;
        int length = 0;
        QBrush background;
    };
    struct Completion
    {
        QString text; ///< what is inserted
        QString detail; ///< shown muted behind it
    };
    struct Completions
    {
        int replaces = 0; ///< characters before the cursor that the choice replaces
        std::vector<Completion> choices;
    };
    /// Called with the whole text and the cursor position, on Ctrl+Space and while typing.
    using Completer = std::function<Completions(const QString &text, int cursor)>;

    explicit CodeEditor(QWidget *parent = nullptr);
    ~CodeEditor() override;

    void setGutter(Gutter gutter);
    void setLexer(LineLexer lexer);
    /// Every character as it was typed or set: QPlainTextEdit's own makes a space of U+00A0 and a line end of U+2028.
    QString toPlainText() const;
    /// Replaces the text as one undoable step, keeps the cursor where it can, does nothing when it is the same.
    void replaceText(const QString &text);
    void setMarks(std::vector<Mark> marks);
    void setRanges(std::vector<Range> ranges);
    void setCompleter(Completer completer);
    void setCurrentLineTinted(bool tinted);
    void setLineWrapped(bool wrapped); ///< anywhere, not only at spaces
    void setPlaceholder(const QString &text) { setPlaceholderText(text); }
    /// Height for `lines` lines and the frame; the editor then grows no further than `most`.
    void setLinesShown(int least, int most);

    int cursorLine() const; ///< from 1
    int cursorColumn() const; ///< from 1
    void goTo(int position, int length = 0);
    /// UTF-16 position of a byte offset in the UTF-8 of the text.
    int fromByteOffset(std::size_t offset) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    // for the gutter
    int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

Q_SIGNALS:
    /// The user left the editor.
    void editingEnded();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    class Highlighter;
    class GutterArea;

    void layOutGutter();
    void paintOffsets(const QRect &seen, const QTextBlock &block, qreal top, qint64 bytes,
        const std::function<void(qreal y, qint64 value)> &number);
    void showSelections();
    void complete(bool asked);
    void insertCompletion(const QModelIndex &index);
    void indentNewLine();
    void dress();
    void fitHeight();

    GutterArea *m_gutterArea;
    std::unique_ptr<Highlighter> m_highlighter;
    Gutter m_gutter = Gutter::Lines;
    std::vector<Mark> m_marks;
    std::vector<Range> m_ranges;
    Completer m_completer;
    QCompleter *m_popup = nullptr;
    QStandardItemModel *m_choices = nullptr;
    int m_replaces = 0;
    int m_leastLines = 0;
    int m_mostLines = 0;
    bool m_tintsLine = true;
};

} // namespace hookbench::widgets
