#pragma once
// Runs the statements of a connection with values bound to them. Private to the room.
#include "core/journal/connection.h"

#include <QSqlError>

#include <cstdint>
#include <vector>

namespace hookbench::journal {

inline QVariant number(std::uint64_t value)
{
    return QVariant::fromValue(static_cast<qlonglong>(value));
}

inline QVariant number(std::int64_t value)
{
    return QVariant::fromValue(static_cast<qlonglong>(value));
}

/// Runs a statement with these values, and hands out the cursor.
template <typename... Values>
Result<QSqlQuery *> run(Connection &connection, const char *statement, const Values &...values)
{
    Result<QSqlQuery *> query = connection.prepared(statement);
    if (!query)
        return query;
    int position = 0;
    ((*query)->bindValue(position++, values), ...);
    if (Result<void> done = connection.execute(**query); !done)
        return tl::unexpected(done.error());
    return query;
}

/// All rows of a query, each made by `read`.
template <typename Read, typename... Values>
auto readAll(Connection &connection, const char *statement, Read read, const Values &...values)
    -> Result<std::vector<decltype(read(std::declval<const QSqlQuery &>()))>>
{
    const Result<QSqlQuery *> query = run(connection, statement, values...);
    if (!query)
        return tl::unexpected(query.error());
    std::vector<decltype(read(std::declval<const QSqlQuery &>()))> rows;
    while ((*query)->next())
        rows.push_back(read(**query));
    const QSqlError error = (*query)->lastError(); // next() says false for the end and for a failure alike
    (*query)->finish();
    if (error.isValid())
        return tl::unexpected(connection.errorOf(error));
    return rows;
}

/// The first column of the first row as a number; 0 when there is none or it is NULL.
template <typename... Values>
Result<std::int64_t> readNumber(Connection &connection, const char *statement, const Values &...values)
{
    return readAll(
        connection, statement, [](const QSqlQuery &query) { return std::int64_t{ query.value(0).toLongLong() }; },
        values...)
        .map([](const std::vector<std::int64_t> &rows) { return rows.empty() ? std::int64_t{ 0 } : rows.front(); });
}

/// Runs a statement that answers no rows.
template <typename... Values>
Result<void> write(Connection &connection, const char *statement, const Values &...values)
{
    const Result<QSqlQuery *> query = run(connection, statement, values...);
    if (!query)
        return tl::unexpected(query.error());
    (*query)->finish();
    return {};
}

} // namespace hookbench::journal
