// The file of a ProjectDocument: new, opened, saved, restored after a kill, and what other programs do to it.
#include "core/base/id.h"
#include "core/destination/document.h"
#include "core/destination/limits.h"
#include "core/storage/file.h"
#include "ui/document/commands.h"
#include "ui/document/counterpart.h"
#include "ui/document/project_document.h"
#include "ui/document/saved_events.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace hookbench::document {

namespace {

constexpr int kMaxLinks = 8; // of one that leads to another

QByteArray hashOf(std::string_view content)
{
    return QCryptographicHash::hash(
        QByteArrayView(content.data(), static_cast<qsizetype>(content.size())), QCryptographicHash::Sha256);
}

} // namespace

void ProjectDocument::startNew(const QString &name)
{
    adopt(destination::newProject(name.toStdString()), QString(), true);
}

void ProjectDocument::startWith(destination::Project project, const QString &name)
{
    project.name = name.toStdString();
    adopt(std::move(project), QString(), true);
}

Result<void> ProjectDocument::open(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    auto content = storage::readFile(absolute.toStdString(), destination::kMaxProjectBytes);
    if (!content)
        return fail(std::move(content.error()));
    auto file = destination::readProjectFile(*content);
    if (!file) {
        Error error = std::move(file.error());
        error.message = absolute.toStdString() + ": " + error.message;
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
            tr("Another program changed the file since it was read. Read it again, or replace it.").toStdString());
    if (auto written = destination::save(m_project, m_path.toStdString()); !written)
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
    if (auto written = destination::save(copy, absolute.toStdString()); !written)
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
    std::vector<MappingDrafts> drafts(project.mappings.size());
    for (std::size_t i = 0; i < std::min(drafts.size(), unfinished.triggers.size()) && m_readDraft; ++i)
        drafts[i].trigger = m_readDraft(unfinished.triggers[i]);
    int half = -1; // typed last, most likely: what was being looked at
    for (const UnfinishedText &text : unfinished.data)
        if (const auto at = static_cast<std::size_t>(text.mapping); at < drafts.size()) {
            const json::Document &settings = project.mappings[at].settings;
            drafts[at].data = { text.text, json::Document(settings.arena(), settings->find("data")) };
            half = text.mapping;
        }
    auto *command = new ReplaceProject(*this, std::move(project), std::move(drafts));
    command->setText(tr("Restore unsaved work"));
    m_undo->push(command);
    if (!eventText.empty())
        setEventText(eventText);
    else if (m_eventIndex < 0 && m_events->size() > 0)
        setCurrentEventIndex(0);
    if (half >= 0) {
        setCurrentMapping(half);
        Q_EMIT dataTextFound();
    }
    if (unfinished.editor && unfinished.editor->mapping < mappingCount()) {
        setCurrentMapping(unfinished.editor->mapping);
        Q_EMIT editorFound(*unfinished.editor);
    }
}

Result<void> ProjectDocument::reload()
{
    auto content = storage::readFile(m_path.toStdString(), destination::kMaxProjectBytes);
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
    // Before the stack tells that it is empty: whoever listens asks for the current mapping.
    m_currentMapping = -1;
    m_drafts.assign(m_project.mappings.size(), {});
    m_editor.reset();
    m_undo->clear();
    m_checked.clear();
    m_draftIssues.clear();
    m_issues.clear();
    m_events = std::make_shared<SavedEvents>(m_project.events);
    m_showsSaved = true;
    m_eventIndex = m_project.events.empty() ? -1 : 0;
    ++m_event.shown;
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
    const auto content = storage::readFile(m_path.toStdString(), destination::kMaxProjectBytes);
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
    const auto content = storage::readFile(m_path.toStdString(), destination::kMaxProjectBytes);
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

} // namespace hookbench::document
