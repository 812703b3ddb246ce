#include "ui/document/project_document.h"

#include "core/base/id.h"
#include "core/destination/check.h"
#include "core/destination/document.h"
#include "core/destination/limits.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/storage/file.h"
#include "ui/document/commands.h"
#include "ui/document/counterpart.h"
#include "ui/document/saved_events.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QUndoStack>

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace hookbench::document {

namespace {

using namespace std::chrono_literals;

constexpr auto kCheckDelay = 150ms;
constexpr auto kWatchDelay = 250ms; // editors write in several steps
constexpr int kMaxLinks = 8; // of one that leads to another
constexpr std::size_t kParseHere = 128 * 1024; // well under a frame; more goes to the pool
constexpr std::size_t kPrettyLimit = 1024 * 1024;

std::string bytes(const QString &text)
{
    return text.toStdString();
}

QByteArray hashOf(std::string_view content)
{
    return QCryptographicHash::hash(
        QByteArrayView(content.data(), static_cast<qsizetype>(content.size())), QCryptographicHash::Sha256);
}

/// The document with `value` at `pointer`; objects on the way are made.
json::Document withValue(const json::Document &document, std::string_view pointer, json::Value value)
{
    if (pointer.empty())
        return json::Document::copyOf(value);
    // A copy: an edited document keeps alive the one before it, and that one the one before, keystroke by keystroke.
    if (const auto done = json::replaced(document, pointer, value))
        return json::Document::copyOf(*done);
    const std::size_t cut = pointer.rfind('/');
    const std::vector<std::string> keys = json::pointerKeys(pointer);
    auto arena = std::make_shared<json::Arena>();
    const json::Value parent = json::ObjectBuilder(*arena).add(keys.back(), json::copyInto(*arena, value)).build();
    return withValue(document, pointer.substr(0, cut), json::Document(arena, parent));
}

Result<json::Document> parseEventText(std::string_view text)
{
    Result<json::Document> parsed = json::parse(text);
    if (parsed && !parsed->root().isObject())
        return fail("event-not-object", "An event is a JSON object: { \"type\": \"track\", … }.");
    return parsed;
}

} // namespace

ProjectDocument::ProjectDocument(QObject *parent)
    : QObject(parent)
    , m_undo(new QUndoStack(this))
    , m_watcher(new QFileSystemWatcher(this))
    , m_events(std::make_shared<SavedEvents>(std::vector<destination::SavedEvent>()))
{
    m_pool.setMaxThreadCount(2);
    m_checkDelay.setSingleShot(true);
    m_checkDelay.setInterval(kCheckDelay);
    connect(&m_checkDelay, &QTimer::timeout, this, &ProjectDocument::runCheck);
    m_watchDelay.setSingleShot(true);
    m_watchDelay.setInterval(kWatchDelay);
    connect(&m_watchDelay, &QTimer::timeout, this, &ProjectDocument::lookAtFile);
    connect(m_watcher, &QFileSystemWatcher::fileChanged, &m_watchDelay, qOverload<>(&QTimer::start));
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, &m_watchDelay, qOverload<>(&QTimer::start));
    connect(m_undo, &QUndoStack::cleanChanged, this, &ProjectDocument::emitModified);
    m_project = destination::newProject(bytes(tr("New destination")));
}

ProjectDocument::~ProjectDocument()
{
    m_pool.clear();
    m_pool.waitForDone();
}

// --- the file

void ProjectDocument::startNew(const QString &name)
{
    adopt(destination::newProject(bytes(name)), QString(), true);
}

void ProjectDocument::startWith(destination::Project project, const QString &name)
{
    project.name = bytes(name);
    adopt(std::move(project), QString(), true);
}

Result<void> ProjectDocument::open(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    auto content = storage::readFile(bytes(absolute), destination::kMaxProjectBytes);
    if (!content)
        return fail(std::move(content.error()));
    auto file = destination::readProjectFile(*content);
    if (!file) {
        Error error = std::move(file.error());
        error.message = bytes(absolute) + ": " + error.message;
        return fail(std::move(error));
    }
    rememberFile(*content);
    adopt(std::move(file->project), absolute, file->canonical);
    return {};
}

Result<void> ProjectDocument::save(Overwrite overwrite)
{
    if (m_undo->isClean())
        return {};
    if (overwrite == Overwrite::No && isFileChangedOutside())
        return fail("file-changed-outside",
            bytes(tr("Another program changed the file since it was read. Read it again, or replace it.")));
    if (auto written = destination::save(m_project, bytes(m_path)); !written)
        return written;
    rememberFile(destination::write(m_project));
    m_canonical = true;
    endTyping();
    m_saved = m_project;
    m_undo->setClean();
    watch();
    return {};
}

