#include "ui/trigger/trigger_section.h"

#include "core/fql/lint.h"
#include "core/fql/trigger.h"
#include "ui/document/workbench.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/trigger/conditions_view.h"
#include "ui/trigger/fql_lexer.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QTextCursor>
#include <QToolButton>
#include <QVBoxLayout>

#include <fmt/format.h>

namespace hookbench::trigger {

TriggerSection::TriggerSection(document::Workbench &workbench, QWidget *parent)
    : SectionBand(1, tr("Trigger"), parent)
    , m_workbench(workbench)
    , m_status(new widgets::StatusLabel)
    , m_summary(new widgets::ElidedLabel)
    , m_editor(new widgets::CodeEditor)
    , m_finding(new QWidget)
    , m_message(new widgets::StatusLabel)
    , m_mend(new QToolButton)
    , m_conditions(new ConditionsView)
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(theme::metric::kBodyIndent, 8, theme::metric::kPanePadding, 8);
    layout->setSpacing(6);
    m_editor->setLexer(fqlLexer());
    m_editor->setGutter(widgets::CodeEditor::Gutter::None);
    m_editor->setLinesShown(1, 6);
    m_editor->setLineWrapped(true);
    m_editor->setCurrentLineTinted(false);
    m_editor->setAccessibleName(tr("Trigger in FQL"));
    m_editor->setPlaceholder(tr("type = \"track\""));
    m_editor->setCompleter([](const QString &text, int cursor) {
        int start = cursor;
        while (start > 0 && (text[start - 1].isLetterOrNumber() || text[start - 1] == u'.' || text[start - 1] == u'_'))
            --start;
        const QString typed = text.mid(start, cursor - start);
        widgets::CodeEditor::Completions found{ static_cast<int>(typed.size()), {} };
        static const QStringList kWords{ QStringLiteral("type"), QStringLiteral("event"), QStringLiteral("name"),
            QStringLiteral("userId"), QStringLiteral("properties."), QStringLiteral("traits."),
            QStringLiteral("context."), QStringLiteral("contains("), QStringLiteral("match("), QStringLiteral("and"),
            QStringLiteral("or") };
        if (!typed.isEmpty())
            for (const QString &word : kWords)
                if (word.startsWith(typed) && word != typed)
                    found.choices.push_back({ word, {} });
        return found;
    });
    layout->addWidget(m_editor);

    auto *finding = new QHBoxLayout(m_finding);
    finding->setContentsMargins(0, 0, 0, 0);
    theme::setRole(m_mend, theme::Role::Link);
    finding->addWidget(m_message, 1);
    finding->addWidget(m_mend);
    layout->addWidget(m_finding);
    layout->addWidget(m_conditions);
    setBody(body);
    m_summary->setFont(theme::font(theme::Text::Mono));
    setFoldedSummary(m_summary);
    addTrailing(m_status);

    connect(m_editor, &QPlainTextEdit::textChanged, this, &TriggerSection::takeText);
    connect(m_editor, &widgets::CodeEditor::editingEnded, &workbench.document(), &document::ProjectDocument::endTyping);
    connect(m_mend, &QToolButton::clicked, this, &TriggerSection::mend);
    connect(&workbench.document(), &document::ProjectDocument::changed, this, &TriggerSection::showMapping);
    connect(
        &workbench.document(), &document::ProjectDocument::currentMappingChanged, this, &TriggerSection::showMapping);
    connect(&workbench, &document::Workbench::evaluationChanged, this, &TriggerSection::showEvaluation);
    connect(&workbench, &document::Workbench::jumpRequested, this, [this](const std::string &pointer) {
        if (pointer == fmt::format("/mappings/{}/trigger", m_index)) {
            setFolded(false);
            m_editor->setFocus();
        }
    });
    showMapping();
    showEvaluation();
}

void TriggerSection::showMapping()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int index = document.currentMapping();
    if (index < 0)
        return;
    const std::string &trigger = document.mapping(index).trigger;
    m_summary->setText(QString::fromStdString(trigger));
    if (index == m_index && trigger == m_shown)
        return;
    m_index = index;
    m_shown = trigger;
    m_editor->replaceText(QString::fromStdString(trigger));
    showFindings();
}

void TriggerSection::takeText()
{
    const std::string text = m_editor->toPlainText().toStdString();
    if (m_index >= 0 && text != m_shown && fql::parse(text)) {
        m_shown = text;
        m_workbench.document().setMappingTrigger(m_index, text, document::Edit::Typing);
    }
    showFindings();
}

void TriggerSection::showFindings()
{
    const std::string text = m_editor->toPlainText().toStdString();
    std::vector<widgets::CodeEditor::Mark> marks;
    const fql::Finding *worst = nullptr;
    const std::vector<fql::Finding> findings = fql::inspect(text);
    for (const fql::Finding &finding : findings) {
        const int start = m_editor->fromByteOffset(finding.range.offset);
        const int length = std::max(1, m_editor->fromByteOffset(finding.range.end()) - start);
        if (finding.severity != Severity::Info)
            marks.push_back(
                { start, length, finding.severity == Severity::Warning, QString::fromStdString(finding.message) });
        if (!worst || finding.severity < worst->severity)
            worst = &finding;
    }
    m_editor->setMarks(std::move(marks));
    m_finding->setVisible(worst != nullptr);
    m_mend->setVisible(worst && worst->replacement);
    if (!worst)
        return;
    const bool refused = !fql::parse(text);
    const QString message = QString::fromStdString(worst->message);
    m_message->setStatus(worst->severity == Severity::Error ? "fail"
            : worst->severity == Severity::Warning          ? "warn"
                                                            : "info",
        refused ? tr("%1 Until then the last valid trigger stays in force.").arg(message) : message,
        worst->severity == Severity::Error         ? widgets::Tone::Error
            : worst->severity == Severity::Warning ? widgets::Tone::Warning
                                                   : widgets::Tone::Neutral);
    if (worst->replacement) {
        m_mendAt = m_editor->fromByteOffset(worst->range.offset);
        m_mendLength = m_editor->fromByteOffset(worst->range.end()) - m_mendAt;
        m_mendText = QString::fromStdString(*worst->replacement);
        m_mend->setText(m_mendText.isEmpty() ? tr("Remove it") : tr("Write %1").arg(m_mendText));
    }
}

void TriggerSection::mend()
{
    QTextCursor cursor(m_editor->document());
    cursor.setPosition(m_mendAt);
    cursor.setPosition(m_mendAt + m_mendLength, QTextCursor::KeepAnchor);
    cursor.insertText(m_mendText);
    m_editor->setFocus();
}

void TriggerSection::showEvaluation()
{
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    const auto index = static_cast<std::size_t>(std::max(0, m_index));
    if (!evaluation || m_index < 0 || index >= evaluation->triggers.size()) {
        m_status->setStatus("", tr("No event to try it on"), widgets::Tone::Neutral);
        m_conditions->show(nullptr);
        return;
    }
    const pipeline::TriggerResult &result = evaluation->triggers[index];
    if (result.matched)
        m_status->setStatus("check", tr("Sample event matches"), widgets::Tone::Success, theme::Tint::Success);
    else
        m_status->setStatus("cross", result.error ? tr("Never matches") : tr("Sample event does not match"),
            widgets::Tone::Error, theme::Tint::Error);
    m_conditions->show(&result.trace);
}

} // namespace hookbench::trigger
