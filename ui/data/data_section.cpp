#include "ui/data/data_section.h"

#include "core/base/display.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/mapping/mapping.h"
#include "core/mapping/validate.h"
#include "ui/document/workbench.h"
#include "ui/theme/style.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include <fmt/format.h>

namespace hookbench::data {

namespace {

constexpr int kIndent = 2;
constexpr std::size_t kLongestPreview = 1'000'000;
enum Shape { WholeEvent, BuiltObject };

json::Document wholeEvent()
{
    static const json::Document kWhole = json::parse(R"({"@path":"$."})").value();
    return kWhole;
}

} // namespace

DataSection::DataSection(document::Workbench &workbench, QWidget *parent)
    : SectionBand(3, tr("Data"), parent)
    , m_workbench(workbench)
    , m_shape(new widgets::Segmented({ tr("Whole event $."), tr("Build object") }))
    , m_editor(new widgets::CodeEditor)
    , m_preview(new widgets::CodeEditor)
    , m_problem(new widgets::StatusLabel)
    , m_result(new widgets::StatusLabel)
{
    m_editor->setLexer(widgets::jsonLexer());
    m_editor->setAccessibleName(tr("Data mapping as JSON"));
    m_editor->setPlaceholder(tr("No data: the request goes out without a body. Type { or choose above."));
    m_editor->setCompleter([this](const QString &text, int cursor) { return completeMapping(text, cursor, m_paths); });
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
    setBody(split);
    addLeading(m_shape);

    document::ProjectDocument &document = workbench.document();
    connect(m_shape, &widgets::Segmented::chosen, this, &DataSection::choose);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &DataSection::takeText);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this,
        [this] { m_workbench.showCursor(m_editor->cursorLine(), m_editor->cursorColumn()); });
    connect(m_editor, &widgets::CodeEditor::editingEnded, &document, &document::ProjectDocument::endTyping);
    connect(&document, &document::ProjectDocument::changed, this, &DataSection::showMapping);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &DataSection::showMapping);
    connect(&document, &document::ProjectDocument::currentEventChanged, this,
        [this] { m_paths = eventPaths(m_workbench.document().currentEvent().event); });
    connect(&workbench, &document::Workbench::evaluationChanged, this, &DataSection::showPreview);
    connect(&workbench, &document::Workbench::jumpRequested, this, [this](const std::string &pointer) {
        if (pointer.starts_with(fmt::format("/mappings/{}/settings/data", m_index))) {
            setFolded(false);
            m_editor->setFocus(Qt::ShortcutFocusReason);
        }
    });
    m_paths = eventPaths(document.currentEvent().event);
    showMapping();
    showPreview();
}

void DataSection::showMapping()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int index = document.currentMapping();
    if (index < 0)
        return;
    const json::Value value = document.setting(index, "/data");
    m_shape->setCurrent(json::identical(value, wholeEvent()) ? WholeEvent : BuiltObject);
    if (index == m_index && json::identical(value, m_shown))
        return;
    if (index != m_index)
        m_built = {};
    m_index = index;
    m_shown = json::Document::copyOf(value);
    const std::string text = json::stringify(value, kIndent);
    m_editor->replaceText(QString::fromStdString(text));
    markMistakes(text);
}

void DataSection::takeText()
{
    const std::string text = m_editor->toPlainText().toStdString();
    if (m_index < 0 || !markMistakes(text))
        return;
    const json::Document value
        = text.find_first_not_of(" \t\r\n") == std::string::npos ? json::Document() : json::parse(text).value();
    if (json::identical(value, m_shown))
        return;
    m_shown = value;
    if (value->isUndefined())
        m_workbench.document().removeSetting(m_index, "/data", tr("Change data"));
    else
        m_workbench.document().setSetting(m_index, "/data", value, tr("Change data"), document::Edit::Typing);
}

bool DataSection::markMistakes(const std::string &text)
{
    const auto refuse = [this](const QString &message, std::optional<std::size_t> offset) {
        std::vector<widgets::CodeEditor::Mark> marks;
        if (offset)
            marks.push_back({ m_editor->fromByteOffset(*offset), 1, false, message });
        m_editor->setMarks(std::move(marks));
        m_problem->setStatus(
            "fail", tr("%1 Until then the last valid data stays in force.").arg(message), widgets::Tone::Error);
        m_problem->setVisible(true);
        return false;
    };
    if (text.find_first_not_of(" \t\r\n") != std::string::npos) {
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
    m_problem->setVisible(false);
    return true;
}

void DataSection::choose(int shape)
{
    const json::Value value = m_workbench.document().setting(m_index, "/data");
    const bool whole = json::identical(value, wholeEvent());
    if (shape == WholeEvent && !whole) {
        m_built = json::Document::copyOf(value);
        m_workbench.document().setSetting(m_index, "/data", wholeEvent(), tr("Send the whole event"));
    } else if (shape == BuiltObject && whole) {
        const json::Document built = m_built->isUndefined() ? json::parse("{}").value() : m_built;
        m_workbench.document().setSetting(m_index, "/data", built, tr("Build an object"));
        m_editor->setFocus();
    }
}

void DataSection::showPreview()
{
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    if (!evaluation || !evaluation->preview) {
        m_result->setStatus("", tr("No event to try it on"));
        m_preview->replaceText({});
        return;
    }
    const auto &resolved = evaluation->preview->resolved;
    if (!resolved) {
        const std::string where = resolved.error().path;
        m_result->setStatus("fail",
            where.empty() ? tr("Fails on this event")
                          : tr("Fails on this event, at %1").arg(QString::fromStdString(where)),
            widgets::Tone::Error);
        m_preview->replaceText(QString::fromStdString(escapeForDisplay(resolved.error().message)));
        return;
    }
    const json::Value value = resolved->root().find("data");
    const std::string text = json::stringify(value, kIndent);
    m_result->setStatus("", value.isUndefined() ? tr("No data: the request has no body") : tr("Becomes"));
    m_preview->replaceText(text.size() > kLongestPreview ? tr("More than 1 MB: see the preview of the request.")
                                                         : QString::fromStdString(text));
}

} // namespace hookbench::data
