#pragma once
// One SQLite connection of one thread, opened, checked and brought to the current schema.
#include "core/base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace hookbench::journal {

/// Device and inode: one file, however it is called.
using FileId = std::pair<std::uint64_t, std::uint64_t>;

class Connection
{
public:
    /// See Journal::open for the errors.
    static Result<std::unique_ptr<Connection>> open(const std::string &path);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// A statement compiled once per connection, by the address of its text.
    Result<QSqlQuery *> prepared(const char *statement);
    /// A statement of its own, for texts that are made as they are needed.
    Result<QSqlQuery> prepare(const std::string &statement) const;
    /// Executes; for a query, the caller reads on with next() and then calls finish().
    Result<void> execute(QSqlQuery &query) const;
    Result<void> execute(const char *statement);
    /// What SQLite said, as an error of the journal.
    Error errorOf(const QSqlError &error) const;

private:
    Connection(std::string path, FileId file);
    Result<void> setUp();
    Result<void> useWal();
    Result<void> migrate();
    Result<int> version();
    Result<QVariant> single(const char *query);

    std::string m_path;
    FileId m_file;
    QSqlDatabase m_database;
    std::map<const char *, QSqlQuery> m_statements;
};

/// A transaction that is rolled back unless it is committed. Takes the write lock at once, so that nothing fails
/// half-way because another process writes.
class Transaction
{
public:
    explicit Transaction(Connection &connection)
        : m_connection(connection)
    {
    }
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    Result<void> begin();
    Result<void> commit();

private:
    Connection &m_connection;
    bool m_open = false;
};

/// Does `work` in a transaction and commits it: all of it happens, or nothing. Answers what `work` answers.
template <typename Work>
auto inTransaction(Connection &connection, const Work &work) -> decltype(work())
{
    Transaction transaction(connection);
    if (auto begun = transaction.begin(); !begun)
        return tl::unexpected(begun.error());
    auto done = work();
    if (!done)
        return done;
    if (auto committed = transaction.commit(); !committed)
        return tl::unexpected(committed.error());
    return done;
}

// Between std::string and SQLite: text when it is valid UTF-8, else a blob of the same bytes. Neither is ever NULL.
QVariant textVariant(std::string_view text);
/// Borrows the bytes: they must live until the statement was executed.
QVariant blobVariant(std::string_view bytes);
std::string bytesOf(const QVariant &value);

} // namespace hookbench::journal
