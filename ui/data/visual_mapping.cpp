#include "ui/data/visual_mapping.h"

#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/mapping/validate.h"
#include "ui/data/fields_panel.h"
#include "ui/data/functions.h"
#include "ui/data/mapping_view.h"
#include "ui/data/value_form.h"
#include "ui/data/value_popover.h"
#include "ui/document/event_paths.h"
#include "ui/document/workbench.h"
#include "ui/theme/style.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::data {

namespace {

// What only clicks may change at once; more would be a mistake.
constexpr qsizetype kLongestPaste = 1'000'000;

json::Document emptyText()
{
    return json::parse("\"\"").value();
}

json::Document emptyObject()
{
    return json::parse("{}").value();
}

std::string lastStep(const QString &path)
{
    const qsizetype dot = path.lastIndexOf(u'.');
    QString name = path.mid(dot + 1);
    if (const qsizetype bracket = name.indexOf(u'['); bracket > 0)
        name.truncate(bracket);
    return name.isEmpty() ? std::string("event") : name.toStdString();
}

std::string inQuotes(const std::string &name)
{
    return '"' + name + '"';
}

} // namespace

VisualMapping::VisualMapping(document::Workbench &workbench, LoadedEvents &events, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_events(events)
    , m_model(new MappingModel(this))
    , m_view(new MappingView(*m_model))
    , m_fields(new FieldsPanel)
    , m_hint(new widgets::StatusLabel)
    , m_split(new QSplitter(Qt::Vertical))
    , m_pages(new QStackedWidget)
    , m_empty(new widgets::EmptyState("braces", tr("No data"), tr("The request goes out without a body.")))
{
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    QAbstractButton *build = m_empty->addButton(tr("Build an object"), "plus");
    connect(build, &QAbstractButton::clicked, this,
        [this] { m_workbench.document().setSetting(m_index, "/data", emptyObject(), tr("Build an object")); });
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_pages);
    m_split->addWidget(m_fields);
    m_fields->hide();
    auto *hint = new QHBoxLayout;
    hint->setContentsMargins(theme::metric::kPanePadding, 0, theme::metric::kPanePadding, 0);
    hint->addWidget(m_hint);
    m_hint->setFixedHeight(theme::metric::kTableHeader + 4);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(hint);
    layout->addWidget(m_split, 1);
    m_hint->hide();

    m_model->setAbsence([this](const Row &row) { return absenceOf(row); });
    connect(&events, &LoadedEvents::changed, this, [this] {
        m_model->tellAbsenceChanged();
        suggest();
    });
    connect(m_model, &MappingModel::renameRequested, this, [this](const std::string &pointer, const QString &name) {
        const bool fresh = pointer == m_fresh;
        if (apply(renameField(m_data, pointer, name.trimmed().toStdString()), tr("Rename field")) && fresh)
            m_fresh = m_view->currentRow() ? m_view->currentRow()->pointer : std::string();
    });
    connect(
        m_model, &MappingModel::moveRequested, this,
        [this](const std::string &pointer, const std::string &container, int before) {
            apply(moveTo(m_data, pointer, container, static_cast<std::size_t>(before)), tr("Move field"));
        },
        Qt::QueuedConnection); // the drag still holds the row
    connect(m_model, &MappingModel::pathsDropped, this, &VisualMapping::addPaths, Qt::QueuedConnection);
    connect(m_view, &MappingView::valueRequested, this, &VisualMapping::openValue);
    connect(m_view, &MappingView::addRequested, this, &VisualMapping::addField);
    connect(m_view, &MappingView::removeRequested, this, [this](const std::string &pointer) {
        const Row *row = m_view->currentRow();
        const bool item = row && row->kind == Row::Kind::Item;
        const int place = row ? row->place : 0;
        const int outer = row ? row->parent : -1;
        const std::string around = outer >= 0 ? m_model->tree().row(outer).pointer : std::string();
        if (!apply(removeAt(m_data, pointer), item ? tr("Remove item") : tr("Remove field")))
            return;
        // The row that took its place, or the one before it.
        const QModelIndex siblings = outer < 0 ? QModelIndex() : m_model->indexOf(around);
        const int count = m_model->rowCount(siblings);
        if (count > 0)
            m_view->setCurrentIndex(m_model->index(std::min(place, count - 1), 0, siblings));
    });
    connect(m_view, &MappingView::duplicateRequested, this,
        [this](const std::string &pointer) { apply(duplicateAt(m_data, pointer), tr("Duplicate field")); });
    connect(m_view, &MappingView::nudgeRequested, this,
        [this](const std::string &pointer, int by) { apply(nudge(m_data, pointer, by), tr("Move field")); });
    connect(m_view, &MappingView::copyRequested, this, &VisualMapping::copy);
    connect(m_view, &MappingView::cutRequested, this, [this](const std::string &pointer) {
        copy(pointer);
        apply(removeAt(m_data, pointer), tr("Cut field"));
    });
    connect(m_view, &MappingView::pasteRequested, this, &VisualMapping::paste);
    connect(m_view, &MappingView::renamed, this, [this] {
        // Its name may have been left with Esc long ago, and now another field's was typed.
        const std::string fresh = std::exchange(m_fresh, {});
        const Row *row = m_view->currentRow();
        if (row && !fresh.empty() && row->pointer == fresh)
            openValue(m_model->indexOf(fresh, MappingModel::ValueColumn));
    });
    connect(m_view, &MappingView::rowChosen, this, &VisualMapping::rowChosen);
    connect(m_fields, &FieldsPanel::addRequested, this, &VisualMapping::addSuggestions);
    showParts();
}

