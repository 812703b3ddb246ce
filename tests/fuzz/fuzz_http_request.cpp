// The request parser: nothing breaks it, its limits hold, and the same bytes read whole and in pieces give the same
// requests and the same refusal.
#include "core/http/request_parser.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace hookbench::http;

namespace {

const Limits kLimits{ .headBytes = 512, .headers = 8, .bodyBytes = 1024 };

void require(bool holds)
{
    if (!holds)
        std::abort();
}

struct Outcome
{
    std::vector<Request> requests;
    Refusal refusal{ .status = 0, .message = {} };
    bool unfinished = false;
};

void checkLimits(const Request &request)
{
    require(request.body.size() <= kLimits.bodyBytes);
    require(request.headers.size() + request.trailers.size() <= kLimits.headers);
    std::size_t head = request.method.size() + request.target.size();
    for (const hookbench::Header &header : request.headers) {
        require(hookbench::isHeaderName(header.name));
        require(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
        head += header.name.size() + header.value.size();
    }
    require(head <= kLimits.headBytes);
}

/// `pieces` says how long each piece is; empty: all at once.
Outcome read(std::string_view bytes, std::string_view pieces)
{
    Outcome outcome;
    RequestParser parser(kLimits);
    std::size_t piece = 0;
    while (!bytes.empty()) {
        std::size_t size = bytes.size();
        if (!pieces.empty())
            size = std::min<std::size_t>(size, static_cast<unsigned char>(pieces[piece++ % pieces.size()]) % 32 + 1);
        std::string_view rest = bytes.substr(0, size);
        bytes.remove_prefix(size);
        for (bool more = true; more;) {
            switch (parser.parse(rest)) {
            case RequestParser::Step::NeedsMore:
                require(rest.empty());
                more = false;
                break;
            case RequestParser::Step::Head:
                require(parser.bodyBytes() == 0);
                break;
            case RequestParser::Step::Complete:
                outcome.requests.push_back(parser.take());
                checkLimits(outcome.requests.back());
                break;
            case RequestParser::Step::Failed:
                outcome.refusal = parser.refusal();
                return outcome;
            }
        }
    }
    outcome.unfinished = parser.begun();
    return outcome;
}

bool same(const Request &a, const Request &b)
{
    return a.method == b.method && a.target == b.target && a.minorVersion == b.minorVersion && a.headers == b.headers
        && a.trailers == b.trailers && a.body == b.body && a.keepAlive == b.keepAlive;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // The first bytes say how the rest is cut.
    const std::string_view all(reinterpret_cast<const char *>(data), size);
    const std::string_view pieces = all.substr(0, std::min<std::size_t>(size, 4));
    const std::string_view bytes = all.substr(pieces.size());

    const Outcome whole = read(bytes, {});
    const Outcome cut = read(bytes, pieces);
    require(whole.refusal == cut.refusal && whole.unfinished == cut.unfinished
        && whole.requests.size() == cut.requests.size());
    for (std::size_t i = 0; i < whole.requests.size(); ++i)
        require(same(whole.requests[i], cut.requests[i]));
    return 0;
}
