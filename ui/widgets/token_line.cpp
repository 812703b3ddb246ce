#include "ui/widgets/token_line.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <QTextCharFormat>

namespace hookbench::widgets {

namespace {

constexpr QLatin1String kOpen("{{");
constexpr QLatin1String kClose("}}");
constexpr std::size_t kMostChoices = 200; // nobody reads on; typing narrows them down

} // namespace

std::vector<std::pair<int, int>> tokenSpans(QStringView text)
{
    std::vector<std::pair<int, int>> spans;
    for (qsizetype open = text.indexOf(kOpen); open >= 0;) {
        const qsizetype close = text.indexOf(kClose, open + 2);
        const qsizetype end = close < 0 ? text.size() : close + 2;
        spans.emplace_back(static_cast<int>(open), static_cast<int>(end - open));
        open = text.indexOf(kOpen, end);
    }
    return spans;
}

TokenLine::TokenLine(QWidget *parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_found(new QStandardItemModel(this))
{
    m_completer->setModel(m_found);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setAccessibleName(tr("Choices"));
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
        [this](const QModelIndex &index) { take(index.data(Qt::UserRole).toString()); });
    connect(this, &QLineEdit::textChanged, this, &TokenLine::colour);
    connect(this, &QLineEdit::cursorPositionChanged, this, &TokenLine::colour);
    connect(this, &QLineEdit::textEdited, this, [this] { complete(false); });
}

void TokenLine::setChoices(Choices choices)
{
    m_choices = std::move(choices);
}

// QLineEdit has no highlighter; the formats of an input method without text are the one way in.
void TokenLine::colour()
{
    const theme::Tokens &t = theme::tokens();
    QTextCharFormat format;
    format.setBackground(t.tint);
    format.setForeground(t.jKey);
    QList<QInputMethodEvent::Attribute> attributes;
    for (const auto &[start, length] : tokenSpans(text()))
        attributes.append({ QInputMethodEvent::TextFormat, start - cursorPosition(), length, format });
    QInputMethodEvent event(QString(), attributes);
    inputMethodEvent(&event);
}

int TokenLine::openToken() const
{
    for (const auto &[start, length] : tokenSpans(text())) {
        const bool closed = QStringView(text()).mid(start, length).endsWith(kClose) && length >= 4;
        if (cursorPosition() >= start + 2 && cursorPosition() <= start + length - (closed ? 2 : 0))
            return start + 2;
    }
    return -1;
}

void TokenLine::complete(bool asked)
{
    const int from = openToken();
    if (from < 0 || !m_choices) {
        m_completer->popup()->hide();
        return;
    }
    const QString typed = text().mid(from, cursorPosition() - from).trimmed();
    const auto choices = m_choices(typed);
    m_found->clear();
    for (std::size_t i = 0; i < choices.size() && i < kMostChoices; ++i) {
        const auto &[path, sample] = choices[i];
        auto *item = new QStandardItem(sample.isEmpty() ? path : QString(path + QStringLiteral("   ") + sample));
        item->setData(path, Qt::UserRole);
        item->setFont(theme::font(theme::Text::Mono));
        m_found->appendRow(item);
    }
    const bool done = choices.size() == 1 && choices.front().first == typed;
    if (choices.empty() || (done && !asked)) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCurrentRow(0);
    m_completer->complete();
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void TokenLine::take(const QString &choice)
{
    const int from = openToken();
    if (from < 0)
        return;
    const int end = static_cast<int>(text().indexOf(kClose, from));
    const int next = static_cast<int>(text().indexOf(kOpen, from));
    const bool closed = end >= 0 && (next < 0 || end < next);
    setSelection(from, (closed ? end + 2 : cursorPosition()) - from);
    insert(choice + kClose); // undoable, and told as typed text is
    Q_EMIT textEdited(text());
}

void TokenLine::insertToken()
{
    setFocus(Qt::OtherFocusReason);
    if (openToken() < 0) {
        deselect();
        insert(kOpen + kClose);
        setCursorPosition(cursorPosition() - 2);
        Q_EMIT textEdited(text());
    }
    complete(true);
}

void TokenLine::keyPressEvent(QKeyEvent *event)
{
    if (m_completer->popup()->isVisible())
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
        case Qt::Key_Escape:
            event->ignore(); // the popup's
            return;
        default:
            break;
        }
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        insertToken();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void TokenLine::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace hookbench::widgets
