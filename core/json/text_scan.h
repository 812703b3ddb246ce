#pragma once
// The inner loop of reading and writing strings: where does plain text end? Private to core/json.
#include "core/json/value.h"

#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <bit>
#include <emmintrin.h>
#endif

namespace hookbench::json {

/// Moves from `at` over bytes that stand for themselves inside a JSON string: not `"`, not `\`, not below 0x20. Sets
/// `highBits` when any of them is 0x80 or above.
inline const char *skipPlain(const char *at, const char *end, bool &highBits)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1F);
    while (end - at >= 16) {
        const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const __m128i special
            = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(chunk, quote), _mm_cmpeq_epi8(chunk, backslash)),
                _mm_cmpeq_epi8(_mm_min_epu8(chunk, control), chunk));
        const auto stops = static_cast<unsigned>(_mm_movemask_epi8(special));
        const auto highs = static_cast<unsigned>(_mm_movemask_epi8(chunk));
        if (stops != 0) {
            const int length = std::countr_zero(stops);
            highBits = highBits || (highs & ((1U << length) - 1)) != 0;
            return at + length;
        }
        highBits = highBits || highs != 0;
        at += 16;
    }
#endif
    while (at != end) {
        const auto byte = static_cast<unsigned char>(*at);
        if (byte < 0x20 || byte == '"' || byte == '\\')
            break;
        highBits = highBits || byte >= 0x80;
        ++at;
    }
    return at;
}

/// Whether `text` holds a surrogate, which WTF-8 writes as ED A0-BF xx.
inline bool hasSurrogate(std::string_view text)
{
    for (std::size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1))
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0)
            return true;
    return false;
}

/// The flags of a string Value.
inline std::uint8_t scanFlags(std::string_view text)
{
    bool highBits = false;
    const char *end = text.data() + text.size();
    const bool plain = skipPlain(text.data(), end, highBits) == end;
    if (!plain)
        for (const char c : text)
            highBits = highBits || static_cast<unsigned char>(c) >= 0x80;
    const bool clean = plain && (!highBits || !hasSurrogate(text));
    return static_cast<std::uint8_t>((clean ? Value::kClean : 0) | (highBits ? 0 : Value::kAscii));
}

} // namespace hookbench::json