void VisualMapping::setMapping(int index, const json::Document &value)
{
    if (m_popover && m_popover->isOpen()
        && (index != m_index || json::valueAt(value, m_popover->pointer()).isUndefined()))
        m_popover->close();
    const bool another = index != m_index;
    m_index = index;
    m_data = value;
    m_model->setMapping(value);
    if (another) {
        m_fresh.clear();
        if (m_model->rowCount() > 0)
            m_view->setCurrentIndex(m_model->index(0, 0));
    }
    if (m_popover && m_popover->isOpen())
        m_popover->follow(json::Document(value.arena(), json::valueAt(value, m_popover->pointer())));
    showParts();
}

void VisualMapping::setResolved(const ResolvedData &resolved)
{
    m_model->setResolved(resolved);
    showOutcome();
}

void VisualMapping::showParts()
{
    const bool nothing = m_data->isUndefined();
    m_pages->setCurrentWidget(nothing ? static_cast<QWidget *>(m_empty) : m_view);
    const bool emptyObject = kindOf(m_data) == ValueKind::Object && m_data->size() == 0;
    m_hint->setVisible(emptyObject);
    if (emptyObject)
        m_hint->setStatus("info",
            m_events.events().empty() ? tr("No fields yet. Add one, or load events to choose from.")
                                      : tr("No fields yet. Tick what the events below have, or add one."));
    m_view->setVisible(!nothing);
    m_pages->setVisible(!emptyObject || !m_fieldsShown);
    suggest();
}

void VisualMapping::setFieldsShown(bool shown)
{
    if (shown == m_fieldsShown)
        return;
    m_fieldsShown = shown;
    m_fields->setVisible(shown);
    showParts();
    if (shown) // a part that was hidden so far has no height yet
        m_split->setSizes({ m_split->height() / 2, m_split->height() / 2 });
    Q_EMIT fieldsShownChanged(shown);
}

void VisualMapping::suggest()
{
    if (!m_fieldsShown)
        return;
    std::vector<std::string> taken;
    for (const Row &row : m_model->tree().rows())
        if (!row.insideItems)
            for (std::string &path : pathsIn(row.value))
                taken.push_back(std::move(path));
    m_fields->setSuggestions(suggestFields(m_events.events(), taken), m_data->size() == 0);
}

