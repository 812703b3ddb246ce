#include "ui/event/event_panel.h"

#include "core/base/display.h"
#include "core/base/id.h"
#include "core/event/sample.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "ui/document/json_places.h"
#include "ui/document/workbench.h"
#include "ui/event/event_tree.h"
#include "ui/event/file_events.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QPointer>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBlock>

#include <QThreadPool>
#include <QToolButton>

#include <QVBoxLayout>

namespace hookbench::event {

namespace {

enum ItemRole { KindRole = Qt::UserRole, IndexRole };
enum ItemKind { ListItem, SampleItem };
constexpr qsizetype kMostListed = 500;
constexpr std::size_t kLongestPreview = 1'000'000;
constexpr int kLongestMarked = 500'000; // to walk through a longer text at every move of the cursor would be felt

QString sizeText(std::size_t bytes)
{
    return bytes < 10'000 ? EventPanel::tr("%1 B").arg(QLocale().toString(static_cast<qulonglong>(bytes)))
                          : EventPanel::tr("%1 KB").arg(QLocale().toString(static_cast<double>(bytes) / 1000, 'f', 1));
}

/// As many names as two lines take; the others are counted.
QString firstNames(const QStringList &names)
{
    constexpr qsizetype kMostNames = 6;
    if (names.size() <= kMostNames)
        return names.join(QStringLiteral(", "));
    return EventPanel::tr("%1 and %2 more")
        .arg(names.first(kMostNames).join(QStringLiteral(", ")), QLocale().toString(names.size() - kMostNames));
}

} // namespace

EventPanel::EventPanel(document::Workbench &workbench, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_chooser(new QComboBox)
    , m_previous(new QToolButton)
    , m_next(new QToolButton)
    , m_generate(new QMenu(this))
    , m_views(new widgets::Segmented({ tr("Text"), tr("Tree") }))
    , m_eventPages(new QStackedWidget)
    , m_editor(new widgets::CodeEditor)
    , m_tree(new event_panel::EventTree)
    , m_problem(new widgets::StatusLabel)
    , m_matches(new widgets::Banner)
    , m_mapping(new QToolButton)
    , m_method(new widgets::Badge)
    , m_target(new widgets::ElidedLabel)
    , m_size(new widgets::MutedLabel)
    , m_signature(new widgets::StatusLabel)
    , m_pages(new QStackedWidget)
    , m_body(new widgets::CodeEditor)
    , m_none(new widgets::EmptyState("", {}, {}))
{
    m_editor->setLexer(widgets::jsonLexer());
    m_editor->setAccessibleName(tr("Event as JSON"));
    m_editor->setPlaceholder(tr("Paste JSON here, or choose a sample above."));
    m_views->setAccessibleName(tr("How the event is shown"));
    m_views->setToolTip(tr("From the tree fields can be dragged onto the mapping"));
    connect(m_views, &widgets::Segmented::chosen, this, [this](int view) {
        setView(static_cast<View>(view));
        firstFocus()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_tree, &event_panel::EventTree::partChosen, this, &EventPanel::partChosen);
    connect(m_tree, &event_panel::EventTree::fieldsWanted, this, &EventPanel::fieldsWanted);
    auto *upper = new QWidget;
    auto *upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    upperLayout->addWidget(makeChooser());
    m_eventPages->addWidget(m_editor);
    m_eventPages->addWidget(m_tree);
    upperLayout->addWidget(m_eventPages, 1);
    upperLayout->addWidget(m_problem);
    auto *split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(upper);
    split->addWidget(makePreview());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);

    document::ProjectDocument &document = workbench.document();
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_filling)
            m_workbench.document().setEventText(m_editor->toPlainText().toStdString());
    });
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this,
        [this] { m_workbench.showCursor(m_editor->cursorLine(), m_editor->cursorColumn()); });
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, &EventPanel::tellPart);
    connect(&document, &document::ProjectDocument::eventsChanged, this, &EventPanel::fillChooser);
    connect(&document, &document::ProjectDocument::currentEventChanged, this, &EventPanel::showEvent);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &EventPanel::showEvaluation);
    connect(&workbench, &document::Workbench::evaluationChanged, this, &EventPanel::showEvaluation);
    connect(&workbench, &document::Workbench::openEventsRequested, this, &EventPanel::load);
    bindActions();
    fillChooser();
    showEvent();
    showEvaluation();
}

