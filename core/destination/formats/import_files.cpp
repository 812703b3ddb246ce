#include "core/destination/formats/import_files.h"

#include "core/destination/formats/findings.h"
#include "core/storage/file.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QStringList>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace hookbench::destination {

namespace {

class Reading
{
public:
    explicit Reading(const std::atomic<bool> *cancelled)
        : m_cancelled(cancelled)
    {
    }

    Result<void> add(const std::string &path)
    {
        if (!QFileInfo(QString::fromStdString(path)).isDir())
            return read(path, Named::Itself);
        Result<QStringList> files = filesIn(path);
        if (!files)
            return fail(std::move(files.error()));
        if (files->isEmpty())
            return fail(
                "import-nothing", fmt::format("{}: there is no .tf, .json or .hookbench file in this folder.", path));
        for (const QString &file : *files)
            if (Result<void> done = read(file.toStdString(), Named::ByItsFolder); !done)
                return done;
        return {};
    }

    std::vector<NamedText> texts;

private:
    enum class Named { Itself, ByItsFolder };

    /// Once, whatever leads to it.
    Result<void> read(const std::string &file, Named named)
    {
        if (isCancelled())
            return cancelled();
        const QFileInfo info(QString::fromStdString(file));
        const QString target = info.canonicalFilePath();
        if (info.isFile() && m_read.contains(target))
            return {};
        m_read.insert(target);
        if (named == Named::ByItsFolder && info.exists() && !info.isFile())
            return {}; // a pipe or a device, which could be waited for for ever
        Result<std::string> text = storage::readFile(file, kMaxImportFileBytes);
        if (!text)
            return fail(std::move(text.error()));
        m_total += text->size();
        if (m_total > kMaxImportBytes)
            return fail("import-size",
                fmt::format("The files have more than {} bytes together. Name those that hold the configuration.",
                    kMaxImportBytes));
        texts.push_back({ file, std::move(*text) });
        return {};
    }

    Result<QStringList> filesIn(const std::string &top)
    {
        QStringList terraform;
        QStringList other;
        QStringList folders{ QString::fromStdString(top) };
        while (!folders.isEmpty()) {
            const QFileInfo folder(folders.takeLast());
            // A part that cannot be seen could be what is wanted, or what the rest refers to.
            if (::faccessat(AT_FDCWD, QFile::encodeName(folder.filePath()).constData(), R_OK | X_OK, AT_EACCESS) != 0)
                return fail("file-no-permission",
                    fmt::format("You may not look into the folder {}. Ask its owner for permission, or name the files "
                                "that are meant.",
                        folder.filePath().toStdString()));
            // Links to files count, as they do in Terraform; links to folders could lead in a circle.
            QDirIterator entries(folder.filePath(), QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
            while (entries.hasNext()) {
                entries.next();
                if (isCancelled())
                    return cancelled();
                if (++m_entries > kMaxImportEntries)
                    return fail("import-size",
                        fmt::format("{}: there are more than {} files and folders in it. Name the folder that holds "
                                    "the configuration itself.",
                            top, kMaxImportEntries));
                const QFileInfo entry = entries.fileInfo();
                if (entry.isDir() && !entry.isSymLink())
                    folders.append(entry.filePath());
                else if (entry.isDir())
                    continue;
                else if (entry.suffix() == u"tf" || entry.fileName().endsWith(u".tf.json"))
                    terraform.append(entry.filePath());
                else if (entry.suffix() == u"json" || entry.suffix() == u"hookbench")
                    other.append(entry.filePath());
            }
        }
        QStringList files = terraform.isEmpty() ? other : terraform;
        files.sort();
        return files;
    }

    bool isCancelled() const { return m_cancelled && m_cancelled->load(std::memory_order_relaxed); }
    static tl::unexpected<Error> cancelled() { return fail(importCancelled()); }

    const std::atomic<bool> *m_cancelled;
    QSet<QString> m_read; ///< without links
    std::size_t m_total = 0;
    std::size_t m_entries = 0;
};

} // namespace

Result<std::vector<NamedText>> readImportFiles(
    const std::vector<std::string> &paths, const std::atomic<bool> *cancelled)
{
    Reading reading(cancelled);
    for (const std::string &path : paths)
        if (Result<void> done = reading.add(path); !done)
            return fail(std::move(done.error()));
    return std::move(reading.texts);
}

} // namespace hookbench::destination
