// The events of a ProjectDocument: those saved in the project, the list at hand, and the one in the editor.
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/document/commands.h"
#include "ui/document/project_document.h"
#include "ui/document/saved_events.h"

#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace hookbench::document {

namespace {

constexpr std::size_t kParseHere = 128 * 1024; // well under a frame; more goes to the pool
constexpr std::size_t kPrettyLimit = 1024 * 1024;

Result<json::Document> parseEventText(std::string_view text)
{
    Result<json::Document> parsed = json::parse(text);
    if (parsed && !parsed->root().isObject())
        return fail("event-not-object", "An event is a JSON object: { \"type\": \"track\", … }.");
    return parsed;
}

} // namespace

std::shared_ptr<const EventList> ProjectDocument::savedEvents() const
{
    return std::make_shared<SavedEvents>(m_project.events);
}

void ProjectDocument::addSavedEvent(const QString &name, const json::Document &event)
{
    auto after = m_project.events;
    after.push_back({ name.toStdString(), event, {} });
    const int at = static_cast<int>(m_project.events.size());
    auto *command = new ChangeEvents(
        *this, std::move(after), { Change::What::EventAdded, at, -1, {} }, { Change::What::EventRemoved, at, -1, {} });
    command->setText(tr("Save event"));
    m_undo->push(command);
}

void ProjectDocument::removeSavedEvent(int index)
{
    auto after = m_project.events;
    after.erase(after.begin() + index);
    auto *command = new ChangeEvents(*this, std::move(after), { Change::What::EventRemoved, index, -1, {} },
        { Change::What::EventAdded, index, -1, {} });
    command->setText(tr("Remove saved event"));
    m_undo->push(command);
}

void ProjectDocument::renameSavedEvent(int index, const QString &name)
{
    auto after = m_project.events;
    after.at(static_cast<std::size_t>(index)).name = name.toStdString();
    const Change change{ Change::What::EventChanged, index, -1, {} };
    auto *command = new ChangeEvents(*this, std::move(after), change, change);
    command->setText(tr("Rename saved event"));
    m_undo->push(command);
}

void ProjectDocument::replaceSavedEvent(int index, const json::Document &event)
{
    auto after = m_project.events;
    after.at(static_cast<std::size_t>(index)).event = event;
    const Change change{ Change::What::EventChanged, index, -1, {} };
    auto *command = new ChangeEvents(*this, std::move(after), change, change);
    command->setText(tr("Change saved event"));
    m_undo->push(command);
}

void ProjectDocument::followSavedEvents(const Change &change)
{
    const bool events = change.what == Change::What::EventAdded || change.what == Change::What::EventRemoved
        || change.what == Change::What::EventChanged || change.what == Change::What::Everything;
    if (!events || !m_showsSaved)
        return;
    m_events = std::make_shared<SavedEvents>(m_project.events);
    const int count = static_cast<int>(m_events->size());
    if (change.what == Change::What::EventRemoved && m_eventIndex > change.index)
        --m_eventIndex;
    else if (change.what == Change::What::EventAdded)
        m_eventIndex = change.index;
    m_eventIndex = std::min(m_eventIndex, count - 1);
    Q_EMIT eventsChanged();
    if (m_eventIndex >= 0 && change.what != Change::What::Everything)
        showEventOfList();
}

void ProjectDocument::setEvents(std::shared_ptr<const EventList> events, int current)
{
    m_showsSaved = dynamic_cast<const SavedEvents *>(events.get()) != nullptr;
    m_events = std::move(events);
    m_eventIndex = m_events->size() > 0 ? std::clamp<int>(current, 0, static_cast<int>(m_events->size()) - 1) : -1;
    ++m_event.shown;
    Q_EMIT eventsChanged();
    if (m_eventIndex < 0)
        showEvent(QString(), std::string());
    else
        showEventOfList();
}

void ProjectDocument::setCurrentEventIndex(int index)
{
    if (index < 0 || index >= m_events->size())
        return;
    m_event.shown += index != m_eventIndex;
    m_eventIndex = index;
    showEventOfList();
}

void ProjectDocument::showEventOfList()
{
    const Result<std::string> text = m_events->textAt(m_eventIndex);
    m_event.name = m_events->nameAt(m_eventIndex);
    m_event.edited = false;
    if (!text) {
        ++m_eventGeneration;
        m_event.text.clear();
        m_event.parsing = false;
        takeParsed(fail(text.error()));
        return;
    }
    m_event.text = *text;
    // One long line, as it stands in an NDJSON file, is hard to read: shown as it would be typed.
    if (text->size() < kPrettyLimit && text->find('\n') == std::string::npos)
        if (const auto parsed = json::parse(*text))
            m_event.text = json::stringify(*parsed, 2);
    parseEvent();
}

void ProjectDocument::setEventText(const std::string &text)
{
    if (text == m_event.text)
        return;
    m_event.text = text;
    m_event.edited = true;
    parseEvent();
}

void ProjectDocument::showEvent(const QString &name, const std::string &text)
{
    m_eventIndex = -1;
    ++m_event.shown;
    m_event.name = name;
    m_event.text = text;
    m_event.edited = false;
    parseEvent();
}

void ProjectDocument::parseEvent()
{
    const int generation = ++m_eventGeneration;
    m_event.parsing = false;
    if (m_event.text.empty()) {
        m_event.event = {};
        m_event.error.reset();
        Q_EMIT currentEventChanged();
        return;
    }
    if (m_event.text.size() <= kParseHere) {
        takeParsed(parseEventText(m_event.text));
        return;
    }
    m_event.parsing = true;
    Q_EMIT currentEventChanged();
    m_pool.start([this, generation, text = m_event.text] {
        auto parsed = std::make_shared<Result<json::Document>>(parseEventText(text));
        QMetaObject::invokeMethod(
            this,
            [this, generation, parsed] {
                if (generation != m_eventGeneration)
                    return;
                m_event.parsing = false;
                takeParsed(std::move(*parsed));
            },
            Qt::QueuedConnection);
    });
}

void ProjectDocument::takeParsed(Result<json::Document> parsed)
{
    if (parsed) {
        m_event.event = std::move(*parsed);
        m_event.error.reset();
        if (m_event.name.isEmpty())
            m_event.name = describeEvent(m_event.event);
    } else {
        m_event.event = {};
        m_event.error = std::move(parsed.error());
    }
    Q_EMIT currentEventChanged();
}

} // namespace hookbench::document
