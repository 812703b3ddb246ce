#pragma once
// What the journal keeps: runs, their deliveries, the attempts of each. Bodies are the exact bytes that went over the
// wire; nothing is redacted here (the file is for its owner only), screens and exports do that.
#include "core/base/redact.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::journal {

/// Milliseconds since 1970-01-01T00:00:00Z.
using WallMs = std::int64_t;

/// One press of Send, one call of the command line.
struct Run
{
    std::string id;
    WallMs started = 0;
    std::string projectId;
    std::string projectName;
    std::string kind = "send"; ///< or "resend"
    std::int64_t number = 0; ///< given by the journal, grows; "run:12" asks for it
};

enum class SignatureMode : std::uint8_t { None, FirstEvent, WholeBody, NotKept };
/// What became of a delivery. Unknown: it may have been acted upon, no final answer came. Parked: it has not gone out,
/// its run was stopped; it can go on as it is at any time. Discarded: it was parked and shall not go out.
enum class Verdict : std::uint8_t { Waiting, Delivered, Failed, Unknown, Parked, Discarded };

/// "none", "first-event", "whole-body", "not-kept"; "waiting", "delivered", "failed", "unknown", "parked",
/// "discarded".
const char *wordOf(SignatureMode mode);
const char *wordOf(Verdict verdict);

/// A text that many deliveries share.
using SharedText = std::shared_ptr<const std::string>;

/// An event that became part of a delivery, as it came in.
struct EventText
{
    std::string run; ///< id
    std::uint32_t index = 0; ///< as in Delivery::events
    std::string text; ///< JSON
};

/// One request that was to be delivered, however many attempts it took.
struct Delivery
{
    std::string id;
    std::string run; ///< id of a Run that was added before
    int mappingIndex = 0;
    std::string mappingName;
    std::string method;
    std::string url;
    Headers headers; ///< as built, before the transport adds its own
    bool hasBody = true;
    std::string body;
    std::vector<std::uint32_t> events; ///< indexes of the events in it, in order
    std::string signature; ///< lower-case hex, empty: unsigned
    std::optional<std::pair<std::uint64_t, std::uint64_t>> signedBytes; ///< offset and length in the body
    WallMs created = 0;
    SignatureMode signatureMode = SignatureMode::None;
    bool batch = false;
    SharedText mapping; ///< JSON of the mapping as it was (see destination::mappingFromJson); null: not kept
    std::vector<std::string> eventNames; ///< of the events in it, each once
    std::string origin; ///< id of the delivery it repeats; empty: none
    std::string repeatedAs; ///< "as-it-was", "re-signed", "re-mapped", "edited"; empty: none
    bool parked = false; ///< appended without having been sent
    HeaderNames maskedHeaders; ///< whose values its project hides wherever they are shown
};

/// A part of an attempt's time. "queued" is before its beginning and not in its duration; "redirects", "blocked" (the
/// name's lookup), "connect" (TLS included), "send", "wait" and "receive" are the duration.
struct Phase
{
    std::string name; ///< without white space
    double ms = 0;
    friend bool operator==(const Phase &, const Phase &) = default;
};

struct Redirect
{
    int status = 0;
    std::string method; ///< of the request that was made because of it
    std::string url;
    friend bool operator==(const Redirect &, const Redirect &) = default;
};

struct Attempt
{
    std::string delivery; ///< id of a Delivery appended before, or in the same call
    int number = 1;
    WallMs started = 0;
    double durationMs = 0;
    Headers requestHeaders; ///< as sent
    int status = 0; ///< 0: no answer
    std::string reason;
    Headers responseHeaders;
    std::string responseBody;
    bool responseTruncated = false; ///< the response was longer than what is kept
    std::string failure; ///< kebab-case kind ("timeout", "refused"), empty: delivered
    std::string message; ///< of the failure, for people
    std::vector<Redirect> redirects;
    bool outcomeUnknown = false; ///< it may have been acted upon, no final answer came
    std::string note; ///< why the response is not whole or still encoded, for people
    std::vector<Phase> phases; ///< as far as the transport knows them, in order
};

/// What append writes in one transaction: deliveries, then attempts, then texts of events, then who is parked.
struct Batch
{
    std::vector<Delivery> deliveries;
    std::vector<Attempt> attempts;
    std::vector<EventText> events;
    std::vector<std::string> parked; ///< ids of deliveries that were appended as waiting and have not gone out
    bool empty() const { return deliveries.empty() && attempts.empty() && events.empty() && parked.empty(); }
};

/// A line of a list of deliveries: no bodies, no headers, the last attempt's outcome.
struct DeliveryRow
{
    std::int64_t sequence = 0; ///< grows with every delivery, never used twice
    std::string id;
    std::string run;
    std::int64_t runNumber = 0;
    int mappingIndex = 0;
    std::string mappingName;
    std::string method;
    std::string url;
    std::size_t eventCount = 0;
    std::uint64_t bodyBytes = 0;
    bool isSigned = false;
    WallMs created = 0;
    int attempts = 0;
    int status = 0; ///< of the last attempt
    std::string reason;
    std::string failure;
    double durationMs = 0; ///< of the last attempt
    Verdict verdict = Verdict::Waiting;
    SignatureMode signatureMode = SignatureMode::None;
    bool batch = false;
    bool truncated = false; ///< the last response was longer than what is kept
    bool unread = false;
    bool pinned = false;
    std::string origin; ///< id of the delivery it repeats; empty: none
};

/// A delivery with all that is known of it.
struct DeliveryRecord
{
    std::int64_t sequence = 0;
    Delivery delivery;
    std::vector<Attempt> attempts; ///< by number
    std::int64_t runNumber = 0;
    Verdict verdict = Verdict::Waiting;
    bool unread = false;
    bool pinned = false;
};

using RecordPtr = std::shared_ptr<const DeliveryRecord>; ///< shared: its bodies may be large

} // namespace hookbench::journal
