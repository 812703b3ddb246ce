#include "ui/trigger/trigger_section.h"

#include "core/fql/trigger.h"
#include "ui/document/workbench.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/trigger/conditions.h"
#include "ui/trigger/drafts.h"
#include "ui/trigger/field_catalogue.h"
#include "ui/trigger/fql_view.h"
#include "ui/trigger/rows_view.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <fmt/format.h>

namespace hookbench::trigger {

namespace {

constexpr int kRowsChoice = 0;
constexpr int kTextChoice = 1;
constexpr int kRoomForSentence = 660;
constexpr int kRoomForItsBeginning = 610;

/// The row that the finding with that message is about; -1: none.
int rowOf(const std::string &fql, const std::string &message)
{
    const auto place = placeOfFinding(fql, message);
    const Result<fql::Trigger> trigger = fql::parse(fql);
    if (!place || !trigger)
        return -1;
    int row = 0;
    for (const fql::Node &node : trigger->ast().root.children)
        if (const auto *condition = std::get_if<fql::Condition>(&node);
            condition && condition->source.end() <= place->offset)
            ++row;
    return row;
}

} // namespace

TriggerSection::TriggerSection(document::Workbench &workbench, QWidget *parent)
    : SectionBand(1, tr("Trigger"), parent)
    , m_workbench(workbench)
    , m_catalogue(new FieldCatalogue(workbench.document(), this))
    , m_status(new widgets::StatusLabel)
    , m_summary(new widgets::ElidedLabel)
    , m_choice(new widgets::Segmented({ tr("Visual"), tr("FQL") }))
    , m_sentence(new QWidget)
    , m_sentenceBegin(new widgets::ElidedLabel(tr("Send when")))
    , m_sentenceEnd(new widgets::ElidedLabel(tr("conditions are true")))
    , m_combinator(new QComboBox)
    , m_rows(new RowsView(*m_catalogue))
    , m_text(new FqlView(*m_catalogue))
{
    addBandWidgets();
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(theme::metric::kBodyIndent - 18, 8, theme::metric::kPanePadding, 8);
    layout->setSpacing(0);
    layout->addWidget(m_rows);
    m_text->setContentsMargins(18, 0, 0, 0);
    layout->addWidget(m_text);
    setBody(body);
    m_summary->setFont(theme::font(theme::Text::Mono));
    setFoldedSummary(m_summary);

    document::ProjectDocument &document = workbench.document();
    document.setDraftReader(readDraft);
    connect(m_rows, &RowsView::edited, this, &TriggerSection::takeRows);
    connect(m_rows, &RowsView::typingEnded, &document, &document::ProjectDocument::endTyping);
    connect(m_text, &FqlView::typed, this, &TriggerSection::takeText);
    connect(m_text, &FqlView::typingEnded, &document, &document::ProjectDocument::endTyping);
    connect(m_text, &FqlView::discardRequested, this, [this] {
        document::ProjectDocument &d = m_workbench.document();
        d.editTrigger(m_index, d.mapping(m_index).trigger, nullptr, tr("Discard unfinished conditions"));
    });
    connect(m_choice, &widgets::Segmented::chosen, this, [this](int choice) {
        m_workbench.document().endTyping();
        m_wantsRows = choice == kRowsChoice;
        m_staysText = false;
        showView();
        showEvaluation();
    });
    connect(m_combinator, &QComboBox::activated, this, [this](int index) {
        m_rows->setCombinator(static_cast<fql::Combinator>(m_combinator->itemData(index).toInt()));
    });
    connect(&document, &document::ProjectDocument::changed, this, &TriggerSection::showMapping);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &TriggerSection::showMapping);
    connect(&document, &document::ProjectDocument::currentEventChanged, this, [this] {
        if (!m_workbench.document().currentEvent().parsing)
            m_rows->setEvent(m_workbench.document().currentEvent().event);
    });
    connect(&workbench, &document::Workbench::evaluationChanged, this, &TriggerSection::showEvaluation);
    connect(&workbench, &document::Workbench::jumpRequested, this, &TriggerSection::jump);
    m_rows->setEvent(document.currentEvent().event);
    showMapping();
    showView();
    showEvaluation();
}

void TriggerSection::addBandWidgets()
{
    auto *sentence = new QHBoxLayout(m_sentence);
    sentence->setContentsMargins(0, 0, 0, 0);
    sentence->setSpacing(8);
    m_combinator->addItem(tr("ALL"), static_cast<int>(fql::Combinator::And));
    m_combinator->addItem(tr("ANY"), static_cast<int>(fql::Combinator::Or));
    m_combinator->setItemData(0, tr("Every condition has to hold"), Qt::ToolTipRole);
    m_combinator->setItemData(1, tr("One condition that holds is enough"), Qt::ToolTipRole);
    m_combinator->setAccessibleName(tr("All or any of the conditions"));
    m_combinator->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(m_combinator, theme::Role::Small);
    m_sentenceBegin->setMuted(true);
    m_sentenceEnd->setMuted(true);
    sentence->addWidget(m_sentenceBegin);
    sentence->addWidget(m_combinator);
    sentence->addWidget(m_sentenceEnd);
    addLeading(m_sentence);
    addTrailing(m_status);
    addTrailing(m_choice);
}

widgets::CodeEditor *TriggerSection::editor() const
{
    return m_text->editor();
}

bool TriggerSection::isVisual() const
{
    return m_hasRows && m_wantsRows && !m_staysText;
}

void TriggerSection::resizeEvent(QResizeEvent *event)
{
    SectionBand::resizeEvent(event);
    m_sentenceBegin->setVisible(width() >= kRoomForItsBeginning);
    m_sentenceEnd->setVisible(width() >= kRoomForSentence);
}