QWidget *EventPanel::makeChooser()
{
    auto *chooser = new QWidget;
    m_chooser->setAccessibleName(tr("Event"));
    m_chooser->setPlaceholderText(tr("Choose a sample event"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMinimumContentsLength(12);
    connect(m_chooser, &QComboBox::activated, this, &EventPanel::choose);
    for (auto [button, id] : { std::pair{ m_previous, "event.previous" }, std::pair{ m_next, "event.next" } }) {
        button->setDefaultAction(m_workbench.action(id));
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setFixedSize(theme::metric::kInput, theme::metric::kInput);
    }
    auto *first = new QHBoxLayout;
    first->setSpacing(4);
    first->addWidget(m_chooser, 1);
    first->addWidget(m_previous);
    first->addWidget(m_next);

    for (const Sample &sample : samples()) {
        QAction *action
            = m_generate->addAction(QString::fromLatin1(sample.name.data(), static_cast<int>(sample.name.size())));
        connect(action, &QAction::triggered, this, [this, type = sample.type] { generate(type.data()); });
    }
    auto *generate = new QToolButton;
    generate->setText(tr("Generate"));
    generate->setIcon(theme::icon("generate"));
    generate->setToolTip(tr("A sample of a call type, with fresh ids and the present time"));
    generate->setMenu(m_generate);
    generate->setPopupMode(QToolButton::InstantPopup);
    auto *load = new QToolButton;
    load->setText(tr("Load NDJSON…"));
    load->setIcon(theme::icon("folder"));
    load->setToolTip(m_workbench.action("event.load")->toolTip());
    connect(load, &QToolButton::clicked, m_workbench.action("event.load"), &QAction::trigger);
    auto *save = new QToolButton;
    save->setText(tr("Save"));
    save->setIcon(theme::icon("save"));
    save->setToolTip(m_workbench.action("event.save")->toolTip());
    connect(save, &QToolButton::clicked, m_workbench.action("event.save"), &QAction::trigger);
    connect(m_workbench.action("event.save"), &QAction::changed, save,
        [this, save] { save->setEnabled(m_workbench.action("event.save")->isEnabled()); });
    auto *second = new QHBoxLayout;
    second->setSpacing(4);
    for (QToolButton *button : { generate, load, save }) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        theme::setRole(button, theme::Role::Small);
        second->addWidget(button, 1);
    }
    auto *layout = new QVBoxLayout(chooser);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(6);
    layout->addLayout(first);
    layout->addLayout(second);
    return chooser;
}

QWidget *EventPanel::makePreview()
{
    auto *preview = new QWidget;
    m_mapping->setPopupMode(QToolButton::InstantPopup);
    m_mapping->setMenu(new QMenu(m_mapping));
    m_mapping->setAutoRaise(true);
    m_mapping->setAccessibleName(tr("Mapping of the preview"));
    connect(m_mapping->menu(), &QMenu::aboutToShow, this, [this] {
        m_mapping->menu()->clear();
        document::ProjectDocument &document = m_workbench.document();
        for (int i = 0; i < document.mappingCount(); ++i)
            connect(m_mapping->menu()->addAction(QString::fromStdString(document.mapping(i).name)), &QAction::triggered,
                this, [this, i] { m_workbench.document().setCurrentMapping(i); });
    });
    auto *title = new QLabel(tr("Preview of request"));
    title->setFont(theme::font(theme::Text::SmallStrong));
    m_method->setMono(true);
    m_target->setFont(theme::font(theme::Text::Mono));
    m_target->setElideMode(Qt::ElideMiddle);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(theme::metric::kPanePadding - 2, 4, theme::metric::kPanePadding, 4);
    row->setSpacing(6);
    row->addWidget(title);
    row->addWidget(m_mapping);
    row->addStretch();
    row->addWidget(m_method);
    row->addWidget(m_target);
    row->addWidget(m_size);
    m_signature->setTextFont(theme::font(theme::Text::MonoSmall));
    m_signature->setContentsMargins(theme::metric::kPanePadding - 2, 0, 8, 0);
    auto *signature = new QHBoxLayout;
    signature->setContentsMargins(theme::metric::kPanePadding - 2, 2, 8, 4);
    signature->addWidget(m_signature);
    m_body->setReadOnly(true);
    m_body->setGutter(widgets::CodeEditor::Gutter::None);
    m_body->setLexer(widgets::jsonLexer());
    m_body->setLineWrapped(true);
    m_body->setCurrentLineTinted(false);
    m_body->setAccessibleName(tr("Exact body of the request"));
    m_pages->addWidget(m_body);
    m_pages->addWidget(m_none);
    auto *layout = new QVBoxLayout(preview);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_matches);
    layout->addLayout(row);
    layout->addLayout(signature);
    layout->addWidget(m_pages, 1);
    return preview;
}

