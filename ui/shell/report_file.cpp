#include "ui/shell/report_file.h"

#include "core/mapping/liquid/liquid_engine.h"
#include "core/pipeline/field_report.h"
#include "core/storage/file.h"
#include "ui/document/workbench.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace hookbench::shell {

ReportFile::ReportFile(document::Workbench &workbench, QWidget *window)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window)
{
    m_pool.setMaxThreadCount(1);
    connect(this, &ReportFile::written, this, [this](const QString &path) {
        m_workbench.say(tr("Wrote the field report to %1").arg(QDir::toNativeSeparators(path)));
    });
    connect(this, &ReportFile::failed, this, &ReportFile::tell);
}

ReportFile::~ReportFile()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void ReportFile::ask()
{
    const document::ProjectDocument &document = m_workbench.document();
    const QFileInfo file(document.filePath());
    const QString folder = document.filePath().isEmpty() ? QDir::homePath() : file.absolutePath();
    const QString name = document.filePath().isEmpty() ? tr("fields") : tr("%1-fields").arg(file.completeBaseName());
    const QString markdown = tr("Markdown (*.md)");
    QString chosen;
    QString path = QFileDialog::getSaveFileName(m_window, tr("Field report"),
        QDir(folder).filePath(name + QStringLiteral(".html")),
        tr("Web page (*.html)") + QStringLiteral(";;") + markdown, &chosen);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += chosen == markdown ? QStringLiteral(".md") : QStringLiteral(".html");
    write(path);
}

void ReportFile::write(const QString &path)
{
    m_pool.start([this, path, project = m_workbench.document().project()] {
        mapping::LiquidEngine liquid;
        const pipeline::FieldReport report = pipeline::fieldReport(project, {}, &liquid);
        const QString suffix = QFileInfo(path).suffix().toLower();
        const bool markdown = suffix == u"md" || suffix == u"markdown";
        const Result<void> done = storage::writeFileAtomically(
            path.toStdString(), markdown ? pipeline::reportMarkdown(report) : pipeline::reportHtml(report));
        QMetaObject::invokeMethod(
            this,
            [this, path, done] {
                if (done)
                    Q_EMIT written(path);
                else
                    Q_EMIT failed(done.error());
            },
            Qt::QueuedConnection);
    });
}

void ReportFile::tell(const Error &error)
{
    QMessageBox box(QMessageBox::Critical, tr("Field report"), tr("The field report could not be written."),
        QMessageBox::Ok, m_window);
    box.setInformativeText(QString::fromStdString(error.message));
    box.exec();
}

} // namespace hookbench::shell
