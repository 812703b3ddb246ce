#include "core/journal/connection.h"

#include "core/base/utf8.h"
#include "core/journal/schema.h"

#include <QFile>
#include <QSqlError>
#include <QThread>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace hookbench::journal {

namespace {

constexpr int kBusyTimeoutMs = 10'000;

// https://www.sqlite.org/rescode.html; extended codes hold these in their lowest byte.
enum SqliteCode {
    kBusy = 5,
    kLocked = 6,
    kReadOnly = 8,
    kIo = 10,
    kCorrupt = 11,
    kFull = 13,
    kCannotOpen = 14,
    kConstraint = 19,
    kNotADatabase = 26
};

tl::unexpected<Error> foreign(const std::string &path)
{
    return fail("journal-foreign",
        fmt::format("{} is not a journal of Hookbench, or its beginning is damaged. It was left as it is. Name another "
                    "file, or move "
                    "this one away.",
            path));
}

tl::unexpected<Error> cannotOpen(const std::string &path, int error)
{
    if (error == EACCES || error == EPERM || error == EROFS)
        return fail("file-no-permission",
            fmt::format("You may not open the journal {} ({}). Ask its owner, or name another file.", path,
                std::strerror(error)));
    return fail("journal-open",
        fmt::format(
            "The journal {} could not be opened: {}. Check the folder and the name.", path, std::strerror(error)));
}

std::uint32_t bigEndian(const unsigned char *bytes)
{
    return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16
        | static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

/// Makes the file when it is missing, for its owner only (SQLite gives -wal and -shm the same mode), and looks at the
/// header of one that is there before SQLite is let near it. https://www.sqlite.org/fileformat.html#the_database_header
Result<void> prepareFile(const std::string &path)
{
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return cannotOpen(path, errno);
    struct stat info = {};
    std::array<unsigned char, 100> header{};
    const bool isFile = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    const ssize_t count = isFile ? ::pread(fd, header.data(), header.size(), 0) : -1;
    ::close(fd);
    if (!isFile)
        return cannotOpen(path, EINVAL);
    if (count == 0)
        return {};
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    if (count < static_cast<ssize_t>(header.size()) || std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0
        || bigEndian(header.data() + 68) != kApplicationId)
        return foreign(path);
    return {};
}

// SQLite's locks on a file belong to the process, and closing any descriptor of that file lets go of all of them;
// another program's last connection would then take itself for the only one and delete the log this one is writing to
// (https://www.sqlite.org/howtocorrupt.html, 2.2). So the file is only looked at while this process has no connection
// to it, and opening waits for that look.
std::mutex filesMutex;
std::map<FileId, int> openFiles; ///< and how many connections each has

std::optional<FileId> fileAt(const std::string &path)
{
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0)
        return std::nullopt;
    return FileId{ info.st_dev, info.st_ino };
}

Result<FileId> enter(const std::string &path)
{
    const std::lock_guard lock(filesMutex);
    std::optional<FileId> file = fileAt(path);
    if (!file || !openFiles.contains(*file)) {
        if (auto prepared = prepareFile(path); !prepared)
            return fail(prepared.error());
        file = fileAt(path);
    }
    if (!file)
        return cannotOpen(path, errno);
    ++openFiles[*file];
    return *file;
}

void leave(const FileId &file)
{
    const std::lock_guard lock(filesMutex);
    if (const auto found = openFiles.find(file); --found->second == 0)
        openFiles.erase(found);
}

QString newConnectionName()
{
    static std::atomic<std::uint64_t> counter = 0;
    return QStringLiteral("hookbench-journal-%1").arg(++counter);
}

} // namespace

QVariant textVariant(std::string_view text)
{
    if (text.empty())
        return QString(QLatin1String(""));
    if (findInvalidUtf8(text) != kValidUtf8)
        return blobVariant(text);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QVariant blobVariant(std::string_view bytes)
{
    return bytes.empty() ? QByteArray("") : QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

std::string bytesOf(const QVariant &value)
{
    return value.toByteArray().toStdString();
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string &path)
{
    const Result<FileId> file = enter(path);
    if (!file)
        return tl::unexpected(file.error());
    std::unique_ptr<Connection> connection(new Connection(path, *file));
    QSqlDatabase &database = connection->m_database;
    if (!database.isValid())
        return fail("journal-open", "Qt's SQLite driver is missing. Install it (Debian: libqt6sql6-sqlite).");
    database.setDatabaseName(QFile::decodeName(path.c_str()));
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyTimeoutMs));
    if (!database.open())
        return tl::unexpected(connection->errorOf(database.lastError()));
    if (auto ready = connection->setUp(); !ready)
        return tl::unexpected(ready.error());
    return connection;
}

Connection::Connection(std::string path, FileId file)
    : m_path(std::move(path))
    , m_file(file)
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), newConnectionName()))
{
}

Connection::~Connection()
{
    m_statements.clear();
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
    leave(m_file);
}

Result<void> Connection::setUp()
{
    // NORMAL: see journal.h. The size limit gives the disk back after a large burst. Indexes of a large file change all
    // over it: checkpoints far apart write each page once for many transactions.
    for (const char *pragma : { "PRAGMA synchronous = NORMAL", "PRAGMA journal_size_limit = 67108864",
             "PRAGMA cache_size = -32000", "PRAGMA wal_autocheckpoint = 8000" }) {
        if (auto done = execute(pragma); !done)
            return done;
    }
    const Result<int> found = version();
    if (!found)
        return tl::unexpected(found.error());
    if (*found > schemaVersion())
        return fail("journal-newer",
            fmt::format("The journal {} was written by a newer Hookbench (format {}, this one knows {}). It was left "
                        "as it is. Update "
                        "Hookbench, or name another file.",
                m_path, *found, schemaVersion()));
    if (*found < schemaVersion()) {
        if (auto done = migrate(); !done)
            return done;
    }
    return useWal();
}

