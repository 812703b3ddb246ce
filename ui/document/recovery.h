#pragma once
// What is typed survives a kill: within two seconds of an edit the project, the event and what is half-typed are also
// kept in a recovery file of this run, outside the user's own file. It goes when there is nothing unsaved any more. A
// file that a run left behind is found at the next start. Window thread; writing happens on the thread pool.
#include "core/destination/project.h"
#include "ui/document/unfinished.h"

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <string>
#include <vector>

class QLockFile;

namespace hookbench::document {

class ProjectDocument;

/// Unsaved work of a run that has ended without saving.
struct LeftWork
{
    QString file; ///< the recovery file
    QString path; ///< the project file it belongs to; empty: it never had one
    destination::Project project;
    std::string eventText;
    Unfinished unfinished; ///< what editors showed that the project could not hold
    QDateTime time;
};

class Recovery : public QObject
{
    Q_OBJECT
public:
    /// `folder` is made when the first file is written.
    Recovery(ProjectDocument &document, const QString &folder, QObject *parent = nullptr);
    ~Recovery() override;

    /// The newest first. Files of runs that are still going on are left out.
    static std::vector<LeftWork> find(const QString &folder);
    static void discard(const LeftWork &work);

private:
    void keepSoon();
    void keep();
    void drop();

    ProjectDocument &m_document;
    QString m_folder;
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_delay;
    bool m_written = false;
    QThreadPool m_pool; ///< one thread: writes stay in order
};

} // namespace hookbench::document
