#include "core/journal/stored_row.h"

#include "core/base/headers.h"
#include "core/journal/encode.h"
#include "core/journal/read.h"

#include <fmt/format.h>

namespace hookbench::journal {

namespace {

constexpr const char *kRow = "SELECT " HOOKBENCH_ROW_COLUMNS
                             ", r.project_name FROM delivery d JOIN run r ON r.key = d.run WHERE d.sequence = ?";
constexpr const char *kRequest = "SELECT headers, body, event_names FROM request WHERE delivery = ?";

} // namespace

Result<bool> StoredRow::load(std::int64_t sequence)
{
    m_texts.reset();
    const auto readUpTo = readState(m_connection, kReadUpTo);
    if (!readUpTo)
        return tl::unexpected(readUpTo.error());
    const auto rows = readAll(
        m_connection, kRow,
        [&](const QSqlQuery &query) {
            return std::pair{ rowOf(query, *readUpTo), bytesOf(query.value(23)) };
        },
        journal::number(sequence));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return false;
    std::tie(m_row, m_project) = rows->front();
    m_runNumber = fmt::to_string(m_row.runNumber);
    return true;
}

const StoredRow::Texts &StoredRow::read() const
{
    if (m_texts)
        return *m_texts;
    m_texts.emplace();
    const auto keepError = [&](const auto &result) {
        if (!result && !m_error)
            m_error = result.error();
        return result.has_value();
    };
    const auto requests = readAll(
        m_connection, kRequest,
        [](const QSqlQuery &query) {
            return std::tuple{ decodeHeaders(bytesOf(query.value(0))), bytesOf(query.value(1)),
                decodeNames(bytesOf(query.value(2))) };
        },
        journal::number(m_row.sequence));
    if (keepError(requests) && !requests->empty())
        std::tie(m_texts->requestHeaders, m_texts->body, m_texts->events) = requests->front();
    auto attempts = readAttempts(m_connection, m_row.sequence, m_row.id);
    if (keepError(attempts))
        m_texts->attempts = std::move(*attempts);
    return *m_texts;
}

double StoredRow::number(query::Field field) const
{
    switch (field) {
    case query::Field::Status:
        return m_row.status;
    case query::Field::Events:
        return static_cast<double>(m_row.eventCount);
    case query::Field::Ms:
        return m_row.durationMs;
    case query::Field::Bytes:
        return static_cast<double>(m_row.bodyBytes);
    case query::Field::Attempt:
        return m_row.attempts;
    default:
        return static_cast<double>(m_row.created);
    }
}

std::vector<std::string_view> StoredRow::texts(query::Field field, std::string_view header) const
{
    std::vector<std::string_view> out;
    const auto addHeaders = [&](const Headers &headers) {
        for (const Header &one : headers)
            if (sameHeaderName(one.name, header))
                out.push_back(one.value);
    };
    switch (field) {
    case query::Field::Mapping:
        return { m_row.mappingName };
    case query::Field::Url:
        return { m_row.url };
    case query::Field::Method:
        return { m_row.method };
    case query::Field::Signature:
        return { wordOf(m_row.signatureMode) };
    case query::Field::Verdict:
        return { wordOf(m_row.verdict) };
    case query::Field::Error:
        return m_row.failure.empty() ? out : std::vector<std::string_view>{ m_row.failure };
    case query::Field::Run:
        return { m_runNumber, m_row.run };
    case query::Field::Id:
        return { m_row.id };
    case query::Field::Origin:
        return m_row.origin.empty() ? out : std::vector<std::string_view>{ m_row.origin };
    case query::Field::Project:
        return { m_project };
    case query::Field::Event:
        out.assign(read().events.begin(), read().events.end());
        return out;
    case query::Field::Body:
        return { read().body };
    case query::Field::Response:
        for (const Attempt &attempt : read().attempts)
            out.push_back(attempt.responseBody);
        return out;
    case query::Field::Header:
        addHeaders(read().requestHeaders);
        for (const Attempt &attempt : read().attempts) {
            addHeaders(attempt.requestHeaders);
            addHeaders(attempt.responseHeaders);
        }
        return out;
    case query::Field::Words:
        out = { m_row.url, m_row.mappingName, read().body };
        out.insert(out.end(), read().events.begin(), read().events.end());
        for (const Attempt &attempt : read().attempts) {
            out.push_back(attempt.responseBody);
            out.push_back(attempt.message);
        }
        return out;
    default:
        return out;
    }
}

bool StoredRow::is(std::string_view state) const
{
    return state == "unread" ? m_row.unread
        : state == "pinned"  ? m_row.pinned
        : state == "batch"   ? m_row.batch
        : state == "resent"  ? !m_row.origin.empty()
                             : m_row.truncated;
}

} // namespace hookbench::journal
