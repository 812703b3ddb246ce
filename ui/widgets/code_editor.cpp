#include "ui/widgets/code_editor.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QAbstractItemView>
#include <QAbstractTextDocumentLayout>
#include <QCompleter>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace hookbench::widgets {

namespace {

constexpr int kGutterPadding = 8;
constexpr int kDetailRole = Qt::UserRole + 1;
constexpr qsizetype kLongLine = 20'000; // colouring a longer line at once would be felt

int utf8Length(QStringView text)
{
    int bytes = 0;
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : c.isSurrogate() ? 2 : 3; // a pair is four
    }
    return bytes;
}

} // namespace

class CodeEditor::Highlighter final : public QSyntaxHighlighter
{
public:
    Highlighter(QTextDocument *document, LineLexer lexer)
        : QSyntaxHighlighter(document)
        , m_lexer(std::move(lexer))
    {
    }

protected:
    void highlightBlock(const QString &text) override
    {
        if (text.size() > kLongLine) {
            setCurrentBlockState(std::max(0, previousBlockState()));
            return;
        }
        m_spans.clear();
        setCurrentBlockState(m_lexer(text, std::max(0, previousBlockState()), m_spans));
        for (const TokenSpan &span : m_spans)
            setFormat(span.start, span.length, tokenFormat(span.kind));
    }

private:
    LineLexer m_lexer;
    TokenSpans m_spans;
};

class CodeEditor::GutterArea final : public QWidget
{
public:
    explicit GutterArea(CodeEditor *editor)
        : QWidget(editor)
        , m_editor(editor)
    {
    }
    QSize sizeHint() const override { return { m_editor->gutterWidth(), 0 }; }

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintGutter(event); }

private:
    CodeEditor *m_editor;
};

CodeEditor::CodeEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_gutterArea(new GutterArea(this))
{
    setLayoutDirection(Qt::LeftToRight); // code, with its numbers in front of it
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    document()->setDocumentMargin(4);
    dress();
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::layOutGutter);
    connect(
        document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &CodeEditor::fitHeight);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_gutterArea->scroll(0, dy);
        else
            m_gutterArea->update(0, rect.y(), m_gutterArea->width(), rect.height());
        layOutGutter();
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::showSelections);
    layOutGutter();
}

CodeEditor::~CodeEditor()
{
    // Taking the highlighter off edits the document once more. Whoever listens may be half destroyed by then: the
    // editor is deleted by its parent's base class.
    blockSignals(true);
    document()->blockSignals(true);
    m_highlighter.reset();
}

void CodeEditor::dress()
{
    setFont(theme::font(theme::Text::Mono));
    setTabStopDistance(2 * fontMetrics().horizontalAdvance(u' '));
    if (m_highlighter)
        m_highlighter->rehighlight();
    showSelections();
}

void CodeEditor::setGutter(Gutter gutter)
{
    m_gutter = gutter;
    m_gutterArea->setVisible(gutter != Gutter::None);
    layOutGutter();
}

void CodeEditor::setLexer(LineLexer lexer)
{
    m_highlighter = lexer ? std::make_unique<Highlighter>(document(), std::move(lexer)) : nullptr;
}

QString CodeEditor::toPlainText() const
{
    return document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

void CodeEditor::replaceText(const QString &text)
{
    if (toPlainText() == text)
        return;
    const int position = textCursor().position();
    QTextCursor all(document());
    all.beginEditBlock();
    all.select(QTextCursor::Document);
    all.insertText(text);
    all.endEditBlock();
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min<int>(position, static_cast<int>(text.size())));
    setTextCursor(cursor);
}

void CodeEditor::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    showSelections();
}

void CodeEditor::setRanges(std::vector<Range> ranges)
{
    m_ranges = std::move(ranges);
    showSelections();
}

void CodeEditor::setCompleter(Completer completer)
{
    m_completer = std::move(completer);
    if (!m_completer || m_popup)
        return;
    m_choices = new QStandardItemModel(this);
    m_popup = new QCompleter(m_choices, this);
    m_popup->setWidget(this);
    m_popup->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(m_popup, qOverload<const QModelIndex &>(&QCompleter::activated), this, &CodeEditor::insertCompletion);
}

void CodeEditor::setCurrentLineTinted(bool tinted)
{
    m_tintsLine = tinted;
    showSelections();
}