QString VisualMapping::absenceOf(const Row &row) const
{
    if (m_events.isReading())
        return {};
    Coverage worst;
    for (const std::string &path : pathsIn(row.value)) {
        const Coverage coverage = m_events.coverage(path);
        if (coverage.absent > worst.absent)
            worst = coverage;
    }
    if (worst.absent == 0)
        return {};
    if (worst.of == 1)
        return m_events.isFiltered() ? tr("absent in the matching event") : tr("absent in this event");
    // Short: the column is narrow.
    if (m_events.isFiltered())
        return tr("absent in %1 of %2 matching").arg(worst.absent).arg(worst.of);
    return m_events.isPart() ? tr("absent in %1 of the first %2").arg(worst.absent).arg(worst.of)
                             : tr("absent in %1 of %2 loaded").arg(worst.absent).arg(worst.of);
}

bool VisualMapping::apply(const Result<Edited> &edited, const QString &words)
{
    if (!edited) {
        m_workbench.say(QString::fromStdString(edited.error().message));
        return false;
    }
    m_workbench.document().endTyping();
    m_workbench.document().setSetting(m_index, "/data", edited->data, words);
    m_view->goTo(edited->pointer);
    return true;
}

void VisualMapping::openValue(const QModelIndex &index)
{
    const Row *row = m_model->rowAt(index);
    if (!row)
        return;
    if (!m_popover) {
        m_popover = new ValuePopover(window());
        connect(m_popover, &ValuePopover::edited, this, &VisualMapping::takeValue);
        connect(m_popover, &ValuePopover::closed, &m_workbench.document(), &document::ProjectDocument::endTyping);
        connect(m_popover, &ValuePopover::unfinishedChanged, this, &VisualMapping::keepEditor);
    }
    m_view->scrollTo(index);
    const QModelIndex value = index.siblingAtColumn(MappingModel::ValueColumn);
    QRect cell = m_view->visualRect(value) | m_view->visualRect(index.siblingAtColumn(MappingModel::PreviewColumn));
    cell.moveTopLeft(m_view->viewport()->mapToGlobal(cell.topLeft()));
    json::Arena arena;
    const json::Value scope = scopeAt(m_data, row->pointer, m_workbench.document().currentEvent().event, arena);
    m_workbench.document().endTyping();
    m_popover->open(
        row->pointer, row->name, json::Document(m_data.arena(), row->value),
        std::make_shared<const std::vector<EventPath>>(document::eventPaths(scope)),
        [this, pointer = row->pointer](const json::Document &part, const QObject *context, const auto &answer) {
            tryPart(pointer, part, context, answer);
        },
        cell, m_view);
    showOutcome();
}

// A kill takes the sheet with it, not what is written in it.
void VisualMapping::keepEditor()
{
    const json::Document state = m_popover->unfinished();
    m_workbench.document().keepEditor(state->isUndefined()
            ? std::nullopt
            : std::optional(
                document::OpenEditor{ m_index, std::string("/settings/data") + m_popover->pointer(), state }));
}

void VisualMapping::openEditor(const std::string &pointer, const json::Document &state)
{
    reveal(pointer);
    const QModelIndex index = m_model->indexOf(pointer);
    if (!index.isValid())
        return;
    openValue(index);
    m_popover->restore(state);
}

void VisualMapping::tryPart(const std::string &pointer, const json::Document &part, const QObject *context,
    const std::function<void(const Outcome &)> &answer)
{
    const json::Document &event = m_workbench.document().currentEvent().event;
    json::Arena arena;
    const json::Value scope = scopeAt(m_data, pointer, event, arena);
    if (!scope.isObject())
        return answer({});
    // The event itself is not copied: it may have thousands of fields.
    const bool whole = json::identical(scope, event);
    m_workbench.session().resolveValue(
        part, whole ? event : json::Document::copyOf(scope), context, [answer](const Result<json::Document> &resolved) {
            if (!resolved)
                answer({ Outcome::State::Failed, {}, QString::fromStdString(resolved.error().message) });
            else if ((*resolved)->isUndefined())
                answer({ Outcome::State::LeftOut, {}, {} });
            else
                answer({ Outcome::State::Known, *resolved, {} });
        });
}