void TriggerSection::showMapping()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int index = document.currentMapping();
    if (index < 0) {
        m_index = -1;
        return;
    }
    const std::string &trigger = document.mapping(index).trigger;
    const document::TriggerDraftPtr draft = document.triggerDraft(index);
    m_summary->setText(QString::fromStdString(trigger));
    if (index == m_index && trigger == m_shown && draft == m_shownDraft)
        return;
    const bool otherMapping = std::exchange(m_index, index) != index;
    m_staysText = m_staysText && !otherMapping;
    m_shown = trigger;
    m_shownDraft = draft;
    const auto *text = dynamic_cast<const TextDraft *>(draft.get());
    const auto *rows = dynamic_cast<const RowsDraft *>(draft.get());
    if (!draft && !otherMapping && m_hasRows && toFql(m_rows->conditions()) == trigger) {
        // The rows say it already: people keep the spelling they typed, and nothing is read again.
    } else if (rows) {
        showRows(rows->conditions, QString());
    } else {
        QString reason;
        std::optional<Conditions> conditions = readConditions(text ? text->text : trigger, &reason);
        // One condition alone does not say whether it is all or any.
        if (conditions && !otherMapping && conditions->rows.size() < 2)
            conditions->combinator = m_rows->conditions().combinator;
        showRows(conditions, reason);
    }
    showView();
    showEvaluation();
}

void TriggerSection::showRows(const std::optional<Conditions> &conditions, const QString &reason)
{
    m_hasRows = conditions.has_value();
    m_choice->setChoiceEnabled(kRowsChoice, m_hasRows, reason);
    if (conditions)
        m_rows->show(*conditions);
}

void TriggerSection::showView()
{
    const bool visual = isVisual();
    if (!visual) { // a text that nobody sees is not coloured and checked at every keystroke
        const auto *text = dynamic_cast<const TextDraft *>(m_shownDraft.get());
        m_text->show(text ? text->text : m_shown);
        m_text->setUnfinished(m_shownDraft && !text ? QString::fromStdString(m_shownDraft->why.message) : QString());
    }
    QWidget *hidden = visual ? static_cast<QWidget *>(m_text) : m_rows;
    const bool hadFocus = hidden->isAncestorOf(QApplication::focusWidget());
    m_choice->setCurrent(visual ? kRowsChoice : kTextChoice);
    m_combinator->setCurrentIndex(m_combinator->findData(static_cast<int>(m_rows->conditions().combinator)));
    m_rows->setVisible(visual);
    m_text->setVisible(!visual);
    m_sentence->setVisible(visual);
    if (hadFocus && visual)
        m_rows->focusFirst();
    else if (hadFocus)
        m_text->editor()->setFocus(Qt::OtherFocusReason);
}

void TriggerSection::takeRows(const QString &name, bool typing)
{
    if (m_index < 0)
        return;
    document::ProjectDocument &document = m_workbench.document();
    const Conditions conditions = m_rows->conditions();
    Result<std::string> fql = toFql(conditions);
    const document::Edit edit = typing ? document::Edit::Typing : document::Edit::Single;
    m_combinator->setCurrentIndex(m_combinator->findData(static_cast<int>(conditions.combinator)));
    if (fql)
        document.editTrigger(m_index, *fql, nullptr, name, edit);
    else
        document.editTrigger(m_index, document.mapping(m_index).trigger,
            std::make_shared<RowsDraft>(conditions, std::move(fql.error())), name, edit);
}

void TriggerSection::takeText(const QString &text)
{
    if (m_index < 0)
        return;
    m_staysText = true;
    document::ProjectDocument &document = m_workbench.document();
    const std::string fql = text.toStdString();
    const Result<fql::Trigger> trigger = fql::parse(fql);
    if (trigger)
        document.editTrigger(m_index, fql, nullptr, tr("Change trigger"), document::Edit::Typing);
    else
        document.editTrigger(m_index, document.mapping(m_index).trigger,
            std::make_shared<TextDraft>(fql, trigger.error()), tr("Change trigger"), document::Edit::Typing);
}

void TriggerSection::showEvaluation()
{
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    const auto index = static_cast<std::size_t>(std::max(0, m_index));
    const pipeline::TriggerResult *result
        = evaluation && m_index >= 0 && index < evaluation->triggers.size() ? &evaluation->triggers[index] : nullptr;
    if (!isVisual())
        m_text->setTrace(result ? &result->trace : nullptr);
    m_status->setToolTip(QString());
    if (m_shownDraft) {
        m_status->setStatus("warn", tr("Not finished"), widgets::Tone::Warning);
        m_status->setToolTip(tr("%1 Until then the trigger before stays in force and nothing is sent.")
                                 .arg(QString::fromStdString(m_shownDraft->why.message)));
    } else if (!result) {
        m_status->setStatus("", tr("No event to try it on"), widgets::Tone::Neutral);
    } else if (result->matched) {
        m_status->setStatus("check", tr("Sample event matches"), widgets::Tone::Success, theme::Tint::Success);
    } else {
        m_status->setStatus("cross", result->error ? tr("Never matches") : tr("Sample event does not match"),
            widgets::Tone::Error, theme::Tint::Error);
    }
}

void TriggerSection::jump(const std::string &pointer)
{
    if (pointer != fmt::format("/mappings/{}/trigger", m_index))
        return;
    setFolded(false);
    const std::string &message = m_workbench.jumpMessage();
    if (isVisual())
        m_rows->focusRow(rowOf(m_shown, message));
    else
        m_text->focusFirst(message);
}

} // namespace hookbench::trigger
