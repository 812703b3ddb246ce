#include "core/delivery/inflater.h"

#include "core/base/headers.h"

#include <algorithm>
#include <array>
#include <climits>
#include <zlib.h>

namespace hookbench::delivery {

Coding codingOf(std::string_view contentEncoding)
{
    const std::string name = asciiLower(contentEncoding);
    if (name == "gzip" || name == "x-gzip")
        return Coding::Gzip;
    return name == "deflate" || name == "x-deflate" ? Coding::Deflate : Coding::Identity;
}

Inflater::Inflater(Coding coding)
    : m_coding(coding)
{
}

void Inflater::Free::operator()(z_stream_s *stream) const
{
    inflateEnd(stream);
    delete stream;
}

bool Inflater::begin(unsigned char firstByte)
{
    constexpr int kGzip = 16;
    const bool isZlib = (firstByte & 0x0f) == Z_DEFLATED;
    const int windowBits = m_coding == Coding::Gzip ? MAX_WBITS + kGzip : isZlib ? MAX_WBITS : -MAX_WBITS;
    auto stream = std::make_unique<z_stream_s>();
    if (inflateInit2(stream.get(), windowBits) != Z_OK)
        return false;
    m_stream.reset(stream.release());
    return true;
}

// A gzip file may be several behind one another; anything else behind it is ignored, as browsers do.
void Inflater::beginNextMember(std::string_view rest)
{
    constexpr char kGzipMagic = '\x1f';
    if (rest.empty())
        return; // it may come with the next piece
    m_isOver = m_coding != Coding::Gzip || rest.front() != kGzipMagic;
    if (m_isOver)
        return;
    inflateReset(m_stream.get());
    m_state = State::Open;
}

Inflater::State Inflater::inflate(std::string_view compressed, std::string &out, std::size_t cap)
{
    if (compressed.empty())
        return m_state;
    if (m_state == State::Ended && !m_isOver)
        beginNextMember(compressed);
    if (m_state != State::Open)
        return m_state;
    if (!m_stream && !begin(static_cast<unsigned char>(compressed.front())))
        return m_state = State::Broken;
    std::array<char, 16384> chunk;
    constexpr std::size_t kMostAtOnce = UINT_MAX;
    while (!compressed.empty() || m_stream->avail_out == 0) {
        m_stream->next_in = reinterpret_cast<Bytef *>(const_cast<char *>(compressed.data()));
        m_stream->avail_in = static_cast<uInt>(std::min(compressed.size(), kMostAtOnce));
        m_stream->next_out = reinterpret_cast<Bytef *>(chunk.data());
        m_stream->avail_out = static_cast<uInt>(chunk.size());
        const int result = ::inflate(m_stream.get(), Z_SYNC_FLUSH);
        compressed.remove_prefix(
            static_cast<std::size_t>(reinterpret_cast<const char *>(m_stream->next_in) - compressed.data()));
        const std::size_t made = chunk.size() - m_stream->avail_out;
        const std::size_t room = cap - std::min(cap, out.size());
        out.append(chunk.data(), std::min(made, room));
        if (made > room)
            return m_state = State::Full;
        if (result == Z_STREAM_END) {
            m_state = State::Ended;
            beginNextMember(compressed);
            if (m_state == State::Ended)
                return m_state;
        } else if (result == Z_BUF_ERROR) {
            break; // no progress possible without more input
        } else if (result != Z_OK) {
            return m_state = State::Broken;
        }
    }
    return m_state;
}

} // namespace hookbench::delivery
