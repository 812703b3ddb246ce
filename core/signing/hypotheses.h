#pragma once
// Why a signature does not verify: which other bytes, secret, algorithm or spelling would have given this very value.
// Every explanation was computed, none is guessed; when nothing gives the value there is none. The most likely one
// comes first: what needs the fewest departures from X-Signature as Segment makes it. That a mapping wrote the header
// itself is known from what was computed for the request, and stands before all others.
//
// The work is bounded: bodies over kLongestTried are tried as they are, but not written anew. About 60 digests a
// secret, half a second for a megabyte and ten secrets: not for the window's thread. Pure; any thread.
#include "core/signing/coverage.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::signing {

/// The bytes that were signed.
enum class Bytes {
    WholeBody,
    FirstEvent,
    OtherEvent, ///< another element of the batch: `event` says which
    TrailingNewline, ///< with a line feed (or CR LF) at the end that the body has not
    NoTrailingNewline, ///< without the line feed the body ends in
    Reserialised, ///< parsed and written again: `writer` says how
    KeyOrder, ///< the same, with keys sorted
    NoBody, ///< nothing at all
};

enum class Algorithm { HmacSha1, HmacSha256, HmacSha512, HmacMd5, Sha1OfSecretAndBody };

enum class Spelling {
    LowerHex,
    UpperHex,
    Base64,
    Base64Url,
    Prefixed, ///< "sha1=…"
};

struct KnownSecret
{
    std::string name; ///< for people: "the present secret"
    std::string value;
};

struct Evidence
{
    std::string_view body;
    std::string_view header; ///< value of X-Signature
    std::vector<KnownSecret> secrets{}; ///< the one to verify with first
    std::optional<std::string> computed{}; ///< when the request was made; "": it was not signed; nullopt: unknown
};

struct Explanation
{
    Bytes bytes = Bytes::WholeBody;
    std::size_t event = 0; ///< from 1, for OtherEvent
    std::string writer{}; ///< "JSON.stringify", "PHP's json_encode", …
    Algorithm algorithm = Algorithm::HmacSha1;
    Spelling spelling = Spelling::LowerHex;
    std::size_t secret = 0; ///< index into Evidence::secrets
    std::string secretForm{}; ///< empty: as it is; "with a line feed at its end", "decoded from base64", …
    bool overridden = false; ///< the header is not what was computed for the request: the mapping wrote it
    std::string sentence{}; ///< all of it in English, for people
};

inline constexpr std::size_t kLongestTried = 4'000'000;

/// Explanations of a value that signing::verify calls invalid; of a valid one too (then the first is the plain truth).
std::vector<Explanation> explain(const Evidence &evidence);

} // namespace hookbench::signing
