#pragma once
// What the filter language can ask for: one table of words, kinds and choices, from which reading, explaining and
// completing are made. Pure; any thread.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::query {

enum class Field : std::uint8_t {
    Words, ///< free text, without a name
    Status,
    Mapping,
    Url,
    Method,
    Events, ///< how many
    Ms,
    Bytes, ///< of the request's body
    Attempt, ///< how many
    Signature,
    Error,
    Verdict,
    Since,
    Until,
    Body, ///< of the request
    Response, ///< body of the answer
    Header, ///< of the request or the answer; has a name
    Event, ///< name of an event that is in it
    Run,
    Id,
    Origin, ///< id of the delivery it repeats
    Project,
    Is,
};

enum class Kind : std::uint8_t {
    Words, ///< whole words, the last one may go on; a phrase when quoted
    Text, ///< contains it
    Name, ///< is it
    Choice, ///< is one of the table's words
    Number,
    Status, ///< 404, 5xx, none
    Size, ///< bytes: 500, 10k, 2.5M
    Duration, ///< milliseconds: 500, 2s, 1m
    Time, ///< 10m, 2h, 7d ago; 2026-11-22, 2026-11-22T08:30, with seconds and Z or +01:00; local time without
};

struct FieldInfo
{
    Field field;
    const char *word;
    Kind kind;
    const char *summary; ///< for people: "the answer's status"
    std::span<const char *const> choices; ///< of a Choice all of them, of others what is often asked for
};

/// All but Words, in the order people should see them.
std::span<const FieldInfo> fields();
const FieldInfo &infoOf(Field field);
/// nullptr when there is none of that name (ASCII letters in any case).
const FieldInfo *fieldNamed(std::string_view word);

} // namespace hookbench::query