Result<void> ProjectDocument::saveAs(const QString &path)
{
    destination::Project copy = m_project;
    if (!m_path.isEmpty() || copy.id.empty())
        copy.id = newId();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (auto written = destination::save(copy, bytes(absolute)); !written)
        return written;
    m_project.id = copy.id;
    rememberFile(destination::write(m_project));
    m_path = absolute;
    m_canonical = true;
    endTyping();
    m_saved = m_project;
    m_undo->setClean();
    watch();
    Q_EMIT pathChanged(m_path);
    Q_EMIT changed({ Change::What::Destination, -1, -1, {} });
    return {};
}

void ProjectDocument::restore(
    destination::Project project, const QString &path, const std::string &eventText, const Unfinished &unfinished)
{
    // A file that is gone or broken by now still has its name: saving makes it anew.
    if (path.isEmpty() || !open(path))
        adopt(destination::newProject(project.name), path, true);
    std::vector<TriggerDraftPtr> drafts(project.mappings.size());
    for (std::size_t i = 0; i < std::min(drafts.size(), unfinished.triggers.size()) && m_readDraft; ++i)
        drafts[i] = m_readDraft(unfinished.triggers[i]);
    auto *command = new ReplaceProject(*this, std::move(project), std::move(drafts));
    command->setText(tr("Restore unsaved work"));
    m_undo->push(command);
    if (!eventText.empty())
        setEventText(eventText);
    else if (m_eventIndex < 0 && m_events->size() > 0)
        setCurrentEventIndex(0);
    if (unfinished.data && unfinished.data->mapping < mappingCount()) {
        setCurrentMapping(unfinished.data->mapping);
        Q_EMIT dataTextFound(unfinished.data->text);
    }
}

void ProjectDocument::keepDataText(std::optional<UnfinishedText> text)
{
    if (text == m_dataText)
        return;
    m_dataText = std::move(text);
    Q_EMIT unfinishedChanged();
}

Unfinished ProjectDocument::unfinished() const
{
    Unfinished out;
    for (const TriggerDraftPtr &draft : m_drafts)
        out.triggers.push_back(draft ? draft->toJson() : json::Document());
    out.data = m_dataText;
    return out;
}

Result<void> ProjectDocument::reload()
{
    auto content = storage::readFile(bytes(m_path), destination::kMaxProjectBytes);
    if (!content)
        return fail(std::move(content.error()));
    auto file = destination::readProjectFile(*content);
    if (!file)
        return fail(std::move(file.error()));
    rememberFile(*content);
    m_canonical = file->canonical;
    auto *command = new ReplaceProject(*this, std::move(file->project));
    command->setText(tr("Read the file again"));
    m_undo->push(command);
    m_saved = m_project;
    m_undo->setClean();
    watch();
    return {};
}

QString ProjectDocument::displayName() const
{
    return m_path.isEmpty() ? QString::fromStdString(m_project.name) : QFileInfo(m_path).fileName();
}

std::optional<int> ProjectDocument::savedMapping(int index) const
{
    return counterpart(m_saved.mappings, m_project.mappings, index);
}

bool ProjectDocument::isMappingEdited(int index) const
{
    const std::optional<int> saved = savedMapping(index);
    return !saved || m_saved.mappings[static_cast<std::size_t>(*saved)] != mapping(index);
}

bool ProjectDocument::isModified() const
{
    return !m_undo->isClean();
}

void ProjectDocument::adopt(destination::Project project, const QString &path, bool canonical)
{
    m_project = std::move(project);
    m_saved = m_project;
    m_canonical = canonical;
    m_path = path;
    m_typingRun = 0;
    m_undo->clear();
    m_drafts.assign(m_project.mappings.size(), nullptr);
    m_dataText.reset();
    m_currentMapping = -1;
    m_checked.clear();
    m_draftIssues.clear();
    m_issues.clear();
    m_events = std::make_shared<SavedEvents>(m_project.events);
    m_showsSaved = true;
    m_eventIndex = m_project.events.empty() ? -1 : 0;
    watch();
    apply({ Change::What::Everything, -1, -1, {} });
    Q_EMIT pathChanged(m_path);
    emitModified();
    Q_EMIT eventsChanged();
    if (m_eventIndex < 0)
        showEvent(QString(), std::string());
    else
        showEventOfList();
}

