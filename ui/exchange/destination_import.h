#pragma once
// Brings a destination of Segment into the window: reads files and folders on another thread, asks which destination is
// meant when there are several, and starts the document anew with it, unsaved. Nothing changes before all of it is read
// and every question is answered; what cannot be read is told with its file, line and column. Window thread only.
#include "core/base/result.h"
#include "core/destination/formats/exchange.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

class QProgressDialog;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::exchange {

class DestinationImport : public QObject
{
    Q_OBJECT
public:
    /// `mayLeave` asks whether unsaved work shall be saved; false: nothing is imported.
    DestinationImport(document::Workbench &workbench, QWidget *window, std::function<bool()> mayLeave);
    ~DestinationImport() override;

    void askFiles();
    void askFolder();
    /// Files and folders, all together one import: they refer to each other.
    void read(const QStringList &paths);
    /// What there is to say of the destination that was imported, where that has not been edited since: of the paths as
    /// they are now.
    const Issues &notes() const { return m_notes; }
    bool isReading() const { return m_cancelled != nullptr; }

Q_SIGNALS:
    /// The document holds it. `notes`: how much there is to look at in Problems.
    void imported(int notes);
    void notesChanged();

private:
    using Flag = std::shared_ptr<std::atomic<bool>>;
    void cancel();
    void take(Result<destination::Imported> imported);
    void start(destination::ImportedDestination destination, std::size_t otherKinds);
    void tell(const Error &error);
    /// Where the next file dialog opens.
    void remember(const QString &folder);
    QString folder() const;

    document::Workbench &m_workbench;
    QWidget *m_window;
    std::function<bool()> m_mayLeave;
    Issues m_notes;
    QPointer<QProgressDialog> m_progress;
    Flag m_cancelled; ///< of the reading that goes on; null: none does
    QThreadPool m_pool; ///< last: it waits for its work, which posts to this object
};

} // namespace hookbench::exchange