void VisualMapping::takeValue(const std::string &pointer, const json::Document &value)
{
    m_workbench.document().setSetting(m_index, "/data" + pointer, value, tr("Change value"), document::Edit::Typing);
}

void VisualMapping::showOutcome()
{
    if (!m_popover || !m_popover->isOpen())
        return;
    const QModelIndex index = m_model->indexOf(m_popover->pointer());
    if (index.isValid())
        m_popover->showOutcome(m_model->outcome(index), index.data(MappingModel::NoteRole).toString());
}

std::optional<VisualMapping::Place> VisualMapping::placeForNew(bool intoCurrent) const
{
    const Row *row = m_view->currentRow();
    const MappingTree &tree = m_model->tree();
    for (bool first = true; row; first = false) {
        if (row->container && (intoCurrent || !first))
            return Place{ *row->container, row->children.size(), row->takesItems };
        const Row *parent = row->parent < 0 ? nullptr : &tree.row(row->parent);
        const auto container = parent ? parent->container : tree.topContainer();
        if (container && (row->kind == Row::Kind::Field || row->kind == Row::Kind::Item))
            return Place{ *container, static_cast<std::size_t>(row->place) + 1, parent && parent->takesItems };
        row = parent;
    }
    if (const auto top = tree.topContainer())
        return Place{ *top, tree.top().size(), false };
    return std::nullopt;
}

void VisualMapping::addField()
{
    if (m_data->isUndefined())
        m_workbench.document().setSetting(m_index, "/data", emptyObject(), tr("Build an object"));
    const auto place = placeForNew(true);
    if (!place) {
        m_workbench.say(tr("Only an object takes fields. Choose “Build object” first."));
        return;
    }
    addAt(place->container, place->before, place->takesItems);
}

void VisualMapping::addAt(const std::string &container, std::size_t before, bool item)
{
    if (m_fieldsShown && m_data->size() == 0)
        setFieldsShown(false);
    if (item) {
        if (apply(insertItem(m_data, container, before, emptyText()), tr("Add item")))
            openValue(m_view->currentIndex());
        return;
    }
    const std::string name = freshName(json::valueAt(m_data, container), tr("field").toStdString());
    if (!apply(insertField(m_data, container, before, inQuotes(name), emptyText()), tr("Add field")))
        return;
    m_fresh = json::childPointer(container, name);
    m_view->rename(m_fresh);
}

void VisualMapping::addPaths(const QStringList &paths, const std::string &container, int before)
{
    const auto variable = [&](const QString &path) -> std::optional<json::Document> {
        const auto named = pathAtPlace(m_data, container, path.toStdString());
        return named ? std::optional(variableOf(*named)) : std::nullopt;
    };
    Edited at{ m_data, container };
    std::size_t place = static_cast<std::size_t>(std::max(0, before));
    int added = 0;
    for (const QString &path : paths) {
        const auto value = variable(path);
        if (!value)
            continue;
        if (before < 0) { // onto a row that holds no fields: its value
            m_workbench.document().setSetting(m_index, "/data" + container, *value, tr("Change value"));
            m_view->goTo(container);
            return;
        }
        const json::Value around = json::valueAt(at.data, container);
        Result<Edited> edited = around.isArray()
            ? insertItem(at.data, container, place++, *value)
            : insertField(at.data, container, place++, inQuotes(freshName(around, lastStep(path))), *value);
        if (!edited)
            break;
        at = std::move(*edited);
        ++added;
    }
    if (added > 0)
        apply(at, added == 1 ? tr("Add field") : tr("Add fields"));
    else
        m_workbench.say(tr("Here only fields of the array's items can be taken."));
}

