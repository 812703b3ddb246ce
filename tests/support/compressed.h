#pragma once
// What a server that compresses would send.
#include <string>
#include <zlib.h>

namespace hookbench {

inline constexpr int kGzipBits = MAX_WBITS + 16;

/// `text` as one zlib stream (MAX_WBITS), gzip member (kGzipBits), or without any frame (-MAX_WBITS).
inline std::string compressed(const std::string &text, int windowBits, int level = Z_BEST_COMPRESSION)
{
    z_stream stream{};
    deflateInit2(&stream, level, Z_DEFLATED, windowBits, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::string gzipped(const std::string &text, int level = Z_BEST_COMPRESSION)
{
    return compressed(text, kGzipBits, level);
}

} // namespace hookbench
