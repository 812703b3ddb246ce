#include "ui/exchange/destination_import.h"

#include "core/base/display.h"
#include "core/destination/formats/import_files.h"
#include "core/storage/settings.h"
#include "ui/document/workbench.h"
#include "ui/exchange/destination_dialog.h"
#include "ui/exchange/import_notes.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QProgressDialog>
#include <QUndoStack>

#include <utility>

namespace hookbench::exchange {

namespace {

constexpr int kShowProgressAfter = 500; // milliseconds

} // namespace

DestinationImport::DestinationImport(document::Workbench &workbench, QWidget *window, std::function<bool()> mayLeave)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window)
    , m_mayLeave(std::move(mayLeave))
{
    m_pool.setMaxThreadCount(1);
    connect(&workbench.secret(), &document::Secret::changed, this, [this] {
        const auto saysItIsMissing = [](const Issue &note) { return isAtOrBelow(note.path, "/settings"); };
        if (m_workbench.secret().isSet() && std::erase_if(m_notes, saysItIsMissing) > 0)
            Q_EMIT notesChanged();
    });
    connect(&workbench.document(), &document::ProjectDocument::changed, this, [this](const document::Change &change) {
        if (followChange(m_notes, change))
            Q_EMIT notesChanged();
    });
}

DestinationImport::~DestinationImport()
{
    if (m_cancelled)
        m_cancelled->store(true);
    m_pool.waitForDone();
}

void DestinationImport::askFiles()
{
    const QStringList paths = QFileDialog::getOpenFileNames(m_window, tr("Import"), folder(),
        tr("Terraform, Segment JSON, scripts and projects (*.tf *.json *.hookbench *.sh);;Terraform (*.tf "
           "*.tf.json);;Segment "
           "JSON "
           "(*.json);;All files (*)"));
    if (paths.isEmpty())
        return;
    remember(QFileInfo(paths.first()).absolutePath());
    read(paths);
}

void DestinationImport::askFolder()
{
    const QString path = QFileDialog::getExistingDirectory(m_window, tr("Import a folder"), folder());
    if (path.isEmpty())
        return;
    remember(path);
    read({ path });
}

void DestinationImport::read(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    if (isReading())
        return m_workbench.say(tr("One import is still going on. Wait for it, or cancel it."));
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    m_progress = new QProgressDialog(m_window);
    m_progress->setWindowModality(Qt::WindowModal);
    m_progress->setWindowTitle(tr("Import"));
    m_progress->setLabelText(tr("Reading %1…").arg(QFileInfo(paths.first()).fileName()));
    m_progress->setRange(0, 0);
    m_progress->setMinimumDuration(kShowProgressAfter);
    m_progress->setValue(0);
    connect(m_progress, &QProgressDialog::canceled, this, &DestinationImport::cancel);
    std::vector<std::string> files;
    for (const QString &path : paths)
        files.push_back(path.toStdString());
    m_pool.start([this, files = std::move(files), cancelled = m_cancelled] {
        const auto texts = destination::readImportFiles(files, cancelled.get());
        auto imported = std::make_shared<Result<destination::Imported>>(texts
                ? destination::importTexts(*texts, cancelled.get())
                : Result<destination::Imported>(fail(texts.error())));
        QMetaObject::invokeMethod(
            this,
            [this, imported, cancelled] {
                if (cancelled == m_cancelled) // otherwise it was cancelled meanwhile
                    take(std::move(*imported));
            },
            Qt::QueuedConnection);
    });
}

void DestinationImport::cancel()
{
    if (!m_cancelled)
        return;
    m_cancelled->store(true);
    m_cancelled.reset();
    m_progress->deleteLater();
    m_workbench.say(tr("The import was cancelled. Nothing has changed."));
}

void DestinationImport::take(Result<destination::Imported> imported)
{
    m_cancelled.reset();
    if (m_progress) {
        m_progress->disconnect(this); // closing it would cancel
        delete m_progress;
    }
    if (!imported)
        return tell(imported.error());
    std::size_t chosen = 0;
    if (imported->destinations.size() > 1) {
        DestinationDialog dialog(*imported, m_window);
        if (dialog.exec() != QDialog::Accepted)
            return;
        chosen = dialog.chosen();
    }
    if (m_mayLeave())
        start(std::move(imported->destinations.at(chosen)), imported->otherDestinations);
}

void DestinationImport::start(destination::ImportedDestination destination, std::size_t otherKinds)
{
    const int notes = static_cast<int>(destination.issues.size());
    const QString name = QString::fromStdString(destination.project.name);
    const std::size_t mappings = destination.project.mappings.size();
    document::ProjectDocument &document = m_workbench.document();
    document.startWith(std::move(destination.project), name);
    document.undoStack()->resetClean(); // it is in no file of ours
    m_notes = std::move(destination.issues);
    Q_EMIT notesChanged();
    QString words = mappings == 1 ? tr("Imported “%1” with 1 mapping.").arg(name)
                                  : tr("Imported “%1” with %2 mappings.").arg(name).arg(mappings);
    if (destination.sharedSecret) {
        m_workbench.secret().set(*destination.sharedSecret);
        words += u' ' + tr("Its shared secret is kept apart from the project.");
    }
    if (otherKinds > 0)
        words += u' '
            + (otherKinds == 1 ? tr("Left out: 1 destination of another kind.")
                               : tr("Left out: %1 destinations of other kinds.").arg(otherKinds));
    m_workbench.say(words);
    Q_EMIT imported(notes);
}

void DestinationImport::tell(const Error &error)
{
    QMessageBox box(QMessageBox::Critical, tr("Import"), tr("Nothing was imported."), QMessageBox::Ok, m_window);
    box.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(QString::fromStdString(escapeForDisplay(error.message)));
    box.exec();
}

void DestinationImport::remember(const QString &folder)
{
    storage::Settings &settings = m_workbench.settings();
    settings.set(storage::settings::lastFolder, folder.toStdString());
    if (const auto kept = settings.save(); !kept)
        m_workbench.say(QString::fromStdString(kept.error().message));
}

QString DestinationImport::folder() const
{
    const QString last = QString::fromStdString(m_workbench.settings().get(storage::settings::lastFolder));
    return last.isEmpty() || !QFileInfo(last).isDir() ? QDir::homePath() : last;
}

} // namespace hookbench::exchange
