#pragma once
// From a recorded delivery to a request that repeats it: as it was, byte for byte, or with what is to be different.
// Nothing is serialised again: a body that is not edited is the very one that was recorded. (Mapping again is a matter
// of events, see ResendRun.) Pure; any thread.
#include "core/delivery/request.h"
#include "core/journal/record.h"
#include "core/pipeline/batches.h"

#include <optional>
#include <string>

namespace hookbench::pipeline {

struct Resend
{
    /// Sign the body that goes out, now; otherwise the recorded signature goes out with it.
    bool reSign = false;
    std::string secret; ///< for signing; empty: the request goes out unsigned
    /// How to sign; absent: as it was signed, or as Segment does.
    std::optional<signing::Mode> signatureMode;
    std::optional<std::string> url; ///< to send to instead
    // What was edited.
    std::optional<std::string> method;
    /// All of them. Host and Content-Length follow url and body; what else frames the request stays as it was.
    std::optional<Headers> headers;
    std::optional<std::string> body;
};

/// "as-it-was", "re-signed", "edited": what the journal keeps of it.
const char *nameOf(const Resend &resend);

/// Error codes: resend-method, resend-header, resend-framing, and those of destination/address.h and
/// delivery/request.h.
Result<delivery::Request> repeat(const journal::Delivery &recorded, const Resend &resend);

/// The same for a run: with the mapping's name, and with its origin. `events` are its indexes there.
Dispatch repeatedDispatch(const journal::Delivery &recorded, const Resend &resend, std::vector<std::uint64_t> events);

} // namespace hookbench::pipeline
