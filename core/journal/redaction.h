#pragma once
// Records as they may leave the program: copied, exported, turned into code. The journal itself keeps exact bytes.
//
// Hidden are the values of Authorization, Proxy-Authorization, Cookie, Set-Cookie and of the masked headers, a URL's
// userinfo, and every place where a known secret stands: in URLs (percent-encoded ones too), header values, bodies,
// messages. What is hidden reads "REDACTED", in ASCII, so that code made of it still runs. Pure; any thread.
#include "core/journal/record.h"

#include <string>
#include <vector>

namespace hookbench::journal {

struct Redaction
{
    HeaderNames maskedHeaders{}; ///< beside those that a record says itself
    /// Values to look for. Shorter ones than kShortestSecret are left alone: they stand in every text.
    std::vector<std::string> secrets{};
};

inline constexpr std::size_t kShortestSecret = 4;
inline constexpr std::string_view kRedacted = "REDACTED";

/// The record without its secrets and without the text of its mapping, which may hold some. A body that lost one has no
/// signed bytes any more, and its Content-Length is that of what is left.
DeliveryRecord redacted(DeliveryRecord record, const Redaction &redaction);

/// The record with `names` masked as well: the same one when it masks them already.
RecordPtr alsoMasking(RecordPtr record, const HeaderNames &names);

/// Whether `redacted` would change anything.
bool holdsSecrets(const DeliveryRecord &record, const Redaction &redaction);

/// `text` with every known secret hidden.
std::string withoutSecrets(std::string text, const Redaction &redaction);

/// `url` without userinfo.
std::string withoutUserinfo(std::string_view url);

} // namespace hookbench::journal