void ProjectDocument::rememberFile(std::string_view content)
{
    m_fileOnDisk = m_fileKnown = m_fileSaved = hashOf(content);
}

void ProjectDocument::keepMine()
{
    m_fileKnown = m_fileOnDisk;
    m_undo->resetClean();
}

bool ProjectDocument::isFileChangedOutside() const
{
    if (m_path.isEmpty() || !QFileInfo::exists(m_path))
        return false;
    const auto content = storage::readFile(bytes(m_path), destination::kMaxProjectBytes);
    return content && hashOf(*content) != m_fileKnown;
}

void ProjectDocument::watch()
{
    QStringList wanted;
    if (!m_path.isEmpty()) {
        // The folders tell of a file that is removed and made again, which is watched no more; and so with the file
        // that a link leads to.
        QString file = m_path;
        for (int links = 0; links < kMaxLinks && !file.isEmpty(); ++links) {
            wanted << file << QFileInfo(file).path();
            file = QFileInfo(file).symLinkTarget();
        }
        wanted.removeDuplicates();
    }
    const QStringList watched = m_watcher->files() + m_watcher->directories();
    for (const QString &path : watched)
        if (!wanted.contains(path) || path == m_path) // the same path may be another file by now
            m_watcher->removePath(path);
    for (const QString &path : wanted)
        if ((path == m_path || !watched.contains(path)) && QFileInfo::exists(path))
            m_watcher->addPath(path);
}

void ProjectDocument::lookAtFile()
{
    if (m_path.isEmpty())
        return;
    watch(); // a file that was replaced is watched no more
    if (!QFileInfo::exists(m_path)) {
        m_undo->resetClean(); // what is here is nowhere else any more
        if (!std::exchange(m_fileOnDisk, {}).isEmpty())
            Q_EMIT fileGone();
        return;
    }
    const auto content = storage::readFile(bytes(m_path), destination::kMaxProjectBytes);
    if (!content)
        return;
    const QByteArray before = std::exchange(m_fileOnDisk, hashOf(*content));
    if (m_fileOnDisk == before)
        return;
    if (m_fileOnDisk != m_fileKnown) {
        Q_EMIT fileChangedOutside();
        return;
    }
    if (m_fileOnDisk == m_fileSaved && m_project == m_saved)
        m_undo->setClean();
    Q_EMIT fileAsKnown();
}

void ProjectDocument::emitModified()
{
    if (m_wasModified == isModified())
        return;
    m_wasModified = isModified();
    Q_EMIT modifiedChanged(m_wasModified);
}

// --- every edit ends here

void ProjectDocument::apply(const Change &change)
{
    const int count = mappingCount();
    int current = m_currentMapping;
    switch (change.what) {
    case Change::What::Everything:
        current = count > 0 ? std::clamp(current, 0, count - 1) : -1;
        break;
    case Change::What::MappingAdded:
        current = change.index;
        break;
    case Change::What::MappingRemoved:
        current = current > change.index ? current - 1 : std::min(current, count - 1);
        break;
    case Change::What::MappingMoved:
        current = change.to;
        break;
    default:
        break;
    }
    const bool otherMapping = current != m_currentMapping || change.what == Change::What::Everything
        || (change.what == Change::What::MappingRemoved && current == change.index);
    m_currentMapping = current;
    scheduleCheck();
    followSavedEvents(change);
    Q_EMIT changed(change);
    if (std::exchange(m_maskedBefore, m_project.maskedHeaders) != m_project.maskedHeaders)
        Q_EMIT maskedHeadersChanged();
    if (otherMapping)
        Q_EMIT currentMappingChanged(m_currentMapping);
    if (issuesOfDrafts() != m_draftIssues)
        gatherIssues();
}

void ProjectDocument::putMapping(int index, const destination::Mapping &mapping, const TriggerDraftPtr &draft)
{
    m_project.mappings.insert(m_project.mappings.begin() + index, mapping);
    m_drafts.insert(m_drafts.begin() + index, draft);
    apply({ Change::What::MappingAdded, index, -1, {} });
}

void ProjectDocument::takeMapping(int index)
{
    m_project.mappings.erase(m_project.mappings.begin() + index);
    m_drafts.erase(m_drafts.begin() + index);
    apply({ Change::What::MappingRemoved, index, -1, {} });
}

void ProjectDocument::putTests(const json::Document &tests)
{
    if (tests == m_project.tests)
        return;
    m_project.tests = tests;
    apply({ Change::What::Tests, -1, -1, {} });
}

