#include "core/storage/locations.h"

#include "core/storage/file.h"

#include <QFile>
#include <QStandardPaths>

namespace hookbench::storage {

namespace {

std::string folder(QStandardPaths::StandardLocation location)
{
    return QFile::encodeName(QStandardPaths::writableLocation(location)).toStdString() + "/hookbench";
}

} // namespace

std::string settingsPath()
{
    return folder(QStandardPaths::GenericConfigLocation) + "/hookbench.ini";
}

std::string dataFolder()
{
    return folder(QStandardPaths::GenericDataLocation);
}

std::string journalPath()
{
    return dataFolder() + "/journal.sqlite";
}

Result<std::string> prepareJournalPath()
{
    if (auto made = makeFolder(dataFolder()); !made)
        return tl::unexpected(made.error());
    return journalPath();
}

} // namespace hookbench::storage
