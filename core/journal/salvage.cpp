#include "core/journal/salvage.h"

#include "core/journal/connection.h"
#include "core/journal/encode.h"
#include "core/journal/read.h"
#include "core/journal/schema.h"

#include <QDateTime>
#include <QFile>
#include <QLockFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTimeZone>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>

namespace hookbench::journal {

namespace {

constexpr int kCopiedInOne = 500;
constexpr qlonglong kFarthest = qlonglong{ 1 } << 62;
/// How often a table's reading begins anew behind a damaged place.
constexpr int kMostGaps = 10'000;

// Names of events by delivery, counts and full text are made anew from these.
constexpr std::array kCopiedTables{ "run", "mapping", "delivery", "request", "attempt", "event_text", "event_texts",
    "state" };

tl::unexpected<Error> salvageFailed(const std::string &path, const std::string &why)
{
    return fail("journal-salvage",
        fmt::format("The journal {} is damaged, and a new one could not be put in its place: {}. Move it away, or name "
                    "another file.",
            path, why));
}

/// A plain connection: the checks of the journal's own would refuse what is to be read here.
class Plain
{
public:
    Plain(const std::string &path, const QString &name)
        : m_name(name)
        , m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name))
    {
        m_database.setDatabaseName(QFile::decodeName(path.c_str()));
        m_isOpen = m_database.open();
    }
    ~Plain()
    {
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
    }
    Plain(const Plain &) = delete;
    Plain &operator=(const Plain &) = delete;

    bool isOpen() const { return m_isOpen; }
    bool execute(const QString &statement)
    {
        QSqlQuery query(m_database);
        const bool good = query.exec(statement);
        if (!good)
            m_error = query.lastError().databaseText().toStdString();
        return good;
    }
    QSqlQuery query() const
    {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        return query;
    }
    QStringList columnsOf(const QString &table) const
    {
        QStringList columns;
        QSqlQuery info = query();
        if (info.exec(QStringLiteral("PRAGMA table_info(%1)").arg(table)))
            while (info.next())
                columns << info.value(1).toString();
        return columns;
    }
    const std::string &error() const { return m_error; }

private:
    QString m_name;
    QSqlDatabase m_database;
    bool m_isOpen = false;
    std::string m_error;
};

/// Qt reads an empty blob as one that is null, which it would write as NULL. (It reads NULL as a null QString.)
QVariant asStored(const QVariant &value)
{
    const bool isEmptyBlob = value.typeId() == QMetaType::QByteArray && value.toByteArray().isEmpty();
    return isEmptyBlob ? QVariant(QByteArray("")) : value;
}

/// Copies one table row by row; behind a damaged place it goes on with the next row that can be found. False: not all
/// of it could be read.
bool copyTable(Plain &from, Plain &to, const QString &table)
{
    QStringList columns;
    const QStringList there = from.columnsOf(table);
    for (const QString &column : to.columnsOf(table))
        if (there.contains(column))
            columns << column;
    if (columns.isEmpty())
        return false;
    const QString key = table == QLatin1String("state") ? columns.front() : QStringLiteral("rowid");
    const bool byNumber = key == QLatin1String("rowid");
    QSqlQuery read = from.query();
    QSqlQuery write = to.query();
    const QString list = columns.join(QLatin1Char(','));
    if (!write.prepare(QStringLiteral("INSERT OR IGNORE INTO %1 (%2) VALUES (%3)")
                           .arg(table, list, QStringList(columns.size(), QStringLiteral("?")).join(QLatin1Char(',')))))
        return false;
    bool complete = true;
    QVariant at = byNumber ? QVariant(-kFarthest) : QVariant(QString(QLatin1String("")));
    qlonglong jump = 1;
    for (int gaps = 0; gaps < kMostGaps;) {
        int rows = 0;
        bool good = read.prepare(QStringLiteral("SELECT %1, %2 FROM %3 WHERE %1 > ? ORDER BY %1 LIMIT %4")
                                     .arg(key, list, table)
                                     .arg(kCopiedInOne));
        if (good) {
            read.addBindValue(at);
            good = read.exec();
        }
        (void)to.execute(QStringLiteral("BEGIN"));
        while (good && read.next()) {
            for (qsizetype i = 0; i < columns.size(); ++i)
                write.bindValue(static_cast<int>(i), asStored(read.value(static_cast<int>(i) + 1)));
            (void)write.exec();
            at = read.value(0);
            ++rows;
        }
        (void)to.execute(QStringLiteral("COMMIT"));
        good = good && !read.lastError().isValid();
        read.finish();
        if (good && rows < kCopiedInOne)
            return complete;
        if (good || rows > 0)
            jump = 1;
        if (good)
            continue;
        complete = false;
        ++gaps;
        if (!byNumber || jump > kFarthest / 4)
            return false;
        at = std::max<qlonglong>(at.toLongLong(), -1) + jump; // rows behind the damaged place
        jump *= 2;
    }
    return false;
}