void ProjectDocument::endTyping()
{
    ++m_typingRun;
}

// --- the destination

void ProjectDocument::ensureId()
{
    if (!m_project.id.empty())
        return;
    auto head = ChangeDestination::headOf(m_project);
    head.id = newId();
    auto *command = new ChangeDestination(*this, std::move(head), 0);
    command->setText(tr("Give the destination an id"));
    m_undo->push(command);
}

void ProjectDocument::setDestinationName(const QString &name, Edit edit)
{
    auto head = ChangeDestination::headOf(m_project);
    head.name = bytes(name);
    if (head.name == m_project.name)
        return;
    auto *command = new ChangeDestination(*this, std::move(head), edit == Edit::Typing ? m_typingRun + 1 : 0);
    command->setText(tr("Rename destination"));
    m_undo->push(command);
}

void ProjectDocument::setDestinationEnabled(bool enabled)
{
    if (enabled == m_project.enabled)
        return;
    auto head = ChangeDestination::headOf(m_project);
    head.enabled = enabled;
    auto *command = new ChangeDestination(*this, std::move(head), 0);
    command->setText(enabled ? tr("Enable destination") : tr("Disable destination"));
    m_undo->push(command);
}

void ProjectDocument::setHeaderMasked(const QString &name, bool masked)
{
    const std::string header = bytes(name);
    if (hasHeaderName(m_project.maskedHeaders, header) == masked)
        return;
    auto head = ChangeDestination::headOf(m_project);
    if (masked)
        head.maskedHeaders.push_back(header);
    else
        std::erase_if(head.maskedHeaders, [&](const std::string &other) { return sameHeaderName(header, other); });
    auto *command = new ChangeDestination(*this, std::move(head), 0);
    command->setText(masked ? tr("Mask header") : tr("Unmask header"));
    m_undo->push(command);
}

// --- mappings

void ProjectDocument::setCurrentMapping(int index)
{
    if (index == m_currentMapping || index < 0 || index >= mappingCount())
        return;
    endTyping();
    m_currentMapping = index;
    Q_EMIT currentMappingChanged(index);
}

QString ProjectDocument::whyNotAddMapping() const
{
    return m_project.mappings.size() < destination::kMaxMappings
        ? QString()
        : tr("A destination takes at most %1 mappings in Segment. Delete one to add another.")
              .arg(destination::kMaxMappings);
}

QString ProjectDocument::freshMappingName() const
{
    const QString base = tr("Mapping");
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? base : QString(base + u' ' + QString::number(number));
        if (destination::mappingsNamed(m_project, bytes(name)).empty())
            return name;
    }
}

int ProjectDocument::addMapping(const QString &name)
{
    return insertMapping(m_currentMapping + 1, destination::defaultMapping(bytes(name)), tr("New mapping"));
}

int ProjectDocument::insertMapping(int index, destination::Mapping mapping, const QString &undoText)
{
    index = std::clamp(index, 0, mappingCount());
    auto *command = new AddMapping(*this, index, std::move(mapping));
    command->setText(undoText);
    m_undo->push(command);
    return index;
}

int ProjectDocument::duplicateMapping(int index)
{
    return insertMapping(index + 1, destination::duplicate(mapping(index)), tr("Duplicate mapping"));
}

void ProjectDocument::removeMapping(int index)
{
    auto *command = new RemoveMapping(*this, index);
    command->setText(tr("Delete mapping “%1”").arg(QString::fromStdString(mapping(index).name)));
    m_undo->push(command);
}

void ProjectDocument::moveMapping(int from, int to)
{
    to = std::clamp(to, 0, mappingCount() - 1);
    if (from == to)
        return;
    auto *command = new MoveMapping(*this, from, to);
    command->setText(tr("Move mapping"));
    m_undo->push(command);
}

void ProjectDocument::pushMapping(
    int index, destination::Mapping after, std::string pointer, const QString &text, Edit edit)
{
    pushMapping(index, std::move(after), triggerDraft(index), std::move(pointer), text, edit);
}

void ProjectDocument::pushMapping(
    int index, destination::Mapping after, TriggerDraftPtr draft, std::string pointer, const QString &text, Edit edit)
{
    if (after == mapping(index) && draft == triggerDraft(index))
        return;
    auto *command = new ChangeMapping(*this, index, std::move(after), std::move(draft), std::move(pointer),
        edit == Edit::Typing ? m_typingRun + 1 : 0);
    command->setText(text);
    m_undo->push(command);
}