void CodeEditor::setLineWrapped(bool wrapped)
{
    setLineWrapMode(wrapped ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    setWordWrapMode(wrapped ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
}

void CodeEditor::setLinesShown(int least, int most)
{
    m_leastLines = least;
    m_mostLines = std::max(least, most);
    fitHeight();
}

void CodeEditor::fitHeight()
{
    if (m_mostLines == 0)
        return;
    const int lines = std::clamp(document()->lineCount(), m_leastLines, m_mostLines); // wrapped ones as well
    const int height = lines * fontMetrics().lineSpacing() + 2 * static_cast<int>(document()->documentMargin())
        + 2 * frameWidth() + 2; // a fraction of a line more than the metrics say, or a scroll bar appears
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(height);
}

int CodeEditor::cursorLine() const
{
    return textCursor().blockNumber() + 1;
}

int CodeEditor::cursorColumn() const
{
    return textCursor().positionInBlock() + 1;
}

void CodeEditor::goTo(int position, int length)
{
    const int end = document()->characterCount() - 1;
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::clamp(position, 0, end));
    cursor.setPosition(std::clamp(position + length, 0, end), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
    setFocus(Qt::OtherFocusReason);
}

int CodeEditor::fromByteOffset(std::size_t offset) const
{
    const QString text = toPlainText();
    std::size_t bytes = 0;
    int at = 0;
    for (; at < text.size() && bytes < offset; ++at)
        bytes += static_cast<std::size_t>(utf8Length(QStringView(text).mid(at, 1)));
    return at;
}

QSize CodeEditor::sizeHint() const
{
    return { 240, std::max(m_leastLines, 4) * fontMetrics().lineSpacing() + 10 };
}

QSize CodeEditor::minimumSizeHint() const
{
    return { 80, std::max(m_leastLines, 1) * fontMetrics().lineSpacing() + 10 };
}

int CodeEditor::gutterWidth() const
{
    if (m_gutter == Gutter::None)
        return 0;
    const int largest = m_gutter == Gutter::Lines ? blockCount() : document()->characterCount();
    const auto digits = std::max<qsizetype>(2, QString::number(largest).size());
    return static_cast<int>(digits) * fontMetrics().horizontalAdvance(u'9') + 2 * kGutterPadding;
}

void CodeEditor::layOutGutter()
{
    const int width = gutterWidth();
    setViewportMargins(width, 0, 0, 0);
    const QRect area = contentsRect();
    m_gutterArea->setGeometry(area.left(), area.top(), width, area.height());
}

void CodeEditor::paintGutter(QPaintEvent *event)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(m_gutterArea);
    painter.setLayoutDirection(Qt::LeftToRight); // a painter takes the application's
    painter.fillRect(event->rect(), t.alt);
    painter.fillRect(m_gutterArea->width() - 1, event->rect().top(), 1, event->rect().height(), t.line);
    painter.setFont(font());
    const int current = textCursor().blockNumber();
    qint64 bytes = 0;
    QTextBlock block = firstVisibleBlock();
    if (m_gutter == Gutter::ByteOffsets)
        for (QTextBlock b = document()->begin(); b != block; b = b.next())
            bytes += utf8Length(b.text()) + 1;
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= event->rect().bottom()) {
        const qreal height = blockBoundingRect(block).height();
        if (block.isVisible() && top + height >= event->rect().top()) {
            const bool tinted = m_tintsLine && block.blockNumber() == current && hasFocus();
            painter.setPen(tinted ? t.text : t.jLine);
            const auto number = [&](qreal y, qint64 value) {
                painter.drawText(QRectF(0, y, m_gutterArea->width() - kGutterPadding, fontMetrics().height()),
                    Qt::AlignRight, QString::number(value));
            };
            if (m_gutter == Gutter::Lines)
                number(top, block.blockNumber() + 1);
            else
                paintOffsets(event->rect(), block, top, bytes, number);
        }
        if (m_gutter == Gutter::ByteOffsets)
            bytes += utf8Length(block.text()) + 1;
        top += height;
        block = block.next();
    }
}

/// Where every line on the screen begins, wrapped or not.
void CodeEditor::paintOffsets(const QRect &seen, const QTextBlock &block, qreal top, qint64 bytes,
    const std::function<void(qreal y, qint64 value)> &number)
{
    const QString text = block.text();
    const QTextLayout *layout = block.layout();
    for (int i = 0; i < layout->lineCount(); ++i) {
        const QTextLine line = layout->lineAt(i);
        const qreal y = top + line.y();
        if (y > seen.bottom())
            break;
        if (y + line.height() >= seen.top())
            number(y, bytes);
        bytes += utf8Length(QStringView(text).mid(line.textStart(), line.textLength()));
    }
}

