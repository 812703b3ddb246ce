#pragma once
// Recorded deliveries as an HTTP Archive, HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec): one entry an
// attempt, oldest first as given; a delivery that was never tried is an entry without an answer (status 0). Bodies that
// are not UTF-8 are base64, with `encoding` where the format knows it (responses) and `_encoding` where not. What HAR
// has no field for stands in members that begin with an underscore: _delivery, _attempt, _mapping, _signedBytes,
// _failure. Pure; any thread.
#include "core/journal/redaction.h"

#include <optional>
#include <span>
#include <string>

namespace hookbench::journal {

struct HarOptions
{
    std::optional<Redaction> redaction = Redaction{}; ///< nullopt: exact values
    std::string creatorVersion = "0.1.0";
};

/// JSON text, indented, with a line feed at its end.
std::string har(std::span<const DeliveryRecord> records, const HarOptions &options = {});

} // namespace hookbench::journal
