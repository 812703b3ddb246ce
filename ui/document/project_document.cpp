#include "ui/document/project_document.h"

#include "core/base/id.h"
#include "core/destination/check.h"
#include "core/destination/limits.h"
#include "core/json/pointer.h"
#include "ui/document/commands.h"
#include "ui/document/saved_events.h"

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

std::string bytes(const QString &text)
{
    return text.toStdString();
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

void ProjectDocument::putMapping(int index, const destination::Mapping &mapping, MappingDrafts drafts)
{
    m_project.mappings.insert(m_project.mappings.begin() + index, mapping);
    m_drafts.insert(m_drafts.begin() + index, std::move(drafts));
    apply({ Change::What::MappingAdded, index, -1, {} });
}

MappingDrafts ProjectDocument::takeMapping(int index)
{
    m_project.mappings.erase(m_project.mappings.begin() + index);
    MappingDrafts drafts = std::move(m_drafts[static_cast<std::size_t>(index)]);
    m_drafts.erase(m_drafts.begin() + index);
    apply({ Change::What::MappingRemoved, index, -1, {} });
    return drafts;
}

void ProjectDocument::putTests(const json::Document &tests)
{
    if (tests == m_project.tests)
        return;
    m_project.tests = tests;
    apply({ Change::What::Tests, -1, -1, {} });
}

void ProjectDocument::emitModified()
{
    if (m_wasModified == isModified())
        return;
    m_wasModified = isModified();
    Q_EMIT modifiedChanged(m_wasModified);
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

// --- what is half-typed

void ProjectDocument::keepDataText(int index, std::optional<std::string> text)
{
    if (text == dataText(index))
        return;
    const json::Document &settings = mapping(index).settings;
    auto &kept = m_drafts[static_cast<std::size_t>(index)].data;
    kept.reset();
    if (text)
        kept = { std::move(*text), json::Document(settings.arena(), settings->find("data")) };
    Q_EMIT unfinishedChanged();
}

std::optional<std::string> ProjectDocument::dataText(int index) const
{
    const auto &kept = m_drafts.at(static_cast<std::size_t>(index)).data;
    if (!kept || !json::identical(kept->over, setting(index, "/data")))
        return std::nullopt;
    return kept->text;
}

void ProjectDocument::keepEditor(std::optional<OpenEditor> editor)
{
    if (editor == m_editor)
        return;
    m_editor = std::move(editor);
    Q_EMIT unfinishedChanged();
}

Unfinished ProjectDocument::unfinished() const
{
    Unfinished out;
    for (const MappingDrafts &drafts : m_drafts)
        out.triggers.push_back(drafts.trigger ? drafts.trigger->toJson() : json::Document());
    // The current one's last: that is what restored work shows.
    for (int i = 1; i <= mappingCount(); ++i) {
        const int at = (std::max(m_currentMapping, 0) + i) % mappingCount();
        if (auto text = dataText(at))
            out.data.push_back({ at, std::move(*text) });
    }
    if (m_editor && m_editor->mapping < mappingCount())
        out.editor = m_editor;
    return out;
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
        if (const TriggerDraftPtr &draft = m_drafts[i].trigger)
            issues.push_back(
                { Severity::Error, draft->why.code, fmt::format("/mappings/{}/trigger", i), draft->why.message });
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