void CodeEditor::showSelections()
{
    const theme::Tokens &t = theme::tokens();
    QList<QTextEdit::ExtraSelection> selections;
    if (m_tintsLine && hasFocus()) {
        QTextEdit::ExtraSelection line;
        line.format.setBackground(t.tint);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        line.cursor = textCursor();
        line.cursor.clearSelection();
        selections.append(line);
    }
    const int end = document()->characterCount() - 1;
    const auto over = [&](int start, int length) {
        QTextCursor cursor(document());
        cursor.setPosition(std::clamp(start, 0, end));
        cursor.setPosition(std::clamp(start + length, 0, end), QTextCursor::KeepAnchor);
        return cursor;
    };
    for (const Range &range : m_ranges) {
        QTextEdit::ExtraSelection selection;
        selection.format.setBackground(range.background);
        selection.cursor = over(range.start, range.length);
        selections.append(selection);
    }
    for (const Mark &mark : m_marks) {
        QTextEdit::ExtraSelection selection;
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(mark.isWarning ? t.warning : t.error);
        // A mistake at the end of the text still shows: on its last character.
        const bool atEnd = mark.start >= end && end > 0;
        selection.cursor = over(atEnd ? end - 1 : mark.start, std::max(1, mark.length));
        selections.append(selection);
    }
    setExtraSelections(selections);
}

bool CodeEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int at = cursorForPosition(viewport()->mapFrom(this, help->pos())).position();
        const auto mark = std::ranges::find_if(
            m_marks, [at](const Mark &m) { return at >= m.start && at <= m.start + std::max(1, m.length); });
        if (mark != m_marks.end()) {
            QToolTip::showText(help->globalPos(), mark->message, this);
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void CodeEditor::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (hasFocus() && isReadOnly()) {
        // A text that cannot be edited has no blinking cursor: the ring says where the keyboard is.
        QPainter painter(viewport());
        painter.setPen(QPen(theme::tokens().accentText, 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutGutter();
}

void CodeEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (m_popup && m_popup->popup()->isVisible())
        return;
    showSelections();
    Q_EMIT editingEnded();
}

void CodeEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
    if (event->type() == QEvent::LayoutDirectionChange)
        layOutGutter();
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    const bool popup = m_popup && m_popup->popup()->isVisible();
    if (popup) {
        switch (event->key()) {
        case Qt::Key_Enter:
        case Qt::Key_Return:
        case Qt::Key_Escape:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            event->ignore(); // the completer's
            return;
        default:
            break;
        }
    }
    const bool asked = event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier;
    if (m_completer && asked && !isReadOnly()) {
        complete(true);
        return;
    }
    const bool newLine
        = (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier;
    if (newLine && !isReadOnly()) {
        indentNewLine();
        return;
    }
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        event->ignore(); // the window's shortcuts
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (m_completer && !isReadOnly()) {
        const QString typed = event->text();
        const bool word
            = !typed.isEmpty() && (typed.at(0).isLetterOrNumber() || QStringView(u"._\"$").contains(typed.at(0)));
        if (word)
            complete(false);
        else if (popup && event->key() != Qt::Key_Backspace)
            m_popup->popup()->hide();
        else if (popup)
            complete(false);
    }
}

void CodeEditor::indentNewLine()
{
    QTextCursor cursor = textCursor();
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    qsizetype spaces = 0;
    while (spaces < line.size() && line.at(spaces) == u' ')
        ++spaces;
    QString indent(spaces, u' ');
    const QString trimmed = line.trimmed();
    if (trimmed.endsWith(u'{') || trimmed.endsWith(u'['))
        indent += QStringLiteral("  ");
    cursor.insertText(u'\n' + indent);
    setTextCursor(cursor);
    ensureCursorVisible();
}

void CodeEditor::complete(bool asked)
{
    const Completions found = m_completer(toPlainText(), textCursor().position());
    if (found.choices.empty() || (!asked && found.replaces == 0)) {
        m_popup->popup()->hide();
        return;
    }
    m_choices->clear();
    m_choices->setColumnCount(1);
    for (const Completion &choice : found.choices) {
        auto *item = new QStandardItem(choice.text);
        item->setData(choice.detail, kDetailRole);
        item->setToolTip(choice.detail);
        m_choices->appendRow(item);
    }
    m_replaces = found.replaces;
    QRect place = cursorRect();
    place.translate(viewport()->geometry().topLeft());
    place.setWidth(std::clamp(m_popup->popup()->sizeHintForColumn(0) + 24, 160, 420));
    m_popup->complete(place);
    m_popup->popup()->setCurrentIndex(m_popup->completionModel()->index(0, 0));
}

void CodeEditor::insertCompletion(const QModelIndex &index)
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(cursor.position() - m_replaces, QTextCursor::KeepAnchor);
    cursor.insertText(index.data(Qt::EditRole).toString());
    setTextCursor(cursor);
}

} // namespace hookbench::widgets
