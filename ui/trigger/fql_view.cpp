#include "ui/trigger/fql_view.h"

#include "core/fql/lint.h"
#include "ui/theme/style.h"
#include "ui/trigger/conditions_view.h"
#include "ui/trigger/fql_completion.h"
#include "ui/trigger/fql_lexer.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QTextCursor>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::trigger {

namespace {

struct Reading
{
    std::vector<fql::Finding> findings;
    bool refused = false;
};

Reading readingOf(const std::string &text)
{
    Reading reading{ fql::inspect(text), false };
    const Result<fql::Trigger> trigger = fql::parse(text);
    reading.refused = !trigger;
    if (trigger)
        std::ranges::move(fql::screenLimits(trigger->ast()), std::back_inserter(reading.findings));
    return reading;
}

} // namespace

std::optional<fql::SourceRange> placeOfFinding(const std::string &fql, const std::string &message)
{
    const Reading reading = readingOf(fql);
    const auto found = std::ranges::find_if(
        reading.findings, [&](const fql::Finding &finding) { return fql::placedMessage(fql, finding) == message; });
    return found == reading.findings.end() ? std::nullopt : std::optional(found->range);
}

FqlView::FqlView(FieldCatalogue &catalogue, QWidget *parent)
    : QWidget(parent)
    , m_editor(new widgets::CodeEditor)
    , m_finding(new QWidget)
    , m_message(new widgets::StatusLabel)
    , m_mend(new QToolButton)
    , m_conditions(new ConditionsView)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_editor->setLexer(fqlLexer());
    m_editor->setGutter(widgets::CodeEditor::Gutter::None);
    m_editor->setLinesShown(1, 6);
    m_editor->setLineWrapped(true);
    m_editor->setCurrentLineTinted(false);
    m_editor->setAccessibleName(tr("Trigger in FQL"));
    m_editor->setPlaceholder(tr("type = \"track\""));
    m_editor->setCompleter(
        [&catalogue](const QString &text, int cursor) { return completeFql(text, cursor, catalogue.entries()); });
    layout->addWidget(m_editor);

    auto *finding = new QHBoxLayout(m_finding);
    finding->setContentsMargins(0, 0, 0, 0);
    theme::setRole(m_mend, theme::Role::Link);
    m_mend->setFocusPolicy(Qt::StrongFocus);
    finding->addWidget(m_message, 1);
    finding->addWidget(m_mend);
    layout->addWidget(m_finding);
    layout->addWidget(m_conditions);

    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        const QString text = m_editor->toPlainText();
        if (m_filling || text == m_shown)
            return;
        m_shown = text;
        showFindings();
        Q_EMIT typed(text);
    });
    connect(m_editor, &widgets::CodeEditor::editingEnded, this, &FqlView::typingEnded);
    connect(m_mend, &QToolButton::clicked, this, &FqlView::mend);
    showFindings();
}

void FqlView::show(const std::string &fql)
{
    const QString text = QString::fromStdString(fql);
    if (text == m_shown)
        return;
    m_filling = true;
    m_editor->replaceText(text);
    m_filling = false;
    m_shown = m_editor->toPlainText(); // a text editor has line ends of its own
    showFindings();
}

void FqlView::setUnfinished(const QString &why)
{
    if (why == m_unfinished)
        return;
    m_unfinished = why;
    showFindings();
}

void FqlView::setTrace(const fql::Trace *trace)
{
    m_conditions->show(trace);
}

void FqlView::showFindings()
{
    const std::string text = m_editor->toPlainText().toStdString();
    std::vector<widgets::CodeEditor::Mark> marks;
    const fql::Finding *worst = nullptr;
    const Reading reading = readingOf(text);
    for (const fql::Finding &finding : reading.findings) {
        const int start = m_editor->fromByteOffset(finding.range.offset);
        const int length = std::max(1, m_editor->fromByteOffset(finding.range.end()) - start);
        if (finding.severity != Severity::Info)
            marks.push_back(
                { start, length, finding.severity == Severity::Warning, QString::fromStdString(finding.message) });
        if (!worst || finding.severity < worst->severity)
            worst = &finding;
    }
    m_editor->setMarks(std::move(marks));
    m_finding->setVisible(worst != nullptr || !m_unfinished.isEmpty());
    if (!m_unfinished.isEmpty()) {
        m_message->setStatus("warn",
            tr("This is the trigger in force. The rows are not finished: %1").arg(m_unfinished),
            widgets::Tone::Warning);
        m_mend->setText(tr("Discard the unfinished rows"));
        m_mend->setVisible(true);
        return;
    }
    m_mend->setVisible(worst && worst->replacement);
    if (!worst)
        return;
    const QString message = QString::fromStdString(worst->message);
    m_message->setStatus(worst->severity == Severity::Error ? "fail"
            : worst->severity == Severity::Warning          ? "warn"
                                                            : "info",
        reading.refused ? tr("%1 Until then the last valid trigger stays in force and nothing is sent.").arg(message)
                        : message,
        worst->severity == Severity::Error         ? widgets::Tone::Error
            : worst->severity == Severity::Warning ? widgets::Tone::Warning
                                                   : widgets::Tone::Neutral);
    m_mendAt = m_editor->fromByteOffset(worst->range.offset);
    m_mendLength = m_editor->fromByteOffset(worst->range.end()) - m_mendAt;
    if (worst->replacement) {
        m_mendText = QString::fromStdString(*worst->replacement);
        m_mend->setText(m_mendText.isEmpty() ? tr("Remove it") : tr("Write %1").arg(m_mendText));
    }
}

void FqlView::mend()
{
    if (!m_unfinished.isEmpty()) {
        Q_EMIT discardRequested();
        m_editor->setFocus();
        return;
    }
    QTextCursor cursor(m_editor->document());
    cursor.setPosition(m_mendAt);
    cursor.setPosition(m_mendAt + m_mendLength, QTextCursor::KeepAnchor);
    cursor.insertText(m_mendText);
    m_editor->setFocus();
}

void FqlView::focusFirst(const std::string &message)
{
    const std::string text = m_editor->toPlainText().toStdString();
    if (const auto place = placeOfFinding(text, message)) {
        const int start = m_editor->fromByteOffset(place->offset);
        m_editor->goTo(start, m_editor->fromByteOffset(place->end()) - start);
    } else if (!m_finding->isHidden() && m_unfinished.isEmpty())
        m_editor->goTo(m_mendAt, m_mendLength);
    else
        m_editor->setFocus(Qt::OtherFocusReason);
}

} // namespace hookbench::trigger
