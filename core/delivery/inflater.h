#pragma once
// A compressed response body, inflated as it comes in and never beyond a cap, however small the bytes that ask for it.
// Private to the room.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct z_stream_s;

namespace hookbench::delivery {

enum class Coding {
    Identity,
    Gzip,
    Deflate, ///< zlib's format or, as some servers mean it, the bare one
};

/// By the text of Content-Encoding; what is unknown is Identity.
Coding codingOf(std::string_view contentEncoding);

class Inflater
{
public:
    enum class State {
        Open, ///< wants more
        Ended, ///< the compressed text is complete; what follows is ignored, unless it is another member of a gzip file
        Full, ///< there is more than the cap holds
        Broken, ///< not what its name says
    };

    explicit Inflater(Coding coding);

    /// Appends to `out` until it is `cap` bytes long.
    State inflate(std::string_view compressed, std::string &out, std::size_t cap);

private:
    struct Free
    {
        void operator()(z_stream_s *stream) const;
    };
    bool begin(unsigned char firstByte);
    void beginNextMember(std::string_view rest);

    Coding m_coding;
    State m_state = State::Open;
    bool m_isOver = false; ///< something else followed the end
    std::unique_ptr<z_stream_s, Free> m_stream; ///< made on the first byte
};

} // namespace hookbench::delivery
