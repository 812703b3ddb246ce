#include "ui/shell/project_files.h"

#include "core/destination/document.h"
#include "core/destination/formats/exchange.h"
#include "core/storage/file.h"
#include "resources/sample.h"
#include "ui/document/workbench.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

#include <array>

namespace hookbench::shell {

namespace {

namespace keys = storage::settings;

constexpr QLatin1String kSuffix("hookbench");
constexpr std::string_view kSampleHost = "127.0.0.1:8765";
constexpr std::size_t kLookInto = std::size_t{ 8 } << 20; // a .json file larger than this is taken for events

enum class What { Project, Events, Import };

/// A .json file may be any of them.
What whatIsIn(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (QFileInfo(path).isDir() || suffix == u"tf" || suffix == u"sh"
        || path.endsWith(u".tf.json", Qt::CaseInsensitive))
        return What::Import;
    if (suffix == u"ndjson" || suffix == u"jsonl")
        return What::Events;
    if (suffix != u"json")
        return What::Project;
    auto content = storage::readFile(path.toStdString(), kLookInto);
    if (!content)
        return What::Events;
    const destination::Format format = destination::sniffFormat(*content);
    if (format == destination::Format::Hookbench)
        return What::Project;
    const std::array texts{ destination::NamedText{ {}, std::move(*content) } };
    return format == destination::Format::Segment && destination::importTexts(texts) ? What::Import : What::Events;
}

} // namespace

ProjectFiles::ProjectFiles(document::Workbench &workbench, QWidget *window)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window)
{
    const document::ProjectDocument &document = workbench.document();
    connect(&document, &document::ProjectDocument::fileChangedOutside, this, &ProjectFiles::conflictFound);
    connect(&document, &document::ProjectDocument::fileAsKnown, this, &ProjectFiles::conflictSolved);
    connect(&document, &document::ProjectDocument::fileGone, this, [this] {
        Q_EMIT conflictSolved(); // there is nothing left to read
        m_workbench.say(
            tr("“%1” was removed by another program. Save writes it again.").arg(m_workbench.document().displayName()));
    });
}

void ProjectFiles::startNew()
{
    if (mayLeave())
        m_workbench.document().startNew(tr("New destination"));
}

void ProjectFiles::trySample()
{
    if (!mayLeave())
        return;
    // The sample sends to the receiver of this program, wherever that listens.
    std::string bytes = resources::sampleDestination();
    const int running = QUrl(m_workbench.session().receiverUrl()).port();
    const int port = running > 0 ? running : m_workbench.settings().get(keys::receiverPort);
    if (port > 0) {
        const std::string listens = "127.0.0.1:" + std::to_string(port);
        for (std::size_t at = 0; (at = bytes.find(kSampleHost, at)) != std::string::npos; at += listens.size())
            bytes.replace(at, kSampleHost.size(), listens);
    }
    auto sample = destination::read(bytes);
    if (!sample)
        return tell(tr("The sample destination cannot be read."), sample.error());
    const QString name = QString::fromStdString(sample->name);
    m_workbench.document().startWith(std::move(*sample), name);
    m_workbench.secret().set(std::string(resources::kSampleSecret));
    if (!m_workbench.session().isReceiverRunning())
        m_workbench.startReceiver();
    m_workbench.say(
        tr("This is the sample destination. Press Ctrl+Enter to send its event to the receiver on this computer."));
}

void ProjectFiles::askOpen()
{
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open"), folder(),
        tr("Projects and events (*.hookbench *.json *.ndjson *.jsonl *.tf *.tf.json);;Projects (*.hookbench);;All "
           "files (*)"));
    if (!path.isEmpty())
        openAny(path);
}

void ProjectFiles::openAll(const QStringList &paths)
{
    QStringList imports;
    for (const QString &path : paths)
        switch (whatIsIn(path)) {
        case What::Project:
            openProject(path);
            break;
        case What::Events:
            m_workbench.openEvents(path);
            break;
        case What::Import:
            imports << path;
            break;
        }
    if (!imports.isEmpty())
        Q_EMIT importRequested(imports);
}

