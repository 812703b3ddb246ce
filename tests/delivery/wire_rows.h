#pragma once
// Comparing our requests with rows that Segment's engine answered.
#include "core/base/headers.h"
#include "core/delivery/request.h"
#include "core/json/value.h"

#include <QByteArray>
#include <QString>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace hookbench::delivery {

inline QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// The engine's answers show header bytes as Latin-1 text.
inline std::string latin1(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toLatin1().toStdString();
}

/// Receivers do not see the white space around a value.
inline std::string trimmedValue(std::string_view value)
{
    const std::size_t first = value.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return std::string(value.substr(first, value.find_last_not_of(" \t") - first + 1));
}

/// The fields that are compared, one a line. Connection is the transport's; the place of Content-Length differs when
/// there is no body.
inline QByteArray headLines(const Headers &headers)
{
    constexpr std::array<std::string_view, 6> kFraming
        = { "connection", "content-length", "te", "trailer", "transfer-encoding", "upgrade" };
    std::string lines;
    for (const Header &header : headers)
        if (std::find(kFraming.begin(), kFraming.end(), asciiLower(header.name)) == kFraming.end())
            lines += fmt::format("{}: {}\n", header.name, trimmedValue(header.value));
    return bytes(lines);
}

inline Headers headersOf(json::Value pairs)
{
    Headers headers;
    for (const json::Value pair : pairs.items())
        headers.push_back({ std::string(pair.at(0).asString()), latin1(pair.at(1).asString()) });
    return headers;
}

inline destination::Payload payloadOf(json::Value row)
{
    destination::Payload payload;
    payload.url = row.find("url").asString();
    payload.method = row.find("method").asString();
    payload.headers = row.find("headers");
    if (row.find("data").isObject())
        payload.data = row.find("data");
    return payload;
}

} // namespace hookbench::delivery
