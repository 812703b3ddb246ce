#include "ui/data/json_mapping.h"

#include "core/base/display.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/mapping/validate.h"
#include "ui/document/json_places.h"
#include "ui/document/workbench.h"
#include "ui/theme/style.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace hookbench::data {

namespace {

constexpr int kSpaces = 2;
constexpr std::size_t kLongestPreview = 1'000'000;

bool isBlank(const std::string &text)
{
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

} // namespace

JsonMapping::JsonMapping(document::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_editor(new widgets::CodeEditor)
    , m_preview(new widgets::CodeEditor)
    , m_problem(new widgets::StatusLabel)
    , m_result(new widgets::StatusLabel)
{
    m_editor->setLexer(widgets::jsonLexer());
    m_editor->setAccessibleName(tr("Data mapping as JSON"));
    m_editor->setPlaceholder(tr("No data: the request goes out without a body. Type { or choose above."));
    m_editor->setCompleter([this](const QString &text, int cursor) { return complete(text, cursor); });
    m_preview->setLexer(widgets::jsonLexer());
    m_preview->setReadOnly(true);
    m_preview->setGutter(widgets::CodeEditor::Gutter::None);
    m_preview->setCurrentLineTinted(false);
    m_preview->setAccessibleName(tr("What the current event becomes"));

    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(m_editor, 1);
    m_problem->setContentsMargins(8, 4, 8, 4);
    m_problem->hide();
    leftLayout->addWidget(m_problem);
    auto *right = new QWidget;
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    m_result->setFixedHeight(theme::metric::kTableHeader);
    auto *result = new QHBoxLayout;
    result->setContentsMargins(theme::metric::kCellPadding, 0, theme::metric::kCellPadding, 0);
    result->addWidget(m_result);
    rightLayout->addLayout(result);
    rightLayout->addWidget(m_preview, 1);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(left);
    split->addWidget(right);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);

    document::ProjectDocument &document = workbench.document();
    connect(m_editor, &QPlainTextEdit::textChanged, this, &JsonMapping::takeText);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this,
        [this] { m_workbench.showCursor(m_editor->cursorLine(), m_editor->cursorColumn()); });
    connect(m_editor, &widgets::CodeEditor::editingEnded, &document, &document::ProjectDocument::endTyping);
    connect(&document, &document::ProjectDocument::currentEventChanged, this, [this] { m_paths.reset(); });
}

widgets::CodeEditor::Completions JsonMapping::complete(const QString &text, int cursor)
{
    if (!m_paths)
        m_paths = document::eventPaths(m_workbench.document().currentEvent().event);
    return completeMapping(text, cursor, *m_paths);
}

void JsonMapping::reveal(const std::string &pointer)
{
    QStringList steps;
    for (const std::string &key : json::pointerKeys(pointer))
        steps << QString::fromStdString(key);
    const document::TextRange range = document::rangeOf(m_editor->toPlainText(), steps);
    if (range.length > 0)
        m_editor->goTo(range.start, range.length);
    else
        m_editor->setFocus(Qt::ShortcutFocusReason);
}

void JsonMapping::setMapping(int index, const json::Document &value)
{
    m_index = index;
    m_data = value;
    showMapping();
}

void JsonMapping::setResolved(const ResolvedData &resolved)
{
    m_resolved = resolved;
    showPreview();
}

void JsonMapping::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showMapping();
    showPreview();
}

void JsonMapping::showMapping()
{
    if (m_index < 0 || m_index >= m_workbench.document().mappingCount()
        || (m_index == m_shownIndex && json::identical(m_data, m_shown) && isCurrent()))
        return;
    // Writing and colouring a large text on every keystroke in the tree would be felt there. What is half-typed,
    // though, keeps the tree from being shown.
    const std::optional<std::string> draft = m_workbench.document().dataText(m_index);
    if (!isVisible() && !draft && m_taken)
        return;
    m_shownIndex = m_index;
    m_shown = m_data;
    m_draft = draft;
    const std::string text = draft.value_or(json::stringify(m_data, kSpaces));
    m_editor->replaceText(QString::fromStdString(text));
    markMistakes(text);
}

bool JsonMapping::isCurrent() const
{
    const std::optional<std::string> draft = m_workbench.document().dataText(m_index);
    return m_index == m_shownIndex ? draft == m_draft : !draft;
}

void JsonMapping::takeText()
{
    const std::string text = m_editor->toPlainText().toStdString();
    if (m_shownIndex < 0 || !markMistakes(text))
        return;
    const json::Document value = isBlank(text) ? json::Document() : json::parse(text).value();
    if (json::identical(value, m_shown))
        return;
    m_shown = value;
    if (value->isUndefined())
        m_workbench.document().removeSetting(m_shownIndex, "/data", tr("Change data"));
    else
        m_workbench.document().setSetting(m_shownIndex, "/data", value, tr("Change data"), document::Edit::Typing);
}

bool JsonMapping::markMistakes(const std::string &text)
{
    const auto tell = [&](bool taken) {
        m_problem->setVisible(!taken);
        m_draft = taken ? std::nullopt : std::optional(text);
        m_workbench.document().keepDataText(m_shownIndex, m_draft);
        if (taken != m_taken) {
            m_taken = taken;
            Q_EMIT takenChanged(taken);
        }
        return taken;
    };
    const auto refuse = [&](const QString &message, std::optional<std::size_t> offset) {
        std::vector<widgets::CodeEditor::Mark> marks;
        if (offset)
            marks.push_back({ m_editor->fromByteOffset(*offset), 1, false, message });
        m_editor->setMarks(std::move(marks));
        m_problem->setStatus(
            "fail", tr("%1 Until then the last valid data stays in force.").arg(message), widgets::Tone::Error);
        return tell(false);
    };
    if (!isBlank(text)) {
        const auto value = json::parse(text);
        if (!value)
            return refuse(QString::fromStdString(value.error().message),
                value.error().position ? std::optional(value.error().position->offset) : std::nullopt);
        const Issues mistakes = mapping::validate(*value, "");
        if (!mistakes.empty())
            return refuse(QStringLiteral("%1: %2").arg(QString::fromStdString(mistakes.front().path),
                              QString::fromStdString(mistakes.front().message)),
                std::nullopt);
    }
    m_editor->setMarks({});
    return tell(true);
}

void JsonMapping::showPreview()
{
    if (!isVisible())
        return;
    const ResolvedData &resolved = m_resolved;
    if (!resolved.known) {
        m_result->setStatus("", tr("No event to try it on"));
        m_preview->replaceText({});
        return;
    }
    if (resolved.error) {
        const std::string &where = resolved.error->path;
        m_result->setStatus("fail",
            where.empty() ? tr("Fails on this event")
                          : tr("Fails on this event, at %1").arg(QString::fromStdString(where)),
            widgets::Tone::Error);
        m_preview->replaceText(QString::fromStdString(escapeForDisplay(resolved.error->message)));
        return;
    }
    const std::string text = json::stringify(resolved.value, kSpaces);
    m_result->setStatus("", resolved.value->isUndefined() ? tr("No data: the request has no body") : tr("Becomes"));
    m_preview->replaceText(text.size() > kLongestPreview ? tr("More than 1 MB: see the preview of the request.")
                                                         : QString::fromStdString(text));
}

} // namespace hookbench::data
