#pragma once
// A delivery in the file as a row of the filter language: for what SQL cannot tell. Private to the room.
#include "core/journal/connection.h"
#include "core/journal/record.h"
#include "core/query/match.h"

#include <vector>

namespace hookbench::journal {

/// Reads deliveries one after the other. Text that is not asked for is not read.
class StoredRow final : public query::Row
{
public:
    explicit StoredRow(Connection &connection)
        : m_connection(connection)
    {
    }

    /// False when it is gone.
    Result<bool> load(std::int64_t sequence);
    /// What went wrong while texts were read.
    const std::optional<Error> &error() const { return m_error; }

    double number(query::Field field) const override;
    std::vector<std::string_view> texts(query::Field field, std::string_view header) const override;
    bool is(std::string_view state) const override;

private:
    struct Texts
    {
        std::string body;
        Headers requestHeaders;
        std::vector<Attempt> attempts;
        std::vector<std::string> events;
    };
    const Texts &read() const;

    Connection &m_connection;
    DeliveryRow m_row;
    std::string m_runNumber;
    std::string m_project;
    mutable std::optional<Texts> m_texts;
    mutable std::optional<Error> m_error;
};

} // namespace hookbench::journal
