#pragma once
// What the journal keeps: runs, their deliveries, the attempts of each. Bodies are the exact bytes that went over the
// wire; nothing is redacted here (the file is for its owner only), screens and exports do that.
#include "core/base/headers.h"

#include <cstdint>
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
};

/// What append writes in one transaction, deliveries first.
struct Batch
{
    std::vector<Delivery> deliveries;
    std::vector<Attempt> attempts;
    bool empty() const { return deliveries.empty() && attempts.empty(); }
};

/// A line of a list of deliveries: no bodies, no headers, the last attempt's outcome.
struct DeliveryRow
{
    std::int64_t sequence = 0; ///< grows with every delivery; the order of the list
    std::string id;
    std::string run;
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
};

/// A delivery with all that is known of it.
struct DeliveryRecord
{
    std::int64_t sequence = 0;
    Delivery delivery;
    std::vector<Attempt> attempts; ///< by number
};

} // namespace hookbench::journal
