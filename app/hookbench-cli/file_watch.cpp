#include "app/hookbench-cli/file_watch.h"

#include "core/destination/limits.h"
#include "core/storage/file.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QFileSystemWatcher>

namespace hookbench::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto kQuiet = 80ms; // a truncated file is not read before it is written
constexpr auto kNowAndThen = 1000ms;

QByteArray hashOf(const std::string &bytes)
{
    return QCryptographicHash::hash(
        QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())), QCryptographicHash::Sha256);
}

} // namespace

FileWatch::FileWatch(const QString &path, const std::string &seen, QObject *parent)
    : QObject(parent)
    , m_path(QFileInfo(path).absoluteFilePath())
    , m_seen(hashOf(seen))
    , m_watcher(new QFileSystemWatcher(this))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(kQuiet);
    connect(&m_quiet, &QTimer::timeout, this, &FileWatch::look);
    connect(m_watcher, &QFileSystemWatcher::fileChanged, &m_quiet, qOverload<>(&QTimer::start));
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, &m_quiet, qOverload<>(&QTimer::start));
    m_nowAndThen.setInterval(kNowAndThen);
    connect(&m_nowAndThen, &QTimer::timeout, this, &FileWatch::look);
    m_nowAndThen.start();
    watch();
    m_quiet.start(); // it may have been written since it was read
}

void FileWatch::watch()
{
    const QFileInfo file(m_path);
    QStringList wanted{ file.path() };
    if (file.exists()) {
        const QString target = file.canonicalFilePath();
        wanted << m_path << target << QFileInfo(target).path();
    }
    wanted.removeDuplicates();
    for (const QString &path : wanted)
        if (!m_watcher->files().contains(path) && !m_watcher->directories().contains(path) && QFileInfo::exists(path))
            m_watcher->addPath(path);
}

void FileWatch::look()
{
    watch(); // what was replaced is watched no more
    const auto bytes = storage::readFile(m_path.toStdString(), destination::kMaxProjectBytes);
    // Between two steps of an editor: it is gone, or empty. What follows tells again.
    if (!bytes || bytes->empty())
        return;
    const QByteArray now = hashOf(*bytes);
    if (now == m_seen)
        return;
    m_seen = now;
    Q_EMIT changed();
}

} // namespace hookbench::cli
