#include "core/destination/formats/import_files.h"

#include "core/storage/file.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QStringList>

#include <fmt/format.h>

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
            return read(path);
        Result<QStringList> files = filesIn(path);
        if (!files)
            return fail(std::move(files.error()));
        if (files->isEmpty())
            return fail(
                "import-nothing", fmt::format("{}: there is no .tf, .json or .hookbench file in this folder.", path));
        for (const QString &file : *files)
            if (Result<void> done = read(file.toStdString()); !done)
                return done;
        return {};
    }

    std::vector<NamedText> texts;

private:
    Result<void> read(const std::string &file)
    {
        if (isCancelled())
            return cancelled();
        Result<std::string> text = storage::readFile(file, kMaxImportFileBytes);
        if (!text)
            return fail(std::move(text.error()));
        m_total += text->size();
        if (m_total > kMaxImportBytes)
            return fail(
                "import-size", fmt::format("The files have more than {} bytes together. Name fewer.", kMaxImportBytes));
        texts.push_back({ file, std::move(*text) });
        return {};
    }

    Result<QStringList> filesIn(const std::string &folder)
    {
        QStringList terraform;
        QStringList other;
        QStringList folders{ QString::fromStdString(folder) };
        while (!folders.isEmpty()) {
            QDirIterator entries(
                folders.takeLast(), QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
            while (entries.hasNext()) {
                entries.next();
                if (isCancelled())
                    return cancelled();
                if (++m_entries > kMaxImportEntries)
                    return fail("import-size",
                        fmt::format("{}: there are more than {} files and folders in it. Name the folder that holds "
                                    "the configuration itself.",
                            folder, kMaxImportEntries));
                const QFileInfo entry = entries.fileInfo();
                if (entry.isDir())
                    folders.append(entry.filePath());
                else if (entry.suffix() == QLatin1String("tf"))
                    terraform.append(entry.filePath());
                else if (entry.suffix() == QLatin1String("json") || entry.suffix() == QLatin1String("hookbench"))
                    other.append(entry.filePath());
            }
        }
        QStringList files = terraform.isEmpty() ? other : terraform;
        files.sort();
        return files;
    }

    bool isCancelled() const { return m_cancelled && m_cancelled->load(std::memory_order_relaxed); }
    static tl::unexpected<Error> cancelled() { return fail("import-cancelled", "The import was cancelled."); }

    const std::atomic<bool> *m_cancelled;
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
