#pragma once
// What somebody between sender and receiver could do to a delivery, done, and whether the receiver would find out: one
// value of an event changed, an event taken out, one put in, a byte added. Each change is made on a copy of the body
// and verified against the header that was sent. Pure; any thread.
#include "core/signing/verify.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::signing {

struct Tampering
{
    enum class Kind { Value, Removed, Added, LineFeed };
    Kind kind = Kind::Value;
    std::size_t event = 1; ///< counts from 1
    std::string field{}; ///< JSON pointer of the changed value within the event
    std::string before{}; ///< JSON text of the value
    std::string after{};
    std::string body{}; ///< what the receiver would get
    Verdict verdict = Verdict::Invalid;
};

/// A value of the first, the second and the last event; the last event removed; one added; for a single event a value
/// and a line feed. Empty when the body is no JSON or does not verify as it is: then there is nothing to lose.
std::vector<Tampering> tamper(std::string_view body, std::string_view header, const Verifier &verifier);

} // namespace hookbench::signing