void EventPanel::bindActions()
{
    document::ProjectDocument &document = m_workbench.document();
    m_workbench.bind("event.generate", this, [this] { generate("track"); });
    m_workbench.bind("event.load", this, [this] { askForFile(); });
    m_workbench.bind(
        "event.previous", this, [&document] { document.setCurrentEventIndex(document.currentEventIndex() - 1); });
    m_workbench.bind(
        "event.next", this, [&document] { document.setCurrentEventIndex(document.currentEventIndex() + 1); });
    m_workbench.bind("event.save", this, [this] { save(); });
    m_workbench.bind("event.format", this, [this] {
        if (const auto value = json::parse(m_editor->toPlainText().toStdString()))
            m_editor->replaceText(QString::fromStdString(json::stringify(*value, 2)));
    });
    m_workbench.bind("event.copyBody", this, [this] {
        const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
        if (evaluation && evaluation->preview && evaluation->preview->request)
            QGuiApplication::clipboard()->setText(QString::fromStdString((*evaluation->preview->request)->body));
    });
}

QWidget *EventPanel::firstFocus()
{
    return m_eventPages->currentWidget();
}

QWidget *EventPanel::headerWidget()
{
    return m_views;
}

void EventPanel::setView(View view)
{
    m_views->setCurrent(view);
    m_eventPages->setCurrentIndex(view);
    showEvent();
}

void EventPanel::fillChooser()
{
    const document::ProjectDocument &document = m_workbench.document();
    const document::EventList &events = document.events();
    m_chooser->clear();
    for (qsizetype i = 0; i < std::min(events.size(), kMostListed); ++i) {
        m_chooser->addItem(theme::icon(events.filePath().isEmpty() ? "event" : "folder"), events.nameAt(i));
        m_chooser->setItemData(m_chooser->count() - 1, ListItem, KindRole);
        m_chooser->setItemData(m_chooser->count() - 1, static_cast<int>(i), IndexRole);
    }
    if (m_chooser->count() > 0)
        m_chooser->insertSeparator(m_chooser->count());
    int index = 0;
    for (const Sample &sample : samples()) {
        m_chooser->addItem(theme::icon("generate"),
            tr("Sample: %1").arg(QString::fromLatin1(sample.name.data(), static_cast<int>(sample.name.size()))));
        m_chooser->setItemData(m_chooser->count() - 1, SampleItem, KindRole);
        m_chooser->setItemData(m_chooser->count() - 1, index++, IndexRole);
    }
    showEvent();
}

void EventPanel::choose(int row)
{
    const int index = m_chooser->itemData(row, IndexRole).toInt();
    if (m_chooser->itemData(row, KindRole).toInt() == ListItem) {
        m_workbench.document().setCurrentEventIndex(index);
    } else {
        const Sample &sample = samples()[static_cast<std::size_t>(index)];
        m_workbench.document().showEvent(QString::fromLatin1(sample.name.data(), static_cast<int>(sample.name.size())),
            json::stringify(parseSample(sample), 2));
    }
}

// A sample with ids and times of its own, so that receivers that drop duplicates take it.
void EventPanel::generate(const char *type)
{
    const Sample *sample = sampleOf(type);
    if (!sample)
        return;
    json::Document event = parseSample(*sample);
    const std::string now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString();
    const std::string id = "hookbench-" + newId();
    for (const auto &[key, text] : { std::pair<const char *, std::string>{ "/messageId", id }, { "/timestamp", now },
             { "/sentAt", now }, { "/receivedAt", now }, { "/originalTimestamp", now } })
        if (!json::valueAt(event, key).isUndefined())
            event = json::replaced(event, key, json::Value::string(text)).value_or(event);
    m_workbench.document().showEvent(event_panel::eventName(event), json::stringify(event, 2));
}

