#include "ui/widgets/filter_line.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <QTextCharFormat>

#include <algorithm>

namespace hookbench::widgets {

namespace {

constexpr std::chrono::milliseconds kTypingPause{ 250 };
constexpr int kShortestPopup = 320;

} // namespace

FilterLine::FilterLine(QWidget *parent)
    : QLineEdit(parent)
    , m_popup(new QCompleter(this))
    , m_found(new QStandardItemModel(this))
{
    m_popup->setModel(m_found);
    m_popup->setWidget(this);
    m_popup->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_popup->setMaxVisibleItems(12);
    m_popup->popup()->setAccessibleName(tr("Choices"));
    m_popup->popup()->setMinimumWidth(kShortestPopup);
    setFont(theme::font(theme::Text::Mono));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kTypingPause);
    connect(&m_pause, &QTimer::timeout, this, &FilterLine::settle);
    connect(m_popup, qOverload<const QModelIndex &>(&QCompleter::activated), this, &FilterLine::take);
    connect(this, &QLineEdit::cursorPositionChanged, this, &FilterLine::colour);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        colour();
        if (text.isEmpty()) // the button that clears
            settle();
        else
            m_pause.start();
    });
    connect(this, &QLineEdit::textEdited, this, [this] { complete(false); });
}

void FilterLine::setCompleter(Completer completer)
{
    m_completer = std::move(completer);
}

void FilterLine::setSpans(Spans spans)
{
    m_spans = std::move(spans);
    colour();
}

void FilterLine::setMistake(std::optional<Mistake> mistake)
{
    m_mistake = std::move(mistake);
    setToolTip(m_mistake ? m_mistake->message : QString());
    setAccessibleDescription(m_mistake ? m_mistake->message : QString());
    colour();
}

void FilterLine::apply(const QString &text)
{
    setText(text);
    settle();
}

void FilterLine::settle()
{
    m_pause.stop();
    if (text() == m_settled)
        return;
    m_settled = text();
    Q_EMIT settled(m_settled);
}

// QLineEdit has no highlighter; the formats of an input method without text are the one way in.
void FilterLine::colour()
{
    QList<QInputMethodEvent::Attribute> attributes;
    if (m_spans)
        for (const TokenSpan &span : m_spans(text()))
            attributes.append(
                { QInputMethodEvent::TextFormat, span.start - cursorPosition(), span.length, tokenFormat(span.kind) });
    if (m_mistake) {
        QTextCharFormat wrong;
        wrong.setForeground(theme::tokens().error);
        wrong.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wrong.setUnderlineColor(theme::tokens().error);
        attributes.append(
            { QInputMethodEvent::TextFormat, m_mistake->start - cursorPosition(), m_mistake->length, wrong });
    }
    QInputMethodEvent event(QString(), attributes);
    inputMethodEvent(&event);
}

void FilterLine::complete(bool asked)
{
    m_choices = m_completer ? m_completer(text(), cursorPosition()) : Choices();
    const QString typed = text().mid(m_choices.start, m_choices.length);
    const bool done = m_choices.items.size() == 1 && m_choices.items.front().insert == typed;
    if (m_choices.items.empty() || done || (!asked && text().isEmpty())) {
        m_popup->popup()->hide();
        return;
    }
    m_found->clear();
    for (const Choice &choice : m_choices.items) {
        auto *item = new QStandardItem(
            choice.detail.isEmpty() ? choice.label : QString(choice.label + QStringLiteral("   ") + choice.detail));
        item->setFont(theme::font(theme::Text::Mono));
        m_found->appendRow(item);
    }
    m_popup->complete();
    m_popup->popup()->setCurrentIndex(QModelIndex()); // Enter filters; Down chooses
}

void FilterLine::take(const QModelIndex &choice)
{
    const auto row = static_cast<std::size_t>(choice.row());
    if (!choice.isValid() || row >= m_choices.items.size())
        return;
    setSelection(m_choices.start, m_choices.length);
    insert(m_choices.items[row].insert);
    complete(false);
}

void FilterLine::keyPressEvent(QKeyEvent *event)
{
    const bool open = m_popup->popup()->isVisible();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (open && m_popup->popup()->currentIndex().isValid()) {
            event->ignore(); // the popup's
            return;
        }
        m_popup->popup()->hide();
        settle();
        return;
    case Qt::Key_Escape:
        if (open || text().isEmpty()) {
            event->ignore();
            return;
        }
        apply({});
        return;
    case Qt::Key_Tab:
        if (open) {
            take(m_popup->popup()->currentIndex().isValid() ? m_popup->popup()->currentIndex()
                                                            : m_popup->completionModel()->index(0, 0));
            return;
        }
        break;
    case Qt::Key_Down:
        if (!open) {
            complete(true);
            return;
        }
        break;
    case Qt::Key_Space:
        if (event->modifiers() == Qt::ControlModifier) {
            complete(true);
            return;
        }
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterLine::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace hookbench::widgets
