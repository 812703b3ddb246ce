#pragma once
// The field report as a file: asked for, made off the window's thread, written whole or not at all.
#include "core/base/result.h"

#include <QObject>
#include <QThreadPool>

class QWidget;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::shell {

class ReportFile : public QObject
{
    Q_OBJECT
public:
    ReportFile(document::Workbench &workbench, QWidget *window);
    ~ReportFile() override;

    void ask();
    /// Markdown when the name ends with .md or .markdown, otherwise HTML. Answers with written() or failed().
    void write(const QString &path);

Q_SIGNALS:
    void written(const QString &path);
    void failed(const hookbench::Error &error);

private:
    void tell(const Error &error);

    document::Workbench &m_workbench;
    QWidget *m_window;
    QThreadPool m_pool; ///< last member: it waits for its work, which posts to this object
};

} // namespace hookbench::shell
