#include "core/query/field.h"

#include "core/base/headers.h"

#include <algorithm>
#include <array>

namespace hookbench::query {

namespace {

constexpr std::array kStatuses{ "2xx", "3xx", "4xx", "5xx", "none" };
constexpr std::array kMethods{ "POST", "PUT", "PATCH" };
constexpr std::array kSignatures{ "none", "any", "first-event", "whole-body" };
// The words of delivery::failureName, which this room does not know; the pipeline's tests compare them.
constexpr std::array kErrors{ "none", "any", "http-status", "timeout", "connection-closed", "refused", "host-not-found",
    "unreachable", "tls", "redirect", "no-final-answer", "proxy", "protocol", "address", "cancelled", "program-ended",
    "other" };
constexpr std::array kVerdicts{ "delivered", "failed", "unknown", "waiting", "parked", "discarded" };
constexpr std::array kAgo{ "10m", "1h", "24h", "7d" };
constexpr std::array kStates{ "unread", "pinned", "batch", "resent", "truncated" };

using None = std::span<const char *const>;

constexpr std::array kFields{
    FieldInfo{ Field::Status, "status", Kind::Status, "status of the last answer", kStatuses },
    FieldInfo{ Field::Mapping, "mapping", Kind::Name, "name of the mapping", None() },
    FieldInfo{ Field::Event, "event", Kind::Name, "name of an event in it", None() },
    FieldInfo{ Field::Url, "url", Kind::Text, "URL", None() },
    FieldInfo{ Field::Error, "error", Kind::Name, "why it failed", kErrors },
    FieldInfo{ Field::Verdict, "verdict", Kind::Choice, "what became of it", kVerdicts },
    FieldInfo{ Field::Since, "since", Kind::Time, "made at that time or later", kAgo },
    FieldInfo{ Field::Until, "until", Kind::Time, "made at that time or earlier", kAgo },
    FieldInfo{ Field::Is, "is", Kind::Choice, "state", kStates },
    FieldInfo{ Field::Method, "method", Kind::Name, "HTTP method", kMethods },
    FieldInfo{ Field::Events, "events", Kind::Number, "number of events", None() },
    FieldInfo{ Field::Ms, "ms", Kind::Duration, "duration of the last attempt", None() },
    FieldInfo{ Field::Bytes, "bytes", Kind::Size, "size of the request's body", None() },
    FieldInfo{ Field::Attempt, "attempt", Kind::Number, "number of attempts", None() },
    FieldInfo{ Field::Signature, "sig", Kind::Choice, "signature", kSignatures },
    FieldInfo{ Field::Body, "body", Kind::Text, "the request's body", None() },
    FieldInfo{ Field::Response, "response", Kind::Text, "the answer's body", None() },
    FieldInfo{ Field::Header, "header", Kind::Text, "a header of the request or the answer", None() },
    FieldInfo{ Field::Run, "run", Kind::Name, "run, by number or id", None() },
    FieldInfo{ Field::Id, "id", Kind::Name, "id of the delivery", None() },
    FieldInfo{ Field::Origin, "origin", Kind::Name, "id of the delivery it repeats", None() },
    FieldInfo{ Field::Project, "project", Kind::Name, "name of the destination", None() },
};
constexpr FieldInfo kWords{ Field::Words, "", Kind::Words, "any text", None() };

} // namespace

std::span<const FieldInfo> fields()
{
    return kFields;
}

const FieldInfo &infoOf(Field field)
{
    const auto found
        = std::find_if(kFields.begin(), kFields.end(), [&](const FieldInfo &info) { return info.field == field; });
    return found == kFields.end() ? kWords : *found;
}

const FieldInfo *fieldNamed(std::string_view word)
{
    const auto found = std::find_if(
        kFields.begin(), kFields.end(), [&](const FieldInfo &info) { return asciiLower(word) == info.word; });
    return found == kFields.end() ? nullptr : &*found;
}

} // namespace hookbench::query