/// What the tables need of each other.
bool mend(Plain &file, int version, std::uint64_t &lost)
{
    QSqlQuery orphans = file.query();
    if (orphans.exec(
            QStringLiteral("SELECT count(*) FROM delivery WHERE sequence NOT IN (SELECT delivery FROM request)"))
        && orphans.next())
        lost = orphans.value(0).toULongLong();
    orphans.finish();
    QStringList statements{
        QStringLiteral("DELETE FROM delivery WHERE sequence NOT IN (SELECT delivery FROM request)"),
        QStringLiteral("DELETE FROM request WHERE delivery NOT IN (SELECT sequence FROM delivery)"),
        QStringLiteral("DELETE FROM attempt WHERE delivery NOT IN (SELECT sequence FROM delivery)"),
        QStringLiteral(
            "INSERT INTO run (key, id, started, project_id, project_name) SELECT DISTINCT run, 'recovered-' || "
            "run, 0, '', '' FROM delivery WHERE run NOT IN (SELECT key FROM run)"),
    };
    if (version >= 2)
        statements << QStringLiteral(
            "UPDATE delivery SET mapping = NULL WHERE mapping NOT IN (SELECT key FROM mapping)")
                   << QStringLiteral("INSERT OR IGNORE INTO state SELECT 'read-up-to', coalesce(max(sequence), 0) FROM "
                                     "delivery")
                   << QStringLiteral("INSERT OR REPLACE INTO state SELECT 'deliveries', count(*) FROM delivery")
                   << QStringLiteral("INSERT OR REPLACE INTO state VALUES ('indexed-up-to', 0), ('removed-unread', 0)");
    for (const QString &statement : statements)
        if (!file.execute(statement))
            return false;
    if (version < 2)
        return true;
    QSqlQuery names = file.query();
    QSqlQuery add = file.query();
    QSqlQuery addIn = file.query();
    bool good = add.prepare(QStringLiteral("INSERT OR IGNORE INTO event_name (name) VALUES (?)"))
        && addIn.prepare(QStringLiteral("INSERT OR IGNORE INTO event_in SELECT key, ? FROM event_name WHERE name = ?"))
        && file.execute(QStringLiteral("BEGIN"))
        && names.exec(QStringLiteral("SELECT delivery, event_names FROM request WHERE event_names <> ''"));
    while (good && names.next()) {
        for (const std::string &name : decodeNames(bytesOf(names.value(1)))) {
            add.bindValue(0, textVariant(name));
            addIn.bindValue(0, names.value(0));
            addIn.bindValue(1, textVariant(name));
            good = good && add.exec() && addIn.exec();
        }
    }
    return file.execute(QStringLiteral("COMMIT")) && good;
}

int versionIn(const std::string &path)
{
    QFile file(QFile::decodeName(path.c_str()));
    const QByteArray header = file.open(QIODevice::ReadOnly) ? file.read(64) : QByteArray();
    const int version = header.size() == 64 && header[60] == 0 && header[61] == 0 && header[62] == 0 ? header[63] : 0;
    return version >= 1 && version <= schemaVersion() ? version : schemaVersion();
}