void EventPanel::showEvent()
{
    const document::ProjectDocument &document = m_workbench.document();
    const document::CurrentEvent &current = document.currentEvent();
    const QString text = QString::fromStdString(current.text);
    const bool others = m_editor->toPlainText() != text;
    if (others) {
        m_filling = true;
        m_editor->replaceText(text);
        m_filling = false;
    }
    // What was typed into one event is not undone in another.
    if (others || current.shown != m_shown)
        m_editor->document()->clearUndoRedoStacks();
    m_shown = current.shown;
    const int index = document.currentEventIndex();
    const qsizetype size = document.events().size();
    int row = -1;
    for (int i = 0; i < m_chooser->count() && index >= 0; ++i)
        if (m_chooser->itemData(i, IndexRole).isValid() && m_chooser->itemData(i, KindRole).toInt() == ListItem
            && m_chooser->itemData(i, IndexRole).toInt() == index)
            row = i;
    m_chooser->setCurrentIndex(row);
    m_chooser->setPlaceholderText(current.name.isEmpty() ? tr("Choose a sample event") : current.name);
    m_workbench.action("event.previous")->setEnabled(index > 0);
    m_workbench.action("event.next")->setEnabled(index >= 0 && index + 1 < size);
    m_workbench.action("event.save")->setEnabled(current.event->isObject());
    m_workbench.action("event.format")->setEnabled(!current.text.empty());
    setCount(size == 0  ? tr("none loaded")
            : index < 0 ? tr("%1 loaded").arg(QLocale().toString(size))
                        : tr("%1 of %2 loaded").arg(QLocale().toString(index + 1), QLocale().toString(size)));

    if (m_views->current() == Tree) // of a text that is no event yet: what it was before
        m_tree->setEvent(current.error && !current.text.empty() ? m_tree->tree()->event() : current.event);

    std::vector<widgets::CodeEditor::Mark> marks;
    const bool wrong = current.error && !current.text.empty();
    if (wrong && current.error->position)
        marks.push_back({ m_editor->fromByteOffset(current.error->position->offset), 1, false,
            QString::fromStdString(current.error->message) });
    m_editor->setMarks(std::move(marks));
    showMarkedParts();
    m_problem->setVisible(wrong);
    if (wrong)
        m_problem->setStatus(
            "fail", QString::fromStdString(escapeForDisplay(current.error->message)), widgets::Tone::Error);
}

void EventPanel::markParts(const QStringList &paths)
{
    // The whole event is not worth a mark.
    QStringList parts = paths;
    parts.removeAll(QStringLiteral("$."));
    if (parts == m_marked)
        return;
    m_marked = parts;
    showMarkedParts();
}

void EventPanel::showMarkedParts()
{
    std::vector<widgets::CodeEditor::Range> ranges;
    const QString text = m_marked.isEmpty() ? QString() : m_editor->toPlainText();
    if (text.size() < kLongestMarked)
        for (const document::TextRange &range : document::rangesOf(text, m_marked))
            ranges.push_back({ range.start, range.length, theme::tokens().sel });
    if (!ranges.empty() && !m_editor->hasFocus()) {
        const QTextBlock block = m_editor->document()->findBlock(ranges.front().start);
        const int top = m_editor->cursorForPosition({ 0, 0 }).blockNumber();
        const int bottom = m_editor->cursorForPosition({ 0, m_editor->viewport()->height() - 1 }).blockNumber();
        if (block.blockNumber() < top || block.blockNumber() >= bottom)
            m_editor->verticalScrollBar()->setValue(std::max(0, block.blockNumber() - 3));
    }
    m_editor->setRanges(std::move(ranges));
    m_tree->mark(m_marked);
}

void EventPanel::tellPart()
{
    if (m_filling || !m_editor->hasFocus() || m_editor->document()->characterCount() > kLongestMarked)
        return;
    markParts({});
    Q_EMIT partChosen(document::pathAt(m_editor->toPlainText(), m_editor->textCursor().position()));
}

void EventPanel::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showMarkedParts();
}