void ProjectDocument::setMappingName(int index, const QString &name, Edit edit)
{
    destination::Mapping after = mapping(index);
    after.name = bytes(name);
    pushMapping(index, std::move(after), "/name", tr("Rename mapping"), edit);
}

void ProjectDocument::setMappingEnabled(int index, bool enabled)
{
    destination::Mapping after = mapping(index);
    after.enabled = enabled;
    pushMapping(
        index, std::move(after), "/enabled", enabled ? tr("Enable mapping") : tr("Disable mapping"), Edit::Single);
}

void ProjectDocument::setMappingTrigger(int index, const std::string &fql, Edit edit)
{
    editTrigger(index, fql, nullptr, tr("Change trigger"), edit);
}

void ProjectDocument::editTrigger(
    int index, const std::string &fql, TriggerDraftPtr draft, const QString &undoText, Edit edit)
{
    destination::Mapping after = mapping(index);
    after.trigger = fql;
    pushMapping(index, std::move(after), std::move(draft), "/trigger", undoText, edit);
}

json::Value ProjectDocument::setting(int index, const std::string &pointer) const
{
    return json::valueAt(mapping(index).settings, pointer);
}

void ProjectDocument::setSetting(
    int index, const std::string &pointer, json::Value value, const QString &undoText, Edit edit)
{
    if (value.isUndefined())
        return removeSetting(index, pointer, undoText);
    if (json::identical(setting(index, pointer), value))
        return;
    destination::Mapping after = mapping(index);
    after.settings = withValue(after.settings, pointer, value);
    pushMapping(index, std::move(after), "/settings" + pointer, undoText, edit);
}

void ProjectDocument::removeSetting(int index, const std::string &pointer, const QString &undoText)
{
    destination::Mapping after = mapping(index);
    auto without = json::removed(after.settings, pointer);
    if (!without)
        return;
    after.settings = json::Document::copyOf(*without);
    pushMapping(index, std::move(after), "/settings" + pointer, undoText, Edit::Single);
}

void ProjectDocument::replaceMapping(int index, destination::Mapping mapping, const QString &undoText)
{
    pushMapping(index, std::move(mapping), {}, undoText, Edit::Single);
}

void ProjectDocument::applyFix(const QuickFix &fix)
{
    if (fix.mapping >= 0)
        return replaceMapping(fix.mapping, fix.after, fix.words);
    auto head = ChangeDestination::headOf(m_project);
    head.settings = fix.settings;
    auto *command = new ChangeDestination(*this, std::move(head), 0);
    command->setText(fix.words);
    m_undo->push(command);
}

// --- events

std::shared_ptr<const EventList> ProjectDocument::savedEvents() const
{
    return std::make_shared<SavedEvents>(m_project.events);
}

void ProjectDocument::addSavedEvent(const QString &name, const json::Document &event)
{
    auto after = m_project.events;
    after.push_back({ bytes(name), event, {} });
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
    after.at(static_cast<std::size_t>(index)).name = bytes(name);
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

// --- golden tests

void ProjectDocument::setTests(const json::Document &tests, const QString &undoText)
{
    if (tests == m_project.tests)
        return;
    auto *command = new ChangeTests(*this, tests);
    command->setText(undoText);
    m_undo->push(command);
}

// --- what is wrong

void ProjectDocument::scheduleCheck()
{
    m_checkPending = true;
    if (!m_checking)
        m_checkDelay.start();
}

void ProjectDocument::runCheck()
{
    m_checkPending = false;
    m_checking = true;
    m_pool.start([this, project = m_project] {
        auto issues = std::make_shared<Issues>(destination::check(project));
        QMetaObject::invokeMethod(
            this,
            [this, issues] {
                m_checking = false;
                if (m_checkPending) {
                    m_checkDelay.start();
                    return;
                }
                m_checked = std::move(*issues);
                gatherIssues();
            },
            Qt::QueuedConnection);
    });
}

Issues ProjectDocument::issuesOfDrafts() const
{
    Issues issues;
    for (std::size_t i = 0; i < m_drafts.size(); ++i)
        if (m_drafts[i])
            issues.push_back({ Severity::Error, m_drafts[i]->why.code, fmt::format("/mappings/{}/trigger", i),
                m_drafts[i]->why.message });
    return issues;
}

void ProjectDocument::gatherIssues()
{
    m_draftIssues = issuesOfDrafts();
    m_issues = m_draftIssues;
    m_issues.insert(m_issues.end(), m_checked.begin(), m_checked.end());
    Q_EMIT issuesChanged();
}

} // namespace hookbench::document
