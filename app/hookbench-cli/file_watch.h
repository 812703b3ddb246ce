#pragma once
// Tells when the content of a file is another one, however it got there: written in place, replaced by a rename as
// editors and git do, removed and made again, behind a symbolic link. Several writes in a row are one change; writing
// the same bytes is none.
#include <QObject>
#include <QString>
#include <QTimer>

#include <string>

class QFileSystemWatcher;

namespace hookbench::cli {

class FileWatch : public QObject
{
    Q_OBJECT

public:
    /// `seen` are the bytes that were read last.
    FileWatch(const QString &path, const std::string &seen, QObject *parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void watch();
    void look();

    QString m_path;
    QByteArray m_seen; ///< a hash
    QFileSystemWatcher *m_watcher;
    QTimer m_quiet;
    QTimer m_nowAndThen; ///< for file systems that tell nothing, and folders that were replaced
};

} // namespace hookbench::cli