void EventPanel::showEvaluation()
{
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    const document::ProjectDocument &document = m_workbench.document();
    const int mapping = document.currentMapping();
    m_matches->setVisible(evaluation && document.mappingCount() > 0);
    if (evaluation) {
        QStringList sent;
        QStringList disabled;
        for (std::size_t i = 0; i < evaluation->triggers.size() && static_cast<int>(i) < document.mappingCount(); ++i)
            if (const destination::Mapping &each = document.mapping(static_cast<int>(i));
                evaluation->triggers[i].matched)
                (each.enabled ? sent : disabled) << QString::fromStdString(each.name);
        m_matches->setTone(sent.isEmpty() ? widgets::Tone::Neutral : widgets::Tone::Success);
        m_matches->setIconName(sent.isEmpty() ? "nomatch" : "ok");
        QStringList details;
        if (!sent.isEmpty())
            details << firstNames(sent);
        if (!disabled.isEmpty())
            details << tr("Disabled, so not sent: %1").arg(firstNames(disabled));
        m_matches->setText(sent.isEmpty()
                ? (disabled.isEmpty() ? tr("Matches none of %n mappings", nullptr, document.mappingCount())
                                      : tr("Matches no enabled mapping"))
                : tr("Matches %1 of %n mappings", nullptr, document.mappingCount()).arg(sent.size()),
            details.join(u'\n'));
        m_matches->setToolTip((sent + disabled).join(u'\n'));
    }
    m_mapping->setVisible(mapping >= 0);
    m_mapping->setText(mapping >= 0 ? QString::fromStdString(document.mapping(mapping).name) : QString());
    const bool shown = evaluation && evaluation->preview && evaluation->preview->request;
    for (QWidget *widget : { static_cast<QWidget *>(m_method), static_cast<QWidget *>(m_target),
             static_cast<QWidget *>(m_size), static_cast<QWidget *>(m_signature) })
        widget->setVisible(shown);
    m_workbench.action("event.copyBody")->setEnabled(shown && (*evaluation->preview->request)->hasBody);
    if (!shown) {
        const bool failed = evaluation && evaluation->preview;
        m_none->setTitle(failed ? tr("No request") : QString());
        m_none->setText(failed
                ? QString::fromStdString(escapeForDisplay(evaluation->preview->request.error().message))
                : tr("The exact body bytes and the X-Signature appear here once an event matches a mapping."));
        m_pages->setCurrentWidget(m_none);
        return;
    }
    const delivery::Request &request = **evaluation->preview->request;
    m_method->setText(QString::fromStdString(request.method));
    m_target->setText(QString::fromStdString(escapeForDisplay(request.wireTarget())));
    m_size->setText(sizeText(request.body.size()));
    if (request.signature.empty())
        m_signature->setStatus("unlock", tr("Unsigned: no shared secret is set"), widgets::Tone::Neutral);
    else
        m_signature->setStatus("lock", QStringLiteral("X-Signature ") + QString::fromStdString(request.signature),
            widgets::Tone::Neutral, theme::Tint::Success);
    m_signature->setToolTip(tr("As Send sends the current event: alone. In a batch only the first event is signed."));
    if (!request.hasBody) {
        m_none->setTitle(tr("No body"));
        m_none->setText(tr("The mapping gives no data for this event: the request goes out without a body."));
        m_pages->setCurrentWidget(m_none);
        return;
    }
    m_pages->setCurrentWidget(m_body);
    const std::string_view body = std::string_view(request.body).substr(0, kLongestPreview);
    m_body->replaceText(QString::fromUtf8(body.data(), static_cast<qsizetype>(body.size()))
        + (body.size() < request.body.size() ? tr("\n[Showing the first 1 MB]") : QString()));
}

void EventPanel::askForFile()
{
    const QString folder = QString::fromStdString(m_workbench.settings().get(storage::settings::lastFolder));
    auto *dialog
        = new QFileDialog(window(), tr("Load events"), folder, tr("Events (*.ndjson *.jsonl *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_workbench.settings().set(storage::settings::lastFolder, QFileInfo(path).absolutePath().toStdString());
        load(path);
    });
    dialog->open();
}

void EventPanel::load(const QString &path)
{
    m_workbench.say(tr("Reading %1…").arg(QFileInfo(path).fileName()));
    QThreadPool::globalInstance()->start([path, panel = QPointer<EventPanel>(this)] {
        const auto events = event_panel::FileEvents::index(path);
        QMetaObject::invokeMethod(qApp, [panel, events] {
            if (!panel)
                return;
            document::Workbench &workbench = panel->m_workbench;
            if (events) {
                workbench.document().setEvents(*events, 0);
                workbench.say(tr("%Ln events loaded", nullptr, static_cast<int>((*events)->size())));
            } else {
                panel->m_problem->setStatus(
                    "fail", QString::fromStdString(escapeForDisplay(events.error().message)), widgets::Tone::Error);
                panel->m_problem->setVisible(true);
            }
        });
    });
}

void EventPanel::save()
{
    const document::CurrentEvent &current = m_workbench.document().currentEvent();
    if (!current.event->isObject())
        return;
    bool accepted = false;
    const QString name = QInputDialog::getText(window(), tr("Save event in the project"), tr("Name"), QLineEdit::Normal,
        current.name.isEmpty() ? event_panel::eventName(current.event) : current.name, &accepted);
    if (accepted && !name.trimmed().isEmpty())
        m_workbench.document().addSavedEvent(name.trimmed(), current.event);
}

} // namespace hookbench::event