void VisualMapping::addFields(const QStringList &paths)
{
    if (const auto place = placeForNew(true))
        addPaths(paths, place->container, static_cast<int>(place->before));
    else
        m_workbench.say(tr("Only an object takes fields. Choose “Build object” first."));
}

void VisualMapping::addSuggestions(const std::vector<Suggestion> &suggestions)
{
    auto place = placeForNew(false);
    if (!place || place->takesItems) {
        const auto top = m_model->tree().topContainer();
        if (!top) {
            m_workbench.say(tr("Only an object takes fields. Choose “Build object” first."));
            return;
        }
        place = Place{ *top, m_model->tree().top().size(), false };
    }
    Edited at{ m_data, place->container };
    for (const Suggestion &suggestion : suggestions) {
        const json::Value around = json::valueAt(at.data, place->container);
        const Result<Edited> added = insertField(at.data, place->container, place->before++,
            inQuotes(freshName(around, suggestion.name)), variableOf(suggestion.path));
        if (added)
            at = *added;
    }
    apply(at, tr("Add suggested fields"));
    setFieldsShown(false);
    m_view->setFocus(Qt::OtherFocusReason);
}

void VisualMapping::copy(const std::string &pointer)
{
    const int number = m_model->tree().find(pointer);
    if (number < 0)
        return;
    const Row &row = m_model->tree().row(number);
    std::string text;
    if (row.kind == Row::Kind::Field) {
        json::Arena arena;
        json::ObjectBuilder object(arena);
        object.add(std::string_view(row.key), row.value);
        text = json::stringify(object.build(), 2);
    } else {
        text = json::stringify(row.value, 2);
    }
    QGuiApplication::clipboard()->setText(QString::fromStdString(text));
}

void VisualMapping::paste()
{
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    if (!mime)
        return;
    const auto place = placeForNew(false);
    if (const QStringList paths = droppedPaths(mime); !paths.isEmpty() && place) {
        addPaths(paths, place->container, static_cast<int>(place->before));
        return;
    }
    const QString text = mime->text();
    const auto value = text.size() < kLongestPaste ? json::parse(text.toStdString())
                                                   : Result<json::Document>(fail("json-size", "The text is too long."));
    if (!value) {
        m_workbench.say(tr("What is on the clipboard is no JSON and no event path."));
        return;
    }
    if (const Issues mistakes = mapping::validate(*value, ""); !mistakes.empty()) {
        m_workbench.say(tr("This cannot be pasted: %1").arg(QString::fromStdString(mistakes.front().message)));
        return;
    }
    if (!place) {
        m_workbench.say(tr("Only an object takes fields. Choose “Build object” first."));
        return;
    }
    if (place->takesItems) {
        apply(insertItem(m_data, place->container, place->before, *value), tr("Paste item"));
        return;
    }
    if (kindOf(*value) != ValueKind::Object) {
        const std::string name = freshName(json::valueAt(m_data, place->container), tr("field").toStdString());
        apply(insertField(m_data, place->container, place->before, inQuotes(name), *value), tr("Paste field"));
        return;
    }
    Edited at{ m_data, place->container };
    std::size_t before = place->before;
    for (const json::Member &member : value->root().members()) {
        const Result<Edited> added = insertField(at.data, place->container, before++,
            inQuotes(freshName(json::valueAt(at.data, place->container), member.name())), member.value);
        if (added)
            at = *added;
    }
    apply(at, value->root().size() == 1 ? tr("Paste field") : tr("Paste fields"));
}

void VisualMapping::reveal(const std::string &pointer)
{
    m_view->goTo(pointer);
    m_view->setFocus(Qt::ShortcutFocusReason);
}

} // namespace hookbench::data
