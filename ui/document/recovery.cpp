#include "ui/document/recovery.h"

#include "core/base/id.h"
#include "core/destination/document.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/storage/file.h"
#include "ui/document/project_document.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#include <algorithm>

namespace hookbench::document {

namespace {

using namespace std::chrono_literals;

constexpr auto kDelay = 1s; // kept within two, whatever the disk does
constexpr QLatin1String kSuffix(".recovery");

QString lockOf(const QString &file)
{
    return file + u".lock";
}

} // namespace

Recovery::Recovery(ProjectDocument &document, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_folder(folder)
    , m_file(QDir(folder).filePath(QString::fromStdString(newId()) + kSuffix))
{
    m_pool.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    connect(&m_delay, &QTimer::timeout, this, &Recovery::keep);
    connect(&document, &ProjectDocument::changed, this, &Recovery::keepSoon);
    connect(&document, &ProjectDocument::currentEventChanged, this, &Recovery::keepSoon);
    connect(&document, &ProjectDocument::modifiedChanged, this, &Recovery::keepSoon);
    connect(&document, &ProjectDocument::unfinishedChanged, this, &Recovery::keepSoon);
}

Recovery::~Recovery()
{
    // An orderly end: the user was asked.
    m_pool.waitForDone();
    drop();
}

void Recovery::keepSoon()
{
    if (!m_delay.isActive())
        m_delay.start(); // not restarted: somebody who types without a pause is kept too
}

void Recovery::keep()
{
    const Unfinished unfinished = m_document.unfinished();
    if (!m_document.isModified() && !m_document.currentEvent().edited && unfinished.empty()) {
        if (m_written)
            m_pool.start([this] { drop(); });
        m_written = false;
        return;
    }
    if (!m_lock) {
        if (const auto made = storage::makeFolder(m_folder.toStdString()); !made) {
            qWarning("%s", made.error().message.c_str());
            return;
        }
        m_lock = std::make_unique<QLockFile>(lockOf(m_file));
        m_lock->setStaleLockTime(0);
        m_lock->tryLock();
    }
    m_written = true;
    m_pool.start(
        [file = m_file.toStdString(), project = m_document.project(), path = m_document.filePath().toStdString(),
            event = m_document.currentEvent().edited ? m_document.currentEvent().text : std::string(),
            unfinished = toJson(unfinished)] {
            json::Arena arena;
            const json::Document content = destination::toJson(project);
            const json::Value whole = json::ObjectBuilder(arena)
                                          .add("path", json::makeString(arena, path))
                                          .add("event", json::makeString(arena, event))
                                          .add("project", content.root())
                                          .add("unfinished", unfinished)
                                          .build();
            if (const auto written = storage::writeFileAtomically(file, json::stringify(whole), storage::kPrivateMode);
                !written)
                qWarning("%s", written.error().message.c_str());
        });
}

void Recovery::drop()
{
    QFile::remove(m_file);
}

std::vector<LeftWork> Recovery::find(const QString &folder)
{
    std::vector<LeftWork> found;
    const QFileInfoList files = QDir(folder).entryInfoList({ u'*' + kSuffix }, QDir::Files, QDir::Time);
    for (const QFileInfo &info : files) {
        QLockFile lock(lockOf(info.filePath()));
        lock.setStaleLockTime(0);
        if (!lock.tryLock())
            continue; // its run goes on
        const auto text = storage::readFile(info.filePath().toStdString());
        const auto whole = text ? json::parse(*text) : Result<json::Document>(fail(text.error()));
        if (!whole)
            continue;
        const auto project = destination::read(json::stringify(whole->root().find("project")));
        const json::Value path = whole->root().find("path");
        const json::Value event = whole->root().find("event");
        if (!project || !path.isString() || !event.isString())
            continue;
        found.push_back(
            { info.filePath(), QString::fromUtf8(path.asString().data(), static_cast<qsizetype>(path.size())), *project,
                std::string(event.asString()), readUnfinished(whole->root().find("unfinished")), info.lastModified() });
    }
    return found;
}

void Recovery::discard(const LeftWork &work)
{
    QFile::remove(work.file);
    QFile::remove(lockOf(work.file));
}

} // namespace hookbench::document