/// Everything up to the current version in one transaction, the mark of a journal included: a file is either empty or
/// whole.
Result<void> Connection::migrate()
{
    Transaction transaction(*this);
    if (auto begun = transaction.begin(); !begun)
        return begun;
    const Result<int> found = version(); // again: another process may have been faster
    if (!found)
        return tl::unexpected(found.error());
    if (*found == 0) {
        if (auto done = execute(fmt::format("PRAGMA application_id = {}", kApplicationId).c_str()); !done)
            return done;
    }
    for (int from = *found; from < schemaVersion(); ++from) {
        for (const char *statement : migrations()[static_cast<std::size_t>(from)]) {
            if (auto done = execute(statement); !done)
                return done;
        }
    }
    if (auto done = execute(fmt::format("PRAGMA user_version = {}", std::max(*found, schemaVersion())).c_str()); !done)
        return done;
    return transaction.commit();
}

Result<void> Connection::useWal()
{
    // The file remembers the mode. Changing it needs the file alone, and SQLite does not wait for that by itself.
    constexpr int kPauseMs = 20;
    for (int waited = 0;; waited += kPauseMs) {
        const Result<QVariant> mode = single("PRAGMA journal_mode = WAL");
        if (mode && mode->toString() == QLatin1String("wal"))
            return {};
        if (mode)
            return fail("journal-open",
                fmt::format("The journal {} is on a file system without shared memory, which SQLite's write-ahead log "
                            "needs. Name a "
                            "file on a local disk.",
                    m_path));
        if (mode.error().code != "journal-busy" || waited >= kBusyTimeoutMs)
            return tl::unexpected(mode.error());
        QThread::msleep(kPauseMs);
    }
}

Result<int> Connection::version()
{
    return single("PRAGMA user_version").map([](const QVariant &value) { return value.toInt(); });
}

Result<QVariant> Connection::single(const char *query)
{
    QSqlQuery cursor(m_database);
    cursor.setForwardOnly(true);
    if (!cursor.exec(QString::fromLatin1(query)))
        return tl::unexpected(errorOf(cursor.lastError()));
    return cursor.next() ? cursor.value(0) : QVariant();
}

Result<QSqlQuery *> Connection::prepared(const char *statement)
{
    if (const auto known = m_statements.find(statement); known != m_statements.end())
        return &known->second;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(QString::fromLatin1(statement)))
        return tl::unexpected(errorOf(query.lastError()));
    return &m_statements.emplace(statement, std::move(query)).first->second;
}

Result<QSqlQuery> Connection::prepare(const std::string &statement) const
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(QString::fromStdString(statement)))
        return tl::unexpected(errorOf(query.lastError()));
    return query;
}

Result<void> Connection::execute(QSqlQuery &query) const
{
    if (!query.exec())
        return tl::unexpected(errorOf(query.lastError()));
    return {};
}

Result<void> Connection::execute(const char *statement)
{
    QSqlQuery query(m_database);
    if (!query.exec(QString::fromLatin1(statement)))
        return tl::unexpected(errorOf(query.lastError()));
    return {};
}

Error Connection::errorOf(const QSqlError &error) const
{
    const std::string said = (error.databaseText().isEmpty() ? error.driverText() : error.databaseText()).toStdString();
    switch (error.nativeErrorCode().toInt() & 0xFF) {
    case kBusy:
    case kLocked:
        return { "journal-busy",
            fmt::format("Another program has held the journal {} for more than {} s. Close it, or try again.", m_path,
                kBusyTimeoutMs / 1'000),
            {}, std::nullopt };
    case kFull:
    case kIo:
        return { (error.nativeErrorCode().toInt() & 0xFF) == kFull ? "journal-full" : "journal-io",
            fmt::format("The journal {} could not be written or read: {}. Nothing of this step was kept. Check that "
                        "the disk is not "
                        "full.",
                m_path, said),
            {}, std::nullopt };
    case kCorrupt:
    case kNotADatabase:
        return { "journal-damaged",
            fmt::format(
                "The journal {} is damaged ({}). It was left as it is. `hookbench-cli journal FILE --salvage` moves it "
                "aside and saves what can be read, when no other program has it open.",
                m_path, said),
            {}, std::nullopt };
    case kReadOnly:
    case kCannotOpen:
        return { "file-no-permission",
            fmt::format(
                "The journal {} and its folder have to be writable ({}). Name another file, or change the permissions.",
                m_path, said),
            {}, std::nullopt };
    case kConstraint:
        return { "journal-conflict", fmt::format("The journal {} holds this already: {}.", m_path, said), {},
            std::nullopt };
    default:
        return { "journal-io", fmt::format("The journal {} answered: {}.", m_path, said), {}, std::nullopt };
    }
}

Transaction::~Transaction()
{
    if (m_open)
        (void)m_connection.execute("ROLLBACK");
}

Result<void> Transaction::begin()
{
    Result<void> begun = m_connection.execute("BEGIN IMMEDIATE");
    m_open = begun.has_value();
    return begun;
}

Result<void> Transaction::commit()
{
    Result<void> committed = m_connection.execute("COMMIT");
    m_open = !committed.has_value();
    return committed;
}

} // namespace hookbench::journal
