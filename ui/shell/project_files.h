#pragma once
// Opening, saving and dropping files, with the questions that go with them. Dialogs belong to the window; nothing is
// lost without a question.
#include "core/base/result.h"

#include <QObject>
#include <QStringList>

class QMenu;
class QMimeData;
class QWidget;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::shell {

class ProjectFiles : public QObject
{
    Q_OBJECT
public:
    ProjectFiles(document::Workbench &workbench, QWidget *window);

    void startNew();
    void trySample();
    void askOpen();
    /// A project, events for the event panel, or something to import (Terraform, Segment JSON, a folder): told apart by
    /// name and content.
    void openAny(const QString &path) { openAll({ path }); }
    /// The same for several; what is to be imported is one import.
    void openAll(const QStringList &paths);
    bool openProject(const QString &path);
    bool save();
    bool saveAs();
    void reload();
    /// Asks whether to save what is unsaved. False: stay.
    bool mayLeave();
    /// The last project, when the settings say so.
    void reopenLast();

    void fillRecentMenu(QMenu *menu);
    static QStringList acceptedFiles(const QMimeData *mime);

Q_SIGNALS:
    /// Another program changed the file: to be offered, never taken or replaced unasked.
    void conflictFound();
    void conflictSolved();
    /// Files and folders that hold what Segment or Terraform has.
    void importRequested(const QStringList &paths);

private:
    void tell(const QString &what, const Error &error);
    bool tellUnsaved(const QString &name, const Error &error);
    void remember(const QString &path);
    QString folder() const;
    bool saveOver();

    document::Workbench &m_workbench;
    QWidget *m_window;
};

} // namespace hookbench::shell