bool ProjectFiles::openProject(const QString &path)
{
    if (!mayLeave())
        return false;
    if (const auto opened = m_workbench.document().open(path); !opened) {
        tell(tr("“%1” cannot be opened.").arg(QFileInfo(path).fileName()), opened.error());
        return false;
    }
    remember(m_workbench.document().filePath());
    return true;
}

bool ProjectFiles::save()
{
    document::ProjectDocument &document = m_workbench.document();
    if (document.filePath().isEmpty())
        return saveAs();
    const bool reformats = document.willReformat() && document.isModified();
    if (const auto saved = document.save(); !saved) {
        if (saved.error().code == "file-changed-outside")
            return saveOver();
        return tellUnsaved(document.displayName(), saved.error());
    }
    remember(document.filePath());
    m_workbench.say(reformats ? tr("Saved. The file is now in Hookbench's layout.") : tr("Saved."));
    return true;
}

// The file holds what another program wrote: both are somebody's work.
bool ProjectFiles::saveOver()
{
    document::ProjectDocument &document = m_workbench.document();
    QMessageBox box(QMessageBox::Warning, tr("Another program changed this file"),
        tr("“%1” was changed by another program since it was read.").arg(document.displayName()), QMessageBox::Cancel,
        m_window);
    box.setInformativeText(tr("Saving replaces what it wrote. Reading the file again can be undone."));
    const auto *again = box.addButton(tr("Read the file again"), QMessageBox::AcceptRole);
    const auto *replace = box.addButton(tr("Replace the file"), QMessageBox::DestructiveRole);
    const auto *other = box.addButton(tr("Save as…"), QMessageBox::ActionRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    if (box.clickedButton() == again)
        reload();
    if (box.clickedButton() == other)
        return saveAs();
    if (box.clickedButton() != replace)
        return false;
    if (const auto saved = document.save(document::Overwrite::Yes); !saved)
        return tellUnsaved(document.displayName(), saved.error());
    m_workbench.say(tr("Saved."));
    Q_EMIT conflictSolved();
    return true;
}

bool ProjectFiles::saveAs()
{
    document::ProjectDocument &document = m_workbench.document();
    QString proposed = document.filePath();
    if (proposed.isEmpty()) {
        QString name = QString::fromStdString(document.project().name).toLower().simplified().replace(u' ', u'-');
        name.remove(u'/');
        proposed = QDir(folder()).filePath((name.isEmpty() ? QStringLiteral("destination") : name) + u'.' + kSuffix);
    }
    // The dialog knows the whole name, suffix and all, when it asks whether to replace a file.
    QFileDialog dialog(m_window, tr("Save as"), QFileInfo(proposed).path(), tr("Projects (*.hookbench)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(kSuffix);
    dialog.selectFile(QFileInfo(proposed).fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return false;
    const QString path = dialog.selectedFiles().first();
    const std::string before = document.project().id;
    document::Secret &secret = m_workbench.secret();
    bool copySecret = secret.isSet();
    if (copySecret && !document.filePath().isEmpty())
        copySecret = QMessageBox::question(m_window, tr("Save as"),
                         tr("The new file is a destination of its own. Shall it have the same shared secret?"))
            == QMessageBox::Yes;
    const std::string value = copySecret ? secret.value() : std::string();
    if (const auto saved = document.saveAs(path); !saved)
        return tellUnsaved(QFileInfo(path).fileName(), saved.error());
    if (document.project().id != before && !value.empty())
        secret.set(value); // the workbench follows the new id already
    remember(document.filePath());
    m_workbench.say(tr("Saved as %1.").arg(document.displayName()));
    return true;
}

void ProjectFiles::reload()
{
    if (const auto read = m_workbench.document().reload(); !read)
        return tell(tr("“%1” cannot be read again.").arg(m_workbench.document().displayName()), read.error());
    m_workbench.say(tr("Read the file again. Undo brings back what was here."));
    Q_EMIT conflictSolved();
}

bool ProjectFiles::mayLeave()
{
    document::ProjectDocument &document = m_workbench.document();
    if (!document.isModified())
        return true;
    QMessageBox box(QMessageBox::Warning, tr("Unsaved changes"),
        tr("“%1” has unsaved changes.").arg(document.displayName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setInformativeText(tr("Shall they be saved?"));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return save();
    case QMessageBox::Discard:
        return true;
    default:
        return false;
    }
}

void ProjectFiles::reopenLast()
{
    const storage::Settings &settings = m_workbench.settings();
    if (!settings.get(keys::reopenLastProject))
        return;
    const storage::TextList recent = settings.get(keys::recentProjects);
    if (recent.empty())
        return;
    const QString path = QString::fromStdString(recent.front());
    if (!QFileInfo::exists(path))
        return;
    if (const auto opened = m_workbench.document().open(path); !opened)
        m_workbench.say(QString::fromStdString(opened.error().message));
}

void ProjectFiles::fillRecentMenu(QMenu *menu)
{
    menu->clear();
    for (const std::string &text : m_workbench.settings().get(keys::recentProjects)) {
        const QString path = QString::fromStdString(text);
        QString shown = QDir::toNativeSeparators(path);
        if (shown.startsWith(QDir::homePath()))
            shown.replace(0, QDir::homePath().size(), u'~');
        QAction *action = menu->addAction(shown.replace(u'&', QStringLiteral("&&")));
        action->setEnabled(QFileInfo::exists(path));
        connect(action, &QAction::triggered, this, [this, path] { openProject(path); });
    }
    menu->menuAction()->setVisible(!menu->isEmpty());
}

QStringList ProjectFiles::acceptedFiles(const QMimeData *mime)
{
    QStringList paths;
    for (const QUrl &url : mime->urls()) {
        const QFileInfo file(url.toLocalFile());
        const QString suffix = file.suffix().toLower();
        const bool isKnown = suffix == kSuffix || suffix == u"json" || suffix == u"ndjson" || suffix == u"jsonl"
            || suffix == u"tf" || suffix == u"sh";
        // Reading a pipe of that name could wait for ever.
        if (url.isLocalFile() && (file.isDir() || (isKnown && (file.isFile() || !file.exists()))))
            paths << url.toLocalFile();
    }
    return paths;
}

void ProjectFiles::tell(const QString &what, const Error &error)
{
    QMessageBox box(QMessageBox::Critical, tr("Hookbench"), what, QMessageBox::Ok, m_window);
    box.setInformativeText(QString::fromStdString(error.message));
    box.exec();
}

/// A full disk or a folder of somebody else's: another place may do. True: it was saved there.
bool ProjectFiles::tellUnsaved(const QString &name, const Error &error)
{
    QMessageBox box(
        QMessageBox::Critical, tr("Hookbench"), tr("“%1” could not be saved.").arg(name), QMessageBox::Ok, m_window);
    box.setInformativeText(QString::fromStdString(error.message) + u' ' + tr("Your changes are still here, unsaved."));
    const auto *other = box.addButton(tr("Save as…"), QMessageBox::ActionRole);
    box.setDefaultButton(QMessageBox::Ok);
    box.exec();
    return box.clickedButton() == other && saveAs();
}

void ProjectFiles::remember(const QString &path)
{
    storage::Settings &settings = m_workbench.settings();
    settings.prepend(keys::recentProjects, path.toStdString());
    settings.set(keys::lastFolder, QFileInfo(path).absolutePath().toStdString());
    if (const auto saved = settings.save(); !saved)
        m_workbench.say(QString::fromStdString(saved.error().message));
}

QString ProjectFiles::folder() const
{
    const QString last = QString::fromStdString(m_workbench.settings().get(keys::lastFolder));
    return last.isEmpty() || !QFileInfo(last).isDir() ? QDir::homePath() : last;
}

} // namespace hookbench::shell