Result<void> copyAll(const std::string &damaged, const std::string &fresh, Salvage &salvage)
{
    const int version = versionIn(damaged);
    Plain from(damaged, QStringLiteral("hookbench-salvage-from"));
    Plain to(fresh, QStringLiteral("hookbench-salvage-to"));
    if (!to.isOpen())
        return salvageFailed(damaged, "no new file could be made");
    bool made = to.execute(QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId))
        && to.execute(QStringLiteral("PRAGMA user_version = %1").arg(version));
    for (int i = 0; i < version; ++i)
        for (const char *statement : migrations()[static_cast<std::size_t>(i)])
            made = made && to.execute(QString::fromLatin1(statement));
    if (made && version >= 2)
        made = to.execute(QStringLiteral("DELETE FROM state"));
    if (!made)
        return salvageFailed(damaged, to.error());
    // SQLite gives up a file that is shorter than it says, unless this is on; nothing is written to it.
    (void)from.execute(QStringLiteral("PRAGMA writable_schema = ON"));
    salvage.isComplete = from.isOpen();
    for (const char *table : kCopiedTables) {
        if (to.columnsOf(QLatin1String(table)).isEmpty())
            continue;
        if (from.isOpen() && !copyTable(from, to, QLatin1String(table)))
            salvage.isComplete = false;
    }
    if (!mend(to, version, salvage.lost))
        return salvageFailed(damaged, to.error());
    return {};
}

} // namespace

Result<Opened> openOrSalvage(const std::string &path, WallMs now)
{
    Result<std::unique_ptr<Journal>> opened = Journal::open(path);
    if (opened)
        return Opened{ std::move(*opened), std::nullopt };
    if (opened.error().code != "journal-damaged")
        return tl::unexpected(opened.error());
    // The window and the command line may find it at the same time.
    QLockFile lock(QFile::decodeName((path + ".salvage-lock").c_str()));
    lock.setStaleLockTime(0); // copying may take long; the lock of a process that died is taken over anyway
    if (!lock.lock())
        return salvageFailed(path, "the folder cannot be written");
    opened = Journal::open(path);
    if (opened)
        return Opened{ std::move(*opened), std::nullopt };
    return salvage(path, now);
}

Result<Opened> salvage(const std::string &path, WallMs now)
{
    Salvage salvage;
    const QString moment
        = QDateTime::fromMSecsSinceEpoch(now, QTimeZone::utc()).toString(QStringLiteral("yyyyMMdd-HHmmss"));
    salvage.movedTo = fmt::format("{}.damaged-{}", path, moment.toStdString());
    for (int i = 2; QFile::exists(QFile::decodeName(salvage.movedTo.c_str())); ++i)
        salvage.movedTo = fmt::format("{}.damaged-{}-{}", path, moment.toStdString(), i);
    const std::string fresh = path + ".recovering";
    for (const char *suffix : { "", "-wal", "-shm", "-journal" }) {
        (void)std::remove((fresh + suffix).c_str());
        if (std::rename((path + suffix).c_str(), (salvage.movedTo + suffix).c_str()) != 0 && errno != ENOENT)
            return salvageFailed(path, std::strerror(errno));
    }
    const mode_t old = ::umask(0077); // for its owner only, as the journal makes it
    Result<void> copied = copyAll(salvage.movedTo, fresh, salvage);
    ::umask(old);
    if (!copied)
        return tl::unexpected(copied.error());
    if (std::rename(fresh.c_str(), path.c_str()) != 0)
        return salvageFailed(path, std::strerror(errno));
    Result<std::unique_ptr<Journal>> opened = Journal::open(path);
    if (!opened)
        return salvageFailed(path, opened.error().message);
    const auto count = (*opened)->count();
    if (!count)
        return tl::unexpected(count.error());
    salvage.deliveries = *count;
    if (salvage.deliveries == 0)
        salvage.message = fmt::format(
            "The journal {} was damaged. It was moved to {}; no delivery could be read from it. A new one was begun.",
            path, salvage.movedTo);
    else
        salvage.message
            = fmt::format("The journal {} was damaged. It was moved to {}, and {} that could be read from it {} "
                          "in a new one{}.",
                path, salvage.movedTo,
                salvage.deliveries == 1 ? "the one delivery" : fmt::format("{} deliveries", salvage.deliveries),
                salvage.deliveries == 1 ? "is" : "are",
                salvage.isComplete ? "" : "; others are lost unless another tool finds them");
    return Opened{ std::move(*opened), std::move(salvage) };
}

} // namespace hookbench::journal
